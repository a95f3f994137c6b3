//! What a repository must answer, whoever reads it: gix, or the git command where gix cannot.

use std::path::Path;

use gix::ObjectId;
use gix::hash::Kind;

use crate::source::SourceError;

/// The branch that a server has as its default one, where a clone keeps it.
pub(super) const ORIGIN_HEAD: &str = "refs/remotes/origin/HEAD";

/// An object asked for by its hash.
pub(super) enum Object {
    /// Its content.
    Bytes(Vec<u8>),
    /// It has more bytes than the limit.
    TooLarge,
    /// The repository does not hold it.
    Missing,
}

/// An entry of the index.
pub(super) struct Tracked {
    /// Where it belongs; ends in `/` for a folder that a sparse index keeps as a whole.
    pub(super) path: String,
    /// The blob, or tree, of what a sparse checkout leaves out of the work tree (`skip-worktree`).
    pub(super) left_out: Option<ObjectId>,
}

/// A commit of a walk with its parents, in their order.
pub(super) type Link = (ObjectId, Vec<ObjectId>);

/// Reading a repository. Errors mean damage; what is merely absent is `None` or [`Object::Missing`].
pub(super) trait Objects {
    /// The hash function of all ids.
    fn hash(&self) -> Kind;
    /// The top of the work tree; `None` in a bare repository.
    fn work_dir(&self) -> Option<&Path>;
    /// The folder that linked work trees share.
    fn common_dir(&self) -> &Path;
    /// The commit that a revision names, behind tags.
    fn resolve(&self, name: &str) -> Result<Option<ObjectId>, SourceError>;
    /// An object of any kind, of at most `limit` bytes.
    fn object(&self, id: ObjectId, limit: u64) -> Result<Object, SourceError>;
    /// The best common ancestor.
    fn merge_base(&self, one: ObjectId, two: ObjectId) -> Result<Option<ObjectId>, SourceError>;
    /// All ancestors of `to` with itself, without those of `from`; newest first, ending where a shallow clone ends.
    fn ancestors(&self, to: ObjectId, from: Option<ObjectId>) -> Result<Vec<Link>, SourceError>;
    /// Tags by short name with the object behind them, which need not be a commit.
    fn tags(&self) -> Result<Vec<(String, ObjectId)>, SourceError>;
    /// The short names of branches, those of remotes with the name of the remote; not of tags.
    fn branches(&self) -> Result<Vec<String>, SourceError>;
    /// The address that the repository's own configuration has for `origin`.
    fn origin(&self) -> Option<String>;
    /// The ref that `origin/HEAD` stands for, as `refs/remotes/origin/main`.
    fn origin_head(&self) -> Option<String>;
    /// The files in the index, in any order, those whose paths are not UTF-8 left out.
    fn tracked(&self) -> Result<Vec<Tracked>, SourceError>;
}

/// Wraps the reason of a failure.
pub(super) fn git_error<E>(doing: &'static str) -> impl Fn(E) -> SourceError
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    move |cause| SourceError::Git { doing, cause: cause.into() }
}
