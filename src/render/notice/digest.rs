//! Several notices at once: what to prepare, what arrived, what was cancelled and what is coming.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::Variant;
use super::build::{self, Input};
use super::view::{Addressee, LevelWord, NoticeView, Reference, Sender};
use super::words::{counted, day, labels, said};
use crate::config::{Mail, Site};
use crate::notice::{Notice, Standing, State};
use crate::render::rich::Rich;
use crate::render::words::counted as counted_ui;
use crate::report::Report;
use crate::text::Lang;

/// One notice of a digest: only such as concern its reader.
#[derive(Clone, Copy, Debug)]
pub struct Digest<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// The report of the changes it covers.
    pub facts: &'a Report,
    /// Where it stands.
    pub standing: &'a Standing,
}

/// What a digest is made of.
#[derive(Clone, Copy, Debug)]
pub struct DigestInput<'a> {
    /// The notices, in any order.
    pub notices: &'a [Digest<'a>],
    /// What is told about: the title of the API or of the site.
    pub title: &'a str,
    /// Whom it is written to.
    pub partner: Option<&'a Addressee>,
    /// The first day of the period.
    pub from: Date,
    /// The last day of the period.
    pub to: Date,
    /// The language.
    pub lang: Lang,
    /// The published site.
    pub site: &'a Site,
    /// The sender.
    pub mail: &'a Mail,
}

/// A digest as its templates see it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct DigestView {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// The language.
    pub lang: Lang,
    /// One line: what, which period, how much to prepare.
    pub subject: String,
    /// What is told about.
    pub api: String,
    /// Whom it is written to.
    pub partner: Option<Addressee>,
    /// The first day, `2023-02-06`.
    pub from: String,
    /// The last day, `2023-02-13`.
    pub to: String,
    /// What there is, in the order in which it matters; none of them is empty.
    pub groups: Vec<Group>,
    /// The calendar of all that is coming.
    pub calendar: Option<String>,
    /// Everything there was.
    pub history: Option<String>,
    /// Who sends it.
    pub sender: Sender,
    /// Fixed words by name.
    pub words: BTreeMap<String, String>,
}

/// The notices of one sort.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Group {
    /// `To do before 9 March 2023`
    pub heading: String,
    /// The notices.
    pub entries: Vec<Line>,
}

/// One notice of a digest.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// The id of the notice.
    pub id: String,
    /// How much it matters.
    pub level: LevelWord,
    /// Its title, names between backticks where nobody wrote one.
    pub title: String,
    /// The language of the title, where it is not that of the page.
    pub title_lang: Option<Lang>,
    /// In one sentence or two.
    pub summary: Option<Rich>,
    /// What happened or happens, as sentences.
    pub notes: Vec<String>,
    /// Where to find it.
    pub reference: Reference,
}

/// The sorts, in the order of a digest; what has a day is sorted by it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    ToDo(Option<Date>),
    Shipped,
    Cancelled,
    Coming,
}

