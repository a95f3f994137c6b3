//! What turns a value that both sides admit into one that shows a loss: a member less, an item more, a number past the
//! bound. Each loss of [`crate::schema::inclusion::local`] has its edits; whether one hits is for membership to say.

use serde_json::Value;

use super::accepts::member_ids;
use super::maker::{DEPTH, fresh};
use super::search::Search;
use super::{scalars, text};
use crate::contract::{Facet, Grade};
use crate::schema::inclusion::{Loss, Step, What};
use crate::schema::node::{Additional, Answer, Instance, SchemaId, Types, named};
use crate::schema::states::{Branch, StateId};
use crate::spec::Key;

/// Names of members that some rule for names may refuse.
const NAMES: &[&str] = &["extra", "A", "a", "1", "", "extra-long-name-0123456789"];
/// Members that an object which named none is tried with.
const MEMBERS: usize = 16;
/// Members that stand in for one that is left out.
const OTHERS: usize = 3;
/// Texts of people that a pattern may refuse.
const PLAIN: [&str; 4] = ["text", "1", "Text 1", "a-1"];
/// Characters a text may be drawn out by.
const LONG: usize = 100_000;

/// A sub branch, the sup branch it is held against, and the class of values.
#[derive(Clone, Copy)]
pub(super) struct Against<'a, 'c> {
    pub(super) sub: &'a Branch<'c>,
    pub(super) sup: &'a Branch<'c>,
    pub(super) class: Types,
}

