//! For a comment on a pull request: what a reviewer reads first, the rest folded, within the size a forge accepts.

use std::sync::OnceLock;

use super::Options;
use super::build::{Shape, view};
use super::safe;
use super::template::Templates;
use crate::report::Report;
use crate::rules::Level;

const FILES: &[(&str, &str)] = &[
    ("main", include_str!("../../templates/markdown/report.hbs")),
    ("entry", include_str!("../../templates/markdown/entry.hbs")),
    ("detail", include_str!("../../templates/markdown/detail.hbs")),
];

/// The most characters; GitHub refuses more than 65,536.
const MOST: usize = 65_000;
/// How many entries of a level stand before the fold.
const FOLD: usize = 10;
/// Up to how many entries details are tried, and entries without details: more would never fit.
const TRIED: (usize, usize) = (400, 800);
/// What to try, in turn, when there are too many entries.
const FEWER: &[usize] = &[400, 250, 160, 100, 60, 30, 10, 3, 1];

/// The report as Markdown: with details, else without, else with fewer entries, else the counts alone.
pub(super) fn render(report: &Report, options: &Options) -> String {
    // A site has thousands of reports.
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    let templates = TEMPLATES.get_or_init(|| {
        Templates::new(FILES, safe::markdown)
            .with("code", safe::code)
            .with("say", safe::sentence)
            .with("fence", |text| safe::fence("json", text))
            .with("http", |text| safe::fence("http", text))
            .with("shell", |text| safe::fence("sh", text))
    });
    let listed = Level::ALL.into_iter().filter(|&level| level <= options.show).map(|level| report.summary.of(level));
    let listed = usize::try_from(listed.sum::<u64>()).unwrap_or(usize::MAX);
    let shape = |entries, details| Shape { entries, fold: FOLD, details, trimmed: !details };
    let whole = [(TRIED.0, true), (TRIED.1, false)].into_iter().filter(|&(most, _)| listed <= most);
    let fewer = FEWER.iter().filter(|&&entries| entries < listed).map(|&entries| (entries, false));
    let mut texts = whole
        .chain(fewer)
        .map(|(entries, details)| templates.render(&view(report, options, &shape(entries, details)), report));
    texts.find(|text| text.chars().count() <= MOST).unwrap_or_else(|| {
        // Hundreds of APIs: the counts over all of them still stand.
        let mut least = view(report, options, &shape(0, false));
        least.apis.clear();
        templates.render(&least, report)
    })
}
