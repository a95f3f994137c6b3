//! What the comparison of two branches finds: losses of the branches themselves, and parts that may have some.

use crate::contract::{Facet, Grade};
use crate::schema::node::SchemaId;
use crate::schema::states::StateId;
use crate::spec::Key;

/// What a loss is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(in crate::schema) enum What<'c> {
    /// A member that is not accepted, or no longer declared.
    Member(&'c str),
    /// A member that must be there.
    Required(&'c str),
    /// A member that is now `readOnly` or `writeOnly`.
    Access(&'c str),
    /// A value of an enumeration.
    Literal(Box<str>),
    /// A keyword the engine does not model.
    Opaque(Key),
    /// An unreadable part.
    Hole,
    /// Anything a facet says alone.
    Of(Facet),
}

/// One difference: a reason why the sub branch is not within the sup branch.
#[derive(Clone, Debug)]
pub(in crate::schema) struct Loss<'c> {
    /// What it is about.
    pub what: What<'c>,
    /// How bad it is.
    pub grade: Grade,
    /// The node that carries the constraint on the sub side.
    pub sub: Option<SchemaId>,
    /// The node that carries the constraint on the sup side.
    pub sup: Option<SchemaId>,
}

/// A step from a schema to a part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step<'c> {
    /// A member of an object.
    Property(&'c str),
    /// Any item of an array.
    Items,
    /// One place of a tuple.
    Item(usize),
    /// A value of a map.
    Map,
    /// A member whose name matches a pattern.
    Pattern(&'c str),
}

/// A part that must be within its counterpart.
#[derive(Clone, Debug)]
pub(in crate::schema) struct Child<'c> {
    /// The way to it.
    pub step: Step<'c>,
    /// The sub side's part.
    pub sub: StateId,
    /// The sup side's part.
    pub sup: StateId,
    /// Said in place of the part's own differences; its grade is the most the part can weigh.
    pub instead: Option<Loss<'c>>,
}

/// The differences of two branches.
#[derive(Default, Debug)]
pub(in crate::schema) struct Local<'c> {
    /// Those of the branches themselves.
    pub losses: Vec<Loss<'c>>,
    /// Those that parts may have.
    pub children: Vec<Child<'c>>,
}

impl<'c> Local<'c> {
    /// How many words it takes, about.
    pub(super) fn words(&self) -> usize {
        16 + 6 * self.losses.len() + 12 * self.children.len()
    }

    pub(in crate::schema) fn lose(
        &mut self,
        what: What<'c>,
        grade: Grade,
        sub: Option<SchemaId>,
        sup: Option<SchemaId>,
    ) {
        self.losses.push(Loss { what, grade, sub, sup });
    }
}
