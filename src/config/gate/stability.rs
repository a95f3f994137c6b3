//! `[gate.stability]`: which field of a document says how stable something is, and what each word is worth.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::contract;

/// What a word of stability in the document promises: keys are words, from what promises the least to what promises the most,
/// values days of notice.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(inline)]
pub(crate) struct Stability {
    /// The field of an operation, parameter or schema that says the word [default: `x-stability-level`].
    field: Option<String>,
    /// Days of notice by word; 0: nobody was promised anything. A word that is not here takes `[gate.notice]`. Without other
    /// words than `draft`, `alpha`, `beta` and `stable` in this order, these are the ones that are known; to other words
    /// `stable`, which is what has no word, is added as the last one.
    #[serde(flatten)]
    #[schemars(with = "std::collections::BTreeMap<String, u16>")]
    words: IndexMap<String, u16>,
}

impl Stability {
    /// The days of notice that a word is worth; nothing for one that promises as much as none.
    pub(crate) fn days(&self, word: &str) -> Option<u16> {
        self.words.get(word).copied()
    }

    /// The field and the order of its words.
    pub(crate) fn order(&self) -> contract::Stability<'_> {
        contract::Stability::new(self.field(), self.words.keys().map(String::as_str))
    }

    /// The field, where any word of it is worth something of its own.
    pub(crate) fn counting_field(&self) -> Option<&str> {
        (!self.words.is_empty()).then(|| self.field())
    }

    fn field(&self) -> &str {
        self.field.as_deref().unwrap_or(contract::stability::FIELD)
    }
}
