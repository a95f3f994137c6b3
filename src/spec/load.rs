//! Loads a document: its root file and, breadth-first, every file that a reference names.
//!
//! What is wrong with the root leaves no document. A referenced file that is missing or unreadable is a hole where
//! the reference stands; the contract decides whether an operation reaches it.

use std::sync::Arc;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use super::address;
use super::asked::Asked;
use super::cache::ParseCache;
use super::conclude::{Concluded, Lost, Outcomes, conclude, reference};
use super::dialects::Drafts;
use super::document::{Document, FileIx, Loc, SpecVersion};
use super::error::SpecError;
use super::fields;
use super::limits::Limits;
use super::other;
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
    loading.enter(path, parsed, (Reading::Fields, Asked::Any))?;
    let mut outcomes = loading.outcomes()?;
    loading.refuse(&mut outcomes, version);
    let Loading { loaded, index, .. } = loading;
    let Concluded { problems, signs, targets } = conclude(&loaded, odd, &outcomes);
    let drafts = if version >= SpecVersion::V31 { Drafts::of(&loaded) } else { None };
    let files = loaded.into_iter().map(|loaded| (loaded.path, Arc::clone(&loaded.parsed.file))).collect();
    let mut document = Document { version, version_text, problems, signs, files, targets, index, drafts };
    document.problems.extend(fields::ignored(&document));
    Ok(document)
}

pub(super) struct Loaded {
    pub(super) path: String,
    pub(super) parsed: Arc<Parsed>,
    /// The references that count, in document order.
    pub(super) sites: Vec<Site>,
    /// How its root is read.
    pub(super) root: (Reading, Asked),
}

struct Loading<'l> {
    source: &'l dyn Files,
    cache: &'l mut ParseCache,
    limits: &'l Limits,
    loaded: Vec<Loaded>,
    index: Index,
    total: usize,
}

impl Loading<'_> {
    fn enter(&mut self, path: String, parsed: Arc<Parsed>, root: (Reading, Asked)) -> Result<(), SpecError> {
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
        let sites = parsed.sites(root);
        self.index.add(&path, &parsed.file, sites);
        let sites = sites.refs.clone();
        self.loaded.push(Loaded { path, parsed, sites, root });
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
                let found = Sites::find(&loaded.parsed.file, node, (Reading::Fields, Asked::Any)).refs;
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
                *outcome =
                    Err(Lost::from("it leads from example to example or extension to extension too often".to_owned()));
            }
        }
        Ok(outcomes)
    }

    fn is_data(&self, at: Loc) -> bool {
        let loaded = &self.loaded[at.file.0 as usize];
        loaded.parsed.sites(loaded.root).is_data(&loaded.parsed.file, at.node)
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
            let root = if fragment.is_empty() { (site.reading, site.asked) } else { (Reading::Fields, Asked::Any) };
            for spelling in spellings(address) {
                let Some(path) = address::joined(&self.loaded[from].path, &spelling) else { break };
                if self.visit(path, root)? != Entry::Absent {
                    break;
                }
            }
        }
        Ok(())
    }

    /// What stands at a path; enters the file if it is new.
    fn visit(&mut self, path: String, root: (Reading, Asked)) -> Result<Entry, SpecError> {
        if let Some(known) = self.index.paths.get(&path) {
            return Ok(known.clone());
        }
        // What the source refuses (a link that leaves the repository, a submodule) is a hole like any other.
        let entry = match self.source.find(&path) {
            Ok(None) => Entry::Absent,
            Ok(Some(id)) if address::is_prose(&path) => Entry::Prose(id),
            Ok(Some(id)) => match self.cache.take(self.source, &path, &id, self.limits) {
                Ok(parsed) => {
                    self.enter(path.clone(), parsed, root)?;
                    return Ok(self.index.paths.get(&path).cloned().unwrap_or(Entry::Absent));
                }
                Err(error) => Entry::Broken(error.to_string(), Some(id)),
            },
            Err(error) => Entry::Broken(error.to_string(), None),
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
            let outcome = |site: &Site| {
                let text = reference(&loaded.parsed.file, site.node);
                resolver.resolve(at(site), text).map_err(Lost::from)
            };
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
                        let why = format!("`{text}` leads through more than {CHAIN} references");
                        outcomes[file][site] = Err(Lost::from(why));
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
            outcomes[file][site] = Err(Lost::from(format!("`{text}` leads back to itself through references alone")));
        }
    }

    /// Takes away the target of each reference that leads, at last, to something other than its place asks for, and
    /// says of each lost one what stands there instead.
    fn refuse(&self, outcomes: &mut Outcomes, version: SpecVersion) {
        for (file, loaded) in self.loaded.iter().enumerate() {
            for (ix, site) in loaded.sites.iter().enumerate() {
                let text = self.text(file, ix);
                if let Err(lost) = &mut outcomes[file][ix] {
                    lost.sign = self.stamp(&loaded.path, text);
                    continue;
                }
                let Some(end) = self.end_of((file, ix), outcomes) else { continue };
                let target = &self.loaded[end.file.0 as usize].parsed.file;
                if let Some(found) = other::refusal(target, end.node, (site.reading, site.asked), version) {
                    let why = format!("`{text}` leads to {found}");
                    outcomes[file][ix] = Err(Lost { why, sign: target.value(end.node).to_string() });
                }
            }
        }
    }

    /// The node at the end of the references behind a site; `None` where one of them is lost.
    fn end_of(&self, site: (usize, usize), outcomes: &Outcomes) -> Option<Loc> {
        let mut next = site;
        // `cut_circles` leaves no chain that is longer.
        for _ in 0..=CHAIN {
            let at = *outcomes[next.0][next.1].as_ref().ok()?;
            match self.site_at(at) {
                Some(further) => next = further,
                None => return Some(at),
            }
        }
        None
    }

    /// The content of the unreadable file that a lost reference names, by its identity.
    fn stamp(&self, from: &str, text: &str) -> String {
        let address = text.split_once('#').map_or(text, |(address, _)| address);
        let known = |spelling: String| {
            let path = address::joined(from, &spelling)?;
            match self.index.paths.get(&path)? {
                Entry::Prose(id) | Entry::Broken(_, Some(id)) => Some(id),
                // What a readable file does not hold is missing, whatever else it holds.
                Entry::File(_) | Entry::Absent | Entry::Broken(_, None) => None,
            }
        };
        let named = !address.is_empty() && !address::has_scheme(address);
        let id = spellings(address).filter(|_| named).find_map(known);
        id.map_or_else(String::new, |id| id.0.to_string())
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
