//! For a terminal: the decision and why, what is open with the commands that answer it, then what waits, what is
//! answered, and what could not be checked.

use super::Options;
use super::gather::view;
use super::result::CheckReport;
use super::view::Shape;
use crate::render::entry::Style;
use crate::render::safe;
use crate::render::template::Templates;
use crate::render::text::painted;
use crate::render::wrap::wrapped;

const FILES: &[(&str, &str)] = &[
    ("main", include_str!("../../../templates/gate/text.hbs")),
    ("entry", include_str!("../../../templates/text/entry.hbs")),
    ("finding", include_str!("../../../templates/gate/finding.hbs")),
];
/// What stands before a value on its line.
const INDENT: usize = 6;

/// The check for a terminal.
pub(super) fn render(report: &CheckReport, options: &Options) -> String {
    let paint = if options.color { painted } else { |_: &str, text: &str| safe::line(text) };
    let templates =
        Templates::new(FILES, safe::line).with("code", safe::line).with("say", safe::line).with_two("paint", paint);
    let style = Style { lang: options.lang, width: options.width.saturating_sub(INDENT), blocks: false };
    let text = templates.fill("main", &view(report, &style, &Shape::WHOLE)).unwrap_or_else(|error| error + "\n");
    wrapped(&text, if options.wrap { options.width } else { 0 })
}
