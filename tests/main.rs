//! The one test binary.

mod changelog;
mod cli;
mod harness;
mod pages;
mod render;
