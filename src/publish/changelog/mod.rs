//! Changelogs: the history of a contract, release by release, in Markdown that people may edit.
//!
//! A release is what differs between the documents at two stops of a history, compared tree with tree: what was undone
//! between the two is no change. Pure: the history comes in as stops, the existing file as text, and text goes out.

use crate::notice::NoticeIndex;
use crate::rules::Level;
use crate::text::Lang;

pub use merge::merge;
pub use text::render;

pub(in crate::publish) use entry::Line;
pub(in crate::publish) use listed::entries;

mod docs;
mod entry;
mod grouping;
mod heading;
mod listed;
mod marker;
mod merge;
mod outline;
mod place;
mod section;
mod text;
mod voice;

/// How a changelog is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style<'a> {
    /// The language of the words.
    pub lang: Lang,
    /// The least level whose entries are listed. What is deprecated is listed from `additive`.
    pub show: Level,
    /// Whether values and exchanges are wanted over lines too.
    pub blocks: bool,
    /// Whether entries name their API.
    pub several: bool,
    /// The notices that speak for changes.
    pub index: &'a NoticeIndex,
    /// Whether a file also takes what is older than its newest entry.
    pub older: bool,
    /// The address of the site where notices are published.
    pub site: Option<&'a str>,
}
