//! The one test binary.

mod cli;
mod harness;
mod laws;
mod mutations;
mod oracle;
mod pages;
mod random;
mod render;
mod sites;
