//! The first text of a notice: facts, and prose that says what is known. People write on from there; nothing here ever
//! touches a notice that exists.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde_json::Value;

use crate::contract::vocabulary::{Action, Facet};
use crate::notice::{Kind, Notice, Part};
use crate::report::{ApiReport, Change, Report};
use crate::rules::{self, Level};
use crate::text::{self, Lang};

mod related;
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
    /// What it announces; see [`kind`].
    pub kind: Kind,
    /// The day of the announcement, where it is announced at once.
    pub announced_on: Option<Date>,
    /// The day it is planned to ship.
    pub effective_on: Option<Date>,
    /// Why it ships without notice, and where that is described, where it does.
    pub emergency: Option<(&'a str, &'a str)>,
}

impl Draft<'_> {
    fn changes(&self) -> impl Iterator<Item = (&ApiReport, &Change)> {
        self.facts.apis.iter().flat_map(|api| api.changes.iter().map(move |change| (api, change)))
    }

    /// What is told: an entry a cause.
    fn entries(&self, lang: Lang) -> Report {
        self.facts.in_entries(lang)
    }

    /// The fingerprints of what the notice should remember beside what it covers.
    pub fn remembered(&self) -> Vec<String> {
        self.related().into_iter().map(|change| change.fingerprint.clone()).collect()
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

    /// What it says in a language, without the facts and without what is left for people to write.
    pub fn message(&self, lang: Lang) -> String {
        let mut out = format!("# {}\n\n{}\n", telling::title(self, lang), telling::summary(self, lang));
        for (part, _) in PARTS {
            if let Some(said) = self.part(*part, lang) {
                let _ = write!(out, "\n## {}\n\n{said}\n", part.heading(lang));
            }
        }
        out
    }

    fn front(&self) -> String {
        let quoted = |text: &str| Value::from(text).to_string();
        let api = self.facts.apis.first().map_or("", |api| api.id.as_str());
        let mut out = format!(
            "+++\nid = {}\nrevision = 1\nkind = \"{}\"\napi = {}\n",
            quoted(self.id),
            self.kind.as_str(),
            quoted(api)
        );
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
        out.push_str("]\n");
        if let Some((reason, incident)) = self.emergency {
            let _ = write!(out, "[emergency]\nreason = {}\nincident = {}\n", quoted(reason), quoted(incident));
        }
        out + "+++\n"
    }

    /// What the documents can say of a part; nothing of those that only people know.
    fn part(&self, part: Part, lang: Lang) -> Option<String> {
        Some(match part {
            Part::IfNothing if self.kind == Kind::DocFix => text::word(lang, "drafts", "doc-fix").to_owned(),
            Part::IfNothing => telling::consequences(self, lang),
            Part::Changes => telling::changes(self, lang),
            Part::ToDo if self.kind == Kind::DocFix => text::word(lang, "drafts", "doc-fix-to-do").to_owned(),
            Part::ToDo => telling::steps(self, lang),
            Part::Unchanged => stays::said(self, lang),
            Part::Correction | Part::Reason | Part::Plainly | Part::Other => return None,
        })
    }

    fn prose(&self, lang: Lang, title: &str) -> String {
        let hint = |key: &str| format!("<!-- {} -->", text::word(lang, "drafts", key));
        let summary = telling::summary(self, lang);
        let mut out = format!("\n<!-- {} -->\n# {title}\n\n{summary}\n{}\n", lang.as_str(), hint("hint-summary"));
        for (part, key) in PARTS {
            let said = self.part(*part, lang).map(|text| format!("{text}\n")).unwrap_or_default();
            let hint = key.map(|key| format!("{}\n", hint(key))).unwrap_or_default();
            let _ = write!(out, "\n## {}\n\n{said}{hint}", part.heading(lang));
        }
        out
    }
}

/// What a notice of some changes announces: the worst of them, or a deprecation where all are.
pub fn kind(facts: &Report) -> Kind {
    let changes = || facts.apis.iter().flat_map(|api| &api.changes);
    let worst = changes().map(|change| change.level).min().unwrap_or(Level::Docs);
    let deprecates = |change: &Change| {
        let on = rules::find(&change.rule).map(|rule| (rule.on.0, rule.on.1));
        matches!(on, Some((Facet::Deprecated, Action::Added) | (Facet::Sunset, _)))
    };
    if changes().all(deprecates) { Kind::Deprecation } else { worst.into() }
}

/// The parts of a draft, and the hint below each.
const PARTS: &[(Part, Option<&str>)] = &[
    (Part::IfNothing, None),
    (Part::Changes, None),
    (Part::ToDo, Some("hint-to-do")),
    (Part::Unchanged, Some("hint-unchanged")),
    (Part::Reason, Some("hint-reason")),
    (Part::Plainly, Some("hint-plainly")),
];

/// A notice as it is said to who is concerned by some of its changes only: parts that nobody edited since they were
/// drafted are drafted anew from those. What people wrote stays. `whole` is what the notice remembers: what it covers,
/// and what came beside.
#[must_use]
pub fn narrowed(notice: &Notice, (whole, covered): (&Report, &Report), told: &Report) -> Notice {
    let draft = |facts| Draft {
        emergency: None,
        id: &notice.front.id,
        facts,
        whole,
        langs: &[],
        title: None,
        kind: notice.front.kind,
        announced_on: None,
        effective_on: None,
    };
    let (all, some) = (draft(covered), draft(told));
    let mut out = notice.clone();
    for prose in &mut out.prose {
        let lang = prose.lang;
        if prose.title == telling::title(&all, lang) {
            prose.title = telling::title(&some, lang);
        }
        if prose.summary == telling::summary(&all, lang) {
            prose.summary = telling::summary(&some, lang);
        }
        for section in prose.sections.iter_mut().filter(|section| section.part != Part::Unchanged) {
            if all.part(section.part, lang).is_some_and(|drafted| drafted.trim() == section.body) {
                some.part(section.part, lang).unwrap_or_default().trim().clone_into(&mut section.body);
            }
        }
    }
    out
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

/// The most characters of a slug.
const SLUG: usize = 48;

/// What names the file of a notice: the words of its title, in ASCII.
pub fn slug(title: &str) -> String {
    let mut out = String::new();
    for letter in title.chars() {
        // What stands between parentheses counts other changes.
        if letter == '(' {
            break;
        }
        if out.len() >= SLUG {
            let word = out.rfind('-').unwrap_or(SLUG);
            out.truncate(word);
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
