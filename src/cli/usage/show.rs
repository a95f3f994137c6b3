//! `preavis usage show`: who uses what.

use std::io::Write;

use super::args::ShowArgs;
use super::{options, warn_of_strangers};
use crate::audience::overview;
use crate::cli::audience::{contracts, known, registry, usage, usage_path};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::session::Session;
use crate::cli::surroundings::Surroundings;
use crate::contract::Contract;
use crate::render;

pub(super) fn run(args: &ShowArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let session = Session::open(&args.common, surroundings)?;
    let registry = registry(&session)?;
    known(&registry, args.partner.as_deref())?;
    let (path, name) = usage_path(&session, args.usage.as_deref());
    let usage = usage(&path, &name)?;
    let contracts = contracts(&session, &args.contracts.at, &args.contracts.spec)?;
    let apis: Vec<(&str, &Contract)> = contracts.iter().map(|(id, contract)| (id.as_str(), contract)).collect();
    warn_of_strangers(&registry, &apis.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let overview = overview(&registry, &usage, &apis, args.partner.as_deref());
    let options = options(&args.common, session.lang, args.output.is_some(), surroundings);
    let text = render::usage::overview(&overview, args.format, &options);
    match &args.output {
        Some(path) => output::replace(&surroundings.cwd, path, &text)?,
        None => output::write(out, &text)?,
    }
    Ok(Exit::Clear)
}
