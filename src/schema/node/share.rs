//! The part of its limits that a comparison may use, where several of one run share them.

/// Parts of a whole.
const PARTS: u64 = 1_000_000;

/// A part of what a comparison by itself may cost.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug, serde::Serialize, serde::Deserialize)]
pub struct Share(u64);

impl Share {
    /// All that a comparison may cost.
    pub const WHOLE: Self = Self(PARTS);
    /// Nothing.
    pub const NOTHING: Self = Self(0);

    /// So much of so much, rounded up.
    #[must_use]
    pub fn part(used: usize, of: usize) -> Self {
        Self((used as u64).saturating_mul(PARTS).div_ceil((of as u64).max(1)))
    }

    /// This part of a limit; never more than the limit.
    #[must_use]
    pub fn of(self, limit: usize) -> usize {
        let part = (limit as u64).saturating_mul(self.0.min(PARTS)) / PARTS;
        usize::try_from(part).unwrap_or(limit)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left of it.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_part_of_every_limit() {
        assert_eq!(Share::WHOLE.of(80_000_000), 80_000_000);
        assert_eq!(Share::part(1, 4).of(1_000), 250);
        assert_eq!(Share::part(1, 3).plus(Share::part(2, 3)).of(9), 9);
        assert_eq!(Share::part(5, 2).of(10), 10);
        assert_eq!(Share::WHOLE.minus(Share::part(3, 2)), Share::NOTHING);
        assert_eq!(Share::NOTHING.of(usize::MAX), 0);
    }
}
