//! The gate asked: the versions, what binds, what answers and what is known are gathered here; [`crate::gate`] decides.

use jiff::ToSpan;
use jiff::civil::Date;

use self::documents::{Papers, policy_changed};
use self::memory::{Caches, Memory};
use self::shelf::Shelf;
use self::sides::{Asked, Sides};
use self::team::Team;
use super::touch::{Circle, Touching};
use super::usage::USAGE;
use super::{Project, ProjectError};
use crate::audience::Usage;
use crate::compare::{Options, Pair, versions_seeing};
use crate::config::{Config, ShipsOn};
use crate::gate::{Check, Finding, Input, Kind, Ledger, Policy, Question, decide};
use crate::report::Report;
use crate::source::Version;
use crate::source::git::Commit;

mod documents;
mod line;
mod memory;
mod records;
mod shelf;
mod sides;
mod spent;
mod team;

pub use sides::CiBase;

/// What the gate is asked.
#[derive(Clone, Debug)]
pub struct CheckRequest {
    /// The branch to merge into, or what production runs; else as CI and the configuration say.
    pub base: Option<String>,
    /// What is to be merged, or to ship.
    pub head: Option<String>,
    /// May it be merged, or may it ship?
    pub question: Question,
    /// The day of the judgement; else that of `now` in the calendar's time zone.
    pub today: Option<Date>,
    /// The moment, in seconds since 1970.
    pub now: i64,
    /// The documents, from the root of the repository; none: those of the configuration, else all that are found.
    pub specs: Vec<String>,
    /// What CI says of the base.
    pub ci: CiBase,
    /// Whether the configuration was named on the command line: then it alone binds.
    pub own_config: bool,
}

/// The team files that bind and those that answer.
struct Teams {
    /// Those of the version that a pull request branched off, or of where notices become public.
    known: Team,
    /// Those of the version that is judged.
    head: Team,
    /// What answers.
    ledger: Ledger,
    findings: Vec<Finding>,
}

impl Project {
    /// Asks the gate. The project's configuration becomes the one that binds.
    ///
    /// # Errors
    /// Where it cannot be told: a version, a document or a team file that cannot be read, a history that is cut off.
    pub(crate) fn check(&mut self, request: &CheckRequest) -> Result<Check, ProjectError> {
        self.asked_of(request, &mut |input, memory| decide(input, memory))
    }

    /// The files of acceptances that are used up: what they let through was merged, and has shipped.
    ///
    /// # Errors
    /// As of [`Self::check`].
    pub(crate) fn spent_acceptances(&mut self, request: &CheckRequest) -> Result<Vec<String>, ProjectError> {
        self.asked_of(request, &mut |input, memory| {
            let mut out = Vec::new();
            for (path, acceptance) in &input.ledger.acceptances {
                if memory.is_used_up(acceptance)? {
                    out.push(path.clone());
                }
            }
            Ok(out)
        })
    }

