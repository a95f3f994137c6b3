//! The three-valued answer of the engine: yes, no, or unknown, and then why.
//!
//! The connectives are Kleene's strong ones: what is known of one part decides where it can, whatever the other is. Of
//! two reasons not to know, the stronger stands: what is not modelled stays unknown, what was too costly may be asked
//! again with more to spend.

/// Whether something holds: a value exists, a schema takes it, a language lies within another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::schema) enum Answer {
    /// It does not.
    No,
    /// Unknown: looking would cost too much.
    Costly,
    /// Unknown: it hangs on something the engine does not model.
    Open,
    /// It does.
    Yes,
}

impl Answer {
    /// One of both holds.
    pub(in crate::schema) fn or(self, other: Self) -> Self {
        self.max(other)
    }
    /// Both hold.
    pub(in crate::schema) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, other) | (other, Self::Yes) => other,
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            (Self::Costly, Self::Costly) => Self::Costly,
        }
    }
    /// It does not hold.
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
}

impl From<bool> for Answer {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

/// What a library could not tell is not modelled.
impl From<Option<bool>> for Answer {
    fn from(known: Option<bool>) -> Self {
        known.map_or(Self::Open, Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::Answer::{self, Costly, No, Open, Yes};

    #[test]
    fn two_answers_are_joined_by_the_tables() {
        // One, other, both, either.
        let rows = [
            (No, No, No, No),
            (No, Costly, No, Costly),
            (No, Open, No, Open),
            (No, Yes, No, Yes),
            (Costly, Costly, Costly, Costly),
            (Costly, Open, Open, Open),
            (Costly, Yes, Costly, Yes),
            (Open, Open, Open, Open),
            (Open, Yes, Open, Yes),
            (Yes, Yes, Yes, Yes),
        ];
        for (one, other, both, either) in rows {
            for (a, b) in [(one, other), (other, one)] {
                assert_eq!(a.and(b), both, "{a:?} and {b:?}");
                assert_eq!(a.or(b), either, "{a:?} or {b:?}");
                assert_eq!(a.and(b).not(), a.not().or(b.not()), "{a:?}, {b:?}: De Morgan");
            }
        }
    }

    #[test]
    fn one_answer_is_turned_by_the_table() {
        // Answer, its negation, the same but never sure.
        let rows = [(No, Yes, No), (Costly, Costly, Costly), (Open, Open, Open), (Yes, No, Open)];
        for (answer, not, unsure) in rows {
            assert_eq!(answer.not(), not, "not {answer:?}");
            assert_eq!(answer.unsure(), unsure, "{answer:?}, unsure");
        }
    }

    #[test]
    fn what_is_not_told_is_open() {
        assert_eq!([Some(true), Some(false), None].map(Answer::from), [Yes, No, Open]);
    }
}
