//! Exact numbers of JSON texts: a mantissa and a power of ten, never a double.
//!
//! Beyond 38 digits, or a distance of exponents that does not fit, an answer is `None`: undecided, not rounded.

use std::cmp::Ordering;

use super::answer::Answer;

/// `mantissa · 10^exponent`, without trailing zeros in the mantissa.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(in crate::schema) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    /// A whole number.
    pub(in crate::schema) fn whole(n: i128) -> Self {
        Self { mantissa: n, exponent: 0 }.trimmed()
    }

    /// Reads a JSON number text (RFC 8259, 6).
    pub(in crate::schema) fn parse(text: &str) -> Option<Self> {
        let (digits, power) = match text.split_once(['e', 'E']) {
            Some((digits, power)) => (digits, power.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = digits.strip_prefix('-').map_or((false, digits), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut mantissa: i128 = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            let digit = i128::from(char::from(byte).to_digit(10)?);
            mantissa = mantissa.checked_mul(10)?.checked_add(digit)?;
        }
        let exponent = power.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Self { mantissa: if negative { -mantissa } else { mantissa }, exponent }.trimmed())
    }

    fn trimmed(mut self) -> Self {
        if self.mantissa == 0 {
            return Self { mantissa: 0, exponent: 0 };
        }
        while self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.exponent = self.exponent.saturating_add(1);
        }
        self
    }

    /// Both mantissas at the smaller exponent.
    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let lift = |d: Self| {
            let power = u32::try_from(d.exponent.checked_sub(exponent)?).ok()?;
            d.mantissa.checked_mul(10_i128.checked_pow(power)?)
        };
        Some((lift(self)?, lift(other)?, exponent))
    }

    /// Compares exactly; where the distance does not fit, by sign and magnitude.
    pub(in crate::schema) fn compare(self, other: Self) -> Ordering {
        if let Some((a, b, _)) = self.aligned(other) {
            return a.cmp(&b);
        }
        match (self.mantissa.signum(), other.mantissa.signum()) {
            (a, b) if a != b => a.cmp(&b),
            (sign, _) => {
                let by_size = self.magnitude().cmp(&other.magnitude());
                if sign < 0 { by_size.reverse() } else { by_size }
            }
        }
    }

    fn magnitude(self) -> i64 {
        i64::from(self.exponent) + i64::from(self.mantissa.unsigned_abs().checked_ilog10().unwrap_or(0))
    }

    /// True of a whole number, `1.0` included.
    pub(in crate::schema) fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// Whether this is a whole multiple of `unit`; open where the numbers do not fit.
    pub(in crate::schema) fn is_multiple_of(self, unit: Self) -> Answer {
        match self.aligned(unit) {
            Some((a, b, _)) if b != 0 => Answer::from(a % b == 0),
            Some(_) | None => Answer::Open,
        }
    }

    /// The first multiple of a unit that is not below (`up`) or not above; `None` where the numbers do not fit.
    pub(in crate::schema) fn to_multiple(self, unit: Self, up: bool) -> Option<Self> {
        let (a, b, exponent) = self.aligned(unit)?;
        if b == 0 {
            return None;
        }
        let count = if up { -(-a).div_euclid(b) } else { a.div_euclid(b) };
        Some(Self { mantissa: count.checked_mul(b)?, exponent }.trimmed())
    }

    /// The least number that is a multiple of both; `None` where it does not fit.
    pub(in crate::schema) fn common_multiple(self, other: Self) -> Option<Self> {
        let (a, b, exponent) = self.aligned(other)?;
        let (mut x, mut y) = (a.checked_abs()?, b.checked_abs()?);
        while y != 0 {
            (x, y) = (y, x % y);
        }
        if x == 0 {
            return None;
        }
        Some(Self { mantissa: (a / x).checked_mul(b)?.checked_abs()?, exponent }.trimmed())
    }

    /// How many units this multiple of a unit is.
    pub(in crate::schema) fn count_of(self, unit: Self) -> Option<u128> {
        let (a, b, _) = self.aligned(unit)?;
        if b == 0 || a % b != 0 { None } else { Some((a / b).unsigned_abs()) }
    }

    /// One unit further up or down; `None` where the numbers do not fit.
    pub(in crate::schema) fn shifted(self, unit: Self, up: bool) -> Option<Self> {
        let (a, b, exponent) = self.aligned(unit)?;
        let mantissa = if up { a.checked_add(b)? } else { a.checked_sub(b)? };
        // Every mantissa has its opposite.
        mantissa.checked_abs()?;
        Some(Self { mantissa, exponent }.trimmed())
    }
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.mantissa.unsigned_abs().to_string();
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let exponent = self.exponent;
        if !(-30..=20).contains(&exponent) {
            return write!(f, "{sign}{digits}e{exponent}");
        }
        if exponent >= 0 {
            return write!(f, "{sign}{digits}{}", "0".repeat(usize::try_from(exponent).unwrap_or(0)));
        }
        let decimals = usize::try_from(-exponent).unwrap_or(0);
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - decimals);
        write!(f, "{sign}{whole}.{fraction}")
    }
}
