//! The one test binary.

mod changelog;
mod cli;
mod harness;
mod layers;
mod oracle;
mod pages;
mod pairs;
mod random;
mod render;
