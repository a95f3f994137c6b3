//! The published site: pages, feeds and data of what shipped and of what is announced, as files that need no server.
//!
//! The same history, notices and configuration give the same bytes. Everything from documents and tags is escaped, and
//! no name of theirs becomes part of a path. Nothing about partners goes in: there is no way to hand it over.

use std::cell::RefCell;

use jiff::civil::Date;

use crate::compare::history::{History, Stop, walk_seeing};
use crate::compare::{Api, Asked};
use crate::config::{self, Authority};
use crate::publish::feeds::Outline;

use crate::contract::{self, Contract, Deprecated};
use crate::text::Lang;
use book::Link;
use book::{Book, Dress, Tongue};
pub use book::{Sink, SiteError};
use contracts::Shelf;
#[cfg(feature = "internals")]
pub use contracts::{directory_schema, releases_schema};
#[cfg(feature = "internals")]
pub use data::published_schema;
use directory::Directory;
pub use disk::{Folder, FolderError, Written};
#[cfg(feature = "internals")]
pub use embed::embedded_schema;
use latest::Newest;
use model::{ApiSite, Model};
use news::Scope;
pub use notice::{NoticePage, NoticeText};

mod aside;
mod book;
mod chronicle;
mod contracts;
mod data;
mod diff;
mod directory;
mod disk;
mod embed;
mod items;
mod latest;
mod model;
mod news;
mod notice;
mod pages;
mod proof;
mod reach;
mod subjects;
mod text;

/// The files that are the same on every site.
const FIXED: &[(&str, &str)] = &[
    ("filter.js", include_str!("../../../templates/site/filter.js")),
    ("schema/report-1.json", include_str!("../../../schemas/report.schema.json")),
    ("schema/notices-1.json", include_str!("../../../schemas/notices.schema.json")),
    ("schema/releases-1.json", include_str!("../../../schemas/releases.schema.json")),
    ("schema/site-1.json", include_str!("../../../schemas/site.schema.json")),
    ("schema/embed-1.json", include_str!("../../../schemas/embed.schema.json")),
];

/// The pages of operations that an entry leads to.
const LINKED: usize = 5;
const STYLE: &str = include_str!("../../../templates/site/style.css");

/// What a site is made of.
pub struct Plan<'a> {
    /// Who publishes it.
    pub site: &'a config::Site,
    /// The releases, oldest first.
    pub stops: &'a [Stop],
    /// The APIs, by release.
    pub apis: &'a [Api],
    /// How changes are judged, and the language of the pages where the site names none.
    pub asked: Asked<'a>,
    /// The notices, in any order.
    pub notices: &'a [NoticePage],
    /// The day at which it is told what is late [default: the day of the newest release].
    pub today: Option<Date>,
    /// What the team puts on its pages.
    pub own: &'a Own,
}

/// Files of a team that its pages take.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Own {
    /// A logo, SVG.
    pub logo: Option<String>,
    /// A style sheet that comes after ours.
    pub style: Option<String>,
}

/// A site that was handed over.
pub struct Built {
    /// What it was made from. Whoever takes the files for a site looks at [`History::unread`] first.
    pub history: History,
    /// The feeds of all operations, from which the list of one partner is made ([`Built::outlines`]).
    pub operations: Vec<OperationFeed>,
}

/// The feed of one operation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OperationFeed {
    /// The id of the API.
    pub api: String,
    /// The operation, as fingerprints have it: `GET /users/{}`, `webhook:created POST`.
    pub address: String,
    /// The same for people.
    pub name: String,
    /// Where its page and its feeds lie, from the root of the site.
    pub folder: String,
}

impl Built {
    /// The feeds of some operations at the address of the site, for [`opml`](crate::publish::feeds::opml). They are
    /// public; the list says which ones somebody reads, and belongs to nobody else.
    pub fn outlines(&self, url: &str, wanted: &dyn Fn(&OperationFeed) -> bool) -> Vec<Outline> {
        let url = url.trim_end_matches('/');
        let all = self.operations.iter().filter(|feed| wanted(feed));
        all.map(|feed| Outline::of(url, &feed.name, &feed.folder)).collect()
    }
}

