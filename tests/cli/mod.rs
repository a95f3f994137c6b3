//! The command line, run as a user runs it: the built program in real repositories with fixed dates.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do is a failure of the test")]

pub(crate) mod announced;
mod comfort;
mod commands;
mod config;
mod confined;
mod diffs;
mod errors;
mod exits;
#[cfg(unix)]
mod ground;
mod kills;
mod known_apis;
mod moves;
mod notice;
mod output;
pub(crate) mod place;
mod post;
mod privacy;
mod races;
mod recheck;
mod render;
mod several;
mod sparse;
mod speech;
mod unreadable;
mod usage;
mod versions;
