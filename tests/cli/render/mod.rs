//! `preavis notice render`: who is told what, in which words, on which day.

mod faults;
mod formats;
mod periods;
mod readers;
mod templates;
mod variants;
