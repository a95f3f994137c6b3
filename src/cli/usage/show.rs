//! `preavis usage show`: who uses what.

use std::io::Write;

use super::args::ShowArgs;
use super::options;
use crate::audience::logs::Importer;
use crate::audience::overview;
use crate::cli::exit::Exit;
use crate::cli::output;
use crate::cli::session;
use crate::cli::surroundings::Surroundings;
use crate::compare::contracts_of;
use crate::contract::Contract;
use crate::project::named_partner;
use crate::render;
use crate::source::VersionArg;

pub(super) fn run(args: &ShowArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let mut registry = project.partners()?;
    named_partner(&registry, args.partner.as_deref())?;
    let mut usage = project.usage(args.usage.as_deref())?;
    let version = project.resolver.open(&VersionArg::parse(args.contracts.at.as_deref().unwrap_or("."))?)?;
    project.settle_apis(&mut registry, &mut usage, &[&version])?;
    let paths = project.paths(&args.contracts.spec)?;
    let contracts = contracts_of(&version, project.asked(&paths))?;
    let apis: Vec<(&str, &Contract)> = contracts.iter().map(|(api, contract)| (&*api.id, contract)).collect();
    Importer::new(&registry, &apis, None).withhold(&mut usage);
    let overview = overview(&registry, &usage, &apis, args.partner.as_deref());
    let options = options(&args.common, project.lang, args.output.is_some(), surroundings);
    let text = render::usage::overview(&overview, args.format, &options);
    output::put(&project.files, args.output.as_deref(), out, (args.format.into(), &text))?;
    Ok(Exit::Clear)
}
