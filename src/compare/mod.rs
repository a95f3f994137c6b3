//! The use cases of comparing: find the documents of two versions, or of a history, follow each API over moves, name it,
//! and compare.
//!
//! `diff`, changelog, site and notices all come here, so that the same two versions give the same changes whoever asks. An
//! API is followed where its document goes; its id is a function of path and configuration alone. What cannot be read is
//! an error of two versions, and a gap of a history, never a removal.

pub use api::Api;
pub(crate) use api::apis;
pub use asked::{Asked, FORMER};
pub use cache::Cache;
pub use contracts::Contracts;
pub use error::CompareError;
pub(crate) use find::Finder;
pub use one::{Called, compared};
pub use progress::{Progress, Steps};
pub use purse::Purse;
pub(crate) use single::documents_where;
pub use single::{apis_at, contracts_of};
pub use versions::{Absent, Compared, Options, Pair, versions, versions_seeing};

mod alike;
mod api;
mod asked;
mod cache;
mod contracts;
mod error;
mod find;
mod follow;
pub mod history;
pub mod identity;
mod lone;
mod one;
mod progress;
mod purse;
mod single;
mod trail;
mod versions;
