//! The one test binary.

mod cli;
mod harness;
mod layers;
mod pages;
mod render;
