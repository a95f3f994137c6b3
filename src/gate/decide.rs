//! The decision: for each change that is gated, what answers it, and from which day it may ship.

use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;

use super::answer::Answer;
use super::check::{Check, Judged, Question};
use super::known::{Subject, Touched};
use super::reminders::reminders;
use super::tampering::tampered;
use super::{Acceptance, Finding, Kind, Known, Ledger, Policy};
use crate::config::{Callers, Matched};
use crate::notice::{self, NoticeIndex};
use crate::report::Report;

/// Everything that the decision is made of.
pub struct Input<'a> {
    /// What is asked.
    pub question: Question,
    /// Whether it is asked, too, what may ship: a release, or a merge that is live at once.
    pub ships: bool,
    /// The two versions as they are written on a command line.
    pub versions: Vec<String>,
    /// The day.
    pub today: Date,
    /// What changed.
    pub report: Report,
    /// What binds.
    pub(crate) policy: &'a Policy<'a>,
    /// Whether there are partner files.
    pub has_partners: bool,
    /// What was written, where the branches parted and in head.
    pub ledgers: (&'a Ledger, &'a Ledger),
    /// What answers.
    pub ledger: &'a Ledger,
    /// What was found before.
    pub findings: Vec<Finding>,
    /// The versions that APIs should have, by their place in the report.
    pub next_versions: BTreeMap<usize, String>,
}

/// Decides.
///
/// # Errors
/// Those of what is known.
pub fn decide<E>(input: Input<'_>, known: &dyn Known<E>) -> Result<Check, E> {
    let mut desk = Desk {
        index: Rc::new(input.ledger.index()),
        findings: input.findings.clone(),
        input: &input,
        known,
        later: BTreeMap::new(),
    };
    let mut judged = Vec::new();
    for (a, api) in input.report.apis.iter().enumerate() {
        for (c, change) in api.changes.iter().enumerate() {
            judged.extend(desk.judge(Subject { at: (a, c), api, change })?);
        }
    }
    let unshipped = |fingerprint: &str| known.has_shipped(fingerprint).map(|shipped| !shipped);
    desk.findings.extend(tampered(input.ledgers, input.policy, input.today, &unshipped)?);
    desk.findings.extend(reminders(&input, known)?);
    for (rule, (since, count)) in std::mem::take(&mut desk.later) {
        let args = [("since", since.to_owned()), ("count", count.to_string())];
        desk.findings.push(Finding::new(Kind::CatalogueNewer, &rule, args));
    }
    let first_day = desk.first_day(&judged);
    let mut findings = desk.findings;
    findings.sort_by(|one, two| two.closes.cmp(&one.closes).then_with(|| one.cmp(two)));
    findings.dedup();
    let naming = input.policy.naming();
    let Input { question, ships, versions, today, report, next_versions, .. } = input;
    Ok(Check { question, ships, versions, today, first_day, report, judged, findings, next_versions, naming })
}

/// One decision at work.
pub(super) struct Desk<'a, E> {
    pub(super) input: &'a Input<'a>,
    pub(super) known: &'a dyn Known<E>,
    pub(super) index: Rc<NoticeIndex>,
    pub(super) findings: Vec<Finding>,
    /// Rules that no pinned catalogue has: since when, and how many changes they found.
    later: BTreeMap<String, (&'static str, usize)>,
}

