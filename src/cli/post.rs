//! `preavis post`: the comment of a result that another job found, from a job that may write.
//!
//! Whoever proposes a change from a fork may have written the file. So only sentences are made of it, by this program's own
//! templates, and it decides nothing: status and labels come from what is judged again here (`--judge`), and so does the
//! comment where that could be told.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::Common;
use super::error::CliError;
use super::exit::Exit;
use super::judging::{Case, judged};
use super::posting::{self, PostArgs};
use super::session;
use super::surroundings::Surroundings;
use crate::gate::show::{self, CheckReport, ParseError};
use crate::source::confined;

/// `preavis post`
#[derive(Args, Debug)]
pub(super) struct PostCommand {
    /// The result, as `preavis check --report json=FILE` wrote it
    file: PathBuf,
    /// Judge again what is to be merged, by the branch to merge into, and set status and labels by that
    #[arg(long, value_names = ["BASE", "HEAD"], num_args = 2)]
    judge: Option<Vec<String>>,
    #[command(flatten)]
    to: PostArgs,
    #[command(flatten)]
    pub(super) common: Common,
}

/// The most bytes a result may have.
const MAX_BYTES: u64 = 16 << 20;

pub(super) fn run(args: &PostCommand, surroundings: &Surroundings) -> anyhow::Result<Exit> {
    let options = show::Options { lang: session::lang(&args.common, surroundings), ..show::Options::default() };
    let said = read(&args.file, &options)?;
    let versions = args.judge.as_deref().and_then(|versions| Some((versions.first()?, versions.get(1)?)));
    let judged = versions.map(|(base, head)| {
        let case = Case { base: Some(base), target: None, head, specs: &[], today: None };
        judged(&case, &args.common, &options, surroundings)
    });
    // What was judged here is known to be true; what could not be told here may stand in the file.
    let told = judged.as_ref().map(|(report, _)| report).filter(|report| report.message.is_none()).unwrap_or(&said);
    let posting = posting::of(told, judged.as_ref().map(|(report, labels)| (report, labels)), &options);
    let commit = judged.as_ref().and_then(|(report, _)| report.head.commit.as_deref());
    let failures = posting::write(&args.to, posting, commit, surroundings);
    Ok(if failures.is_empty() { Exit::Clear } else { Exit::CouldNotTell })
}

fn read(file: &Path, options: &show::Options) -> anyhow::Result<CheckReport> {
    let path = file.display().to_string();
    let bytes = confined::read_named(file, MAX_BYTES)?.ok_or_else(|| CliError::NoResult { path: path.clone() })?;
    let refused = |source| CliError::NotAResult { path: path.clone(), source };
    let text =
        String::from_utf8(bytes).map_err(|_| refused(ParseError::Form { message: "it is not UTF-8".to_owned() }))?;
    let limit = usize::try_from(MAX_BYTES).unwrap_or(usize::MAX);
    Ok(CheckReport::parse(&text, limit, options).map_err(refused)?)
}
