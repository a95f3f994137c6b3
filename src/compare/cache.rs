//! What earlier runs found of two versions of a document, so that a history that stays the same is not compared again.
//!
//! An answer is kept under everything that has a say in it: the files that both documents were loaded from by their
//! content, what the API is called, how changes are judged and said, the day, and what the comparison may cost.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::asked::Asked;
use super::one::Called;
use crate::report::ApiReport;
use crate::schema::Share;
use crate::text::json;
use crate::text::numbers::hex;

/// Keeps bytes from run to run. It may forget anything at any time, and never gives other bytes than were put.
pub trait Cache {
    /// What was put under a key.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Keeps bytes under a key.
    fn put(&self, key: &str, bytes: &[u8]);
}

/// What a comparison of two versions without proofs came to.
#[derive(Serialize, Deserialize, PartialEq)]
pub(super) struct Kept {
    /// What differs; nothing where nothing does.
    pub(super) report: Option<ApiReport>,
    /// What it cost.
    pub(super) spent: Share,
}

/// Where the comparison of two versions is kept.
pub(super) struct Place<'a> {
    cache: &'a dyn Cache,
    key: String,
}

impl<'a> Place<'a> {
    /// The place of two documents that are known by their content; nothing where there is
    /// no cache, or the content is not known.
    pub(super) fn of(
        asked: Asked<'a>,
        documents: [Option<&str>; 2],
        called: Called<'_>,
        (today, share): (Date, Share),
    ) -> Option<Self> {
        let cache = asked.cache?;
        let [base, head] = documents;
        let Called { id, then_id, former, path, title } = called;
        let called = (id, then_id, former, path, title);
        let judged = (&asked.config.levels, &asked.config.gate.stability, asked.reading, asked.lang);
        // Each part is quoted, so that no two lists of parts have one text.
        let text = format!("{:?}", (base?, head?, called, judged, today, share));
        Some(Self { cache, key: hex(&Sha256::digest(text)) })
    }

    pub(super) fn get(&self) -> Option<Kept> {
        serde_json::from_slice(&self.cache.get(&self.key)?).ok()
    }

    /// Keeps a report that reads back as it is, number by number; any other is made anew each time.
    pub(super) fn put(&self, kept: &Kept) {
        let text = json::compact(kept);
        if serde_json::from_str::<Kept>(&text).is_ok_and(|read| read == *kept) {
            self.cache.put(&self.key, text.as_bytes());
        }
    }
}
