//! Fetching what a partial clone left out, with leave: git does it, by ordinary ways only.
//!
//! Git's own fetching on demand would run whatever the configuration of the repository names (`uploadpack`, `vcs`, a URL of
//! `ext::`), so each object is fetched by a call that says itself how the other side is asked.

use std::path::Path;
use std::time::Duration;

use gix::ObjectId;

use super::call::{command, finish, run};
use crate::source::SourceError;

/// How long the transfer of one object may last.
const LIMIT: Duration = Duration::from_secs(300);

/// The remote that promised what the clone left out. Fails where there is none, or none that is reached by https, ssh or a
/// local path.
pub(super) fn promisor(dir: &Path) -> Result<String, SourceError> {
    let asked =
        ["config", "-z", "--get-regexp", r"^(extensions\.partialclone|remote\..*\.(promisor|vcs)|remotes\..*)$"];
    let listed = run(dir, &asked)?;
    let listed = String::from_utf8_lossy(&listed.out).into_owned();
    let mut remotes = Vec::new();
    let mut odd = Vec::new();
    for (key, value) in listed.split('\0').filter_map(|entry| entry.split_once('\n')) {
        if key == "extensions.partialclone" {
            remotes.push(value);
        } else if let Some(name) = key.strip_prefix("remotes.") {
            odd.push(name);
        } else if let Some((name, what)) = key.strip_prefix("remote.").and_then(|rest| rest.rsplit_once('.')) {
            match (what, value) {
                ("promisor", "true") => remotes.push(name),
                ("vcs", _) => odd.push(name),
                _ => {}
            }
        }
    }
    // Git would take these for options, for lists of other remotes, or for the work of a program of that name.
    remotes.retain(|name| !name.starts_with('-') && !odd.contains(name));
    for name in remotes {
        if is_ordinary(run(dir, &["ls-remote", "--get-url", name])?.text()?.trim_end_matches('\n')) {
            return Ok(name.to_owned());
        }
    }
    Err(SourceError::NoPromisor)
}

/// Fetches one object from a remote into the repository.
pub(super) fn object(dir: &Path, remote: &str, id: ObjectId) -> Result<(), SourceError> {
    let mut command = command(dir);
    command.env("GIT_ALLOW_PROTOCOL", "https:ssh:file");
    command.args(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no"]);
    // As git does it by itself: a folder comes without its files.
    command.args(["--filter=blob:none", "--upload-pack=git-upload-pack", remote, &id.to_string()]);
    finish(command, LIMIT)?.bytes().map(drop).map_err(|failed| SourceError::FetchFailed { cause: failed.into() })
}

/// Whether a URL is https, ssh or a local path. `http` and `git` are not encrypted; `x::y` names a program.
fn is_ordinary(url: &str) -> bool {
    if ["https://", "ssh://", "file:///"].iter().any(|scheme| url.starts_with(scheme)) {
        return true;
    }
    // `host:path` is ssh.
    let first = url.split('/').next().unwrap_or_default();
    url.starts_with('/') || (first.contains(':') && !url.contains("::") && !url.contains("://"))
}

#[cfg(test)]
mod tests {
    use super::is_ordinary;

    #[test]
    fn only_ordinary_urls_are_fetched_from() {
        for url in ["https://example.org/a", "ssh://git@example.org/a", "git@example.org:a/b.git", "file:///a", "/a/b"]
        {
            assert!(is_ordinary(url), "{url}");
        }
        for url in [
            "ext::sh -c x",
            "file::/a",
            "ssh::x",
            "https::x",
            "http://example.org/a",
            "git://example.org/a",
            "a",
            "ftp://example.org/a",
            "fd::7",
            "-uevil",
            "host::a",
            "",
            "git+ssh://example.org/a",
            "file://host/a",
        ] {
            assert!(!is_ordinary(url), "{url}");
        }
    }
}
