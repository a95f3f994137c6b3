//! The changes of a report as facts of a message.

use super::view::{Fact, Number};
use super::words;
use crate::render::entry::{Style, entry};
use crate::render::view::Entry;
use crate::report::{self, ApiReport, Change, Report, Witness};
use crate::text::Arg;
use crate::text::numbers;
use crate::text::{self, Lang};

/// The most facts of a message; what is beyond is counted.
pub(super) const MOST: usize = 50;
/// The most passages of an edited text.
const PASSAGES: usize = 50;
/// The width of the lines of an exchange, in characters.
const WIDTH: usize = 200;

/// The facts of a report in its order, and how many are beyond the most; `since` says when a change reached production.
pub(super) fn facts(lang: Lang, report: &Report, since: &dyn Fn(&Change) -> Option<String>) -> (Vec<Fact>, usize) {
    let report = report.in_entries(lang);
    let all = report.apis.iter().flat_map(|api| api.changes.iter().map(move |change| (api, change)));
    let facts = all.take(MOST).enumerate().map(|(ix, (api, change))| fact(lang, ix + 1, api, change, since(change)));
    let facts: Vec<Fact> = facts.collect();
    let left = report.apis.iter().map(|api| api.changes.len()).sum::<usize>() - facts.len();
    (facts, left)
}

fn fact(lang: Lang, number: usize, api: &ApiReport, change: &Change, since: Option<String>) -> Fact {
    let entry = entry(&Style { lang, width: WIDTH, blocks: true }, api, number, change);
    let page = text::page(&change.rule, lang);
    let numbers = edited(change, &entry);
    // What a server answers stands in before and after already.
    let shown = entry.before_block.is_some() || entry.after_block.is_some();
    let exchange = entry.exchange_block.filter(|exchange| !(shown && exchange.starts_with("HTTP/")));
    Fact {
        number,
        level: words::level(lang, change.level),
        sentence: entry.sentence,
        also: entry.also,
        explanation: consequence(lang, change).or_else(|| page.map(|page| page.explanation.to_owned())),
        advice: page.map(|page| page.advice.to_owned()),
        hint: entry.hint,
        operations: entry.operations,
        more: entry.more,
        spot: entry.spot,
        before: entry.before_block,
        after: entry.after_block,
        edited: entry.prose.map(|passages| passages.into_iter().take(PASSAGES).collect()),
        numbers,
        exchange,
        refusal: change.witness.as_ref().map(|witness| refusal(lang, witness)),
        curl: entry.curl,
        sunset: sunset(lang, change),
        since,
        fingerprint: entry.fingerprint,
        rule: entry.rule,
    }
}

/// What happens to who does nothing, said to the reader.
fn consequence(lang: Lang, change: &Change) -> Option<String> {
    let text = text::texts(lang).get("consequences", &change.rule)?;
    let said = text::fill_several(text, lang, &change.args, &report::values(change));
    Some(text::capitalised(&said))
}

/// Which version refuses it. What the validator said is for maintainers, and in English.
fn refusal(lang: Lang, witness: &Witness) -> String {
    let kind = if witness.declared_only { "undeclared-by" } else { "refused-by" };
    words::ui(lang, &format!("{kind}-{}", witness.refused_by), &[])
}

/// The numbers that changed in an edited text.
fn edited(change: &Change, entry: &Entry) -> Vec<Number> {
    let texts = |key: &str| {
        let [before, after] = [&change.before, &change.after].map(|value| value.as_ref()?.get(key)?.as_str());
        Some(numbers::changed(before?, after?))
    };
    if entry.prose.is_none() {
        return Vec::new();
    }
    let pairs = ["description", "summary", "title"].into_iter().filter_map(texts).flatten();
    pairs.map(|(from, to)| Number { from, to }).collect()
}

/// The day on which what a change deprecates ends.
fn sunset(lang: Lang, change: &Change) -> Option<String> {
    match change.args.get("to").filter(|_| change.rule.starts_with("sunset-"))? {
        Arg::Term { term } => Some(words::day(lang, term.parse().ok()?)),
        Arg::Code(_) | Arg::Count(_) | Arg::Spot { .. } | Arg::Named { .. } => None,
    }
}
