//! Local differences of arrays and objects.
//!
//! Producers are closed: nobody sends a member that no contract mentions. A member is mentioned in `properties`,
//! `patternProperties`, `required`, or by an `additionalProperties` that is written and not false. Where only that keeps a
//! value from being refused, the loss is one of [`Grade::Openness`]: it is said, and no worse than risky.

use std::rc::Rc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::difference::{Child, Local, Loss, Step, What};
use super::engine::Engine;
use super::values::counts;
use crate::contract::{Facet, Grade};
use crate::schema::node::{Additional, Answer, Reading, SchemaId, Which};
use crate::schema::states::{Branch, Lens, StateId};

/// What a branch says of one member.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact about the member")]
#[derive(Default)]
struct Member {
    ids: Vec<SchemaId>,
    /// In `properties` or `patternProperties`.
    declared: bool,
    /// Declared, or at least required.
    named: bool,
    invited: bool,
    /// Invited by convention alone: the object names no member.
    presumed: bool,
    /// The invitation names a schema, so the member counts as described.
    described: bool,
    forbidden: Option<SchemaId>,
    /// Forbidden by its own schema, `false`.
    shut: bool,
    owner: Option<SchemaId>,
    dropped: bool,
}

/// True if a branch declares a member, false if it takes it without, `None` if it refuses or drops it.
pub(in crate::schema) fn declares<'c>(
    engine: &mut Engine<'c>,
    branch: &Branch<'c>,
    name: &str,
    lens: Lens,
) -> Option<bool> {
    let member = member(engine, branch, name, lens);
    (member.forbidden.is_none() && !member.dropped).then_some(member.declared)
}

fn member<'c>(engine: &mut Engine<'c>, branch: &Branch<'c>, name: &str, lens: Lens) -> Member {
    let mut out = Member::default();
    for layer in &branch.objects {
        let before = out.ids.len();
        if let Some(&id) = layer.properties.get(name) {
            if engine.space.nodes.is_never(id) {
                (out.forbidden, out.shut) = (Some(layer.id), true);
                continue;
            }
            out.ids.push(id);
            out.owner.get_or_insert(layer.id);
        }
        for (pattern, id) in &layer.patterns {
            if engine.space.patterns.matches(pattern, name) == Answer::Yes {
                out.ids.push(*id);
            }
        }
        if out.ids.len() > before {
            (out.declared, out.named) = (true, true);
            continue;
        }
        match layer.additional() {
            Additional::Absent => {}
            Additional::Closed => out.forbidden = Some(layer.id),
            Additional::Written(id) => {
                out.invited = true;
                out.described |= !engine.space.nodes.admits_all(id);
                out.ids.push(id);
            }
            Additional::Presumed => out.presumed = true,
        }
    }
    if let Some(owner) = branch.required.get(name) {
        out.named |= !branch.implied.contains(owner);
        out.owner.get_or_insert(*owner);
    }
    if lens.drop_read_only || lens.drop_write_only {
        out.dropped = out.ids.iter().any(|&id| {
            let (read_only, write_only) = engine.space.nodes.access(id);
            lens.drop_read_only && read_only || lens.drop_write_only && write_only
        });
    }
    out
}

pub(in crate::schema) fn objects<'c>(
    engine: &mut Engine<'c>,
    sub: &Branch<'c>,
    sup: &Branch<'c>,
    lens: Lens,
    out: &mut Local<'c>,
) {
    let capacity = sub.objects.iter().chain(&sup.objects).map(|layer| layer.properties.len()).sum();
    let mut names: IndexSet<&'c str, FxBuildHasher> = IndexSet::with_capacity_and_hasher(capacity, FxBuildHasher);
    for branch in [sub, sup] {
        for layer in &branch.objects {
            names.extend(layer.properties.keys().copied());
        }
        names.extend(branch.required.keys().copied());
    }
    let mut sent = 0_u64;
    for name in names {
        sent += u64::from(one_member(engine, sub, sup, name, lens, out));
    }
    typed(engine, sub, sup, out);
    let invited = undeclared(engine, sub, sup, out);
    let by_pattern = super::by_pattern::patterns(engine, sub, sup, invited, out);
    sizes(sub, sup, (invited.is_none() && !by_pattern).then_some(sent), out);
}

/// An object of base that named no member, where head names some: whoever made up its members may have made up others.
fn typed<'c>(engine: &Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, out: &mut Local<'c>) {
    let free = sub.objects.iter().find(|layer| layer.additional() == Additional::Presumed);
    let Some(free) = free.filter(|layer| engine.space.nodes.place(layer.id).0 == Which::Base) else { return };
    let named = |layer: &&Rc<Reading<'c>>| layer.properties.values().any(|&part| !engine.space.nodes.is_never(part));
    if let Some(layer) = sup.objects.iter().find(named).filter(|_| !sub.objects.iter().any(|layer| named(&layer))) {
        out.lose(What::Of(Facet::Type), Grade::Openness, Some(free.id), Some(layer.id));
    }
}

