//! For a terminal: a header, then an entry a change, worst first.

use super::Options;
use super::build::{Shape, view};
use super::safe;
use super::template::Templates;
use super::wrap::wrapped;
use crate::report::Report;

const FILES: &[(&str, &str)] = &[
    ("main", include_str!("../../templates/text/report.hbs")),
    ("entry", include_str!("../../templates/text/entry.hbs")),
];

/// How many entries of a level are listed; the rest is counted.
const FOLD: usize = 30;

/// The report for a terminal.
pub(super) fn render(report: &Report, options: &Options) -> String {
    let paint = if options.color { painted } else { |_: &str, text: &str| safe::line(text) };
    let templates =
        Templates::new(FILES, safe::line).with("code", safe::line).with("say", safe::line).with_two("paint", paint);
    let fold = if options.all { usize::MAX } else { FOLD };
    let text = templates.render(&view(report, options, &Shape { fold, ..Shape::FLAT }), report);
    wrapped(&text, if options.wrap { options.width } else { 0 })
}

/// In the colour of a level or of a role.
pub(crate) fn painted(style: &str, text: &str) -> String {
    let code = match style {
        "breaking" => "1;31",
        "risky" => "1;33",
        "additive" | "added" => "32",
        "removed" => "31",
        "bold" => "1",
        _ => "2",
    };
    let text = safe::line(text);
    if text.is_empty() { text } else { format!("\u{1b}[{code}m{text}\u{1b}[0m") }
}