impl<'c> Search<'_, 'c> {
    /// Edits of a value that may show a loss, likely ones first.
    pub(super) fn edits(&mut self, base: &Value, against: Against<'_, 'c>, loss: &Loss<'c>) -> Vec<Value> {
        match &loss.what {
            What::Required(name) => self.less(base, against, name),
            What::Member(name) => self.with_member(base, against, name),
            What::Access(name) if loss.grade == Grade::Unlisted => self.with_member(base, against, name),
            // Who drops the member makes no object with it.
            What::Access(name) => vec![without(base, name).unwrap_or_else(|| base.clone())],
            What::Literal(plain) => literal(against, plain),
            What::Of(Facet::AdditionalProperties) => self.with_fresh(base, against),
            What::Of(Facet::Type) if loss.grade == Grade::Openness => {
                let named = against.sup.objects.iter().flat_map(|layer| layer.properties.keys().copied());
                let names: Vec<&str> = named.take(MEMBERS).collect();
                names.into_iter().flat_map(|name| self.with_member(base, against, name)).collect()
            }
            What::Of(Facet::MinItems | Facet::MaxItems | Facet::UniqueItems) => self.arrays(against),
            What::Of(Facet::MinProperties | Facet::MaxProperties) => self.sized(base, against),
            What::Opaque(Key::PROPERTY_NAMES) => self.named(base, against),
            What::Opaque(Key::CONTAINS) => self.arrays(against),
            What::Opaque(Key::NOT) => self.excluded(against),
            What::Of(_) | What::Opaque(_) | What::Hole => self.edges(against),
        }
    }

    /// An object without a member; where none would be left, so that an exploded object is not sent at all, also with each
    /// of some others.
    fn less(&mut self, base: &Value, against: Against<'_, 'c>, name: &str) -> Vec<Value> {
        let Some(less) = without(base, name) else { return Vec::new() };
        let empty = less.as_object().is_some_and(serde_json::Map::is_empty);
        let declared = against.sub.objects.iter().flat_map(|layer| layer.properties.keys().copied());
        let others: Vec<&str> = declared.filter(|other| *other != name && empty).take(OTHERS).collect();
        let others = others.into_iter().filter(|_| self.lens.lists.is_some()).collect::<Vec<_>>();
        let mut out: Vec<Value> =
            others.into_iter().flat_map(|other| self.with_member(&less, against, other)).collect();
        out.push(less);
        out
    }

    /// An object with one more member, under each of some names.
    fn named(&mut self, base: &Value, against: Against<'_, 'c>) -> Vec<Value> {
        let declared = against.sub.objects.iter().flat_map(|layer| layer.properties.keys().copied());
        let names: Vec<&str> = declared.chain(NAMES.iter().copied()).collect();
        names.into_iter().flat_map(|name| self.with_member(base, against, name)).collect()
    }

    /// Values of what the sup side excludes.
    fn excluded(&mut self, against: Against<'_, 'c>) -> Vec<Value> {
        let mut out = Vec::new();
        for &(schema, _) in &against.sup.excluded {
            let ids = against.sub.nodes.iter().copied().chain([schema]).collect();
            let state = self.engine.space.state(ids);
            out.extend(self.maker.smallest(self.engine, state, self.lens));
        }
        out
    }

    fn with_member(&mut self, base: &Value, against: Against<'_, 'c>, name: &str) -> Vec<Value> {
        let pattern = against.sub.objects.iter().any(|layer| layer.patterns.iter().any(|(known, _)| *known == name));
        let sample = if pattern { self.engine.space.patterns.sample(name) } else { None };
        let name = sample.as_deref().unwrap_or(name);
        let Some(sub) = member_ids(self.engine, against.sub, name) else { return Vec::new() };
        let sup = member_ids(self.engine, against.sup, name).unwrap_or_default();
        let (sub, sup) = (self.engine.space.state(sub), self.engine.space.state(sup));
        let lost = if sup == StateId::ANY { None } else { self.refute(sub, sup) };
        let value = lost.or_else(|| self.maker.smallest(self.engine, sub, self.lens));
        value.and_then(|value| with(base, name, value)).into_iter().collect()
    }

    /// A member that no contract mentions.
    fn with_fresh(&mut self, base: &Value, against: Against<'_, 'c>) -> Vec<Value> {
        let invited = |branch: &Branch<'_>| -> Vec<SchemaId> {
            let written = branch.objects.iter().filter_map(|layer| match layer.additional() {
                Additional::Written(id) => Some(id),
                Additional::Absent | Additional::Closed | Additional::Presumed => None,
            });
            written.collect()
        };
        let (sub, sup) = (invited(against.sub), invited(against.sup));
        let (sub, sup) = (self.engine.space.state(sub), self.engine.space.state(sup));
        let mut values: Vec<Value> = self.refute(sub, sup).into_iter().collect();
        values.extend(self.maker.smallest(self.engine, sub, self.lens));
        let mut names: Vec<String> = (0..3).map(fresh).collect();
        for (pattern, _) in against.sub.objects.iter().flat_map(|layer| layer.patterns.clone()) {
            names.extend(self.engine.space.patterns.examples(&[pattern], None, (0, None)));
        }
        let pairs = names.iter().flat_map(|name| values.iter().map(move |value| (name, value)));
        pairs.filter_map(|(name, value)| with(base, name, value.clone())).collect()
    }

    fn arrays(&mut self, against: Against<'_, 'c>) -> Vec<Value> {
        let Against { sub, sup, .. } = against;
        let least = u64::from(self.lens.lists.is_some());
        let mut counts = vec![sub.min_items.map_or(least, |(n, _)| n.max(least))];
        counts.extend(sup.min_items.and_then(|(n, _)| n.checked_sub(1)));
        counts.extend(sup.max_items.map(|(n, _)| n + 1));
        counts.push(2);
        let mut out: Vec<Value> = Vec::new();
        for count in counts {
            let other = sup.unique.is_none().then_some(sup);
            out.extend(self.maker.items(self.engine, (sub, other), (self.lens, DEPTH), count, None));
        }
        if sup.unique.is_some() && sub.unique.is_none() {
            let twice = |value: &Value| {
                let items = value.as_array()?;
                let first = items.first()?.clone();
                Some(Value::Array(vec![first; items.len().max(2)]))
            };
            let doubled: Vec<Value> = out.iter().filter_map(twice).collect();
            out.splice(0..0, doubled);
        }
        out
    }

    /// Objects of more or fewer members.
    fn sized(&mut self, base: &Value, against: Against<'_, 'c>) -> Vec<Value> {
        let mut out = Vec::new();
        out.extend(self.maker.object(self.engine, (against.sub, None), (self.lens, DEPTH), &[]));
        if let (Some((most, _)), Some(members)) = (against.sup.max_properties, base.as_object()) {
            let mut more = members.clone();
            self.maker.fill(self.engine, against.sub, (self.lens, DEPTH), most + 1, &[], &mut more);
            out.push(Value::Object(more));
        }
        out
    }

    /// Scalars at and beside the edges of both branches, and an instance of what has no edges: real ones first, then the
    /// nearest that the sup branch refuses.
    pub(super) fn edges(&mut self, against: Against<'_, 'c>) -> Vec<Value> {
        let Against { sub, sup, class } = against;
        let mut out: Vec<Value> = scalars::real(self.engine, &sub.nodes);
        out.retain(|value| is_of(value, class));
        match class {
            Types::NUMBER if sub.literals.is_none() => out.extend(scalars::beyond(sup, sub)),
            Types::STRING if sub.literals.is_none() && sub.patterns.is_empty() && sub.formats.is_empty() => {
                let more = sup.max_length.and_then(|(n, _)| n.checked_add(1));
                let less = sup.min_length.and_then(|(n, _)| n.checked_sub(1));
                let nearest = more.into_iter().chain(less).filter_map(scalars::of_length);
                out.extend(nearest.map(Value::String));
            }
            _ => {}
        }
        out.extend(self.maker.of_class(self.engine, sub, class, self.lens, DEPTH));
        match class {
            Types::NUMBER if sub.literals.is_none() => {
                // As text, most patterns of digits refuse a sign.
                out.extend([-1, 10_000_000_000_i64].into_iter().filter(|_| self.lens.text).map(Value::from));
                out.extend(scalars::numbers(sup));
                let excluded = sup.literals.iter().flat_map(|(values, _)| values.values());
                let numbers = excluded.filter_map(|value| serde_json::from_str(&value.plain).ok());
                let numbers: Vec<Value> = numbers.collect();
                out.extend(numbers.iter().flat_map(|value| scalars::variants(value, 0)));
            }
            Types::STRING if sub.literals.is_none() => out.extend(self.texts(sub, sup)),
            // One item is written as a scalar is.
            Types::ARRAY if self.lens.lists.is_some() => out.extend(self.arrays(against)),
            _ => {}
        }
        // A text that says something is believed rather than a blank one, which a pattern may have made for a reason.
        if sub.patterns.is_empty() {
            out.sort_by_key(|value| value.as_str().is_some_and(|text| text.trim().is_empty()));
        }
        out
    }

    /// Texts of the sub branch that the sup branch may refuse.
    fn texts(&self, sub: &Branch<'_>, sup: &Branch<'_>) -> Vec<Value> {
        let known: Vec<&str> = sub.patterns.iter().map(|(pattern, _)| *pattern).collect();
        let window = (sub.min_length.map_or(0, |(n, _)| n), sub.max_length.map(|(n, _)| n));
        let mut lengths: Vec<(u64, Option<u64>)> = Vec::new();
        lengths.extend(sup.max_length.map(|(n, _)| (n + 1, window.1)));
        lengths.extend(sup.min_length.and_then(|(n, _)| n.checked_sub(1)).map(|n| (window.0, Some(n))));
        let mut out: Vec<String> = Vec::new();
        if !sup.patterns.is_empty() && known.is_empty() {
            out.extend(PLAIN.map(str::to_owned));
        }
        for (pattern, _) in &sup.patterns {
            out.extend(self.engine.space.patterns.examples(&known, Some(pattern), window));
        }
        for &(low, high) in &lengths {
            if known.is_empty() {
                out.extend([low, high.unwrap_or(low)].into_iter().filter_map(scalars::of_length));
            } else {
                out.extend(self.engine.space.patterns.examples(&known, None, (low, high)));
                out.extend(self.padded(&known, low));
            }
            let samples = sub.formats.iter().filter_map(|(name, _)| crate::schema::node::format::sample(name));
            out.extend(samples.filter_map(|text| drawn_out(text, low)));
        }
        if !sup.formats.is_empty() && !known.is_empty() {
            // Longer than any label of a host name.
            out.extend(self.padded(&known, 80));
        }
        if known.is_empty() {
            out.extend(["text", "a", "", "1", "0", "-", " ", "É"].map(str::to_owned));
            let formats = ["date", "date-time", "uuid", "email", "uri", "hostname", "time"];
            out.extend(formats.into_iter().filter_map(crate::schema::node::format::sample).map(str::to_owned));
            out.extend(["/a", "2030-02-31", "10000000000"].map(str::to_owned));
        } else {
            out.extend(self.engine.space.patterns.examples(&known, None, window));
            out.extend(["", "a", "1", "-"].map(str::to_owned));
        }
        out.into_iter().map(Value::String).collect()
    }

    /// Texts of some patterns, drawn out to a length: cheaper than an automaton that counts so far.
    fn padded(&self, patterns: &[&str], length: u64) -> Vec<String> {
        let short = self.engine.space.patterns.examples(patterns, None, (0, None));
        short.iter().filter_map(|text| drawn_out(text, length)).collect()
    }

    /// A value with a part set at a step; composites are built anew where the step does not fit the value.
    pub(super) fn put(
        &mut self,
        base: &Value,
        (branch, other): (&Branch<'c>, Option<&Branch<'c>>),
        step: Step<'c>,
        part: &Value,
    ) -> Option<Value> {
        let name = match step {
            Step::Property(name) => name.to_owned(),
            Step::Map => self.undeclared(branch, other)?,
            Step::Pattern(pattern) => {
                self.engine.space.patterns.examples(&[pattern], None, (0, None)).into_iter().next()?
            }
            Step::Items => {
                let prefix = |branch: &Branch<'_>| branch.arrays.iter().map(|layer| layer.prefix.len()).max();
                let place = prefix(branch).max(other.and_then(prefix)).unwrap_or(0);
                return self.maker.array(self.engine, (branch, other), (self.lens, DEPTH), Some((place, part)));
            }
            Step::Item(place) => {
                return self.maker.array(self.engine, (branch, other), (self.lens, DEPTH), Some((place, part)));
            }
        };
        with(base, &name, part.clone())
    }

    /// A name that only `additionalProperties` speaks of, on both sides.
    fn undeclared(&self, branch: &Branch<'_>, other: Option<&Branch<'_>>) -> Option<String> {
        let declared = |branch: &Branch<'_>, name: &str| {
            branch.objects.iter().any(|layer| {
                layer.properties.contains_key(name)
                    || layer.patterns.iter().any(|(p, _)| self.engine.space.patterns.matches(p, name) != Answer::No)
            })
        };
        let free = |name: &String| !declared(branch, name) && other.is_none_or(|other| !declared(other, name));
        ["key".to_owned()].into_iter().chain((0..3).map(fresh)).find(free)
    }
}

