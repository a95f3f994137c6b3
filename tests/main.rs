//! The one test binary.

mod harness;
mod pages;
mod pairs;
mod render;
