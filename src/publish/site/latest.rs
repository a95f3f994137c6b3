//! What has changed since a version that someone still uses: each version that is recent enough against the newest one.
//!
//! The pages are written while the history is walked, from the contracts that the walk reads anyway: no version is read
//! twice and none is kept.

use std::cell::RefCell;

use jiff::ToSpan;
use jiff::civil::Date;

use super::book::{Book, Link, SiteError};
use super::diff;
use super::directory::Directory;
use super::items::items;
use crate::compare::history::{self, Seen, Stop};
use crate::compare::{Api, Asked, Called, Contracts, Purse, compared};
use crate::contract::Contract;
use crate::render::slug::slug;
use crate::report::{ApiReport, Report, Version};
use crate::text;

/// The releases of the last two years, and at least so many, are compared with the newest one, each where there are no more
/// of them: a page and its data are half a megabyte of a large API, and grow with the distance.
const ALL: usize = 50;
/// Else the newest ones, and of those before them the first of each month of the last year, before it of each quarter.
const NEWEST: usize = 20;
/// The operations that a change names itself where a set has them all.
const NAMED: usize = 3;
/// The entries that a page shows.
const SHOWN: usize = 200;

/// The newest version of each API.
pub(super) struct Newest<'a> {
    apis: &'a [Api],
    asked: Asked<'a>,
    version: Version,
    day: Date,
    /// Each with what stands for its content.
    contracts: Vec<Option<(Contract, Option<String>)>>,
    /// What all these comparisons may cost.
    purse: RefCell<Purse>,
    /// The names of all stops.
    names: Vec<String>,
    /// Whether the version at a stop is compared.
    wanted: Vec<bool>,
    /// The index of the newest stop.
    last: usize,
}

impl<'a> Newest<'a> {
    /// Reads the newest of the stops.
    pub(super) fn read(apis: &'a [Api], asked: Asked<'a>, stops: &[Stop]) -> Self {
        let last = stops.last();
        let day = last.map_or(Date::MIN, |stop| stop.date);
        let mut contracts = Contracts::default();
        let mut read = |api: &Api| {
            let place = api.place(stops.len().checked_sub(1)?)?;
            let (read, answers) = history::read(&mut contracts, &*last?.files, &place.path);
            Some((read.ok()?, answers.id(&place.path)))
        };
        let floor = day.checked_sub(24.months()).unwrap_or(day);
        Self {
            apis,
            asked,
            version: last.map(Stop::version).unwrap_or_default(),
            day,
            contracts: apis.iter().map(&mut read).collect(),
            purse: RefCell::default(),
            names: stops.iter().map(|stop| stop.version().label).collect(),
            wanted: wanted(stops, floor),
            last: stops.len().saturating_sub(1),
        }
    }

    /// The newest contract of an API.
    pub(super) fn contract(&self, api: usize) -> Option<&Contract> {
        self.contracts.get(api)?.as_ref().map(|(contract, _)| contract)
    }

    /// Whether a version stood at a stop that is compared.
    fn compares(&self, seen: &Seen<'_>) -> bool {
        let first = self.names.iter().position(|name| *name == seen.version.label).unwrap_or_default();
        self.wanted.get(first..seen.until).is_some_and(|stood| stood.contains(&true))
    }

    /// Writes the pages of a version, a language each, and says where they are; nothing for one that is too old.
    pub(super) fn pages(&self, books: &mut [Book<'_>], seen: &Seen<'_>) -> Result<Vec<Link>, SiteError> {
        let api = &self.apis[seen.api];
        let Some(newest) = self.contract(seen.api).filter(|_| self.compares(seen)) else { return Ok(Vec::new()) };
        let title = api.title.as_deref().unwrap_or(&newest.title);
        // The newest release says what differs from the version before.
        let known = seen.replaced.filter(|said| seen.until == self.last && said.then_id.is_none());
        let mut said = known.cloned().unwrap_or_else(|| self.compared(seen, newest, api, title));
        // The operations of a set stand in it: a list of each change's own would be most of the file.
        for change in said.changes.iter_mut().filter(|change| said.reaches.contains_key(&change.reach)) {
            change.operations.truncate(NAMED);
        }
        let said = Report::new(seen.version.clone(), self.version.clone(), vec![said]);
        let base = &seen.version.label;
        let name = if title.trim().is_empty() { &api.id } else { title };
        let page = format!("diff/{}/{}..latest", slug(&api.id), slug(base));
        let day = seen.version.date.as_ref().filter(|date| *date == base).and_then(|date| date.parse().ok());
        let mut links = Vec::new();
        for book in books {
            let other = (book.lang != self.asked.lang).then(|| said.clone().say_in(book.lang));
            links.push(Self::write(book, (&api.id, name, base, day), &page, other.as_ref().unwrap_or(&said))?);
        }
        Ok(links)
    }

    fn write(
        book: &mut Book<'_>,
        (id, name, base, day): (&str, &str, &str, Option<Date>),
        page: &str,
        said: &Report,
    ) -> Result<Link, SiteError> {
        let entries = match said.apis.first() {
            Some(api) => items(book, api, &Directory::default())?,
            None => Vec::new(),
        };
        let titled = book.say("release-since", &[("api", name), ("version", base)]);
        diff::write(
            book,
            page,
            &titled,
            &format!("api/{}/index.html", slug(id)),
            said,
            &entries,
            (&|_| Vec::new(), SHOWN),
        )?;
        let shown = match day {
            Some(day) => book.say("since-day", &[("date", &text::date(book.lang, day))]),
            None => book.say("since", &[("version", base)]),
        };
        Ok(Link::new(format!("{page}.html"), shown))
    }

    fn compared(&self, seen: &Seen<'_>, newest: &Contract, api: &Api, title: &str) -> ApiReport {
        let former = self.asked.former(api);
        let called = Called { id: &api.id, then_id: None, former: &former, path: api.path(), title: Some(title) };
        let document = self.contracts[seen.api].as_ref().and_then(|(_, document)| document.as_deref());
        let purse = &mut self.purse.borrow_mut();
        compared([seen.contract, newest], [seen.document, document], (called, self.asked), (self.day, purse))
    }
}

/// Which stops are compared with the newest one: those since a day, or the last ones, thinned out where they are many.
fn wanted(stops: &[Stop], floor: Date) -> Vec<bool> {
    let recent = stops.iter().filter(|stop| stop.date >= floor).count().max(ALL);
    let first = stops.len().saturating_sub(recent);
    let newest = if stops.len() - first > ALL { stops.len() - NEWEST } else { first };
    let year = stops.last().and_then(|stop| stop.date.checked_sub(12.months()).ok()).unwrap_or(floor);
    let month = |ix: usize| {
        let Stop { date, .. } = &stops[ix];
        (date.year(), if *date < year { (date.month() - 1) / 3 } else { date.month() })
    };
    let opens = |ix: usize| ix == first || month(ix) != month(ix - 1);
    (0..stops.len()).map(|ix| ix >= newest || (ix >= first && opens(ix))).collect()
}
