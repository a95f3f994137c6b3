//! For a comment on a pull request: what a reviewer reads first, the rest folded, within the size a forge accepts.

use super::Options;
use super::build::{Shape, view};
use super::safe;
use super::template::Templates;
use crate::report::Report;

const FILES: &[(&str, &str)] = &[
    ("main", include_str!("../../templates/markdown/report.hbs")),
    ("entry", include_str!("../../templates/markdown/entry.hbs")),
    ("detail", include_str!("../../templates/markdown/detail.hbs")),
];

/// The most characters; GitHub refuses more than 65,536.
const MOST: usize = 65_000;
/// How many entries of a level stand before the fold.
const FOLD: usize = 10;
/// What to try, in turn, when the text is too long: first no details, then fewer entries.
const FEWER: &[usize] = &[usize::MAX, 400, 250, 160, 100, 60, 30, 10];

/// The report as Markdown.
pub(super) fn render(report: &Report, options: &Options) -> String {
    let templates = Templates::new(FILES, safe::markdown)
        .with("code", safe::code)
        .with("say", safe::sentence)
        .with("fence", |text| safe::fence("json", text));
    let fits = |text: &String| text.chars().count() <= MOST;
    let shape = |entries, details| Shape { entries, fold: FOLD, details };
    let shapes = [(usize::MAX, true)].into_iter().chain(FEWER.iter().map(|&entries| (entries, false)));
    let mut texts =
        shapes.map(|(entries, details)| templates.render(&view(report, options, &shape(entries, details)), report));
    texts.find(fits).unwrap_or_else(|| {
        // Hundreds of APIs: the counts over all of them still stand.
        let mut least = view(report, options, &shape(0, false));
        least.apis.clear();
        templates.render(&least, report)
    })
}
