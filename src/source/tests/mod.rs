//! What an argument means, and what may be read.

mod files;
mod versions;
mod web;
