//! Builds the [`View`] of a report: which entries are listed, and the words around them.

use super::Options;
use super::entry::{Style, entry};
use super::excerpt::clip;
use super::view::{ApiView, Group, ProblemView, Tally, View};
use super::words;
use crate::report::{ApiReport, Problem, Report, Summary, Verdict};
use crate::rules::Level;
use crate::text::Lang;

/// How many odd spots of an API are listed.
pub(crate) const PROBLEMS: usize = 10;
/// Up to how many entries show before and after at once.
const FEW: usize = 3;
/// What stands before a value on its line in a terminal.
const INDENT: usize = 6;
/// The most characters of a title.
const TITLE: usize = 120;

/// How much of a report a view holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    /// The most entries, worst first over all APIs.
    pub(super) entries: usize,
    /// How many entries of a level stand before the fold.
    pub(super) fold: usize,
    /// Whether before and after and the fingerprints have a place of their own.
    pub(super) details: bool,
    /// Whether the details were left out for want of room.
    pub(super) trimmed: bool,
}

impl Shape {
    /// Every entry, nothing folded, before and after with each.
    pub(super) const FLAT: Self = Self { entries: usize::MAX, fold: usize::MAX, details: false, trimmed: false };
}

/// The view of a report.
pub(super) fn view(report: &Report, options: &Options, shape: &Shape) -> View {
    let lang = options.lang;
    let (listed, left) = quotas(report, options.show, shape.entries);
    let style = Style { lang, width: options.width.saturating_sub(INDENT), blocks: shape.details };
    let cut = match left {
        0 => shape.trimmed.then(|| crate::text::ui(lang, "too-long-details")),
        left => Some(words::counted(lang, "too-long", left as u64)),
    };
    View {
        words: words::labels(lang),
        headline: words::headline(lang, report.verdict),
        total: tally(lang, &report.summary, report.verdict),
        compared: words::compared(lang, report),
        filtered: words::filtered(lang, report),
        several: report.apis.len() > 1,
        details: shape.details,
        apis: report.apis.iter().zip(&listed).map(|(api, listed)| of_api(&style, shape, api, listed)).collect(),
        hidden: words::hidden(lang, &report.summary, options.show),
        cut,
    }
}

/// How many entries of each level each API lists, and how many do not fit.
fn quotas(report: &Report, show: Level, entries: usize) -> (Vec<[usize; 4]>, usize) {
    let mut listed = vec![[0; 4]; report.apis.len()];
    let (mut room, mut left) = (entries, 0);
    for (rank, level) in Level::ALL.into_iter().enumerate().filter(|&(_, level)| level <= show) {
        for (api, listed) in report.apis.iter().zip(&mut listed) {
            let all = api.changes.iter().filter(|change| change.level == level).count();
            listed[rank] = all.min(room);
            room -= listed[rank];
            left += all - listed[rank];
        }
    }
    (listed, left)
}

fn of_api(style: &Style, shape: &Shape, api: &ApiReport, listed: &[usize; 4]) -> ApiView {
    let summary = Summary::of_api(api);
    let mut number = 0;
    let mut groups = Vec::new();
    for (level, &listed) in Level::ALL.into_iter().zip(listed) {
        let changes = api.changes.iter().filter(|change| change.level == level).take(listed);
        let mut entries: Vec<_> = changes
            .map(|change| {
                number += 1;
                entry(style, api, number, change)
            })
            .collect();
        let rest = entries.split_off(entries.len().min(shape.fold));
        if !entries.is_empty() {
            groups.push(Group {
                level: level.as_str(),
                icon: words::icon(level.into()),
                title: words::title(style.lang, level),
                count: summary.of(level),
                more: (!rest.is_empty()).then(|| words::counted(style.lang, "and-more", rest.len() as u64)),
                entries,
                rest,
            });
        }
    }
    let shown =
        groups.iter().flat_map(|group| group.entries.iter().chain(&group.rest)).filter(|entry| entry.detailed).count();
    let title = if api.title.trim().is_empty() { &api.id } else { &api.title };
    let left = api.problems.len().saturating_sub(PROBLEMS);
    ApiView {
        id: clip(&api.id, TITLE),
        title: clip(title, TITLE),
        path: clip(&api.path, TITLE),
        tally: tally(style.lang, &summary, summary.verdict()),
        groups,
        problems: problems(&api.problems),
        more_problems: (left > 0).then(|| words::counted(style.lang, "and-more", left as u64)),
        coverage: words::coverage(style.lang, &api.coverage),
        shown: shown > 0,
        few: shown <= FEW,
    }
}

fn tally(lang: Lang, summary: &Summary, verdict: Verdict) -> Tally {
    Tally {
        level: verdict.level().map_or("none", Level::as_str),
        icon: words::icon(verdict),
        word: words::level(lang, verdict),
        counts: words::counts(lang, summary),
        unproven: words::unproven(lang, summary),
    }
}

/// The first odd spots of an API.
pub(crate) fn problems(problems: &[Problem]) -> Vec<ProblemView> {
    let said = problems.iter().take(PROBLEMS).map(|problem| ProblemView {
        source: match (problem.line, problem.column) {
            (0, _) => problem.file.clone(),
            (line, 0) => format!("{}:{line}", problem.file),
            (line, column) => format!("{}:{line}:{column}", problem.file),
        },
        message: clip(&problem.message, 300),
    });
    said.collect()
}
