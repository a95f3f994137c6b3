//! What some schemas that all count admit together, as far as their types, bounds, lists and members tell.

use super::super::arena::Kind;
use super::super::document::{Document, Loc, SpecVersion};
use super::super::key::Key;
use super::super::types::{self, Name};
use super::kinds::fault;
use super::nothing::{Nothing, is_nullable};
use super::row::Holds;

/// Types as bits; a number is whole or broken.
type Types = u8;
const WHOLE: Types = 1;
const NUMBER: Types = 2 | WHOLE;
const TEXT: Types = 4;
const LIST: Types = 8;
const OBJECT: Types = 16;
const FLAG: Types = 32;
const NULL: Types = 64;
const ALL: Types = 127;

/// Numbers from here on are not told from their neighbours.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Pairs of bounds, with the types whose values they bound.
const BOUNDS: [(Key, Key, Types); 4] = [
    (Key::MINIMUM, Key::MAXIMUM, NUMBER),
    (Key::MIN_LENGTH, Key::MAX_LENGTH, TEXT),
    (Key::MIN_ITEMS, Key::MAX_ITEMS, LIST),
    (Key::MIN_PROPERTIES, Key::MAX_PROPERTIES, OBJECT),
];

/// A bound: where it is written, its value, and whether the value itself is out.
type Bound = (Loc, f64, bool);

/// Schemas that all count.
pub(super) struct Conjunction<'d> {
    pub(super) document: &'d Document,
    pub(super) parts: &'d [Loc],
}

