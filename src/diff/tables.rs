//! Tables of discriminators: which tags came, went, or select another schema (OpenAPI 3.x, Discriminator Object).
//!
//! What differs inside a schema that a tag selects is said of that schema; a union that lost or won a member says so too.
//! What is left is the tag itself. By a mapping it is part of the contract; documents whose tags are the names of their
//! components are often written by hand, and their servers send others.

use super::Differ;
use super::draft::Draft;
use crate::contract::{Action, Contract, Facet, Grade, Run, SchemaAt, Scope, Tag, Tags};
use crate::schema::{Lens, Note, Which};
use crate::spec::{Key, Loc};

/// Implied tags of one version that may be renamed ones of the other.
const RENAMED: usize = 16;

/// What differs between the tables of two schemas that have a discriminator with the same property.
pub(super) fn compare(differ: &mut Differ<'_>, note: Note, blank: &Draft) -> Vec<Draft> {
    let (base, head) = (differ.base, differ.head);
    let (Some(old), Some(new)) = (base.tags(note.base), head.tags(note.head)) else { return Vec::new() };
    if old.property != new.property {
        return Vec::new();
    }
    let within = within(differ, note, old, new);
    let table = Table { differ, old, new, blank, within };
    let gone = old.list.iter().filter_map(|tag| table.since(tag));
    let come = new.list.iter().filter(|tag| old.find(&tag.text).is_none()).filter_map(|tag| table.added(tag));
    gone.chain(come).chain(table.rest()).collect()
}

struct Table<'a, 'c> {
    differ: &'a Differ<'c>,
    old: &'a Tags,
    new: &'a Tags,
    blank: &'a Draft,
    /// Schemas of implied tags that came or went, all of whose values the other version takes: the union does not say that
    /// they are gone.
    within: [Vec<Loc>; 2],
}

impl Table<'_, '_> {
    fn fact(&self, action: Action, tag: &str) -> Draft {
        let blank = Draft { facet: Facet::Mapping, action, ..self.blank.clone() };
        blank.subject(tag.to_owned()).code("value", tag.to_owned())
    }

    /// What became of a tag of base.
    fn since(&self, tag: &Tag) -> Option<Draft> {
        match self.new.find(&tag.text) {
            Some(now) if self.is_same(tag, now) => None,
            Some(now) => Some(self.fact(Action::Replaced, &tag.text).values(&tag.written, &now.written)),
            None if self.is_said(0, tag) && !self.new.list.iter().any(|now| self.is_same(tag, now)) => None,
            None => {
                let fact = self.fact(Action::Removed, &tag.text).code("from", tag.written.clone());
                let sure = self.is_sure(tag) && !is_pinned(self.differ.base, tag, &self.old.property);
                Some(weighed(fact, Run::Forward, sure))
            }
        }
    }

    fn added(&self, tag: &Tag) -> Option<Draft> {
        let before: Vec<&Tag> = self.old.list.iter().filter(|was| self.is_same(was, tag)).collect();
        if self.is_said(1, tag) && before.is_empty() {
            return None;
        }
        let fact = self.fact(Action::Added, &tag.text).code("to", tag.written.clone());
        let pinned = is_pinned(self.differ.head, tag, &self.new.property);
        Some(weighed(fact, Run::Backward, self.is_sure(tag) && !pinned))
    }

    /// Values without a tag, or with an unknown one, go to another schema (OpenAPI 3.2, `defaultMapping`).
    fn rest(&self) -> Option<Draft> {
        let action = match (&self.old.default, &self.new.default) {
            (was, is) if was == is => return None,
            (None, Some(_)) => Action::Added,
            (Some(_), None) => Action::Removed,
            _ => Action::Replaced,
        };
        let [from, to] = [&self.old.default, &self.new.default].map(|text| text.clone().unwrap_or_default());
        let fact = self.fact(action, Key::DEFAULT_MAPPING.fixed());
        let fact =
            if action == Action::Replaced { fact.values(&from, &to) } else { fact.code("from", from).code("to", to) };
        let run = if self.blank.scope == Scope::Response { Run::Backward } else { Run::Forward };
        Some(weighed(fact, run, false))
    }

    /// True of a tag whose coming or going the union says.
    fn is_said(&self, side: usize, tag: &Tag) -> bool {
        is_member([self.old, self.new][side], tag)
            && !tag.target.is_some_and(|target| self.within[side].contains(&target))
    }

    /// True where both versions write down their tags.
    fn is_sure(&self, tag: &Tag) -> bool {
        let maps = |tags: &Tags| tags.list.iter().any(|tag| tag.mapped);
        tag.mapped && maps(self.old) && maps(self.new)
    }

    /// What counts is the schema that a tag leads to, not its name.
    fn is_same(&self, old: &Tag, new: &Tag) -> bool {
        let last = |text: &str| text.rsplit('/').next().unwrap_or(text).to_owned();
        match (old.target, new.target) {
            (Some(a), Some(b)) => last(&old.written) == last(&new.written) || self.differ.engine.align().same(a, b),
            _ => last(&old.written) == last(&new.written),
        }
    }
}

/// The schemas of implied tags that only one version has, and whose values the union of the other version takes, as it does of
/// a component that was renamed and widened, or merely declares no more.
fn within(differ: &mut Differ<'_>, note: Note, old: &Tags, new: &Tags) -> [Vec<Loc>; 2] {
    let unions = [
        differ.engine.schema(Which::Base, SchemaAt::Node(note.base)),
        differ.engine.schema(Which::Head, SchemaAt::Node(note.head)),
    ];
    let mut taken = |which: Which, of: &Tags, other: &Tags| -> Vec<Loc> {
        let alone = of.list.iter().filter(|tag| is_member(of, tag) && other.find(&tag.text).is_none());
        let targets = alone.filter_map(|tag| tag.target).take(RENAMED);
        let (owner, others) = if which == Which::Base { (unions[0], unions[1]) } else { (unions[1], unions[0]) };
        let engine = &mut differ.engine;
        targets
            .filter(|&target| {
                let member = engine.schema(which, SchemaAt::Node(target));
                let member = engine.tagged(owner, member);
                let lost = engine.inclusion(member, others, Lens::default());
                lost.is_none_or(|grade| grade == Grade::Unlisted)
            })
            .collect()
    };
    [taken(Which::Base, old, new), taken(Which::Head, new, old)]
}

/// A fact that is worth its run; one that is not sure is no more than risky.
fn weighed(mut fact: Draft, run: Run, sure: bool) -> Draft {
    fact.losses = vec![(run, if sure { Grade::Shape } else { Grade::Openness })];
    fact
}

/// True of the implied tag of a member of a union, whose coming or going the union says.
fn is_member(of: &Tags, tag: &Tag) -> bool {
    of.union && !tag.mapped
}

/// True where the schema lists the values of the property itself: their coming or going is said there.
fn is_pinned(contract: &Contract, tag: &Tag, property: &str) -> bool {
    let document = &contract.document;
    let pins = |schema: Loc| {
        let member = document.get(schema, Key::PROPERTIES).and_then(|at| document.member(at, property));
        member.is_some_and(|at| document.get(at, Key::ENUM).or_else(|| document.get(at, Key::CONST)).is_some())
    };
    let Some(target) = tag.target else { return false };
    let parts = document.get(target, Key::ALL_OF).into_iter().flat_map(|list| document.children(list));
    pins(target) || parts.into_iter().any(pins)
}
