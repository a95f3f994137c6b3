//! What the engine found about schemas, as facts: one for each side that the difference reaches.

use super::draft::Draft;
use super::place::Address;
use super::site;
use super::{Differ, Proof, scope};
use crate::contract::{Action, Facet, Grade, Run, Side};
use crate::schema::{Called, Finding, Findings, Step, arbitrate, findings};
use crate::text::Arg;

pub(super) fn compare<'c>(differ: &mut Differ<'c>) -> Findings<'c> {
    let mut found = findings(&mut differ.engine, &differ.asks);
    arbitrate(&mut differ.engine, &mut found, &differ.asks);
    for (index, finding) in found.list.iter().enumerate() {
        for side in [Side::Request, Side::Response] {
            let asks = found.reached_by.get(finding.visit).into_iter().flatten();
            let asks: Vec<usize> = asks.copied().filter(|&ask| differ.uses.side(ask) == side).collect();
            // A response that names its members at last is said member by member.
            let said = side == Side::Response && finding.is_typed_now();
            if !said && !asks.is_empty() {
                let mut draft = draft(differ, finding, side, &asks).asked(&asks);
                draft.findings.push(index);
                differ.drafts.push(draft);
            }
        }
    }
    found
}

fn draft(differ: &Differ<'_>, finding: &Finding<'_>, side: Side, asks: &[usize]) -> Draft {
    let mut address = site::address(differ, (finding.spot.which, finding.spot.at), asks);
    finding.spot.steps.iter().for_each(|&step| address.push(step));
    let container = address.container();
    if let Some(name) = finding.member {
        address.push(Step::Property(name));
    }
    // What `readOnly` is to requests, `writeOnly` is to responses.
    let facet = match (finding.facet, side) {
        (Facet::ReadOnly, Side::Response) => Facet::WriteOnly,
        (facet, _) => facet,
    };
    let mut draft = Draft::new(facet, finding.action, scope(side), address.clone());
    draft.losses.clone_from(&finding.losses);
    draft.subject.clone_from(&finding.subject);
    (draft.base, draft.head) = (finding.base, finding.head);
    // A member that only the server set and that must be there is now to be sent.
    let demanded = facet == Facet::ReadOnly && finding.action == Action::Removed && side == Side::Request;
    let refused = |(run, grade): &(Run, Grade)| *run == Run::Forward && *grade >= Grade::Value;
    draft.traits.required = finding.required || demanded && finding.losses.iter().any(refused);
    draft.traits.untyped_before = finding.untyped_before;
    draft.traits.extensible_enum = finding.extensible;
    draft.traits.replaced = finding.replaced;
    draft.proof = finding.why.map_or(Proof::NotTried, Proof::Unproven);
    let coming = matches!(finding.action, Action::Added | Action::Removed);
    // What a keyword says that took another's place is no part of what is known of the place.
    if !coming && !finding.replaced {
        draft.from = finding.from.clone().unwrap_or_default();
        draft.to = finding.to.clone().unwrap_or_default();
    }
    words(draft, finding, &address, container)
}

/// The placeholders of the sentence.
#[expect(clippy::wildcard_enum_match_arm, reason = "all other facets of a schema are said with place, from and to")]
fn words(draft: Draft, finding: &Finding<'_>, address: &Address, container: Arg) -> Draft {
    let value = |text: &Option<String>, low: bool| match text {
        Some(text) if text == "any type" => Arg::Term { term: "any".to_owned() },
        Some(text) if text.is_empty() => Arg::Term { term: "no-value".to_owned() },
        Some(text) => Arg::Code(text.clone()),
        None => Arg::Term { term: if low { "none" } else { "unlimited" }.to_owned() },
    };
    let low = !matches!(finding.facet, Facet::Maximum | Facet::MaxLength | Facet::MaxItems | Facet::MaxProperties);
    match finding.facet {
        Facet::Property | Facet::ReadOnly | Facet::WriteOnly => {
            let (property, container) = address.named(container);
            draft.code("property", property).arg("schema", container)
        }
        Facet::Variant => {
            let variant = match &finding.called {
                Some(Called { term, name: Some(name) }) => Arg::Named { term: (*term).to_owned(), name: name.clone() },
                Some(Called { term, name: None }) => Arg::Term { term: (*term).to_owned() },
                None => Arg::Named { term: "variant-named".to_owned(), name: finding.subject.clone() },
            };
            draft.code("value", finding.subject.clone()).arg("variant", variant).arg("place", address.arg())
        }
        Facet::EnumValue => draft.code("value", finding.subject.clone()).arg("place", address.arg()),
        Facet::Constraint => {
            let draft = draft.code("keyword", finding.subject.clone()).arg("place", address.arg());
            match (&finding.from, &finding.to) {
                (Some(from), Some(to)) => draft.code("from", from.as_str()).code("to", to.as_str()),
                _ => draft,
            }
        }
        _ => {
            draft.arg("place", address.arg()).arg("from", value(&finding.from, low)).arg("to", value(&finding.to, low))
        }
    }
}
