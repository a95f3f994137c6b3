//! Objects: which members may be there, and what their values may be.

use std::rc::Rc;

use super::Search;
use super::cell::{Cell, Cuts};
use crate::schema::node::{Additional, Answer, Instance, SchemaId};
use crate::schema::states::{Branch, Parts, StateId};

/// Steps that looking a member up in one layer costs, about.
const LOOKUP: usize = 8;

/// What a branch says of one member.
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact about the member")]
#[derive(Default)]
struct Member {
    ids: Vec<SchemaId>,
    /// The producer's own layers or demands speak of it.
    mentioned: bool,
    forbidden: bool,
    /// A layer of the producer's takes it by convention, if nobody names it.
    presumed: bool,
    /// `readOnly` or `writeOnly`, and not sent for that reason.
    dropped: bool,
    unsure: bool,
}

impl Member {
    fn sendable(&self) -> bool {
        self.mentioned && !self.forbidden && !self.dropped
    }
}

impl<'c> Search<'_, 'c> {
    fn member(&mut self, branch: &Branch<'c>, layers: usize, demands: usize, name: &str) -> Member {
        let mut out = Member::default();
        for (ix, layer) in branch.objects.iter().enumerate() {
            let mut spoken = false;
            if let Some(&part) = layer.properties.get(name) {
                spoken = true;
                self.part(part, ix < layers, &mut out);
            }
            for &(pattern, part) in &layer.patterns {
                match self.space.patterns.matches(pattern, name) {
                    Answer::Yes => {
                        spoken = true;
                        self.part(part, ix < layers, &mut out);
                    }
                    Answer::No => {}
                    Answer::Costly | Answer::Open => out.unsure = true,
                }
            }
            match layer.additional() {
                Additional::Closed if !spoken => out.forbidden = true,
                Additional::Written(part) if !spoken => self.part(part, ix < layers, &mut out),
                Additional::Presumed => out.presumed |= ix < layers,
                Additional::Absent | Additional::Closed | Additional::Written(_) => {}
            }
        }
        out.presumed |= self.lens.open;
        let own = branch.required.get_full(name).filter(|(ix, ..)| *ix < demands);
        out.mentioned |= own.is_some_and(|(.., owner)| !branch.implied.contains(owner));
        for &(schema, _) in &branch.names {
            match self.taken(schema, &Instance::Text(name.to_owned())) {
                Answer::No => out.forbidden = true,
                Answer::Yes => {}
                Answer::Costly | Answer::Open => out.unsure = true,
            }
        }
        if self.lens.drop_read_only || self.lens.drop_write_only {
            for &id in &out.ids {
                let (read_only, write_only) = self.space.nodes.access(id);
                out.dropped |= self.lens.drop_read_only && read_only || self.lens.drop_write_only && write_only;
            }
        }
        out
    }

    /// One schema that a layer has for a member.
    fn part(&mut self, part: SchemaId, own: bool, out: &mut Member) {
        if self.space.nodes.is_never(part) {
            out.forbidden = true;
        } else {
            out.mentioned |= own;
            out.ids.push(part);
        }
    }

    fn own(&mut self, cell: &Cell<'c>, name: &str) -> Member {
        let mut out = self.member(&cell.branch, cell.layers, cell.demands, name);
        out.mentioned |= out.presumed && !cell.names.described.contains(name);
        out
    }

    /// False of a member that a branch surely does not send.
    pub(super) fn may_send(&mut self, branch: &Branch<'c>, name: &str) -> bool {
        let own = self.member(branch, branch.objects.len(), branch.required.len(), name);
        own.unsure || (own.mentioned || own.presumed) && !own.forbidden && !own.dropped
    }

    fn demanded(branch: &Branch<'c>, name: &str) -> bool {
        branch.required.contains_key(name)
    }

    /// The cells of the objects that a branch refuses, one for each of its constraints.
    pub(super) fn object_cuts(&mut self, cell: &Cell<'c>, bar: &Branch<'c>) -> Cuts<'c> {
        let mut out = Cuts { unsure: cell.names.unsure, ..Cuts::default() };
        for name in bar.required.keys() {
            let dropped = self.member(bar, 0, 0, name).dropped;
            let here = cell.members.get(*name).is_some_and(|slot| slot.present)
                || Self::demanded(&cell.branch, name) && !self.own(cell, name).dropped;
            if !dropped && !here {
                out.add(cell, |cut| cut.members.entry(Box::from(*name)).or_default().absent = true);
            }
        }
        let layers = cell.branch.objects.len() + bar.objects.len();
        if !self.space.nodes.meter.work(cell.names.list.len() * layers * LOOKUP) {
            out.unsure = true;
            return out;
        }
        for name in &cell.names.list {
            self.member_cuts(cell, bar, name, &mut out);
            if out.apart {
                return out;
            }
        }
        if let Some((n, id)) = bar.min_properties.filter(|(n, _)| *n > 0) {
            out.add(cell, |cut| {
                let most = cut.branch.max_properties.map_or(n - 1, |(most, _)| most.min(n - 1));
                cut.branch.max_properties = Some((most, id));
            });
        }
        if let Some((n, id)) = bar.max_properties {
            out.add(cell, |cut| {
                let least = cut.branch.min_properties.map_or(n + 1, |(least, _)| least.max(n + 1));
                cut.branch.min_properties = Some((least, id));
            });
        }
        out
    }

    fn member_cuts(&mut self, cell: &Cell<'c>, bar: &Branch<'c>, name: &str, out: &mut Cuts<'c>) {
        let slot = cell.members.get(name).cloned().unwrap_or_default();
        if slot.absent {
            return;
        }
        let own = self.own(cell, name);
        if !own.sendable() && !own.unsure {
            return;
        }
        let asked = self.member(bar, 0, 0, name);
        out.unsure |= asked.unsure || own.unsure;
        let there = slot.present || Self::demanded(&cell.branch, name);
        if asked.forbidden {
            out.apart |= there && !asked.unsure;
            out.add(cell, |cut| cut.members.entry(Box::from(name)).or_default().present = true);
            return;
        }
        if asked.dropped || asked.ids.is_empty() {
            return;
        }
        let (state, other) = (self.state(own.ids.clone()), self.state(asked.ids.clone()));
        let mut outside = slot.outside.clone();
        outside.push(other);
        if self.ask(state, outside) == Answer::No {
            return;
        }
        if there {
            let both = own.ids.iter().chain(&asked.ids).copied().collect();
            let both: StateId = self.state(both);
            out.apart |= self.ask(both, Vec::new()) == Answer::No;
        }
        out.add(cell, |cut| {
            let slot = cut.members.entry(Box::from(name)).or_default();
            slot.present = true;
            slot.outside.push(other);
        });
    }

    /// Whether a cell of objects holds any.
    pub(super) fn holds_object(&mut self, cell: &Cell<'c>) -> Answer {
        let branch = &cell.branch;
        let mut there: Vec<Box<str>> = Vec::new();
        let mut answer = Answer::Yes;
        let demands = branch.required.keys().map(|name| Box::from(*name));
        let present = cell.members.iter().filter(|(_, slot)| slot.present).map(|(name, _)| name.clone());
        for name in demands.chain(present) {
            if there.contains(&name) {
                continue;
            }
            let own = self.own(cell, &name);
            let slot = cell.members.get(&name).cloned().unwrap_or_default();
            if own.dropped && !slot.present {
                continue;
            }
            if slot.absent || !own.sendable() {
                return if own.unsure { Answer::Open } else { Answer::No };
            }
            if own.unsure {
                answer = answer.unsure();
            }
            let state = self.state(own.ids);
            let uncut = slot.outside.is_empty();
            let held = self.ask(state, slot.outside);
            // What nobody cut has a value, though nobody may be able to say which.
            let presumed = uncut && held == Answer::Open && self.is_readable(state);
            answer = answer.and(if presumed { Answer::Yes } else { held });
            if answer == Answer::No {
                return answer;
            }
            there.push(name);
        }
        let count = there.len() as u64;
        let least = branch.min_properties.map_or(count, |(least, _)| least.max(count));
        if branch.max_properties.is_some_and(|(most, _)| least > most) {
            return Answer::No;
        }
        match branch.min_properties {
            Some((least, _)) if count < least => answer.and(self.fills(cell, &there, least - count)),
            _ => answer,
        }
    }

    /// True of a state without an unreadable part.
    fn is_readable(&mut self, state: StateId) -> bool {
        self.expand(state).branches.iter().all(|branch| branch.holes.is_empty())
    }

    /// Whether so many more members may be sent.
    fn fills(&mut self, cell: &Cell<'c>, there: &[Box<str>], mut missing: u64) -> Answer {
        let mut answer = Answer::Yes;
        for name in &cell.names.list {
            if there.contains(name) || cell.members.get(name).is_some_and(|slot| slot.absent) {
                continue;
            }
            let own = self.own(cell, name);
            if !own.sendable() {
                continue;
            }
            let state = self.state(own.ids);
            let sent = if own.unsure { Answer::Open } else { self.ask(state, Vec::new()) };
            if sent == Answer::No {
                continue;
            }
            answer = answer.and(sent);
            missing -= 1;
            if missing == 0 || cell.names.endless.contains(name) {
                return answer;
            }
        }
        if cell.names.unsure {
            return Answer::Costly;
        }
        if self.asks_for_more(cell) {
            answer.and(Answer::from(cell.branch.names.is_empty()).or(Answer::Open))
        } else {
            Answer::No
        }
    }

    /// True if the producer's own contract asks for more members than it names: then it is kept by sending others.
    fn asks_for_more(&mut self, cell: &Cell<'c>) -> bool {
        let own = cell.branch.min_properties.filter(|(least, _)| Some(*least) == cell.least);
        let closed = cell.branch.objects.iter().any(|layer| layer.additional() == Additional::Closed);
        let Some((least, _)) = own.filter(|_| !closed) else { return false };
        let names = Rc::clone(&cell.names);
        (names.list.iter().filter(|name| self.own(cell, name).sendable()).count() as u64) < least
    }
}
