//! Everything the pages speak of, gathered once: what each release shipped, which notice covers it, and its addresses.

use std::rc::Rc;

use indexmap::IndexSet;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::book::{Book, Link, SiteError};
use super::directory::{Directory, Operation};
use super::items::{Item, Shown, counted, items};
use super::notice::NoticePage;
use super::pages::notice_page;
use crate::compare::history::{History, Release};
use crate::contract::Contract;
use crate::contract::Deprecated;
use crate::notice::State;
use crate::render::slug::slug;
use crate::render::words;
use crate::report::{ApiReport, Report, Summary, Version};
use crate::text;

/// The entries of one release that feeds tell one by one.
pub(super) const TOLD: usize = 2_000;
/// How often the entries of one release may name an operation, or a topic of one, for each to be told there: an edit that
/// thousands of operations feel would be told thousands of times.
const CROWD: usize = 40_000;
/// Operations and topics that have pages in every API, and bytes of its document for each one more: references make tens of
/// thousands of operations from a small document, that nobody reads.
const PAGES: (usize, usize) = (1_000, 1_000);

/// One API of the site.
#[derive(Clone)]
pub(super) struct ApiSite {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) directory: Directory,
    /// So many operations and topics have pages and feeds of their own.
    pub(super) pages: usize,
    /// What its newest version marks as deprecated.
    pub(super) deprecated: Vec<Deprecated>,
    /// Its versions that are compared with the newest one, newest first, and the pages of that.
    pub(super) since: Vec<Link>,
    /// How many versions it has.
    pub(super) versions: usize,
    /// Whether its newest contract is published.
    pub(super) published: bool,
}

impl ApiSite {
    /// Its folder.
    pub(super) fn folder(&self) -> String {
        format!("api/{}", slug(&self.id))
    }
    pub(super) fn page(&self) -> String {
        format!("{}/index.html", self.folder())
    }
    /// The operations that have a page, with their addresses.
    pub(super) fn operations(&self) -> impl Iterator<Item = (&str, &Operation)> {
        self.directory.iter().take(self.pages)
    }
}

/// How many operations and topics of a document have pages of their own.
pub(super) fn pages(contract: Option<&Contract>) -> usize {
    let files = contract.into_iter().flat_map(|contract| contract.document.files());
    let bytes: usize = files.map(|(_, file)| file.source().len()).sum();
    PAGES.0 + bytes / PAGES.1
}

/// What one release changed of one API.
pub(super) struct Shipment<'a> {
    pub(super) api: usize,
    pub(super) release: &'a Release,
    pub(super) report: &'a ApiReport,
    /// The version it is compared with.
    pub(super) base: &'a str,
    pub(super) day: Date,
    pub(super) items: Vec<Item>,
    /// How many entries of each level it has.
    pub(super) summary: Summary,
    /// What speaks for them on the pages and in the feeds of operations, where they are very many, or reach very many.
    pub(super) crowd: Option<Item>,
    /// Its page without extension.
    pub(super) page: String,
}

/// The site, before it is written.
pub(super) struct Model<'a> {
    pub(super) history: &'a History,
    pub(super) notices: Vec<&'a NoticePage>,
    pub(super) today: Date,
    /// Whether somebody said what day it is; else days are not counted from it.
    pub(super) is_daily: bool,
    /// The day of the newest version.
    pub(super) newest: Date,
    /// The day of the first version.
    pub(super) since: Date,
    pub(super) apis: Vec<ApiSite>,
    /// Newest release first, in it by API.
    pub(super) shipments: Vec<Shipment<'a>>,
}

