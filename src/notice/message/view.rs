//! What a template of a notice sees: finished values in the order of a message. No template decides what is said.
//!
//! Sentences hold names between backticks: `{{say x}}` writes them as the format wants it. What people wrote comes as
//! [`Rich`]: a template takes the form of its format. `{{x}}` is always safe; `{{{x}}}` only for `html` of a `Rich`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Variant;
use crate::audience::Evidence;
use crate::notice::Kind;
pub use crate::render::rich::Rich;
use crate::rules::Level;
use crate::text::Lang;
pub use crate::text::prose::Segment;

/// A notice as its templates see it; `--format context` prints it.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[schemars(title = "Notice context", description = "What the templates of a notice see.")]
pub struct NoticeView {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// The id of the notice.
    pub id: String,
    /// Its revision, from 1.
    pub revision: u32,
    /// What it announces.
    pub kind: Kind,
    /// What this message does.
    pub variant: Variant,
    /// The language of the fixed words.
    pub lang: Lang,
    /// Whether it was not announced yet: nothing of it is to be sent, and a mail of it says so in its subject.
    pub draft: bool,
    /// How much it matters.
    pub level: LevelWord,
    /// One line: action, date, title.
    pub subject: String,
    /// One line; names between backticks where nobody wrote one.
    pub title: String,
    /// The language of the title, where it is not that of the page.
    pub title_lang: Option<Lang>,
    /// The API.
    pub api: Api,
    /// Whom it is written to; null for everyone.
    pub partner: Option<Addressee>,
    /// The sentences that come first, by variant.
    pub opening: Vec<String>,
    /// What was wrong in the revision before.
    pub correction: Option<Rich>,
    /// Why it ships without notice.
    pub emergency: Option<EmergencyView>,
    /// In one sentence or two.
    pub summary: Option<Rich>,
    /// The day it ships, as a sentence; null where the opening says it.
    pub ships: Option<String>,
    /// What happens to who does nothing.
    pub if_nothing: Option<Rich>,
    /// The effect for people who do not read contracts.
    pub plainly: Option<Rich>,
    /// Why the partner is told.
    pub why_you: Vec<WhyView>,
    /// What changes.
    pub changes: Changes,
    /// What to do; null where there is nothing to do.
    pub to_do: Option<ToDo>,
    /// What stays as it is.
    pub unchanged: Option<Rich>,
    /// The calendar, oldest first.
    pub dates: Vec<DateView>,
    /// Where to turn to, and until when the date can move.
    pub trouble: Option<String>,
    /// Why it changes.
    pub reason: Option<Rich>,
    /// Other sections that people wrote.
    pub others: Vec<Other>,
    /// The partner's own word that it is ready, as a sentence.
    pub acknowledged: Option<String>,
    /// Where to find it.
    pub reference: Reference,
    /// Who sends it.
    pub sender: Sender,
    /// What a calendar keeps; null where there is no day.
    pub event: Option<Event>,
    /// Fixed words by name.
    pub words: BTreeMap<String, String>,
}

/// A level as partners read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct LevelWord {
    /// In English: `breaking`, `risky`, `additive` or `docs`.
    pub id: Level,
    /// In words: `Action required`.
    pub word: String,
}

/// The API that changes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Api {
    /// Its id.
    pub id: String,
    /// Its title, else its id.
    pub title: String,
}

/// Whom a message is written to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Addressee {
    /// The slug of the partner.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A change that ships without notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct EmergencyView {
    /// The language of the reason, where it is not that of the page.
    pub lang: Option<Lang>,
    /// What happened.
    pub reason: String,
    /// Where it is described.
    pub incident: Option<String>,
}

/// One reason to tell the partner.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct WhyView {
    /// A sentence, names between backticks.
    pub sentence: String,
    /// How it is known; null where it is not.
    pub evidence: Option<Evidence>,
    /// The same in words.
    pub evidence_word: Option<String>,
}

