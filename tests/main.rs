//! The one test binary.

mod changelog;
mod cli;
mod harness;
mod laws;
mod layers;
mod mutations;
mod oracle;
mod pages;
mod pairs;
mod random;
mod render;
mod sites;
