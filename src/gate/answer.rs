//! What answers a change.

use jiff::civil::Date;

use super::Why;

/// What answers a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// A notice announces it.
    Notice {
        /// The id of the notice.
        id: String,
        /// The planned day.
        until: Option<Date>,
        /// Whether it was announced; else it is a draft.
        announced: bool,
        /// The operations it reaches that the notice does not speak of.
        open_operations: Vec<String>,
    },
    /// People let it through.
    Acceptance {
        /// The file.
        id: String,
        /// Why.
        why: Why,
        /// Who did.
        by: Option<String>,
        /// The last day on which that holds.
        until: Date,
    },
    /// It touches nobody.
    Untouched {
        /// By how much that is shown: `declared`, or `observed` in logs.
        by: &'static str,
    },
    /// Its stability promises nothing.
    Exempt {
        /// The word in the document.
        id: String,
    },
    /// It takes back what a notice had announced and production has.
    Restored {
        /// The id of the notice.
        id: String,
    },
}

impl Answer {
    /// The operations that it leaves open.
    pub fn open_operations(&self) -> &[String] {
        match self {
            Self::Notice { open_operations, .. } => open_operations,
            Self::Acceptance { .. } | Self::Untouched { .. } | Self::Exempt { .. } | Self::Restored { .. } => &[],
        }
    }

    /// Whether two changes are answered by the same.
    pub fn is_alike(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Notice { id, .. }, Self::Notice { id: other, .. }) => id == other,
            (one, other) => one == other,
        }
    }

    /// Whether it answers all of the change.
    pub fn is_whole(&self) -> bool {
        !matches!(self, Self::Notice { open_operations, .. } if !open_operations.is_empty())
    }
}
