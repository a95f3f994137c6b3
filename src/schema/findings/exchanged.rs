//! What a keyword said and what it says, where neither holds all that the other does: one takes the place of the other.

use super::entry::{Entries, Entry, EntryKey, Sides};
use super::walk::Walk;
use crate::contract::{Facet, Grade, Run};
use crate::schema::inclusion::Step;
use crate::schema::node::SchemaId;
use crate::schema::states::{Branch, Expansion};
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
        #[expect(clippy::wildcard_enum_match_arm, reason = "other facets are no keyword that is exchanged")]
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

    /// The keyword that both branches hang on, and its node on the side that refuses, where a part differs only by what
    /// their conditions say of it: then the condition is another one, not the part.
    pub(super) fn exchanged_condition(
        &self,
        run: Run,
        (base, head): (&Branch<'c>, &Branch<'c>),
        step: Step<'c>,
    ) -> Option<(SchemaId, Key)> {
        let Step::Property(name) = step else { return None };
        let (sub, sup) = if run == Run::Forward { (base, head) } else { (head, base) };
        let (condition, other) = (self.condition(sup)?, self.condition(sub)?);
        if condition.1 != other.1 || matches!(condition.1, Key::CONST | Key::DISCRIMINATOR) {
            return None;
        }
        let [(ours, beside), (theirs, others)] = [sub, sup].map(|branch| declared(branch, name));
        let space = &self.engine.space;
        let alike = |one: &[SchemaId], two: &[SchemaId]| {
            one.len() == two.len() && one.iter().zip(two).all(|(a, b)| a == b || space.same_schema(*a, *b))
        };
        (alike(&beside, &others) && !alike(&ours, &theirs)).then_some(condition)
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

/// The schemas of a member that hang on the last alternative a branch takes, and those that do not.
fn declared(branch: &Branch<'_>, name: &str) -> (Vec<SchemaId>, Vec<SchemaId>) {
    let at = |id: SchemaId| branch.nodes.iter().position(|known| *known == id);
    let taken = branch.choices.last().and_then(|(_, member)| at(*member));
    let hangs = |id: SchemaId| taken.is_some_and(|taken| at(id).is_some_and(|at| at > taken));
    let layers = branch.objects.iter().filter_map(|layer| Some((layer.id, *layer.properties.get(name)?)));
    let (inside, beside): (Vec<_>, Vec<_>) = layers.partition(|(layer, _)| hangs(*layer));
    let schemas = |list: Vec<(SchemaId, SchemaId)>| list.into_iter().map(|(_, schema)| schema).collect();
    (schemas(inside), schemas(beside))
}

/// Values that both sides exclude by `not`, one list in place of the other, are one exchange instead of values that come
/// and go.
pub(super) fn join_denied(entries: &mut Entries<'_>, sides: &Sides<'_>) {
    let denies = |side: &Expansion<'_>| {
        let all = |branch: &Branch<'_>| branch.literals.is_none() && !branch.denied.is_empty();
        !side.branches.is_empty() && side.branches.iter().all(all)
    };
    let listed: Vec<EntryKey<'_>> = entries.keys().filter(|key| key.0 == Facet::EnumValue).cloned().collect();
    let lost = |run: fn(&Entry) -> Option<Grade>| listed.iter().filter_map(|key| run(entries.get(key)?)).max();
    let (forward, backward) = (lost(|entry| entry.forward), lost(|entry| entry.backward));
    if forward.is_none() || backward.is_none() || !denies(&sides.base) || !denies(&sides.head) {
        return;
    }
    let node = |side: &Expansion<'_>| side.branches.first().and_then(|it| it.denied.first()).map(|(_, owner)| *owner);
    entries.retain(|key, _| key.0 != Facet::EnumValue);
    let entry = entries.entry((Facet::Constraint, None, Key::NOT.fixed().to_owned())).or_default();
    (entry.forward, entry.backward) = (entry.forward.max(forward), entry.backward.max(backward));
    (entry.base, entry.head) = (node(&sides.base), node(&sides.head));
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
