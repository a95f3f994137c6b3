//! `preavis diff`: what changed between two versions.

use std::io::Write;

use super::args::{Color, Common, Comparing, DiffArgs, FailOn, Output};
use super::compare::{Asked, compare};
use super::exit::{self, Exit};
use super::output;
use super::session::{self, Session};
use super::surroundings::Surroundings;
use crate::render::{self, render};
use crate::report::{Report, Summary};
use crate::source::Version;

pub(super) fn run(args: &DiffArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut session = session::open(&args.common, surroundings)?;
    session.workplace.allow_remote_refs = args.comparing.allow_remote_refs;
    let (base, head) = session.workplace.compare(args.base.as_deref(), args.head.as_deref())?;
    let asked = asked(&args.comparing, &head, surroundings);
    let compared = compare(&session, &base, &head, asked)?;
    show(&compared.report, &args.output, &args.common, &session, surroundings, out)?;
    compared.unreadable.iter().for_each(exit::tell);
    if !compared.unreadable.is_empty() {
        return Ok(Exit::CouldNotTell);
    }
    Ok(if is_hit(args.fail_on, &compared.report.summary) { Exit::Closed } else { Exit::Clear })
}

/// Sunsets are judged on the day of head's commit; what is not committed yet ships today.
pub(super) fn asked<'a>(comparing: &'a Comparing, head: &Version, surroundings: &Surroundings) -> Asked<'a> {
    let committed = head.commit.as_ref().map(|commit| commit.date);
    Asked {
        specs: &comparing.spec,
        today: comparing.today.or(committed).unwrap_or(surroundings.today),
        keep_going: comparing.keep_going,
        strict: comparing.strict,
    }
}

fn show(
    report: &Report,
    output: &Output,
    common: &Common,
    session: &Session,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let color = match common.color {
        Color::Auto => surroundings.colored && output.file.is_none(),
        Color::Always => true,
        Color::Never => false,
    };
    let options = render::Options { lang: session.lang, color, show: output.level, ..render::Options::default() };
    let text = render(report, output.format, &options);
    if output.file.is_none() && output.quiet {
        return Ok(());
    }
    output::put(session, output.file.as_deref(), out, &text)
}

/// Whether a report has what a threshold asks for.
fn is_hit(threshold: FailOn, summary: &Summary) -> bool {
    let Summary { breaking, risky, additive, docs, unproven } = *summary;
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
        let summary = Summary { breaking: 0, risky: 1, additive: 0, docs: 3, unproven: 0 };
        let hit = |threshold| is_hit(threshold, &summary);
        assert!(!hit(FailOn::Breaking) && hit(FailOn::Risky) && hit(FailOn::Additive) && hit(FailOn::Docs));
        assert!(!hit(FailOn::Unproven) && !hit(FailOn::Never));
    }
}