impl<E> Desk<'_, E> {
    fn judge(&mut self, subject: Subject<'_>) -> Result<Option<Judged>, E> {
        let Subject { at, api, change } = subject;
        let asks = self.input.policy.asks_for_operations();
        let operations = if asks { self.known.operations(subject) } else { Vec::new() };
        let (rule, side, effect) = (change.rule.as_str(), change.side, change.effect);
        let matched = Matched { api: &api.id, rule, side, effect, operations: &operations };
        let policy = self.input.policy;
        let Some(level) = policy.gated(&matched, change.level) else {
            if let Some(since) = policy.later(rule) {
                self.later.entry(rule.to_owned()).or_insert((since, 0)).1 += 1;
            }
            return Ok(None);
        };
        let stability = self.known.stability(subject);
        let Touched { partners, unseen } = self.known.touched(subject);
        // Where logs show that nobody calls it, nobody unknown does.
        let public = (policy.callers() == Callers::Public || !self.input.has_partners) && !unseen;
        let mut judged = Judged { at, level, answer: None, waits: Vec::new(), partners, public };
        judged.answer = match stability.iter().find(|_| stability.iter().all(|word| policy.is_exempt(word))) {
            Some(word) => Some(Answer::Exempt { id: word.clone() }),
            None => self.answer(subject, unseen, &judged)?,
        };
        if self.input.ships && !judged.is_open() {
            judged.waits = self.waits(subject, &stability, &judged)?;
        }
        Ok(Some(judged))
    }

    /// What answers a change. An acceptance that ran out is told where nothing else does.
    fn answer(&mut self, subject: Subject<'_>, unseen: bool, judged: &Judged) -> Result<Option<Answer>, E> {
        let (accepted, ran_out) = self.acceptance(subject)?;
        let notice = self.notice(subject)?;
        // What tells of an acceptance does not outlive it.
        let decided = accepting(self.input.ledger, subject).next().is_some();
        let notice = notice.filter(|notice| !decided || !self.tells_of_acceptance(notice));
        let answer = self.chosen(subject, (notice, accepted), unseen, judged)?;
        if !answer.as_ref().is_some_and(Answer::is_whole) {
            self.findings.extend(ran_out);
        }
        Ok(answer)
    }

    /// Whether a notice only tells what people let through: an emergency, or that a document was wrong. It announces no day.
    fn tells_of_acceptance(&self, answer: &Answer) -> bool {
        let Answer::Notice { id, .. } = answer else { return false };
        let told = self.index.find(id).map(|notice| &notice.front);
        told.is_some_and(|front| front.emergency.is_some() || front.kind == notice::Kind::DocFix)
    }

    /// Of what was written the answer that counts, else what is known. A day that partners were told goes before what people
    /// decided since, but in an emergency.
    fn chosen(
        &self,
        subject: Subject<'_>,
        (notice, accepted): (Option<Answer>, Option<Answer>),
        unseen: bool,
        judged: &Judged,
    ) -> Result<Option<Answer>, E> {
        let announced = |answer: &Answer| matches!(answer, Answer::Notice { announced: true, .. }) && answer.is_whole();
        if let Some(found) = accepted {
            let emergency = matches!(&found, Answer::Acceptance { why, .. } if why.is_override());
            return Ok(Some(if emergency { found } else { notice.filter(announced).unwrap_or(found) }));
        }
        if notice.as_ref().is_some_and(Answer::is_whole) {
            return Ok(notice);
        }
        if judged.partners.is_empty() && !judged.public {
            return Ok(Some(Answer::Untouched { by: if unseen { "observed" } else { "declared" } }));
        }
        Ok(self.known.restores(subject, &self.index)?.map(|id| Answer::Restored { id }).or(notice))
    }

    /// The acceptance that lets a change through, and what is to be told of those that have run out. What was used up is told
    /// at once.
    fn acceptance(&mut self, subject: Subject<'_>) -> Result<(Option<Answer>, Vec<Finding>), E> {
        let (mut found, mut ran_out) = (None, Vec::new());
        for (path, acceptance) in accepting(self.input.ledger, subject) {
            let fingerprint = ("fingerprint", subject.change.fingerprint.clone());
            if self.known.is_spent(acceptance, subject)? {
                self.findings.push(Finding::new(Kind::AcceptanceSpent, path, [fingerprint]).in_file(path));
            } else if acceptance.has_run_out(self.input.today) {
                let args = [fingerprint, ("day", acceptance.expires.to_string())];
                ran_out.push(Finding::new(Kind::AcceptanceRanOut, path, args).in_file(path));
            } else if found.is_none() {
                found = Some(Answer::Acceptance {
                    id: path.clone(),
                    why: acceptance.kind,
                    by: acceptance.by.clone(),
                    until: acceptance.expires.0,
                });
            }
        }
        Ok((found, ran_out))
    }
}

/// The acceptances of a change, by file.
fn accepting<'l>(ledger: &'l Ledger, subject: Subject<'l>) -> impl Iterator<Item = (&'l String, &'l Acceptance)> {
    let covers = move |one: &Acceptance| subject.ids().any(|id| one.covers.iter().any(|known| known == id));
    ledger.acceptances.iter().filter(move |(_, one)| covers(one) && subject.is_of(&one.api))
}
