//! The smallest instance of a state: by iterative deepening, real values (`example`, `default`, the first of an `enum`)
//! before made ones. The meet of two states is a state, so this also gives values that both contracts allow.

use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::accepts::{OneOf, accepts, is_dropped, member_ids};
use super::scalars;
use super::text::weight;
use crate::schema::inclusion::Engine;
use crate::schema::node::{Answer, SchemaId, Types};
use crate::schema::states::{Branch, Expansion, Lens, StateId, expand};
use crate::spec::Key;

/// How deep an instance may nest.
pub(super) const DEPTH: u8 = 9;
/// Items or members an instance may have at one place.
pub(super) const WIDTH: u64 = 4_096;
/// Bytes of one value that is made.
pub(super) const LARGE: usize = 256 * 1024;
/// Bytes that are made for the price of one build.
const BYTES: usize = 64;
/// Optional members that are tried one by one.
const OPTIONAL: usize = 16;
/// Branches of a `oneOf` for which a value is looked for that no other takes.
const APART: usize = 4;
/// Values that a schema with any type refuses one of.
const STRANGE: [Value; 2] = [Value::Null, Value::Bool(true)];
/// The order in which types are tried.
pub(super) const ORDER: [Types; 6] =
    [Types::STRING, Types::NUMBER, Types::BOOLEAN, Types::OBJECT, Types::ARRAY, Types::NULL];

/// Makes instances and remembers them.
#[derive(Default)]
pub(super) struct Maker {
    memo: FxHashMap<(StateId, Lens, u8), Option<Rc<Value>>>,
    /// Builds that are left; at 0 nothing is made any more.
    pub(super) fuel: usize,
}

impl Maker {
    /// The smallest instance of a state; `None` where none was found.
    pub(super) fn smallest(&mut self, engine: &mut Engine<'_>, state: StateId, lens: Lens) -> Option<Value> {
        (0..=DEPTH).find_map(|depth| self.build(engine, state, lens, depth)).map(|value| (*value).clone())
    }

    /// An instance of a state within a depth.
    fn build(&mut self, engine: &mut Engine<'_>, state: StateId, lens: Lens, depth: u8) -> Option<Rc<Value>> {
        if let Some(known) = self.memo.get(&(state, lens, depth)) {
            return known.clone();
        }
        self.fuel = self.fuel.checked_sub(1)?;
        let made = self.first(engine, state, lens, depth).filter(|value| self.affords(value)).map(Rc::new);
        self.memo.insert((state, lens, depth), made.clone());
        made
    }

    /// Pays for a value; false where it is too large to be shown.
    fn affords(&mut self, value: &Value) -> bool {
        let weight = weight(value);
        self.fuel = self.fuel.saturating_sub(weight / BYTES);
        weight <= LARGE
    }

    fn first(&mut self, engine: &mut Engine<'_>, state: StateId, lens: Lens, depth: u8) -> Option<Value> {
        let fits =
            |engine: &mut Engine<'_>, value: &Value| accepts(engine, state, value, lens, OneOf::Exactly) != Answer::No;
        let nodes = engine.space.ids(state).to_vec();
        for value in scalars::real(engine, &nodes) {
            if fits(engine, &value) {
                return Some(value);
            }
        }
        if state == StateId::ANY {
            return Some(Value::from("text"));
        }
        let expansion = expand(&mut engine.space, state);
        for class in ORDER {
            for branch in expansion.branches.iter().filter(|branch| branch.types.meets(class)) {
                for value in self.of_class(engine, branch, class, lens, depth) {
                    if fits(engine, &value) {
                        return Some(value);
                    }
                }
            }
        }
        for branch in expansion.branches.iter().filter(|branch| branch.types.meets(Types::OBJECT)).take(APART) {
            let mut objects = self.apart(engine, branch, lens, depth).into_iter();
            if let Some(found) = objects.find(|value| fits(engine, value)) {
                return Some(found);
            }
        }
        None
    }

    /// Candidates of one class of a branch.
    pub(super) fn of_class(
        &mut self,
        engine: &mut Engine<'_>,
        branch: &Branch<'_>,
        class: Types,
        lens: Lens,
        depth: u8,
    ) -> Vec<Value> {
        if branch.literals.is_some() {
            return scalars::literals(branch, class);
        }
        match class {
            Types::NULL => vec![Value::Null],
            Types::BOOLEAN => vec![true.into(), false.into()],
            Types::NUMBER => scalars::numbers(branch),
            Types::STRING => scalars::strings(engine, branch),
            Types::ARRAY => self.array(engine, (branch, None), (lens, depth), None).into_iter().collect(),
            Types::OBJECT => self.objects(engine, branch, lens, depth),
            _ => Vec::new(),
        }
    }

    /// The smallest object of a branch; where the branch excludes some, also with each of its optional members.
    fn objects(&mut self, engine: &mut Engine<'_>, branch: &Branch<'_>, lens: Lens, depth: u8) -> Vec<Value> {
        let Some(small) = self.object(engine, (branch, None), (lens, depth), &[]) else { return Vec::new() };
        let mut out = vec![small];
        if !branch.excluded.is_empty() {
            let more = self.larger(engine, branch, &out[0], (lens, depth));
            out.extend(more);
        }
        out
    }

