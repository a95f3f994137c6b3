//! Pairs of documents made to hurt: a row each, grouped by what grows. `tests/hostile/answers.rs` compares them while
//! they are small; `benches/hostile` measures them at full size.

use preavis::rules::Level;
use serde_json::Value;

mod build;
mod chains;
mod conjunctions;
mod credentials;
mod inheritance;
mod lists;
mod misplaced;
mod patterns;
mod payloads;
mod prose;
mod renames;
mod servers;
mod shared;
mod syntax;
mod unions;

/// Which of the two documents is made.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Version {
    Base,
    Head,
}

impl Version {
    fn pick<T>(self, base: T, head: T) -> T {
        if self == Self::Base { base } else { head }
    }

    /// A type that the other version does not have.
    fn kind(self) -> &'static str {
        self.pick("string", "integer")
    }

    /// A part of a name that the other version does not have.
    fn word(self) -> &'static str {
        self.pick("alpha", "beta")
    }

    /// How many entries a list has that is a little shorter in the head.
    fn fewer(self, count: usize) -> usize {
        self.pick(count, count - count.min(10) / 2)
    }
}

/// What must be said of a pair.
#[derive(Clone, Copy)]
pub(crate) enum Told {
    /// A change of this level or a worse one.
    Least(Level),
    /// Nothing but documentation: both mean the same.
    Same,
    /// At least one of them cannot be read.
    Refused,
}

pub(crate) const BREAKING: Told = Told::Least(Level::Breaking);
pub(crate) const RISKY: Told = Told::Least(Level::Risky);
pub(crate) const ADDITIVE: Told = Told::Least(Level::Additive);
pub(crate) const DOCS: Told = Told::Least(Level::Docs);

#[derive(Clone, Copy)]
enum Make {
    Json(fn(usize, Version) -> Value),
    Text(fn(usize, Version) -> String),
}

/// A pair of documents of any size.
pub(crate) struct Bomb {
    pub(crate) name: &'static str,
    /// The size that a debug build compares in a moment.
    pub(crate) small: usize,
    /// The size at which both documents together have about a megabyte, or that is enough.
    pub(crate) full: usize,
    pub(crate) told: Told,
    make: Make,
}

impl Bomb {
    /// Its document in one version.
    pub(crate) fn document(&self, size: usize, version: Version) -> String {
        match self.make {
            Make::Json(make) => make(size, version).to_string(),
            Make::Text(make) => make(size, version),
        }
    }

    /// How the name of its files ends.
    pub(crate) fn ending(document: &str) -> &'static str {
        if document.starts_with('{') { "json" } else { "yaml" }
    }
}

const fn json(
    name: &'static str,
    (small, full): (usize, usize),
    told: Told,
    make: fn(usize, Version) -> Value,
) -> Bomb {
    Bomb { name, small, full, told, make: Make::Json(make) }
}

const fn text(
    name: &'static str,
    (small, full): (usize, usize),
    told: Told,
    make: fn(usize, Version) -> String,
) -> Bomb {
    Bomb { name, small, full, told, make: Make::Text(make) }
}

/// All of them.
pub(crate) fn all() -> impl Iterator<Item = &'static Bomb> {
    let groups = [
        unions::BOMBS,
        conjunctions::BOMBS,
        credentials::BOMBS,
        inheritance::BOMBS,
        chains::BOMBS,
        lists::BOMBS,
        misplaced::BOMBS,
        shared::BOMBS,
        renames::BOMBS,
        payloads::BOMBS,
        patterns::BOMBS,
        prose::BOMBS,
        servers::BOMBS,
        syntax::BOMBS,
    ];
    groups.into_iter().flatten()
}
