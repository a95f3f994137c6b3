//! `preavis ack`: a partner agreed, which the gate reads.

use std::io::Write;

use clap::Args;
use jiff::civil::Date;

use super::args::Common;
use super::exit::Exit;
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::notice::{Ack, Day};

/// `preavis ack`
#[derive(Args, Debug)]
pub(super) struct AckArgs {
    /// The id of the notice
    #[arg(value_name = "NOTICE")]
    notice: String,
    /// The slug of the partner
    #[arg(long, value_name = "SLUG")]
    partner: String,
    /// The day it agreed [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Where it did: an address, the reference of a mail
    #[arg(long, value_name = "TEXT")]
    evidence: Option<String>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &AckArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let ack = Ack {
        partner: args.partner.clone(),
        on: Day(args.on.unwrap_or(surroundings.today)),
        evidence: args.evidence.clone(),
    };
    let path = project.acknowledge(&args.notice, &ack)?;
    let said = format!("wrote {path}\n\nIt counts once it stands on the branch where notices become public.\n");
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}