    /// An object with each of its branch's optional members.
    fn larger(
        &mut self,
        engine: &mut Engine<'_>,
        branch: &Branch<'_>,
        small: &Value,
        (lens, depth): (Lens, u8),
    ) -> Vec<Value> {
        let mut out = Vec::new();
        let names: Vec<String> =
            branch.objects.iter().flat_map(|layer| layer.properties.keys().copied()).map(str::to_owned).collect();
        for name in names.into_iter().take(OPTIONAL).chain([fresh(0)]) {
            let Some(ids) = member_ids(engine, branch, &name) else { continue };
            if let Some(value) = self.part(engine, ids, lens, depth) {
                out.extend(super::edits::with(small, &name, value));
            }
        }
        out
    }

    /// Objects of a branch that other members of its `oneOf` do not take: with one more member, or with what they refuse.
    fn apart(&mut self, engine: &mut Engine<'_>, branch: &Branch<'_>, lens: Lens, depth: u8) -> Vec<Value> {
        let rivals = engine.space.sisters(branch);
        if rivals.is_empty() {
            return Vec::new();
        }
        let Some(small) = self.object(engine, (branch, None), (lens, depth), &[]) else { return Vec::new() };
        let mut out = self.larger(engine, branch, &small, (lens, depth));
        let others: Vec<Rc<Expansion<'_>>> =
            rivals.iter().take(OPTIONAL).map(|&rival| engine.expansion(rival)).collect();
        let told = others.iter().flat_map(|other| &other.branches).flat_map(|other| &other.objects);
        let names = told.flat_map(|layer| layer.properties.keys().copied()).take(OPTIONAL);
        let strange = names.flat_map(|name| STRANGE.iter().map(move |value| (name, value)));
        out.extend(strange.filter_map(|(name, value)| super::edits::with(&small, name, value.clone())));
        out
    }

    /// A part of a composite: one level deeper.
    pub(super) fn part(&mut self, engine: &mut Engine<'_>, ids: Vec<SchemaId>, lens: Lens, depth: u8) -> Option<Value> {
        let state = engine.space.state(ids);
        if depth == 0 { None } else { self.build(engine, state, lens, depth - 1).map(|value| (*value).clone()) }
    }

    /// The smallest object of a branch that keeps to another one as far as it can, with given members; a member given
    /// as `None` must not be there.
    pub(super) fn object(
        &mut self,
        engine: &mut Engine<'_>,
        (branch, other): (&Branch<'_>, Option<&Branch<'_>>),
        (lens, depth): (Lens, u8),
        given: &[(&str, Option<&Value>)],
    ) -> Option<Value> {
        let mut out = Map::new();
        let mut room = LARGE;
        let asked = branch.required.keys().chain(other.into_iter().flat_map(|other| other.required.keys()));
        let names: Vec<&str> = asked.copied().collect();
        self.fuel = self.fuel.saturating_sub(names.len() / 2);
        if self.fuel == 0 {
            return None;
        }
        for name in names {
            let known = out.contains_key(name) || given.iter().any(|(known, _)| *known == name);
            if known || is_dropped(engine, branch, name, lens) {
                continue;
            }
            let own = branch.required.contains_key(name);
            let Some(ids) = member_ids(engine, branch, name) else {
                if own {
                    return None;
                }
                continue;
            };
            let shared = other.and_then(|other| member_ids(engine, other, name));
            let both = shared.map(|shared| ids.iter().copied().chain(shared).collect());
            let value = both.and_then(|ids| self.part(engine, ids, lens, depth));
            match value.or_else(|| self.part(engine, ids, lens, depth)) {
                Some(value) => {
                    room = room.checked_sub(name.len() + weight(&value))?;
                    out.insert(name.to_owned(), value);
                }
                None if own => return None,
                None => {}
            }
        }
        for (name, value) in given {
            if let Some(value) = value {
                out.insert((*name).to_owned(), (*value).clone());
            }
        }
        let least = branch.min_properties.map_or(0, |(n, _)| n).max(u64::from(lens.flat));
        let least = least.max(other.and_then(|other| other.min_properties).map_or(0, |(n, _)| n.min(WIDTH)));
        self.fill(engine, branch, (lens, depth), least, given, &mut out);
        Some(Value::Object(out))
    }

    /// Adds members until there are enough: declared ones first, then undeclared where they are invited.
    pub(super) fn fill(
        &mut self,
        engine: &mut Engine<'_>,
        branch: &Branch<'_>,
        (lens, depth): (Lens, u8),
        least: u64,
        given: &[(&str, Option<&Value>)],
        out: &mut Map<String, Value>,
    ) {
        if least > WIDTH || out.len() as u64 >= least {
            return;
        }
        let mut room = LARGE;
        let declared = branch.objects.iter().flat_map(|layer| layer.properties.keys().copied());
        let names: Vec<String> =
            declared.map(str::to_owned).chain((0..).map(fresh).take(usize::try_from(least).unwrap_or(0) + 1)).collect();
        for name in names {
            let taken = out.contains_key(&name) || given.iter().any(|(known, _)| *known == name);
            if out.len() as u64 >= least || taken || is_dropped(engine, branch, &name, lens) {
                continue;
            }
            let Some(ids) = member_ids(engine, branch, &name) else { continue };
            if let Some(value) = self.part(engine, ids, lens, depth) {
                let Some(left) = room.checked_sub(name.len() + weight(&value)) else { return };
                room = left;
                out.insert(name, value);
            }
        }
    }
}

/// The name of a member that no contract mentions.
pub(super) fn fresh(number: usize) -> String {
    if number == 0 { "extra".to_owned() } else { format!("extra{number}") }
}

/// Keywords that hold real values, best first.
pub(super) const REAL: [Key; 3] = [Key::EXAMPLE, Key::EXAMPLES, Key::DEFAULT];
