//! How the parts of a form or of a multipart body are written: members where both versions have them, items by place.

use std::collections::BTreeMap;

use super::bodies::{Part, address};
use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use super::{Differ, Proof, Why, part_headers, scope};
use crate::contract::{Action, Contract, Encoding, Facet, Grade, Media, Place, Run, SchemaAt, Style};
use crate::schema::{SchemaId, Types, Which, canonical};
use crate::spec::{Key, SpecVersion};
use crate::text::Arg;

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, part: Part<'_>, old: &'c Media, new: &'c Media) {
    let names = |olds: &'c [Encoding], news: &'c [Encoding]| {
        let mut names: Vec<&str> = olds.iter().chain(news).map(|encoding| encoding.property.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    let find = |list: &'c [Encoding], name: &str| list.iter().find(|encoding| encoding.property == name);
    let (mut listed, mut unnamed) = (names(&old.encoding, &new.encoding), Vec::new());
    if let (Some(base), Some(head)) = (old.schema, new.schema)
        && old.range.starts_with("multipart/")
    {
        unnamed = differ.files((Which::Base, base), (Which::Head, head));
        unnamed.retain(|name| !listed.contains(&name.as_str()));
    }
    listed.extend(unnamed.iter().map(String::as_str));
    for name in listed {
        let (Some(base), Some(head)) = (old.schema, new.schema) else { break };
        let plains = (differ.member(Which::Base, base, name), differ.member(Which::Head, head, name));
        let (Some(was), Some(is)) = plains else { continue };
        let sides = [find(&old.encoding, name), find(&new.encoding, name)];
        one(differ, pair, part, (old, new), (name, sides, [was, is]));
    }
    for name in names(&old.item_encoding, &new.item_encoding) {
        let place = name.trim_matches(['[', ']']).parse().ok();
        let plains = [(Which::Base, old), (Which::Head, new)].map(|(which, media)| differ.item(which, media, place));
        // What has no encoding of its own has that of all items.
        let sides =
            [old, new].map(|media| find(&media.item_encoding, name).or_else(|| find(&media.item_encoding, "[]")));
        one(differ, pair, part, (old, new), (name, sides, plains));
    }
}

/// A part by its name, its encodings and what its values are.
type Encoded<'c, 'n> = (&'n str, [Option<&'c Encoding>; 2], [Plain; 2]);

fn one<'c>(
    differ: &mut Differ<'c>,
    pair: Pair<'c>,
    part: Part<'_>,
    (old, new): (&'c Media, &'c Media),
    (name, sides, plains): Encoded<'c, '_>,
) {
    let [was, is] = sides;
    let place = Arg::Spot { path: String::new(), spot: part.spot.clone() };
    let address = address(differ, pair, part).with(&format!(":{}", old.range), "");
    let address = Address { spot: Some(part.spot.clone()), ..address };
    let fact = |facet, action| {
        Draft::new(facet, action, scope(part.side), address.clone())
            .subject(name)
            .code("media_type", old.range.clone())
            .code("property", name)
            .code("parameter", name)
            .arg("location", Arg::Term { term: "form".to_owned() })
            .arg("place", place.clone())
            .at(Some(was.map_or(old.at, |e| e.at)), Some(is.map_or(new.at, |e| e.at)))
            .used([pair.part(part.spot.clone())])
    };
    let [from, to] = [(was, plains[0]), (is, plains[1])].map(|(encoding, plain)| plain.form(encoding));
    if from != to {
        let action = if from.is_within(&to) { Action::Widened } else { Action::Replaced };
        let text = |side: Option<&Encoding>, plain: Plain| {
            side.map(|e| e.text.as_str()).filter(|text| !text.is_empty()).unwrap_or(plain.content).to_owned()
        };
        let draft = fact(Facet::Encoding, action).values(&text(was, plains[0]), &text(is, plains[1]));
        differ.drafts.push(draft.code("from", from.shown(&to)).code("to", to.shown(&from)));
    }
    let reserved = [was, is].map(|side| side.is_some_and(|encoding| encoding.allow_reserved));
    if reserved[0] != reserved[1] && part.side == crate::contract::Side::Request {
        let action = if reserved[1] { Action::Added } else { Action::Removed };
        differ.drafts.push(fact(Facet::AllowReserved, action));
    }
    for key in [Key::ENCODING, Key::PREFIX_ENCODING, Key::ITEM_ENCODING] {
        if nested(differ.base, was, key) != nested(differ.head, is, key) {
            let draft = fact(Facet::Constraint, Action::Unknown).subject(format!("{name}:{}", key.fixed()));
            let draft = draft.lost(Run::Forward, Grade::Undecided).lost(Run::Backward, Grade::Undecided);
            let draft = draft.code("keyword", key.fixed());
            differ.drafts.push(Draft { proof: Proof::Unproven(Why::Opaque), ..draft });
        }
    }
    part_headers::compare(differ, pair, part, (&address, name), sides);
}

/// How the parts of a part are written (3.2, Encoding Object), as text: a difference is told, and not weighed.
fn nested(contract: &Contract, encoding: Option<&Encoding>, key: Key) -> String {
    let mut out = String::new();
    let known = encoding.filter(|_| contract.document.version >= SpecVersion::V32);
    if let Some(at) = known.and_then(|encoding| contract.document.get(encoding.at, key)) {
        canonical(&contract.document, at, &mut out);
    }
    out
}