impl<'a> Model<'a> {
    pub(super) fn new(
        book: &Book<'_>,
        history: &'a History,
        notices: &'a [NoticePage],
        apis: Vec<ApiSite>,
        today: Option<Date>,
    ) -> Result<Self, SiteError> {
        let day = |stop: Option<&(String, String)>| stop.and_then(|(_, day)| day.parse().ok()).unwrap_or_default();
        let mut shipments: Vec<Shipment<'_>> = Vec::new();
        for release in &history.changelog.releases {
            for report in &release.report.apis {
                let Some(api) = apis.iter().position(|api| api.id == report.id) else { continue };
                let key = (release.name.clone(), report.id.clone());
                let base = history.bases.get(&key).unwrap_or(&release.report.base.label);
                let items = items(book, report, &apis[api].directory)?;
                let summary = counted(report, &items);
                shipments.push(Shipment {
                    crowd: crowd(book, &summary, &apis[api].directory, &items),
                    summary,
                    api,
                    release,
                    report,
                    base,
                    day: release.day().unwrap_or_default(),
                    items,
                    page: format!("diff/{}/{}..{}", slug(&report.id), slug(base), slug(&release.name)),
                });
            }
        }
        let notices: Vec<&NoticePage> = notices.iter().filter(|notice| notice.is_public()).collect();
        for (ix, item, notice) in covered(&notices, &shipments) {
            // Of two notices the first one speaks.
            shipments[ix].items[item].notice.get_or_insert(notice);
        }
        let (newest, since) = (day(history.order.first()), day(history.order.last()));
        Ok(Self {
            history,
            notices,
            is_daily: today.is_some(),
            today: today.unwrap_or(newest),
            newest,
            since,
            apis,
            shipments,
        })
    }

    /// The operations that a notice is about, by their place in the directory of its API.
    pub(super) fn reached(&self, notice: &NoticePage) -> Rc<[usize]> {
        let Some(api) = self.apis.iter().position(|api| api.id == notice.api) else { return [].into() };
        let written = notice.report.iter().flat_map(|report| &report.apis).filter(|report| report.id == notice.api);
        let found = self.shipments.iter().filter(|it| it.api == api).map(|it| it.report);
        let covers: FxHashSet<&String> = notice.covers.iter().collect();
        let mut operations = IndexSet::new();
        for report in written.chain(found) {
            let changes = report.changes.iter().filter(|change| covers.contains(&change.fingerprint));
            let places = changes.flat_map(|change| report.operations(change));
            operations.extend(places.filter_map(|at| self.apis[api].directory.find(at)));
        }
        operations.into_iter().collect()
    }

    /// What the pages and feeds of the operations of an API tell, newest first.
    pub(super) fn told(&self, api: usize) -> Vec<(&Shipment<'a>, &Item)> {
        let shipments = self.shipments.iter().filter(|shipment| shipment.api == api);
        shipments.flat_map(|it| it.for_operations().iter().map(move |item| (it, item))).collect()
    }

    /// The releases, newest first, each with the places of its shipments: none where a version could not be read.
    pub(super) fn releases(&self, only: Option<usize>) -> Vec<(&'a Release, Vec<usize>)> {
        let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (ix, shipment) in self.shipments.iter().enumerate() {
            if only.is_none_or(|api| shipment.api == api) {
                by_name.entry(&shipment.release.name).or_default().push(ix);
            }
        }
        let skips = |release: &Release| {
            release.skipped.iter().any(|skipped| only.is_none_or(|api| self.apis[api].id == skipped.api))
        };
        let releases = self.history.changelog.releases.iter();
        let with = releases.map(|release| (release, by_name.remove(release.name.as_str()).unwrap_or_default()));
        with.filter(|(release, shipments)| !shipments.is_empty() || skips(release)).collect()
    }
}

/// The entry that speaks for a release of very many entries, or whose entries reach very many operations.
fn crowd(book: &Book<'_>, summary: &Summary, directory: &Directory, items: &[Item]) -> Option<Item> {
    let tellings: Vec<usize> = directory.iter().map(|(_, operation)| 1 + operation.tags.len()).collect();
    let pairs: usize = items.iter().flat_map(|item| item.operations.iter()).map(|&at| tellings[at]).sum();
    let counts = || words::counts(book.lang, summary).unwrap_or_default();
    (pairs > CROWD || items.len() > TOLD).then(|| Item::of_all(items, book.say("crowd", &[("counts", &counts())])))
}