    /// Gathers what a question of the gate hangs on.
    fn asked_of<T>(
        &mut self,
        request: &CheckRequest,
        then: &mut dyn FnMut(Input<'_>, &Memory<'_>) -> Result<T, ProjectError>,
    ) -> Result<T, ProjectError> {
        let question = &request.question;
        let mut sides = self.sides_of(request)?;
        let tip = sides.target.as_ref().map(|(tip, _)| tip.clone());
        let files = self.files.clone();
        let shelves = self.shelves(&files, &sides, tip.as_ref(), *question)?;
        let mut teams = teams(&shelves, *question)?;
        let (known, own) = self.configs(&teams, request.own_config);
        let configs: Vec<&Config> = known.iter().chain([&own]).collect();
        self.config = known.as_ref().map_or_else(|| own.clone(), |known| Config::stricter(known, own.clone()));
        let policy = Policy::new(configs);
        let today = request.today.unwrap_or_else(|| policy.day_at(request.now));
        self.settle(&mut teams, &sides)?;
        let (report, pairs) = self.compared(&sides, &request.specs, today, &teams.ledger)?;
        if let Some(doubt) = sides.doubt.take().filter(|_| report.summary.count() == 0) {
            return Err(doubt.into());
        }
        let hotfix = self.is_hotfix(&sides);
        let ships = *question == Question::Release || hotfix || policy.ships_on() == ShipsOn::Merge;
        let publishing = if ships { self.publishing(&sides)? } else { None };
        let circles = [&teams.known, &teams.head].map(|team| Circle { registry: &team.registry, usage: &team.usage });
        let fresh = today.checked_sub(i64::from(policy.max_age()).days()).unwrap_or(Date::MIN);
        let logs = if teams.known.config.is_some() { &teams.known.usage } else { &teams.head.usage };
        let touching = Touching::new(&pairs, circles.to_vec(), logs, (policy.stability_fields(), fresh));
        let memory = Memory {
            project: self,
            policy: &policy,
            question: *question,
            today,
            base: &sides.base,
            head: &sides.head,
            target: sides.target.clone(),
            publishing,
            shelves: &shelves,
            touching,
            caches: Caches::default(),
        };
        let mut findings = remarks(request, &teams, &sides);
        let hurts = report.summary.breaking + report.summary.risky > 0;
        findings.extend(too_old(logs, fresh, policy.max_age()).filter(|_| hurts));
        let papers = Papers { project: self, sides: &sides, report: &report, pairs: &pairs, memory: &memory };
        findings.extend(papers.findings()?);
        let (next_versions, small) = papers.versions();
        findings.extend(small);
        let input = Input {
            question: *question,
            ships,
            versions: sides.written.clone(),
            today,
            report,
            policy: &policy,
            has_partners: circles.iter().any(|circle| !circle.registry.partners().is_empty()),
            ledgers: (&teams.known.ledger, &teams.head.ledger),
            ledger: &teams.ledger,
            findings,
            next_versions,
        };
        then(input, &memory)
    }

    /// The versions that are asked about.
    pub(super) fn sides_of(&self, request: &CheckRequest) -> Result<Sides, ProjectError> {
        let CheckRequest { base, head, question, ci, .. } = request;
        self.sides(&Asked { base: base.as_deref(), head: head.as_deref(), question: *question, ci })
    }

