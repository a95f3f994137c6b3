//! The one test binary.

mod cli;
mod changelog;
mod harness;
mod pages;
mod render;
