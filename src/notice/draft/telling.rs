//! The changes of a draft in words: a title, what happens to who does nothing, before and after, what to do.

use std::fmt::Write as _;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::Draft;
use crate::render::{excerpt, exchange, safe, words};
use crate::report::{self, ApiReport, Change, Report, summary as said};
use crate::text::{self, Arg, Lang};

/// How many changes are written out; the facts beside the notice hold all.
const WRITTEN: usize = 20;
/// How many of them the summary names.
const SUMMED: usize = 3;
/// How many additions are named beside them.
const BESIDE: usize = 6;
/// How many operations are named for each.
const NAMED: usize = 5;

/// The entries with their APIs.
fn each(facts: &Report) -> impl Iterator<Item = (&ApiReport, &Change)> {
    facts.apis.iter().flat_map(|api| api.changes.iter().map(move |change| (api, change)))
}

/// The old and the new name of what was probably renamed.
pub(super) fn renamed(change: &Change) -> Option<(&str, &str)> {
    let to = change.hint.as_ref()?.renamed_to.as_deref()?;
    let from = change.at.path.rsplit(['.', ':']).next()?;
    (!from.is_empty()).then_some((from, to))
}

/// An operation that went and the one that may stand in for it.
fn moved(change: &Change) -> Option<(String, &str)> {
    let Some(Arg::Code(from)) = change.args.get("operation") else { return None };
    Some((from.clone(), change.hint.as_ref()?.renamed_to.as_deref()?))
}

fn named(lang: Lang, key: &str, (from, to): (&str, &str)) -> String {
    let (from, to) = (safe::code(from), safe::code(to));
    text::put(text::word(lang, "drafts", key), &[("from", &from), ("to", &to)])
}

/// What the first change is, and how many others there are that it does not say.
pub(super) fn title(draft: &Draft<'_>, lang: Lang) -> String {
    let one =
        |change: &Change| renamed(change).map_or_else(|| said(lang, change), |names| named(lang, "renamed", names));
    let facts = draft.entries(lang);
    let titles = distinct(each(&facts).map(|(_, change)| one(change)));
    match titles.as_slice() {
        [] => draft.id.to_owned(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} {}", text::counted(lang, "drafts", "more", rest.len() as u64)),
    }
}

/// The first changes, a sentence each.
pub(super) fn summary(draft: &Draft<'_>, lang: Lang) -> String {
    let facts = draft.entries(lang);
    let sentences = distinct(each(&facts).map(|(_, change)| format!("{}.", said(lang, change))));
    sentences[..sentences.len().min(SUMMED)].join(" ")
}

/// What happens to who does nothing: said of the rule and its names, else the first sentence of the rule's page.
pub(super) fn consequences(draft: &Draft<'_>, lang: Lang) -> String {
    let facts = draft.entries(lang);
    // What writes is no filter.
    let writes =
        |change: &Change| change.rule == "parameter-removed" && change.operations.iter().all(|at| at.method != "GET");
    let of = |change: &Change| match text::texts(lang).get("consequences", &change.rule) {
        Some(_) if writes(change) => Some(text::fill(text::word(lang, "drafts", "ignored"), lang, &change.args)),
        Some(text) => Some(text::fill_several(text, lang, &change.args, &report::values(change))),
        None => Some(first_sentence(text::page(&change.rule, lang)?.explanation).to_owned()),
    };
    list("-", &distinct(each(&facts).filter_map(|(_, change)| of(change)).map(|text| text::capitalised(&text))))
}

/// What to do, a step a line: for a new name its own words, else the advice of the rule.
pub(super) fn steps(draft: &Draft<'_>, lang: Lang) -> String {
    let of = |change: &Change| {
        let sent = change.rule.contains("parameter") || change.rule.starts_with("request-");
        let key = if sent { "step-renamed-sent" } else { "step-renamed-read" };
        match (renamed(change), moved(change)) {
            (Some(names), _) => Some(named(lang, key, names)),
            (None, Some((from, to))) => Some(named(lang, "step-moved", (&from, to))),
            (None, None) => text::page(&change.rule, lang).map(|page| page.advice.to_owned()),
        }
    };
    let facts = draft.entries(lang);
    list("1.", &distinct(each(&facts).filter_map(|(_, change)| of(change))))
}

fn distinct(lines: impl Iterator<Item = String>) -> Vec<String> {
    lines.collect::<IndexSet<_>>().into_iter().collect()
}

/// Lines as a list; one alone needs no mark.
fn list(mark: &str, lines: &[String]) -> String {
    if let [only] = lines { only.clone() } else { marked(mark, lines) }
}

fn marked(mark: &str, lines: &[String]) -> String {
    let number = |ix: usize| if mark == "-" { mark.to_owned() } else { format!("{}.", ix + 1) };
    let lines: Vec<String> = lines.iter().enumerate().map(|(ix, line)| format!("{} {line}", number(ix))).collect();
    lines.join("\n")
}

