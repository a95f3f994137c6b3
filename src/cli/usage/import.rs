//! `preavis usage import`: logs into aggregates. Lines go through one at a time; nothing is written unless all were read.

use std::io::Write;
use std::path::Path;

use super::args::ImportArgs;
use super::options;
use crate::audience::logs::{BadLine, Format, Importer};
use crate::audience::overview;
use crate::cli::error::CliError;
use crate::cli::exit::{self, Exit};
use crate::cli::output;
use crate::cli::session;
use crate::cli::surroundings::Surroundings;
use crate::compare::{Steps, contracts_of};
use crate::contract::Contract;
use crate::project::named_partner;
use crate::render;
use crate::source::{Lines, VersionArg};

/// How many bad lines are named.
const NAMED: usize = 5;
/// After as many lines it is told how many there were.
const TOLD: u64 = 1024;

pub(super) fn run(args: &ImportArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let format = format(args)?;
    let mut registry = project.partners()?;
    named_partner(&registry, args.partner.as_deref())?;
    // Logs are of what runs, not of what is being written.
    let at = args.contracts.at.as_deref().or(project.config.production.as_deref()).unwrap_or(".");
    let version = project.resolver.open(&VersionArg::parse(at)?)?;
    let before = project.usage(args.out.as_deref())?;
    let mut all = before.clone();
    project.settle_apis(&mut registry, &mut all, &[&version])?;
    let paths = project.paths(&args.contracts.spec)?;
    let contracts = contracts_of(&version, project.asked(&paths))?;
    let apis: Vec<(&str, &Contract)> = contracts.iter().map(|(api, contract)| (&*api.id, contract)).collect();
    let mut importer = Importer::new(&registry, &apis, args.partner.as_deref());
    importer.withhold(&mut all);
    let mut bad = Bad::default();
    let mut so_far = 0;
    let mut tell = || {
        so_far += 1;
        if let Some(progress) = project.progress.as_deref().filter(|_| so_far % TOLD == 0) {
            progress.at(Steps::Lines, so_far, None);
        }
    };
    for file in &args.files {
        read((&surroundings.cwd, file), &format, &mut importer, &mut bad, &mut tell)?;
    }
    if let Some(progress) = &project.progress {
        progress.end();
    }
    let (imported, tally) = importer.finish(&args.source);
    if tally.requests == 0 && bad.count > 0 {
        return Err(CliError::NoRequests { count: bad.count, first: bad.named.swap_remove(0) }.into());
    }
    bad.tell();
    if tally.dropped > 0 {
        return Err(CliError::TooManyRows.into());
    }
    let of_these = overview(&registry, &imported, &apis, None);
    if !args.dry_run {
        let _held = project.lock_usage(args.out.as_deref())?;
        let now = project.usage(args.out.as_deref())?;
        if now != before {
            all = now;
            project.settle_apis(&mut project.partners()?, &mut all, &[&version])?;
            Importer::new(&registry, &apis, None).withhold(&mut all);
        }
        if args.replace {
            all.forget(&imported);
        }
        all.join(imported);
        project.write_usage(args.out.as_deref(), &all)?;
    }
    let shown = render::usage::Imported { version: 1, tally: &tally, bad_lines: bad.count, usage: &of_these };
    let options = options(&args.common, project.lang, false, surroundings);
    output::write(out, args.report.into(), &render::usage::imported(&shown, args.report, &options))?;
    Ok(Exit::Clear)
}

fn format(args: &ImportArgs) -> anyhow::Result<Format> {
    if let Some(text) = &args.log_format {
        return Ok(Format::nginx(text)?);
    }
    let usual = if args.map.is_some() { "jsonl" } else { "combined" };
    let name = args.format.as_deref().unwrap_or(usual);
    match Format::named(name, args.map.as_deref()) {
        Some(format) => Ok(format?),
        None => Err(anyhow::anyhow!("unknown format `{name}`")),
    }
}

/// Lines that could not be read: how many, and where the first ones are.
#[derive(Default)]
struct Bad {
    count: u64,
    named: Vec<String>,
}

impl Bad {
    fn add(&mut self, file: &str, line: u64, why: BadLine) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.push(format!("{file}:{line}: {why}"));
        }
    }

    fn tell(&self) {
        exit::warn(&self.named);
        let more = self.count.saturating_sub(NAMED as u64);
        exit::warn((more > 0).then(|| format!("and {more} more lines that cannot be read")));
    }
}

fn read(
    (cwd, file): (&Path, &Path),
    format: &Format,
    importer: &mut Importer<'_>,
    bad: &mut Bad,
    tell: &mut dyn FnMut(),
) -> anyhow::Result<()> {
    let name = file.display().to_string();
    let (name, mut lines) = if name == "-" {
        ("standard input".to_owned(), Lines::new("standard input", std::io::stdin())?)
    } else {
        let lines = Lines::open(&cwd.join(file), &name)?;
        (name, lines)
    };
    while let Some(line) = lines.next_line()? {
        let number = line.number;
        let request = if line.cut { Err(BadLine::TooLong) } else { format.read(line.bytes) };
        match request {
            Ok(Some(request)) => importer.add(&request)?,
            Ok(None) => {}
            Err(why) => bad.add(&name, number, why),
        }
        tell();
    }
    Ok(())
}
