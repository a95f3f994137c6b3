//! Looks fields up in the tables.

use std::sync::LazyLock;

use super::super::arena::{File, NodeIx};
use super::super::document::SpecVersion;
use super::super::key::{FIXED, Key};
use super::objects;
use super::row::{Holds, Object, Row};
use super::schemas::{self, STRAY};

/// The rows of an object, first those of its own.
pub(super) fn rows(object: Object, version: SpecVersion) -> [&'static [Row]; 3] {
    let own: &'static [Row] = match object {
        Object::Root => objects::ROOT,
        Object::Info => objects::INFO,
        Object::Contact => objects::CONTACT,
        Object::License => objects::LICENSE,
        Object::Server => objects::SERVER,
        Object::Variable => objects::VARIABLE,
        Object::Components => objects::COMPONENTS,
        Object::PathItem => objects::PATH_ITEM,
        Object::Operation => objects::OPERATION,
        Object::Docs => objects::DOCS,
        Object::Parameter => objects::PARAMETER,
        Object::BodyParameter => objects::BODY_PARAMETER,
        Object::Body => objects::BODY,
        Object::Media => objects::MEDIA,
        Object::Encoding => objects::ENCODING,
        Object::Response => objects::RESPONSE,
        Object::Example => objects::EXAMPLE,
        Object::Link => objects::LINK,
        Object::Header => objects::HEADER,
        Object::Callback | Object::Items => &[],
        Object::Tag => objects::TAG,
        Object::Scheme => objects::SCHEME,
        Object::Flows => objects::FLOWS,
        Object::Flow => objects::FLOW,
        Object::Schema => schemas::SCHEMA,
        Object::Discriminator => schemas::DISCRIMINATOR,
        Object::Xml => schemas::XML,
    };
    // 2.0 describes plain values where they stand; whatever else a schema may say is read there, too.
    let plain = version == SpecVersion::V20 && matches!(object, Object::Parameter | Object::Header | Object::Items);
    if plain { [own, objects::PLAIN, schemas::SCHEMA] } else { [own, &[], &[]] }
}

/// For each object and version, the row of each fixed key.
type Index = Vec<Vec<Option<Holds>>>;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index = vec![Vec::new(); Object::ALL.len() * VERSIONS.len()];
    for &object in Object::ALL {
        for version in VERSIONS {
            let fields = &mut index[slot(object, version)];
            *fields = vec![None; FIXED.len()];
            for row in rows(object, version).into_iter().flatten().filter(|row| row.versions.has(version)) {
                fields[row.key.0 as usize].get_or_insert(row.holds);
            }
        }
    }
    index
});

const VERSIONS: [SpecVersion; 4] = [SpecVersion::V20, SpecVersion::V30, SpecVersion::V31, SpecVersion::V32];

fn slot(object: Object, version: SpecVersion) -> usize {
    object as usize * VERSIONS.len() + version as usize
}

/// What belongs under a field of an object; `None` of a name that says nothing there.
pub(super) fn holds(object: Object, key: Key, version: SpecVersion) -> Option<Holds> {
    INDEX[slot(object, version)].get(key.0 as usize).copied().flatten()
}

/// What a parameter is: in 2.0 the body is one, too.
pub(super) fn parameter(file: &File, node: NodeIx, version: SpecVersion) -> Object {
    let body = version == SpecVersion::V20
        && file.get(node, Key::IN).is_some_and(|place| file.text(place).eq_ignore_ascii_case("body"));
    if body { Object::BodyParameter } else { Object::Parameter }
}

/// True of maps in which `x-` marks an extension, since no name begins so.
pub(super) fn is_extensible(object: Object) -> bool {
    matches!(object, Object::PathItem | Object::Response)
}

/// True if any keyword may stand in the object (JSON Schema 2020-12, Core 4.3.1).
pub(super) fn is_free(object: Object, version: SpecVersion) -> bool {
    object == Object::Schema && version >= SpecVersion::V31
}

/// True of what counts beside a reference: texts that 3.1 has there, and what is read as it is meant (`nullable`). Before 3.1
/// even prose is ignored (OpenAPI 3.0, Reference Object).
pub(super) fn counts_beside(object: Object, key: Key, version: SpecVersion) -> bool {
    let texts = version >= SpecVersion::V31 && matches!(key, Key::SUMMARY | Key::DESCRIPTION);
    texts || object == Object::Schema && key == Key::NULLABLE
}

/// True of a keyword that loses a constraint: of older versions, of another object, or one that is nearly another.
pub(super) fn is_slip(name: &str, key: Key) -> bool {
    key == Key::NULLABLE || STRAY.contains(&name) || near(Object::Schema, name, SpecVersion::V31).is_some()
}

/// The field that a name is nearly: spelt with other capitals or signs, or a letter off.
pub(super) fn near(object: Object, name: &str, version: SpecVersion) -> Option<&'static str> {
    if name.is_empty() || name.len() > 40 {
        return None;
    }
    let wanted = plain(name);
    let names = &PLAIN_NAMES[slot(object, version)];
    let same = names.iter().find(|(field, _)| *field == wanted);
    same.or_else(|| names.iter().find(|(field, _)| is_letter_off(&wanted, field))).map(|(_, field)| *field)
}

/// For each object and version, the names of its fields, without signs and capitals.
static PLAIN_NAMES: LazyLock<Vec<Vec<(String, &'static str)>>> = LazyLock::new(|| {
    let of = |object, version: SpecVersion| {
        let fields = rows(object, version).into_iter().flatten().filter(move |row| row.versions.has(version));
        fields.map(|row| (plain(row.key.fixed()), row.key.fixed())).collect()
    };
    Object::ALL.iter().flat_map(|&object| VERSIONS.map(|version| of(object, version))).collect()
});

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// True of words of some length that differ in one letter: another one, one too many or too few, or two exchanged.
fn is_letter_off(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len().min(other.len()) < 5 || one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - tail], &other[..other.len() - tail]);
    matches!((one, other), ([_] | [], [_]) | ([_], [])) || matches!((one, other), ([a, b], [c, d]) if a == d && b == c)
}