/// Walks the history and hands every file of the site to the sink.
///
/// # Errors
/// Only those of the sink, and defects of our own templates.
pub fn build(plan: &Plan<'_>, sink: &mut dyn Sink) -> Result<Built, SiteError> {
    let langs = plan.site.languages(plan.asked.lang);
    let asked = Asked { lang: langs[0], ..plan.asked };
    let url = plan.site.url.as_deref().map(|url| url.trim_end_matches('/'));
    let dress =
        Dress { footer: plan.site.footer.as_deref(), logo: plan.own.logo.is_some(), style: plan.own.style.is_some() };
    let sink = RefCell::new(sink);
    let put = |path: &str, content: &str| sink.borrow_mut().put(path, content);
    let book = |&lang: &Lang| {
        let title = plan.site.title.clone().unwrap_or_else(|| crate::text::ui(lang, "report-title"));
        Book::new(Tongue { lang, all: &langs }, title, url, dress, &put)
    };
    let mut books: Vec<Book<'_>> = langs.iter().map(book).collect();
    fixed(&mut books[0], plan)?;
    let newest = Newest::read(plan.apis, asked, plan.stops);
    let mut apis: Vec<ApiSite> = plan.apis.iter().enumerate().map(|(ix, api)| blank(&newest, ix, api)).collect();
    // Of each API and version, the link in each language.
    let mut since: Vec<Vec<Vec<Link>>> = vec![Vec::new(); apis.len()];
    let mut shelf = Shelf::of(apis.len());
    let mut outcome = Ok(());
    let history = walk_seeing(plan.stops, plan.apis, asked, &mut |seen| {
        let api = &mut apis[seen.api];
        api.directory.see(seen.contract);
        shelf.see(seen);
        if newest.contract(seen.api).is_none() && !seen.contract.title.trim().is_empty() {
            seen.contract.title.clone_into(&mut api.title);
        }
        if outcome.is_ok() {
            outcome = newest.pages(&mut books, seen).map(|links| since[seen.api].push(links));
        }
    });
    outcome?;
    for (ix, api) in apis.iter_mut().enumerate() {
        // A document that cannot be read now is not gone: it stays as it was.
        let there = plan.stops.len().checked_sub(1).is_some_and(|last| plan.apis[ix].place(last).is_some());
        if newest.contract(ix).is_none() && !there {
            api.directory.close();
        }
    }
    let ids = Authority::of(plan.site, &plan.asked.config.mail);
    let mut operations = Vec::new();
    for (number, book) in books.iter_mut().enumerate() {
        let said = (number > 0).then(|| history.said_in(book.lang));
        let own = apis.iter().zip(&since).enumerate().map(|(ix, (api, since))| {
            let links = since.iter().rev().filter_map(|links| links.get(number));
            ApiSite { since: links.cloned().collect(), versions: since.len(), published: shelf.has(ix), ..api.clone() }
        });
        let model = Model::new(book, said.as_ref().unwrap_or(&history), plan.notices, own.collect(), plan.today)?;
        write(book, &model, &ids)?;
        if number == 0 {
            contracts::write(book, &model, &shelf)?;
            operations = model.apis.iter().flat_map(subjects::feeds).collect();
        }
    }
    Ok(Built { history, operations })
}

/// The files that serve all languages and hang on nothing that shipped.
fn fixed(book: &mut Book<'_>, plan: &Plan<'_>) -> Result<(), SiteError> {
    for (path, text) in FIXED {
        book.put(path, text)?;
    }
    book.put("style.css", &format!("{STYLE}{}", plan.site.colours()))?;
    let own = [("logo.svg", &plan.own.logo), ("own.css", &plan.own.style)];
    own.into_iter().try_for_each(|(path, text)| text.as_ref().map_or(Ok(()), |text| book.put(path, text)))
}

fn blank(newest: &Newest<'_>, ix: usize, api: &Api) -> ApiSite {
    let contract = newest.contract(ix);
    let written = contract.map(|contract| contract.title.clone()).filter(|title| !title.trim().is_empty());
    ApiSite {
        id: api.id.clone(),
        title: api.title.clone().or(written).unwrap_or_else(|| api.id.clone()),
        directory: Directory::default(),
        pages: model::pages(contract),
        deprecated: contract.map(marked).unwrap_or_default(),
        since: Vec::new(),
        versions: 0,
        published: false,
    }
}

fn write(book: &mut Book<'_>, model: &Model<'_>, ids: &Authority) -> Result<(), SiteError> {
    let news = news::news(book, model, ids);
    let news = (news.as_slice(), ids);
    let feeds = [("all-apis", book::FEED, Scope::All), ("breaking-only", "breaking/feed", Scope::Breaking)];
    let mut named = Vec::new();
    for (key, path, scope) in feeds {
        let said = book.word(key);
        let titled = crate::text::labelled(book.lang, &book.title, said);
        let feed = news::feed(book, model, news, (path, "changes/index.html", titled), scope);
        book.feed(&feed)?;
        named.push((said.to_owned(), path.to_owned()));
    }
    pages::index(book, model, &named)?;
    pages::announced(book, model, &named)?;
    chronicle::changes(book, model, None, &named)?;
    chronicle::summary(book, model)?;
    data::published(book, model, ids, None)?;
    data::upcoming_json(book, model)?;
    for notice in &model.notices {
        pages::notice(book, model, notice)?;
    }
    for api in 0..model.apis.len() {
        data::published(book, model, ids, Some(api))?;
        embed::embedded(book, model, api)?;
        subjects::write(book, model, news, api)?;
    }
    for shipment in &model.shipments {
        let report = shipment.alone(model);
        let titled =
            book.say("release", &[("api", &model.apis[shipment.api].title), ("version", &shipment.release.name)]);
        let api = &model.apis[shipment.api];
        let pages = |item: &items::Item| subjects::operation_links(api, &item.operations, LINKED);
        diff::write(book, &shipment.page, &titled, &api.page(), &report, &shipment.items, (&pages, diff::MOST))?;
    }
    Ok(())
}

/// What a contract marks as deprecated.
fn marked(contract: &Contract) -> Vec<Deprecated> {
    contract::deprecated(contract).into_iter().filter(|one| one.marked).collect()
}
