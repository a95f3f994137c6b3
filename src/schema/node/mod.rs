//! One schema node: its keywords read in whatever dialect its document speaks, and which nodes of the two documents are
//! the same. A node knows its parts by id only; what they mean together, the states say.

pub(super) mod align;
mod answer;
mod assertions;
mod conditionals;
mod decimal;
pub(super) mod format;
mod instance;
pub(super) mod keyword;
mod limit;
pub(super) mod literal;
mod meter;
mod nodes;
mod patterns;
mod reached;
mod read;
mod reading;
mod reference;
mod share;
mod tagged;
mod types;

pub(crate) use align::Align;
pub use align::Note;
pub(super) use answer::Answer;
pub(super) use decimal::Decimal;
pub(super) use format::Relation;
pub(super) use instance::Instance;
pub(super) use limit::{Limit, lower, raise, round};
pub(super) use literal::{Literal, Literals, named};
pub(crate) use literal::{canonical, equal};
pub(super) use nodes::Nodes;
pub use nodes::{SchemaId, Which};
pub(super) use patterns::{Patterns, fragment};
pub use reached::reached_holes;
pub(super) use reading::{Additional, Contains, Reading, Union, blank};
pub(super) use reference::{means_null, says_nothing};
pub use share::Share;
pub use types::Types;
