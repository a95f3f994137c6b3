//! The commands: arguments in, reports out, an exit code. A file per subcommand.
//!
//! Only this folder reads the clock, the environment and the working directory, and hands them down as
//! `Surroundings`. Errors go to stderr with their advice; a command that fails has written nothing to stdout.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser;

use args::{Cli, Color, Command};
pub use exit::Exit;
pub use surroundings::Surroundings;

use crate::text::spelt;

mod accept;
mod ack;
mod args;
mod cache;
mod changelog;
mod check;
mod ci;
mod demo;
mod diff;
mod error;
mod exit;
mod init;
mod judging;
mod notice;
mod output;
mod overrides;
mod post;
mod posting;
mod progress;
mod publish;
mod recheck;
mod rules;
mod scratch;
mod session;
mod surroundings;
mod usage;

/// Runs the program with the arguments, the environment and the clock of its process.
pub fn main() -> ExitCode {
    let out = io::stdout();
    let colored = AutoStream::choice(&out) != ColorChoice::Never;
    let surroundings = match Surroundings::read(colored) {
        Ok(surroundings) => surroundings,
        Err(error) => return exit::fail(&error).into(),
    };
    // Whether there are colours is decided once, when a report is rendered; nothing is stripped afterwards.
    run(std::env::args_os(), &surroundings, &mut AutoStream::always(out)).into()
}

/// Runs one command line; results go to `out`.
pub fn run(
    args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    surroundings: &Surroundings,
    out: &mut dyn Write,
) -> Exit {
    let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
    let cli = match Cli::try_parse_from(&args) {
        Ok(cli) => cli,
        Err(error) => return exit::answer(&of_harmless(&args).unwrap_or(error)),
    };
    choice(cli.command.color()).write_global();
    let outcome = match &cli.command {
        Command::Diff(args) => diff::run(args, surroundings, out),
        Command::Check(args) => check::run(args, surroundings, out),
        Command::Accept(args) => accept::run(args, surroundings, out),
        Command::Ack(args) => ack::run(args, surroundings, out),
        Command::Changelog(args) => changelog::run(args, surroundings, out),
        Command::Notice(args) => notice::run(args, surroundings, out),
        Command::Usage(args) => usage::run(args, surroundings, out),
        Command::Publish(args) => publish::run(args, surroundings, out),
        Command::Post(args) => post::run(args, surroundings),
        Command::Rules(args) => rules::run(args, surroundings, out),
        Command::Init(args) => init::run(args, surroundings, out),
        Command::Demo(args) => demo::run(args, surroundings, out),
    };
    outcome.unwrap_or_else(|error| exit::fail(&error))
}

/// What the parser says of arguments, asked of the same ones with all that is hidden in them spelt, since it quotes them.
fn of_harmless(args: &[OsString]) -> Option<clap::Error> {
    Cli::try_parse_from(args.iter().map(|arg| spelt(&arg.to_string_lossy()).into_owned())).err()
}

fn choice(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}
