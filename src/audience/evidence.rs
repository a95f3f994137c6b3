//! How we know that a partner uses something.

use serde::{Deserialize, Serialize};

/// How we know that a partner uses something; the order is from surest to least sure.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The partner said so.
    #[default]
    Declared,
    /// Logs show it.
    Observed,
    /// The partner's source names it.
    Inferred,
    /// Nothing is known, so it is taken for granted.
    Assumed,
}

impl Evidence {
    /// The name in reports, always English; also the key of its word in the section `evidence` of the texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }
}
