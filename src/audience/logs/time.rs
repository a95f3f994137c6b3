//! The day of a line, in UTC: ISO 8601 and what databases and routers make of it, the common log format, Unix time.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

/// The months of the common log format.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day of a time as text.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    iso(text).or_else(|| common(text)).or_else(|| unix(text))
}

/// The day of a time with which a line begins, after at most a few characters.
pub(super) fn leading_day(line: &str) -> Option<Date> {
    let start = line.char_indices().take(24).find(|(_, c)| c.is_ascii_digit())?.0;
    iso(&line[start..])
}

/// `2024-04-10T12:00:00.5+02:00`, `2024-04-10 12:00:00 +0200 CEST`, `2024-04-10`; without an offset it is UTC.
fn iso(text: &str) -> Option<Date> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let rest = text.get(10..)?;
    let Some((hour, minute, tail)) = rest.strip_prefix(['T', ' ']).and_then(clock) else { return Some(date) };
    moved(date, hour, minute, offset(tail))
}

/// `10/Oct/2024:13:55:36 -0700`.
fn common(text: &str) -> Option<Date> {
    let (day, rest) = text.split_once('/')?;
    let (month, rest) = rest.split_once('/')?;
    let (year, rest) = rest.split_once(':')?;
    let month = MONTHS.iter().position(|known| month.eq_ignore_ascii_case(known))?;
    let date = Date::new(year.parse().ok()?, i8::try_from(month + 1).ok()?, day.parse().ok()?).ok()?;
    let (hour, minute, tail) = clock(rest)?;
    moved(date, hour, minute, offset(tail))
}

/// Seconds since 1970, milliseconds where they would lie thousands of years ahead.
fn unix(text: &str) -> Option<Date> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let number: i64 = whole.parse().ok().filter(|_| fraction.bytes().all(|byte| byte.is_ascii_digit()))?;
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    let stamp = Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(stamp).date())
}

/// Hours and minutes, and what follows the seconds.
fn clock(text: &str) -> Option<(i64, i64, &str)> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok().filter(|n| (0..60).contains(n));
    let (hour, minute) = (number(0..2)?, number(3..5)?);
    let tail = text.get(5..)?.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ','));
    Some((hour, minute, tail))
}

/// The minutes of an offset, east of Greenwich.
fn offset(text: &str) -> i64 {
    let text = text.trim_start();
    let Some(sign) = text.chars().next().filter(|c| matches!(c, '+' | '-')) else { return 0 };
    let digits: String = text[1..].chars().filter(|&c| c != ':').take_while(char::is_ascii_digit).take(4).collect();
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|n| n.parse::<i64>().ok()).unwrap_or(0);
    let minutes = number(0..2) * 60 + number(2..4);
    if sign == '-' { -minutes } else { minutes }
}

fn moved(date: Date, hour: i64, minute: i64, offset: i64) -> Option<Date> {
    let minutes = hour * 60 + minute - offset;
    let start: DateTime = date.to_datetime(jiff::civil::Time::midnight());
    let moved = start.checked_add(SignedDuration::from_mins(minutes)).ok()?;
    (1990..2200).contains(&moved.year()).then(|| moved.date())
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_in_utc() {
        for (text, said) in [
            ("2024-04-10", Some("2024-04-10")),
            ("2024-04-10T23:30:00-01:00", Some("2024-04-11")),
            ("2024-04-10 00:30:00.123456 +0200 CEST", Some("2024-04-09")),
            ("2024-04-10 12:00:00 UTC", Some("2024-04-10")),
            ("01/Mar/2024:00:00:01 +0100", Some("2024-02-29")),
            ("1712743200", Some("2024-04-10")),
            ("1712743200123", Some("2024-04-10")),
            ("1712743200.5", Some("2024-04-10")),
            ("31/Feb/2024:00:00:00 +0000", None),
            ("9999-12-31T23:59:59-10:00", None),
            ("é024-04-10", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), said, "{text}");
        }
    }
}
