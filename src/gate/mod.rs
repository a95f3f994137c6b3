//! The gate: a change that hurts partners is merged when it is answered, and ships when they have had their notice.
//!
//! Pure: what was compared, what a team wrote and what git remembers come in as values; one [`Check`] comes out, and every
//! output is made of it. A change is *answered* by a notice, by an acceptance, by nobody being touched, or because it takes
//! back what partners were told of. Policy is that of both versions of a pull request, the stricter one for each change.

#[cfg(feature = "internals")]
pub use acceptance::acceptance_schema;
pub use acceptance::{Acceptance, FOLDER as ACCEPTED, Why};
pub use answer::Answer;
#[cfg(feature = "internals")]
pub use check::Wait;
pub use check::{Check, Decision, Judged, Question};
pub use decide::{Input, decide};
pub use entries::Together;
pub use finding::{Finding, Kind};
pub use known::{Known, Publication, Subject, Touched};
pub use ledger::Ledger;

pub(crate) use policy::Policy;
pub use version::{next_version, reaches};

mod acceptance;
mod announced;
mod answer;
mod atoms;
mod check;
mod decide;
mod entries;
mod finding;
mod known;
mod ledger;
mod policy;
mod reminders;
pub mod show;
mod tampering;
mod version;
mod waits;
