//! Reads the keywords that have a value of their own, in whatever dialect the document speaks.

use std::rc::Rc;

use super::decimal::Decimal;
use super::limit::{lower, raise};
use super::literal::{self, Literals};
use super::reading::Reading;
use super::types::Types;
use crate::contract::Dialect;
use crate::spec::{self, Document, Key, Kind, Loc};

use super::read::Node;
impl<'c> Node<'c> {
    /// Keywords with a value of their own.
    pub(super) fn value(&self, key: Key, at: Loc, out: &mut Reading<'c>) {
        let document = self.document;
        match key {
            Key::TYPE => match self.types(at) {
                Some(types) => {
                    // `not: {type}` may stand before it.
                    let kept = out.types.map_or(types, |known| known.and(types));
                    out.types = Some(kept).filter(|_| !types.is_empty());
                    // Swagger 2.0 `file` is what 3.0 writes as a binary string.
                    let file = self.document.text(at) == "file";
                    out.format = out.format.or(file.then_some("binary"));
                }
                // A type nobody knows, most often a slip, is no licence for everything: the place cannot be read.
                None => out.hole = Some(u32::MAX),
            },
            Key::ENUM if document.kind(at) == Kind::Array => {
                let mut values = Literals::default();
                document.children(at).for_each(|value| literal::add(document, value, &mut values));
                meet(&mut out.literals, values);
            }
            // Values that cannot be told are no licence for every value.
            Key::ENUM => out.hole = Some(u32::MAX),
            Key::CONST if self.dialect == Dialect::V31 => {
                let mut values = Literals::default();
                literal::add(document, at, &mut values);
                meet(&mut out.literals, values);
            }
            // A number that is not read exactly bounds something, and nobody knows what.
            Key::MINIMUM | Key::MAXIMUM | Key::EXCLUSIVE_MINIMUM | Key::EXCLUSIVE_MAXIMUM | Key::MULTIPLE_OF
                if document.kind(at) == Kind::Number && self.decimal(at).is_none() =>
            {
                out.opaque.push(key);
            }
            Key::MINIMUM => raise(&mut out.minimum, self.decimal(at), false),
            Key::MAXIMUM => lower(&mut out.maximum, self.decimal(at), false),
            Key::EXCLUSIVE_MINIMUM => raise(&mut out.minimum, self.decimal(at), true),
            Key::EXCLUSIVE_MAXIMUM => lower(&mut out.maximum, self.decimal(at), true),
            Key::MULTIPLE_OF => out.multiple_of = self.decimal(at),
            Key::MIN_LENGTH => out.min_length = count(document, at),
            Key::MAX_LENGTH => out.max_length = count(document, at),
            Key::MIN_ITEMS => out.min_items = count(document, at),
            Key::MAX_ITEMS => out.max_items = least(out.max_items, count(document, at)),
            Key::MIN_PROPERTIES => out.min_properties = count(document, at),
            Key::MAX_PROPERTIES => out.max_properties = count(document, at),
            Key::PATTERN => out.pattern = self.string(at),
            Key::FORMAT => out.format = self.string(at).or(out.format),
            Key::CONTENT_ENCODING | Key::CONTENT_MEDIA_TYPE => out.format = out.format.or(self.content_format(key, at)),
            Key::UNIQUE_ITEMS => out.unique = document.kind(at) == Kind::True,
            Key::READ_ONLY => out.read_only = document.kind(at) == Kind::True,
            Key::WRITE_ONLY => out.write_only = document.kind(at) == Kind::True,
            Key::NULLABLE if self.dialect == Dialect::V30 => out.nullable = document.kind(at) == Kind::True,
            Key::X_NULLABLE if self.dialect != Dialect::V31 => out.nullable |= document.kind(at) == Kind::True,
            Key::X_EXTENSIBLE_ENUM => out.extensible = document.kind(at) != Kind::False,
            Key::REQUIRED if document.kind(at) == Kind::Array => {
                out.required.extend(document.children(at).filter_map(|name| self.string(name)));
            }
            // Draft 3 wrote a flag at the member, which later drafts ignore.
            Key::REQUIRED if !matches!(document.kind(at), Kind::False | Kind::True) => out.hole = Some(u32::MAX),
            _ => {}
        }
    }

    /// The types that `type` names, read as they are meant; none where that is every type, `None` where nobody knows one
    /// of them.
    pub(super) fn types(&self, at: Loc) -> Option<Types> {
        if let Some(types) = Types::named(self.document.text(at)).filter(|_| self.document.kind(at) == Kind::String) {
            return Some(types);
        }
        let names = spec::type_names(self.document, at)?;
        Some(names.iter().filter_map(|name| Types::named(name)).fold(Types::NONE, Types::or))
    }

    /// 2.0 and 3.0 spell exclusive bounds as a flag beside the bound.
    pub(super) fn exclusive_flags(&self, out: &mut Reading<'c>) {
        let on = |key| self.document.flag(self.at, key) == Some(true);
        if let Some(limit) = out.minimum.as_mut().filter(|_| on(Key::EXCLUSIVE_MINIMUM)) {
            limit.exclusive = true;
        }
        if let Some(limit) = out.maximum.as_mut().filter(|_| on(Key::EXCLUSIVE_MAXIMUM)) {
            limit.exclusive = true;
        }
    }

    /// What 3.0 says by `format` 3.1 says by `contentEncoding` and `contentMediaType`: one notion. Beside each other the
    /// encoding counts, in whatever order they are written: it decides what the text may be.
    fn content_format(&self, key: Key, at: Loc) -> Option<&'c str> {
        let encoding = self.document.string(self.at, Key::CONTENT_ENCODING);
        if key == Key::CONTENT_MEDIA_TYPE && encoding.is_some() {
            return None;
        }
        match (key, self.string(at)?) {
            (Key::CONTENT_ENCODING, "base64") => Some("byte"),
            (Key::CONTENT_MEDIA_TYPE, "application/octet-stream") => Some("binary"),
            (_, text) => Some(text),
        }
    }
    fn decimal(&self, at: Loc) -> Option<Decimal> {
        if self.document.kind(at) == Kind::Number { Decimal::parse(self.document.text(at)) } else { None }
    }
    pub(super) fn string(&self, at: Loc) -> Option<&'c str> {
        self.document.file(at.file).string(at.node)
    }
}

/// 2^53, up to which doubles count; sums of such counts fit.
const MOST: u64 = 1 << 53;

/// A count, at most [`MOST`], for nothing is longer; `None` of what is no count.
pub(super) fn count(document: &Document, at: Loc) -> Option<u64> {
    if document.kind(at) != Kind::Number {
        return None;
    }
    let text = document.text(at);
    let Some(number) = Decimal::parse(text) else {
        // Too large to be read exactly, or a fraction too small for it.
        let whole = !text.contains('-') && (!text.contains('.') || text.contains(['e', 'E']));
        return whole.then_some(MOST);
    };
    if number.compare(Decimal::whole(i128::from(MOST))).is_gt() {
        return Some(MOST);
    }
    if number.is_whole() { number.to_string().parse().ok() } else { None }
}

pub(super) fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

fn meet(literals: &mut Option<Rc<Literals>>, mut values: Literals) {
    if let Some(known) = literals {
        values.retain(|text, _| known.contains_key(text));
    }
    *literals = Some(Rc::new(values));
}
