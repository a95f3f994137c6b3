//! The one line people read: action, date, title.

use super::Variant;
use super::build::Input;
use super::words::{counted, day, labelled, level, name, said, ui};
use crate::render::excerpt::clip;
use crate::render::safe;
use crate::report::{ApiReport, Change};
use crate::rules::Level;

/// How many changes a composed title names.
const NAMED: usize = 3;
/// The most characters of a title and of a subject.
const LONG: usize = 200;

/// The title people wrote; else the names of what changes.
pub(super) fn title(input: &Input<'_>) -> String {
    let written = input.notice.prose(input.lang).map(|prose| safe::line(&prose.title)).unwrap_or_default();
    if !written.trim().is_empty() {
        return clip(written.trim(), LONG);
    }
    let mut names: Vec<String> = Vec::new();
    let all = input.facts.apis.iter().flat_map(|api| api.changes.iter().map(move |change| (api, change)));
    // Edited words are named only where nothing else changed.
    let wire = input.facts.apis.iter().flat_map(|api| &api.changes).any(|change| change.level < Level::Docs);
    for (api, change) in all.filter(|(_, change)| !wire || change.level < Level::Docs) {
        let found = subject_of(api, change);
        if !names.contains(&found) {
            names.push(found);
        }
    }
    let left = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    match (names.split_last(), left) {
        (None, _) => input.notice.front.id.clone(),
        (Some(_), 1..) => counted(input.lang, "and-others", left as u64, &[("names", &names.join(", "))]),
        (Some((only, [])), 0) => only.clone(),
        (Some((last, first)), 0) => format!("{} {} {last}", first.join(", "), ui(input.lang, "and", &[])),
    }
}

/// What a change is about: `appointment.status`, `per_page`, else its first operation.
fn subject_of(api: &ApiReport, change: &Change) -> String {
    let path = change.at.path.as_str();
    let path =
        ["query:", "header:", "path:", "cookie:"].iter().find_map(|kind| path.strip_prefix(kind)).unwrap_or(path);
    let path = Some(path).filter(|path| !path.is_empty());
    let place: Vec<&str> = change.at.component.as_deref().into_iter().chain(path).collect();
    let uses = api.operations(change);
    match (place.as_slice(), uses.first()) {
        ([], Some(first)) => name(&format!("{} {}", first.method, first.path)),
        ([], None) => name(&change.rule),
        (place, _) => name(&place.join(".")),
    }
}

/// The subject of a message.
pub(super) fn subject(input: &Input<'_>, title: &str) -> String {
    let lang = input.lang;
    let title = safe::spoken(lang, title);
    let said = match input.variant {
        Variant::Announcement => action(input, &title),
        Variant::Reminder => said(lang, "reminder", &[("action", &lower(&action(input, &title)))]),
        Variant::Correction => labelled(lang, &ui(lang, "correction", &[]), &title),
        Variant::Postponement => match moved(input) {
            Some(moved) => labelled(lang, &moved, &title),
            None => action(input, &title),
        },
        Variant::Cancellation => labelled(lang, &ui(lang, "cancelled", &[]), &title),
        Variant::Shipped => labelled(lang, &said(lang, "shipped", &[]), &title),
        Variant::Emergency => labelled(lang, &said(lang, "emergency", &[]), &title),
    };
    clip(&said, LONG)
}

/// What is asked, by when, of what.
fn action(input: &Input<'_>, title: &str) -> String {
    let asked = input.notice.front.kind.level();
    let word = level(input.lang, asked).word;
    let ahead = input.notice.front.effective_on.map(|day| day.0).filter(|day| *day >= input.today);
    let Some(date) = ahead else { return labelled(input.lang, &word, title) };
    let key = if asked <= Level::Risky { "subject-due" } else { "subject-on" };
    said(input.lang, key, &[("action", &word), ("date", &day(input.lang, date)), ("title", title)])
}

/// `New date, 23 March 2023 instead of 9 March 2023`
fn moved(input: &Input<'_>) -> Option<String> {
    let front = &input.notice.front;
    let date = day(input.lang, front.effective_on?.0);
    Some(match front.postponed_from.last() {
        Some(old) => said(input.lang, "new-date-from", &[("date", &date), ("old", &day(input.lang, old.0))]),
        None => said(input.lang, "new-date", &[("date", &date)]),
    })
}

/// `New date: 23 March 2023 (instead of 9 March 2023)`
pub(super) fn new_date(input: &Input<'_>) -> Option<String> {
    let front = &input.notice.front;
    let date = day(input.lang, front.effective_on?.0);
    let old = front.postponed_from.last().map(|old| day(input.lang, old.0));
    old.map(|old| ui(input.lang, "postponed", &[("date", &date), ("old", &old)])).or_else(|| moved(input))
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}
