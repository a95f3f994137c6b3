//! The one test binary.

mod cli;
mod harness;
mod pages;
mod render;
