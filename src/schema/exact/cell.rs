//! A cell: a branch cut down by constraints of other branches that its values violate; and the cutting.

use std::collections::BTreeMap;
use std::rc::Rc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::Search;
use super::names::Names;
use crate::schema::node::{Additional, Answer, Decimal, Instance, Literal, SchemaId, Types};
use crate::schema::states::{Branch, StateId, has_atom, speaks_of};

/// Words that the cells one branch is cut into may take together.
const CUTS: usize = 8_000_000;

/// What is known of one member beside what the branch says.
#[derive(Clone, Default)]
pub(super) struct Slot {
    /// It is there.
    pub(super) present: bool,
    /// It is not.
    pub(super) absent: bool,
    /// States that do not take its value.
    pub(super) outside: Vec<StateId>,
}

/// Values of one class of a branch, less what has been cut away.
#[derive(Clone)]
pub(super) struct Cell<'c> {
    pub(super) branch: Branch<'c>,
    pub(super) class: Types,
    /// So many object layers of the branch, and demands, are the producer's: only they mention members.
    pub(super) layers: usize,
    pub(super) demands: usize,
    /// So many members the producer's own contract asks for.
    pub(super) least: Option<u64>,
    /// Some part of the branch is only asked for, and may mention members deep inside that the producer does not.
    pub(super) foreign: bool,
    pub(super) not_multiples: Vec<Decimal>,
    pub(super) not_patterns: Vec<&'c str>,
    pub(super) not_formats: Vec<&'c str>,
    /// The names that matter.
    pub(super) names: Rc<Names>,
    pub(super) members: IndexMap<Box<str>, Slot, FxBuildHasher>,
    /// Places of an array that are compared one by one; all beyond are alike.
    pub(super) tuple: usize,
    /// States that do not take the item at a place, which is there.
    pub(super) items: BTreeMap<usize, Vec<StateId>>,
    /// States that take no item.
    pub(super) every: Vec<StateId>,
    /// Two items are equal.
    pub(super) repeats: bool,
}

/// The cells of what a branch refuses of another.
#[derive(Default)]
pub(super) struct Cuts<'c> {
    pub(super) cells: Vec<Cell<'c>>,
    /// Something may be refused beside these.
    pub(super) unsure: bool,
    /// The branch takes nothing of the cell.
    pub(super) apart: bool,
}

impl<'c> Cuts<'c> {
    /// Adds a cell that is cut down as `with` says.
    pub(super) fn add(&mut self, cell: &Cell<'c>, with: impl FnOnce(&mut Cell<'c>)) {
        let mut cut = cell.clone();
        with(&mut cut);
        self.cells.push(cut);
    }
}

impl<'c> Cell<'c> {
    /// What a branch has of a class, before anything is cut away by the bars, the first of which are the other side's.
    pub(super) fn new(
        search: &mut Search<'_, 'c>,
        branch: &Branch<'c>,
        class: Types,
        (bars, describing): (&[Branch<'c>], usize),
    ) -> Self {
        let mut names = if class == Types::OBJECT { search.names(branch, bars) } else { Names::default() };
        if class == Types::OBJECT {
            names.described = search.described(&bars[..describing]);
        }
        let tuple = if class == Types::ARRAY { search.tuple(branch, bars) } else { 0 };
        let mut out = Self {
            branch: branch.clone(),
            class,
            layers: branch.objects.len(),
            demands: branch.required.len(),
            least: branch.min_properties.map(|(least, _)| least),
            foreign: false,
            not_multiples: Vec::new(),
            not_patterns: Vec::new(),
            not_formats: Vec::new(),
            names: Rc::new(names),
            members: IndexMap::default(),
            tuple,
            items: BTreeMap::new(),
            every: Vec::new(),
            repeats: false,
        };
        out.branch.types = out.branch.types.and(class);
        // What is excluded has become branches to be outside of.
        out.branch.excluded.clear();
        if class.meets(Types::COMPOSITE) {
            out.branch.denied.clear();
        }
        out
    }
}

impl<'c> Search<'_, 'c> {
    /// Whether a cell holds a value outside all of the branches.
    pub(super) fn split(&mut self, cell: &Cell<'c>, bars: &[Branch<'c>]) -> Answer {
        let words = cell.branch.words() + bars.iter().map(Branch::words).sum::<usize>();
        // Each constraint of the first branch makes a copy of the cell.
        let cuts = bars.first().map_or(0, |bar| cell.branch.words().saturating_mul(bar.words() / 3));
        if cuts > CUTS || !self.space.nodes.meter.work(words) || !self.pay() {
            return Answer::Costly;
        }
        self.depth += 1;
        let answer = self.split_by_first(cell, bars);
        self.depth -= 1;
        answer
    }

