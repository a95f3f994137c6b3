//! The first text of a notice: facts, and prose that says what is known. People write on from there; nothing here ever
//! touches a notice that exists.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::Value;

use super::{excerpt, exchange, words};
use crate::contract::vocabulary::{Action, Facet};
use crate::notice::{Kind, Part};
use crate::report::{ApiReport, Change, Report};
use crate::rules::texts::{self, Lang};
use crate::rules::{self, Level};

/// How many changes are written out; the facts beside the notice hold all.
const WRITTEN: usize = 20;
/// How many operations are named for each.
const NAMED: usize = 5;
/// What a draft begins from.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The id of the notice.
    pub id: &'a str,
    /// The changes that it covers, of one API.
    pub facts: &'a Report,
    /// The languages to write in.
    pub langs: &'a [Lang],
    /// The title in the first language, else one is made.
    pub title: Option<&'a str>,
    /// The day of the announcement, where it is announced at once.
    pub announced_on: Option<Date>,
    /// The day it is planned to ship.
    pub effective_on: Option<Date>,
}

impl Draft<'_> {
    fn changes(&self) -> impl Iterator<Item = (&ApiReport, &Change)> {
        self.facts.apis.iter().flat_map(|api| api.changes.iter().map(move |change| (api, change)))
    }

    /// The text of the notice; ends with a line break.
    pub fn text(&self) -> String {
        let mut out = self.front();
        for (ix, &lang) in self.langs.iter().enumerate() {
            let title = self.title.filter(|_| ix == 0).map(str::to_owned);
            out.push_str(&self.prose(lang, &title.unwrap_or_else(|| self.title(lang))));
        }
        out
    }

    fn front(&self) -> String {
        let quoted = |text: &str| Value::from(text).to_string();
        let api = self.facts.apis.first().map_or("", |api| api.id.as_str());
        let kind = serde_json::to_value(self.kind()).unwrap_or_default();
        let mut out = format!("+++\nid = {}\nrevision = 1\nkind = {kind}\napi = {}\n", quoted(self.id), quoted(api));
        for (key, day) in [("announced_on", self.announced_on), ("effective_on", self.effective_on)] {
            let _ = match day {
                Some(day) => writeln!(out, "{key} = {day}"),
                None => writeln!(out, "# {key} = 2030-01-31"),
            };
        }
        out.push_str("audience = \"uses\"\ncovers = [\n");
        for (_, change) in self.changes() {
            let _ = writeln!(out, "  {}, # {} {}", quoted(&change.fingerprint), change.rule, place(change));
        }
        out + "]\n+++\n"
    }

    fn kind(&self) -> Kind {
        let worst = self.changes().map(|(_, change)| change.level).min().unwrap_or(Level::Docs);
        let deprecates = |change: &Change| {
            let on = rules::find(&change.rule).map(|rule| (rule.on.0, rule.on.1));
            matches!(on, Some((Facet::Deprecated, Action::Added) | (Facet::Sunset, _)))
        };
        if self.changes().all(|(_, change)| deprecates(change)) { Kind::Deprecation } else { worst.into() }
    }

    /// What the first change is, and how many more there are.
    fn title(&self, lang: Lang) -> String {
        let count = self.changes().count();
        let Some((_, change)) = self.changes().next() else { return self.id.to_owned() };
        let renamed = change.hint.as_ref().and_then(|hint| hint.renamed_to.as_deref());
        let name = change.at.path.rsplit(['.', ':']).next().unwrap_or_default();
        let first = match renamed {
            Some(to) if !name.is_empty() => {
                let text = texts::word(lang, "drafts", "renamed");
                text.replace("{from}", &format!("`{name}`")).replace("{to}", &format!("`{to}`"))
            }
            Some(_) | None => said(lang, change),
        };
        if count == 1 {
            return first;
        }
        let more = texts::counted(lang, "drafts", "more", count as u64 - 1);
        format!("{first} {more}")
    }

    fn prose(&self, lang: Lang, title: &str) -> String {
        let word = |key: &str| texts::word(lang, "drafts", key);
        let mut out = format!("\n<!-- {} -->\n# {title}\n\n<!-- {} -->\n", lang.as_str(), word("hint-summary"));
        let mut section = |part: Part, body: &str| {
            let _ = write!(out, "\n## {}\n\n{body}\n", part.heading(lang));
        };
        section(Part::IfNothing, &self.pages(lang, |page| page.explanation));
        section(Part::Changes, &self.written(lang));
        section(Part::ToDo, &self.pages(lang, |page| page.advice));
        section(Part::Unchanged, &format!("{}\n<!-- {} -->", word("unchanged"), word("hint-unchanged")));
        section(Part::Reason, &format!("<!-- {} -->", word("hint-reason")));
        section(Part::Plainly, &format!("<!-- {} -->", word("hint-plainly")));
        out
    }

    /// What the rules say, each once, as a list.
    fn pages(&self, lang: Lang, of: fn(&texts::RuleTexts) -> &'static str) -> String {
        let mut lines: Vec<&str> = Vec::new();
        for (_, change) in self.changes() {
            let Some(page) = texts::page(&change.rule, lang) else { continue };
            if !lines.contains(&of(&page)) {
                lines.push(of(&page));
            }
        }
        let marked: Vec<String> = lines.iter().map(|line| format!("- {line}")).collect();
        if let [only] = lines.as_slice() { (*only).to_owned() } else { marked.join("\n") }
    }

    /// The changes with the operations they reach, before and after.
    fn written(&self, lang: Lang) -> String {
        let mut out = String::new();
        for (ix, (api, change)) in self.changes().take(WRITTEN).enumerate() {
            let _ = writeln!(out, "{}. {}.", ix + 1, said(lang, change));
            let reach = api.reaches.get(&change.reach).unwrap_or(&change.operations);
            let mut named: Vec<String> = Vec::new();
            for at in reach {
                let name = format!("`{} {}`", at.method, at.path);
                if !named.contains(&name) {
                    named.push(name);
                }
            }
            let left = named.len().saturating_sub(NAMED);
            named.truncate(NAMED);
            if !named.is_empty() {
                let more = (left > 0).then(|| words::counted(lang, "and-more", left as u64));
                let value = named.join(", ") + &more.map_or_else(String::new, |more| format!(" {more}"));
                let label = words::ui(lang, "affects");
                let line = words::put(&words::ui(lang, "colon"), &[("label", &label), ("value", &value)]);
                let _ = writeln!(out, "   {line}");
            }
            out.push_str(&payloads(lang, change));
        }
        let left = self.changes().count().saturating_sub(WRITTEN);
        if left > 0 {
            let _ = writeln!(out, "\n{}", texts::counted(lang, "drafts", "not-written", left as u64));
        }
        out.trim_end().to_owned()
    }
}

