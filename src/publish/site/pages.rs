//! The pages for everyone: the first one, what is to come, each notice.

use serde::Serialize;

use super::book::{Book, Link, SiteError};
use super::model::{Model, Shipment, title};
use super::notice::{NoticePage, calendar};
use super::subjects::operation_links;
use crate::notice::State;
use crate::render::slug::cited;
use crate::render::words;
use crate::rules::Level;
use crate::text::{self, Lang};

/// How many releases the first page names.
pub(super) const NEWEST: usize = 10;
/// A notice in a list.
#[derive(Clone, Serialize)]
pub(super) struct NoticeView<'a> {
    href: String,
    title: String,
    /// Where it is not the language of the page.
    lang: Option<&'static str>,
    level: &'static str,
    mark: String,
    when: String,
    state: &'static str,
    api: Option<&'a str>,
    body: Option<&'a str>,
    /// `in 12 days`
    left: Option<String>,
    /// Its event alone, where it is listed with all there is.
    calendar: Option<String>,
    /// The operations it is about, likewise.
    operations: Vec<Link>,
}

/// How many operations a notice names in a list.
const NAMED: usize = 20;

impl NoticeView<'_> {
    /// The same with the days that are left, its calendar and its operations.
    fn in_full(mut self, book: &Book<'_>, model: &Model<'_>, notice: &NoticePage) -> Self {
        self.left = days_left(book, model, notice);
        self.calendar = notice.event(book.lang).map(|_| format!("{}.ics", notice_page(notice)));
        if let Some(api) = model.apis.iter().find(|api| api.id == notice.api) {
            self.operations = operation_links(api, &model.reached(notice), NAMED);
        }
        self
    }
}

pub(super) fn notice_page(notice: &NoticePage) -> String {
    format!("n/{}", cited(&notice.id))
}

/// A notice in a list; `plainly` takes its words for people who do not read contracts along.
pub(super) fn notice_view<'a>(
    book: &Book<'_>,
    model: &'a Model<'_>,
    notice: &'a NoticePage,
    plainly: bool,
) -> NoticeView<'a> {
    let written = notice.text(book.lang);
    // What was cancelled asks for nothing.
    let cancelled = matches!(notice.state, State::Withdrawn | State::Reverted);
    let level = if cancelled { Level::Docs.as_str() } else { notice.level() };
    let when = match notice.effective_on {
        None => book.word("no-day").to_owned(),
        Some(day) => {
            let late = cancelled || notice.is_upcoming() && day < model.today;
            let key = if late { "overdue" } else { "planned" };
            book.say(key, &[("date", &text::full_date(book.lang, day))])
        }
    };
    let api = model.apis.iter().find(|api| api.id == notice.api && model.apis.len() > 1);
    let mark = text::word(book.lang, "levels", &format!("{level}-partner")).to_owned();
    // Titles name fields: people who do not read contracts are told what to expect, and where it is said.
    let title = if plainly {
        book.say("plain-title", &[("level", &mark), ("id", &notice.id)])
    } else {
        notice.title(book.lang).to_owned()
    };
    NoticeView {
        href: format!("{}.html", notice_page(notice)),
        title,
        lang: written.map(|(lang, _)| lang).filter(|lang| *lang != book.lang).map(Lang::as_str),
        level,
        mark,
        when,
        state: text::word(book.lang, "states", notice.state.as_str()),
        api: api.map(|api| api.title.as_str()),
        body: written.and_then(|(_, text)| text.plainly.as_deref()).filter(|_| plainly),
        left: None,
        calendar: None,
        operations: Vec::new(),
    }
}

/// How many days are left; only where it was said what day it is, since a number of days is wrong tomorrow.
fn days_left(book: &Book<'_>, model: &Model<'_>, notice: &NoticePage) -> Option<String> {
    let day = notice.effective_on.filter(|day| model.is_daily && notice.is_upcoming() && *day >= model.today)?;
    let days = model.today.until(day).ok()?.get_days();
    Some(text::counted(book.lang, "site", "in-days", u64::try_from(days).ok()?))
}

/// What is to come, the nearest day first.
pub(super) fn upcoming<'a>(model: &'a Model<'_>, wanted: impl Fn(&NoticePage) -> bool) -> Vec<&'a NoticePage> {
    let all = model.notices.iter().copied().filter(|notice| notice.is_upcoming() && wanted(notice));
    let mut all: Vec<&NoticePage> = all.collect();
    all.sort_by_key(|notice| (notice.effective_on.is_none(), notice.effective_on, &notice.id));
    all
}

pub(super) fn views<'a>(
    book: &Book<'_>,
    model: &'a Model<'_>,
    all: &[&'a NoticePage],
    plainly: bool,
) -> Vec<NoticeView<'a>> {
    all.iter().map(|notice| notice_view(book, model, notice, plainly)).collect()
}

/// The newest releases, a link each.
pub(super) fn newest(book: &Book<'_>, model: &Model<'_>, only: Option<usize>) -> Vec<Link> {
    let shipments = model.shipments.iter().filter(|it| only.is_none_or(|api| it.api == api));
    shipments.take(NEWEST).map(|shipment| shipment_link(book, model, shipment)).collect()
}

