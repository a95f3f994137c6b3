//! What differs, where it lies and how severe it is: a walk through failing pairs, each once.

mod action;
mod blame;
mod called;
mod datum;
mod differences;
mod entry;
mod exchanged;
mod matching;
mod severity;
mod sisters;
mod site;
mod walk;

pub use called::Called;
pub(super) use entry::entry_key;
pub(super) use matching::{label, match_branches};
pub(super) use severity::decide;
pub use walk::findings;

use crate::contract::{Action, Facet, Grade, Run};
use crate::schema::inclusion::Step;
use crate::schema::node::{SchemaId, Which};
use crate::schema::states::{Lens, StateId};
use crate::spec::Loc;

/// What the differ wants to know: how a schema of base lies to one of head.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The schema in base.
    pub base: SchemaId,
    /// The schema in head.
    pub head: SchemaId,
    /// How the value travels.
    pub lens: Lens,
    /// Where the schema is written, before references are followed.
    pub site: (Which, Loc),
}

/// Where a difference is: a node, and steps below it where it floats.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Spot<'c> {
    /// The document of the node.
    pub which: Which,
    /// The node.
    pub at: Loc,
    /// Steps below it.
    pub steps: Vec<Step<'c>>,
}

/// One difference of two schemas, both runs joined.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent fact about the difference")]
pub struct Finding<'c> {
    /// What of the schema.
    pub facet: Facet,
    /// What happened.
    pub action: Action,
    /// The member it is about, below the spot.
    pub member: Option<&'c str>,
    /// Enum value, variant or keyword.
    pub subject: String,
    /// What sentences call the variant.
    pub called: Option<Called>,
    /// Old value of the facet.
    pub from: Option<String>,
    /// New value of the facet.
    pub to: Option<String>,
    /// Failing inclusions.
    pub losses: Vec<(Run, Grade)>,
    /// Where.
    pub spot: Spot<'c>,
    /// The node in base.
    pub base: Option<Loc>,
    /// The node in head.
    pub head: Option<Loc>,
    /// The member added or removed is required.
    pub required: bool,
    /// Base said nothing about the type.
    pub untyped_before: bool,
    /// New values must be tolerated.
    pub extensible: bool,
    /// A keyword of one kind stands where another one stood; `from` and `to` are what they say.
    pub replaced: bool,
    /// Why it is not decided.
    pub why: Option<Why>,
    /// The visit it was found at.
    pub visit: usize,
}

impl Finding<'_> {
    /// True of an object that named no member and names some now: others than these may be refused.
    pub fn is_typed_now(&self) -> bool {
        self.facet == Facet::Type && self.from == self.to
    }
}

/// All differences, and which asks reach each visit.
pub struct Findings<'c> {
    /// The differences, in order of discovery.
    pub list: Vec<Finding<'c>>,
    /// For each visit, the asks that reach it, ascending.
    pub reached_by: Vec<Vec<usize>>,
    /// For each visit, the asks that begin there.
    pub(in crate::schema) roots: Vec<Vec<usize>>,
    /// The pairs of states that were looked at, by visit.
    pub(in crate::schema) visits: Vec<Stop<'c>>,
}

/// A pair of states that the walk looked at, and the ways that led there.
#[derive(Debug)]
pub(in crate::schema) struct Stop<'c> {
    /// The state in base.
    pub base: StateId,
    /// The state in head.
    pub head: StateId,
    /// How the value travels.
    pub lens: Lens,
    /// The visits that asked about it, and the steps from them.
    pub parents: Vec<(usize, Step<'c>)>,
}

/// Why something stays undecided or unproven.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Why {
    /// A union expands to more branches than the budget allows.
    Branches,
    /// The comparison needs more pairs than the budget allows.
    Pairs,
    /// A pattern is not comparable (look-around, back-reference, too many states).
    Pattern,
    /// A keyword the engine does not model differs.
    Opaque,
    /// A part of the document is unreadable (`--keep-going`).
    Hole,
    /// No witness was built.
    NoWitness,
    /// A witness was built, and the validator does not confirm it.
    Disagree,
}
