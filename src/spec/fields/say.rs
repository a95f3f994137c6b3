//! Says what is ignored, bounded: of each kind a few places and how many more there are.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::super::dialects::Draft;
use super::super::document::{Document, Loc, SpecVersion};
use super::super::key::Key;
use super::super::problem::{Cursor, Problem, Weight};
use super::instead::instead;
use super::kinds::Fault;
use super::row::Object;

/// Places that are told of one kind.
const PLACES: usize = 20;
/// Kinds that are told.
const KINDS: usize = 100;

/// Why a value says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Why {
    /// Its object has no such field in this version.
    NoField,
    /// It is not what the field takes.
    Kind(Fault),
    /// It stands beside a reference.
    BesideReference,
    /// It is `content` beside `schema`.
    BesideSchema,
    /// It is no type, but surely means one.
    ReadAs(&'static str),
    /// It is the null of YAML where a type is named.
    Unquoted,
    /// By it the schema admits nothing.
    Nothing(&'static str),
    /// It describes a header that is said by other means.
    Reserved(&'static str),
    /// It requires itself.
    Endless,
    /// It is no type.
    NoType,
    /// The dialect of its schema has no such keyword.
    NoKeyword(Draft),
    /// It names a dialect that nobody here knows.
    Dialect,
    /// It is a `$dynamicRef` that leads nowhere.
    Nowhere,
    /// Webhooks of 3.0, where the version has its own or none.
    Webhooks,
}

/// The file that numbers the key (0 of fixed keys), the object, the name of the field and the reason.
type Of = (u32, Object, Key, Why);

/// What is told, with how many places there are, and the first of them.
#[derive(Default)]
pub(super) struct Told {
    kinds: IndexMap<Of, (usize, Vec<Loc>), FxBuildHasher>,
    /// Places of further kinds.
    others: (usize, Option<Loc>),
}

impl Told {
    pub(super) fn add(&mut self, at: Loc, object: Object, key: Key, why: Why) {
        // Keys beyond the fixed ones are numbered by file.
        let file = if key.fixed().is_empty() { at.file.0 } else { 0 };
        let kind = (file, object, key, why);
        if self.kinds.len() >= KINDS && !self.kinds.contains_key(&kind) {
            self.others.0 += 1;
            self.others.1.get_or_insert(at);
            return;
        }
        let (count, places) = self.kinds.entry(kind).or_default();
        *count += 1;
        if places.len() <= PLACES {
            places.push(at);
        }
    }

    /// The problems, in the order of the document.
    pub(super) fn problems(self, document: &Document) -> Vec<Problem> {
        let mut out: Vec<(Loc, String)> = Vec::new();
        for ((_, object, key, why), (count, places)) in self.kinds {
            let Some(&first) = places.first() else { continue };
            let name = if key.fixed().is_empty() { document.name(first) } else { key.fixed() };
            let message = message(object, (name, key), why, document.version);
            for &at in places.iter().take(PLACES) {
                out.push((at, message.clone()));
            }
            if let (Some(&next), more) = (places.get(PLACES), count.saturating_sub(PLACES)) {
                out.push((next, format!("{message} (here and at {} more places)", more - 1)));
            }
        }
        if let (more, Some(at)) = self.others {
            out.push((at, format!("{more} more values of other kinds are ignored, from here on")));
        }
        out.sort();
        let mut files: IndexMap<u32, Cursor<'_>, FxBuildHasher> = IndexMap::default();
        let problem = |(at, message): (Loc, String)| {
            let file = document.file(at.file);
            let cursor = files.entry(at.file.0).or_insert_with(|| Cursor::new(file.source()));
            cursor.problem(document.path(at.file), file.offset(at.node), message, Weight::Odd)
        };
        out.into_iter().map(problem).collect()
    }
}

/// What is said of a value, in English.
fn message(object: Object, (name, key): (&str, Key), why: Why, version: SpecVersion) -> String {
    let name: String = name.chars().take(60).collect();
    let of = object.name();
    match why {
        Why::NoField => {
            let instead = instead(object, &name, key, version);
            format!("`{name}` is no field of {of} in {} and is ignored{instead}", called(version))
        }
        Why::Kind(Fault { wanted, found, item: true }) => {
            format!("an item of `{name}` must be {wanted}, not {found}: it is ignored")
        }
        Why::Kind(Fault { wanted, found, .. }) if key == Key::NONE => {
            format!("{of} must be {wanted}, not {found}: it is ignored")
        }
        Why::Kind(Fault { wanted, found, .. }) => format!("`{name}` must be {wanted}, not {found}: it is ignored"),
        Why::BesideReference => format!("`{name}` beside the `$ref` of {of} is ignored in {}", called(version)),
        Why::BesideSchema => format!("`content` beside the `schema` of {of} is ignored"),
        Why::ReadAs("any") => "this type is read as every type, which needs no `type`".to_owned(),
        Why::ReadAs(name) => format!("this type is no name of JSON Schema and is read as `{name}`"),
        Why::Unquoted => "`null` is a type in quotes only; it is read as `\"null\"`".to_owned(),
        Why::Nothing(why) => format!("`{name}`: {why}; the schema admits nothing"),
        Why::Reserved(header) => {
            format!("a description of the header `{header}` in {of} is ignored in {}", called(version))
        }
        Why::Endless => "this schema requires itself without end, so it admits nothing".to_owned(),
        Why::NoKeyword(draft) => format!("`{name}` is no keyword of {} and is ignored", draft.name()),
        Why::Dialect => format!("`{name}` names a dialect that is not known: what its schemas allow is unknown"),
        Why::Nowhere => "this `$dynamicRef` leads nowhere: what it allows is unknown".to_owned(),
        Why::Webhooks => format!("`{name}` is read in OpenAPI 3.0 alone and is ignored in {}", called(version)),
        Why::NoType => "no type of JSON Schema: what the schema allows is unknown".to_owned(),
    }
}

fn called(version: SpecVersion) -> &'static str {
    match version {
        SpecVersion::V20 => "Swagger 2.0",
        SpecVersion::V30 => "OpenAPI 3.0",
        SpecVersion::V31 => "OpenAPI 3.1",
        SpecVersion::V32 => "OpenAPI 3.2",
    }
}
