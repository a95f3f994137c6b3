#![doc = include_str!("../ARCHITECTURE.md")]

pub mod audience;
/// The command line.
pub mod cli;
pub mod compare;
pub mod config;
pub mod contract;
pub mod diff;

mod json_schema;
pub mod notice;

pub mod project;
pub mod publish;
pub mod render;
pub mod report;
pub mod rules;
pub mod schema;
pub mod source;
pub mod spec;
pub mod text;
