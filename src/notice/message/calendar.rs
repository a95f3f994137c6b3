//! The day of a notice as iCalendar (RFC 5545): an all-day event that calendars follow through every revision.

use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};

use super::view::{Event, NoticeView};
use crate::render::safe;

/// The most octets of a line, without its end (RFC 5545 §3.1).
const LINE: usize = 75;

/// The events of a notice alone, for a calendar of several: its day, and the others it names. `None` where there is no day.
pub fn event(view: &NoticeView, stamp: Timestamp) -> Option<String> {
    let whole = calendar(view, stamp)?;
    let (start, end) = (whole.find("BEGIN:VEVENT")?, whole.rfind("END:VCALENDAR")?);
    let mut out = whole.get(start..end)?.to_owned();
    let event = view.event.as_ref()?;
    for other in &event.also {
        let (Ok(day), at) = (other.day.parse::<Date>(), stamp.to_zoned(TimeZone::UTC)) else { continue };
        let Ok(next) = day.checked_add(Span::new().days(1)) else { continue };
        fold("BEGIN:VEVENT", &mut out);
        out.push_str(&property("UID", &other.uid));
        fold(&format!("DTSTAMP:{}", at.strftime("%Y%m%dT%H%M%SZ")), &mut out);
        fold(&format!("SEQUENCE:{}", event.sequence), &mut out);
        fold(&format!("DTSTART;VALUE=DATE:{}", compact(day)), &mut out);
        fold(&format!("DTEND;VALUE=DATE:{}", compact(next)), &mut out);
        out.push_str(&property(&format!("SUMMARY;LANGUAGE={}", view.lang.as_str()), &other.summary));
        fold("TRANSP:TRANSPARENT", &mut out);
        fold("END:VEVENT", &mut out);
    }
    Some(out)
}

/// The calendar file of a notice, stamped with an instant; `None` where there is no day. Lines end with CRLF.
///
/// A later date and a withdrawal are told by the same `UID` with a higher `SEQUENCE` (RFC 5545 §3.8.7.4).
pub fn calendar(view: &NoticeView, stamp: Timestamp) -> Option<String> {
    let event = view.event.as_ref()?;
    let day: Date = event.day.parse().ok()?;
    let next = day.checked_add(Span::new().days(1)).ok()?;
    let stamp = stamp.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    let lang = view.lang.as_str();
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut line = |name: &str, value: &str| lines.push((name.to_owned(), value.to_owned()));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", &format!("-//preavis//notice 1//{}", lang.to_uppercase()));
    line("METHOD", "PUBLISH");
    line("BEGIN", "VEVENT");
    line("UID", &text(&event.uid));
    line("DTSTAMP", &stamp);
    line("SEQUENCE", &event.sequence.to_string());
    line("DTSTART;VALUE=DATE", &compact(day));
    // The end is the day after: it is not part of the event (RFC 5545 §3.6.1).
    line("DTEND;VALUE=DATE", &compact(next));
    line(&format!("SUMMARY;LANGUAGE={lang}"), &text(&event.summary));
    if let Some(description) = description(view) {
        line(&format!("DESCRIPTION;LANGUAGE={lang}"), &text(&description));
    }
    if let Some(page) = &view.reference.page {
        line("URL", &safe::line(page).replace(' ', "%20"));
    }
    line("STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    line("TRANSP", "TRANSPARENT");
    line("CATEGORIES", &format!("API,{}", text(&view.level.word)));
    alarm(event, &mut line);
    line("END", "VEVENT");
    line("END", "VCALENDAR");
    let mut out = String::new();
    for (name, value) in lines {
        fold(&format!("{name}:{value}"), &mut out);
    }
    Some(out)
}

/// A property whose value is a text, folded.
pub(crate) fn property(name: &str, value: &str) -> String {
    let mut out = String::new();
    fold(&format!("{name}:{}", text(value)), &mut out);
    out
}

/// Nobody wants to be reminded of what was cancelled.
fn alarm(event: &Event, line: &mut impl FnMut(&str, &str)) {
    if event.cancelled {
        return;
    }
    line("BEGIN", "VALARM");
    line("ACTION", "DISPLAY");
    line("DESCRIPTION", &text(&event.reminder));
    line("TRIGGER", "-P7D");
    line("END", "VALARM");
}

fn description(view: &NoticeView) -> Option<String> {
    let opening = view.opening.iter().map(|said| safe::spoken(view.lang, said));
    let summary = view.summary.as_ref().map(|summary| summary.text.clone());
    let said: Vec<String> = opening.chain(summary).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A value of type TEXT (RFC 5545 §3.3.11).
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in safe::block(value).chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', c]),
            other => out.push(other),
        }
    }
    out
}

/// A content line in pieces of at most 75 octets, no character cut in two; what follows begins with a space. No piece
/// ends in a space, which readers that trim lines would lose.
fn fold(line: &str, out: &mut String) {
    let mut room = LINE;
    for c in line.chars() {
        if c.len_utf8() > room {
            let space = out.ends_with(' ');
            out.truncate(out.len() - usize::from(space));
            out.push_str(if space { "\r\n  " } else { "\r\n " });
            room = LINE - 1 - usize::from(space);
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}