/// What changes.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Changes {
    /// The heading that fits the variant.
    pub heading: String,
    /// What people wrote.
    pub written: Option<Rich>,
    /// Whether that says it all in the reader's language, so that the facts need not be said.
    pub told: bool,
    /// What the comparison found.
    pub facts: Vec<Fact>,
    /// `and 9 more`, of facts.
    pub more: Option<String>,
}

/// One change that the comparison found.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Fact {
    /// From 1.
    pub number: usize,
    /// How much it matters.
    pub level: LevelWord,
    /// What changed, names between backticks, without a final dot.
    pub sentence: String,
    /// What else changed with it.
    pub also: Vec<String>,
    /// Who is hurt and how, where nobody wrote it and it matters.
    pub explanation: Option<String>,
    /// What to do.
    pub advice: Option<String>,
    /// The other end of a probable rename, as a sentence.
    pub hint: Option<String>,
    /// The first operations it reaches; none where the sentence names the only one.
    pub operations: Vec<String>,
    /// `and 9 more`, of operations.
    pub more: Option<String>,
    /// The part of the operation, where there is only one.
    pub spot: Option<String>,
    /// Before, as JSON over lines.
    pub before: Option<String>,
    /// After, as JSON over lines.
    pub after: Option<String>,
    /// For an edited text its passages, instead of before and after.
    pub edited: Option<Vec<Segment>>,
    /// The numbers that changed in that text.
    pub numbers: Vec<Number>,
    /// The exchange that shows it, over lines.
    pub exchange: Option<String>,
    /// Who refuses it.
    pub refusal: Option<String>,
    /// The request as a command.
    pub curl: Option<String>,
    /// The day on which what is deprecated ends, in words.
    pub sunset: Option<String>,
    /// Since when it is in production, as a sentence.
    pub since: Option<String>,
    /// The identity of the change.
    pub fingerprint: String,
    /// The id of its rule.
    pub rule: String,
}

/// A number that took the place of another.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Number {
    /// As it was.
    pub from: String,
    /// As it is.
    pub to: String,
}

/// What to do.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct ToDo {
    /// What people wrote.
    pub written: Option<Rich>,
    /// Else the advice of the rules, a step each.
    pub steps: Vec<String>,
    /// How to say that one is ready.
    pub ready: Option<String>,
}

/// One day of the calendar.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
pub struct DateView {
    /// `2023-03-09`
    pub day: String,
    /// `Thursday 9 March 2023`
    pub said: String,
    /// What happens then.
    pub what: String,
    /// Whether it has passed.
    pub past: bool,
}

/// A section with a heading of its own.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Other {
    /// As people wrote it.
    pub heading: String,
    /// Below it.
    pub body: Rich,
}

/// Where to find a notice. Addresses are null where the site has none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Reference {
    /// `N2023-003, revision 1`
    pub said: String,
    /// The page.
    pub page: Option<String>,
    /// The calendar file.
    pub ics: Option<String>,
    /// The data.
    pub json: Option<String>,
}

/// Who sends a message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Sender {
    /// The name that is shown.
    pub name: Option<String>,
    /// Where people answer.
    pub address: Option<String>,
    /// Why one receives it, and how to receive less.
    pub footer: Vec<String>,
}

/// What a calendar keeps of a notice.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct Event {
    /// The identity, for ever.
    pub uid: String,
    /// Raised with each revision and each new date.
    pub sequence: u32,
    /// `2023-03-09`
    pub day: String,
    /// Whether it was given up.
    pub cancelled: bool,
    /// One line.
    pub summary: String,
    /// The text of the reminder a week before.
    pub reminder: String,
    /// Other days of the notice, for calendars that are subscribed to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<OtherDay>,
}

/// Another day of a notice: from when it can be tried, until when to object.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, JsonSchema)]
pub struct OtherDay {
    /// The identity, for ever.
    pub uid: String,
    /// `2023-03-09`
    pub day: String,
    /// One line.
    pub summary: String,
}

/// The JSON Schema of [`NoticeView`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn context_schema() -> String {
    crate::json_schema::of_output::<NoticeView>()
}
