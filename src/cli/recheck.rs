//! `preavis check --recheck`: the pull requests that wait for their day are judged again, so that they turn green on it.
//!
//! The job has fetched their heads (`git fetch origin '+refs/pull/*/head:refs/pull/*/head'`); nothing is fetched here.

use std::fmt::Write as _;
use std::io::Write;

use super::check::CheckArgs;
use super::exit::{self, Exit};
use super::output::{self, Form};
use super::posting;
use super::session;
use super::surroundings::Surroundings;
use crate::config::Labels;
use crate::forge::{Place, Waiting};
use crate::gate::Question;
use crate::gate::show::{self, CheckReport};
use crate::project::{CheckRequest, CiBase};

pub(super) fn run(args: &CheckArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let (mut said, mut exit) = (String::new(), Exit::Clear);
    let Some((place, waiting)) = posting::waiting(&args.write.to, surroundings) else {
        return Ok(Exit::CouldNotTell);
    };
    let options = show::Options { lang: session::lang(&args.common, surroundings), ..show::Options::default() };
    for pull in &waiting {
        let (report, labels) = judged(args, pull, &options, surroundings);
        let at = Place { number: Some(pull.number), sha: pull.head.clone(), ..place.clone() };
        let posting = posting::of(&report, Some((&report, &labels)), &options);
        if report.message.is_some() || !posting::write_at(&args.write.to, &at, posting).is_empty() {
            exit = Exit::CouldNotTell;
        }
        let _ = writeln!(said, "{}: {}", at.pull_name(), show::status(&report, options.lang));
    }
    if said.is_empty() {
        said.push_str("no pull request waits for its day\n");
    }
    output::write(out, Form::Text, &said)?;
    Ok(exit)
}

/// What is decided of a pull request on this day.
fn judged(
    args: &CheckArgs,
    pull: &Waiting,
    options: &show::Options,
    surroundings: &Surroundings,
) -> (CheckReport, Labels) {
    let checked = || -> anyhow::Result<(CheckReport, Labels)> {
        let mut project = session::open(&args.common, surroundings)?;
        project.resolver.target_branch = Some(pull.base.clone());
        let request = CheckRequest {
            base: None,
            head: Some(pull.head.clone()),
            question: Question::Merge,
            today: args.today,
            now: surroundings.now.as_second(),
            specs: project.paths(&args.spec)?,
            ci: CiBase::default(),
            own_config: args.common.config.is_some(),
        };
        let check = project.check(&request)?;
        Ok((CheckReport::of(&check, options), project.config.gate.labels.clone()))
    };
    checked().unwrap_or_else(|error| {
        exit::tell(&error);
        let (message, advice) = exit::told(&error);
        let today = args.today.unwrap_or(surroundings.today);
        (CheckReport::unknown(&message, advice.as_deref(), Question::Merge, today), Labels::default())
    })
}
