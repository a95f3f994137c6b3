//! The pages and feeds of one API, of each of its operations, of each of its topics.

use serde::Serialize;

use super::OperationFeed;
use super::book::{Book, Link, SiteError};
use super::directory::Operation;
use super::items::{Item, Shown};
use super::model::{ApiSite, Model, title};
use super::news::{News, Scope, feed};
use super::notice::NoticePage;
use super::pages::{NoticeView, notice_view, upcoming};
use crate::config::Authority;
use crate::publish::feeds::{Outline, opml};
use crate::render::slug::hashed;
use crate::text;

/// The entries that the page of an API shows.
const NEWEST: usize = 20;
/// The entries that the page of an operation or a topic shows.
const SHOWN: usize = 100;

/// Something of an API that has a page and a feed.
struct Subject<'a> {
    folder: String,
    title: String,
    summary: &'a str,
    status: Option<String>,
    /// Its operations, by their place in the directory.
    operations: Vec<usize>,
    /// Whether they are listed.
    is_topic: bool,
}

/// The addresses of an operation and of a topic.
fn operation_folder(api: &ApiSite, operation: &Operation) -> String {
    format!("{}/op/{}", api.folder(), operation.slug)
}

/// The feeds of the operations of an API.
pub(super) fn feeds(api: &ApiSite) -> impl Iterator<Item = OperationFeed> {
    api.directory.iter().map(|(address, operation)| OperationFeed {
        api: api.id.clone(),
        address: address.to_owned(),
        name: operation.name.clone(),
        folder: operation_folder(api, operation),
    })
}

/// Writes everything of one API.
pub(super) fn write(
    book: &mut Book<'_>,
    model: &Model<'_>,
    news: (&[News], &Authority),
    ix: usize,
) -> Result<(), SiteError> {
    let api = &model.apis[ix];
    let name = |place: usize| api.directory.get(place);
    let mut subjects: Vec<Subject<'_>> = Vec::new();
    for (place, (_, operation)) in api.directory.iter().enumerate() {
        subjects.push(Subject {
            folder: operation_folder(api, operation),
            title: operation.name.clone(),
            summary: &operation.summary,
            status: status(book, model, operation),
            operations: vec![place],
            is_topic: false,
        });
    }
    for (tag, operations) in api.directory.tags() {
        let operations: Vec<usize> = operations.into_iter().filter(|place| name(*place).is_some()).collect();
        subjects.push(Subject {
            folder: topic_folder(api, tag),
            title: book.say("topic", &[("api", &api.title), ("topic", tag)]),
            summary: "",
            status: None,
            operations,
            is_topic: true,
        });
    }
    let own = format!("{}/feed", api.folder());
    let titled = book.say("latest-changes-of", &[("title", &api.title)]);
    let whole = feed(book, model, news, (&own, &api.page(), titled.clone()), Scope::Api(ix));
    book.feed(&whole)?;
    let feeds = [(titled, own)];
    page(book, model, ix, &subjects, &feeds)?;
    super::chronicle::changes(book, model, Some(ix), &feeds)?;
    for subject in &subjects {
        subject_page(book, model, news, ix, subject)?;
    }
    list(book, api, &subjects)
}

fn topic_folder(api: &ApiSite, tag: &str) -> String {
    format!("{}/tag/{}", api.folder(), hashed(tag, tag))
}

/// What there is to know of an operation beside its changes.
fn status(book: &Book<'_>, model: &Model<'_>, operation: &Operation) -> Option<String> {
    if operation.gone {
        return Some(book.word("operation-gone").to_owned());
    }
    let ends = ends(book, model, operation.sunset.as_deref(), ["operation-ends", "operation-ended"]);
    let marked = operation.deprecated.then(|| book.word("operation-deprecated").to_owned());
    ends.filter(|_| operation.deprecated).or(marked)
}

/// When something ends or was to end; a text that is no day is not repeated.
fn ends(book: &Book<'_>, model: &Model<'_>, sunset: Option<&str>, keys: [&str; 2]) -> Option<String> {
    let day: jiff::civil::Date = sunset?.get(..10)?.parse().ok()?;
    let key = if day < model.today { keys[1] } else { keys[0] };
    Some(book.say(key, &[("date", &text::full_date(book.lang, day))]))
}

#[derive(Serialize)]
struct Row<'a> {
    href: String,
    name: &'a str,
    summary: &'a str,
    status: Option<String>,
}

#[derive(Serialize)]
struct Ending<'a> {
    what: &'a str,
    sunset: Option<String>,
}

