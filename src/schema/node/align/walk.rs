//! One walk in lockstep: two nodes, keyword by keyword, in the spellings that mean the same.

use super::super::align::{Align, DECIDING, NOTED, Note};
use super::super::keyword::{self, Role};
use super::super::reference::follow;
use super::super::{Which, literal};
use super::beside::{carrier, unwrapped};
use super::members;
use crate::contract::{Contract, SchemaAt};
use crate::spec::{Document, Dynamic, Key, Kind, Loc, Target};

/// What a walk does at a reference.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// Asks the pair of targets on behalf of a unit.
    Unit(u32),
    /// Relies on settled units only.
    Settled,
    /// Guesses from what is known and from names; for orders, never for answers.
    Guess,
}

/// One walk within a unit, or a question without one.
pub(super) struct Walk<'a, 'c> {
    pub(super) align: &'a Align<'c>,
    pub(super) at: At,
    /// Within two members of a union that do not stand for one another: what they say is no change.
    pub(super) crosswise: bool,
}

impl<'c> Walk<'_, 'c> {
    fn documents(&self) -> (&'c Document, &'c Document) {
        (&self.align.base.document, &self.align.head.document)
    }

    /// A schema below a node: references ask their targets, the rest is compared in place.
    pub(super) fn child(&self, base: Loc, head: Loc) -> bool {
        let (a, b) = (follow(self.align.base, base), follow(self.align.head, head));
        if (a, b) == (SchemaAt::Node(base), SchemaAt::Node(head)) {
            return self.nodes(base, head);
        }
        self.note_beside(base, head);
        self.pair(Some(base), a, b)
    }

    /// Notes annotations beside references that differ.
    fn note_beside(&self, base: Loc, head: Loc) {
        let At::Unit(unit) = self.at else { return };
        if self.crosswise {
            return;
        }
        for (key, site, [base, head]) in self.align.beside(base, head) {
            self.align.inner.borrow_mut().beside.push(Note { unit, key, site, base, head });
        }
    }

    /// Two nodes in place. Everything common is walked even after a difference, for the sake of notes and edges.
    pub(super) fn nodes(&self, a: Loc, b: Loc) -> bool {
        if !(if self.at == At::Guess { self.align.guess() } else { self.align.walk() }) {
            return false;
        }
        let (base, head) = self.documents();
        match (base.kind(a), head.kind(b)) {
            (Kind::Object, Kind::Object) => {}
            // Two different things that are no schema are unknown, each in its own way.
            _ => return literal::equal((base, a), (head, b)),
        }
        if let Some(same) = self.shared_text(a, b) {
            return same;
        }
        let wrapped = unwrapped((self.align.base, a), (self.align.head, b));
        self.note(a, b, wrapped.map(|(wrapper, ..)| wrapper));
        if let Some((_, x, y)) = wrapped {
            self.pair(Some(a), x, y);
            return false;
        }
        let (old, new) = (base.draft(a), head.draft(b));
        if old != new && (old.is_unknown() || new.is_unknown()) {
            return false;
        }
        let dialects = self.align.base.dialect == self.align.head.dialect && old == new;
        let mut same = self.tags(a, b);
        let mut count = 0;
        for x in base.children(a) {
            let key = base.file(x.file).key(x.node);
            if keyword::is_annotation(key) || is_flag(base, key, x) || !old.has(key) {
                continue;
            }
            count += 1;
            match head.get(b, key).filter(|_| new.has(key)) {
                Some(y) if key == Key::REF && base.kind(x) != Kind::String => {
                    same &= literal::equal((base, x), (head, y));
                }
                Some(_) if key == Key::REF => same &= dialects & self.targets(a, b),
                Some(y) if key == Key::DYNAMIC_REF => same &= self.dynamic((a, x), (b, y)),
                Some(y) => same &= (dialects || !self.ambiguous(key, x, y)) & self.keyword(key, x, y),
                None => same = false,
            }
        }
        let others = head.children(b).filter(|y| {
            let key = head.file(y.file).key(y.node);
            !(keyword::is_annotation(key) || is_flag(head, key, *y) || !new.has(key))
        });
        same && others.count() == count
    }

    /// The same node of the same parsed file: only its references may lead elsewhere.
    fn shared_text(&self, a: Loc, b: Loc) -> Option<bool> {
        let (base, head) = self.documents();
        let (old, new) = (base.file(a.file), head.file(b.file));
        let alike = self.align.base.dialect == self.align.head.dialect && base.draft(a) == head.draft(b);
        if !std::ptr::eq(old, new) || a.node != b.node || !alike {
            return None;
        }
        let end = old.end(a.node);
        let refs = old.refs();
        let from = refs.partition_point(|&node| node < a.node);
        let inside = refs[from..].iter().take_while(|&&node| node < end);
        Some(inside.fold(true, |same, &node| {
            let (x, y) = (Loc { node, ..a }, Loc { node, ..b });
            let pair = match (base.target(x), head.target(y)) {
                (None, None) => true,
                (Some(_), Some(_)) => self.targets(x, y),
                _ => false,
            };
            same && pair
        }))
    }

    /// Across dialects, a keyword that both may read differently; a type named alone reads the same everywhere.
    fn ambiguous(&self, key: Key, x: Loc, y: Loc) -> bool {
        let (base, head) = self.documents();
        let plain = match key {
            Key::TYPE => base.kind(x) == Kind::String && head.kind(y) == Kind::String,
            Key::ITEMS => base.kind(x) == Kind::Object && head.kind(y) == Kind::Object,
            _ => false,
        };
        keyword::depends_on_dialect(key) && !plain
    }

    pub(super) fn keyword(&self, key: Key, x: Loc, y: Loc) -> bool {
        let (base, head) = self.documents();
        match (keyword::role(key), base.kind(x), head.kind(y)) {
            (Role::Set, Kind::Array, Kind::Array) => {
                literal::alike((base, x), (head, y)) || {
                    let (mut left, mut right) = (literal::Literals::default(), literal::Literals::default());
                    base.children(x).for_each(|value| literal::add(base, value, &mut left));
                    head.children(y).for_each(|value| literal::add(head, value, &mut right));
                    left.len() == right.len() && left.keys().all(|text| right.contains_key(text))
                }
            }
            (Role::Schema, ..) | (Role::Mixed, Kind::Object, Kind::Object) if key != Key::DEPENDENCIES => {
                self.child(x, y)
            }
            (Role::Schemas, ..) | (Role::Mixed, Kind::Array, Kind::Array) => {
                let (left, right): (Vec<Loc>, Vec<Loc>) = (base.children(x).collect(), head.children(y).collect());
                // A union that only wraps the other is not compared with the first of its members.
                let wraps = |contract: &Contract, list: &[Loc]| match list {
                    [only] => {
                        matches!(follow(contract, *only), SchemaAt::Node(inner) if contract.document.get(inner, key).is_some())
                    }
                    _ => false,
                };
                if wraps(self.align.base, &left) != wraps(self.align.head, &right) {
                    return false;
                }
                let pairs = if matches!(key, Key::ANY_OF | Key::ONE_OF | Key::ALL_OF) {
                    members::pairs(self, key, (&left, &right)).into_iter().fold(true, |same, pair| {
                        let crosswise = self.crosswise || !pair.counterparts;
                        Walk { align: self.align, at: self.at, crosswise }.child(pair.base, pair.head) && same
                    })
                } else {
                    left.iter().zip(&right).fold(true, |same, (&a, &b)| self.child(a, b) && same)
                };
                pairs && left.len() == right.len()
            }
            (Role::Map, ..) => {
                // Nobody may refer to a map of schemas, and some do.
                let (x, y) = match (base.follow(x), head.follow(y)) {
                    (Ok(x), Ok(y)) => (x, y),
                    (Err(x), Err(y)) => return self.align.same_lost(x, y),
                    (Ok(_), Err(_)) | (Err(_), Ok(_)) => return false,
                };
                if base.kind(x) != Kind::Object || head.kind(y) != Kind::Object {
                    return is_empty(base, x) && is_empty(head, y) || literal::equal((base, x), (head, y));
                }
                let mut same = base.children(x).count() == head.children(y).count();
                for (name, a) in base.members(x) {
                    same &= head.member(y, name).is_some_and(|b| self.child(a, b));
                }
                same
            }
            (Role::Annotation | Role::Value | Role::Set | Role::Mixed | Role::Schema, ..) => {
                literal::equal((base, x), (head, y))
            }
        }
    }

    /// Tags that both versions have select the same schemas.
    fn tags(&self, a: Loc, b: Loc) -> bool {
        let (Some(old), Some(new)) = (self.align.base.tags(a), self.align.head.tags(b)) else { return true };
        let pairs = old.list.iter().filter_map(|tag| Some((tag.target?, new.find(&tag.text)?.target?)));
        pairs.fold(true, |same, (x, y)| same & self.pair(None, follow(self.align.base, x), follow(self.align.head, y)))
    }

    /// References that have siblings: their targets.
    fn targets(&self, a: Loc, b: Loc) -> bool {
        let (base, head) = self.documents();
        match (base.target(a), head.target(b)) {
            (Some(Target::At(x)), Some(Target::At(y))) => {
                self.pair(Some(a), follow(self.align.base, x), follow(self.align.head, y))
            }
            (Some(Target::Missing(a)), Some(Target::Missing(b))) => self.align.same_lost(a, b),
            _ => false,
        }
    }

    /// References whose target may depend on the way: where it does, or there is none, equal texts are the same.
    fn dynamic(&self, (a, x): (Loc, Loc), (b, y): (Loc, Loc)) -> bool {
        let (base, head) = self.documents();
        match (base.dynamic(a), head.dynamic(b)) {
            (Dynamic::At(x), Dynamic::At(y)) => {
                self.pair(Some(a), follow(self.align.base, x), follow(self.align.head, y))
            }
            (old, new) => old == new && literal::equal((base, x), (head, y)),
        }
    }

    /// Two units, and where base refers to the one.
    fn pair(&self, place: Option<Loc>, a: SchemaAt, b: SchemaAt) -> bool {
        if let (SchemaAt::Hole(a), SchemaAt::Hole(b)) = (a, b) {
            return self.align.same_lost(a as usize, b as usize);
        }
        let (SchemaAt::Node(a), SchemaAt::Node(b)) = (a, b) else { return false };
        match self.at {
            At::Unit(unit) => self.align.ask(a, b, unit, (!self.crosswise).then_some((unit, place))),
            At::Settled => self.align.same(a, b),
            At::Guess => {
                if !self.align.guess() {
                    return false;
                }
                let known = self.align.known(a, b).map(|ix| self.align.inner.borrow().units[ix as usize].same);
                known.unwrap_or_else(|| match (self.align.base.homes.at(a), self.align.head.homes.at(b)) {
                    (Some(old), Some(new)) => old == new,
                    // The root of a file and the members of a list have no name.
                    (Some(_), None) | (None, Some(_)) => false,
                    (None, None) => self.align.base.document.name(a) == self.align.head.document.name(b),
                })
            }
        }
    }

    /// Notes annotations that differ; only walks that explore a unit do. Of a wrapper, only what it says itself.
    fn note(&self, a: Loc, b: Loc, wrapper: Option<Which>) {
        let At::Unit(unit) = self.at else { return };
        let (base, head) = self.documents();
        for &key in NOTED {
            if self.crosswise && !DECIDING.contains(&key) {
                continue;
            }
            let is_said = match wrapper {
                None => true,
                Some(Which::Base) => self.align.annotation(base, a, key).is_some(),
                Some(Which::Head) => self.align.annotation(head, b, key).is_some(),
            };
            if !is_said {
                continue;
            }
            let through = matches!(key, Key::DEFAULT | Key::DISCRIMINATOR);
            let (a, b) =
                if through { (carrier(self.align.base, a, key), carrier(self.align.head, b, key)) } else { (a, b) };
            let (x, y) = (self.align.annotation(base, a, key), self.align.annotation(head, b, key));
            let same = match (x, y) {
                (None, None) => true,
                // The tables hang on names of components too.
                (Some(_), Some(_)) if key == Key::DISCRIMINATOR => false,
                // What its references lead to is compared once all is walked.
                (Some(_), Some(_)) if key == Key::CONTENT_SCHEMA => false,
                (Some(x), Some(y)) => literal::equal((base, x), (head, y)),
                _ => false,
            };
            if !same {
                self.align.inner.borrow_mut().notes.push(Note { unit, key, site: a, base: a, head: b });
            }
        }
    }
}

/// True of a map without entries, which some writers spell as an empty list.
fn is_empty(document: &Document, at: Loc) -> bool {
    document.is_empty_list(at) || document.kind(at) == Kind::Object && document.children(at).next().is_none()
}

/// True of `required` as the flag of Draft 3, which later drafts ignore.
fn is_flag(document: &Document, key: Key, at: Loc) -> bool {
    key == Key::REQUIRED && matches!(document.kind(at), Kind::False | Kind::True)
}