/// The digest of a period; `None` where there is nothing to say. Drafts, and what nobody was told of before it was
/// taken back, are nothing.
pub fn digest(input: &DigestInput<'_>) -> Option<DigestView> {
    let mut sorted: Vec<(Sort, Date, &Digest<'_>)> =
        input.notices.iter().filter_map(|one| sort(input, one).map(|(sort, day)| (sort, day, one))).collect();
    sorted.sort_by(|a, b| (order(a.0), a.1, &a.2.notice.front.id).cmp(&(order(b.0), b.1, &b.2.notice.front.id)));
    let to_prepare = sorted.iter().filter(|(sort, ..)| matches!(sort, Sort::ToDo(_))).count() as u64;
    let total = sorted.len() as u64;
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for (sort, _, one) in sorted {
        if last != Some(sort) {
            groups.push(Group { heading: heading(input.lang, sort), entries: Vec::new() });
            last = Some(sort);
        }
        groups.last_mut()?.entries.push(line(input, sort, one));
    }
    let lang = input.lang;
    let what = match to_prepare {
        0 => counted_ui(lang, "changes", total),
        some => counted(lang, "to-prepare", some, &[]),
    };
    let period = [("from", &*day(lang, input.from)), ("to", &*day(lang, input.to))];
    let args = [("api", input.title), period[0], period[1], ("what", &*what)];
    (!groups.is_empty()).then(|| DigestView {
        version: 1,
        lang,
        subject: said(lang, "digest-subject", &args),
        api: input.title.to_owned(),
        partner: input.partner.cloned(),
        from: input.from.to_string(),
        to: input.to.to_string(),
        groups,
        calendar: super::address(input.site, "upcoming.ics"),
        history: super::address(input.site, ""),
        sender: build::sender(input.mail, lang, input.partner.is_some()),
        words: labels(lang),
    })
}

/// What has no day comes after what has one.
fn order(sort: Sort) -> (u8, Option<Date>) {
    match sort {
        Sort::ToDo(Some(day)) => (0, Some(day)),
        Sort::ToDo(None) => (1, None),
        Sort::Shipped => (2, None),
        Sort::Cancelled => (3, None),
        Sort::Coming => (4, None),
    }
}

/// Where a notice belongs and its day there; `None` where the period has nothing to say of it.
fn sort(input: &DigestInput<'_>, one: &Digest<'_>) -> Option<(Sort, Date)> {
    let (front, standing) = (&one.notice.front, one.standing);
    let within = |day: &Date| (input.from..=input.to).contains(day);
    let told = front.announced_on.map(|day| day.0).filter(|day| *day <= input.to);
    let due = front.effective_on.map(|day| day.0);
    match standing.state {
        State::Draft => None,
        State::Shipped => standing.shipped_on.filter(within).map(|day| (Sort::Shipped, day)),
        State::Withdrawn => {
            let day = front.withdrawn_on.map(|day| day.0).filter(within)?;
            told.filter(|told| *told <= day).map(|_| (Sort::Cancelled, day))
        }
        State::Reverted => {
            let day = standing.reverted_on.filter(within)?;
            told.filter(|told| *told <= day).map(|_| (Sort::Cancelled, day))
        }
        State::Announced | State::PartiallyShipped if front.kind.asks() => {
            told.map(|told| (Sort::ToDo(due.filter(|due| *due > input.to)), due.unwrap_or(told)))
        }
        // What asks for nothing is said once, when it is announced.
        State::Announced | State::PartiallyShipped => {
            told.filter(within).map(|told| (Sort::Coming, due.unwrap_or(told)))
        }
    }
}

fn heading(lang: Lang, sort: Sort) -> String {
    match sort {
        Sort::ToDo(Some(date)) => said(lang, "digest-to-do-before", &[("date", &day(lang, date))]),
        Sort::ToDo(None) => said(lang, "digest-to-do", &[]),
        Sort::Shipped => said(lang, "digest-shipped", &[]),
        Sort::Cancelled => said(lang, "digest-cancelled", &[]),
        Sort::Coming => said(lang, "digest-coming", &[]),
    }
}

fn line(input: &DigestInput<'_>, sort: Sort, one: &Digest<'_>) -> Line {
    let variant = match sort {
        Sort::ToDo(_) | Sort::Coming => Variant::Announcement,
        Sort::Shipped => Variant::Shipped,
        Sort::Cancelled => Variant::Cancellation,
    };
    let NoticeView { id, level, title, title_lang, summary, reference, .. } = build::view(&Input {
        notice: one.notice,
        facts: one.facts,
        standing: Some(one.standing),
        variant,
        partner: input.partner,
        why: &[],
        lang: input.lang,
        today: input.to,
        site: input.site,
        mail: input.mail,
    });
    let summary = summary.filter(|_| sort != Sort::Cancelled);
    Line { id, level, title, title_lang, summary, notes: notes(input.lang, sort, one), reference }
}

fn notes(lang: Lang, sort: Sort, one: &Digest<'_>) -> Vec<String> {
    let (front, standing) = (&one.notice.front, one.standing);
    let on = |key: &str, at: Option<Date>| at.map(|at| said(lang, key, &[("date", &day(lang, at))]));
    let notes = match sort {
        Sort::ToDo(Some(_)) => [None, None],
        Sort::ToDo(None) | Sort::Coming => [on("due", front.effective_on.map(|day| day.0)), None],
        Sort::Shipped => [on("since", standing.shipped_on), standing.late_by.map(|_| said(lang, "late", &[]))],
        Sort::Cancelled => {
            let end = standing.reverted_on.or(front.withdrawn_on.map(|day| day.0));
            [front.announced_on.map(|day| day.0).zip(end).map(|(told, end)| cancelled(lang, told, end)), None]
        }
    };
    notes.into_iter().flatten().collect()
}

fn cancelled(lang: Lang, told: Date, end: Date) -> String {
    let key = if told == end { "announced-cancelled-at-once" } else { "announced-cancelled" };
    said(lang, key, &[("date", &day(lang, told)), ("end", &day(lang, end))])
}
