//! The one test binary.

mod cli;
mod harness;
mod oracle;
mod pages;
mod random;
mod render;
