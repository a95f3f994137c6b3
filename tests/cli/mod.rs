//! The command line, run as a user runs it: the built program in real repositories with fixed dates.

mod commands;
mod config;
mod errors;
mod exits;
mod output;
mod place;
mod several;
mod versions;
