//! Local differences of arrays: their length, and their items place by place.

use super::difference::{Child, Local, Step, What};
use super::engine::Engine;
use super::values::counts;
use crate::contract::{Facet, Grade, Lists};
use crate::schema::node::SchemaId;
use crate::schema::states::{Branch, Lens};
use crate::spec::Key;

/// Places of a tuple that are compared one by one; further ones are undecided.
const PLACES: usize = 1_024;

pub(in crate::schema) fn arrays<'c>(
    engine: &mut Engine<'c>,
    sub: &Branch<'c>,
    sup: &Branch<'c>,
    lens: Lens,
    out: &mut Local<'c>,
) {
    // A repeated list without items is no parameter at all, so nobody sends one.
    let asked = sup.min_items.filter(|(least, _)| *least > 1 || lens.lists != Some(Lists::Repeated));
    counts(Facet::MinItems, Facet::MaxItems, [sub.min_items, sub.max_items], [asked, sup.max_items], out);
    let most = sub.max_items.map_or(u64::MAX, |(n, _)| n);
    if let Some(owner) = sup.unique
        && sub.unique.is_none()
        && most > 1
    {
        out.lose(What::Of(Facet::UniqueItems), Grade::Value, None, Some(owner));
    }
    let places = |branch: &Branch<'c>| branch.arrays.iter().map(|layer| layer.prefix.len()).max().unwrap_or(0);
    let longest = places(sub).max(places(sup));
    if longest > PLACES && most > PLACES as u64 {
        let owner = sup.arrays.first().map(|layer| layer.id);
        out.lose(What::Opaque(Key::PREFIX_ITEMS), Grade::Undecided, None, owner);
    }
    let tuple = longest.min(PLACES);
    for place in 0..tuple {
        if (place as u64) < most {
            part(engine, Step::Item(place), sub.items_at(place), sup.items_at(place), out);
        }
    }
    if (tuple as u64) < most {
        part(engine, Step::Items, sub.items_at(tuple), sup.items_at(tuple), out);
    }
}

/// Adds a part, unless both sides have the same.
pub(in crate::schema) fn part<'c>(
    engine: &mut Engine<'c>,
    step: Step<'c>,
    sub: Vec<SchemaId>,
    sup: Vec<SchemaId>,
    out: &mut Local<'c>,
) {
    let (sub, sup) = (engine.space.state(sub), engine.space.state(sup));
    if sub != sup {
        out.children.push(Child { step, sub, sup, instead: None });
    }
}