impl Conjunction<'_> {
    /// Why no value fits, if so.
    pub(super) fn nothing(&self) -> Option<Nothing> {
        // Where `nullable` stands without a type, readers disagree on whether null is left.
        let unclear = |at: Loc| is_nullable(self.document, at) && self.document.get(at, Key::TYPE).is_none();
        if self.parts.iter().any(|&at| unclear(at)) {
            return None;
        }
        let types = self.parts.iter().fold(ALL, |left, &at| left & self.types(at));
        if types == 0 {
            let at = self.parts.iter().rev().find_map(|&at| self.document.get(at, Key::TYPE))?;
            return Some((at, "types that exclude each other"));
        }
        self.bounds(types).or_else(|| self.lists(types)).or_else(|| self.members(types))
    }

    /// The types that a schema names; all where it names none, or one that nobody knows.
    fn types(&self, at: Loc) -> Types {
        let document = self.document;
        let Some(named) = document.get(at, Key::TYPE) else { return ALL };
        let nodes: Vec<Loc> =
            if document.kind(named) == Kind::Array { document.children(named).collect() } else { vec![named] };
        let mut out = if is_nullable(document, at) { NULL } else { 0 };
        for node in &nodes {
            out |= match types::name(document.file(node.file), node.node) {
                Name::Unquoted | Name::Exact("null") => NULL,
                Name::Exact(name) | Name::Meant(name) => match name {
                    "integer" => WHOLE,
                    "number" => NUMBER,
                    "string" => TEXT,
                    "array" => LIST,
                    "object" => OBJECT,
                    "boolean" => FLAG,
                    _ => return ALL,
                },
                Name::Unknown => return ALL,
            };
        }
        if nodes.is_empty() { ALL } else { out }
    }

    /// The number under a keyword of a schema.
    fn number(&self, at: Loc, key: Key) -> Option<(Loc, f64)> {
        let is_value = matches!(key, Key::MINIMUM | Key::MAXIMUM | Key::EXCLUSIVE_MINIMUM | Key::EXCLUSIVE_MAXIMUM);
        let holds = if is_value { Holds::Number } else { Holds::Count };
        let file = self.document.file(at.file);
        let found = self.document.get(at, key).filter(|found| fault(file, found.node, holds).is_none())?;
        let number = self.document.text(found).parse::<f64>().ok().filter(|number| number.is_finite())?;
        Some((found, number))
    }

    /// The tightest bound under a keyword; `sign` is -1 where the smallest is.
    fn tightest(&self, key: Key, sign: f64) -> Option<Bound> {
        let exclusive = match key {
            Key::MINIMUM => Some(Key::EXCLUSIVE_MINIMUM),
            Key::MAXIMUM => Some(Key::EXCLUSIVE_MAXIMUM),
            _ => None,
        };
        let of = |at: Loc| {
            let is_out = exclusive.is_some_and(|key| self.document.flag(at, key) == Some(true));
            let plain = self.number(at, key).map(|(node, number)| (node, number, is_out));
            let own = exclusive.filter(|_| self.document.version >= SpecVersion::V31);
            let strict = own.and_then(|key| self.number(at, key)).map(|(node, number)| (node, number, true));
            [plain, strict]
        };
        let tighter = |a: &Bound, b: &Bound| (a.1 * sign).total_cmp(&(b.1 * sign)).then(a.2.cmp(&b.2));
        self.parts.iter().flat_map(|&at| of(at)).flatten().max_by(tighter)
    }

    /// A lower bound above the upper one, where no other type is left.
    fn bounds(&self, types: Types) -> Option<Nothing> {
        BOUNDS.into_iter().filter(|(.., of)| types & !of == 0).find_map(|(low, high, _)| {
            let (low, high) = (self.tightest(low, 1.0)?, self.tightest(high, -1.0)?);
            let whole = types == WHOLE && low.1.abs() < EXACT && high.1.abs() < EXACT;
            let first = if low.2 { low.1.floor() + 1.0 } else { low.1.ceil() };
            let last = if high.2 { high.1.ceil() - 1.0 } else { high.1.floor() };
            let same = (low.2 || high.2) && low.1.total_cmp(&high.1).is_eq() && low.1.abs() < EXACT;
            let cross = low.1 > high.1 || same || whole && first > last;
            cross.then_some((low.0, "bounds that cross"))
        })
    }

    /// Lists of values, and constants, of which no value is left. What no type beside it takes is told elsewhere: as text it
    /// may be one.
    fn lists(&self, types: Types) -> Option<Nothing> {
        let document = self.document;
        let lists: Vec<(Loc, Loc, Vec<Loc>)> = self
            .parts
            .iter()
            .flat_map(|&at| {
                let list = document.get(at, Key::ENUM).filter(|&list| document.kind(list) == Kind::Array);
                let constant = document.get(at, Key::CONST).filter(|_| document.version >= SpecVersion::V31);
                let list = list.map(|list| (at, list, document.children(list).collect()));
                [list, constant.map(|value| (at, value, vec![value]))]
            })
            .flatten()
            .collect();
        let (_, keyword, values) = lists.first()?;
        let told = |(at, _, values): &(Loc, Loc, Vec<Loc>)| {
            let own = self.types(*at);
            values.iter().all(|&value| self.type_of(value) & own == 0)
        };
        if lists.iter().any(told) {
            return None;
        }
        let everywhere =
            |value: Loc| lists.iter().all(|(.., other)| other.iter().any(|&known| self.may_equal(value, known)));
        let is_left = |&value: &Loc| self.type_of(value) & types != 0 && everywhere(value) && self.is_within(value);
        (!values.iter().any(is_left)).then_some((*keyword, "no listed value that fits what stands beside it"))
    }

    fn type_of(&self, value: Loc) -> Types {
        match self.document.kind(value) {
            Kind::Null => NULL,
            Kind::False | Kind::True => FLAG,
            Kind::Number => {
                let whole =
                    self.document.text(value).parse::<f64>().is_ok_and(|number| number.fract().abs() < f64::EPSILON);
                if whole { WHOLE } else { NUMBER }
            }
            Kind::String => TEXT,
            Kind::Array => LIST,
            Kind::Object => OBJECT,
        }
    }

    /// Whether two values may be one: of lists and objects nothing more is asked.
    fn may_equal(&self, a: Loc, b: Loc) -> bool {
        let document = self.document;
        if document.kind(a) != document.kind(b) {
            return false;
        }
        match document.kind(a) {
            Kind::Number => document.text(a).parse::<f64>().ok() == document.text(b).parse::<f64>().ok(),
            Kind::String => document.text(a) == document.text(b),
            Kind::Null | Kind::False | Kind::True | Kind::Array | Kind::Object => true,
        }
    }

    /// Whether a number or text lies within the bounds.
    fn is_within(&self, value: Loc) -> bool {
        let text = self.document.text(value);
        let (measure, low, high) = match self.document.kind(value) {
            Kind::Number => (text.parse::<f64>().ok(), Key::MINIMUM, Key::MAXIMUM),
            Kind::String => (u32::try_from(text.chars().count()).ok().map(f64::from), Key::MIN_LENGTH, Key::MAX_LENGTH),
            Kind::Null | Kind::False | Kind::True | Kind::Array | Kind::Object => return true,
        };
        let Some(measure) = measure else { return true };
        let above =
            self.tightest(low, 1.0).is_none_or(|(_, low, out)| if out { measure > low } else { measure >= low });
        above
            && self.tightest(high, -1.0).is_none_or(|(_, high, out)| if out { measure < high } else { measure <= high })
    }

    /// A member that is required and refused, or more of them than there may be.
    fn members(&self, types: Types) -> Option<Nothing> {
        if types != OBJECT {
            return None;
        }
        let document = self.document;
        let lists = self.parts.iter().filter_map(|&at| document.get(at, Key::REQUIRED));
        let mut required: Vec<(&str, Loc)> = lists
            .filter(|&list| document.kind(list) == Kind::Array)
            .flat_map(|list| document.children(list).filter(|&name| document.kind(name) == Kind::String))
            .map(|name| (document.text(name), name))
            .collect();
        let refused = |name: &str| self.parts.iter().any(|&at| self.refuses(at, name));
        if let Some((_, at)) = required.iter().find(|(name, _)| refused(name)) {
            return Some((*at, "a required member that is refused"));
        }
        required.sort_unstable();
        required.dedup_by_key(|(name, _)| *name);
        let (at, most, _) = self.tightest(Key::MAX_PROPERTIES, -1.0)?;
        let count = u32::try_from(required.len()).map_or(f64::MAX, f64::from);
        (count > most).then_some((at, "fewer members than are required"))
    }

    fn refuses(&self, at: Loc, name: &str) -> bool {
        let document = self.document;
        let own = document.get(at, Key::PROPERTIES).and_then(|members| document.member(members, name));
        match own {
            Some(own) => document.kind(own) == Kind::False && document.version >= SpecVersion::V31,
            None => {
                document.flag(at, Key::ADDITIONAL_PROPERTIES) == Some(false)
                    && document.get(at, Key::PATTERN_PROPERTIES).is_none()
            }
        }
    }
}
