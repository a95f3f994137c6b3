//! Everything the pages speak of, gathered once: what each release shipped, which notice covers it, and its addresses.

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::book::{Book, Link, SiteError};
use super::deprecated::Deprecated;
use super::directory::Directory;
use super::items::{Item, Shown, counted, items};
use super::notice::NoticePage;
use super::pages::notice_page;
use crate::compare::history::{History, Release};
use crate::notice::State;
use crate::render::slug::slug;
use crate::render::words;
use crate::report::{ApiReport, Report, Version};
use crate::text;

/// One API of the site.
pub(super) struct ApiSite {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) directory: Directory,
    /// What its newest version marks as deprecated.
    pub(super) deprecated: Vec<Deprecated>,
    /// Its versions that are compared with the newest one, newest first, and the pages of that.
    pub(super) since: Vec<Link>,
}

impl ApiSite {
    /// Its folder.
    pub(super) fn folder(&self) -> String {
        format!("api/{}", slug(&self.id))
    }
    pub(super) fn page(&self) -> String {
        format!("{}/index.html", self.folder())
    }
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
    /// Its page without extension.
    pub(super) page: String,
}

/// The site, before it is written.
pub(super) struct Model<'a> {
    pub(super) history: &'a History,
    pub(super) notices: Vec<&'a NoticePage>,
    pub(super) today: Date,
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
                shipments.push(Shipment {
                    api,
                    release,
                    report,
                    base,
                    day: release.day().unwrap_or_default(),
                    items: items(book, report, &apis[api].directory)?,
                    page: format!("diff/{}/{}..{}", slug(&report.id), slug(base), slug(&release.name)),
                });
            }
        }
        let notices: Vec<&NoticePage> = notices.iter().filter(|notice| notice.is_public()).collect();
        for (ix, id, notice) in covered(&notices, &shipments) {
            // Of two notices the first one speaks.
            let mut items = shipments[ix].items.iter_mut();
            if let Some(item) = items.find(|item| item.now.iter().any(|one| one == id) && item.notice.is_none()) {
                item.notice = Some(notice);
            }
        }
        let (today, since) = (today.unwrap_or_else(|| day(history.order.first())), day(history.order.last()));
        Ok(Self { history, notices, today, since, apis, shipments })
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

/// Which shipping of a fingerprint a notice is about, as (shipment, fingerprint, notice): the first one on or after the
/// announcement, else, where it came too late, the last one before. A change that is made again later is news again, and
/// so is one that was made after its notice had been withdrawn.
fn covered<'a>(notices: &[&'a NoticePage], shipments: &[Shipment<'_>]) -> Vec<(usize, &'a str, usize)> {
    let wanted: FxHashSet<&str> = notices.iter().flat_map(|notice| &notice.covers).map(String::as_str).collect();
    let mut shipped: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (ix, shipment) in shipments.iter().enumerate().rev() {
        for id in shipment.report.changes.iter().map(|change| change.fingerprint.as_str()) {
            if wanted.contains(id) {
                shipped.entry((&shipment.report.id, id)).or_default().push(ix);
            }
        }
    }
    let mut out = Vec::new();
    for (number, notice) in notices.iter().enumerate().filter(|(_, notice)| notice.state != State::Withdrawn) {
        for id in &notice.covers {
            // Oldest first.
            let Some(all) = shipped.get(&(notice.api.as_str(), id.as_str())) else { continue };
            let on_time = all.iter().find(|ix| notice.announced_on.is_none_or(|day| shipments[**ix].day >= day));
            out.extend(on_time.or(all.last()).map(|&ix| (ix, id.as_str(), number)));
        }
    }
    out
}

impl Shipment<'_> {
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
        format!("{}.html#{}", self.page, item.anchor)
    }
    /// Its counts in words.
    pub(super) fn counts(&self, book: &Book<'_>) -> String {
        let counts = words::counts(book.lang, &counted(self.report, &self.items));
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
            href: Some(self.place(item)),
            plain: &item.plain,
            notice: announced(item),
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
