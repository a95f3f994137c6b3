//! The day of a line, in UTC: ISO 8601 and what databases, languages and routers make of it, the common log format, Unix
//! time.
//!
//! `jiff` reads what the words say and refuses hours, days and minutes that there are none of; here is only which words
//! belong to a time. A leap second (`:60`) is one that a server may write. Without an offset a time is UTC.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;

/// How web servers write a time; some with a fraction and without an offset.
const COMMON: [&str; 2] = ["%d/%b/%Y:%H:%M:%S%.f %z", "%d/%b/%Y:%H:%M:%S%.f"];
/// How far a time at the start of a line may stand from it, in characters.
const LEAD: usize = 24;

/// The day of a time as text; nothing else may stand in it.
pub(super) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    common(text).or_else(|| unix(text)).or_else(|| {
        let mut words = text.split_ascii_whitespace();
        let (day, has_offset) = iso(&mut words)?;
        // Go and Ruby name the zone after its offset, Go the monotonic clock as well. A name alone says no offset.
        words.all(|word| has_offset && (is_zone(word) || word.starts_with("m="))).then_some(day)
    })
}

/// The time with which a line begins, after a few characters at most.
pub(super) enum Lead {
    /// There is none.
    None,
    /// It says no time that there is.
    Unreadable,
    /// Its day.
    Day(Date),
}

/// Looks for a time at the start of a line.
pub(super) fn leading_day(line: &str) -> Lead {
    let starts = line.char_indices().map(|(at, _)| at).take(LEAD);
    let Some(start) = starts.into_iter().find(|&at| is_date(&line[at..])) else { return Lead::None };
    let apart = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '"' | '|' | ';');
    let mut words =
        line[start..].split(apart).map(|word| word.trim_end_matches([':', ','])).filter(|it| !it.is_empty());
    iso(&mut words).map_or(Lead::Unreadable, |(day, _)| Lead::Day(day))
}

/// `2024-04-10T12:00:00.5+02:00`, `2024-04-10 12:00:00 +0200`, `2024-04-10`, as the first words, of which it takes only
/// its own; and whether an offset is among them.
fn iso<'t>(words: &mut (impl Iterator<Item = &'t str> + Clone)) -> Option<(Date, bool)> {
    let mut text = words.next()?.to_owned();
    let mut take = |fits: fn(&str) -> bool| {
        let word = words.clone().next().filter(|word| fits(word))?;
        words.next();
        Some(word)
    };
    if text.len() == "2024-04-10".len()
        && let Some(clock) = take(is_clock)
    {
        text.push('T');
        text.push_str(clock);
    }
    if let Some(offset) = take(is_offset) {
        text.push_str(if offset.starts_with(['+', '-']) { offset } else { "Z" });
    }
    let pieces = Pieces::parse(&text).ok()?;
    let offset = pieces.to_numeric_offset();
    Some((utc(pieces.date().to_datetime(pieces.time().unwrap_or_default()), offset)?, offset.is_some()))
}

/// `10/Oct/2024:13:55:36 -0700`.
fn common(text: &str) -> Option<Date> {
    let time = COMMON.iter().find_map(|form| BrokenDownTime::parse(form, text).ok())?;
    utc(time.to_datetime().ok()?, time.offset())
}

/// Seconds since 1970, or milliseconds: no number is a plausible time in both.
fn unix(text: &str) -> Option<Date> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number: i64 = whole.parse().ok().filter(|_| is_number(whole) && is_number(fraction))?;
    let readings = [Timestamp::from_second(number), Timestamp::from_millisecond(number)];
    readings.into_iter().flatten().find_map(|stamp| plausible(Offset::UTC.to_datetime(stamp).date()))
}

/// The day in UTC of a time and its offset, which is one that a zone has: 12 hours west to 14 hours east.
fn utc(time: DateTime, offset: Option<Offset>) -> Option<Date> {
    let offset = offset.unwrap_or(Offset::UTC);
    if !(-12 * 3600..=14 * 3600).contains(&offset.seconds()) {
        return None;
    }
    plausible(Offset::UTC.to_datetime(offset.to_timestamp(time).ok()?).date())
}

/// A day on which an API may have been called.
fn plausible(day: Date) -> Option<Date> {
    (1990..2200).contains(&day.year()).then_some(day)
}

/// True where a text begins with something like `2024-04-10`.
fn is_date(text: &str) -> bool {
    let form = |(byte, form): (u8, u8)| if form == b'0' { byte.is_ascii_digit() } else { byte == form };
    text.len() >= 10 && text.bytes().zip(*b"0000-00-00").all(form)
}

/// True of a word that begins like `12:00`.
fn is_clock(word: &str) -> bool {
    matches!(word.as_bytes(), [a, b, b':', ..] if a.is_ascii_digit() && b.is_ascii_digit())
}

/// True of `+0200`, `-07:00`, `+02`, and of the names of no offset at all.
fn is_offset(word: &str) -> bool {
    let digits = |rest: &str| rest.len() >= 2 && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    matches!(word, "Z" | "UTC" | "GMT") || word.strip_prefix(['+', '-']).is_some_and(digits)
}

/// True of `CEST`, and of `+03`, which is how Go names a zone that has no name.
fn is_zone(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphabetic()) || is_offset(word)
}
