//! Reading through gix: no process, no environment, no configuration but the repository's own.
//!
//! A repository of another user is read with reduced trust, where git itself would refuse.

use std::path::Path;

use gix::discover::upwards;
use gix::hash::Kind;
use gix::index::entry::{Flags, Mode};
use gix::open::Options;
use gix::prelude::FindExt;
use gix::revision::walk::Sorting;
use gix::traverse::commit::simple::CommitTimeOrder;
use gix::{ObjectId, Repository, ThreadSafeRepository};

use super::objects::{Link, ORIGIN_HEAD, Object, Objects, Tracked, git_error};
use crate::source::SourceError;

const OBJECT_CACHE_BYTES: usize = 4 << 20;

pub(super) struct Native {
    repo: Repository,
}

impl Native {
    /// Opens the repository that holds a folder.
    pub(super) fn discover(dir: &Path) -> Result<Self, gix::Error> {
        let options = upwards::Options { current_dir: Some(dir), ..upwards::Options::default() };
        let trusted = gix::sec::trust::Mapping { full: Options::isolated(), reduced: Options::isolated() };
        let mut repo = ThreadSafeRepository::discover_opts(dir, options, trusted)?.to_thread_local();
        repo.object_cache_size_if_unset(OBJECT_CACHE_BYTES);
        Ok(Self { repo })
    }
}

impl Objects for Native {
    fn hash(&self) -> Kind {
        self.repo.object_hash()
    }

    fn work_dir(&self) -> Option<&Path> {
        self.repo.workdir()
    }

    fn common_dir(&self) -> &Path {
        self.repo.common_dir()
    }

    fn resolve(&self, name: &str) -> Result<Option<ObjectId>, SourceError> {
        // gix says "not found" in several shapes; damage shows again when the objects are read.
        let spec = format!("{name}^{{commit}}");
        Ok(self.repo.rev_parse_single(spec.as_str()).ok().map(gix::Id::detach))
    }

    fn object(&self, id: ObjectId, limit: u64) -> Result<Object, SourceError> {
        let failed = git_error("reading an object");
        match self.repo.try_find_header(id).map_err(&failed)? {
            None => Ok(Object::Missing),
            Some(header) if header.size() > limit => Ok(Object::TooLarge),
            // What the cache has no room for would be copied for it in vain.
            Some(header) if header.size() > OBJECT_CACHE_BYTES as u64 => {
                let mut bytes = Vec::new();
                (*self.repo.objects).find(&id, &mut bytes).map_err(&failed)?;
                Ok(Object::Bytes(bytes))
            }
            Some(_) => Ok(Object::Bytes(self.repo.find_object(id).map_err(&failed)?.detach().data)),
        }
    }

    fn merge_base(&self, one: ObjectId, two: ObjectId) -> Result<Option<ObjectId>, SourceError> {
        let base = self.repo.merge_base(one, two).map_err(git_error("looking for the merge base"))?;
        Ok(base.map(gix::Id::detach))
    }

    fn ancestors(&self, to: ObjectId, from: Option<ObjectId>) -> Result<Vec<Link>, SourceError> {
        let failed = git_error("walking the history");
        let walk = self
            .repo
            .rev_walk([to])
            .sorting(Sorting::ByCommitTime(CommitTimeOrder::NewestFirst))
            .with_hidden(from)
            .all()
            .map_err(&failed)?;
        let mut links = Vec::new();
        for info in walk {
            let info = info.map_err(&failed)?;
            links.push((info.id, info.parent_ids.into_iter().collect()));
        }
        Ok(links)
    }

    fn tags(&self) -> Result<Vec<(String, ObjectId)>, SourceError> {
        let failed = git_error("listing tags");
        let platform = self.repo.references().map_err(&failed)?;
        let mut tags = Vec::new();
        for tag in platform.tags().map_err(&failed)?.peeled().map_err(&failed)? {
            // A tag whose object a shallow or partial clone lacks is as good as not there.
            let Ok(tag) = tag else { continue };
            if let Some(id) = tag.try_id() {
                tags.push((tag.name().shorten().to_string(), id.detach()));
            }
        }
        Ok(tags)
    }

    fn branches(&self) -> Result<Vec<String>, SourceError> {
        let failed = git_error("listing branches");
        let platform = self.repo.references().map_err(&failed)?;
        let local = platform.local_branches().map_err(&failed)?;
        let remote = platform.remote_branches().map_err(&failed)?;
        Ok(local.chain(remote).flatten().map(|branch| branch.name().shorten().to_string()).collect())
    }

    fn origin(&self) -> Option<String> {
        Some(self.repo.config_snapshot().string("remote.origin.url")?.to_string())
    }

    fn origin_head(&self) -> Option<String> {
        let head = self.repo.try_find_reference(ORIGIN_HEAD).ok()??;
        Some(head.target().try_name()?.as_bstr().to_string())
    }

    fn tracked(&self) -> Result<Vec<Tracked>, SourceError> {
        let index = self.repo.index_or_empty().map_err(git_error("reading the index"))?;
        let kept = |mode: Mode| matches!(mode, Mode::FILE | Mode::FILE_EXECUTABLE | Mode::DIR);
        let entries = index.entries().iter().filter(|entry| kept(entry.mode));
        let tracked = entries.filter_map(|entry| {
            let path = std::str::from_utf8(entry.path(&index)).ok()?;
            // A sparse index names a folder with its slash.
            let folder = entry.mode == Mode::DIR && !path.ends_with('/');
            let path = if folder { format!("{path}/") } else { path.to_owned() };
            let left_out = entry.flags.contains(Flags::SKIP_WORKTREE).then_some(entry.id);
            Some(Tracked { path, left_out })
        });
        Ok(tracked.collect())
    }
}
