//! The way out of each failure.

use super::SourceError;

/// How to get the whole history.
pub(super) const DEEPEN: &str =
    "run `git fetch --unshallow --tags`, or set `fetch-depth: 0` on actions/checkout (`GIT_DEPTH: 0` on GitLab)";

/// How to get what a partial clone left out.
const FETCH: &str = "allow it with `--allow-fetch`, or fetch the rest yourself with `git fetch --refetch --no-filter` \
                     (actions/checkout: no `filter`)";

impl SourceError {
    /// What to do about it, as a sentence without a full stop; `None` where the message says it all.
    pub fn advice(&self) -> Option<String> {
        if let Self::AmbiguousVersion { name } = self {
            return Some(format!("write `{name}:` for the ref or `./{name}` for the file"));
        }
        if let Self::PlainHttp { url } = self {
            return Some(format!("use `https{}`, or fetch the file yourself", url.trim_start_matches("http")));
        }
        if matches!(self, Self::RefNotFound { name, shallow: false, .. } if name == "HEAD") {
            return Some("nothing is committed here yet: commit the document first".to_owned());
        }
        if let Self::RefNotFound { near, .. } | Self::UnknownVersion { near, .. } = self
            && !near.is_empty()
        {
            let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            return Some(format!("did you mean {}?", near.join(" or ")));
        }
        self.fixed_advice().map(str::to_owned)
    }

    fn fixed_advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::RefNotFound { shallow: true, .. }
            | Self::UnknownVersion { shallow: true, .. }
            | Self::NoDefaultBase { shallow: true, .. } => DEEPEN,
            Self::ShallowBoundary { fix, .. } => fix,
            Self::RefNotFound { .. } => "list what there is with `git branch --all` and `git tag`, or fetch it first",
            Self::UnknownVersion { .. } | Self::BadVersion { .. } => {
                "a version is REF, REF:path, a file, an https URL, `-`, or `.` for the work tree"
            }
            Self::PathNotAtRef { .. } => {
                "paths start at the root of the repository; `git ls-tree -r --name-only REF` lists them"
            }
            Self::NoDefaultBase { .. } => "name the base, e.g. `origin/main...HEAD`, or fetch the target branch",
            Self::NoMergeBase { .. } => "compare them with two dots or as two arguments",
            Self::NotARepository { .. } => "give two files, or the repository with `--repo DIR`",
            Self::UnreadableRepository { .. } => "check it with `git fsck`; reftable needs git 2.45 on the PATH",
            Self::NoWorkTree => "name the head, e.g. `HEAD`",
            Self::StdinTwice => "save one of them to a file",
            Self::NotAFile { .. } => "name the specification in it",
            Self::ObjectMissing { .. } | Self::Git { .. } => "check the clone with `git fsck`, or clone again",
            Self::NotFetched { .. } => FETCH,
            Self::NoPromisor | Self::FetchFailed { .. } => {
                "fetch the rest yourself with `git fetch --refetch --no-filter`, or clone again without `--filter`"
            }
            Self::WorkTreeElsewhere { .. } => "if that is a mistake, `git config --unset core.worktree`",
            Self::PipeInRepository { .. } => "clone the repository again",
            Self::OutsideRoot { .. } => {
                "files are read inside their repository, else inside the working directory, else their own folder: \
                 start from a directory that holds all of them"
            }
            Self::Submodule { .. } => "run inside the submodule, or give the file by its path",
            Self::RemoteRef { .. } => "allow it with `--allow-remote-refs`",
            Self::NoNeighbours { .. } => "give a file or REF:path, whose neighbours can be read",
            Self::TooManyFiles { .. } => "name the specification with `--spec PATH`",
            Self::HttpStatus { status: 401 | 403, .. } => "fetch it yourself with your credentials and give the file",
            Self::HttpTooSlow { .. } => "fetch it yourself and give the file",
            Self::NotPublic { .. } => "if that is meant, give its URL instead of one that redirects there",
            Self::HttpFailed { .. } => {
                "check address and proxy; certificates are the system's (package `ca-certificates`, or `SSL_CERT_FILE`)"
            }
            Self::AmbiguousVersion { .. }
            | Self::FileNotFound { .. }
            | Self::BadGlob { .. }
            | Self::GitInternal { .. }
            | Self::GitTooSlow { .. }
            | Self::LinkLoop { .. }
            | Self::LinkedTeamFile { .. }
            | Self::TooLarge { .. }
            | Self::Utf8Path { .. }
            | Self::Read { .. }
            | Self::PlainHttp { .. }
            | Self::BadUrl { .. }
            | Self::HttpStatus { .. }
            | Self::Redirect { .. }
            | Self::ForeignOrigin { .. } => return None,
        })
    }
}
