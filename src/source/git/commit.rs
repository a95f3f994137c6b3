//! Commits: who they are, when they were made, what they hold.

use std::sync::Arc;

use gix::ObjectId;
use gix::hash::Kind;
use gix::objs::CommitRef;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::objects::git_error;
use crate::source::SourceError;

/// A commit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Commit {
    /// Its full hash, in hex.
    pub id: Arc<str>,
    /// The committer's date, in the committer's own offset from UTC.
    pub date: Date,
    /// The committer's time, in seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// The first paragraph of its message, in one line.
    pub subject: String,
    pub(super) oid: ObjectId,
    pub(super) tree: ObjectId,
}

impl Commit {
    /// The first twelve digits of the hash.
    pub fn short_id(&self) -> &str {
        self.id.get(..12).unwrap_or(&self.id)
    }

    pub(super) fn parse(oid: ObjectId, bytes: &[u8], hash: Kind) -> Result<Self, SourceError> {
        let failed = git_error("reading a commit");
        let raw = CommitRef::from_bytes(bytes, hash).map_err(&failed)?;
        // An odd time stamp says nothing against the content of a commit.
        let time = raw.time().unwrap_or_default();
        Ok(Self {
            id: oid.to_string().into(),
            date: civil_date(time.seconds, time.offset),
            seconds: time.seconds,
            subject: subject(&String::from_utf8_lossy(raw.message)),
            oid,
            tree: raw.tree(),
        })
    }
}

fn civil_date(seconds: i64, offset: i32) -> Date {
    let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    Offset::from_seconds(offset).unwrap_or(Offset::UTC).to_datetime(at).date()
}

fn subject(message: &str) -> String {
    let lines = message.trim_start().lines().map(str::trim).take_while(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}
