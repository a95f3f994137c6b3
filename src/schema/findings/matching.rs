//! Which branch of base is which branch of head, for the report: same schema, then name, then likeness.

use std::rc::Rc;

use crate::schema::inclusion::Engine;
use crate::schema::node::{Literals, SchemaId, Types};
use crate::schema::states::{Branch, Expansion, Lens};

/// Pairs of branches among which the closest is looked for.
const FAR: usize = 64;

/// Branches of one class, matched.
#[derive(Default, Debug)]
pub(in crate::schema) struct Matched {
    /// Base and head branch.
    pub(in crate::schema) pairs: Vec<(usize, usize)>,
    /// Base branches without a counterpart.
    pub(in crate::schema) base: Vec<usize>,
    /// Head branches without a counterpart.
    pub(in crate::schema) head: Vec<usize>,
}

/// Matches the branches that admit a class of values.
pub(in crate::schema) fn match_branches<'c>(
    engine: &mut Engine<'c>,
    base: &Expansion<'c>,
    head: &Expansion<'c>,
    (class, lens): (Types, Lens),
) -> Matched {
    let of = |side: &Expansion<'c>| -> Vec<usize> {
        side.branches.iter().enumerate().filter(|(_, branch)| branch.types.meets(class)).map(|(ix, _)| ix).collect()
    };
    let mut out = Matched { pairs: Vec::new(), base: of(base), head: of(head) };
    if let ([b], [h]) = (out.base.as_slice(), out.head.as_slice()) {
        out.pairs.push((*b, *h));
        return Matched { base: Vec::new(), head: Vec::new(), ..out };
    }
    for round in 0..4_u8 {
        let mut left = Vec::new();
        for &b in &out.base {
            let fits = |h: &usize| alike(engine, &base.branches[b], &head.branches[*h], round, class);
            match out.head.iter().position(fits) {
                Some(at) => out.pairs.push((b, out.head.remove(at))),
                None => left.push(b),
            }
        }
        out.base = left;
    }
    // One left over on each side, and nothing says they are different variants: an edit, not an exchange.
    if let ([b], [h]) = (out.base.as_slice(), out.head.as_slice())
        && (name(engine, &base.branches[*b]).is_none() || name(engine, &head.branches[*h]).is_none())
        && class != Types::OBJECT
    {
        out.pairs.push((*b, *h));
        (out.base, out.head) = (Vec::new(), Vec::new());
    }
    // What is no variant became several, or several became one: the closest is what it was.
    if out.pairs.is_empty() {
        let alone =
            |side: &Expansion<'c>, list: &[usize]| matches!(list, [only] if side.branches[*only].choices.is_empty());
        if alone(base, &out.base) || alone(head, &out.head) {
            let all = out.base.iter().flat_map(|&b| out.head.iter().map(move |&h| (b, h)));
            let mut far = |(b, h): (usize, usize)| {
                let [b, h] = [&base.branches[b], &head.branches[h]];
                [(b, h), (h, b)].map(|(sub, sup)| {
                    let found = engine.compared(sub, sup, class, lens);
                    engine.weigh(&found, lens, None)
                })
            };
            if let Some((b, h)) = all.take(FAR).min_by_key(|&pair| far(pair)) {
                out.pairs.push((b, h));
                out.base.retain(|&known| known != b);
                out.head.retain(|&known| known != h);
            }
        }
    }
    out.pairs.sort_unstable();
    out
}

/// Round 0: the same tag. 1: the same schema in both documents. 2: the same name. 3: unnamed, and alike in members or values.
fn alike<'c>(engine: &Engine<'c>, b: &Branch<'c>, h: &Branch<'c>, round: u8, class: Types) -> bool {
    match round {
        0 => {
            let [b, h] = [b, h].map(|branch| tag(engine, branch));
            b.zip(h).is_some_and(|(b, h)| b.keys().any(|text| h.contains_key(text)))
        }
        1 => {
            !b.choices.is_empty()
                && b.choices.len() == h.choices.len()
                && b.choices.iter().zip(&h.choices).all(|(x, y)| engine.space.same_schema(x.1, y.1))
        }
        2 => name(engine, b).is_some() && name(engine, b) == name(engine, h),
        _ => {
            let named = name(engine, b).is_some() && name(engine, h).is_some();
            !named && (tags_meet(b, h) || class == Types::OBJECT && overlap(b, h))
        }
    }
}

/// The tags that select a branch.
pub(super) fn tag(engine: &Engine<'_>, branch: &Branch<'_>) -> Option<Rc<Literals>> {
    let mut readings = branch.objects.iter().filter(|layer| engine.space.nodes.is_tag(layer.id));
    let value = *readings.next()?.properties.values().next()?;
    engine.space.nodes.known(value)?.literals.clone()
}

/// The variant's name, or for a branch that is no variant the name of the schema itself.
fn name(engine: &Engine<'_>, branch: &Branch<'_>) -> Option<String> {
    let choice = branch.choices.iter().rev().find_map(|(_, member)| label(engine, *member));
    choice.or_else(|| branch.nodes.iter().find_map(|&id| label(engine, id)))
}

/// The component name of a schema.
pub(in crate::schema) fn label(engine: &Engine<'_>, id: SchemaId) -> Option<String> {
    engine.space.nodes.component(id)
}

/// Both are finite and share a value.
fn tags_meet(b: &Branch<'_>, h: &Branch<'_>) -> bool {
    match (&b.literals, &h.literals) {
        (Some((x, _)), Some((y, _))) => x.keys().any(|text| y.contains_key(text)),
        _ => false,
    }
}

/// At least half of the members are the same, and a required member with a single value does not tell them apart.
fn overlap(b: &Branch<'_>, h: &Branch<'_>) -> bool {
    let count = |branch: &Branch<'_>| branch.objects.iter().map(|layer| layer.properties.len()).sum::<usize>();
    let names = b.objects.iter().flat_map(|layer| layer.properties.keys());
    let shared = names.filter(|name| h.objects.iter().any(|layer| layer.properties.contains_key(*name))).count();
    shared * 2 >= count(b).max(count(h))
}
