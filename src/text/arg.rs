//! What fills the placeholders of a sentence, sayable in any language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::spot::Spot;

/// A value for a placeholder of a sentence, sayable in any language.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(untagged)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub enum Arg {
    /// A name or value of the contract, shown as code.
    Code(String),
    /// A number of things.
    Count(u64),
    /// A word of the catalogue's term table that speaks of a name, e.g. `variant-with` of `x`: the variant with `x`.
    Named {
        /// The key of the word.
        term: String,
        /// The name, shown as code.
        name: String,
    },
    /// A word of the catalogue's term table, e.g. `unlimited`.
    Term {
        /// The key of the word.
        term: String,
    },
    /// A place that has no name of its own: a path inside a part of an operation.
    Spot {
        /// The path inside the part; empty for the part itself.
        path: String,
        /// The part, e.g. `response 200 body` (see `Use::spot`).
        #[schemars(with = "String")]
        spot: Spot,
    },
}

/// The placeholders of a change's sentence, by name.
pub type Args = BTreeMap<String, Arg>;
