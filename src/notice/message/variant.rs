//! What a message does: announce, remind, correct, postpone, cancel, report the arrival, apologise.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::notice::{Notice, Part, Standing, State};

/// How many days before production a reminder is due.
pub(super) const REMINDER: i32 = 7;

/// What a message does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Variant {
    /// Says for the first time that something changes.
    Announcement,
    /// Says it again, days before.
    Reminder,
    /// Says what was wrong in the message before.
    Correction,
    /// Gives a new date.
    Postponement,
    /// Takes the announcement back.
    Cancellation,
    /// Says that it is in production.
    Shipped,
    /// Says what was changed without notice, and why.
    Emergency,
}

/// An unknown variant.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "unknown variant `{given}`: announcement, reminder, correction, postponement, cancellation, shipped or emergency"
)]
pub struct UnknownVariant {
    /// As written.
    pub given: String,
}

impl std::str::FromStr for Variant {
    type Err = UnknownVariant;

    fn from_str(given: &str) -> Result<Self, UnknownVariant> {
        let found = Self::ALL.into_iter().find(|variant| variant.as_str() == given);
        found.ok_or_else(|| UnknownVariant { given: given.to_owned() })
    }
}

impl Variant {
    /// Every variant.
    pub const ALL: [Self; 7] = [
        Self::Announcement,
        Self::Reminder,
        Self::Correction,
        Self::Postponement,
        Self::Cancellation,
        Self::Shipped,
        Self::Emergency,
    ];

    /// Its name in options, output and message ids.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Announcement => "announcement",
            Self::Reminder => "reminder",
            Self::Correction => "correction",
            Self::Postponement => "postponement",
            Self::Cancellation => "cancellation",
            Self::Shipped => "shipped",
            Self::Emergency => "emergency",
        }
    }

    /// What a message says whatever the day: what is taken back or arrived outweighs what was planned.
    pub fn lasting(notice: &Notice, standing: Option<&Standing>) -> Self {
        let front = &notice.front;
        let state = standing.map(|standing| standing.state);
        let some_shipped = matches!(state, Some(State::Shipped | State::PartiallyShipped));
        let gone = matches!(state, Some(State::Withdrawn | State::Reverted));
        if gone || front.withdrawn_on.is_some() && !some_shipped {
            Self::Cancellation
        } else if front.emergency.is_some() {
            Self::Emergency
        } else if state == Some(State::Shipped) {
            Self::Shipped
        } else if front.postponed_from.is_empty() {
            Self::Announcement
        } else {
            Self::Postponement
        }
    }

    /// What a message of that day should do. Of what is still to come a reminder is due in the week before production,
    /// which also says what was corrected and from when it was postponed.
    pub fn fitting(notice: &Notice, standing: Option<&Standing>, today: Date) -> Self {
        let lasting = Self::lasting(notice, standing);
        if !matches!(lasting, Self::Announcement | Self::Postponement) {
            return lasting;
        }
        let front = &notice.front;
        let days = front.effective_on.map(|day| (day.0 - today).get_days());
        let told_before = front.announced_on.is_some_and(|day| day.0 < today);
        let rewritten = notice.prose.iter().any(|prose| prose.part(Part::Correction).is_some());
        if told_before && days.is_some_and(|days| (0..=REMINDER).contains(&days)) && front.kind.asks() {
            Self::Reminder
        } else if front.revision > 1 && rewritten {
            Self::Correction
        } else {
            lasting
        }
    }
}
