//! Acceptances written: what is open is let through, with a reason, until a day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{CheckRequest, DraftRequest, NoticeDraft, Project, ProjectError};
use crate::gate::{ACCEPTED, Acceptance, Answer, Check, Judged, Why};
use crate::notice::{Day, Kind};
use crate::report::{ApiReport, Change};
use crate::rules::Level;
use crate::source::lock::Lock;
use crate::text::Lang;

/// How long an acceptance holds where nobody says.
const HOLDS: i64 = 90;
/// Digits of the hash in the name of a file.
const DIGITS: usize = 10;

/// What is to be accepted.
#[derive(Clone, Debug)]
pub struct AcceptRequest {
    /// The fingerprints; none for whatever is open. That of an entry stands for all of it.
    pub fingerprints: Vec<String>,
    /// Whether a fingerprint stands for its own change alone.
    pub part: bool,
    /// Why.
    pub kind: Why,
    /// Why, in words.
    pub reason: String,
    /// Who accepts.
    pub by: Option<String>,
    /// The last day on which it holds [default: 90 days from today].
    pub expires: Option<Date>,
    /// Where the incident is described.
    pub incident: Option<String>,
}

/// What is to be written.
pub(crate) struct Acceptances {
    /// The acceptances.
    pub files: Vec<Accepted>,
    /// The notices of what partners are told without notice, or that only the document was wrong.
    pub notices: Vec<NoticeDraft>,
    /// The notices that are there and announce what is accepted for a later day.
    pub announced: Vec<String>,
}

/// An acceptance to be written.
pub(crate) struct Accepted {
    /// Its path, from the root of the repository.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What it says.
    pub acceptance: Acceptance,
}

impl AcceptRequest {
    /// What each fingerprint stands for: that of an entry, as a check shows it, for all that the entry speaks for.
    fn named(&self, check: &Check) -> BTreeMap<String, BTreeSet<String>> {
        let alone = self.fingerprints.iter().map(|id| (id.clone(), BTreeSet::from([id.clone()])));
        let mut out: BTreeMap<String, BTreeSet<String>> = alone.collect();
        if self.part || out.is_empty() {
            return out;
        }
        for api in 0..check.report.apis.len() {
            for entry in check.entries(api, Lang::En).0.changes {
                if let Some(all) = out.get_mut(&entry.fingerprint) {
                    all.extend(entry.fingerprints().map(str::to_owned));
                }
            }
        }
        out
    }
}

impl Project {
    /// The acceptances of what is open at a question, one an API.
    ///
    /// # Errors
    /// Where the gate cannot tell, a fingerprint is not open there, or the acceptance would be none.
    pub(crate) fn acceptances(
        &mut self,
        question: &CheckRequest,
        request: &AcceptRequest,
    ) -> Result<Acceptances, ProjectError> {
        let check = self.check(question)?;
        // Partners were told a day, which only an emergency goes before.
        let waits = |judged: &&Judged| judged.is_open() || request.kind.is_override() && !judged.waits.is_empty();
        let open: Vec<(&ApiReport, &Change)> =
            check.judged.iter().filter(waits).map(|judged| placed(&check, judged)).collect();
        let ids: BTreeSet<&str> = open.iter().map(|(_, change)| change.fingerprint.as_str()).collect();
        let named = request.named(&check);
        if let Some((odd, _)) = named.iter().find(|(_, all)| !all.iter().any(|id| ids.contains(id.as_str()))) {
            let open = ids.into_iter().map(str::to_owned).collect();
            return Err(ProjectError::NotOpen { fingerprint: odd.clone(), open });
        }
        let wanted = |change: &Change| named.is_empty() || named.values().any(|all| all.contains(&change.fingerprint));
        let mut by_api: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
        for (api, change) in open.into_iter().filter(|(_, change)| wanted(change)) {
            by_api.entry(&api.id).or_default().push(change);
        }
        let by_api: Vec<(&str, Vec<&Change>)> = by_api.into_iter().collect();
        let files = by_api.iter().map(|(api, changes)| accepted(api, changes, request, check.today));
        let files = files.collect::<Result<Vec<_>, _>>()?;
        let announced = check.judged.iter().filter(|judged| !judged.waits.is_empty()).filter_map(announced).collect();
        let wanted: Vec<String> =
            by_api.iter().flat_map(|(_, changes)| changes).map(|it| it.fingerprint.clone()).collect();
        let notices = self.told(&check, wanted, question, request)?;
        Ok(Acceptances { files, notices, announced })
    }

