//! Git repositories: refs, commits, trees and blobs, without a checkout.
//!
//! Bare, linked, shallow, partial, SHA-256 and other users' repositories are read. gix appears in this folder only. It runs
//! no program; the git command, where it is needed, runs none that the repository names (`call`).

use std::cell::{OnceCell, RefCell};
use std::path::Path;
use std::rc::Rc;

use gix::ObjectId;
use gix::hash::Kind;
use rustc_hash::FxHashMap;

mod base;
mod call;
mod command;
mod commit;
mod fetch;
mod guard;
mod history;
mod native;
mod near;
mod objects;
mod snapshot;
mod sparse;
#[cfg(test)]
mod tests;
mod tree;

pub use call::command;
pub use commit::Commit;
pub use history::HistoryEntry;
pub use snapshot::Snapshot;
pub(super) use sparse::LeftOut;

use super::advice::DEEPEN;
use super::path::is_path_listed;
use super::{BlobId, MAX_BYTES, SourceError};
use command::Git;
use native::Native;
use objects::{Object, Objects, git_error};
use tree::Tree;

/// A repository. Clones are handles to the same caches.
#[derive(Clone)]
pub struct Repo(Rc<Inner>);

struct Inner {
    objects: Box<dyn Objects>,
    allow_fetch: bool,
    /// The remote that has what a partial clone left out, looked up when the first object is missing.
    promisor: OnceCell<String>,
    shallow: Vec<ObjectId>,
    trees: RefCell<FxHashMap<ObjectId, Rc<Tree>>>,
    ids: RefCell<FxHashMap<ObjectId, BlobId>>,
}

/// The hash function of a repository.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ObjectFormat {
    /// 40 hex digits.
    Sha1,
    /// 64 hex digits.
    Sha256,
}

impl ObjectFormat {
    /// The id that git gives to these bytes as a file. Fails where the bytes attack SHA-1.
    pub fn blob_id(self, bytes: &[u8]) -> Result<BlobId, SourceError> {
        let kind = match self {
            Self::Sha1 => Kind::Sha1,
            Self::Sha256 => Kind::Sha256,
        };
        let id = gix::objs::compute_hash(kind, gix::objs::Kind::Blob, bytes).map_err(git_error("hashing a file"))?;
        Ok(BlobId(id.to_string().into()))
    }
}

impl Repo {
    /// Opens the repository that holds a folder, which must be absolute. With `allow_fetch`, what a partial clone left out is
    /// fetched when it is needed.
    /// Fails with [`SourceError::NotARepository`] where none does.
    pub fn discover(dir: &Path, allow_fetch: bool) -> Result<Self, SourceError> {
        let not_found = || SourceError::NotARepository { dir: dir.to_owned() };
        let found = Some(dir).filter(|dir| dir.is_dir()).and_then(guard::around).ok_or_else(not_found)?;
        guard::check_files(found)?;
        let objects = Self::open(dir)?;
        guard::check_work_tree(objects.work_dir(), objects.common_dir())?;
        Ok(Self::over(objects, allow_fetch))
    }

    fn open(dir: &Path) -> Result<Box<dyn Objects>, SourceError> {
        let refused: Box<dyn std::error::Error + Send + Sync> = match Native::discover(dir) {
            // gix would find such a repository without a single ref.
            Ok(native) if native.common_dir().join("reftable").is_dir() => "its refs are in reftable format".into(),
            Ok(native) => return Ok(Box::new(native)),
            Err(refused) => refused.into(),
        };
        match Git::discover(dir) {
            Ok(git) => Ok(Box::new(git)),
            Err(SourceError::Git { cause, .. }) if !cause.is::<std::io::Error>() => {
                Err(SourceError::UnreadableRepository { dir: dir.to_owned(), cause })
            }
            Err(_) => Err(SourceError::UnreadableRepository { dir: dir.to_owned(), cause: refused }),
        }
    }

    fn over(objects: Box<dyn Objects>, allow_fetch: bool) -> Self {
        let shallow = std::fs::read_to_string(objects.common_dir().join("shallow")).unwrap_or_default();
        let shallow = shallow.lines().filter_map(|hex| ObjectId::from_hex(hex.as_bytes()).ok()).collect();
        let (promisor, trees, ids) = (OnceCell::new(), RefCell::default(), RefCell::default());
        Self(Rc::new(Inner { objects, allow_fetch, promisor, shallow, trees, ids }))
    }

    /// The top of the work tree; `None` in a bare repository.
    pub fn work_dir(&self) -> Option<&Path> {
        self.0.objects.work_dir()
    }

    /// Git's own folder, which linked work trees share.
    pub fn common_dir(&self) -> &Path {
        self.0.objects.common_dir()
    }

    /// Whether a path belongs to git itself, as all of a bare repository does.
    pub(super) fn is_internal(&self, path: &Path) -> bool {
        let own = self.0.objects.common_dir().canonicalize();
        path.canonicalize().is_ok_and(|path| own.is_ok_and(|own| path.starts_with(own)))
    }

    /// The files of the work tree that [`super::Listing::paths`] would list, sorted: tracked ones but those that a sparse
    /// checkout leaves out, and new ones that git does not ignore.
    pub(super) fn present(&self) -> Result<Vec<String>, SourceError> {
        let tracked = self.0.objects.tracked()?.into_iter();
        let mut paths: Vec<String> = tracked.filter(|entry| entry.left_out.is_none()).map(|entry| entry.path).collect();
        paths.extend(self.work_dir().map_or_else(|| Ok(Vec::new()), command::untracked)?);
        paths.retain(|path| is_path_listed(path));
        paths.sort_unstable();
        // A file in conflict stands in the index three times.
        paths.dedup();
        Ok(paths)
    }

