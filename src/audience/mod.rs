//! Who is concerned: the partners of an API, what they use, and which changes touch that.
//!
//! Pure values: whoever reads files hands over their texts. A [`Registry`] holds the partner files, a [`Usage`] the
//! aggregates of logs, an audience puts both against a contract and says for one change whom it touches and why.
//! Silence must be provable: "nothing for you" is only said where a declared list or a long enough log shows it, never
//! for a field because of logs, and whatever is not known counts as touched and says so.

mod case;
mod concern;
mod evidence;
mod expressions;
mod known;
pub mod logs;
mod overview;
mod partner;
mod path;
mod reads;
mod registry;
mod routes;
pub mod scan;
mod segment;
mod usage;

pub use concern::{Audience, ChangeView, Concern, Reached, Reason};
pub use evidence::Evidence;
pub use known::key_of;
#[cfg(feature = "internals")]
pub use overview::overview_schema;
pub use overview::{Called, NamedParameter, Overview, PartnerOverview, overview};
pub use partner::Partner;
#[cfg(feature = "internals")]
pub use partner::partner_schema;
pub use path::Target;
pub use registry::{Registry, Visitor, Who};
pub use routes::{Route, Routes};
#[cfg(feature = "internals")]
pub use usage::{Covered, Row, usage_schema};
pub use usage::{Usage, UsageError};
