//! `preavis diff`: what changed between two versions.

use std::io::Write;

use super::args::{Color, Common, Comparing, Output};
use super::exit::{self, Exit};
use super::output;
use super::session;
use super::surroundings::Surroundings;
use crate::compare::Options;
use crate::config::Naming;
use crate::project::{DiffRequest, Project};
use crate::render::{self, render};
use crate::report::{Report, Summary};
use crate::source::Version;

pub(super) use args::DiffArgs;
use args::FailOn;

mod args;

pub(super) fn run(args: &DiffArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut project = session::open(&args.common, surroundings)?;
    project.resolver.allow_remote_refs = args.comparing.allow_remote_refs;
    let (base, head) = project.resolver.compare(args.base.as_deref(), args.head.as_deref())?;
    let paths = project.paths(&args.comparing.spec)?;
    let request = DiffRequest {
        specs: &paths,
        reading: args.reading.reading(),
        options: options(&args.comparing, &head, surroundings),
        only: args.only.selection(),
        partners: args.partners.then(|| naming(args, &project, surroundings)),
    };
    let (compared, warnings) = project.differences((&base, &head), &request)?;
    exit::warn(&warnings);
    exit::warn(&compared.absent);
    show(&compared.report, &args.output, &args.common, &project, surroundings, out)?;
    let unreadable = !compared.unreadable.is_empty();
    compared.unreadable.into_iter().for_each(|error| exit::tell(&error.into()));
    if unreadable {
        return Ok(Exit::CouldNotTell);
    }
    Ok(if is_hit(args.fail_on, &compared.report.summary) { Exit::Closed } else { Exit::Clear })
}

/// How partners are spoken of: by name to one of the team at a terminal, else as the policy says.
fn naming(args: &DiffArgs, project: &Project, surroundings: &Surroundings) -> Naming {
    let named = surroundings.private && args.output.file.is_none();
    if named { Naming::Names } else { project.config.gate.partners_in_public }
}

/// Sunsets are judged on the day of head's commit; what is not committed yet ships today.
pub(super) fn options(comparing: &Comparing, head: &Version, surroundings: &Surroundings) -> Options {
    let committed = head.commit.as_ref().map(|commit| commit.date);
    Options {
        today: comparing.today.or(committed).unwrap_or(surroundings.today),
        keep_going: comparing.keep_going,
        strict: comparing.strict,
    }
}

fn show(
    report: &Report,
    output: &Output,
    common: &Common,
    project: &Project,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let color = match common.color {
        Color::Auto => surroundings.colored && output.file.is_none(),
        Color::Always => true,
        Color::Never => false,
    };
    let options = render::Options {
        lang: project.lang,
        color,
        show: output.level,
        all: output.all,
        ..render::Options::default()
    };
    // What is written to a file is wrapped by whoever reads it.
    let options = match surroundings.width.filter(|_| output.file.is_none()) {
        Some(width) => render::Options { width, wrap: true, ..options },
        None => options,
    };
    let text = render(report, output.format, &options);
    if output.file.is_none() && output.quiet {
        return Ok(());
    }
    output::put(&project.files, output.file.as_deref(), out, (output.format.into(), &text))
}

/// Whether a report has what a threshold asks for.
fn is_hit(threshold: FailOn, summary: &Summary) -> bool {
    let Summary { breaking, risky, additive, docs, unproven, .. } = *summary;
    let count = match threshold {
        FailOn::Breaking => breaking,
        FailOn::Risky => breaking + risky,
        FailOn::Additive => breaking + risky + additive,
        FailOn::Docs => breaking + risky + additive + docs,
        FailOn::Unproven => unproven,
        FailOn::Never => 0,
    };
    count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_includes_what_is_worse() {
        let summary = Summary { risky: 1, docs: 3, ..Summary::default() };
        let hit = |threshold| is_hit(threshold, &summary);
        assert!(!hit(FailOn::Breaking) && hit(FailOn::Risky) && hit(FailOn::Additive) && hit(FailOn::Docs));
        assert!(!hit(FailOn::Unproven) && !hit(FailOn::Never));
    }
}