    /// The paths that differ between a commit and another one, or the work tree, files that git does not know yet among
    /// them; sorted. Needs the git command.
    pub fn changed(&self, base: &Commit, head: Option<&Commit>) -> Result<Vec<String>, SourceError> {
        let (dir, new) = match (head, self.work_dir()) {
            (Some(_), _) | (None, None) => (self.common_dir(), Vec::new()),
            (None, Some(top)) => (top, command::untracked(top)?),
        };
        let ids: Vec<&str> = std::iter::once(&base.id).chain(head.map(|head| &head.id)).map(|id| &**id).collect();
        let mut paths = command::differing(dir, &ids)?;
        paths.extend(new);
        paths.sort_unstable();
        paths.dedup();
        Ok(paths)
    }

    /// The hash function of the repository.
    pub fn format(&self) -> ObjectFormat {
        if self.0.objects.hash() == Kind::Sha256 { ObjectFormat::Sha256 } else { ObjectFormat::Sha1 }
    }

    /// The address of the remote `origin`, as it is written; `None` where there is none.
    pub fn origin(&self) -> Option<String> {
        self.0.objects.origin()
    }

    /// The branch that a name stands for, without where it is kept: `main` for `refs/heads/main`, for `origin/main`, and for
    /// an `origin/HEAD` that is it.
    pub fn branch_name(&self, name: &str) -> String {
        let head = if name == "origin/HEAD" { self.0.objects.origin_head() } else { None };
        let name = head.as_deref().unwrap_or(name);
        let places = ["refs/remotes/origin/", "refs/heads/", "origin/"];
        places.iter().find_map(|place| name.strip_prefix(place)).unwrap_or(name).to_owned()
    }

    /// That history is cut off at a commit, where it is.
    pub fn cut_off(&self, commit: &Commit) -> Option<SourceError> {
        let cut = || SourceError::ShallowBoundary { commit: commit.id.to_string(), fix: DEEPEN };
        self.is_shallow().then(cut)
    }

    /// Whether history is cut off.
    pub fn is_shallow(&self) -> bool {
        !self.0.shallow.is_empty()
    }

    /// The commit behind a branch, tag, hash or expression such as `HEAD~2`; `None` where there is none.
    /// Fails where the way to it is cut off.
    pub fn try_resolve(&self, name: &str) -> Result<Option<Commit>, SourceError> {
        // These name sets of commits, or would be read as options.
        if name.starts_with(['^', '-']) || name.contains("..") {
            return Ok(None);
        }
        if let Some(oid) = self.0.objects.resolve(name)? {
            return self.commit(oid).map(Some);
        }
        if !self.is_shallow() {
            return Ok(None);
        }
        let stem = name.find(['~', '^']).map(|end| name.split_at(end));
        let beyond = match stem {
            Some((stem, steps)) => !steps.starts_with("^{") && self.0.objects.resolve(stem)?.is_some(),
            None => ObjectId::from_hex(name.as_bytes()).is_ok(),
        };
        if beyond { Err(SourceError::ShallowBoundary { commit: name.to_owned(), fix: DEEPEN }) } else { Ok(None) }
    }

    /// As [`Repo::try_resolve`], where nothing found is an error too.
    pub fn resolve(&self, name: &str) -> Result<Commit, SourceError> {
        let not_found =
            || SourceError::RefNotFound { name: name.to_owned(), shallow: self.is_shallow(), near: self.near(name) };
        self.try_resolve(name)?.ok_or_else(not_found)
    }

    /// The files of a commit.
    pub fn snapshot(&self, commit: &Commit) -> Snapshot {
        Snapshot::new(self.clone(), commit)
    }

    /// Whether nothing differs between two commits at a path and below it; a few hash look-ups. The empty path is all.
    pub fn same_under(&self, one: &Commit, two: &Commit, prefix: &str) -> Result<bool, SourceError> {
        Ok(one.tree == two.tree || self.entry_at(one.tree, prefix)? == self.entry_at(two.tree, prefix)?)
    }

    fn commit(&self, oid: ObjectId) -> Result<Commit, SourceError> {
        let bytes = self.object(oid)?;
        Commit::parse(oid, &bytes, self.0.objects.hash())
    }

    /// The content of an object, fetched by git where a partial clone left it out and that is allowed.
    fn object(&self, id: ObjectId) -> Result<Vec<u8>, SourceError> {
        let mut found = self.0.objects.object(id, MAX_BYTES)?;
        if matches!(found, Object::Missing) && self.is_partial() {
            if !self.0.allow_fetch {
                return Err(SourceError::NotFetched { id: id.to_string() });
            }
            fetch::object(self.0.objects.common_dir(), self.promisor()?, id)?;
            found = self.0.objects.object(id, MAX_BYTES)?;
        }
        match found {
            Object::Bytes(bytes) => Ok(bytes),
            Object::TooLarge => Err(SourceError::TooLarge { what: id.to_string(), limit: MAX_BYTES }),
            Object::Missing => Err(SourceError::ObjectMissing { id: id.to_string() }),
        }
    }

    fn is_partial(&self) -> bool {
        let packs = std::fs::read_dir(self.0.objects.common_dir().join("objects/pack"));
        let mut packs = packs.into_iter().flatten().flatten().map(|pack| pack.path());
        packs.any(|pack| pack.extension().is_some_and(|ending| ending == "promisor"))
    }

    fn promisor(&self) -> Result<&str, SourceError> {
        if let Some(known) = self.0.promisor.get() {
            return Ok(known);
        }
        let found = fetch::promisor(self.0.objects.common_dir())?;
        Ok(self.0.promisor.get_or_init(|| found))
    }
}
