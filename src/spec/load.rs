//! Loads a document: its root file and, breadth-first, every file that a reference names.
//!
//! What is wrong with the root leaves no document. A referenced file that is missing or unreadable is a hole where
//! the reference stands; the contract decides whether an operation reaches it.

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::address;
use super::arena::{File, NodeIx};
use super::cache::ParseCache;
use super::document::{Document, FileIx, Loc, Target};
use super::error::SpecError;
use super::key::Key;
use super::limits::Limits;
use super::problem::{Cursor, Odd, Problem, Weight};
use super::read::Parsed;
use super::resolve::{Entry, Index, Resolver, spellings};
use super::sites::{Reading, Site, Sites};
use super::version;
use crate::source::Files;

/// References into data make it a part of the contract; so many times such a part may lead into the next.
const ROUNDS: usize = 8;
/// The longest chain of references that are nothing else.
const CHAIN: u32 = 100;

/// Loads the document at a path; files already in the cache are not parsed again.
pub fn load(files: &dyn Files, root: &str, cache: &mut ParseCache, limits: &Limits) -> Result<Document, SpecError> {
    cache.begin();
    let path = address::joined("", root).unwrap_or_default();
    let missing = || SpecError::Missing { file: root.to_owned() };
    let id = files.find(&path)?.ok_or_else(missing)?;
    let parsed = cache.take(files, &path, &id, limits)?;
    let (version, version_text, odd) = version::detect(&path, &parsed.file)?;
    let mut loading = Loading { source: files, cache, limits, loaded: Vec::new(), index: Index::default(), total: 0 };
    loading.enter(path, parsed, Reading::Fields)?;
    let outcomes = loading.outcomes()?;
    let Loading { loaded, index, .. } = loading;
    let (problems, targets) = conclude(&loaded, odd, &outcomes);
    let files = loaded.into_iter().map(|loaded| (loaded.path, Arc::clone(&loaded.parsed.file))).collect();
    Ok(Document { version, version_text, problems, files, targets, index })
}

struct Loaded {
    path: String,
    parsed: Arc<Parsed>,
    /// The references that count, in document order.
    sites: Vec<Site>,
    reading: Reading,
}

struct Loading<'l> {
    source: &'l dyn Files,
    cache: &'l mut ParseCache,
    limits: &'l Limits,
    loaded: Vec<Loaded>,
    index: Index,
    total: usize,
}

/// For each file, for each site, where it leads or why nowhere.
type Outcomes = Vec<Vec<Result<Loc, String>>>;