fn page(
    book: &mut Book<'_>,
    model: &Model<'_>,
    ix: usize,
    subjects: &[Subject<'_>],
    feeds: &[(String, String)],
) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        notices: Vec<NoticeView<'a>>,
        releases: Vec<Chapter<'a>>,
        all: String,
        since: &'a [Link],
        deprecated: Vec<Ending<'a>>,
        operations: Vec<Row<'a>>,
        tags: Vec<Row<'a>>,
    }
    let api = &model.apis[ix];
    let row = |subject: &'_ Subject<'_>| format!("{}/index.html", subject.folder);
    let operations = subjects.iter().filter(|subject| !subject.is_topic);
    let topics = subjects.iter().filter(|subject| subject.is_topic).zip(api.directory.tags());
    let element = ["element-ends", "element-ended"];
    let view = View {
        notices: notices(book, model, |notice| notice.api == api.id),
        releases: history(book, model, ix, None).0,
        all: format!("{}/changes/index.html", api.folder()),
        since: &api.since,
        deprecated: api
            .deprecated
            .iter()
            .map(|it| Ending { what: &it.what, sunset: ends(book, model, it.sunset.as_deref(), element) })
            .collect(),
        operations: operations
            .map(|it| Row { href: row(it), name: &it.title, summary: it.summary, status: it.status.clone() })
            .collect(),
        tags: topics.map(|(it, (tag, _))| Row { href: row(it), name: tag, summary: "", status: None }).collect(),
    };
    book.page(&api.page(), "api", &api.title, feeds, view)
}

fn notices<'a>(book: &Book<'_>, model: &'a Model<'_>, wanted: impl Fn(&NoticePage) -> bool) -> Vec<NoticeView<'a>> {
    upcoming(model, wanted).into_iter().map(|notice| notice_view(book, model, notice, false)).collect()
}

/// What one release changed of a subject.
#[derive(Serialize)]
struct Chapter<'a> {
    title: String,
    href: String,
    items: Vec<Shown<'a>>,
}

fn subject_page(
    book: &mut Book<'_>,
    model: &Model<'_>,
    news: (&[News], &Authority),
    ix: usize,
    subject: &Subject<'_>,
) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        api: &'a str,
        api_href: String,
        summary: &'a str,
        status: Option<&'a str>,
        operations: Vec<Link>,
        notices: Vec<NoticeView<'a>>,
        releases: Vec<Chapter<'a>>,
        more: Option<&'static str>,
        more_href: String,
    }
    let api = &model.apis[ix];
    let (path, page) = (format!("{}/feed", subject.folder), format!("{}/index.html", subject.folder));
    let titled = book.say("latest-changes-of", &[("title", &subject.title)]);
    let scope = Scope::Operations(ix, &subject.operations);
    let own = feed(book, model, news, (&path, &page, titled.clone()), scope);
    book.feed(&own)?;
    let listed = subject.operations.iter().filter(|_| subject.is_topic).filter_map(|place| api.directory.get(*place));
    let (releases, left) = history(book, model, ix, Some(&subject.operations));
    // A notice whose changes are still to come is found by the entry of the feed it makes.
    let told: Vec<&str> = own.entries.iter().filter_map(|entry| entry.facts.get("notice")?.as_str()).collect();
    let view = View {
        api: &api.title,
        api_href: api.page(),
        summary: subject.summary,
        status: subject.status.as_deref(),
        operations: listed
            .map(|(_, it)| Link::new(format!("{}/index.html", operation_folder(api, it)), it.name.clone()))
            .collect(),
        notices: notices(book, model, |notice| told.contains(&notice.id.as_str())),
        releases,
        more: left.then(|| book.word("all-changes")),
        more_href: format!("{}/changes/index.html", api.folder()),
    };
    book.page(&page, "subject", &subject.title, &[(titled, path)], view)
}

/// What the newest releases changed of an API or of some of its operations, and whether there is more.
fn history<'m>(book: &Book<'_>, model: &'m Model<'_>, ix: usize, wanted: Option<&[usize]>) -> (Vec<Chapter<'m>>, bool) {
    let mut out = Vec::new();
    let mut room = if wanted.is_some() { SHOWN } else { NEWEST };
    for shipment in model.shipments.iter().filter(|shipment| shipment.api == ix) {
        let reaches = |item: &&Item| wanted.is_none_or(|wanted| item.operations.iter().any(|at| wanted.contains(at)));
        let mut items = shipment.shown(book, model, shipment.items.iter().filter(reaches));
        let left = items.len() > room;
        items.truncate(room);
        room -= items.len();
        if items.is_empty() {
            if left {
                return (out, true);
            }
            continue;
        }
        out.push(Chapter { title: title(book, shipment.release), href: format!("{}.html", shipment.page), items });
    }
    (out, false)
}

/// `opml/API.opml`: the feeds of an API, for a reader of feeds. Without a known address of the site it has none.
fn list(book: &mut Book<'_>, api: &ApiSite, subjects: &[Subject<'_>]) -> Result<(), SiteError> {
    let Some(url) = book.url.clone() else { return Ok(()) };
    let whole = Outline::of(&url, &api.title, &api.folder());
    let parts = subjects.iter().map(|subject| Outline::of(&url, &subject.title, &subject.folder));
    let all = std::iter::once(whole).chain(parts);
    let text = opml(&text::ui(book.lang, "feed-of").replace("{title}", &api.title), &all.collect::<Vec<_>>());
    book.put(&format!("opml/{}.opml", crate::render::slug::slug(&api.id)), &text)
}
