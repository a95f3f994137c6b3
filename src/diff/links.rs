//! Links by name: what follow-up a response suggests, nothing on the wire.

use super::Differ;
use super::draft::Draft;
use super::operations::Pair;
use super::unread::{Sight, sight};
use crate::contract::{Action, Facet, Response, Scope};
use crate::text::{Arg, Spot};

pub(super) fn compare(differ: &mut Differ<'_>, pair: Pair<'_>, of: (&Response, &Response)) {
    let address = || pair.address().with(&format!("#response:{}", of.0.status), "");
    let spot = Spot::Response(of.1.status.clone());
    let fact = |draft: Draft, name: &str| {
        draft
            .subject(name)
            .code("name", name)
            .arg("place", Arg::Spot { path: String::new(), spot: spot.clone() })
            .at(Some(of.0.at), Some(of.1.at))
            .used([pair.part(spot.clone())])
    };
    let of_action = |action| Draft::new(Facet::Link, action, Scope::Operation, address());
    let unknown = || Draft::unknown(Facet::Link, Scope::Operation, address());
    for (name, unread) in &of.0.links {
        let counterpart = of.1.links.iter().find(|(other, _)| other == name);
        let draft = match (sight(unread.as_ref(), counterpart.and_then(|(_, unread)| unread.as_ref())), counterpart) {
            (Sight::Alike, _) | (Sight::Clear, Some(_)) => continue,
            (Sight::Unknown, _) => unknown(),
            (Sight::Clear, None) => of_action(Action::Removed),
        };
        differ.drafts.push(fact(draft, name));
    }
    for (name, unread) in of.1.links.iter().filter(|(name, _)| !of.0.links.iter().any(|(other, _)| other == name)) {
        let draft = if unread.is_some() { unknown() } else { of_action(Action::Added) };
        differ.drafts.push(fact(draft, name));
    }
}
