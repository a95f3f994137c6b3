//! What changed between two versions of one API: a page, the report as JSON, and as Markdown.

use serde::Serialize;

use super::book::{Book, Link, SiteError};
use super::items::{Item, Shown, counted};
use crate::render::{self, Format, Options, words};
use crate::report::{Report, Summary};
use crate::rules::Level;

/// The most entries of a page; all are in the JSON.
pub(super) const MOST: usize = 1_000;

/// Finds the pages of the operations of an entry.
type Pages<'a> = &'a dyn Fn(&Item) -> Vec<Link>;

#[derive(Serialize)]
struct View<'a> {
    api: &'a str,
    api_href: &'a str,
    compared: String,
    verdict: String,
    counts: Option<String>,
    groups: Vec<Group<'a>>,
    forms: [Link; 2],
}

#[derive(Serialize)]
struct Group<'a> {
    title: String,
    count: u64,
    items: Vec<Shown<'a>>,
    more: Option<String>,
    more_href: String,
}

/// Writes the three files of a report of one API; `page` is their path without extension, `pages` finds those of the
/// operations of an entry; so many entries stand on the page.
pub(super) fn write(
    book: &mut Book<'_>,
    page: &str,
    title: &str,
    home: &str,
    report: &Report,
    items: &[Item],
    (pages, most): (Pages<'_>, usize),
) -> Result<(), SiteError> {
    let lang = book.lang;
    // Its sentences can be said in any language: it is written once.
    let json = book.common(&format!("{page}.json"));
    let shown = &items[..items.len().min(most)];
    let counts = report.apis.first().map_or_else(Summary::default, |api| counted(api, items));
    let group = |level: Level| {
        let listed: Vec<Shown<'_>> = shown
            .iter()
            .filter(|item| item.level == level)
            .map(|item| Shown {
                anchor: Some(&item.anchor),
                body: &item.html,
                level: item.level.as_str(),
                proof: Some(item.proof.as_str()).filter(|proof| !proof.is_empty()),
                href: None,
                plain: &item.plain,
                notice: None,
                pages: pages(item),
            })
            .collect();
        let left = counts.of(level).saturating_sub(listed.len() as u64);
        Group {
            title: words::title(lang, level),
            count: counts.of(level),
            items: listed,
            more: (left > 0).then(|| words::counted(lang, "and-more", left)),
            more_href: json.clone(),
        }
    };
    let api = report.apis.first().map_or("", |api| if api.title.trim().is_empty() { &api.id } else { &api.title });
    let view = View {
        api,
        api_href: home,
        compared: words::compared(lang, report),
        verdict: crate::text::capitalised(&words::level(lang, report.verdict)),
        counts: words::counts(lang, &counts),
        groups: [Level::Breaking, Level::Risky, Level::Additive]
            .into_iter()
            .map(group)
            .filter(|it| it.count > 0)
            .collect(),
        forms: [
            Link::to_file(json.clone(), book.word("as-json"), "application/json"),
            Link::to_file(format!("{page}.md"), book.word("as-markdown"), "text/markdown"),
        ],
    };
    book.page(&format!("{page}.html"), "diff", title, &[], &view)?;
    let options = Options { lang, show: Level::Additive, ..Options::default() };
    if book.tongue.is_first() {
        book.put(&json, &render::render(report, Format::Json, &options))?;
    }
    book.put(&format!("{page}.md"), &render::render(report, Format::Markdown, &options))
}
