//! What has changed since a version that someone still uses: each version that is recent enough against the newest one.
//!
//! The pages are written while the history is walked, from the contracts that the walk reads anyway: no version is read
//! twice and none is kept.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::book::{Book, Link, SiteError};
use super::diff;
use super::directory::Directory;
use super::items::items;
use crate::contract::{self, Contract};
use crate::diff::{self as differ, Options};
use crate::publish::changelog::{Api, Reading, Seen, Stop};
use crate::render::slug::slug;
use crate::report::{self, ApiInput, Coverage, Report, Version};
use crate::spec::{self, Shelf};
use crate::text;

/// The releases of the last two years are compared with the newest one, at least and at most so many: a page and its data
/// are half a megabyte of a large API, and grow with the distance.
const LEAST: usize = 50;
const MOST: usize = 100;

/// The newest version of each API.
pub(super) struct Newest<'a> {
    apis: &'a [Api],
    reading: &'a Reading<'a>,
    version: Version,
    day: Date,
    contracts: Vec<Option<Contract>>,
    /// The index of the first stop that is compared.
    first: usize,
}

impl<'a> Newest<'a> {
    /// Reads the newest of all stops; `days` are those of all of them, oldest first.
    pub(super) fn read(apis: &'a [Api], reading: &'a Reading<'a>, newest: &Stop, days: &[Date]) -> Self {
        let read = |api: &Api| {
            let document = spec::load(&*newest.files, &api.path, &mut Shelf::default(), &reading.limits).ok()?;
            Some(contract::read(Arc::new(document)))
        };
        let floor = newest.date.checked_sub(24.months()).unwrap_or(newest.date);
        let recent = days.iter().filter(|day| **day >= floor).count().clamp(LEAST, MOST);
        Self {
            apis,
            reading,
            version: version(newest),
            day: newest.date,
            contracts: apis.iter().map(read).collect(),
            first: days.len().saturating_sub(recent),
        }
    }

    /// The newest contract of an API.
    pub(super) fn contract(&self, api: usize) -> Option<&Contract> {
        self.contracts.get(api)?.as_ref()
    }

    /// Writes the page of a version, and says where it is; nothing for one that is too old.
    pub(super) fn page(&self, book: &mut Book<'_>, seen: &Seen<'_>) -> Result<Option<Link>, SiteError> {
        let api = &self.apis[seen.api];
        let Some(newest) = self.contract(seen.api).filter(|_| seen.until > self.first) else { return Ok(None) };
        let changes = differ::compare(seen.contract, newest, &Options { today: self.day });
        let title = api.title.as_deref().unwrap_or(&newest.title);
        let said = report::assemble(&ApiInput {
            id: &api.id,
            path: &api.path,
            title,
            base: Some(&seen.contract.document),
            head: Some(&newest.document),
            changes: &changes,
            levels: self.reading.levels,
            coverage: Coverage::of(newest),
            lang: book.lang,
        });
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
}

fn version(stop: &Stop) -> Version {
    Version {
        label: stop.name.clone(),
        commit: Some(stop.commit.clone()).filter(|id| !id.is_empty()),
        date: Some(stop.date.to_string()),
    }
}
