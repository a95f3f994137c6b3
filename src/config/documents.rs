//! `[documents]`: which documents are found where nobody names them.

use std::borrow::Cow;

use globset::{GlobBuilder, GlobMatcher};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

/// Which documents are found where nobody names them.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(inline)]
pub(crate) struct Documents {
    /// Documents that nobody is promised, `internal/**`; `*` stands for one folder, `**` for any.
    ignore: Vec<Paths>,
    /// Those of another configuration that binds, too.
    #[serde(skip)]
    twin: Option<Vec<Paths>>,
}

impl Documents {
    /// Whether nobody is promised what a document says, in every configuration that binds.
    pub(crate) fn is_ignored(&self, path: &str) -> bool {
        let fits = |paths: &[Paths]| paths.iter().any(|paths| paths.fit(path));
        fits(&self.ignore) && self.twin.as_deref().is_none_or(fits)
    }

    /// What both leave out.
    pub(super) fn and(self, other: &Self) -> Self {
        Self { twin: Some(other.ignore.clone()), ..self }
    }
}

/// A pattern of paths from the root of the repository.
#[derive(Clone, Debug)]
pub(crate) struct Paths(GlobMatcher);

impl Paths {
    /// Whether a path fits.
    pub(crate) fn fit(&self, path: &str) -> bool {
        self.0.is_match(path)
    }
}

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let glob = GlobBuilder::new(&text).literal_separator(true).build();
        let refused = |error: globset::Error| {
            serde::de::Error::custom(format!("`{text}` is no pattern of paths: {}", error.kind()))
        };
        glob.map(|glob| Self(glob.compile_matcher())).map_err(refused)
    }
}

impl JsonSchema for Paths {
    fn schema_name() -> Cow<'static, str> {
        "Paths".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["internal/**"]})
    }
}
