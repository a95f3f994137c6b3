//! A node of a document as JSON that a report can carry: whole where it is short, else cut.
//!
//! The size of a report follows the number of causes. A node of more than [`LINES`] lines (printed one value a line)
//! keeps as many levels as fit; below them an object reads `{"…": "12 members"}` and an array `["… 12 items"]`, and
//! of a very wide one the first [`WIDE`] stay. Long texts end in `… (N more characters)`.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::spec::{File, Key, Kind, NodeIx};

/// The most lines of a node that stays whole.
const LINES: usize = 60;
/// The most members or items of one container in a cut node.
const WIDE: usize = 40;
/// The most characters of a text that is the whole node (a description), so that its words can be compared.
const TEXT: usize = 20_000;
/// The most characters of a text inside a node.
const INNER_TEXT: usize = 1_000;
/// The most values of an enumeration that are shown around the one that came or went.
const VALUES: usize = 12;
/// Stands where something was cut.
const CUT: &str = "…";

/// The JSON of a node, cut where it is long.
pub(super) fn excerpt(file: &File, node: NodeIx) -> Value {
    if file.kind(node) == Kind::String {
        return text(file.text(node), TEXT);
    }
    if lines(file, node) <= LINES {
        return cut(file, node, usize::MAX, usize::MAX);
    }
    let mut best = cut(file, node, 1, WIDE);
    for depth in 2..8 {
        let deeper = cut(file, node, depth, WIDE);
        if printed(&deeper) > LINES {
            break;
        }
        best = deeper;
    }
    best
}

/// Some members of a node, cut where they are long; `None` where it has none of them.
pub(super) fn members(
    file: &File,
    node: NodeIx,
    keys: &[Key],
    mut show: impl FnMut(&File, NodeIx) -> Value,
) -> Option<Value> {
    let found: Map<String, Value> =
        keys.iter().filter_map(|&key| Some((key.fixed().to_owned(), show(file, file.get(node, key)?)))).collect();
    (!found.is_empty()).then_some(Value::Object(found))
}

/// An enumeration of which one value came or went: the first values, and the one it is about. A long enumeration that
/// gains many values has as many changes, and would be listed in each of them.
pub(super) fn around(file: &File, list: NodeIx, value: &str, lists: &mut Lists) -> Value {
    if file.kind(list) != Kind::Array {
        return excerpt(file, list);
    }
    let known = lists.0.entry((std::ptr::from_ref(file).addr(), list)).or_insert_with(|| Listed::of(file, list));
    if known.total <= VALUES {
        return excerpt(file, list);
    }
    let shown = file.children(list).take(VALUES).enumerate();
    let about = known.places.get(value).into_iter().flatten().copied().filter(|(ix, _)| *ix >= VALUES);
    let (mut out, mut next) = (Vec::new(), 0);
    for (ix, at) in shown.chain(about) {
        out.extend((ix > next).then(|| skipped(ix - next)));
        out.push(cut(file, at, 1, WIDE));
        next = ix + 1;
    }
    out.extend((known.total > next).then(|| skipped(known.total - next)));
    Value::Array(out)
}

/// Long enumerations, gone through once: each of their values may have a change of its own.
#[derive(Default)]
pub(super) struct Lists(FxHashMap<(usize, NodeIx), Listed>);

/// How many values an enumeration has, and where each text and number stands in it.
struct Listed {
    total: usize,
    places: FxHashMap<String, Vec<(usize, NodeIx)>>,
}

impl Listed {
    fn of(file: &File, list: NodeIx) -> Self {
        let mut out = Self { total: 0, places: FxHashMap::default() };
        for (ix, at) in file.children(list).enumerate() {
            out.total += 1;
            if matches!(file.kind(at), Kind::String | Kind::Number) {
                out.places.entry(file.text(at).to_owned()).or_default().push((ix, at));
            }
        }
        out
    }
}

/// What stands for a value of which nothing is shown.
pub(super) fn cut_whole() -> Value {
    Value::String(CUT.to_owned())
}

/// How many values a value holds, itself included; long texts count as many.
pub(super) fn nodes(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(nodes).sum::<usize>(),
        Value::String(text) => 1 + text.len() / 64,
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
    }
}

pub(super) fn skipped(count: usize) -> Value {
    Value::String(format!("{CUT} {count} more item{}", if count == 1 { "" } else { "s" }))
}

/// The lines of the node when pretty-printed: one a value, and one more to close each container that is not empty.
fn lines(file: &File, node: NodeIx) -> usize {
    let (start, end) = (node.0, file.end(node).0);
    if (end - start) as usize > LINES {
        return LINES + 1;
    }
    let closing = (start..end).filter(|&ix| file.end(NodeIx(ix)).0 > ix + 1).count();
    (end - start) as usize + closing
}

/// The lines of a cut value; what stands for a whole container counts as one.
fn printed(value: &Value) -> usize {
    match value {
        Value::Object(members) if members.len() == 1 && members.contains_key(CUT) => 1,
        Value::Array(items) if items.len() == 1 && items[0].as_str().is_some_and(|text| text.starts_with(CUT)) => 1,
        Value::Array(items) if !items.is_empty() => 2 + items.iter().map(printed).sum::<usize>(),
        Value::Object(members) if !members.is_empty() => 2 + members.values().map(printed).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => 1,
    }
}