/// A text drawn out to a length; `None` where it is as long, or the length out of reach.
fn drawn_out(text: &str, length: u64) -> Option<String> {
    let missing = usize::try_from(length).ok()?.checked_sub(text.chars().count()).filter(|n| *n < LONG)?;
    Some(format!("{text}{}", "a".repeat(missing)))
}

/// The listed or denied values of a text.
fn literal(against: Against<'_, '_>, plain: &str) -> Vec<Value> {
    let lists = against.sub.literals.iter().map(|(values, _)| values);
    let denied = against.sup.denied.iter().map(|(values, _)| values);
    let found = lists.chain(denied).filter_map(|values| named(values, plain));
    found.filter_map(|(canonical, _)| Instance::parse(canonical)?.json()).collect()
}

/// An object without a member; `None` where it has none such.
pub(super) fn without(base: &Value, name: &str) -> Option<Value> {
    let mut members = base.as_object()?.clone();
    members.shift_remove(name)?;
    Some(Value::Object(members))
}

/// An object with a member.
pub(super) fn with(base: &Value, name: &str, value: Value) -> Option<Value> {
    let mut members = base.as_object()?.clone();
    members.insert(name.to_owned(), value);
    Some(Value::Object(members))
}

/// True if two values are of one class.
pub(super) fn is_of(value: &Value, class: Types) -> bool {
    text::types(value).meets(class)
}