    /// Where team files are read: what is judged, the branch it is for, where it branched off or notices become public, and
    /// for a release the work tree.
    fn shelves<'f>(
        &self,
        files: &'f super::TeamFiles,
        sides: &Sides,
        tip: Option<&Commit>,
        question: Question,
    ) -> Result<[Shelf<'f>; 4], ProjectError> {
        let at = |commit: &Commit| self.resolver.repository().map(|repo| Shelf::Commit(repo.snapshot(commit)));
        let head = match &sides.head.commit {
            Some(commit) => at(commit)?,
            None => Shelf::Tree(files),
        };
        let known = match question {
            Question::Merge => sides.base.commit.clone(),
            Question::Release => self.publishing(sides)?.map(|(commit, _)| commit),
        };
        let tree = if question == Question::Release { Shelf::Tree(files) } else { Shelf::Nowhere };
        let [tip, known] = [tip, known.as_ref()].map(|commit| commit.map_or(Ok(Shelf::Nowhere), at));
        Ok([head, tip?, known?, tree])
    }

    /// The configuration of where it branched off, and the one of what is judged.
    fn configs(&self, teams: &Teams, own: bool) -> (Option<Config>, Config) {
        if own {
            return (None, self.config.clone());
        }
        (teams.known.config.clone(), teams.head.config.clone().unwrap_or_default())
    }

    /// Names APIs in partner files and aggregates as they are called now.
    fn settle(&self, teams: &mut Teams, sides: &Sides) -> Result<(), ProjectError> {
        let versions: [&Version; 2] = [&sides.base, &sides.head];
        self.settle_apis(&mut teams.head.registry, &mut teams.head.usage, &versions)?;
        // What an older version names wrongly is no fault of this one.
        let _ = self.settle_apis(&mut teams.known.registry, &mut teams.known.usage, &versions);
        Ok(())
    }

    fn compared(
        &self,
        sides: &Sides,
        specs: &[String],
        today: Date,
        ledger: &Ledger,
    ) -> Result<(Report, Vec<Pair>), ProjectError> {
        let renamed = self.renamed_apis(&ledger.index());
        let asked = crate::compare::Asked { renamed: Some(&renamed), ..self.asked(specs) };
        let mut pairs = Vec::new();
        let compared =
            versions_seeing(&sides.base, &sides.head, asked, Options::new(today), &mut |pair| pairs.push(pair))?;
        Ok((compared.report, pairs))
    }

    /// The branch on which notices become public: as configured, else the target. What goes straight to production comes
    /// from where notices stand, which is what is to run next, else the default branch.
    fn publishing(&self, sides: &Sides) -> Result<Option<(Commit, String)>, ProjectError> {
        let repo = self.resolver.repository();
        let before = || self.config.next.as_ref().filter(|_| self.is_hotfix(sides));
        if let Some(name) = self.config.gate.publishing.as_ref().or_else(before) {
            return Ok(Some((repo?.resolve(name)?, name.clone())));
        }
        let usual = || repo.ok()?.default_branch(None).ok().filter(|(_, name)| !self.is_production(name));
        let elsewhere = if self.is_hotfix(sides) { usual() } else { None };
        Ok(elsewhere.or_else(|| sides.target.clone()))
    }

    /// Whether a change goes straight to what production runs.
    fn is_hotfix(&self, sides: &Sides) -> bool {
        sides.target.as_ref().is_some_and(|(_, name)| self.is_production(name))
    }

    /// Whether a name is that of the branch that production runs, here or at the server.
    fn is_production(&self, name: &str) -> bool {
        let Ok(repo) = self.resolver.repository() else { return false };
        self.config
            .production
            .as_deref()
            .is_some_and(|production| repo.branch_name(production) == repo.branch_name(name))
    }
}

/// What there is to say of versions and team files before anything is compared.
fn remarks(request: &CheckRequest, teams: &Teams, sides: &Sides) -> Vec<Finding> {
    let mut out = teams.findings.clone();
    out.extend(nothing_to_ship(sides, request.question));
    if request.question == Question::Merge && !request.own_config {
        out.extend(policy_changed(teams.known.config_text.as_deref(), teams.head.config_text.as_deref()));
    }
    out
}

fn nothing_to_ship(sides: &Sides, question: Question) -> Option<Finding> {
    let same = matches!((&sides.base.commit, &sides.head.commit), (Some(one), Some(two)) if one.id == two.id);
    (question == Question::Release && same).then(|| Finding::new(Kind::NothingToShip, &sides.head.label, []))
}

/// That logs are there which prove nothing any more.
fn too_old(logs: &Usage, fresh: Date, days: u16) -> Option<Finding> {
    let last = logs.last_day().filter(|last| *last < fresh)?;
    Some(Finding::new(Kind::EvidenceOld, USAGE, [("day", last.to_string()), ("days", days.to_string())]))
}

/// Reads the team files: those of what is judged must be right.
fn teams([head, tip, known, tree]: &[Shelf<'_>; 4], question: Question) -> Result<Teams, ProjectError> {
    let head = Team::read(head)?;
    let [tip, known] = [tip, known].map(Team::remembered);
    let nothing = Ledger::default();
    let before = if question == Question::Merge { &known.ledger } else { &nothing };
    let theirs = if question == Question::Merge { &tip.ledger } else { &known.ledger };
    let (mut ledger, findings) = Ledger::merged(before, theirs, &head.ledger);
    let tree = Team::read(tree)?.ledger;
    for (id, notice) in tree.notices {
        ledger.notices.entry(id).or_insert(notice);
    }
    for (path, acceptance) in tree.acceptances {
        ledger.acceptances.entry(path).or_insert(acceptance);
    }
    Ok(Teams { known, head, ledger, findings })
}
