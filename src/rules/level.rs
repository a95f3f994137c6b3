//! Levels, and the table that gives the level of a loss from its grade, its side and its run.

use serde::{Deserialize, Serialize};

use crate::contract::vocabulary::{Grade, Run, Scope};

/// How much a change matters to partners; the order is from worst to least.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something that worked is refused, or decodes no more.
    Breaking,
    /// May harm a strict reader or an inattentive caller; or is not decided.
    Risky,
    /// New possibilities; nothing that worked changes.
    Additive,
    /// Nothing on the wire.
    Docs,
}

impl Level {
    /// Every level, worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Risky, Self::Additive, Self::Docs];

    /// The name in reports, always English.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Risky => "risky",
            Self::Additive => "additive",
            Self::Docs => "docs",
        }
    }
}

/// The level of one loss: sixteen cells, and a row for what is undecided: risky where it could hurt.
pub fn of_loss(scope: Scope, run: Run, grade: Grade) -> Level {
    let exact = match (scope, run) {
        (Scope::Request | Scope::Operation, Run::Forward) | (Scope::Response, Run::Backward) => true,
        (Scope::Request | Scope::Operation, Run::Backward) | (Scope::Response, Run::Forward) => false,
    };
    match (grade, exact) {
        // Undecided in the run that could not hurt is additive at worst.
        (Grade::Undecided, true) => Level::Risky,
        (Grade::Undecided, false) => Level::Additive,
        (Grade::Unlisted, _) if run == Run::Forward => Level::Risky,
        (Grade::Unlisted, _) | (_, false) => Level::Additive,
        (Grade::Openness, true) => Level::Risky,
        (Grade::Value, true) if scope == Scope::Response => Level::Risky,
        (Grade::Value | Grade::Shape, true) => Level::Breaking,
    }
}
