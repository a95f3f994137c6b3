//! A pull request judged for a forge: what is decided, or why that cannot be told, and the labels of the team.

use jiff::civil::Date;

use super::args::Common;
use super::exit;
use super::session;
use super::surroundings::Surroundings;
use crate::config::Labels;
use crate::gate::Question;
use crate::gate::show::{self, CheckReport};
use crate::project::{CheckRequest, CiBase, Project};

/// What is judged.
pub(super) struct Case<'a> {
    /// Where it is to be merged; `None` for the `target`.
    pub(super) base: Option<&'a str>,
    /// The branch that CI would name.
    pub(super) target: Option<&'a str>,
    /// What is to be merged.
    pub(super) head: &'a str,
    /// The documents, as the command line names them.
    pub(super) specs: &'a [String],
    /// The day; else that of the clock.
    pub(super) today: Option<Date>,
}

/// Judges. Where it cannot be told, that is told on standard error and is the result.
pub(super) fn judged(
    case: &Case<'_>,
    common: &Common,
    options: &show::Options,
    surroundings: &Surroundings,
) -> (CheckReport, Labels) {
    asked(case, common, options, surroundings).unwrap_or_else(|error| {
        exit::tell(&error);
        (unknown(&error, Question::Merge, case.today, surroundings), Labels::default())
    })
}

fn asked(
    case: &Case<'_>,
    common: &Common,
    options: &show::Options,
    surroundings: &Surroundings,
) -> anyhow::Result<(CheckReport, Labels)> {
    let mut project: Project = session::open(common, surroundings)?;
    if let Some(branch) = case.target {
        project.resolver.target_branch = Some(branch.to_owned());
    }
    let request = CheckRequest {
        base: case.base.map(str::to_owned),
        head: Some(case.head.to_owned()),
        question: Question::Merge,
        today: case.today,
        now: surroundings.now.as_second(),
        specs: project.paths(case.specs)?,
        ci: CiBase::default(),
        own_config: common.config.is_some(),
    };
    let check = project.check(&request)?;
    Ok((CheckReport::of(&check, options), project.config.gate.labels.clone()))
}

/// What is said where it could not be told; the message is the one on standard error.
pub(super) fn unknown(
    error: &anyhow::Error,
    question: Question,
    today: Option<Date>,
    surroundings: &Surroundings,
) -> CheckReport {
    let (message, advice) = exit::told(error);
    CheckReport::unknown(&message, advice.as_deref(), question, today.unwrap_or(surroundings.today))
}
