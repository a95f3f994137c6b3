//! Inheritance by `allOf`: where a schema with a `discriminator` is sent, so are the schemas that extend it, though
//! nothing refers to them (OpenAPI 3.x, Discriminator Object, "implicit" models).

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{Differ, Question, Use};
use crate::contract::{Contract, Home, SchemaAt, Side};
use crate::spec::{Key, Loc};

/// Rounds of inheritance: a child may itself be a parent.
const GENERATIONS: usize = 8;

/// Asks about the children of every parent that an ask reaches.
pub(super) fn ask(differ: &mut Differ<'_>) {
    let (old, new) = (families(differ.base), families(differ.head));
    if old.is_empty() || new.is_empty() {
        return;
    }
    for _ in 0..GENERATIONS {
        let before = differ.asks.len();
        for (name, (parent, children)) in &old {
            let Some((other, others)) = new.get(name) else { continue };
            for (side, used) in reaching(differ, *parent, *other) {
                for (child, at) in children {
                    let Some((_, counterpart)) = others.iter().find(|(known, _)| known == child) else { continue };
                    let question = Question {
                        base: SchemaAt::Node(*at),
                        head: SchemaAt::Node(*counterpart),
                        site: *at,
                        side,
                        text: false,
                    };
                    for spot in &used {
                        differ.ask(question, spot.clone());
                    }
                }
            }
        }
        if differ.asks.len() == before {
            return;
        }
    }
}

/// Where the parent pair is sent, by side. Children that are variants of a union are asked about anyway.
fn reaching(differ: &Differ<'_>, base: Loc, head: Loc) -> Vec<(Side, Vec<Use>)> {
    let reached = super::notes::reach(differ, base, head);
    [Side::Request, Side::Response]
        .into_iter()
        .map(|side| (side, super::notes::uses(differ, &reached, side)))
        .filter(|(_, uses)| !uses.is_empty())
        .collect()
}

type Families = IndexMap<String, (Loc, Vec<(String, Loc)>), FxBuildHasher>;

/// Parents with a discriminator and no union of their own, and the components whose `allOf` names them.
fn families(contract: &Contract) -> Families {
    let document = &contract.document;
    let schemas: Vec<(String, Loc)> = contract.homes.schemas();
    let mut out = Families::default();
    for (name, at) in &schemas {
        let union = document.get(*at, Key::ONE_OF).or_else(|| document.get(*at, Key::ANY_OF));
        if document.get(*at, Key::DISCRIMINATOR).is_some() && union.is_none() {
            out.insert(name.clone(), (*at, Vec::new()));
        }
    }
    if out.is_empty() {
        return out;
    }
    for (name, at) in &schemas {
        let list = document.get(*at, Key::ALL_OF);
        for member in list.into_iter().flat_map(|list| document.children(list)) {
            let SchemaAt::Node(target) = contract.resolve(member) else { continue };
            if let Some(Home::Component { name: parent, .. }) = contract.homes.at(target)
                && let Some((_, children)) = out.get_mut(parent)
            {
                children.push((name.clone(), *at));
            }
        }
    }
    out
}
