//! `preavis usage scan`: the names that changed, in the source of a partner.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::args::ScanArgs;
use super::options;
use crate::audience::Evidence;
use crate::audience::scan::{Scan, Sought};
use crate::cli::diff::options as options_of;
use crate::cli::error::CliError;
use crate::cli::exit::{self, Exit};
use crate::cli::output;
use crate::cli::session;
use crate::cli::surroundings::Surroundings;
use crate::compare::{contracts_of, versions};
use crate::contract::Contract;
use crate::render;
use crate::render::usage::{Scanned, ScannedName};
use crate::report::Change;
use crate::rules::Level;
use crate::spec::NodeIx;
use crate::text::Arg;

/// Larger files were not written by people.
const LARGEST: u64 = 1 << 20;
/// The most files looked at.
const FILES: u64 = 50_000;
/// The deepest folder looked into.
const DEPTH: usize = 40;
/// Folders of others and of tools.
const SKIPPED: &[&str] =
    &["node_modules", "vendor", "target", "dist", "build", "tmp", "log", "logs", "coverage", "venv"];

pub(super) fn run(args: &ScanArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let mut project = session::open(&args.common, surroundings)?;
    project.resolver.allow_remote_refs = args.comparing.allow_remote_refs;
    let (base, head) = project.resolver.compare(args.base.as_deref(), args.head.as_deref())?;
    let paths = project.paths(&args.comparing.spec)?;
    let asked = project.asked(&paths);
    let compared = versions(&base, &head, asked, options_of(&args.comparing, &head, surroundings))?;
    exit::warn(&compared.absent);
    let mut names = sought(compared.report.apis.iter().flat_map(|api| &api.changes));
    // How often the contract has a name is asked of the version that still has what goes; an API may be new.
    for (_, contract) in contracts_of(&base, asked).iter().flatten() {
        count_places(contract, &mut names);
    }
    let mut walk =
        Walk { scan: Scan::new(names.values().map(|(sought, _)| sought.clone()).collect()), files: 0, skipped: 0 };
    let folder = args.folder.display().to_string();
    walk.folder(&project.files.folder_at(&args.folder)?, "", 0)
        .map_err(|source| CliError::Read { path: folder.clone(), source })?;
    if walk.files >= FILES {
        exit::warn([format!("only the first {FILES} files of `{folder}` were read")]);
    }
    let (files, skipped) = (walk.files, walk.skipped);
    let found = walk.scan.finish().into_iter().map(|found| {
        let changes = names.get(&found.word).map(|(_, changes)| changes.as_slice()).unwrap_or_default();
        let mut summaries: Vec<String> = changes.iter().map(|change| change.summary.clone()).collect();
        summaries.dedup();
        let fingerprints = changes.iter().map(|change| change.fingerprint.clone()).collect();
        ScannedName { changes: summaries, fingerprints, found }
    });
    let scanned = Scanned { version: 1, evidence: Evidence::Inferred, folder, files, skipped, names: found.collect() };
    let options = options(&args.common, project.lang, args.output.is_some(), surroundings);
    let text = render::usage::scanned(&scanned, args.format, &options);
    output::put(&project.files, args.output.as_deref(), out, (args.format.into(), &text))?;
    let whole = compared.unreadable.is_empty();
    compared.unreadable.into_iter().for_each(|error| exit::tell(&error.into()));
    Ok(if whole { Exit::Clear } else { Exit::CouldNotTell })
}

/// Names by word, with the changes that speak of each.
type Names<'a> = BTreeMap<String, (Sought, Vec<&'a Change>)>;

/// The names that are to be looked for, each with the changes that speak of it.
fn sought<'a>(changes: impl Iterator<Item = &'a Change>) -> Names<'a> {
    let mut names = Names::new();
    for change in changes.filter(|change| change.level <= Level::Risky || change.rule == "deprecated-added") {
        let Some(word) = word(change) else { continue };
        let new = || (Sought { word: word.clone(), places: 0, near: Vec::new() }, Vec::new());
        let (sought, changes) = names.entry(word.clone()).or_insert_with(new);
        sought.near.extend(change.at.component.clone());
        changes.push(change);
    }
    names
}

/// The name that a change is about and that a program would write: a member, a parameter, a value, the end of a path.
fn word(change: &Change) -> Option<String> {
    let argument = |name: &str| match change.args.get(name) {
        Some(Arg::Code(text)) => Some(text.clone()),
        _ => None,
    };
    let last = |path: &str| path.split('/').rfind(|part| !part.is_empty() && !part.contains('{')).map(str::to_owned);
    let named = argument("value").or_else(|| argument("property")).or_else(|| argument("parameter"));
    let named = named.or_else(|| argument("header"));
    let member = || change.at.path.split(['.', ':']).next_back().map(|name| name.trim_end_matches("[]").to_owned());
    let word = match named {
        Some(word) => word,
        None if change.at.path.is_empty() => last(&change.operations.first()?.path)?,
        None => member()?,
    };
    let word = word.trim_matches('"').to_owned();
    (!word.is_empty()).then_some(word)
}

/// Counts at how many places a contract has each name: as a member, or as the name of a parameter.
fn count_places(contract: &Contract, names: &mut Names<'_>) {
    for (_, file) in contract.document.files() {
        for node in (0..file.len()).filter_map(|ix| u32::try_from(ix).ok()).map(NodeIx) {
            let name = if file.name(node) == "name" { file.string(node).unwrap_or("") } else { file.name(node) };
            if let Some((sought, _)) = names.get_mut(name) {
                sought.places += 1;
            }
        }
    }
}

struct Walk {
    scan: Scan,
    files: u64,
    skipped: u64,
}

impl Walk {
    /// Looks through a folder in the order of names. Links are not followed; what is inside and cannot be read is skipped.
    fn folder(&mut self, folder: &Path, path: &str, depth: usize) -> io::Result<()> {
        let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEPTH && !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
                let read = self.folder(&entry.path(), &below, depth + 1);
                self.skipped += u64::from(read.is_err());
            } else if kind.is_file() && self.files < FILES {
                self.file(&entry, &below);
            }
        }
        Ok(())
    }

    fn file(&mut self, entry: &fs::DirEntry, path: &str) {
        let small = entry.metadata().is_ok_and(|known| known.len() <= LARGEST);
        let bytes = if small { fs::read(entry.path()).ok() } else { None };
        match bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|text| !text.contains('\0')) {
            Some(text) => {
                self.files += 1;
                self.scan.file(path, &text);
            }
            None => self.skipped += 1,
        }
    }
}