/// The content type of texts.
const TEXT: &str = "text/plain";
/// How the default style writes a list.
const REPEATED: &str = "repeated";

/// How the values of a part are written.
#[derive(PartialEq, Eq)]
enum Form {
    /// As one of some content types.
    Content(Vec<String>),
    /// By a style.
    Styled(String),
}

impl Form {
    /// Its content types; of repeated texts too, where that is asked.
    fn contents(&self) -> Option<Vec<&str>> {
        match self {
            Self::Content(types) => Some(types.iter().map(String::as_str).collect()),
            Self::Styled(style) => (style == REPEATED).then(|| vec![TEXT]),
        }
    }

    /// True if the other takes all that this one took.
    fn is_within(&self, other: &Self) -> bool {
        let (Some(own), Some(other)) = (self.contents(), other.contents()) else { return false };
        let covers = |wide: &str, narrow: &str| {
            wide == narrow || wide == "*/*" || wide.strip_suffix('*').is_some_and(|kind| narrow.starts_with(kind))
        };
        own.iter().all(|narrow| other.iter().any(|wide| covers(wide, narrow)))
    }

    /// In the words that the other side has too.
    fn shown(&self, other: &Self) -> String {
        match (self, other) {
            (Self::Styled(text), Self::Styled(_)) => text.clone(),
            (Self::Styled(text), Self::Content(_)) => {
                self.contents().map_or_else(|| text.clone(), |all| all.join(" | "))
            }
            (Self::Content(types), _) => types.join(" | "),
        }
    }
}

/// What the values of a part are, where nothing is said of their encoding.
#[derive(Clone, Copy)]
struct Plain {
    types: Types,
    /// The content type where none is written (OpenAPI 3.x, Encoding Object).
    content: &'static str,
}

impl Plain {
    fn form(self, encoding: Option<&Encoding>) -> Form {
        // A lone text is written alike by every style.
        let styled = |style: &Style| match self.styled(style) {
            Some(text) => Form::Styled(text),
            None => Form::Content(vec![TEXT.to_owned()]),
        };
        if let Some(style) = encoding.and_then(|encoding| encoding.style.as_ref()) {
            return styled(style);
        }
        let types = encoding.map(|encoding| encoding.content_types.clone()).filter(|types| !types.is_empty());
        match types.unwrap_or_else(|| vec![self.content.to_owned()]) {
            // Each text by itself is what the default style writes too.
            types if types == [TEXT] && self.types.meets(Types::ARRAY) => {
                styled(&Style::written(None, None, Place::Form))
            }
            types => Form::Content(types),
        }
    }

    /// How a style writes the values; `None` of lone texts.
    fn styled(self, style: &Style) -> Option<String> {
        let object = self.types == Types::ALL || self.types.meets(Types::OBJECT);
        let list = self.types.meets(Types::ARRAY);
        (list || object).then(|| style.word(list, object))
    }
}

impl Differ<'_> {
    /// A member of a form; `None` if the schema does not have it.
    fn member(&mut self, which: Which, schema: SchemaAt, name: &str) -> Option<Plain> {
        let member = self.expansion(which, schema).member(name)?;
        Some(self.plain(member))
    }

    /// The members of a multipart form that are files on one side and texts on the other, by what they are sent as where
    /// nothing is said of it (OpenAPI 3.x, Encoding Object, `contentType`).
    fn files(&mut self, base: (Which, SchemaAt), head: (Which, SchemaAt)) -> Vec<String> {
        let members = [base, head].map(|(which, schema)| {
            let expansion = self.expansion(which, schema);
            expansion.declared().map(|(name, schema)| (name.to_owned(), schema)).collect::<BTreeMap<_, _>>()
        });
        let [olds, news] = &members;
        let both = olds.iter().filter_map(|(name, old)| Some((name.clone(), *old, *news.get(name)?)));
        let texts = |plain: Plain| plain.types.without(Types::NULL) == Types::STRING;
        let both: Vec<(String, SchemaId, SchemaId)> = both.collect();
        let changed = both.into_iter().filter(|(_, old, new)| {
            let (was, is) = (self.plain(*old), self.plain(*new));
            texts(was) && texts(is) && was.content != is.content
        });
        changed.map(|(name, ..)| name).collect()
    }

    /// An item of a sequence, at a place or any.
    fn item(&mut self, which: Which, media: &Media, place: Option<usize>) -> Plain {
        let of_sequence =
            media.schema.and_then(|schema| self.expansion(which, schema).item(place.unwrap_or(usize::MAX)));
        let anything = Plain { types: Types::ALL, content: "application/octet-stream" };
        let alone = media.item_schema.map(|schema| self.engine.schema(which, schema));
        of_sequence.or(alone).map_or(anything, |item| self.plain(item))
    }

    /// The default of a list is that of its items.
    fn plain(&mut self, schema: SchemaId) -> Plain {
        let expansion = self.engine.expansion(schema);
        let types = expansion.types();
        let item = expansion.item(usize::MAX).filter(|_| types != Types::ALL && types.meets(Types::ARRAY));
        let inner = item.map_or_else(|| expansion.clone(), |item| self.engine.expansion(item));
        let content = match inner.types() {
            _ if inner.may_be_bytes() => "application/octet-stream",
            types if types.meets(Types::OBJECT) => "application/json",
            _ => "text/plain",
        };
        Plain { types, content }
    }
}
