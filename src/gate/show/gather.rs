//! From a result to the view of it: which changes are shown, and the words around them.

use std::collections::BTreeMap;

use super::result::{CheckReport, CheckedApi, CheckedChange, Found, Judged};
use super::view::{Blind, FoundView, Item, Shape, View};
use super::words;
use crate::gate::Decision;
use crate::render::build::{PROBLEMS, problems};
use crate::render::entry::{Style, entry};
use crate::render::excerpt::clip;
use crate::render::safe;
use crate::render::words as fixed;
use crate::text::{self, Lang, labelled, put};

/// The most characters of a title.
const TITLE: usize = 120;
/// The most APIs whose next version is said; the report has all.
const APIS: usize = 20;
/// The words that templates use by name.
const WORDS: &[&str] = &[
    "heading-open",
    "heading-closing",
    "heading-waiting",
    "heading-answered",
    "heading-told",
    "heading-blind",
    "heading-unblock",
    "answer-all",
    "answer-each",
    "change",
    "touches",
    "where",
    "answer",
    "none",
    "proof",
    "heading-message",
    "message-for",
];

/// The view of a check; values as `style` says.
pub(super) fn view(report: &CheckReport, style: &Style, shape: &Shape) -> View {
    let lang = style.lang;
    let told = report.decision != Decision::Unknown;
    let mut room = shape.changes;
    let mut left = 0;
    let mut items = |such| {
        let mut changes = report.gated(such);
        left += cut(&mut changes, room);
        room -= changes.len();
        items(style, report, &changes)
    };
    let (open, waiting) = (items(CheckedChange::is_open), items(CheckedChange::is_waiting));
    let answered = items(CheckedChange::is_answered);
    let (closing, more_closing) = findings(lang, report, true, shape.findings);
    let (others, more_told) = findings(lang, report, false, shape.findings);
    View {
        words: labels(lang),
        paint: paint(report),
        icon: icon(report),
        title: words::word(lang, "title"),
        decision: labelled(lang, words::decision(lang, report.decision), &words::why(lang, report)),
        question: words::question(lang, report.question),
        today: text::date(lang, report.today),
        advice: report.advice.as_deref().map(|advice| clip(advice, words::MESSAGE)),
        compared: told.then(|| fixed::compared(lang, &report.bare())),
        versions: versions(lang, report),
        open,
        commands: report.commands.clone(),
        closing,
        more_closing,
        waiting,
        answered,
        more_changes: more(lang, left),
        told: others,
        more_told,
        ungated: words::ungated(lang, report),
        blind: report.apis.iter().take(shape.apis).map(|api| blind(lang, api)).collect(),
        more_blind: more(lang, report.apis.len().saturating_sub(shape.apis)),
        unproven: fixed::unproven(lang, &report.summary),
    }
}

/// Cuts a list, and says how many were left out.
fn cut<T>(list: &mut Vec<T>, most: usize) -> usize {
    let left = list.len().saturating_sub(most);
    list.truncate(most);
    left
}

/// `and 9 more`, where some were left out.
fn more(lang: Lang, left: usize) -> Option<String> {
    (left > 0).then(|| fixed::counted(lang, "and-more", left as u64))
}

fn findings(lang: Lang, report: &CheckReport, closes: bool, most: usize) -> (Vec<FoundView>, Option<String>) {
    let mut list: Vec<&Found> = report.findings(closes).collect();
    let left = cut(&mut list, most);
    (list.into_iter().map(|found| found_view(lang, found)).collect(), more(lang, left))
}

fn labels(lang: Lang) -> BTreeMap<String, String> {
    let own = WORDS.iter().map(|&key| (key.replace('-', "_"), words::word(lang, key).to_owned()));
    fixed::labels(lang).into_iter().chain(own).collect()
}

/// The colour of the decision, by the name of the level that has it.
fn paint(report: &CheckReport) -> &'static str {
    match report.decision {
        Decision::Open => "additive",
        Decision::Closed => "breaking",
        Decision::Unknown => "risky",
    }
}

/// The mark of the decision; never stands without its word.
fn icon(report: &CheckReport) -> &'static str {
    match report.decision {
        Decision::Open => "🟢",
        Decision::Closed => "🔴",
        Decision::Unknown => "⚪",
    }
}

fn versions(lang: Lang, report: &CheckReport) -> Vec<String> {
    let several = report.apis.len() > 1;
    let each = report.apis.iter().take(APIS).filter_map(|api| Some((api, api.next_version.as_deref()?)));
    let said = |(api, version): (&CheckedApi, &str)| {
        let said = put(words::word(lang, "next-version"), &[("version", &words::code(version))]);
        if several { labelled(lang, &words::code(&api.id), &said) } else { said }
    };
    each.map(said).collect()
}

fn items(style: &Style, report: &CheckReport, changes: &[Judged<'_>]) -> Vec<Item> {
    let lang = style.lang;
    let several = report.apis.len() > 1;
    let plain: BTreeMap<&str, _> = report.apis.iter().map(|api| (api.id.as_str(), api.plain())).collect();
    let item = |(ix, (api, it)): (usize, &Judged<'_>)| {
        let mut entry = entry(style, plain.get(api.id.as_str())?, ix + 1, &it.change);
        let level = it.gated.unwrap_or(it.change.level);
        entry.level = level.as_str();
        entry.word = fixed::level(lang, level.into());
        let touches = it.touches.as_ref().and_then(|touched| words::touches(lang, touched));
        Some(Item {
            entry,
            touched: touches.as_deref().map(|whom| labelled(lang, words::word(lang, "touches"), whom)),
            touches,
            icon: fixed::icon(level.into()),
            api: several.then(|| title(api)),
            answer: words::answers(lang, it),
            partly: words::unspoken(lang, it),
            waits: words::waits(lang, &it.waits),
            commands: it.commands.clone(),
        })
    };
    changes.iter().enumerate().filter_map(item).collect()
}

fn found_view(lang: Lang, found: &Found) -> FoundView {
    FoundView {
        message: words::finding(lang, found),
        advice: words::way_out(lang, found),
        commands: found.commands.clone(),
    }
}

/// The title of an API, else its id.
pub(super) fn title(api: &CheckedApi) -> String {
    let title = safe::line(&api.title);
    clip(if title.trim().is_empty() { &api.id } else { title.trim() }, TITLE)
}

fn blind(lang: Lang, api: &CheckedApi) -> Blind {
    Blind {
        title: title(api),
        path: clip(&api.path, TITLE),
        coverage: fixed::coverage(lang, &api.coverage),
        problems: problems(&api.problems),
        more: more(lang, api.problems.len().saturating_sub(PROBLEMS)),
    }
}
