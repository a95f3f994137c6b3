//! What shipped, release by release: with all entries, and in plain words without any name of the contract.

use indexmap::IndexMap;
use serde::Serialize;

use super::book::{Book, Link, SiteError};
use super::items::Shown;
use super::model::{Model, title};
use super::notice::NoticePage;
use super::pages::{NEWEST, NoticeView, shipment_link, upcoming, views};
use crate::compare::history::{Release, Skipped};
use crate::render::words;
use crate::rules::Level;
use crate::text;

/// The releases of a page of changes; pages are numbered from the oldest, so that a full one never changes.
const RELEASES: usize = 20;
/// The entries of an API in a release on a page of changes; the page of the release has all.
const ENTRIES: usize = 100;

/// `changes/`: what shipped, release by release, of all APIs or of one.
pub(super) fn changes(
    book: &mut Book<'_>,
    model: &Model<'_>,
    only: Option<usize>,
    feeds: &[(String, String)],
) -> Result<(), SiteError> {
    let (folder, titled) = match only.map(|api| &model.apis[api]) {
        Some(api) => (format!("{}/changes", api.folder()), book.say("all-changes-of", &[("title", &api.title)])),
        None => ("changes".to_owned(), book.word("latest-changes").to_owned()),
    };
    let all = model.releases(only);
    // The newest page has so many at least: one that has just begun would show next to nothing.
    let full = (all.len() / RELEASES).saturating_sub(1);
    let path = |number: usize| {
        if number == full { format!("{folder}/index.html") } else { format!("{folder}/{}.html", number + 1) }
    };
    for number in 0..=full {
        let end = all.len() - number * RELEASES;
        let page = &all[if number == full { 0 } else { end - RELEASES }..end];
        let view = Chronicle {
            newer: (number < full).then(|| path(number + 1)),
            older: number.checked_sub(1).map(path),
            releases: chapters(book, model, page),
        };
        let numbered = (number < full)
            .then(|| book.say("page-number", &[("title", &titled), ("number", &(number + 1).to_string())]));
        book.page(&path(number), "changes", numbered.as_ref().unwrap_or(&titled), feeds, view)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Chronicle<'a> {
    newer: Option<String>,
    older: Option<String>,
    releases: Vec<Chapter<'a>>,
}

#[derive(Serialize)]
struct Chapter<'a> {
    /// How many releases in a row touch nothing but the documentation, where these are such; they are folded.
    quiet: Option<String>,
    folded: Vec<Link>,
    title: String,
    notes: Vec<String>,
    apis: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    href: String,
    title: &'a str,
    counts: String,
    items: Vec<Shown<'a>>,
    more: Option<String>,
    more_href: String,
}

/// The releases of a page; those that only touch the documentation are folded with their neighbours.
fn chapters<'m>(book: &Book<'_>, model: &'m Model<'_>, page: &[(&'m Release, Vec<usize>)]) -> Vec<Chapter<'m>> {
    let is_quiet = |(release, shipments): &(&Release, Vec<usize>)| {
        release.skipped.is_empty() && shipments.iter().all(|&ix| model.shipments[ix].items.is_empty())
    };
    let mut out = Vec::new();
    for run in page.chunk_by(|one, two| is_quiet(one) && is_quiet(two)) {
        if !is_quiet(&run[0]) {
            out.extend(run.iter().map(|(release, shipments)| chapter(book, model, release, shipments)));
            continue;
        }
        let shipments = run.iter().flat_map(|(_, shipments)| shipments).map(|&ix| &model.shipments[ix]);
        out.push(Chapter {
            quiet: Some(text::counted(book.lang, "site", "quiet-releases", run.len() as u64)),
            folded: shipments.map(|shipment| shipment_link(book, model, shipment)).collect(),
            title: String::new(),
            notes: Vec::new(),
            apis: Vec::new(),
        });
    }
    out
}

fn chapter<'m>(book: &Book<'_>, model: &'m Model<'_>, release: &Release, shipments: &[usize]) -> Chapter<'m> {
    let part = |ix: &usize| {
        let shipment = &model.shipments[*ix];
        let left = shipment.items.len().saturating_sub(ENTRIES);
        let href = format!("{}.html", shipment.page);
        Part {
            more_href: href.clone(),
            href,
            title: &model.apis[shipment.api].title,
            counts: shipment.counts(book),
            items: shipment.shown(book, model, shipment.items.iter().take(ENTRIES)),
            more: (left > 0).then(|| words::counted(book.lang, "and-more", left as u64)),
        }
    };
    let note = |skipped: &Skipped| {
        let key = if skipped.partly { "partly-unreadable" } else { "unreadable" };
        text::put(&text::ui(book.lang, key), &[("what", &skipped.message)])
    };
    Chapter {
        quiet: None,
        folded: Vec::new(),
        title: title(book, release),
        notes: release.skipped.iter().map(note).collect(),
        apis: shipments.iter().map(part).collect(),
    }
}

/// `summary.html`: no name of the contract stands in it.
pub(super) fn summary(book: &mut Book<'_>, model: &Model<'_>) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        upcoming: Vec<NoticeView<'a>>,
        releases: Vec<Plain<'a>>,
    }
    #[derive(Serialize)]
    struct Plain<'a> {
        title: String,
        notices: Vec<NoticeView<'a>>,
        kinds: Vec<Kind>,
        docs: Option<String>,
    }
    let releases = model.releases(None).into_iter().filter(|(_, shipments)| !shipments.is_empty()).take(NEWEST);
    let plain = |(release, shipments): (&Release, Vec<usize>)| {
        let (notices, kinds) = told(book, model, &shipments);
        let docs: u64 = shipments.iter().map(|ix| model.shipments[*ix].summary.docs).sum();
        Plain {
            title: title(book, release),
            notices: views(book, model, &notices, true),
            docs: (docs > 0).then(|| text::counted(book.lang, "levels", "docs", docs)),
            kinds,
        }
    };
    let view = View {
        upcoming: views(book, model, &upcoming(model, |_| true), true),
        releases: releases.map(plain).collect(),
    };
    book.page("summary.html", "summary", book.word("summary"), &[], view)
}

/// A kind of change, and how often it occurs.
#[derive(Serialize)]
struct Kind {
    level: &'static str,
    mark: String,
    title: &'static str,
    times: Option<String>,
}

/// The notices that some shipments were announced by, and the kinds of the changes that none announced.
fn told<'m>(book: &Book<'_>, model: &'m Model<'_>, shipments: &[usize]) -> (Vec<&'m NoticePage>, Vec<Kind>) {
    let mut notices: Vec<usize> = Vec::new();
    let mut kinds: IndexMap<(Level, &str), u64> = IndexMap::new();
    for &ix in shipments {
        for item in &model.shipments[ix].items {
            match item.notice {
                Some(notice) if !notices.contains(&notice) => notices.push(notice),
                Some(_) => {}
                None => *kinds.entry((item.level, item.rule.as_str())).or_default() += 1,
            }
        }
    }
    kinds.sort_by(|one, _, two, _| one.0.cmp(&two.0));
    let kind = |((level, rule), count): ((Level, &str), u64)| Kind {
        level: level.as_str(),
        mark: text::capitalised(text::word(book.lang, "levels", level.as_str())),
        title: text::page(rule, book.lang).map_or("?", |page| page.title),
        times: (count > 1).then(|| book.say("times", &[("count", &text::number(book.lang, count))])),
    };
    (notices.into_iter().map(|notice| model.notices[notice]).collect(), kinds.into_iter().map(kind).collect())
}
