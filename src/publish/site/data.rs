//! The site for programs, such as the check that partners run: what is announced, and what shipped without.
//!
//! A published format: fields are only ever added within a version, and readers ignore those they do not know.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::Serialize;

use super::book::{Book, SiteError};
use super::model::{Model, Shipment};
use super::news::change_id;
use super::notice::NoticePage;
use super::pages::{notice_page, upcoming};
use crate::config::Authority;
use crate::notice::{Kind, State};
use crate::report::{ApiReport, At, Change, Operation, Side};
use crate::rules::Level;
use crate::text::{self, json};

/// The releases whose unannounced changes are told: at least so many, so that a reader that was away sees them.
const RELEASES: usize = 50;

/// What is announced and what shipped, for programs: `notices.json`.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct Published<'a> {
    /// The version of this format: 1.
    pub version: u32,
    /// The title of the site.
    pub title: String,
    /// The language of sentences and advice.
    pub lang: String,
    /// The ids of the APIs it speaks of.
    pub apis: Vec<String>,
    /// The day of the newest version the site was made from: a site that stands still is known by it.
    pub generated_from: String,
    /// What is or was announced, in the order of announcement.
    pub notices: Vec<PublishedNotice<'a>>,
    /// What the newest releases changed without any notice, newest first.
    pub unannounced: Vec<PublishedRelease<'a>>,
}

/// One notice.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct PublishedNotice<'a> {
    /// What identifies it, for ever.
    pub id: String,
    /// Counted from 1; raised when what was said is no longer right.
    pub revision: u32,
    /// Where it stands.
    pub state: State,
    /// What it announces.
    pub kind: Kind,
    /// The id of the API.
    pub api: String,
    /// The day it was announced (`2024-05-14`).
    pub announced_on: Option<String>,
    /// The day it is planned to ship.
    pub effective_on: Option<String>,
    /// The title by language.
    pub title: BTreeMap<String, String>,
    /// The fingerprints it covers.
    pub covers: Vec<String>,
    /// The changes it covers, as far as they are known.
    pub changes: Vec<PublishedChange<'a>>,
    /// Its other forms, as addresses where the site has one, else as paths from the root of the site.
    pub links: BTreeMap<String, String>,
}

/// What a release changed of an API without any notice.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct PublishedRelease<'a> {
    /// Its name.
    pub release: String,
    /// Its day.
    pub date: Option<String>,
    /// The id of the API.
    pub api: String,
    /// Its page, an address where the site has one, else a path from the root of the site.
    pub link: String,
    /// The changes from `additive` up, worst first.
    pub changes: Vec<PublishedChange<'a>>,
}

/// One change.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct PublishedChange<'a> {
    /// Its identity.
    pub fingerprint: &'a str,
    /// Its permanent id in feeds; null for what a notice covers.
    pub id: Option<String>,
    /// Which entry of its page speaks for it, from 1: changes that are one cause have one number, so there are as many
    /// entries as the highest one says.
    pub entry: usize,
    /// The kind of change.
    pub rule: &'a str,
    /// How much it matters.
    pub level: Level,
    /// Whether it lies in what callers send or in what they get.
    pub side: Side,
    /// The sentence; names stand between backticks.
    pub summary: &'a str,
    /// Where it lies.
    pub at: &'a At,
    /// Every operation it reaches.
    pub operations: &'a [Operation],
    /// A payload or the node, as it was.
    pub before: Option<&'a serde_json::Value>,
    /// A payload or the node, as it is now.
    pub after: Option<&'a serde_json::Value>,
    /// What to do.
    pub advice: &'static str,
}

pub(super) fn address(book: &Book<'_>, path: &str) -> String {
    book.url.as_ref().map_or_else(|| path.to_owned(), |url| format!("{url}/{path}"))
}

/// `notices.json`, of all APIs or of one.
pub(super) fn published(
    book: &mut Book<'_>,
    model: &Model<'_>,
    ids: &Authority,
    only: Option<usize>,
) -> Result<(), SiteError> {
    let wanted = |api: &str| only.is_none_or(|ix| model.apis[ix].id == api);
    let mut notices: Vec<&NoticePage> = model.notices.iter().copied().filter(|notice| wanted(&notice.api)).collect();
    notices.sort_by_key(|notice| (notice.announced_on, &notice.id));
    let shipments = model.shipments.iter().filter(|it| only.is_none_or(|api| it.api == api));
    let unannounced = shipments.take(RELEASES).map(|shipment| release(book, ids, shipment));
    let document = Published {
        notices: notices.into_iter().map(|it| notice(book, model, it)).collect(),
        unannounced: unannounced.filter(|release| !release.changes.is_empty()).collect(),
        ..blank(book, model, only)
    };
    let folder = only.map_or_else(String::new, |api| format!("{}/", model.apis[api].folder()));
    book.put(&format!("{folder}notices.json"), &pretty(&document))
}

