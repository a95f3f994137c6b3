//! The one test binary.

#[cfg(test)]
mod changelog;
mod cli;
mod harness;
mod layers;
mod pages;
mod pairs;
mod render;