    fn split_by_first(&mut self, cell: &Cell<'c>, bars: &[Branch<'c>]) -> Answer {
        if cell.branch.literals.is_some() {
            return self.listed(cell, bars);
        }
        let Some((bar, rest)) = bars.split_first() else { return self.holds_any(cell) };
        if !bar.types.meets(cell.branch.types) {
            return self.split(cell, rest);
        }
        let cuts = match cell.class {
            Types::NUMBER => super::numbers::cuts(cell, bar),
            Types::STRING => super::strings::cuts(cell, bar),
            Types::ARRAY => self.array_cuts(cell, bar, bars.len()),
            _ => self.object_cuts(cell, bar),
        };
        if cuts.apart {
            return self.split(cell, rest);
        }
        let mut answer = Answer::No;
        for cut in &cuts.cells {
            if cut.branch.types.is_empty() || !rest.is_empty() && self.holds_any(cut) == Answer::No {
                continue;
            }
            answer = answer.or(self.split(cut, rest));
            if answer == Answer::Yes {
                return answer;
            }
        }
        answer = answer.or(self.within_excluded(cell, bar, rest));
        let atoms = bar
            .opaque
            .iter()
            .any(|&(key, owner)| speaks_of(key).meets(cell.class) && !has_atom(self.space, &cell.branch, key, owner));
        if answer != Answer::Yes && (cuts.unsure || atoms || !bar.holes.is_empty()) {
            answer = answer.or(self.split(cell, rest).unsure());
        }
        answer
    }

    /// A value is also outside a branch where it satisfies a schema that the branch excludes.
    fn within_excluded(&mut self, cell: &Cell<'c>, bar: &Branch<'c>, rest: &[Branch<'c>]) -> Answer {
        let mut within: Vec<Branch<'c>> = Vec::new();
        for &(schema, _) in &bar.excluded {
            let state = self.state(vec![schema]);
            let Some(branches) = self.alone(state) else { return Answer::Costly };
            within.extend(branches);
        }
        if cell.class.meets(Types::COMPOSITE) {
            for (values, owner) in &bar.denied {
                for value in values.values().filter(|value| value.types == cell.class) {
                    within.extend(self.spell(value.at, *owner));
                }
            }
        }
        let mut answer = Answer::No;
        for branch in within {
            let Some(met) = cell.meet(&branch) else { continue };
            let mut bars = rest.to_vec();
            for &(schema, _) in &branch.excluded {
                let state = self.state(vec![schema]);
                let Some(branches) = self.alone(state) else { return answer.or(Answer::Costly) };
                bars.extend(branches);
            }
            answer = answer.or(self.split(&met, &bars));
            if answer == Answer::Yes {
                break;
            }
        }
        answer
    }

    /// A cell of finitely many values, one by one.
    fn listed(&mut self, cell: &Cell<'c>, bars: &[Branch<'c>]) -> Answer {
        let Some((values, _)) = &cell.branch.literals else { return Answer::Open };
        let values: Vec<(Box<str>, Literal)> = values.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        let mut answer = Answer::No;
        for (text, value) in values {
            if !value.types.meets(cell.class) {
                continue;
            }
            let Some(value) = Instance::parse(&text) else { return Answer::Open };
            let mut one = self.holds(cell, &value);
            if cell.class.meets(Types::COMPOSITE) {
                one = one.unsure();
            }
            for bar in bars {
                one = one.and(if one == Answer::No { Answer::No } else { self.takes(bar, &value).not() });
            }
            answer = answer.or(one);
        }
        answer
    }

    /// Whether a cell holds any value at all.
    pub(super) fn holds_any(&mut self, cell: &Cell<'c>) -> Answer {
        let answer = match cell.class {
            _ if cell.branch.literals.is_some() => self.listed(cell, &[]),
            Types::NUMBER => self.holds_number(cell),
            Types::STRING => self.holds_string(cell),
            Types::ARRAY => self.holds_array(cell),
            _ => self.holds_object(cell),
        };
        let branch = &cell.branch;
        let unmodelled =
            !branch.holes.is_empty() || branch.opaque.iter().any(|(key, _)| speaks_of(*key).meets(cell.class));
        if unmodelled || cell.foreign && self.mentions_more(cell) { answer.unsure() } else { answer }
    }

    /// True if what is only asked for speaks of the insides of members or items, where it would count as the producer's.
    fn mentions_more(&mut self, cell: &Cell<'c>) -> bool {
        let foreign = cell.branch.objects.iter().skip(cell.layers).chain(&cell.branch.arrays);
        let mut parts: Vec<SchemaId> = Vec::new();
        for layer in foreign {
            parts.extend(layer.properties.values().chain(&layer.prefix).chain(&layer.items));
            parts.extend(layer.patterns.iter().map(|(_, part)| part));
            if let Additional::Written(part) = layer.additional() {
                parts.push(part);
            }
        }
        parts.extend(cell.branch.contains.iter().map(|(counted, _)| counted.schema));
        parts.into_iter().any(|part| {
            let state = self.state(vec![part]);
            let expansion = self.expand(state);
            expansion.branches.iter().any(|branch| {
                // What is presumed of an object without names says nothing of its insides.
                let described = branch.objects.iter().any(|layer| !layer.implied);
                branch.types.meets(Types::COMPOSITE)
                    && (described || !branch.arrays.is_empty() || !branch.required.is_empty())
            })
        })
    }
}
