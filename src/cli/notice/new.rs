//! `preavis notice new`: a draft of what no notice covers yet, with its facts beside it.

use std::fmt::Write as _;
use std::io::Write;

use super::super::error::CliError;
use super::super::exit::{self, Exit};
use super::super::output::{self, Form};
use super::super::session;
use super::super::surroundings::Surroundings;
use super::NewArgs;
use crate::project::{DraftRequest, ProjectError};
use crate::source::confined::ConfinedError;
use crate::text::{self, Lang};

pub(super) fn run(args: &NewArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let (base, head) = project.resolver.compare(args.base.as_deref(), args.head.as_deref())?;
    let request = DraftRequest {
        only: &args.only,
        part: args.part,
        level: args.level,
        kind: args.kind,
        title: args.title.as_deref(),
        id: args.id.as_deref(),
        langs: &args.langs,
        announce: args.announce,
        effective_on: args.effective,
        today: args.today.unwrap_or(surroundings.today),
        emergency: None,
    };
    let compared = project.changes_to_announce((&base, &head), &project.paths(&args.spec)?, request.today)?;
    exit::warn(&compared.absent);
    // From here on, so that nobody else takes an id that is free now.
    let held = project.lock_notices()?;
    let drafts = project.drafts(&compared.report, (&base, &head), &request)?;
    if drafts.is_empty() {
        output::write(out, Form::Text, "nothing to announce: every change at this level has its notice\n")?;
        return Ok(Exit::Clear);
    }
    project.create_notices(&drafts, &held).map_err(exists)?;
    drop(held);
    let mut said = String::new();
    for draft in &drafts {
        let count = text::counted(Lang::En, "ui", "changes", draft.changes);
        let _ = writeln!(said, "wrote {0}.md ({1}, {count}) and its facts {0}.json", draft.stem, draft.id);
    }
    let then = if args.announce { "commit both files" } else { "set `announced_on` and commit both files" };
    let _ = writeln!(said, "\nEdit the text, it is yours; then {then}.");
    output::write(out, Form::Text, &said)?;
    Ok(Exit::Clear)
}

/// What a team does about a file that is there already.
fn exists(error: ProjectError) -> anyhow::Error {
    if let ProjectError::File(ConfinedError::Exists { path }) = error {
        return CliError::Exists { path }.into();
    }
    error.into()
}