    /// What partners are told of changes that go without notice, or of a document that was wrong; not of what a notice
    /// announces already.
    fn told(
        &self,
        check: &Check,
        mut wanted: Vec<String>,
        question: &CheckRequest,
        request: &AcceptRequest,
    ) -> Result<Vec<NoticeDraft>, ProjectError> {
        let there = self.notices()?;
        wanted.retain(|id| there.waiting_for(id).is_none());
        if wanted.is_empty() || !(request.kind.is_override() || request.kind == Why::DocFix) {
            return Ok(Vec::new());
        }
        let sides = self.sides_of(question)?;
        let emergency = request.incident.as_deref().filter(|_| request.kind.is_override());
        let draft = DraftRequest {
            only: &wanted,
            part: true,
            kind: (request.kind == Why::DocFix).then_some(Kind::DocFix),
            announce: true,
            effective_on: Some(check.today),
            emergency: emergency.map(|incident| (request.reason.trim(), incident)),
            ..DraftRequest::of_level(Level::Docs, check.today)
        };
        self.drafts(&check.report, (&sides.base, &sides.head), &draft)
    }

    /// The acceptances of the work tree by which something goes without the notice that partners are owed.
    ///
    /// # Errors
    /// Where a team file is wrong.
    pub(crate) fn overrides(&self) -> Result<Vec<Acceptance>, ProjectError> {
        let all = self.accepted()?;
        Ok(all.into_values().filter(|acceptance| acceptance.kind.is_override()).collect())
    }

    /// Writes acceptances and the notices of them; all of them, or none.
    ///
    /// # Errors
    /// Where one is there already, or cannot be written.
    pub(crate) fn create_acceptances(&self, accepted: &Acceptances, _held: &Lock) -> Result<(), ProjectError> {
        let notices = self.files_of(&accepted.notices)?;
        let files = accepted.files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        let files = files.chain(notices.iter().map(|(path, text)| (path.as_str(), *text)));
        Ok(self.files.create(&files.collect::<Vec<_>>())?)
    }
}

fn placed<'c>(check: &'c Check, judged: &Judged) -> (&'c ApiReport, &'c Change) {
    let api = &check.report.apis[judged.at.0];
    (api, &api.changes[judged.at.1])
}

/// The notice that announces a change.
fn announced(judged: &Judged) -> Option<String> {
    match &judged.answer {
        Some(Answer::Notice { id, .. }) => Some(id.clone()),
        Some(
            Answer::Acceptance { .. } | Answer::Untouched { .. } | Answer::Exempt { .. } | Answer::Restored { .. },
        )
        | None => None,
    }
}

fn accepted(api: &str, changes: &[&Change], request: &AcceptRequest, today: Date) -> Result<Accepted, ProjectError> {
    let mut covers: Vec<String> = changes.iter().map(|change| change.fingerprint.clone()).collect();
    covers.sort();
    covers.dedup();
    let expires = request.expires.unwrap_or_else(|| today.checked_add(HOLDS.days()).unwrap_or(Date::MAX));
    let mut acceptance = Acceptance {
        api: api.to_owned(),
        covers,
        kind: request.kind,
        reason: request.reason.trim().to_owned(),
        by: request.by.clone(),
        on: Day(today),
        expires: Day(expires),
        incident: request.incident.clone(),
        path: String::new(),
    };
    if let Some((_, message)) = acceptance.fault() {
        return Err(ProjectError::NoAcceptance { message });
    }
    let text = acceptance.text();
    let hash = short_hash(&text);
    let rule = changes.first().map_or("change", |change| change.rule.as_str());
    acceptance.path = format!("{ACCEPTED}/{today}-{rule}-{hash}.toml");
    Ok(Accepted { path: acceptance.path.clone(), text, acceptance })
}

/// The first digits of a hash, in hex.
fn short_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.take(DIGITS).filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect()
}
