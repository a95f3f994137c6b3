//! The published site: its files, its links, its feeds, and what a folder goes through.

mod contracts;
mod crowd;
mod dress;
mod feeds;
mod folder;
mod hostile;
mod html;
mod languages;
mod links;
mod notices;
mod pages;
pub(crate) mod sample;
mod soon;
