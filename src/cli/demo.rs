//! `preavis demo`: two releases of an invented API in a temporary repository, and the commands one would run there.

use std::fmt::Write as _;
use std::io::Write;

use clap::CommandFactory;

use super::args::{Cli, Color, DemoArgs};
use super::exit::Exit;
use super::output;
use super::scratch::Scratch;
use super::surroundings::Surroundings;

const DOCUMENT: &str = "appointments.yaml";
const OLD: &str = "2024-03-05";
const NEW: &str = "2024-04-09";

/// The history: day, message, content.
const COMMITS: &[(&str, &str, &str)] = &[
    (OLD, "Publish the appointments API", include_str!("../../templates/demo/1-published.yaml")),
    ("2024-03-12", "Tidy up the contract, nothing changes", include_str!("../../templates/demo/2-tidied.yaml")),
    ("2024-03-19", "Say bookable_online instead of online", include_str!("../../templates/demo/3-renamed.yaml")),
    ("2024-03-26", "Count no-shows, drop the status waiting", include_str!("../../templates/demo/4-statuses.yaml")),
    (NEW, "Serve pages of 100 appointments", include_str!("../../templates/demo/5-paged.yaml")),
];

/// What is run: why, and the arguments.
const STEPS: &[(&str, &[&str])] = &[
    ("A commit moved every line of the contract. Did it change anything for partners?", &["diff", OLD, "main~3"]),
    ("Between the two releases it did. One entry a cause, worst first:", &["diff", OLD, NEW]),
    ("In CI the same comparison closes the gate:", &["diff", OLD, NEW, "--fail-on", "breaking", "--quiet"]),
    ("For those who were not there, by release:", &["changelog"]),
    ("What a kind of change means and what to do about it:", &["rules", "response-property-removed"]),
];

pub(super) fn run(args: &DemoArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut scratch = build()?;
    if args.keep {
        scratch.keep();
    }
    let colored = match args.color {
        Color::Auto => surroundings.colored,
        Color::Always => true,
        Color::Never => false,
    };
    let cwd = scratch.path().to_owned();
    let surroundings = Surroundings { cwd, colored, target_branch: None, ..surroundings.clone() };
    output::write(out, &opening(&scratch)?)?;
    for (why, step) in STEPS.iter().filter(|(_, step)| exists(step)) {
        let mut words: Vec<&str> = vec!["preavis"];
        words.extend(*step);
        output::write(out, &format!("\n\n# {why}\n$ {}\n\n", words.join(" ")))?;
        words.extend(args.lang.iter().flat_map(|lang| ["--lang", lang.as_str()]));
        match super::run(words, &surroundings, out) {
            Exit::Clear => {}
            Exit::Closed => output::write(out, "(exit code 1)\n")?,
            Exit::CouldNotTell => return Ok(Exit::CouldNotTell),
        }
    }
    let end = if args.keep {
        format!("\n\nThe repository is in {}\n", scratch.path().display())
    } else {
        "\n\nThe repository was temporary and is gone; `preavis demo --keep` leaves it to you.\n".to_owned()
    };
    output::write(out, &end)?;
    Ok(Exit::Clear)
}

fn build() -> anyhow::Result<Scratch> {
    let scratch = Scratch::new()?;
    for (day, message, content) in COMMITS {
        scratch.commit(day, message, DOCUMENT, content)?;
        if [OLD, NEW].contains(day) {
            scratch.git(day, &["tag", "--annotate", "--message", "Release", day])?;
        }
    }
    Ok(scratch)
}

/// The history, and what git has to say about it.
fn opening(scratch: &Scratch) -> anyhow::Result<String> {
    let log = ["log", "--reverse", "--date=short", "--format=  %ad  %s"];
    let stat = ["diff", "--shortstat", OLD, NEW];
    let mut text = format!("# A repository with one contract, {DOCUMENT}, and two releases: {OLD} and {NEW}\n");
    let _ = write!(text, "$ git log\n\n{}", scratch.git(NEW, &log)?);
    let _ = write!(text, "\n\n# The text diff is of no help\n$ git {}\n\n{}", stat.join(" "), scratch.git(NEW, &stat)?);
    Ok(text)
}

/// Whether this build has the subcommand of a step.
fn exists(step: &[&str]) -> bool {
    step.first().is_some_and(|name| Cli::command().find_subcommand(name).is_some())
}
