//! What a keyword said and what it says, where neither holds all that the other does: one takes the place of the other.

use super::entry::{Entry, Sides};
use super::walk::Walk;
use crate::contract::{Facet, Grade};
use crate::schema::node::SchemaId;
use crate::schema::states::Expansion;
use crate::spec::{Document, Key, Loc};

/// Keywords that say one thing together.
const TOGETHER: [Key; 3] = [Key::IF, Key::THEN, Key::ELSE];

impl<'c> Walk<'_, 'c> {
    /// What the keyword of a finding says in base and in head; `None` where it does not stand in both, or is not exchanged.
    pub(super) fn exchanged(
        &self,
        facet: Facet,
        subject: &str,
        entry: &Entry,
        sides: &Sides<'c>,
    ) -> Option<(String, String)> {
        let decided = |loss: Option<Grade>| loss.is_some_and(|grade| grade != Grade::Undecided);
        if !decided(entry.forward) || !decided(entry.backward) {
            return None;
        }
        let keys: &[&str] = match facet {
            Facet::Constraint if subject == Key::IF.fixed() => &TOGETHER.map(Key::fixed),
            Facet::Constraint => &[subject],
            Facet::AdditionalProperties => &[Key::PATTERN_PROPERTIES.fixed()],
            _ => return None,
        };
        let from = self.spelt(entry.base, &sides.base, keys)?;
        let to = self.spelt(entry.head, &sides.head, keys)?;
        (from != to).then_some((from, to))
    }

    /// What keywords say at the first node of a side that has the first of them.
    fn spelt(&self, owner: Option<SchemaId>, side: &Expansion<'c>, keys: &[&str]) -> Option<String> {
        let nodes = side.branches.iter().flat_map(|branch| branch.nodes.iter().copied());
        owner.into_iter().chain(nodes).find_map(|id| {
            let (which, at) = self.engine.space.nodes.loc(id)?;
            said(&self.engine.space.nodes.contract(which).document, at, keys)
        })
    }
}

/// One keyword alone by its value, a list of names by the names, several with what they are called.
fn said(document: &Document, at: Loc, keys: &[&str]) -> Option<String> {
    let value = |at: Loc| document.file(at.file).value(at.node);
    let found: Vec<(&str, Loc)> = keys.iter().filter_map(|key| Some((*key, document.member(at, key)?))).collect();
    let (first, part) = *found.first().filter(|(key, _)| Some(key) == keys.first())?;
    if first == Key::PATTERN_PROPERTIES.fixed() {
        let names: Vec<&str> = document.members(part).map(|(name, _)| name).collect();
        return Some(names.join(", "));
    }
    if keys.len() == 1 {
        return Some(value(part).to_string());
    }
    let all: Vec<String> = found.into_iter().map(|(key, part)| format!("{key} {}", value(part))).collect();
    Some(all.join(" "))
}
