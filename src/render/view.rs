//! What templates see: plain values in the order in which they are read. No template decides about levels or counts.
//!
//! Names and texts of the documents stand in it as they are; a template writes them with `{{x}}` (text), `{{code x}}`,
//! `{{say x}}` (a sentence whose names stand between backticks) or `{{fence x}}`, which make them harmless for the
//! format, and never with `{{{x}}}`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::text::prose::Segment;

/// A report as templates see it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(crate) struct View {
    /// Fixed words by name: `before`, `after`, `fingerprints` …
    pub words: BTreeMap<String, String>,
    /// `API contract: 🔴 breaking`
    pub headline: String,
    /// The verdict and the counts over all APIs.
    pub total: Tally,
    /// A sentence: what was compared.
    pub compared: String,
    /// A sentence: of how many changes some are shown.
    pub filtered: Option<String>,
    /// Whether there is more than one API.
    pub several: bool,
    /// Whether before and after and the fingerprints have a place of their own.
    pub details: bool,
    /// The APIs.
    pub apis: Vec<ApiView>,
    /// What is not listed because it lies below the level asked for.
    pub hidden: Option<String>,
    /// What is not listed because the text would be too long.
    pub cut: Option<String>,
}

/// A verdict and its counts in words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct Tally {
    /// The verdict in English: `breaking`, `risky`, `additive`, `docs` or `none`.
    pub level: &'static str,
    /// Its mark.
    pub icon: &'static str,
    /// Its word.
    pub word: String,
    /// `1 breaking change, 2 additions`; nothing where nothing changed, which the word says.
    pub counts: Option<String>,
    /// `1 of them unproven`
    pub unproven: Option<String>,
}

/// One API.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(crate) struct ApiView {
    /// Its id.
    pub id: String,
    /// Its title, or its id where it has none.
    pub title: String,
    /// The path of its document.
    pub path: String,
    /// Its verdict and counts.
    pub tally: Tally,
    /// The levels that have entries, worst first.
    pub groups: Vec<Group>,
    /// Odd spots of the documents.
    pub problems: Vec<ProblemView>,
    /// `and 9 more`, of odd spots.
    pub more_problems: Option<String>,
    /// How much of it could be compared.
    pub coverage: String,
    /// Whether some entry has a before and after to show.
    pub shown: bool,
    /// Whether there are few enough of them to show them at once.
    pub few: bool,
}

/// The entries of one level.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(crate) struct Group {
    /// The level in English.
    pub level: &'static str,
    /// Its mark.
    pub icon: &'static str,
    /// Its title.
    pub title: String,
    /// How many changes the level has, listed or not.
    pub count: u64,
    /// The first entries.
    pub entries: Vec<Entry>,
    /// The entries to fold away.
    pub rest: Vec<Entry>,
    /// `and 9 more`, of the folded entries.
    pub more: Option<String>,
}

/// One change.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(crate) struct Entry {
    /// From 1, within its API.
    pub number: usize,
    /// The level in English.
    pub level: &'static str,
    /// The word of the level.
    pub word: String,
    /// The sentence.
    pub sentence: String,
    /// What else it says, where it speaks for several changes.
    pub also: Vec<String>,
    /// The component and the place in it: `rdv › items[].id`.
    pub place: Option<String>,
    /// The first operations it reaches, `GET /api/v1/rdvs`; none where the sentence names the only one.
    pub operations: Vec<String>,
    /// `and 9 more`, of operations.
    pub more: Option<String>,
    /// Whom it touches, where that was asked for: `Touches: 2 partners`
    pub audience: Option<String>,
    /// The part of the operation, where there is only one.
    pub spot: Option<String>,
    /// `swagger/v1/api.json:122`
    pub source: Option<String>,
    /// Whether that is a line of the old version.
    pub in_base: bool,
    /// Whether there is a before and after to show.
    pub shown: bool,
    /// The node before, on one line.
    pub before: Option<String>,
    /// The node after, on one line.
    pub after: Option<String>,
    /// A payload, else the node, before, as JSON over lines.
    pub before_block: Option<String>,
    /// A payload, else the node, after, as JSON over lines.
    pub after_block: Option<String>,
    /// For an edited text its passages, instead of before and after.
    pub prose: Option<Vec<Segment>>,
    /// `Numbers: 20 → 100`, where such changed in that text.
    pub numbers: Option<String>,
    /// A sentence: the other end of a probable rename.
    pub hint: Option<String>,
    /// How sure it is, where that needs saying.
    pub proof: Option<String>,
    /// Whether there is more to show in the details: before and after, or an exchange.
    pub detailed: bool,
    /// The exchange that shows it, folded to a few lines.
    pub exchange: Vec<String>,
    /// The same as a block.
    pub exchange_block: Option<String>,
    /// Who refuses it, and what the validator said.
    pub refusal: Option<String>,
    /// The request as a command.
    pub curl: Option<String>,
    /// The fingerprint.
    pub fingerprint: String,
    /// The id of the rule.
    pub rule: String,
}

/// An odd spot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub(crate) struct ProblemView {
    /// `swagger/v1/api.json:12:3`
    pub source: String,
    /// What is odd, in English.
    pub message: String,
}
