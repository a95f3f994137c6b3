//! The entries of reports as pages and feeds show them: each is rendered once, without addresses, and used wherever it
//! belongs.

use std::rc::Rc;

use serde::Serialize;

use super::book::{Book, Link, SiteError};
use super::directory::Directory;
use super::proof;
use super::reach::{self, Lookup};
use super::text::{escape, plain};
use crate::notice::NoticeIndex;
use crate::publish::changelog::{Line, Style, entries};
use crate::render::words;
use crate::report::{ApiReport, Summary};
use crate::rules::Level;
use crate::text;

/// How many operations an entry names.
const NAMED: usize = 20;
/// How many it names in a feed, which is read once and kept in very many copies.
const NAMED_BRIEFLY: usize = 3;

/// One entry.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What it is known by on its page.
    pub(super) anchor: String,
    /// The fingerprints it speaks of, as they are, or were, published.
    pub(super) ids: Vec<String>,
    /// The same of today.
    pub(super) now: Vec<String>,
    /// The level of the worst of them.
    pub(super) level: Level,
    /// The kind of change.
    pub(super) rule: String,
    /// The sentence as plain text, its level before it.
    pub(super) plain: String,
    /// The same without its level.
    pub(super) said: String,
    pub(super) html: String,
    /// What feeds say: fewer operations.
    pub(super) brief: String,
    /// Before and after side by side and the exchange that proves it, as HTML.
    pub(super) proof: String,
    /// The operations it reaches, by their place in the directory, in its order.
    pub(super) operations: Rc<[usize]>,
    /// The notice that announced it, by its place in the model.
    pub(super) notice: Option<usize>,
}

impl Item {
    /// What identifies it in feeds: none of its fingerprints depends on words or on configured levels.
    pub(super) fn identity(&self) -> &str {
        self.ids.iter().min().map_or("all", String::as_str)
    }

    /// True if it speaks for all of a release.
    pub(super) fn is_of_all(&self) -> bool {
        self.ids.is_empty()
    }

    /// The entry that speaks for all of a release on the pages and in the feeds of operations; it has no fingerprint.
    pub(super) fn of_all(items: &[Self], plain: String) -> Self {
        Self {
            anchor: String::new(),
            ids: Vec::new(),
            now: Vec::new(),
            level: items.iter().map(|item| item.level).min().unwrap_or(Level::Docs),
            rule: String::new(),
            html: format!("<p>{}</p>", escape(&plain)),
            brief: format!("<p>{}</p>", escape(&plain)),
            said: plain.clone(),
            proof: String::new(),
            plain,
            operations: reach::union(items.iter().map(|item| &*item.operations)),
            notice: None,
        }
    }
}

/// An entry as the template `entry` sees it.
#[derive(Serialize)]
struct View<'a> {
    level: &'static str,
    mark: &'a str,
    sentence: &'a str,
    hint: Option<&'a str>,
    also: &'a [String],
    affects: &'a str,
    operations: Vec<Method<'a>>,
    more: Option<String>,
    values: bool,
    before: Option<&'a str>,
    after: Option<&'a str>,
    before_label: &'a str,
    after_label: &'a str,
    refusal: Option<&'a str>,
    advice: Option<&'static str>,
}

/// An operation, its method apart.
#[derive(Serialize)]
struct Method<'a> {
    method: &'a str,
    path: &'a str,
}

impl<'a> Method<'a> {
    fn of(name: &'a str) -> Self {
        let (method, path) = name.split_once(' ').unwrap_or(("", name));
        Self { method, path }
    }
}

/// An entry in a list, as the template `items` sees it.
#[derive(Clone, Serialize)]
pub(super) struct Shown<'a> {
    /// Its id, where the list is where it is at home.
    pub(super) anchor: Option<&'a str>,
    pub(super) body: &'a str,
    /// The level, which colours it.
    pub(super) level: &'static str,
    /// What shows it, where it is at home.
    pub(super) proof: Option<&'a str>,
    /// Where it is at home, elsewhere.
    pub(super) href: Option<String>,
    pub(super) plain: &'a str,
    /// The notice that announced it.
    pub(super) notice: Option<Link>,
    /// The pages of its operations, where it is at home.
    pub(super) pages: Vec<Link>,
}

/// The entries of an API from `additive` up, worst first.
pub(super) fn items(book: &Book<'_>, api: &ApiReport, directory: &Directory) -> Result<Vec<Item>, SiteError> {
    // Notices have pages of their own, to which entries lead.
    static NONE: NoticeIndex = NoticeIndex::NONE;
    let style = Style {
        lang: book.lang,
        show: Level::Additive,
        blocks: true,
        several: false,
        index: &NONE,
        older: false,
        site: None,
    };
    let mut lookup = Lookup::new(api, directory);
    entries(api, style).into_iter().map(|line| item(book, &mut lookup, line)).collect()
}

/// The counts of a report: the entries that its page lists, and those of the documentation, which it does not list.
pub(super) fn counted(api: &ApiReport, items: &[Item]) -> Summary {
    let of = |level| items.iter().filter(|item| item.level == level).count() as u64;
    let (breaking, risky, additive) = (of(Level::Breaking), of(Level::Risky), of(Level::Additive));
    Summary { breaking, risky, additive, docs: api.docs_entries(), ..Summary::of_api(api) }
}

fn item(book: &Book<'_>, lookup: &mut Lookup<'_>, line: Line) -> Result<Item, SiteError> {
    let lang = book.lang;
    let label = |word: &str| text::labelled(lang, word, "");
    let level = Level::ALL.into_iter().find(|level| level.as_str() == line.entry.level).unwrap_or(Level::Docs);
    let word = text::capitalised(text::word(lang, "levels", level.as_str()));
    let mark = label(&word);
    let [affects, before, after] = ["affects", "before", "after"].map(|key| label(&text::ui(lang, key)));
    let advice = text::page(&line.entry.rule, lang).map(|page| page.advice).filter(|_| level <= Level::Risky);
    let fill = |template: &str, most: usize| {
        let (names, left) = line.operations(most);
        let view = View {
            level: level.as_str(),
            mark: &word,
            sentence: &line.entry.sentence,
            hint: line.entry.hint.as_deref(),
            also: &line.also,
            affects: &affects,
            operations: names.iter().map(|name| Method::of(name)).collect(),
            more: (left > 0).then(|| words::counted(lang, "and-more", left as u64)),
            values: line.values,
            before: line.entry.before.as_deref(),
            after: line.entry.after.as_deref(),
            before_label: &before,
            after_label: &after,
            refusal: line.entry.refusal.as_deref(),
            advice,
        };
        book.fill(template, &view)
    };
    let (html, brief) = (fill("entry", NAMED)?, fill("brief", NAMED_BRIEFLY)?);
    Ok(Item {
        proof: proof::proof(book, &line)?,
        anchor: line.ids.first().cloned().unwrap_or_default(),
        plain: format!("{mark} {}", plain(lang, &line.entry.sentence)),
        said: plain(lang, &line.entry.sentence),
        brief,
        level,
        rule: line.entry.rule,
        html,
        operations: lookup.operations(&line.now),
        notice: None,
        ids: line.ids,
        now: line.now,
    })
}
