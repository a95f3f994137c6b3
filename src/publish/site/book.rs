//! Pages from templates: what all of them share, and the sink that takes files.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::text::{escape, path, say};
use crate::publish::feeds::{self, Feed};
use crate::render::template::Templates;
use crate::text::Lang;
use crate::text::texts;

/// Takes the files of a site, in any order, each once.
pub trait Sink {
    /// Takes a file; `path` is relative, with `/` between its parts, each of which is a safe name on every system.
    ///
    /// # Errors
    /// Whatever keeps the file from being written.
    fn put(&mut self, path: &str, content: &str) -> io::Result<()>;
}

/// Why a site could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// A file that could not be taken.
    #[error("cannot write `{path}`")]
    Write {
        /// The file, from the root of the site.
        path: String,
        /// What kept it from being written.
        source: io::Error,
    },
    /// A template that fails, which only a defect of ours can cause.
    #[error("the template `{name}` fails: {cause}")]
    Template {
        /// The template.
        name: String,
        /// What it said.
        cause: String,
    },
}

macro_rules! templates {
    ($($name:literal)+) => {
        &[$(($name, include_str!(concat!("../../../templates/site/", $name, ".hbs")))),+]
    };
}

const FILES: &[(&str, &str)] = templates! {
    "head" "foot" "entry" "brief" "proof" "items" "notices" "index" "upcoming" "changes" "notice" "api" "subject" "diff" "summary" "embed"
};

/// The feed of everything, without an extension.
pub(super) const FEED: &str = "feed";

/// The pages that every page links to: file, key of the label.
const NAV: &[(&str, &str)] = &[
    ("index.html", "home"),
    ("upcoming.html", "upcoming"),
    ("changes/index.html", "latest-changes"),
    ("summary.html", "summary"),
];

/// The languages of a site: the first one stands at the root, each other one in a folder of its code.
#[derive(Clone, Copy)]
pub(super) struct Tongue<'a> {
    pub(super) lang: Lang,
    pub(super) all: &'a [Lang],
}

impl Tongue<'_> {
    /// Whether it is the one whose pages stand at the root.
    pub(super) fn is_first(self) -> bool {
        self.all.first().is_none_or(|first| *first == self.lang)
    }
    fn folder(self, lang: Lang) -> String {
        if self.all.first().is_none_or(|first| *first == lang) { String::new() } else { format!("{}/", lang.as_str()) }
    }
}

/// The same page in another language.
#[derive(Serialize)]
struct Other {
    lang: &'static str,
    label: &'static str,
    href: String,
}

/// What a team puts around its pages.
#[derive(Clone, Copy, Default)]
pub(super) struct Dress<'a> {
    pub(super) footer: Option<&'a str>,
    pub(super) logo: bool,
    pub(super) style: bool,
}

/// What every page says around its content.
#[derive(Serialize)]
struct Frame<'a> {
    lang: &'static str,
    title: &'a str,
    site: &'a str,
    /// Whether it is not the first page.
    below: bool,
    /// The way to the first page of this language: `../../`, nothing beside it.
    root: String,
    /// The way to the root of the site, where what serves all languages is.
    top: String,
    others: Vec<Other>,
    footer: Option<&'a str>,
    logo: bool,
    style: bool,
    nav: Vec<Nav>,
    feeds: Vec<FeedLink>,
    /// The feeds of what the page is about, of the whole site where it has none.
    subscribe: Vec<FeedLink>,
}

#[derive(Serialize)]
struct Nav {
    href: &'static str,
    label: &'static str,
    current: bool,
}

/// A feed that a page names.
#[derive(Clone, Serialize)]
struct FeedLink {
    title: String,
    href: String,
    kind: &'static str,
    format: &'static str,
}

/// A link of a list.
#[derive(Clone, Serialize)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) counts: Option<String>,
    pub(super) kind: &'static str,
}

impl Link {
    pub(super) fn new(href: impl Into<String>, title: impl Into<String>) -> Self {
        Self { href: href.into(), title: title.into(), counts: None, kind: "text/html" }
    }
    pub(super) fn to_file(href: String, title: &str, kind: &'static str) -> Self {
        Self { kind, ..Self::new(href, title) }
    }
}

/// Makes pages and hands them over.
pub(super) struct Book<'a> {
    pub(super) lang: Lang,
    pub(super) title: String,
    /// The address of the site, without a final slash.
    pub(super) url: Option<String>,
    pub(super) tongue: Tongue<'a>,
    dress: Dress<'a>,
    templates: Templates,
    words: BTreeMap<String, &'static str>,
    sink: &'a dyn Fn(&str, &str) -> io::Result<()>,
}

