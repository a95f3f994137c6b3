//! `preavis usage`: who uses what, from partner files, logs and the source of partners.

use std::io::Write;

use super::args::{Color, Common};
use super::exit::Exit;
use super::surroundings::Surroundings;
use crate::render;
use crate::text::Lang;

pub(super) use args::UsageArgs;
use args::UsageCommand;

mod args;
mod import;
mod scan;
mod show;

pub(super) fn run(args: &UsageArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match &args.command {
        UsageCommand::Import(args) => import::run(args, surroundings, out),
        UsageCommand::Scan(args) => scan::run(args, surroundings, out),
        UsageCommand::Show(args) => show::run(args, surroundings, out),
    }
}

fn options(common: &Common, lang: Lang, to_file: bool, surroundings: &Surroundings) -> render::Options {
    let color = match common.color {
        Color::Auto => surroundings.colored && !to_file,
        Color::Always => true,
        Color::Never => false,
    };
    render::Options { lang, color, ..render::Options::default() }
}