pub(super) fn shipment_link(book: &Book<'_>, model: &Model<'_>, shipment: &Shipment<'_>) -> Link {
    let name = title(book, shipment.release);
    let api = &model.apis[shipment.api].title;
    let name = if model.apis.len() > 1 { format!("{api} · {name}") } else { name };
    Link { counts: Some(shipment.counts(book)), ..Link::new(format!("{}.html", shipment.page), name) }
}

/// `index.html`
pub(super) fn index(book: &mut Book<'_>, model: &Model<'_>, feeds: &[(String, String)]) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        notices: Vec<NoticeView<'a>>,
        apis: Vec<Link>,
        releases: Vec<Link>,
        levels: Vec<Meaning>,
    }
    #[derive(Serialize)]
    struct Meaning {
        level: &'static str,
        word: String,
        said: &'static str,
    }
    let meaning = |level: Level| Meaning {
        level: level.as_str(),
        word: text::capitalised(text::word(book.lang, "levels", level.as_str())),
        said: book.word(&format!("level-{}", level.as_str())),
    };
    let count = |api: &super::model::ApiSite| {
        let standing = api.directory.iter().filter(|(_, operation)| !operation.gone).count();
        words::counted(book.lang, "operations", standing as u64)
    };
    let view = View {
        notices: views(book, model, &upcoming(model, |_| true), false),
        apis: model
            .apis
            .iter()
            .map(|api| Link { counts: Some(count(api)), ..Link::new(api.page(), &api.title) })
            .collect(),
        releases: newest(book, model, None),
        levels: Level::ALL.map(meaning).into(),
    };
    let title = book.title.clone();
    book.page("index.html", "index", &title, feeds, view)
}

/// `upcoming.html`, `upcoming.ics`
pub(super) fn announced(book: &mut Book<'_>, model: &Model<'_>, feeds: &[(String, String)]) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        notices: Vec<NoticeView<'a>>,
        past: Option<Past<'a>>,
    }
    #[derive(Serialize)]
    struct Past<'a> {
        notices: Vec<NoticeView<'a>>,
    }
    let coming = upcoming(model, |_| true);
    let mut past: Vec<&NoticePage> = model.notices.iter().copied().filter(|notice| !notice.is_upcoming()).collect();
    past.sort_by(|one, two| (two.effective_on, &two.id).cmp(&(one.effective_on, &one.id)));
    let past = Some(Past { notices: views(book, model, &past, false) }).filter(|past| !past.notices.is_empty());
    let listed = coming.iter().map(|&notice| notice_view(book, model, notice, false).in_full(book, model, notice));
    let view = View { notices: listed.collect(), past };
    book.page("upcoming.html", "upcoming", book.word("upcoming"), feeds, view)?;
    // Those given up stay, so that calendars that took them in learn of it.
    let events = model.notices.iter().filter_map(|notice| notice.event(book.lang));
    let name = text::labelled(book.lang, &book.title, book.word("upcoming"));
    let text = calendar(events, book.lang, Some(&name));
    book.put("upcoming.ics", &text)
}

/// `n/ID.html`, `.json`, `.md`, `.ics`
pub(super) fn notice(book: &mut Book<'_>, model: &Model<'_>, notice: &NoticePage) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        level: &'static str,
        mark: String,
        when: String,
        state: &'static str,
        left: Option<String>,
        operations: Vec<Link>,
        parts: Vec<Part<'a>>,
        forms: Vec<Link>,
    }
    #[derive(Serialize)]
    struct Part<'a> {
        lang: Option<&'static str>,
        /// Of a further language; that of the first one is the page's.
        title: Option<&'a str>,
        body: &'a str,
    }
    let page = notice_page(notice);
    let listed = notice_view(book, model, notice, false).in_full(book, model, notice);
    let first = notice.text(book.lang);
    // A language of the site has a page of its own.
    let own = |lang: &Lang| book.tongue.all.contains(lang);
    let others = notice.texts.iter().filter(|(lang, _)| first.is_none_or(|(first, _)| first != **lang) && !own(lang));
    let part = |lang: Lang, title, body| Part { lang: Some(lang.as_str()).filter(|_| lang != book.lang), title, body };
    let parts = first.map(|(lang, text)| part(lang, None, text.html.as_str()));
    let parts = parts.into_iter().chain(others.map(|(lang, text)| part(*lang, Some(text.title.as_str()), &text.html)));
    let mut forms = vec![Link::to_file(format!("{page}.json"), book.word("as-json"), "application/json")];
    forms.push(Link::to_file(format!("{page}.md"), book.word("as-markdown"), "text/markdown"));
    let event = notice.event(book.lang);
    forms.extend(event.map(|_| Link::to_file(format!("{page}.ics"), book.word("as-calendar"), "text/calendar")));
    let view = View {
        level: listed.level,
        mark: listed.mark,
        when: listed.when,
        state: listed.state,
        left: listed.left,
        operations: listed.operations,
        parts: parts.collect(),
        forms,
    };
    book.page(&format!("{page}.html"), "notice", notice.title(book.lang), &[], view)?;
    book.put(&format!("{page}.json"), &notice.json)?;
    book.put(&format!("{page}.md"), first.map_or("", |(_, text)| &text.markdown))?;
    let event = event.map(|event| calendar(std::iter::once(event), book.lang, None));
    event.map_or(Ok(()), |event| book.put(&format!("{page}.ics"), &event))
}
