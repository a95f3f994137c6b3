//! The version-neutral model of what one version of an API promises.

pub mod vocabulary;
