//! `preavis usage show`: who uses what.

use std::io::Write;

use super::args::ShowArgs;
use super::options;
use crate::audience::overview;
use crate::cli::audience::{check_apis, contracts_of};
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::session;
use crate::cli::surroundings::Surroundings;
use crate::contract::Contract;
use crate::project::named_partner;
use crate::render;
use crate::source::VersionArg;

pub(super) fn run(args: &ShowArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let session = session::open(&args.common, surroundings)?;
    let registry = session.partners()?;
    named_partner(&registry, args.partner.as_deref())?;
    let usage = session.usage(args.usage.as_deref())?;
    let version = session.workplace.open(&VersionArg::parse(&args.contracts.at)?)?;
    check_apis(&session, &registry, &[&version])?;
    let contracts = contracts_of(&session, &version, &args.contracts.spec)?;
    let apis: Vec<(&str, &Contract)> = contracts.iter().map(|(id, contract)| (id.as_str(), contract)).collect();
    let overview = overview(&registry, &usage, &apis, args.partner.as_deref());
    let options = options(&args.common, session.lang, args.output.is_some(), surroundings);
    let text = render::usage::overview(&overview, args.format, &options);
    output::put(&session, args.output.as_deref(), out, &text)?;
    Ok(Exit::Clear)
}
