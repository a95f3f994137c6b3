//! preavis: advance notice for the partners of an HTTP API.

#[doc(hidden)]
pub mod cli;
pub mod contract;
pub mod diff;
pub mod policy;
pub mod publish;
pub mod render;
pub mod report;
pub mod rules;
pub mod schema;
pub mod source;
pub mod spec;
