//! The tag of a payload: where a discriminator stands, a sender's tag is one of its table (verdict.md 3).

use serde_json::Value;

use super::leaf::Leaf;
use super::verify::{Bench, Tried};
use super::{Aim, Exhibit, documents};
use crate::contract::{Contract, SchemaAt};
use crate::schema::inclusion::Engine;
use crate::schema::node::Which;

/// Tags that are tried in the place of one that nobody knows.
const TAGS: usize = 8;

impl Bench {
    /// The exhibit of a payload as it was made, else with a tag that its sender knows. A control has one that both know.
    pub(super) fn confirm_tagged(&mut self, engine: &Engine<'_>, aim: Aim, tried: Tried<'_>) -> Option<Exhibit> {
        let (allowing, _) = documents(aim.run);
        let (which, root) = tried.roots[usize::from(allowing == Which::Head)];
        let contract = engine.space.nodes.contract(which);
        let mut shown = self.confirm(engine, aim, tried).or_else(|| {
            let mut others = retagged(contract, root, tried.whole).into_iter();
            others.find_map(|whole| self.confirm(engine, aim, Tried { whole: &whole, ..tried }))
        })?;
        let (_, refusing) = documents(aim.run);
        let (which, root) = tried.roots[usize::from(refusing == Which::Head)];
        let other = engine.space.nodes.contract(which);
        if is_anothers(other, root, &shown.payload) {
            return None;
        }
        shown.control = shown.control.filter(|control| !is_anothers(other, root, control));
        let both = [Which::Base, Which::Head].map(|which| engine.space.nodes.contract(which));
        shown.control = shown.control.filter(|control| both.iter().all(|side| unknown(side, control).is_none()));
        Some(shown)
    }
}

/// The leaf with a tag of the contract in the place of one that no table of it has; first those that select the schema it is
/// of, as a parent selects its children.
fn retagged(contract: &Contract, root: SchemaAt, leaf: &Leaf) -> Vec<Leaf> {
    let Some((property, text)) = unknown(contract, &leaf.payload) else { return Vec::new() };
    let own = match root {
        SchemaAt::Node(at) => contract.tags_of(at, &property),
        SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => Vec::new(),
    };
    let tags = if own.is_empty() { contract.known_tags(&property).collect() } else { own };
    let with = |value: &Value, tag: &str| {
        let mut out = value.clone();
        replace(&mut out, &property, &text, tag);
        out
    };
    let one = |tag: &str| Leaf {
        payload: with(&leaf.payload, tag),
        control: leaf.control.as_ref().map(|control| with(control, tag)),
        at: leaf.at.clone(),
    };
    tags.into_iter().take(TAGS).map(one).collect()
}

/// A member that is named as some discriminator's property, with a text that none of its tables has.
fn unknown(contract: &Contract, value: &Value) -> Option<(String, String)> {
    match value {
        Value::Object(members) => {
            let own = members.iter().find_map(|(name, part)| {
                let text = part.as_str()?;
                let tagged = contract.known_tags(name).next().is_some() && !contract.knows_tag(name, text);
                tagged.then(|| (name.clone(), text.to_owned()))
            });
            own.or_else(|| members.values().find_map(|part| unknown(contract, part)))
        }
        Value::Array(items) => items.iter().find_map(|item| unknown(contract, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// True of a value of a child whose tag selects another child of its parent.
fn is_anothers(contract: &Contract, root: SchemaAt, value: &Value) -> bool {
    let (SchemaAt::Node(at), Value::Object(members)) = (root, value) else { return false };
    members.iter().any(|(name, part)| {
        part.as_str().is_some_and(|text| {
            let own = contract.tags_of(at, name);
            !own.is_empty() && contract.knows_tag(name, text) && !own.contains(&text)
        })
    })
}

fn replace(value: &mut Value, property: &str, text: &str, tag: &str) {
    match value {
        Value::Object(members) => {
            for (name, part) in members.iter_mut() {
                if name == property && *part == text {
                    *part = tag.into();
                } else {
                    replace(part, property, text, tag);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, property, text, tag)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