impl Loading<'_> {
    fn enter(&mut self, path: String, parsed: Arc<Parsed>, reading: Reading) -> Result<(), SpecError> {
        let too_large = |what, limit| Err(SpecError::TooLarge { file: path.clone(), what, limit });
        self.total += parsed.file.source().len();
        if self.total > self.limits.total {
            return too_large("bytes in all files", self.limits.total);
        }
        if self.loaded.len() >= self.limits.files {
            return too_large("files", self.limits.files);
        }
        let file = FileIx(u32::try_from(self.loaded.len()).unwrap_or(u32::MAX));
        self.index.paths.insert(path.clone(), Entry::File(file));
        let sites = parsed.sites(reading);
        self.index.add(&path, &parsed.file, sites);
        let sites = sites.refs.clone();
        self.loaded.push(Loaded { path, parsed, sites, reading });
        Ok(())
    }

    /// Loads what is still to be loaded and resolves all references, until no reference leads into data any more.
    fn outcomes(&mut self) -> Result<Outcomes, SpecError> {
        let mut promoted: IndexSet<Loc, FxBuildHasher> = IndexSet::default();
        let mut asked = 0;
        for _ in 0..ROUNDS {
            while asked < self.loaded.len() {
                self.request(asked, &self.loaded[asked].sites.clone())?;
                asked += 1;
            }
            let outcomes = self.resolve();
            let known = promoted.len();
            let hits = outcomes.iter().flatten().flatten().copied();
            promoted.extend(hits.filter(|&hit| self.is_data(hit)));
            if promoted.len() == known {
                return Ok(outcomes);
            }
            for &Loc { file, node } in &promoted[known..] {
                let loaded = &mut self.loaded[file.0 as usize];
                let found = Sites::find(&loaded.parsed.file, node, Reading::Fields).refs;
                loaded.sites.extend(&found);
                loaded.sites.sort_by_key(|site| site.node);
                loaded.sites.dedup_by_key(|site| site.node);
                self.request(file.0 as usize, &found)?;
            }
        }
        // What was not looked through must not pass for a part without references.
        let mut outcomes = self.resolve();
        for outcome in outcomes.iter_mut().flatten() {
            if outcome.as_ref().is_ok_and(|&hit| self.is_data(hit) && !promoted.contains(&hit)) {
                *outcome = Err("it leads from example to example or extension to extension too often".to_owned());
            }
        }
        Ok(outcomes)
    }

    fn is_data(&self, at: Loc) -> bool {
        let loaded = &self.loaded[at.file.0 as usize];
        loaded.parsed.sites(loaded.reading).is_data(&loaded.parsed.file, at.node)
    }

    /// Enters the files that some references of a file name.
    fn request(&mut self, from: usize, sites: &[Site]) -> Result<(), SpecError> {
        let mut seen: IndexSet<&str, FxBuildHasher> = IndexSet::default();
        let parsed = Arc::clone(&self.loaded[from].parsed);
        for site in sites {
            let text = reference(&parsed.file, site.node);
            let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
            if address.is_empty() || address.starts_with("//") || address::has_scheme(address) || !seen.insert(address)
            {
                continue;
            }
            let reading = if fragment.is_empty() { site.reading } else { Reading::Fields };
            for spelling in spellings(address) {
                let Some(path) = address::joined(&self.loaded[from].path, &spelling) else { break };
                if self.visit(path, reading)? != Entry::Absent {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What stands at a path; enters the file if it is new.
    fn visit(&mut self, path: String, reading: Reading) -> Result<Entry, SpecError> {
        if let Some(known) = self.index.paths.get(&path) {
            return Ok(known.clone());
        }
        // What the source refuses (a link that leaves the repository, a submodule) is a hole like any other.
        let entry = match self.source.find(&path) {
            Ok(None) => Entry::Absent,
            Ok(Some(_)) if address::is_prose(&path) => Entry::Prose,
            Ok(Some(id)) => match self.cache.take(self.source, &path, &id, self.limits) {
                Ok(parsed) => {
                    self.enter(path.clone(), parsed, reading)?;
                    return Ok(self.index.paths.get(&path).cloned().unwrap_or(Entry::Absent));
                }
                Err(error) => Entry::Broken(error.to_string()),
            },
            Err(error) => Entry::Broken(error.to_string()),
        };
        self.index.paths.insert(path, entry.clone());
        Ok(entry)
    }

    fn resolve(&self) -> Outcomes {
        let files: Vec<_> = self.loaded.iter().map(|at| (at.path.clone(), Arc::clone(&at.parsed.file))).collect();
        let mut resolver = Resolver::indexing(&files, &self.index);
        let mut outcomes: Outcomes = Vec::with_capacity(files.len());
        for (loaded, file) in self.loaded.iter().zip(0..) {
            let at = |site: &Site| Loc { file: FileIx(file), node: site.node };
            let outcome = |site: &Site| resolver.resolve(at(site), reference(&loaded.parsed.file, site.node));
            outcomes.push(loaded.sites.iter().map(outcome).collect());
        }
        self.cut_circles(&mut outcomes);
        outcomes
    }

    /// Takes away the target of each reference that leads back to itself through references alone, or too far.
    fn cut_circles(&self, outcomes: &mut Outcomes) {
        // The length of the chain behind each site: 0 unknown, `u32::MAX` being walked.
        let mut lengths: Vec<Vec<u32>> = outcomes.iter().map(|file| vec![0; file.len()]).collect();
        let mut chain: Vec<(usize, usize)> = Vec::new();
        for file in 0..outcomes.len() {
            for site in 0..outcomes[file].len() {
                let mut next = Some((file, site));
                let mut length = 0;
                while let Some((file, site)) = next.take() {
                    match lengths[file][site] {
                        0 => {
                            lengths[file][site] = u32::MAX;
                            chain.push((file, site));
                            next = outcomes[file][site].as_ref().ok().and_then(|&target| self.site_at(target));
                        }
                        u32::MAX => self.cut(&chain, (file, site), outcomes),
                        known => length = known,
                    }
                }
                for (file, site) in chain.drain(..).rev() {
                    length = if outcomes[file][site].is_err() { 1 } else { length + 1 };
                    if length > CHAIN {
                        let text = self.text(file, site);
                        outcomes[file][site] = Err(format!("`{text}` leads through more than {CHAIN} references"));
                        length = 1;
                    }
                    lengths[file][site] = length;
                }
            }
        }
    }

    fn cut(&self, chain: &[(usize, usize)], entry: (usize, usize), outcomes: &mut Outcomes) {
        let start = chain.iter().position(|&link| link == entry).unwrap_or(0);
        for &(file, site) in &chain[start..] {
            let text = self.text(file, site);
            outcomes[file][site] = Err(format!("`{text}` leads back to itself through references alone"));
        }
    }

    fn text(&self, file: usize, site: usize) -> &str {
        reference(&self.loaded[file].parsed.file, self.loaded[file].sites[site].node)
    }

    fn site_at(&self, at: Loc) -> Option<(usize, usize)> {
        let file = at.file.0 as usize;
        let site = self.loaded[file].sites.binary_search_by_key(&at.node, |site| site.node).ok()?;
        Some((file, site))
    }
}

/// The text of the `$ref` of an object.
fn reference(file: &File, holder: NodeIx) -> &str {
    file.get(holder, Key::REF).map_or("", |node| file.text(node))
}

/// Problems in document order, and the targets that refer to them.
fn conclude(loaded: &[Loaded], root: Vec<Odd>, outcomes: &Outcomes) -> (Vec<Problem>, Vec<Vec<Option<Target>>>) {
    let mut problems = Vec::new();
    let mut targets = Vec::with_capacity(loaded.len());
    let mut root = Some(root);
    for (at, outcomes) in loaded.iter().zip(outcomes) {
        let file = &at.parsed.file;
        let first = problems.len();
        let mut odd: Vec<Odd> = root.take().unwrap_or_default();
        odd.extend(at.parsed.odd.iter().cloned());
        // One problem for each distinct text, where it stands first; it is a hole if any place needs it.
        let mut lost: indexmap::IndexMap<&str, (usize, Weight, &str), FxBuildHasher> = indexmap::IndexMap::default();
        for (site, outcome) in at.sites.iter().zip(outcomes) {
            let Err(why) = outcome else { continue };
            let weight = if site.prose { Weight::Odd } else { Weight::Hole };
            let offset = file.get(site.node, Key::REF).map_or(0, |node| file.offset(node));
            let entry = lost.entry(reference(file, site.node)).or_insert((offset, weight, why));
            entry.1 = entry.1.max(weight);
        }
        odd.sort_by_key(|odd| odd.at);
        lost.sort_by(|_, (one, ..), _, (other, ..)| one.cmp(other));
        let mut cursor = Cursor::new(file.source());
        let mut odd = odd.into_iter().peekable();
        let mut numbers: indexmap::IndexMap<&str, usize, FxBuildHasher> = indexmap::IndexMap::default();
        for (text, (offset, weight, why)) in lost {
            while let Some(earlier) = odd.next_if(|odd| odd.at < offset) {
                problems.push(cursor.problem(&at.path, earlier.at, earlier.message, Weight::Odd));
            }
            numbers.insert(text, problems.len());
            problems.push(cursor.problem(&at.path, offset, format!("unresolved reference: {why}"), weight));
        }
        problems.extend(odd.map(|odd| cursor.problem(&at.path, odd.at, odd.message, Weight::Odd)));
        debug_assert!(problems[first..].is_sorted_by_key(|problem| problem.offset));
        let mut of_file = vec![None; file.refs().len()];
        for (site, outcome) in at.sites.iter().zip(outcomes) {
            let Ok(ix) = file.refs().binary_search(&site.node) else { continue };
            of_file[ix] = match outcome {
                Ok(target) => Some(Target::At(*target)),
                Err(_) => numbers.get(reference(file, site.node)).map(|&number| Target::Missing(number)),
            };
        }
        targets.push(of_file);
    }
    (problems, targets)
}