impl<'a> Book<'a> {
    /// `url` is the address of the whole site, without a final slash.
    pub(super) fn new(
        tongue: Tongue<'a>,
        title: String,
        url: Option<&str>,
        dress: Dress<'a>,
        sink: &'a dyn Fn(&str, &str) -> io::Result<()>,
    ) -> Self {
        let lang = tongue.lang;
        let folder = tongue.folder(lang);
        let url = url.map(|url| format!("{url}/{folder}").trim_end_matches('/').to_owned());
        let templates = Templates::new(FILES, escape).with("say", say).with("html", str::to_owned).with("path", path);
        let words = texts(lang).tables().find(|(name, _)| *name == "site").map(|(_, words)| words);
        let words = words.into_iter().flatten().map(|(key, word)| (key.replace('-', "_"), word.as_str())).collect();
        Self { lang, title, url, tongue, dress, templates, words, sink }
    }

    /// A word of the site.
    pub(super) fn word(&self, key: &str) -> &'static str {
        crate::text::word(self.lang, "site", key)
    }

    /// A word of the site with its placeholders filled.
    pub(super) fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        crate::text::put(self.word(key), args)
    }

    /// A template over a view, alone.
    pub(super) fn fill(&self, name: &str, view: &impl Serialize) -> Result<String, SiteError> {
        self.templates.fill(name, view).map_err(|cause| SiteError::Template { name: name.to_owned(), cause })
    }

    /// The folder of the language, `en/`; nothing for the first one.
    pub(super) fn folder(&self) -> String {
        self.tongue.folder(self.lang)
    }

    /// Hands a file over.
    pub(super) fn put(&mut self, path: &str, content: &str) -> Result<(), SiteError> {
        let path = self.folder() + path;
        (self.sink)(&path, content).map_err(|source| SiteError::Write { path, source })
    }

    /// The way from a page of this language to a file that serves all languages.
    pub(super) fn common(&self, path: &str) -> String {
        if self.tongue.is_first() { path.to_owned() } else { format!("../{path}") }
    }

    /// A page in the other languages.
    fn others(&self, path: &str, top: &str) -> Vec<Other> {
        let others = self.tongue.all.iter().filter(|lang| **lang != self.lang);
        let other = |lang: &Lang| Other {
            lang: lang.as_str(),
            label: crate::text::word(*lang, "site", "language"),
            href: format!("{top}{}{path}", self.tongue.folder(*lang)),
        };
        others.map(other).collect()
    }

    /// Hands the documents of a feed over.
    pub(super) fn feed(&mut self, feed: &Feed) -> Result<(), SiteError> {
        feeds::files(feed, self.url.as_deref()).iter().try_for_each(|(path, text)| self.put(path, text))
    }

    /// A page; `feeds` are those it names, by title and path without extension.
    pub(super) fn page(
        &mut self,
        path: &str,
        template: &str,
        title: &str,
        feeds: &[(String, String)],
        view: impl Serialize,
    ) -> Result<(), SiteError> {
        #[derive(Serialize)]
        struct Page<'p, V: Serialize> {
            frame: Frame<'p>,
            words: &'p BTreeMap<String, &'static str>,
            #[serde(flatten)]
            view: V,
        }
        let nav = NAV.iter().map(|&(href, key)| Nav { href, label: self.word(key), current: href == path });
        let root = "../".repeat(path.matches('/').count());
        let top = if self.tongue.is_first() { root.clone() } else { format!("{root}../") };
        let frame = Frame {
            lang: self.lang.as_str(),
            title,
            site: &self.title,
            below: title != self.title,
            root,
            others: self.others(path, &top),
            top,
            footer: self.dress.footer,
            logo: self.dress.logo,
            style: self.dress.style,
            nav: nav.collect(),
            feeds: feeds.iter().flat_map(|(title, path)| links(title, path)).collect(),
            subscribe: feeds
                .first()
                .map_or_else(|| links(&self.title, FEED), |(title, path)| links(title, path))
                .into(),
        };
        let text = self.fill(template, &Page { frame, words: &self.words, view })?;
        self.put(path, &text)
    }
}

fn links(title: &str, path: &str) -> [FeedLink; 2] {
    [("xml", "application/atom+xml", "Atom"), ("json", "application/feed+json", "JSON Feed")]
        .map(|(end, kind, format)| FeedLink { title: title.to_owned(), href: format!("{path}.{end}"), kind, format })
}
