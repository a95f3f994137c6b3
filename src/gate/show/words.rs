//! The sentences about a check; all of them come from the texts of a language, names stand between backticks.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::result::{AnswerKind, Answered, CheckReport, CheckedChange, Found, Judged, Waiting, Who};
use crate::gate::{Decision, Kind, Question};
use crate::render::excerpt::clip;
use crate::render::safe;
use crate::render::words::names as list;
pub(super) use crate::render::words::{code, touches};
use crate::report::{Part, Summary};
use crate::rules::Level;
use crate::text::{self, Lang, labelled, number, put};

/// The most characters of the message of what could not be told.
pub(super) const MESSAGE: usize = 2_000;
/// The most characters of a status; GitHub refuses more.
const STATUS: usize = 140;
/// How many operations or partners a sentence names.
const NAMED: usize = 5;

/// A word of the gate.
pub(super) fn word(lang: Lang, key: &str) -> &'static str {
    text::word(lang, "gate", key)
}

fn counted(lang: Lang, key: &str, count: usize) -> String {
    text::counted(lang, "gate", key, count as u64)
}

/// The word of the decision: `closed`.
pub(super) fn decision(lang: Lang, decision: Decision) -> &'static str {
    word(lang, decision.as_str())
}

/// What was asked: `may this be merged?`
pub(super) fn question(lang: Lang, question: Question) -> &'static str {
    match question {
        Question::Merge => word(lang, "merge"),
        Question::Release => word(lang, "release"),
    }
}

