//! What a variant without a name is called in sentences: by a value that is always the same in it, its title, a member
//! that no sister has, else by what it is. Identities keep its place among its sisters.

use super::matching::tag;
use crate::schema::inclusion::Engine;
use crate::schema::node::Types;
use crate::schema::states::{Branch, Expansion};
use crate::spec::Key;

/// A word of the table `terms`, and the name it speaks of, where it speaks of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Called {
    /// The key of the word: `variant-named`, `variant-with`, `variant-string` …
    pub term: &'static str,
    /// A value, a title, a member, a pattern or a format.
    pub name: Option<String>,
}

impl Called {
    /// A variant by its own name.
    pub(super) fn named(name: String) -> Self {
        Self::by("variant-named", name)
    }

    fn by(term: &'static str, name: String) -> Self {
        Self { term, name: Some(name) }
    }
}

/// What a branch of a side is called.
pub(super) fn called(engine: &Engine<'_>, side: &Expansion<'_>, index: usize) -> Called {
    let branch = &side.branches[index];
    let named = constant(engine, branch).or_else(|| title(engine, branch));
    if let Some(name) = named {
        return Called::named(name);
    }
    if let Some(name) = own_member(side, index) {
        return Called::by("variant-with", name);
    }
    if let Some((pattern, _)) = branch.patterns.first() {
        return Called::by("variant-matching", (*pattern).to_owned());
    }
    if let Some((format, _)) = branch.formats.first() {
        return Called::by("variant-format", (*format).to_owned());
    }
    Called { term: of_types(branch.types), name: None }
}

/// The one value it admits, its tag, or the one value of a member.
fn constant(engine: &Engine<'_>, branch: &Branch<'_>) -> Option<String> {
    if let Some(tag) = tag(engine, branch) {
        return tag.values().next().map(|value| value.plain.to_string());
    }
    if branch.literals.is_some() {
        return super::datum::only_value(branch);
    }
    let members = branch.objects.iter().flat_map(|layer| layer.properties.values());
    members.filter_map(|&id| engine.space.nodes.known(id)?.literals.as_ref()).find_map(|values| {
        let (_, value) = values.first().filter(|_| values.len() == 1)?;
        Some(value.plain.to_string())
    })
}

fn title(engine: &Engine<'_>, branch: &Branch<'_>) -> Option<String> {
    let (_, member) = branch.choices.last()?;
    let (which, at) = engine.space.nodes.loc(*member)?;
    engine.space.nodes.contract(which).document.string(at, Key::TITLE).map(str::to_owned)
}

/// A member that no sister has, best one that must be there; else the first that must be there.
fn own_member(side: &Expansion<'_>, index: usize) -> Option<String> {
    let branch = &side.branches[index];
    let has = |branch: &Branch<'_>, name: &str| branch.objects.iter().any(|layer| layer.properties.contains_key(name));
    let sisters = || side.branches.iter().enumerate().filter(|(ix, _)| *ix != index).map(|(_, sister)| sister);
    let own = |name: &&&str| !sisters().any(|sister| has(sister, name));
    let declared = || branch.objects.iter().flat_map(|layer| layer.properties.keys());
    let required = || branch.required.keys().filter(|name| has(branch, name));
    let found = required().find(own).or_else(|| declared().find(own));
    found.or_else(|| required().next()).or_else(|| declared().next()).map(|name| (*name).to_owned())
}

fn of_types(types: Types) -> &'static str {
    const WORDS: [(Types, &str); 6] = [
        (Types::STRING, "variant-string"),
        (Types::INTEGER, "variant-integer"),
        (Types::NUMBER, "variant-number"),
        (Types::BOOLEAN, "variant-boolean"),
        (Types::ARRAY, "variant-array"),
        (Types::OBJECT, "variant-object"),
    ];
    let found = WORDS.iter().find(|(known, _)| *known == types.without(Types::NULL));
    found.map_or("variant-other", |(_, word)| word)
}
