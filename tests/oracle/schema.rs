//! The schemas of the grammar as the test's own validator holds them.

use serde::Deserialize;
use serde_json::{Map, Value};

type Test = fn(&str) -> bool;

/// The patterns of the grammar: as written, and what they mean.
pub(super) const PATTERNS: &[(&str, Test)] = &[
    ("a", |text| text.contains('a')),
    ("^a", |text| text.starts_with('a')),
    ("^[ab]$", |text| text == "a" || text == "b"),
    ("b$|^$", |text| text.ends_with('b') || text.is_empty()),
    ("^b?$", |text| text.is_empty() || text == "b"),
    ("^[bc]", |text| text.starts_with(['b', 'c'])),
];

/// A schema, or one of the schemas `true` and `false`.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Node {
    Bool(bool),
    Schema(Box<Schema>),
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Types {
    One(String),
    Many(Vec<String>),
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Schema {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    pub(super) r#type: Option<Types>,
    pub(super) nullable: bool,
    pub(super) r#enum: Option<Vec<Value>>,
    #[serde(deserialize_with = "written")]
    pub(super) r#const: Option<Value>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) exclusive_minimum: Option<Value>,
    pub(super) exclusive_maximum: Option<Value>,
    pub(super) multiple_of: Option<f64>,
    pub(super) min_length: Option<usize>,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<String>,
    pub(super) min_items: Option<usize>,
    pub(super) max_items: Option<usize>,
    pub(super) unique_items: bool,
    pub(super) prefix_items: Vec<Node>,
    pub(super) items: Option<Node>,
    pub(super) properties: Schemas,
    pub(super) pattern_properties: Schemas,
    pub(super) additional_properties: Option<Node>,
    pub(super) property_names: Option<Node>,
    pub(super) required: Vec<String>,
    pub(super) min_properties: Option<usize>,
    pub(super) max_properties: Option<usize>,
    pub(super) all_of: Vec<Node>,
    pub(super) any_of: Option<Vec<Node>>,
    pub(super) one_of: Option<Vec<Node>>,
    pub(super) not: Option<Node>,
    pub(super) r#if: Option<Node>,
    pub(super) then: Option<Node>,
    pub(super) r#else: Option<Node>,
    pub(super) dependent_required: Names,
    pub(super) dependent_schemas: Schemas,
    pub(super) contains: Option<Node>,
    pub(super) min_contains: Option<usize>,
    pub(super) max_contains: Option<usize>,
}

/// Lists of names by name.
pub(super) type Names = std::collections::BTreeMap<String, Vec<String>>;

/// Schemas by name, few enough to be searched.
#[derive(Default)]
pub(super) struct Schemas(pub(super) Vec<(String, Node)>);

impl<'de> Deserialize<'de> for Schemas {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let map = Map::<String, Value>::deserialize(from)?;
        let parse = |(name, value)| Ok((name, serde_json::from_value(value).map_err(serde::de::Error::custom)?));
        map.into_iter().map(parse).collect::<Result<_, _>>().map(Self)
    }
}

/// `const: null` is a constant.
fn written<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(from).map(Some)
}
