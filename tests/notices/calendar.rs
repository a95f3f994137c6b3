//! Calendar files, read back by a parser that shares nothing with the writer.

use ical::parser::ical::component::IcalEvent;
use jiff::civil::date;
use preavis::notice::message::calendar;
use preavis::text::Lang;

use super::sample::{at, stories, told};

fn event(ics: &str) -> IcalEvent {
    let mut calendars: Vec<_> = ical::IcalParser::new(ics.as_bytes()).collect();
    assert_eq!(calendars.len(), 1);
    let mut calendar = calendars.remove(0).expect("a calendar");
    assert_eq!(calendar.events.len(), 1);
    calendar.events.remove(0)
}

fn value<'e>(event: &'e IcalEvent, name: &str) -> Option<&'e str> {
    event.properties.iter().find(|property| property.name == name)?.value.as_deref()
}

#[test]
fn calendars_follow_a_notice_through_its_revisions() {
    let rows = [
        (0, "0", "20240307", "20240308", "CONFIRMED", 1),
        (3, "1", "20240307", "20240308", "CONFIRMED", 1),
        (4, "1", "20240307", "20240308", "CANCELLED", 0),
    ];
    for (ix, sequence, start, end, status, alarms) in rows {
        let ics = calendar(&told(&stories()[ix], Lang::Fr), at()).expect("a day");
        let event = event(&ics);
        let said = |name: &str| value(&event, name).unwrap_or_default();
        assert_eq!(said("UID"), "N2024-003@contract.example.org");
        assert_eq!((said("SEQUENCE"), said("DTSTART"), said("DTEND")), (sequence, start, end));
        assert_eq!((said("STATUS"), said("DTSTAMP")), (status, "20240206T100003Z"));
        assert_eq!(
            said("SUMMARY"),
            "Appointments API\u{a0}: «\u{a0}online\u{a0}» devient «\u{a0}bookable_online\u{a0}»"
        );
        assert_eq!(said("URL"), "https://contract.example.org/n/N2024-003.html");
        assert_eq!(event.alarms.len(), alarms);
    }
    // A notice whose author forgot to raise the revision still moves in calendars.
    let mut story = stories().remove(3);
    story.1.front.revision = 1;
    assert_eq!(value(&event(&calendar(&told(&story, Lang::Fr), at()).expect("a day")), "SEQUENCE"), Some("1"));
}

#[test]
fn lines_are_folded_between_characters_and_texts_are_escaped() {
    let mut story = stories().remove(0);
    for (ix, fold) in (0..80).map(|n| "x".repeat(n)).enumerate() {
        let title = format!("{fold}éàü\u{1f4c5}; a, b\\c {}", "é".repeat(60));
        story.1.prose.iter_mut().for_each(|prose| prose.title.clone_from(&title));
        let ics = calendar(&told(&story, Lang::Fr), at()).expect("a day");
        assert!(ics.ends_with("END:VCALENDAR\r\n") && !ics.replace("\r\n", "").contains(['\r', '\n']));
        assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ix}: {ics}");
        let escaped = title.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
        let summary = event(&ics);
        assert_eq!(value(&summary, "SUMMARY"), Some(format!("Appointments API\u{a0}: {escaped}").as_str()));
    }
}

#[test]
fn without_a_day_there_is_no_calendar() {
    let mut story = stories().remove(0);
    story.1.front.effective_on = None;
    assert_eq!(calendar(&told(&story, Lang::En), at()), None);
    // The end of the calendar's last year is a day like any other, or none; never a panic.
    story.1.front.effective_on = Some(preavis::notice::Day(date(9999, 12, 31)));
    assert_eq!(calendar(&told(&story, Lang::En), at()), None);
}
