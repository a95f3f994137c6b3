//! `preavis check --recheck`: the pull requests that wait for their day are judged again, so that they turn green on it.
//!
//! The job has fetched their heads (`git fetch origin '+refs/pull/*/head:refs/pull/*/head'`); nothing is fetched here.

use std::fmt::Write as _;
use std::io::Write;

use super::check::CheckArgs;
use super::exit::Exit;
use super::judging::{Case, judged};
use super::output::{self, Form};
use super::posting;
use super::session;
use super::surroundings::Surroundings;
use crate::forge::Place;
use crate::gate::show;

pub(super) fn run(args: &CheckArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let (mut said, mut exit) = (String::new(), Exit::Clear);
    let Some((place, waiting)) = posting::waiting(&args.write.to, surroundings) else {
        return Ok(Exit::CouldNotTell);
    };
    let options = show::Options { lang: session::lang(&args.common, surroundings), ..show::Options::default() };
    for pull in &waiting {
        let (target, head) = (Some(pull.base.as_str()), pull.head.as_str());
        let case = Case { base: None, target, head, specs: &args.spec, today: args.today };
        let (report, labels) = judged(&case, &args.common, &options, surroundings);
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
