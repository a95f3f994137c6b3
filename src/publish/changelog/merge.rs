//! A changelog brought up to date: generated text is replaced, everything else stays byte by byte.
//!
//! Text that people edited is theirs: it is left alone, and only facts that it does not name and never named are added
//! below. Doing it twice changes nothing more.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Style;
use super::heading::Headings;
use super::marker::{enclosed, named, short};
use super::outline::{Block, Outline};
use super::place::Edits;
use super::section::Section as Said;
use super::text::{body, preamble};
use crate::compare::history::History;
use crate::compare::history::{Release, UNRELEASED};

/// A changelog brought up to date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The text.
    pub text: String,
    /// What people should look at.
    pub warnings: Vec<String>,
    /// How many releases with something to say were left out, since they are older than the newest entry.
    pub left_out: usize,
}

/// A changelog that nothing can be written into.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a code block or a comment that is never closed would hide the release `{name}`")]
pub struct Unclosed {
    /// The release.
    pub name: String,
}

/// Writes the releases of a history into an existing changelog, which may be empty.
pub fn merge(old: &str, history: &History, style: Style<'_>) -> Result<Merged, Unclosed> {
    let begun = if old.trim().is_empty() { preamble(style.lang) } else { String::new() };
    let old_text = if begun.is_empty() { old } else { &begun };
    let outline = Outline::read(old_text);
    let mut work = Work {
        text: old_text,
        outline: &outline,
        history,
        style,
        edits: Edits::default(),
        headings: Headings::of(old_text, &outline),
        told: Vec::new(),
        written: Vec::new(),
        left_out: 0,
    };
    let mut seen: FxHashSet<String> = FxHashSet::default();
    for (rank, (name, _)) in history.order.iter().enumerate() {
        seen.extend(work.release(rank, name));
    }
    work.released(&seen);
    let said = outline.stray.iter().map(|line| {
        format!("line {line}: a marker of preavis without its other half; the text around it is left as it is")
    });
    let left_out = work.left_out;
    let warnings = said.chain(work.told.drain(..)).collect();
    let text = work.edits.apply(old_text);
    // A preamble without a release is no changelog yet.
    let text = if !begun.is_empty() && text == begun { old.to_owned() } else { text };
    // What cannot be found again would be written again and again.
    let new = Outline::read(&text);
    match work.written.into_iter().find(|name| !new.blocks.iter().any(|block| block.name == *name)) {
        Some(name) => Err(Unclosed { name }),
        None => Ok(Merged { text, warnings, left_out }),
    }
}

struct Work<'w> {
    text: &'w str,
    outline: &'w Outline,
    history: &'w History,
    style: Style<'w>,
    edits: Edits,
    headings: Headings,
    told: Vec<String>,
    written: Vec<String>,
    left_out: usize,
}