/// How many members there may be; `sent` are all that the sub side names, where only named ones are sent.
fn sizes<'c>(sub: &Branch<'c>, sup: &Branch<'c>, sent: Option<u64>, out: &mut Local<'c>) {
    let least = sub.min_properties.map_or(0, |(n, _)| n).max(sub.required.len() as u64);
    // Who must send more than the contract names sends others.
    let sent = sent.map(|sent| sent.max(least));
    let most = sub.max_properties.map(|(n, _)| n).into_iter().chain(sent).min();
    let owner = sub.nodes.first().copied().unwrap_or(SchemaId(0));
    let low = Some((least, sub.min_properties.map_or(owner, |(_, id)| id)));
    let high = most.map(|n| (n, sub.max_properties.map_or(owner, |(_, id)| id)));
    counts(Facet::MinProperties, Facet::MaxProperties, [low, high], [sup.min_properties, sup.max_properties], out);
    if let (Some((n, owner)), Some(sent)) = (sup.max_properties, sent)
        && n >= sent
        && sub.max_properties.is_none_or(|(own, _)| own > n)
        && !sub.objects.iter().any(|layer| layer.additional() == Additional::Closed)
    {
        out.lose(What::Of(Facet::MaxProperties), Grade::Openness, None, Some(owner));
    }
}

/// Compares one member; true if the sub side may send it.
fn one_member<'c>(
    engine: &mut Engine<'c>,
    sub: &Branch<'c>,
    sup: &Branch<'c>,
    name: &'c str,
    lens: Lens,
    out: &mut Local<'c>,
) -> bool {
    let s = member(engine, sub, name, lens);
    let p = member(engine, sup, name, lens);
    let demands = |branch: &Branch<'c>, member: &Member| branch.required.get(name).copied().filter(|_| !member.dropped);
    let (held, asked) = (demands(sub, &s), demands(sup, &p));
    if asked.is_some() && held.is_none() {
        let what = if s.dropped { What::Access(name) } else { What::Required(name) };
        out.lose(what, Grade::Shape, s.owner, asked);
    }
    if s.forbidden.is_some() || s.dropped {
        return false;
    }
    let what = What::Member(name);
    if !s.named && !s.invited {
        // A member that the sup side names is merely described; one that it shuts out would be refused.
        if let Some(owner) = p.forbidden.filter(|_| p.shut) {
            let grade = if s.presumed { Grade::Value } else { Grade::Openness };
            out.lose(what, grade, s.owner, Some(owner));
        }
        return false;
    }
    if let Some(owner) = p.forbidden {
        out.lose(what.clone(), Grade::Value, s.owner, Some(owner));
        if s.declared {
            out.lose(what, Grade::Unlisted, s.owner, Some(owner));
        }
    } else if p.dropped {
        out.lose(What::Access(name), Grade::Unlisted, s.owner, p.owner);
    } else if s.declared && !p.named && !p.described {
        out.lose(what, Grade::Unlisted, s.owner, p.owner);
    } else {
        let (sub, sup) = (engine.space.state(s.ids), engine.space.state(p.ids));
        let direct = s.named && p.named;
        let instead = (!direct).then_some(Loss { what, grade: Grade::Shape, sub: s.owner, sup: p.owner });
        if sub != sup && sup != StateId::ANY {
            out.children.push(Child { step: Step::Property(name), sub, sup, instead });
        } else if sub != sup && direct {
            out.children.push(Child { step: Step::Property(name), sub, sup, instead: None });
        }
    }
    true
}

/// Members that no one names. Returns the state of what the sub side invites, if it does.
fn undeclared<'c>(engine: &mut Engine<'c>, sub: &Branch<'c>, sup: &Branch<'c>, out: &mut Local<'c>) -> Option<StateId> {
    let s = fresh(sub);
    let p = fresh(sup);
    if s.forbidden.is_some() {
        return None;
    }
    let what = What::Of(Facet::AdditionalProperties);
    let sup_state = engine.space.state(p.ids.clone());
    if s.invited {
        let sub_state = engine.space.state(s.ids);
        if let Some(owner) = p.forbidden {
            out.lose(what, Grade::Value, s.owner, Some(owner));
        } else if p.invited && sub_state != sup_state {
            out.children.push(Child { step: Step::Map, sub: sub_state, sup: sup_state, instead: None });
        }
        return Some(sub_state);
    }
    if let Some(owner) = p.forbidden {
        out.lose(what, Grade::Openness, s.owner, Some(owner));
    } else if p.invited {
        let instead = Some(Loss { what, grade: Grade::Openness, sub: s.owner, sup: p.owner });
        out.children.push(Child { step: Step::Map, sub: StateId::ANY, sup: sup_state, instead });
    }
    None
}

fn fresh(branch: &Branch<'_>) -> Member {
    let mut out = Member::default();
    for layer in &branch.objects {
        match layer.additional() {
            Additional::Absent => {}
            Additional::Closed => out.forbidden = Some(layer.id),
            Additional::Written(id) => {
                out.invited = true;
                out.ids.push(id);
                out.owner.get_or_insert(layer.id);
            }
            Additional::Presumed => {
                (out.invited, out.presumed) = (true, true);
                out.owner.get_or_insert(layer.id);
            }
        }
    }
    out
}
