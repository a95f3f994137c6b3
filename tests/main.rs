//! The one test binary.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and may say why"
)]

mod annotated;
mod attack;
mod audience;
mod changelog;
mod ci;
mod cli;
mod containment;
mod door;
mod entries;
mod forge;
mod fuzzing;
mod gate;
mod harness;
mod hostile;
mod laws;
mod layers;
mod mutations;
mod notices;
mod oracle;
mod pages;
mod pairs;
mod problems;
mod proof;
mod publish;
mod random;
mod render;
mod schemas;
mod sites;
mod unread;
