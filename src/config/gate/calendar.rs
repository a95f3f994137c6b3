//! `[gate.calendar]`: in which time zone days begin, and on which of them something ships.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

/// Days on which something ships.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Calendar {
    /// The time zone in which days begin, such as `Europe/Paris` [default: UTC].
    time_zone: Zone,
    /// The days of the week on which there are releases [default: all].
    release_days: Vec<Day>,
    /// Days of the year without releases, `08-01..08-31`, both included.
    blackouts: Vec<Blackout>,
}

/// As far ahead as a release day is looked for.
const AHEAD: u16 = 800;

impl Calendar {
    /// The day at a moment.
    pub(crate) fn day_at(&self, seconds: i64) -> Date {
        let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        at.to_zoned(self.time_zone.0.clone()).date()
    }

    /// Whether something may ship on a day.
    pub(crate) fn is_release_day(&self, day: Date) -> bool {
        let named =
            self.release_days.is_empty() || self.release_days.iter().any(|known| known.weekday() == day.weekday());
        named && !self.blackouts.iter().any(|blackout| blackout.holds(day))
    }

    /// The first release day on or after a day; `None` where the calendar has none.
    pub(crate) fn release_day_from(&self, day: Date) -> Option<Date> {
        let mut days = (0..AHEAD).filter_map(|ahead| day.checked_add(i64::from(ahead).days()).ok());
        days.find(|day| self.is_release_day(*day))
    }
}

/// A time zone by its name in the database of IANA.
#[derive(Clone, Debug)]
struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let unknown = || serde::de::Error::custom(format!("`{name}` is no time zone, write it like Europe/Paris"));
        TimeZone::get(&name).map(Self).map_err(|_| unknown())
    }
}

impl JsonSchema for Zone {
    fn schema_name() -> Cow<'static, str> {
        "Zone".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["Europe/Paris"]})
    }
}

/// A day of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
#[allow(missing_docs, reason = "the names say it")]
enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Day {
    fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Monday,
            Self::Tuesday => Weekday::Tuesday,
            Self::Wednesday => Weekday::Wednesday,
            Self::Thursday => Weekday::Thursday,
            Self::Friday => Weekday::Friday,
            Self::Saturday => Weekday::Saturday,
            Self::Sunday => Weekday::Sunday,
        }
    }
}

/// Days of every year, both included; from `12-20` to `01-05` it goes over the end of a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Blackout {
    from: (i8, i8),
    to: (i8, i8),
}

impl Blackout {
    fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        Some(Self { from: month_day(from)?, to: month_day(to)? })
    }

    fn holds(self, day: Date) -> bool {
        let at = (day.month(), day.day());
        if self.from <= self.to { self.from <= at && at <= self.to } else { at >= self.from || at <= self.to }
    }
}

/// `02-29` is a day of every fourth year.
fn month_day(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-')?;
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<i8>().ok())?;
    let (month, day) = (two(month)?, two(day)?);
    Date::new(date(2024, 1, 1).year(), month, day).is_ok().then_some((month, day))
}

impl<'de> Deserialize<'de> for Blackout {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let refused = || serde::de::Error::custom(format!("`{text}` are no days, write them like 08-01..08-31"));
        Self::parse(&text).ok_or_else(refused)
    }
}

impl JsonSchema for Blackout {
    fn schema_name() -> Cow<'static, str> {
        "Blackout".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": r"^\d\d-\d\d\.\.\d\d-\d\d$", "examples": ["08-01..08-31"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(text: &str) -> Calendar {
        toml::from_str(text).unwrap()
    }

    #[test]
    fn something_ships_on_the_next_release_day_outside_blackouts() {
        let thursdays = calendar("release_days = [\"thursday\"]\nblackouts = [\"08-01..08-31\", \"12-20..01-05\"]\n");
        for (from, wanted) in [
            ("2023-05-24", "2023-05-25"),
            ("2023-05-25", "2023-05-25"),
            ("2023-05-26", "2023-06-01"),
            ("2023-07-28", "2023-09-07"),
            ("2023-12-15", "2024-01-11"),
            ("2024-01-05", "2024-01-11"),
        ] {
            assert_eq!(thursdays.release_day_from(from.parse().unwrap()), Some(wanted.parse().unwrap()), "{from}");
        }
        assert_eq!(calendar("blackouts = [\"01-01..12-31\"]").release_day_from(date(2024, 1, 1)), None);
        assert_eq!(Calendar::default().release_day_from(date(2024, 2, 29)), Some(date(2024, 2, 29)));
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_zone() {
        let paris = calendar("time_zone = \"Europe/Paris\"\n");
        let at = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
        // The clock goes forward on 26 March 2023, at 01:00 UTC.
        assert_eq!(paris.day_at(at("2023-03-25T22:59:59Z")), date(2023, 3, 25));
        assert_eq!(paris.day_at(at("2023-03-25T23:00:00Z")), date(2023, 3, 26));
        assert_eq!(paris.day_at(at("2023-03-26T21:59:59Z")), date(2023, 3, 26));
        assert_eq!(paris.day_at(at("2023-03-26T22:00:00Z")), date(2023, 3, 27));
        assert_eq!(Calendar::default().day_at(at("2023-03-25T23:00:00Z")), date(2023, 3, 25));
    }
}
