//! How tokens of a scheme are obtained: OAuth flows, their addresses and scopes. Not what a request carries, yet whoever
//! fetches tokens the old way may fail.

use super::Differ;
use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use crate::contract::{Action, Contract, Facet, Scope};
use crate::spec::{Key, Kind, Loc};
use crate::text::Spot;

/// Compares the schemes that matched operations ask for, by name.
pub(super) fn compare(differ: &mut Differ<'_>, pairs: &[Pair<'_>]) {
    for pair in pairs {
        let asked = pair.base.security.iter().flat_map(|alternative| &alternative.credentials);
        for credential in asked {
            let name = credential.name.as_str();
            let (Some(base), Some(head)) = (scheme(differ.base, name), scheme(differ.head, name)) else { continue };
            let (was, is) = (flows(differ.base, base), flows(differ.head, head));
            let lost: Vec<&String> = was.iter().filter(|flow| !is.contains(flow)).collect();
            if lost.is_empty() {
                continue;
            }
            let component = format!("securitySchemes/{name}");
            let address = Address {
                prefix: component.clone(),
                component: Some(component),
                spot: Some(Spot::Operation),
                ..Address::default()
            };
            let text = |list: &[String]| list.join("; ");
            let draft = Draft::new(Facet::Security, Action::Replaced, Scope::Operation, address)
                .values(&text(&was), &text(&is))
                .code("credentials", name)
                .code("operation", super::operations::name(pair.head))
                .at(Some(base), Some(head))
                .used([pair.part(Spot::Security)]);
            differ.drafts.push(draft);
        }
    }
}

fn scheme(contract: &Contract, name: &str) -> Option<Loc> {
    let listed = contract.homes.component("securitySchemes", name)?;
    if let crate::contract::SchemaAt::Node(at) = contract.resolve(listed) { Some(at) } else { None }
}

/// One text for each flow and each scope, in the words of OpenAPI 3.
fn flows(contract: &Contract, at: Loc) -> Vec<String> {
    let document = &contract.document;
    let one = |name: &str, at: Loc, out: &mut Vec<String>| {
        let name = match name {
            "application" => "clientCredentials",
            "accessCode" => "authorizationCode",
            other => other,
        };
        out.push(name.to_owned());
        for key in [Key::AUTHORIZATION_URL, Key::TOKEN_URL] {
            out.extend(document.string(at, key).map(|url| format!("{name} {} {url}", key.fixed())));
        }
        if let Some(scopes) = document.get(at, Key::SCOPES).filter(|&scopes| document.kind(scopes) == Kind::Object) {
            out.extend(document.members(scopes).map(|(scope, _)| format!("{name} scope {scope}")));
        }
    };
    let mut out = Vec::new();
    if let Some(flow) = document.string(at, Key::FLOW) {
        one(flow, at, &mut out);
    }
    if let Some(flows) = document.get(at, Key::FLOWS) {
        document.members(flows).for_each(|(name, at)| one(name, at, &mut out));
    }
    out
}