fn text(content: &str, most: usize) -> Value {
    match content.char_indices().nth(most) {
        None => Value::String(content.to_owned()),
        Some((end, _)) => {
            let more = content[end..].chars().count();
            Value::String(format!("{}{CUT} ({more} more characters)", &content[..end]))
        }
    }
}

/// The subtree down to `depth` levels of containers, at most `wide` children in each.
fn cut(file: &File, node: NodeIx, depth: usize, wide: usize) -> Value {
    match file.kind(node) {
        Kind::String => text(file.text(node), INNER_TEXT),
        Kind::Null | Kind::False | Kind::True | Kind::Number => file.value(node),
        Kind::Array => array(file, node, depth, wide),
        Kind::Object => object(file, node, depth, wide),
    }
}

/// `12 members`, `1 more item`.
fn left(total: usize, shown: usize, noun: &str) -> String {
    let more = if shown == 0 { "" } else { "more " };
    let plural = if total - shown == 1 { "" } else { "s" };
    format!("{} {more}{noun}{plural}", total - shown)
}

fn array(file: &File, node: NodeIx, depth: usize, wide: usize) -> Value {
    let total = file.children(node).count();
    let shown = if depth == 0 { 0 } else { total.min(wide) };
    let mut out: Vec<_> = file.children(node).take(shown).map(|at| cut(file, at, depth - 1, wide)).collect();
    if shown < total {
        out.push(Value::String(format!("{CUT} {}", left(total, shown, "item"))));
    }
    Value::Array(out)
}

fn object(file: &File, node: NodeIx, depth: usize, wide: usize) -> Value {
    let total = file.children(node).count();
    let shown = if depth == 0 { 0 } else { total.min(wide) };
    let members = file.children(node).take(shown);
    let mut out: Map<_, _> = members.map(|at| (file.name(at).to_owned(), cut(file, at, depth - 1, wide))).collect();
    if shown < total {
        out.insert(CUT.to_owned(), Value::String(left(total, shown, "member")));
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spec::arena::{Builder, Text};

    fn write(builder: &mut Builder, key: Key, value: &Value) {
        match value {
            Value::Array(items) => {
                builder.open(key, 0, Kind::Array);
                for item in items {
                    write(builder, Key::NONE, item);
                }
                builder.close();
            }
            Value::Object(members) => {
                builder.open(key, 0, Kind::Object);
                for (name, member) in members {
                    let key = builder.key(name);
                    write(builder, key, member);
                }
                builder.close();
            }
            Value::String(text) => {
                builder.scalar(key, 0, Kind::String, &Text::Decoded(text));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                builder.scalar(key, 0, Kind::Number, &Text::Decoded(&value.to_string()));
            }
        }
    }

    fn shown(value: &Value) -> Value {
        let mut builder = Builder::new(std::sync::Arc::default());
        write(&mut builder, Key::NONE, value);
        excerpt(&builder.finish(), NodeIx::ROOT)
    }

    #[test]
    fn short_nodes_stay_whole() {
        for value in [json!({"type": "object", "required": ["a"], "x": {}}), json!([1, 2]), json!("text"), json!(12)] {
            assert_eq!(shown(&value), value);
        }
    }

    #[test]
    fn long_nodes_keep_the_levels_that_fit() {
        let wide: Map<_, _> = (0..30).map(|n| (format!("p{n}"), json!({"type": "string"}))).collect();
        let cut = shown(&json!({"type": "object", "properties": wide}));
        assert_eq!(cut["properties"]["p0"], json!({"…": "1 member"}));
        assert_eq!(cut["properties"].as_object().map(Map::len), Some(30));
        assert!(printed(&cut) <= LINES);
        let list: Vec<_> = (0..100).collect();
        let cut = shown(&json!({"enum": list}));
        assert_eq!(cut["enum"][39], json!(39));
        assert_eq!(cut["enum"][40], json!("… 60 more items"));
    }

    #[test]
    fn a_long_enumeration_shows_its_beginning_and_the_value_it_is_about() {
        let listed = |count: usize, value: &str| {
            let mut builder = Builder::new(std::sync::Arc::default());
            let list: Vec<_> = (0..count).map(|n| format!("v{n}")).collect();
            write(&mut builder, Key::NONE, &json!(list));
            around(&builder.finish(), NodeIx::ROOT, value, &mut Lists::default())
        };
        let long = listed(30, "v20");
        assert_eq!(long.as_array().map(Vec::len), Some(VALUES + 3));
        assert_eq!((&long[11], &long[12], &long[13]), (&json!("v11"), &json!("… 8 more items"), &json!("v20")));
        assert_eq!(long[14], json!("… 9 more items"));
        assert_eq!(listed(30, "gone").as_array().and_then(|list| list.last().cloned()), Some(json!("… 18 more items")));
        assert_eq!(listed(VALUES, "v3").as_array().map(Vec::len), Some(VALUES));
    }

    #[test]
    fn long_texts_are_cut() {
        let long = "é".repeat(TEXT + 5);
        assert!(shown(&json!(long)).as_str().is_some_and(|text| text.ends_with("… (5 more characters)")));
        let inner = shown(&json!({"description": "a".repeat(INNER_TEXT + 1)}));
        assert!(inner["description"].as_str().is_some_and(|text| text.ends_with("… (1 more characters)")));
    }
}
