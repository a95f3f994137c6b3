//! What differs between the version a partner is on and now, whatever came and went in between.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::build;
use super::fact;
use super::view::{Addressee, Fact, Sender};
use super::words::{day, labels, name, said};
use crate::config::Mail;
use crate::render::safe;
use crate::render::words::counted as counted_ui;
use crate::report::{Change, Report, Version};
use crate::text::Lang;

/// When a change reached production.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Since {
    /// The day.
    pub day: Date,
    /// The release, a tag or that day.
    pub release: String,
}

/// What the message of all changes since a version is made of.
#[derive(Clone, Copy, Debug)]
pub struct SinceInput<'a> {
    /// The report from the version the partner is on to now; only what concerns it.
    pub report: &'a Report,
    /// When changes reached production, by fingerprint.
    pub since: &'a BTreeMap<String, Since>,
    /// Whom it is written to.
    pub partner: Option<&'a Addressee>,
    /// What is told about: the title of the API or of the site.
    pub title: &'a str,
    /// The language.
    pub lang: Lang,
    /// The sender.
    pub mail: &'a Mail,
}

/// The same as its templates see it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct SinceView {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// The language.
    pub lang: Lang,
    /// One line.
    pub subject: String,
    /// The same, names between backticks.
    pub title: String,
    /// What is told about.
    pub api: String,
    /// Whom it is written to.
    pub partner: Option<Addressee>,
    /// What changes, by how much it matters; none of them is empty.
    pub groups: Vec<NetGroup>,
    /// `and 9 more`, of facts.
    pub more: Option<String>,
    /// Who sends it.
    pub sender: Sender,
    /// Fixed words by name.
    pub words: BTreeMap<String, String>,
}

/// The changes that matter alike.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct NetGroup {
    /// `Action required`
    pub heading: String,
    /// The changes.
    pub facts: Vec<Fact>,
}

/// A version as partners know it: a release by its name, anything else by its day.
fn called(lang: Lang, version: &Version) -> String {
    let label = version.label.as_str();
    let date = version.date.as_deref().and_then(|date| date.parse().ok());
    // Releases have numbers; branches, and the ids of commits, are names of ours.
    let commit = version.commit.as_deref().is_some_and(|id| id.starts_with(label.trim_end_matches(['^', '~'])));
    let release = label.contains(|c: char| c.is_ascii_digit()) && !label.contains(['/', '^', '~']) && !commit;
    match label.parse().ok().or_else(|| date.filter(|_| !release)) {
        Some(date) => said(lang, "on-day", &[("date", &day(lang, date))]),
        None => name(label),
    }
}

/// The view of that message. Pure: the same input gives the same view.
pub fn since(input: &SinceInput<'_>) -> SinceView {
    let lang = input.lang;
    let since = |change: &Change| {
        let since = input.since.get(&change.fingerprint)?;
        let date = day(lang, since.day);
        let plain = since.release == since.day.to_string();
        Some(if plain {
            said(lang, "since", &[("date", &date)])
        } else {
            said(lang, "since-release", &[("date", &date), ("release", &name(&since.release))])
        })
    };
    let (mut facts, left) = fact::facts(lang, input.report, &since);
    facts.sort_by_key(|fact| fact.level.id);
    let mut groups: Vec<NetGroup> = Vec::new();
    for (ix, mut fact) in facts.into_iter().enumerate() {
        fact.number = ix + 1;
        match groups.last_mut().filter(|group| group.heading == fact.level.word) {
            Some(group) => group.facts.push(fact),
            None => groups.push(NetGroup { heading: fact.level.word.clone(), facts: vec![fact] }),
        }
    }
    let [base, head] = [&input.report.base, &input.report.head].map(|version| called(lang, version));
    let title = said(lang, "net-title", &[("api", input.title), ("base", &base), ("head", &head)]);
    SinceView {
        version: 1,
        lang,
        subject: safe::spoken(lang, &title),
        title,
        api: input.title.to_owned(),
        partner: input.partner.cloned(),
        groups,
        more: (left > 0).then(|| counted_ui(lang, "and-more", left as u64)),
        sender: build::sender(input.mail, lang, input.partner.is_some()),
        words: labels(lang),
    }
}
