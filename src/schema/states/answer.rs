//! The three-valued answer, and why a third one is given.

/// Whether a value exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::schema) enum Answer {
    /// None does.
    No,
    /// Looking would cost too much.
    Costly,
    /// It hangs on something the engine does not model.
    Open,
    /// One does.
    Yes,
}

impl Answer {
    /// A value of either kind.
    pub(in crate::schema) fn or(self, other: Self) -> Self {
        self.max(other)
    }
    /// A value that needs both.
    pub(in crate::schema) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, other) | (other, Self::Yes) => other,
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            (Self::Costly, Self::Costly) => Self::Costly,
        }
    }
    pub(in crate::schema) fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Yes => Self::No,
            Self::Costly | Self::Open => self,
        }
    }
    /// The same, but never a sure yes.
    pub(in crate::schema) fn unsure(self) -> Self {
        if self == Self::Yes { Self::Open } else { self }
    }
    pub(in crate::schema) fn of(answer: Option<bool>) -> Self {
        match answer {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Open,
        }
    }
}
