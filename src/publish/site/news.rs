//! What feeds tell: each notice once, and each change that no notice announced.
//!
//! A notice keeps its id through all revisions. A change is known by its release and fingerprint: other words announce
//! nothing anew, and the same change made again after it was taken back is news.

use std::rc::Rc;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::book::Book;
use super::items::Item;
use super::model::{ApiSite, Model, Shipment, TOLD};
use super::notice::NoticePage;
use super::pages::notice_page;
use super::reach::Reach;
use crate::config::Authority;
use crate::publish::feeds::{Entry, Feed};
use crate::render::slug::{cited, slug};
use crate::text;

/// How many operations an entry names: what reaches all of a thousand stands in the feeds of all of them.
const NAMED: usize = 5;
/// How many fingerprints an entry names, for the same reason.
const IDS: usize = 20;

/// An entry, and which feeds it belongs to.
pub(super) struct News {
    pub(super) entry: Entry,
    /// The API; none for a notice of one that the site does not have.
    api: Option<usize>,
    breaking: bool,
    /// It is told in the feeds of operations and topics only.
    apart: bool,
    /// The operations it reaches whose feeds tell it, by their place in the directory.
    pub(super) operations: Rc<[usize]>,
}

/// Which entries a feed takes.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    All,
    Breaking,
    Api(usize),
    /// By their place in the news.
    These(&'a [usize]),
}

impl Scope<'_> {
    /// The entries it takes, in their order.
    fn of(self, news: &[News]) -> Vec<&News> {
        let whole = news.iter().filter(|news| !news.apart);
        match self {
            Scope::All => whole.collect(),
            Scope::Breaking => whole.filter(|news| news.breaking).collect(),
            Scope::Api(api) => whole.filter(|news| news.api == Some(api)).collect(),
            Scope::These(places) => places.iter().map(|&place| &news[place]).collect(),
        }
    }
}

/// Which news reach which operations of an API.
pub(super) fn by_operation(news: &[News], api: usize) -> Reach {
    Reach::new(news.iter().map(|news| if news.api == Some(api) { &*news.operations } else { &[] }))
}

/// The permanent id of a change that no notice announced.
pub(super) fn change_id(ids: &Authority, shipment: &Shipment<'_>, item: &Item) -> String {
    let (api, release) = (slug(shipment.report.published_id()), slug(&shipment.release.name));
    ids.uri(&format!("change/{api}/{release}/{}", item.identity()))
}

/// Everything there is to tell, newest first.
pub(super) fn news(book: &Book<'_>, model: &Model<'_>, ids: &Authority) -> Vec<News> {
    let mut out: Vec<News> = model.notices.iter().map(|notice| announced(book, model, ids, notice)).collect();
    for shipment in &model.shipments {
        let one_by_one = shipment.items.len() <= TOLD;
        let alone = shipment.items.iter().filter(|item| one_by_one && item.notice.is_none());
        out.extend(alone.chain(&shipment.crowd).map(|item| News {
            entry: shipped(book, model, ids, shipment, item),
            api: Some(shipment.api),
            breaking: item.level == crate::rules::Level::Breaking,
            apart: one_by_one && item.is_of_all(),
            operations: if item.is_of_all() == shipment.crowd.is_some() {
                Rc::clone(&item.operations)
            } else {
                [].into()
            },
        }));
    }
    out.sort_by_key(|news| std::cmp::Reverse(news.entry.published));
    out
}

fn announced(book: &Book<'_>, model: &Model<'_>, ids: &Authority, notice: &NoticePage) -> News {
    let api = model.apis.iter().position(|api| api.id == notice.api);
    let operations = model.reached(notice);
    let names = api.map(|api| names(model, api, &operations)).unwrap_or_default();
    let published = notice.announced_on.or(notice.effective_on).unwrap_or(model.since);
    let mut tags = vec![notice.level().to_owned(), format!("api:{}", notice.api)];
    tags.extend(names.iter().map(|name| format!("op:{name}")));
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let entry = Entry {
        id: ids.uri(&format!("notice/{}", cited(&notice.id))),
        title: titled(
            book,
            (notice.level(), &notice.api),
            api.map(|api| &model.apis[api]),
            notice.title(book.lang),
            published,
        ),
        html: notice.text(book.lang).map(|(_, text)| text.html.clone()).unwrap_or_default(),
        page: format!("{}.html", notice_page(notice)),
        published,
        updated: notice.revised_on.unwrap_or(published),
        tags,
        facts: facts(
            json!({
                "notice": notice.id, "revision": notice.revision, "state": notice.state, "api": notice.api,
                "level": notice.level(), "effective_on": day(notice.effective_on),
            }),
            &notice.covers,
            (&names, operations.len()),
        ),
    };
    News { entry, api, breaking: notice.level() == "breaking", apart: false, operations }
}

fn shipped(book: &Book<'_>, model: &Model<'_>, ids: &Authority, shipment: &Shipment<'_>, item: &Item) -> Entry {
    let api = &model.apis[shipment.api];
    let names = names(model, shipment.api, &item.operations);
    let mut tags = vec![item.level.as_str().to_owned(), format!("api:{}", api.id)];
    tags.extend(names.iter().map(|name| format!("op:{name}")));
    let title = titled(book, (item.level.as_str(), &api.id), Some(api), &item.said, shipment.day);
    Entry {
        id: change_id(ids, shipment, item),
        title,
        html: item.brief.clone(),
        page: shipment.place(item),
        published: shipment.day,
        updated: shipment.day,
        tags,
        facts: facts(
            json!({ "release": shipment.release.name, "api": api.id, "level": item.level, "rule": item.rule }),
            &item.ids,
            (&names, item.operations.len()),
        ),
    }
}

/// A title that says in any list of a reader how much it matters, of which API it is, and of when.
fn titled(book: &Book<'_>, (level, id): (&str, &str), api: Option<&ApiSite>, said: &str, day: Date) -> String {
    let level = text::capitalised(text::word(book.lang, "levels", level));
    let day = text::date(book.lang, day);
    let api = api.map_or(id, |api| api.title.as_str());
    book.say("feed-title", &[("level", &level), ("api", api), ("title", said), ("date", &day)])
}

/// The facts of an entry for programs: its own, and what it speaks of; the number of fingerprints where some are left out.
fn facts(mut own: Value, ids: &[String], (names, total): (&[&str], usize)) -> Value {
    own["fingerprints"] = json!(ids[..ids.len().min(IDS)]);
    if ids.len() > IDS {
        own["fingerprints_total"] = json!(ids.len());
    }
    own["operations"] = json!(names);
    own["operations_total"] = json!(total);
    own
}

/// The first of some operations, by name.
fn names<'m>(model: &'m Model<'_>, api: usize, operations: &[usize]) -> Vec<&'m str> {
    let all = operations.iter().filter_map(|place| model.apis[api].directory.get(*place));
    all.take(NAMED).map(|(_, operation)| operation.name.as_str()).collect()
}

/// A feed of some of the news.
pub(super) fn feed(
    book: &Book<'_>,
    model: &Model<'_>,
    (news, ids): (&[News], &Authority),
    (path, page, title): (&str, &str, String),
    scope: Scope<'_>,
) -> Feed {
    Feed {
        path: path.to_owned(),
        id: ids.uri(&format!("feed/{}{path}", book.folder())),
        title,
        author: book.title.clone(),
        lang: book.lang.as_str(),
        page: page.to_owned(),
        since: model.since,
        entries: scope.of(news).into_iter().map(|news| news.entry.clone()).collect(),
    }
}
