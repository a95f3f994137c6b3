//! `preavis notice new`: a draft of what no notice covers yet, with its facts beside it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use jiff::civil::Date;

use super::super::error::CliError;
use super::super::exit::{self, Exit};
use super::super::output;
use super::super::session;
use super::super::surroundings::Surroundings;
use super::NewArgs;
use crate::audience::{Registry, Usage};
use crate::compare::{Asked, Options, versions};
use crate::notice::{FOLDER, Ledger, Notice};
use crate::project::{NewNotice, Production, Project};
use crate::render::draft::{self, Draft, slug};
use crate::report::{Change, Report};
use crate::source::confined::ConfinedError;
use crate::text;
use crate::text::Lang;

pub(super) fn run(args: &NewArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let project = session::open(&args.common, surroundings)?;
    let today = args.today.unwrap_or(surroundings.today);
    let (base, head) = project.workplace.compare(args.base.as_deref(), args.head.as_deref())?;
    let paths = project.paths(&args.spec)?;
    let options = Options { today, keep_going: false, strict: false };
    let ledger = project.notices()?;
    let renamed = project.renamed_apis(&ledger);
    let asked = Asked { renamed: Some(&renamed), ..project.asked(&paths) };
    let compared = versions(&base, &head, asked, options)?;
    exit::warn(&compared.absent);
    let report = compared.report;
    if let Some(unknown) = args.only.iter().find(|id| find(&report, id).is_none()) {
        return Err(CliError::NotAChange { fingerprint: unknown.clone() }.into());
    }
    let whole = report.clone();
    let covered = if args.only.is_empty() { waiting(&project, &ledger, &report)? } else { BTreeSet::new() };
    let wanted = report.only(&|change| is_wanted(args, &covered, change));
    if wanted.apis.is_empty() {
        output::write(out, "nothing to announce: every change at this level has its notice\n")?;
        return Ok(Exit::Clear);
    }
    let mut said = String::new();
    let mut taken = ledger;
    let several = wanted.apis.len() > 1;
    if let Some(id) = args.id.as_ref().filter(|id| several || taken.find(id).is_some()) {
        return Err(CliError::TakenId { id: id.clone() }.into());
    }
    let mut partners = project.partners()?;
    project.settle_apis(&mut partners, &mut Usage::default(), &[&base, &head])?;
    let langs = languages(args, project.lang, &partners);
    let mut drafts = Vec::new();
    for api in &wanted.apis {
        let facts = Report::new(wanted.base.clone(), wanted.head.clone(), vec![api.clone()]);
        let whole = whole.apis.iter().filter(|one| one.id == api.id).cloned().collect();
        let whole = Report::new(wanted.base.clone(), wanted.head.clone(), whole);
        let id = args.id.clone().unwrap_or_else(|| taken.next_id(today.year()));
        let (draft, notice) = drafted((args, today), &id, (&facts, &whole), &langs)?;
        let title = slug(notice.title(langs[0]));
        let api = if several { format!("{}-", api.id) } else { String::new() };
        let stem = format!("{FOLDER}/{today}-{api}{title}");
        taken.notices.push(notice);
        let count = text::counted(Lang::En, "ui", "changes", facts.summary.count());
        let _ = writeln!(said, "wrote {stem}.md ({id}, {count}) and its facts {stem}.json");
        drafts.push(NewNotice { stem, ..draft });
    }
    project.create_notices(&drafts).map_err(exists)?;
    let then = if args.announce { "commit both files" } else { "set `announced_on` and commit both files" };
    let _ = writeln!(said, "\nEdit the text, it is yours; then {then}.");
    output::write(out, &said)?;
    Ok(Exit::Clear)
}

fn find<'r>(report: &'r Report, fingerprint: &str) -> Option<&'r Change> {
    report.apis.iter().flat_map(|api| &api.changes).find(|change| change.is(fingerprint))
}

/// The changes that a notice speaks for already. One that shipped and was taken back is done with: the same change needs
/// another.
fn waiting(project: &Project, ledger: &Ledger, report: &Report) -> anyhow::Result<BTreeSet<String>> {
    let all = report.apis.iter().flat_map(|api| &api.changes);
    let known: Vec<&Change> = all.filter(|change| change.ids().any(|id| ledger.waiting_for(id).is_some())).collect();
    if known.is_empty() {
        return Ok(BTreeSet::new());
    }
    let production = Production::read(project, None)?;
    let notices = production.notices()?;
    let over = |change: &&&Change| {
        let notice = notices.waiting_for(&change.fingerprint);
        let shipped = notice.and_then(|notice| production.shipped(&notices, notice, &change.fingerprint));
        shipped.is_some_and(|shipped| shipped.reverted_on.is_some())
    };
    Ok(known.iter().filter(|change| !over(change)).map(|change| change.fingerprint.clone()).collect())
}

/// What is asked for by name, else what is bad enough and waits for no notice.
fn is_wanted(args: &NewArgs, covered: &BTreeSet<String>, change: &Change) -> bool {
    if !args.only.is_empty() {
        return args.only.iter().any(|id| change.is(id));
    }
    change.level <= args.level && !covered.contains(&change.fingerprint)
}

/// Those asked for, else that of reports and those that partners read.
fn languages(args: &NewArgs, first: Lang, partners: &Registry) -> Vec<Lang> {
    let known = partners.partners().iter().flat_map(|partner| partner.languages.iter().copied());
    let wanted = if args.langs.is_empty() { std::iter::once(first).chain(known).collect() } else { args.langs.clone() };
    let mut out: Vec<Lang> = Vec::new();
    for lang in wanted {
        if !out.contains(&lang) {
            out.push(lang);
        }
    }
    out
}

/// A draft that has no place yet, and the notice that it is.
fn drafted(
    (args, today): (&NewArgs, Date),
    id: &str,
    (facts, whole): (&Report, &Report),
    langs: &[Lang],
) -> anyhow::Result<(NewNotice, Notice)> {
    let drafted = Draft {
        id,
        facts,
        whole,
        langs,
        title: args.title.as_deref(),
        kind: args.kind.unwrap_or_else(|| draft::kind(facts)),
        announced_on: args.announce.then_some(today),
        effective_on: args.effective,
    };
    let (text, beside) = (drafted.text(), drafted.remembered());
    let covered = |change: &Change| find(facts, &change.fingerprint).is_some();
    let kept = whole.clone().only(&|change| covered(change) || beside.contains(&change.fingerprint));
    let notice = Notice::parse("draft", &text)?;
    let facts = serde_json::to_string_pretty(&kept)? + "\n";
    Ok((NewNotice { stem: String::new(), text, facts }, notice))
}

/// What a team does about a notice that is there already.
fn exists(error: ConfinedError) -> anyhow::Error {
    if let ConfinedError::Exists { path } = &error {
        return CliError::Exists { path: Path::new(path).with_extension("md").display().to_string() }.into();
    }
    error.into()
}