/// A payload as it was and as it is, folded around the place of the change; else the request that shows it.
fn payloads(lang: Lang, change: &Change) -> String {
    let none = Value::Null;
    let [before, after] = [&change.before_payload, &change.after_payload].map(|one| one.as_ref().unwrap_or(&none));
    let mut out = String::new();
    for (key, one, other) in [("before", before, after), ("after", after, before)] {
        if !one.is_null() {
            let label = words::put(&words::ui(lang, "colon"), &[("label", &words::ui(lang, key)), ("value", "")]);
            out.push_str(&block(label.trim_end(), "json", &excerpt::block(&exchange::fold(lang, one, other))));
        }
    }
    let shown = change.witness.as_ref().filter(|_| out.is_empty());
    if let Some(witness) = shown {
        let lines = exchange::lines(lang, witness, 0, false);
        if !lines.is_empty() {
            out.push_str(&block("", "http", &lines.join("\n")));
        }
    }
    out
}

/// A fenced block under its label, inside an item of a list.
fn block(label: &str, language: &str, text: &str) -> String {
    let label = if label.is_empty() { String::new() } else { format!("\n   {label}\n") };
    let fenced: Vec<String> = super::safe::fence(language, text).lines().map(|line| format!("   {line}")).collect();
    format!("{label}\n{}\n", fenced.join("\n"))
}

fn said(lang: Lang, change: &Change) -> String {
    match rules::find(&change.rule) {
        Some(rule) => texts::say(rule.id, lang, &change.args),
        None => change.summary.clone(),
    }
}

/// Where a change lies, on one line.
fn place(change: &Change) -> String {
    let place = match &change.at.component {
        Some(component) => format!("{component} {}", change.at.path),
        None => change
            .operations
            .first()
            .map_or_else(String::new, |at| format!("{} {} {}", at.method, at.path, change.at.path)),
    };
    place.replace(char::is_control, " ").trim_end().to_owned()
}

/// What names the file of a notice: the words of its title, in ASCII.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for letter in title.chars() {
        // What stands between parentheses counts other changes.
        if letter == '(' || out.len() >= 48 {
            break;
        }
        match plain(letter) {
            Some(letter) => out.push(letter),
            None if !out.is_empty() && !out.ends_with('-') && letter != '`' => out.push('-'),
            None => {}
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "notice".to_owned() } else { out.to_owned() }
}

fn plain(letter: char) -> Option<char> {
    match letter.to_lowercase().next()? {
        'à' | 'â' | 'ä' => Some('a'),
        'é' | 'è' | 'ê' | 'ë' => Some('e'),
        'î' | 'ï' => Some('i'),
        'ô' | 'ö' => Some('o'),
        'û' | 'ù' | 'ü' => Some('u'),
        'ç' => Some('c'),
        letter => Some(letter).filter(char::is_ascii_alphanumeric),
    }
}