/// The first sentence of a text: up to the first dot that a space follows.
fn first_sentence(text: &str) -> &str {
    text.find(". ").map_or(text, |at| &text[..=at])
}

/// The changes with the operations they reach, before and after; those that say the same are one.
pub(super) fn changes(draft: &Draft<'_>, lang: Lang) -> String {
    let facts = draft.entries(lang);
    let mut groups: IndexMap<String, Vec<(&ApiReport, &Change)>> = IndexMap::new();
    for (api, change) in each(&facts) {
        groups.entry(said(lang, change)).or_default().push((api, change));
    }
    let mut out = String::new();
    for (ix, (sentence, same)) in groups.iter().take(WRITTEN).enumerate() {
        let _ = writeln!(out, "{}. {sentence}.", ix + 1);
        let also = same.iter().flat_map(|(_, change)| report::said(lang, change).into_iter().skip(1));
        out.push_str(&distinct(also.map(|said| format!("   {}.\n", said.sentence))).concat());
        out.push_str(&operations(lang, sentence, same));
        if let [(_, first), ..] = same.as_slice() {
            out.push_str(&before_and_after(lang, first));
        }
    }
    let left = groups.len().saturating_sub(WRITTEN);
    if left > 0 {
        let _ = writeln!(out, "\n{}", text::counted(lang, "drafts", "not-written", left as u64));
    }
    let beside = distinct(draft.related().into_iter().map(|change| format!("{}.", said(lang, change))));
    if !beside.is_empty() {
        let label = text::labelled(lang, text::word(lang, "drafts", "beside"), "");
        let _ = write!(out, "\n{}\n\n{}", label, marked("-", &beside[..beside.len().min(BESIDE)]));
    }
    out.trim_end().to_owned()
}

fn operations(lang: Lang, sentence: &str, changes: &[(&ApiReport, &Change)]) -> String {
    let reach = changes.iter().flat_map(|(api, change)| api.operations(change));
    let mut names = distinct(reach.map(|at| safe::code(&format!("{} {}", at.method, at.path))));
    let left = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let named = |name: &String| names.len() == 1 && left == 0 && sentence.contains(name.as_str());
    if names.is_empty() || names.iter().any(named) {
        return String::new();
    }
    let more = (left > 0).then(|| words::counted(lang, "and-more", left as u64));
    let value = names.join(", ") + &more.map_or_else(String::new, |more| format!(" {more}"));
    format!("   {}\n", text::labelled(lang, &text::ui(lang, "affects"), &value))
}

/// A payload as it was and as it is, folded around the place of the change; else the request that shows it.
fn before_and_after(lang: Lang, change: &Change) -> String {
    let names = renamed(change);
    let none = Value::Null;
    let [before, after] = [&change.before_payload, &change.after_payload].map(|one| one.as_ref().unwrap_or(&none));
    // The new name may be in both payloads; what people want to see is one name in place of the other.
    let before = names.map_or_else(|| before.clone(), |(from, to)| renamed_back(before, from, to));
    let mut out = String::new();
    for (key, one, other) in [("before", &before, after), ("after", after, &before)] {
        if !one.is_null() {
            out.push_str(&block(lang, key, "json", &excerpt::block(&exchange::fold(lang, one, other))));
        }
    }
    let witness = change.witness.as_ref().filter(|_| out.is_empty());
    let lines = witness.map(|witness| exchange::lines(lang, witness, 0, false)).unwrap_or_default();
    if !lines.is_empty() {
        let shown = lines.join("\n");
        let allowed = witness.map_or("", |witness| witness.allowed_by.as_str());
        out.push_str(&block(lang, if allowed == "head" { "after" } else { "before" }, "http", &shown));
        if let Some((from, to)) = names.filter(|(from, _)| shown.contains(*from)) {
            out.push_str(&block(lang, "after", "http", &shown.replacen(from, to, 1)));
        }
    }
    out
}

/// A payload in which objects with the old name do not have the new one.
fn renamed_back(value: &Value, from: &str, to: &str) -> Value {
    match value {
        Value::Object(members) => {
            let both = members.contains_key(from);
            let kept = members.iter().filter(|(name, _)| !(both && *name == to));
            Value::Object(kept.map(|(name, value)| (name.clone(), renamed_back(value, from, to))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(|item| renamed_back(item, from, to)).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

/// A fenced block under its label, inside an item of a list.
fn block(lang: Lang, key: &str, language: &str, text: &str) -> String {
    let fenced: Vec<String> = safe::fence(language, text).lines().map(|line| format!("   {line}")).collect();
    format!("\n   {}\n\n{}\n", text::labelled(lang, &text::ui(lang, key), ""), fenced.join("\n"))
}
