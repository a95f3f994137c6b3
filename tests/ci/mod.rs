//! What `preavis init` writes for CI, and what this repository offers to it: read as a linter reads it, and run.
#![cfg(unix)]

mod action;
mod forgejo;
mod github;
mod gitlab;
mod hooks;
mod install;
mod lint;
mod runner;
mod yaml;
