//! The pages and feeds of one API, of each of its operations, of each of its topics.

use std::collections::BTreeSet;

use serde::Serialize;

use super::OperationFeed;
use super::book::{Book, Link, SiteError};
use super::directory::Operation;
use super::items::{Item, Shown};
use super::model::{ApiSite, Model, Shipment, title};
use super::news::{News, Scope, by_operation, feed};
use super::notice::NoticePage;
use super::pages::{NoticeView, notice_view, upcoming};
use super::reach::Reach;
use crate::config::Authority;
use crate::publish::feeds::{Outline, opml};
use crate::render::slug::hashed;
use crate::render::words;
use crate::text;

/// The entries that the page of an API shows.
const NEWEST: usize = 20;
/// The entries that the page of an operation or a topic shows.
const SHOWN: usize = 20;

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
    api.operations().map(|(address, operation)| OperationFeed {
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
    let mut subjects: Vec<Subject<'_>> = Vec::new();
    for (place, (_, operation)) in api.operations().enumerate() {
        subjects.push(Subject {
            folder: operation_folder(api, operation),
            title: operation.name.clone(),
            summary: &operation.summary,
            status: status(book, model, operation),
            operations: vec![place],
            is_topic: false,
        });
    }
    for (tag, operations) in api.directory.tags().into_iter().take(api.pages - subjects.len()) {
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
    let told = model.told(ix);
    let lists =
        Lists { news: by_operation(news.0, ix), items: Reach::new(told.iter().map(|it| &*it.1.operations)), told };
    for subject in &subjects {
        subject_page(book, model, (news, &lists), ix, subject)?;
    }
    list(book, api, &subjects)
}

/// What there is to tell of an API, by operation.
struct Lists<'m> {
    news: Reach,
    told: Vec<(&'m Shipment<'m>, &'m Item)>,
    items: Reach,
}

fn topic_folder(api: &ApiSite, tag: &str) -> String {
    format!("{}/tag/{}", api.folder(), hashed(tag, tag))
}

/// Links to the pages of the first of some operations.
pub(super) fn operation_links(api: &ApiSite, places: &[usize], most: usize) -> Vec<Link> {
    let with_page = places.iter().filter(|place| **place < api.pages).take(most);
    let found = with_page.filter_map(|place| api.directory.get(*place));
    found.map(|(_, it)| Link::new(format!("{}/index.html", operation_folder(api, it)), it.name.clone())).collect()
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
    /// Whether something of it is announced.
    soon: bool,
}

#[derive(Serialize)]
struct Ending {
    what: String,
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
        contract: Option<String>,
        all_versions: String,
        since: &'a [Link],
        since_intro: String,
        deprecated: Vec<Ending>,
        operations: Vec<Row<'a>>,
        more: Option<String>,
        tags: Vec<Row<'a>>,
    }
    let api = &model.apis[ix];
    let row = |subject: &'_ Subject<'_>| format!("{}/index.html", subject.folder);
    let operations = subjects.iter().filter(|subject| !subject.is_topic);
    let left = api.directory.iter().count() - api.operations().count();
    let topics = subjects.iter().filter(|subject| subject.is_topic).zip(api.directory.tags());
    let shipments = model.shipments.iter().filter(|shipment| shipment.api == ix);
    let coming = upcoming(model, |notice| notice.api == api.id);
    let soon: BTreeSet<usize> = coming.iter().flat_map(|notice| model.reached(notice).to_vec()).collect();
    let element = ["element-ends", "element-ended"];
    let view = View {
        notices: notices(book, model, |notice| notice.api == api.id),
        releases: history(
            book,
            model,
            shipments.flat_map(|it| it.items.iter().map(move |item| (it, item))).take(NEWEST),
        ),
        all: format!("{}/changes/index.html", api.folder()),
        contract: api.published.then(|| book.common(&format!("{}/openapi/latest.json", api.folder()))),
        all_versions: book.common(&format!("{}/releases.json", api.folder())),
        since: &api.since,
        since_intro: match api.since.last().filter(|_| api.since.len() < api.versions) {
            Some(oldest) => book.say("since-thinned", &[("oldest", &oldest.title)]),
            None => book.word("since-intro").to_owned(),
        },
        deprecated: api
            .deprecated
            .iter()
            .map(|it| Ending { what: it.named(), sunset: ends(book, model, it.sunset.as_deref(), element) })
            .collect(),
        operations: operations
            .map(|it| Row {
                href: row(it),
                name: &it.title,
                summary: it.summary,
                status: it.status.clone(),
                soon: it.operations.iter().any(|place| soon.contains(place)),
            })
            .collect(),
        more: (left > 0).then(|| words::counted(book.lang, "and-more", left as u64)),
        tags: topics
            .map(|(it, (tag, _))| Row { href: row(it), name: tag, summary: "", status: None, soon: false })
            .collect(),
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
    (news, lists): ((&[News], &Authority), &Lists<'_>),
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
    let own =
        feed(book, model, news, (&path, &page, titled.clone()), Scope::These(&lists.news.of(&subject.operations)));
    book.feed(&own)?;
    let listed = subject.operations.iter().filter(|place| subject.is_topic && **place < api.pages);
    let listed = listed.filter_map(|place| api.directory.get(*place));
    let told = lists.items.of(&subject.operations);
    // A notice whose changes are still to come is found by the entry of the feed it makes.
    let announced: Vec<&str> = own.entries.iter().filter_map(|entry| entry.facts.get("notice")?.as_str()).collect();
    let view = View {
        api: &api.title,
        api_href: api.page(),
        summary: subject.summary,
        status: subject.status.as_deref(),
        operations: listed
            .map(|(_, it)| Link::new(format!("{}/index.html", operation_folder(api, it)), it.name.clone()))
            .collect(),
        notices: notices(book, model, |notice| announced.contains(&notice.id.as_str())),
        releases: history(book, model, told.iter().take(SHOWN).map(|&place| lists.told[place])),
        more: (told.len() > SHOWN).then(|| book.word("all-changes")),
        more_href: format!("{}/changes/index.html", api.folder()),
    };
    book.page(&page, "subject", &subject.title, &[(titled, path)], view)
}

/// The first of what was told, by release.
fn history<'m>(
    book: &Book<'_>,
    model: &'m Model<'_>,
    told: impl Iterator<Item = (&'m Shipment<'m>, &'m Item)>,
) -> Vec<Chapter<'m>> {
    let told: Vec<_> = told.collect();
    let chapters = told.chunk_by(|one, two| std::ptr::eq(one.0, two.0)).map(|chapter| {
        let shipment = chapter[0].0;
        Chapter {
            title: title(book, shipment.release),
            href: format!("{}.html", shipment.page),
            items: shipment.shown(book, model, chapter.iter().map(|(_, item)| *item)),
        }
    });
    chapters.collect()
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
