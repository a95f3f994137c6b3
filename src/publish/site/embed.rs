//! What a page of documentation embeds of an API: a fragment to frame, and the same as data.
//!
//! A published format: fields are only ever added within a version, and readers ignore those they do not know.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::book::{Book, Link, SiteError};
use super::data::{address, pretty};
use super::model::Model;
use super::pages::{NoticeView, newest, notice_page, upcoming, views};
use crate::render::slug::slug;

/// What a page of documentation embeds: `embed/API.json`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct Embedded {
    /// The version of this format: 1.
    pub version: u32,
    /// The id of the API.
    pub api: String,
    /// Its title.
    pub title: String,
    /// The language of the texts.
    pub lang: String,
    /// The page of the API.
    pub link: String,
    /// What is to come, the nearest day first.
    pub upcoming: Vec<EmbeddedLink>,
    /// The newest releases.
    pub releases: Vec<EmbeddedLink>,
}

/// A line of what is embedded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub(super) struct EmbeddedLink {
    /// Plain text.
    pub title: String,
    /// An address where the site has one, else a path from the root of the site.
    pub link: String,
    /// The day it is planned to ship, of what is to come.
    pub date: Option<String>,
    /// The changes in words, of releases.
    pub counts: Option<String>,
}

/// `embed/API.html`, `embed/API.json`
pub(super) fn embedded(book: &mut Book<'_>, model: &Model<'_>, ix: usize) -> Result<(), SiteError> {
    #[derive(Serialize)]
    struct View<'a> {
        notices: Vec<NoticeView<'a>>,
        releases: Vec<Link>,
        api_href: String,
    }
    let api = &model.apis[ix];
    let coming = upcoming(model, |notice| notice.api == api.id);
    let releases = newest(book, model, Some(ix));
    let announced = coming.iter().map(|notice| EmbeddedLink {
        title: notice.title(book.lang).to_owned(),
        link: address(book, &format!("{}.html", notice_page(notice))),
        date: notice.effective_on.map(|day| day.to_string()),
        counts: None,
    });
    let shipped = releases.iter().map(|link| EmbeddedLink {
        title: link.title.clone(),
        link: address(book, &link.href),
        date: None,
        counts: link.counts.clone(),
    });
    let document = Embedded {
        version: 1,
        api: api.id.clone(),
        title: api.title.clone(),
        lang: book.lang.as_str().to_owned(),
        link: address(book, &api.page()),
        upcoming: announced.collect(),
        releases: shipped.collect(),
    };
    let name = slug(&api.id);
    book.put(&format!("embed/{name}.json"), &pretty(&document))?;
    let view = View { notices: views(book, model, &coming, false), releases, api_href: api.page() };
    book.page(&format!("embed/{name}.html"), "embed", &api.title, &[], view)
}

/// The JSON Schema of [`Embedded`]; ends with a line break.
#[cfg(feature = "internals")]
pub fn embedded_schema() -> String {
    crate::json_schema::of_output::<Embedded>()
}