/// Which shipping of a fingerprint a notice is about, as (shipment, entry, notice): the first one on or after the
/// announcement, else, where it came too late, the last one before. A change that is made again later is news again, and
/// so is one that was made after its notice had been withdrawn.
fn covered(notices: &[&NoticePage], shipments: &[Shipment<'_>]) -> Vec<(usize, usize, usize)> {
    let wanted: FxHashSet<&str> = notices.iter().flat_map(|notice| &notice.covers).map(String::as_str).collect();
    let mut shipped: FxHashMap<(&str, &str), Vec<(usize, usize)>> = FxHashMap::default();
    for (ix, shipment) in shipments.iter().enumerate().rev() {
        for (place, item) in shipment.items.iter().enumerate() {
            for id in item.now.iter().filter(|id| wanted.contains(id.as_str())) {
                shipped.entry((&shipment.report.id, id)).or_default().push((ix, place));
            }
        }
    }
    let mut out = Vec::new();
    for (number, notice) in notices.iter().enumerate().filter(|(_, notice)| notice.state != State::Withdrawn) {
        for id in &notice.covers {
            // Oldest first.
            let Some(all) = shipped.get(&(notice.api.as_str(), id.as_str())) else { continue };
            let on_time = all.iter().find(|at| notice.announced_on.is_none_or(|day| shipments[at.0].day >= day));
            out.extend(on_time.or(all.last()).map(|&(ix, place)| (ix, place, number)));
        }
    }
    out
}

impl Shipment<'_> {
    /// Its entries as the pages and feeds of operations tell them.
    pub(super) fn for_operations(&self) -> &[Item] {
        self.crowd.as_ref().map_or(&self.items, std::slice::from_ref)
    }

    /// The report of this API alone.
    pub(super) fn alone(&self, model: &Model<'_>) -> Report {
        let date = model.history.order.iter().find(|(name, _)| name == self.base).map(|(_, day)| day.clone());
        let known = &self.release.report.base;
        let base = if known.label == self.base {
            known.clone()
        } else {
            Version { label: self.base.to_owned(), commit: None, date }
        };
        Report::new(base, self.release.report.head.clone(), vec![self.report.clone()])
    }
    /// The page that shows an entry.
    pub(super) fn place(&self, item: &Item) -> String {
        let within = if item.anchor.is_empty() { String::new() } else { format!("#{}", item.anchor) };
        format!("{}.html{within}", self.page)
    }
    /// Its counts in words.
    pub(super) fn counts(&self, book: &Book<'_>) -> String {
        let counts = words::counts(book.lang, &self.summary);
        let lost = self.release.skipped.iter().any(|skipped| skipped.api == self.report.id);
        let unknown = lost.then(|| text::ui(book.lang, "part-unknown"));
        let said: Vec<String> = counts.into_iter().chain(unknown).collect();
        if said.is_empty() { text::ui(book.lang, "no-change") } else { said.join(", ") }
    }
    /// The first entries, as a list away from home.
    pub(super) fn shown<'s>(
        &'s self,
        book: &Book<'_>,
        model: &Model<'_>,
        wanted: impl Iterator<Item = &'s Item>,
    ) -> Vec<Shown<'s>> {
        let announced = |item: &Item| {
            let notice = model.notices[item.notice?];
            let title = book.say("announced", &[("title", notice.title(book.lang))]);
            Some(Link::new(format!("{}.html", notice_page(notice)), title))
        };
        let shown = wanted.map(|item| Shown {
            anchor: None,
            body: &item.html,
            level: item.level.as_str(),
            proof: None,
            href: Some(self.place(item)),
            plain: &item.plain,
            notice: announced(item),
            pages: Vec::new(),
        });
        shown.collect()
    }
}

/// What a release is called: a day alone, a name with its day.
pub(super) fn title(book: &Book<'_>, release: &Release) -> String {
    let day = release.day().map(|day| text::date(book.lang, day)).unwrap_or_default();
    if release.date.as_deref() == Some(release.name.as_str()) {
        return book.say("release-of-day", &[("date", &day)]);
    }
    book.say("release-named", &[("version", &release.name), ("date", &day)])
}
