//! preavis: advance notice for the partners of an HTTP API.

pub mod source;
pub mod spec;