fn blank(book: &Book<'_>, model: &Model<'_>, only: Option<usize>) -> Published<'static> {
    let apis = model.apis.iter().enumerate().filter(|(ix, _)| only.is_none_or(|only| only == *ix));
    Published {
        version: 1,
        title: book.title.clone(),
        lang: book.lang.as_str().to_owned(),
        apis: apis.map(|(_, api)| api.id.clone()).collect(),
        generated_from: model.newest.to_string(),
        notices: Vec::new(),
        unannounced: Vec::new(),
    }
}

/// `upcoming.json`: of `notices.json` what is still to come, and nothing that has shipped.
pub(super) fn upcoming_json(book: &mut Book<'_>, model: &Model<'_>) -> Result<(), SiteError> {
    let notices = upcoming(model, |_| true).into_iter().map(|it| notice(book, model, it)).collect();
    let document = Published { notices, unannounced: Vec::new(), ..blank(book, model, None) };
    book.put("upcoming.json", &pretty(&document))
}

pub(super) fn pretty(value: &impl Serialize) -> String {
    // Every key is a string: serialising does not fail.
    json::pretty(value)
}

fn notice<'a>(book: &Book<'_>, model: &'a Model<'_>, notice: &'a NoticePage) -> PublishedNotice<'a> {
    let written = notice.report.iter().flat_map(|report| &report.apis).filter(|api| api.id == notice.api);
    let shipped = model.shipments.iter().map(|shipment| shipment.report).filter(|api| api.id == notice.api);
    let mut open: FxHashSet<&String> = notice.covers.iter().collect();
    let mut changes: Vec<PublishedChange<'_>> = Vec::new();
    for api in written.chain(shipped) {
        let covered: Vec<&Change> = api.changes.iter().filter(|change| open.remove(&change.fingerprint)).collect();
        let known: FxHashSet<&str> = covered.iter().map(|change| change.fingerprint.as_str()).collect();
        let joined = api.only(&|change| known.contains(change.fingerprint.as_str())).in_entries(book.lang, &|_| ());
        let told = changes.iter().map(|change| change.entry).max().unwrap_or(0);
        let entries = joined.changes.iter().enumerate();
        let numbers: FxHashMap<&str, usize> =
            entries.flat_map(|(ix, entry)| entry.fingerprints().map(move |id| (id, told + ix + 1))).collect();
        let number = |change: &Change| numbers.get(change.fingerprint.as_str()).copied().unwrap_or(told + 1);
        changes.extend(covered.iter().map(|change| self::change(book, api, change, (number(change), None))));
    }
    let page = notice_page(notice);
    let form = |end: &str| (end.to_owned(), address(book, &format!("{page}.{end}")));
    let ends = ["html", "json", "md"].into_iter().chain(notice.event(book.lang).map(|_| "ics"));
    PublishedNotice {
        id: notice.id.clone(),
        revision: notice.revision,
        state: notice.state,
        kind: notice.kind,
        api: notice.api.clone(),
        announced_on: notice.announced_on.map(|day| day.to_string()),
        effective_on: notice.effective_on.map(|day| day.to_string()),
        title: notice.texts.iter().map(|(lang, text)| (lang.as_str().to_owned(), text.title.clone())).collect(),
        covers: notice.covers.clone(),
        changes,
        links: ends.map(form).collect(),
    }
}

fn release<'a>(book: &Book<'_>, ids: &Authority, shipment: &'a Shipment<'_>) -> PublishedRelease<'a> {
    let open = shipment.items.iter().filter(|item| item.notice.is_none());
    let order = shipment.report.changes.iter().enumerate();
    let places: FxHashMap<&str, usize> = order.map(|(ix, change)| (change.fingerprint.as_str(), ix)).collect();
    let changes = open.enumerate().flat_map(|(entry, item)| {
        let mut found: Vec<usize> = item.now.iter().filter_map(|id| places.get(id.as_str()).copied()).collect();
        found.sort_unstable();
        let id = change_id(ids, shipment, item);
        let number = move |ix: usize| (&shipment.report.changes[ix], (entry + 1, Some(id.clone())));
        found.into_iter().map(number).map(|(found, known)| change(book, shipment.report, found, known))
    });
    PublishedRelease {
        release: shipment.release.name.clone(),
        date: shipment.release.date.clone(),
        api: shipment.report.id.clone(),
        link: address(book, &format!("{}.html", shipment.page)),
        changes: changes.collect(),
    }
}

fn change<'a>(
    book: &Book<'_>,
    api: &'a ApiReport,
    change: &'a Change,
    (entry, id): (usize, Option<String>),
) -> PublishedChange<'a> {
    PublishedChange {
        fingerprint: &change.fingerprint,
        id,
        entry,
        rule: &change.rule,
        level: change.level,
        side: change.side,
        summary: &change.summary,
        at: &change.at,
        operations: api.operations(change),
        before: change.before_payload.as_ref().or(change.before.as_ref()),
        after: change.after_payload.as_ref().or(change.after.as_ref()),
        advice: text::page(&change.rule, book.lang).map_or("", |page| page.advice),
    }
}

/// The JSON Schema of [`Published`]; ends with a line break.
#[cfg(feature = "internals")]
pub fn published_schema() -> String {
    crate::json_schema::of_output::<Published>()
}
