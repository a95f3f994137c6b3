//! Markdown that people wrote, made harmless: as HTML, as plain text, as Markdown.
//!
//! Whatever the source holds, its raw HTML is text, its links lead to `http:`, `https:` or `mailto:`, its images are
//! their description, its headings stand below those of the page, and what is too long or too deep is cut.

use schemars::JsonSchema;
use serde::Serialize;

use crate::text::Lang;

mod filter;
mod html;
mod plain;
mod source;
#[cfg(test)]
mod tests;

/// What people wrote, in the three forms that templates choose from; each is safe where it belongs.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct Rich {
    /// The language, where it is not that of the page.
    pub lang: Option<Lang>,
    /// As Markdown without raw HTML and images.
    pub markdown: String,
    /// As HTML to write with `{{{x}}}`: paragraphs, lists, tables, code, links, headings from `h3` down.
    pub html: String,
    /// As plain text over lines, the addresses of links in parentheses.
    pub text: String,
}

/// The three forms of a source in `CommonMark` with tables, written in one language and shown on a page of another; `None`
/// where nothing is left of it.
pub(crate) fn rich(source: &str, written: Lang, page: Lang) -> Option<Rich> {
    let lang = Some(written).filter(|lang| *lang != page);
    let text = plain(source, Some(written));
    (!text.is_empty()).then(|| Rich { lang, markdown: markdown(source), html: html(source), text })
}

/// Safe HTML, a block a line.
pub(crate) fn html(source: &str) -> String {
    html::write(&filter::events(filter::clip(source)))
}

/// Plain text over lines, without a break at the end. In a language, names stand in quotes.
fn plain(source: &str, lang: Option<Lang>) -> String {
    plain::write(&filter::events(filter::clip(source)), lang)
}

/// Markdown that says the same and holds neither raw HTML, nor images, nor other links.
pub(crate) fn markdown(source: &str) -> String {
    source::write(filter::clip(source))
}
