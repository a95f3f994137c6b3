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

/// The releases of the last two years are compared with the newest one, at least and at most so many: a page and its data
/// are half a megabyte of a large API, and grow with the distance.
const LEAST: usize = 50;
const MOST: usize = 100;

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
    /// The indices of the first stop that is compared, and of the newest.
    first: usize,
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
        let recent = stops.iter().filter(|stop| stop.date >= floor).count().clamp(LEAST, MOST);
        Self {
            apis,
            asked,
            version: last.map(Stop::version).unwrap_or_default(),
            day,
            contracts: apis.iter().map(&mut read).collect(),
            purse: RefCell::default(),
            first: stops.len().saturating_sub(recent),
            last: stops.len().saturating_sub(1),
        }
    }

    /// The newest contract of an API.
    pub(super) fn contract(&self, api: usize) -> Option<&Contract> {
        self.contracts.get(api)?.as_ref().map(|(contract, _)| contract)
    }

    /// Writes the page of a version, and says where it is; nothing for one that is too old.
    pub(super) fn page(&self, book: &mut Book<'_>, seen: &Seen<'_>) -> Result<Option<Link>, SiteError> {
        let api = &self.apis[seen.api];
        let Some(newest) = self.contract(seen.api).filter(|_| seen.until > self.first) else { return Ok(None) };
        let title = api.title.as_deref().unwrap_or(&newest.title);
        // The newest release says what differs from the version before.
        let known = seen.replaced.filter(|said| seen.until == self.last && said.then_id.is_none());
        let said = known.cloned().unwrap_or_else(|| self.compared(seen, newest, api, title));
        let entries = items(book, &said, &Directory::default())?;
        let said = Report::new(seen.version.clone(), self.version.clone(), vec![said]);
        let base = &seen.version.label;
        let name = if title.trim().is_empty() { &api.id } else { title };
        let page = format!("diff/{}/{}..latest", slug(&api.id), slug(base));
        let titled = book.say("release-since", &[("api", name), ("version", base)]);
        diff::write(book, &page, &titled, &format!("api/{}/index.html", slug(&api.id)), &said, &entries)?;
        let day = seen.version.date.as_ref().filter(|date| *date == base).and_then(|date| date.parse().ok());
        let shown = match day {
            Some(day) => book.say("since-day", &[("date", &text::date(book.lang, day))]),
            None => book.say("since", &[("version", base)]),
        };
        Ok(Some(Link::new(format!("{page}.html"), shown)))
    }

    fn compared(&self, seen: &Seen<'_>, newest: &Contract, api: &Api, title: &str) -> ApiReport {
        let former = self.asked.former(api);
        let called = Called { id: &api.id, then_id: None, former: &former, path: api.path(), title: Some(title) };
        let document = self.contracts[seen.api].as_ref().and_then(|(_, document)| document.as_deref());
        let purse = &mut self.purse.borrow_mut();
        compared([seen.contract, newest], [seen.document, document], (called, self.asked), (self.day, purse))
    }
}
