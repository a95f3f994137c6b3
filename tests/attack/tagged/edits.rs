//! Edits of random tagged unions.

use super::grammar::{MEMBERS, Member, NAMES, Union, Variant, pin, scalar, variant};
use crate::random::Rng;

const TAGS: [&str; 4] = ["cat", "dog", "Dog", "x"];

/// Changes something about a union.
pub(super) fn edit(rng: &mut Rng, union: &mut Union) {
    let at = rng.below(union.variants.len());
    match rng.below(14) {
        0..=2 => edit_member(rng, &mut union.variants[at]),
        3 => union.variants[at].closed = !union.variants[at].closed,
        4 => drop(union.mapping.pop()),
        5 => {
            let row = (rng.pick(&TAGS).to_owned(), union.variants[at].name.clone());
            union.mapping.retain(|(tag, _)| *tag != row.0);
            union.mapping.push(row);
        }
        6 if !union.mapping.is_empty() => {
            let row = rng.below(union.mapping.len());
            let tag = rng.pick(&TAGS);
            if union.mapping.iter().all(|(known, _)| known != tag) {
                tag.clone_into(&mut union.mapping[row].0);
            }
        }
        7 if !union.mapping.is_empty() => {
            let row = rng.below(union.mapping.len());
            union.mapping[row].1 = union.variants[at].name.clone();
        }
        8 => {
            let tags = union.variants.iter().map(|variant| (variant.name.to_lowercase(), variant.name.clone()));
            union.mapping = if union.mapping.is_empty() { tags.collect() } else { Vec::new() };
        }
        9 if union.variants.len() > 2 => {
            let gone = union.variants.remove(at);
            union.mapping.retain(|(_, target)| *target != gone.name);
        }
        9 | 10 => {
            let free = NAMES.iter().find(|name| union.variants.iter().all(|variant| variant.name != **name));
            if let Some(name) = free.filter(|_| rng.chance(50)) {
                let new = variant(rng, name, union);
                union.variants.push(new);
            } else if let Some(name) = free {
                let old = std::mem::replace(&mut union.variants[at].name, (*name).to_owned());
                union
                    .mapping
                    .iter_mut()
                    .filter(|(_, target)| *target == old)
                    .for_each(|row| (*name).clone_into(&mut row.1));
            }
        }
        11 if union.key != "allOf" => {
            let now = if union.property.as_deref() == Some("kind") { "type" } else { "kind" };
            if let Some(was) = union.property.replace(now.to_owned()) {
                let members = union.variants.iter_mut().flat_map(|variant| &mut variant.members);
                members.filter(|member| member.name == was).for_each(|member| now.clone_into(&mut member.name));
            }
        }
        12 if union.key != "allOf" => {
            union.property = if union.property.is_some() { None } else { Some("kind".to_owned()) };
            if union.property.is_none() {
                union.mapping.clear();
            }
        }
        _ => pin(rng, union, at),
    }
}

fn edit_member(rng: &mut Rng, variant: &mut Variant) {
    let at = rng.below(variant.members.len().max(1));
    match (rng.below(4), variant.members.get_mut(at)) {
        (0, Some(member)) => member.required = !member.required,
        (1, Some(_)) => drop(variant.members.remove(at)),
        (2, Some(member)) if MEMBERS.contains(&member.name.as_str()) => member.schema = scalar(rng),
        _ => {
            let name = rng.pick(&MEMBERS);
            if variant.members.iter().all(|member| member.name != name) {
                variant.members.push(Member { name: name.to_owned(), schema: scalar(rng), required: rng.chance(40) });
            }
        }
    }
}