impl Work<'_> {
    /// Brings one release up to date; returns the short forms of its facts.
    fn release(&mut self, rank: usize, name: &str) -> Vec<String> {
        let release = self.history.changelog.releases.iter().find(|release| release.name == name);
        let facts = |said: &Said| said.facts().iter().map(|fact| short(fact)).collect();
        let blocks: Vec<&Block> = self.outline.blocks.iter().filter(|block| block.name == name).collect();
        let section = self.outline.sections.iter().find(|section| section.is(name));
        let Some(release) = release else {
            self.remove(&blocks);
            return Vec::new();
        };
        let all = Said::new(release, self.style, &|_| true);
        if !blocks.is_empty() {
            self.renew(release, &blocks);
        } else if !self.style.older && self.is_past(rank) {
            self.left_out += usize::from(!all.is_empty());
        } else if let Some(section) = section {
            let known = named(&self.text[section.range.clone()]).map(short).collect();
            let at = self.outline.end_of_text(self.text, section.range.end);
            self.add(release, &known, at);
        } else if !all.is_empty() {
            let block = enclosed(name, &body(&all), &all.facts());
            let at = self.place(rank);
            self.written.push(name.to_owned());
            self.edits.insert(at, format!("{}\n\n{block}", self.headings.write(release, self.style.lang)));
        }
        facts(&all)
    }

    /// The part of a release that is not known yet; all of it where nothing is.
    fn unknown(&self, release: &Release, known: &FxHashSet<String>) -> Said {
        let said = Said::new(release, self.style, &|fact| !known.contains(&short(fact)));
        // The counts of the documentation are no facts: they would come back for ever.
        if known.is_empty() { said } else { said.without_docs() }
    }

    fn add(&mut self, release: &Release, known: &FxHashSet<String>, at: usize) {
        let said = self.unknown(release, known);
        if !said.is_empty() {
            self.written.push(release.name.clone());
            self.edits.insert(at, enclosed(&release.name, &body(&said), &said.facts()));
        }
    }

    /// Writes the text of a release anew where nobody edited it, and what edited text does not name below it.
    fn renew(&mut self, release: &Release, blocks: &[&Block]) {
        let (edited, own): (Vec<&Block>, Vec<&Block>) = blocks.iter().partition(|block| block.edited);
        let known: FxHashSet<String> = edited
            .iter()
            .flat_map(|block| {
                let named = named(&self.text[block.body.clone()]).map(short);
                block.facts.iter().cloned().chain(named).collect::<Vec<_>>()
            })
            .collect();
        let said = if edited.is_empty() {
            Said::new(release, self.style, &|_| true)
        } else {
            self.unknown(release, &known).without_docs()
        };
        if said.is_empty() {
            self.remove(&own);
        } else if let Some((first, rest)) = own.split_first() {
            let block = enclosed(&release.name, &body(&said), &said.facts());
            if self.text[first.range.clone()].replace("\r\n", "\n").trim_end() != block.trim_end() {
                self.edits.replace(first.range.clone(), block);
            }
            self.remove(rest);
        } else if let Some(last) = blocks.last() {
            let block = enclosed(&release.name, &body(&said), &said.facts());
            self.edits.insert(last.range.end, block);
        }
    }

    /// Takes out generated text that nobody edited, and the heading that nothing else stands under.
    fn remove(&mut self, blocks: &[&Block]) {
        for block in blocks.iter().filter(|block| !block.edited) {
            let range = self.alone(block).unwrap_or_else(|| self.with_gap(&block.range));
            self.edits.replace(range, String::new());
        }
    }

    /// The whole section of a block, where the heading is ours and nothing else stands in it.
    fn alone(&self, block: &Block) -> Option<Range<usize>> {
        let section = self.outline.section_at(block.range.start)?;
        let rest = [section.heading.end..block.range.start, block.range.end..section.range.end];
        let bare = rest.into_iter().all(|range| self.text[range].trim().is_empty());
        let source = self.text[section.heading.clone()].trim_end();
        let ours = source.starts_with(&format!("## [{}]", section.label)) && section.label == block.name;
        (bare && ours && block.name != UNRELEASED).then(|| section.range.clone())
    }

    /// A range with the blank line after it.
    fn with_gap(&self, range: &Range<usize>) -> Range<usize> {
        let rest = &self.text[range.end..];
        let blank = ["\r\n", "\n"].into_iter().find(|blank| rest.starts_with(blank)).map_or(0, str::len);
        range.start..range.end + blank
    }

    /// What stood under "unreleased" and has a release by now goes from there, unless people edited it.
    fn released(&mut self, seen: &FxHashSet<String>) {
        if self.history.order.iter().any(|(name, _)| name == UNRELEASED) {
            return;
        }
        let outline = self.outline;
        for block in outline.blocks.iter().filter(|block| block.name == UNRELEASED) {
            if block.facts.is_empty() || !block.facts.iter().all(|fact| seen.contains(fact)) {
                continue;
            }
            if block.edited {
                self.told.push(
                    "the edited text of the unreleased changes has a release now: move it there by hand".to_owned(),
                );
            } else {
                self.remove(&[block]);
            }
        }
    }

    /// Whether the file has an entry of a newer release. Who keeps a changelog has told what came before.
    fn is_past(&self, rank: usize) -> bool {
        let order = &self.history.order;
        let Some((name, date)) = order.get(rank) else { return false };
        let date = date.parse::<jiff::civil::Date>().ok().filter(|_| name != UNRELEASED);
        let named = self.outline.sections.iter().filter(|section| section.label != UNRELEASED);
        named.into_iter().any(|section| match order.iter().position(|(name, _)| section.is(name)) {
            Some(known) => known < rank,
            None => section.date.zip(date).is_some_and(|(theirs, ours)| ours < theirs),
        })
    }

    /// Where a new release goes: before the first one that is older, else after all.
    fn place(&self, rank: usize) -> usize {
        let order = &self.history.order;
        let date = order.get(rank).and_then(|(_, date)| date.parse::<jiff::civil::Date>().ok());
        let fresh = order.get(rank).is_some_and(|(name, _)| name == UNRELEASED);
        let is_older = |section: &&super::outline::Section| {
            if section.label == UNRELEASED {
                return false;
            }
            match order.iter().position(|(name, _)| section.is(name)) {
                Some(known) => known > rank,
                None => fresh || section.date.is_some_and(|theirs| date.is_some_and(|ours| theirs < ours)),
            }
        };
        let before = self.outline.sections.iter().find(is_older).map_or(self.text.len(), |section| section.range.start);
        self.outline.end_of_text(self.text, before)
    }
}
