//! The one test binary.

#[cfg(test)]
mod changelog;
mod cli;
mod harness;
mod pages;
mod render;
