//! The first text of a notice: facts, and prose that says what is known. People write on from there; nothing here ever
//! touches a notice that exists.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::Value;

use crate::contract::vocabulary::{Action, Facet};
use crate::notice::{Kind, Part};
use crate::report::{ApiReport, Change, Report};
use crate::rules::texts::{self, Lang};
use crate::rules::{self, Level};

mod stays;
mod telling;

/// What a draft begins from.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// The id of the notice.
    pub id: &'a str,
    /// The changes that it covers, of one API.
    pub facts: &'a Report,
    /// Everything that differs between the same two versions: what is not in it stays as it is.
    pub whole: &'a Report,
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
            out.push_str(&self.prose(lang, &title.unwrap_or_else(|| telling::title(self, lang))));
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
        out.push_str("# testable_on = 2030-01-15\n# test_url = \"https://staging.example.org\"\n");
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

    fn prose(&self, lang: Lang, title: &str) -> String {
        let hint = |key: &str| format!("<!-- {} -->", texts::word(lang, "drafts", key));
        let summary = telling::summary(self, lang);
        let mut out = format!("\n<!-- {} -->\n# {title}\n\n{summary}\n{}\n", lang.as_str(), hint("hint-summary"));
        let mut section = |part: Part, body: &str| {
            let _ = write!(out, "\n## {}\n\n{body}\n", part.heading(lang));
        };
        section(Part::IfNothing, &telling::consequences(self, lang));
        section(Part::Changes, &telling::changes(self, lang));
        section(Part::ToDo, &format!("{}\n{}", telling::steps(self, lang), hint("hint-to-do")));
        section(Part::Unchanged, &format!("{}\n{}", stays::said(self, lang), hint("hint-unchanged")));
        section(Part::Reason, &hint("hint-reason"));
        section(Part::Plainly, &hint("hint-plainly"));
        out
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
