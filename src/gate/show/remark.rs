//! What stands at a line: each change that must be answered and each finding, as tools that show lines and lists of
//! cases want it. Text is plain, on one line, without control characters.

use super::at::{At, FILE, NOWHERE};
use super::result::{CheckReport, CheckedChange, Found, Judged};
use super::words;
use crate::gate::Decision;
use crate::render::excerpt::clip;
use crate::render::safe;
use crate::render::slug::hashed;
use crate::report::summary as sentence;
use crate::rules::Level;
use crate::text::{Lang, capitalised, labelled, put};

/// The rules of remarks about the decision itself; `words::of_rule` says them.
pub(super) const COULD_NOT_TELL: &str = "could-not-tell";
pub(super) const NOT_TODAY: &str = "not-today";
/// The most characters of a message.
const MESSAGE: usize = 2_000;
/// Where a remark stands in the decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stand {
    /// A change that nothing answers, or a finding that closes.
    Open,
    /// A change that waits for its day.
    Waiting,
    /// A change that is answered.
    Answered,
    /// A finding that is told only.
    Told,
    /// The decision itself, where nothing else says that it is not open: it could not be told, or this is no release day.
    Decision,
}

impl Stand {
    /// Whether the gate is not open for it.
    pub(super) fn fails(self) -> bool {
        match self {
            Self::Open | Self::Waiting | Self::Decision => true,
            Self::Answered | Self::Told => false,
        }
    }
}

/// One remark.
pub(super) struct Remark<'a> {
    /// Where it stands in the decision.
    pub(super) stand: Stand,
    /// The level at which a change is gated; nothing of a finding.
    pub(super) level: Option<Level>,
    /// The rule of a change, the kind of a finding.
    pub(super) rule: String,
    /// What it is, for ever: the fingerprint of the change, else the kind of the finding with a hash of it.
    pub(super) identity: String,
    /// The API of a change.
    pub(super) api: Option<&'a str>,
    /// The operation or component of a change, the subject of a finding.
    pub(super) place: String,
    /// What changed, or was found.
    pub(super) sentence: String,
    /// What answers it, whom it waits for, or the way out; then where it stood in the old version.
    pub(super) notes: Vec<String>,
    /// The commands of the way out.
    pub(super) commands: &'a [String],
    /// Where it stands in the new version; of what was removed, its document.
    pub(super) at: At,
    /// Where it stood in the old version, in words.
    pub(super) before: Option<String>,
}

/// Every remark: what is open, the worst first; what closes; what waits; what is answered; what is told.
pub(super) fn remarks(report: &CheckReport, lang: Lang) -> Vec<Remark<'_>> {
    let such = |stand, such| {
        let changes = report.gated(such).into_iter();
        changes.map(move |judged| of_change(lang, stand, judged))
    };
    let home = report.apis.first().map_or(NOWHERE, |api| api.path.as_str());
    let found = |stand, closes| report.findings(closes).map(move |found| of_finding(lang, stand, found, home));
    let mut all: Vec<Remark<'_>> = such(Stand::Open, CheckedChange::is_open)
        .chain(found(Stand::Open, true))
        .chain(such(Stand::Waiting, CheckedChange::is_waiting))
        .chain(such(Stand::Answered, CheckedChange::is_answered))
        .chain(found(Stand::Told, false))
        .collect();
    let told = all.iter().any(|remark| remark.stand.fails());
    match report.decision {
        Decision::Unknown => all.insert(0, of_decision(lang, report, COULD_NOT_TELL)),
        Decision::Closed if !told => all.insert(0, of_decision(lang, report, NOT_TODAY)),
        Decision::Closed | Decision::Open => {}
    }
    all
}

/// A list of what fails must not be empty where the gate is not open.
fn of_decision<'a>(lang: Lang, report: &'a CheckReport, rule: &str) -> Remark<'a> {
    let why = plain(&words::why(lang, report));
    Remark {
        stand: Stand::Decision,
        level: None,
        rule: rule.to_owned(),
        identity: rule.to_owned(),
        api: None,
        place: String::new(),
        sentence: labelled(lang, words::decision(lang, report.decision), &why),
        notes: report.advice.as_deref().map(safe::line).into_iter().collect(),
        commands: &[],
        at: At::start_of(NOWHERE),
        before: None,
    }
}

fn of_change(lang: Lang, stand: Stand, (api, it): Judged<'_>) -> Remark<'_> {
    let change = &it.change;
    let operation = api.operations(change).first().map(|at| format!("{} {}", at.method, at.path));
    let place = change.at.component.clone().or(operation).unwrap_or_default();
    let place = if change.at.path.is_empty() { place } else { format!("{place} {}", change.at.path) };
    let before = change.source.base.as_ref().map(|at| {
        let place = format!("{}:{}", clip(&at.file, FILE), at.line);
        plain(&put(words::word(lang, "old-place"), &[("place", &place)]))
    });
    let gone = before.clone().filter(|_| change.source.head.is_none());
    let answer = it.answer.as_ref().filter(|answer| answer.is_whole()).map(|answer| words::answer(lang, answer));
    let notes = answer.into_iter().chain(words::unspoken(lang, it)).chain(words::waits(lang, &it.waits));
    Remark {
        stand,
        level: it.gated,
        rule: plain(&change.rule),
        identity: plain(&change.fingerprint),
        api: Some(&api.id),
        place: clip(&plain(place.trim()), FILE),
        sentence: clip(&plain(&sentence(lang, change)), MESSAGE),
        notes: notes.map(|note| plain(&note)).chain(gone).collect(),
        commands: &it.commands,
        at: change.source.head.as_ref().map_or_else(|| At::start_of(&api.path), At::of),
        before,
    }
}

fn of_finding<'a>(lang: Lang, stand: Stand, found: &'a Found, home: &str) -> Remark<'a> {
    Remark {
        stand,
        level: None,
        rule: found.kind.as_str().to_owned(),
        // Two findings of a kind differ in what they are about, or in what they say of it.
        identity: hashed(found.kind.as_str(), &format!("{} {} {:?}", found.kind.as_str(), found.subject, found.args)),
        api: None,
        place: clip(&plain(&found.subject), FILE),
        sentence: clip(&plain(&words::finding(lang, found)), MESSAGE),
        notes: words::way_out(lang, found).map(|way| plain(&way)).into_iter().collect(),
        commands: &found.commands,
        at: At::start_of(found.file.as_deref().unwrap_or(home)),
        before: None,
    }
}

fn plain(text: &str) -> String {
    safe::plain_sentence(text)
}

impl Remark<'_> {
    /// All that is said, in sentences; then the commands of the way out, each behind a mark.
    pub(super) fn message(&self, lang: Lang, mark: &str) -> String {
        let said = |text: &str| {
            let text = capitalised(text);
            if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
        };
        let label = self.level.map(|level| crate::render::words::level(lang, level.into()));
        let first = label.map_or_else(|| self.sentence.clone(), |label| labelled(lang, &label, &self.sentence));
        let all: Vec<String> = std::iter::once(&first).chain(&self.notes).map(|text| said(text)).collect();
        let commands = self.commands.iter().map(|command| format!("{mark}{}", safe::line(command)));
        all.join(" ") + &commands.collect::<String>()
    }
}
