//! `[gate.stability]`: which field of a document says how stable something is, and what each word is worth.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// What a word of stability in the document promises: keys are words, values days of notice.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
pub(crate) struct Stability {
    /// The field of an operation, parameter or schema that says the word, such as `x-stability-level`.
    pub(crate) field: Option<String>,
    /// Days of notice by word; 0: nobody was promised anything. A word that is not here takes `[gate.notice]`.
    #[serde(flatten)]
    words: BTreeMap<String, u16>,
}

impl Stability {
    /// The days of notice that a word is worth; nothing for one that promises as much as none.
    pub(crate) fn days(&self, word: &str) -> Option<u16> {
        self.words.get(word).copied()
    }
}