/// How many of each level: `1 breaking change, 2 risky changes`.
fn what(lang: Lang, changes: &[Judged<'_>]) -> String {
    let mut summary = Summary::default();
    for (_, change) in changes {
        match change.gated {
            Some(Level::Breaking) => summary.breaking += 1,
            Some(Level::Risky) => summary.risky += 1,
            Some(Level::Additive) => summary.additive += 1,
            Some(Level::Docs) => summary.docs += 1,
            None => {}
        }
    }
    crate::render::words::counts(lang, &summary).unwrap_or_default()
}

fn said(lang: Lang, key: &str, changes: &[Judged<'_>]) -> Option<String> {
    let what = what(lang, changes);
    (!changes.is_empty()).then(|| put(&counted(lang, key, changes.len()), &[("what", &what)]))
}

/// Why the decision is what it is, without a final dot.
pub(super) fn why(lang: Lang, report: &CheckReport) -> String {
    if report.decision == Decision::Unknown {
        return clip(&safe::line(report.message.as_deref().unwrap_or_default()), MESSAGE);
    }
    let closing: Vec<&Found> = report.findings(true).collect();
    let waiting = report.gated(CheckedChange::is_waiting);
    let late = report.first_day.filter(|day| *day > report.today && report.decision == Decision::Closed);
    let shipping = late.map(|day| put(word(lang, "first-day"), &[("date", &text::date(lang, day))]));
    let reasons = [
        said(lang, "unanswered", &report.gated(CheckedChange::is_open)),
        (!closing.is_empty()).then(|| counted(lang, "closing", closing.len())),
        said(lang, "waiting", &waiting),
        shipping,
    ];
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    match (reasons.as_slice(), closing.as_slice()) {
        ([_], [only]) => return finding(lang, only),
        ([], _) => {}
        (several, _) => return several.join(", "),
    }
    match said(lang, "answered", &report.gated(|_| true)) {
        Some(answered) if report.ships => format!("{answered}, {}", word(lang, "today")),
        Some(answered) => answered,
        None if report.summary.count() == 0 => word(lang, "no-change").to_owned(),
        None => word(lang, "nothing-gated").to_owned(),
    }
}

/// What a check waits for and the day, without marks, short enough for the status of a commit.
pub fn status(report: &CheckReport, lang: Lang) -> String {
    let said = labelled(lang, decision(lang, report.decision), &safe::plain_sentence(&why(lang, report)));
    clip(&said, STATUS)
}

/// What a finding says, without a final dot.
pub(super) fn finding(lang: Lang, found: &Found) -> String {
    filled(lang, word_of(lang, found.kind.as_str()).unwrap_or_else(|| found.kind.as_str()), &found.args)
}

/// What a kind of finding, or a remark about the decision, says of anything.
pub(super) fn of_rule(lang: Lang, rule: &str) -> String {
    let Some(kind) = Kind::all().find(|kind| kind.as_str() == rule) else {
        return text::texts(lang).get("gate", &format!("rule-{rule}")).unwrap_or(rule).to_owned();
    };
    let args: Vec<(&str, &str)> = kind.placeholders().iter().chain(&["subject"]).map(|name| (*name, "…")).collect();
    put(word_of(lang, kind.as_str()).unwrap_or_else(|| kind.as_str()), &args)
}

/// The way out of a finding, where there is one.
pub(super) fn way_out(lang: Lang, found: &Found) -> Option<String> {
    let template = word_of(lang, &format!("{}-advice", found.kind.as_str()))?;
    Some(filled(lang, template, &found.args))
}

fn word_of(lang: Lang, key: &str) -> Option<&'static str> {
    text::texts(lang).get("findings", key)
}

/// Placeholders that are days, and those that are numbers; any other is a name.
const DAYS: &[&str] = &["day", "date", "from", "to", "earliest"];
const NUMBERS: &[&str] = &["days", "count", "shipped", "total"];

fn filled(lang: Lang, template: &str, args: &BTreeMap<String, String>) -> String {
    let shown = |name: &str, value: &str| {
        let day = DAYS.contains(&name).then(|| value.parse::<Date>().ok()).flatten();
        let count = NUMBERS.contains(&name).then(|| value.parse::<u64>().ok()).flatten();
        match (day, count) {
            (Some(day), _) => text::date(lang, day),
            (None, Some(count)) => number(lang, count),
            (None, None) => code(value),
        }
    };
    let values: Vec<(&str, String)> = args.iter().map(|(name, value)| (name.as_str(), shown(name, value))).collect();
    put(template, &values.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
}

/// What answers a change; nothing where nothing does.
pub(super) fn answer(lang: Lang, answer: &Answered) -> String {
    let id = code(answer.id.as_deref().unwrap_or_default());
    let until = answer.until.map(|day| text::date(lang, day));
    let on = |key: &str, date: &str| put(word(lang, key), &[("id", &id), ("date", date)]);
    match (answer.kind, until) {
        (AnswerKind::Notice, until) => {
            let stage = if answer.announced == Some(true) { "announced" } else { "drafted" };
            until.map_or_else(|| on(stage, ""), |date| on(&format!("{stage}-for"), &date))
        }
        (AnswerKind::Acceptance, until) => {
            let why = answer.why.map(|why| word(lang, &format!("because-{}", why.as_str()))).unwrap_or_default();
            let (key, by) = match &answer.by {
                Some(by) => ("accepted-by", code(by)),
                None => ("accepted", String::new()),
            };
            let date = until.unwrap_or_default();
            put(word(lang, key), &[("id", &id), ("date", &date), ("why", why), ("by", &by)])
        }
        (AnswerKind::Untouched, _) => {
            let observed = answer.by.as_deref() == Some("observed");
            word(lang, if observed { "untouched-observed" } else { "untouched-declared" }).to_owned()
        }
        (AnswerKind::Exempt, _) => on("exempt", ""),
        (AnswerKind::Restored, _) => on("restored", ""),
    }
}

/// What answers changes of an entry, each once.
pub(super) fn answers(lang: Lang, change: &CheckedChange) -> Option<String> {
    let all: Vec<String> = change.answer.iter().chain(&change.other_answers).map(|it| answer(lang, it)).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// What of an entry is left open, as a sentence: the changes that nothing answers, or the operations that a notice does not
/// speak of; nothing where it is answered, or open as a whole.
pub(super) fn unspoken(lang: Lang, change: &CheckedChange) -> Option<String> {
    if !change.open_parts.is_empty() {
        let named = change.change.parts.iter().filter(|part| change.open_parts.contains(&part.fingerprint));
        let name = |part: &Part| if part.subject.is_empty() { part.fingerprint.clone() } else { part.subject.clone() };
        return Some(put(word(lang, "open-parts"), &[("parts", &list(lang, &named.map(name).collect::<Vec<_>>()))]));
    }
    let answer = change.answer.as_ref().filter(|answer| !answer.is_whole())?;
    let (id, operations) = (code(answer.id.as_deref().unwrap_or_default()), list(lang, &answer.open_operations));
    Some(put(word(lang, "partly"), &[("id", &id), ("operations", &operations)]))
}

/// Whom a change waits for, a phrase a day, the soonest first.
pub(super) fn waits(lang: Lang, waits: &[Waiting]) -> Vec<String> {
    let mut days: BTreeMap<Date, Vec<&Waiting>> = BTreeMap::new();
    for wait in waits {
        days.entry(wait.until).or_default().push(wait);
    }
    let phrase = |(day, waits): (Date, Vec<&Waiting>)| {
        let named: Vec<String> = waits.iter().filter_map(|wait| wait.partner.clone()).collect();
        let unnamed = waits.iter().filter(|wait| wait.who == Who::Partner && wait.partner.is_none()).count();
        let public = waits.iter().any(|wait| wait.who == Who::Public);
        let who = [
            (!named.is_empty()).then(|| list(lang, &named)),
            (unnamed > 0).then(|| counted(lang, "partners", unnamed)),
            public.then(|| word(lang, "public").to_owned()),
        ];
        let who = who.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let date = text::date(lang, day);
        let key = if who.is_empty() { "until" } else { "until-for" };
        put(word(lang, key), &[("date", &date), ("who", &who)])
    };
    let left = days.len().saturating_sub(NAMED);
    let mut out: Vec<String> = days.into_iter().take(NAMED).map(phrase).collect();
    out.extend((left > 0).then(|| crate::render::words::counted(lang, "and-more", left as u64)));
    out
}

/// How many changes need no answer, where some do not.
pub(super) fn ungated(lang: Lang, report: &CheckReport) -> Option<String> {
    let mut summary = Summary::default();
    for (_, change) in report.changes().filter(|(_, change)| change.gated.is_none()) {
        match change.change.level {
            Level::Breaking => summary.breaking += 1,
            Level::Risky => summary.risky += 1,
            Level::Additive => summary.additive += 1,
            Level::Docs => summary.docs += 1,
        }
    }
    let what = crate::render::words::counts(lang, &summary)?;
    let count = usize::try_from(summary.count()).unwrap_or(usize::MAX);
    Some(put(&counted(lang, "no-answer", count), &[("what", &what)]))
}
