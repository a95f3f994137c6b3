//! Versions looked up: which ref, file or URL an argument means, seen from a working directory.
//!
//! A file's root, beyond which its references may not lead, is its work tree; outside repositories it is the working
//! directory where that holds the file and is not the whole disk, else the file's own folder.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::confined::{Confined, plain};
use super::disk::Disk;
use super::git::{Commit, Repo};
use super::path::join;
use super::single::Single;
use super::web::{Terms, Web};
use super::{Listing, RangeArg, SourceError, VersionArg};

/// Where versions are looked for. Only the command line knows these values.
pub struct VersionResolver {
    /// The working directory, absolute.
    pub cwd: PathBuf,
    /// The repository, where it is not the one that holds the working directory.
    pub repo: Option<PathBuf>,
    /// The branch that CI says a change will be merged into.
    pub target_branch: Option<String>,
    /// Whether references of a document behind a URL are fetched from its server.
    pub allow_remote_refs: bool,
    /// Whether what a partial clone left out is fetched from where it was cloned.
    pub allow_fetch: bool,
    opened: OnceCell<Repo>,
}

/// A version, found.
#[derive(Clone)]
pub struct Version {
    /// What to call it in messages and reports.
    pub label: String,
    /// The commit, for a version in git.
    pub commit: Option<Commit>,
    /// The root document, where the argument named one.
    pub document: Option<String>,
    /// Its files.
    pub files: Rc<dyn Listing>,
}

impl VersionResolver {
    /// A working directory, with nothing else known.
    pub fn new(cwd: impl Into<PathBuf>) -> Self {
        let (repo, target_branch, opened) = (None, None, OnceCell::new());
        Self { cwd: cwd.into(), repo, target_branch, allow_remote_refs: false, allow_fetch: false, opened }
    }

    /// The repository, opened once. Fails where there is none.
    pub fn repository(&self) -> Result<Repo, SourceError> {
        if let Some(repo) = self.opened.get() {
            return Ok(repo.clone());
        }
        let dir = self.repo.as_ref().map_or_else(|| self.cwd.clone(), |repo| self.cwd.join(repo));
        let repo = Repo::discover(&dir, self.allow_fetch)?;
        Ok(self.opened.get_or_init(|| repo).clone())
    }

    /// The two sides of a comparison. `BASE..HEAD` and `BASE...HEAD` may stand in for both; the head by default is the work
    /// tree, the base by default [`Repo::default_base`].
    pub fn compare(&self, base: Option<&str>, head: Option<&str>) -> Result<(Version, Version), SourceError> {
        let Some(base) = base else {
            let head = head.map_or_else(|| self.work_tree(), |head| self.open(&VersionArg::parse(head)?))?;
            return Ok((self.default_base(&head)?, head));
        };
        if head.is_none()
            && let Some(range) = RangeArg::parse(base)
            && !self.cwd.join(base).is_file()
        {
            return self.range(&range);
        }
        let base = VersionArg::parse(base)?;
        let head = head.map(VersionArg::parse).transpose()?;
        if base == VersionArg::Stdin && head == Some(VersionArg::Stdin) {
            return Err(SourceError::StdinTwice);
        }
        let base = self.open(&base)?;
        let head = match head {
            Some(head) => self.open(&head)?,
            None => Version { document: base.document.clone().filter(|_| base.commit.is_some()), ..self.work_tree()? },
        };
        Ok((base, head))
    }

    /// The two sides of `BASE..HEAD` or `BASE...HEAD`; both are refs.
    pub fn range(&self, range: &RangeArg) -> Result<(Version, Version), SourceError> {
        let head = self.open_ref_arg(&range.head)?;
        let mut base = self.open_ref_arg(&range.base)?;
        if range.from_merge_base
            && let (Some(one), Some(two)) = (&base.commit, &head.commit)
        {
            let repo = self.repository()?;
            let commit = repo.merge_base(one, two)?;
            base.label = format!("merge base of {} and {}", base.label, head.label);
            base.files = Rc::new(repo.snapshot(&commit));
            base.commit = Some(commit);
            check_document(&base)?;
        }
        Ok((base, head))
    }

    /// Finds one version. A name that is both a ref and a file is refused, and so is one that is neither.
    pub fn open(&self, arg: &VersionArg) -> Result<Version, SourceError> {
        match arg {
            VersionArg::Named(name) => self.open_named(name),
            VersionArg::Ref { name, path } => self.open_ref(name, path.as_deref()),
            VersionArg::File(path) => self.open_file(path),
            VersionArg::Url(url) => {
                let web = Web::open(url, &Terms { follow_refs: self.allow_remote_refs, ..Terms::default() })?;
                Ok(alone(web.shown_url(), web.document().to_owned(), web))
            }
            VersionArg::Stdin => {
                let single = Single::read_from("stdin", std::io::stdin().lock())?;
                Ok(alone("standard input".to_owned(), "stdin".to_owned(), single))
            }
            VersionArg::WorkTree => self.work_tree(),
        }
    }

    /// The files on disk in the repository, committed or not. Fails in a bare repository.
    pub fn work_tree(&self) -> Result<Version, SourceError> {
        let disk = Disk::work_tree(&self.repository()?)?;
        Ok(Version { label: "work tree".to_owned(), commit: None, document: None, files: Rc::new(disk) })
    }

    fn default_base(&self, head: &Version) -> Result<Version, SourceError> {
        let repo = self.repository()?;
        let from = head.commit.clone().map_or_else(|| repo.resolve("HEAD"), Ok)?;
        let (commit, name) = repo.default_base(&from, self.target_branch.as_deref())?;
        let files = Rc::new(repo.snapshot(&commit));
        let document = head.document.clone().filter(|_| head.commit.is_some());
        Ok(Version { label: format!("merge base with {name}"), commit: Some(commit), document, files })
    }

    fn open_named(&self, name: &str) -> Result<Version, SourceError> {
        let path = self.cwd.join(name);
        let is_file = path.exists() && !path.is_dir();
        let repo = match self.repository() {
            Ok(repo) => repo,
            Err(_) if is_file => return self.open_file(name),
            Err(SourceError::NotARepository { .. }) if self.repo.is_none() => {
                return Err(SourceError::UnknownVersion { name: name.to_owned(), shallow: false, near: Vec::new() });
            }
            Err(other) => return Err(other),
        };
        let is_file = is_file && !repo.is_internal(&path);
        match (repo.try_resolve(name), is_file) {
            (Ok(Some(_)), true) => Err(SourceError::AmbiguousVersion { name: name.to_owned() }),
            (Ok(None) | Err(_), true) => self.open_file(name),
            (Ok(Some(commit)), false) => Ok(at_commit(&repo, commit, name, None)),
            (Ok(None), false) => Err(SourceError::UnknownVersion {
                name: name.to_owned(),
                shallow: repo.is_shallow(),
                near: repo.near(name),
            }),
            (Err(other), false) => Err(other),
        }
    }

    fn open_ref_arg(&self, text: &str) -> Result<Version, SourceError> {
        match text.split_once(':') {
            Some((name, path)) => self.open_ref(name, Some(path).filter(|path| !path.is_empty())),
            None => self.open_ref(text, None),
        }
    }

    fn open_ref(&self, name: &str, path: Option<&str>) -> Result<Version, SourceError> {
        let repo = self.repository()?;
        let commit = repo.resolve(name)?;
        let path = path.map(|path| self.in_repository(&repo, path)).transpose()?;
        let version = at_commit(&repo, commit, name, path);
        check_document(&version)?;
        Ok(version)
    }

    /// A path of `REF:path`: from the root, or from the working directory where it starts with a dot, as git has it.
    fn in_repository(&self, repo: &Repo, path: &str) -> Result<String, SourceError> {
        let outside = || SourceError::OutsideRoot { path: path.to_owned(), root: "the repository".to_owned() };
        if !path.starts_with("./") && !path.starts_with("../") {
            return join("", path).ok_or_else(outside);
        }
        let top = repo.work_dir().and_then(|dir| dir.canonicalize().ok()).ok_or_else(outside)?;
        let cwd = self.cwd.canonicalize().map_err(|_| outside())?;
        let prefix = text(cwd.strip_prefix(&top).map_err(|_| outside())?)?;
        join(&prefix, path).ok_or_else(outside)
    }

    fn open_file(&self, given: &str) -> Result<Version, SourceError> {
        let label = || given.to_owned();
        let path = self.cwd.join(given);
        let meta = fs::metadata(&path).map_err(|_| SourceError::FileNotFound { path: label() })?;
        if meta.is_dir() {
            return Err(SourceError::NotAFile { path: label() });
        }
        let unreadable = |cause| SourceError::Read { path: label(), cause };
        self.stays(given, &path)?;
        if !meta.is_file() {
            // A pipe, as of `<(command)`, has no folder and can be read once only.
            // Documents are named relative to a root, pipes such as `/dev/fd/63` too.
            let name = given.trim_start_matches('/');
            let single = Single::read_from(name, fs::File::open(&path).map_err(unreadable)?)?;
            return Ok(alone(label(), name.to_owned(), single));
        }
        let real = path.canonicalize().map_err(unreadable)?;
        let disk = match self.repository_of(&real) {
            Some(repo) => Disk::work_tree(&repo)?,
            None => Disk::folder(&self.root_of(&real))?,
        };
        let document = text(real.strip_prefix(disk.root()).unwrap_or(&real))?;
        Ok(Version { label: label(), commit: None, document: Some(document), files: Rc::new(disk) })
    }

    /// Fails where a path lies in a work tree by its text, and leads out of it: whoever wrote the repository made that link,
    /// and whoever named the path did not mean what is behind it.
    fn stays(&self, given: &str, path: &Path) -> Result<(), SourceError> {
        let plain = plain(path);
        let top = |repo: Repo| Confined::below(repo.work_dir()?).ok().filter(|top| top.within(&plain).is_some());
        let around = || Repo::discover(plain.parent()?, false).ok().and_then(top);
        match self.repository().ok().and_then(top).or_else(around) {
            Some(top) if !path.canonicalize().is_ok_and(|real| real.starts_with(top.root())) => {
                let root = top.root().display().to_string();
                Err(SourceError::OutsideRoot { path: given.to_owned(), root })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The repository whose work tree holds a file: this one, else the one around the file.
    fn repository_of(&self, real: &Path) -> Option<Repo> {
        let holds = |repo: &Repo| {
            let top = repo.work_dir().and_then(|top| top.canonicalize().ok());
            top.is_some_and(|top| real.starts_with(top))
        };
        self.repository()
            .ok()
            .filter(holds)
            .or_else(|| Repo::discover(real.parent()?, self.allow_fetch).ok().filter(holds))
    }

    /// What a file outside repositories may reference: never the whole disk.
    fn root_of(&self, real: &Path) -> PathBuf {
        let cwd = self.cwd.canonicalize().ok().filter(|cwd| cwd.parent().is_some() && real.starts_with(cwd));
        cwd.unwrap_or_else(|| real.parent().unwrap_or(real).to_owned())
    }
}

fn at_commit(repo: &Repo, commit: Commit, name: &str, document: Option<String>) -> Version {
    let files = Rc::new(repo.snapshot(&commit));
    Version { label: name.to_owned(), commit: Some(commit), document, files }
}

fn check_document(version: &Version) -> Result<(), SourceError> {
    match &version.document {
        Some(path) if version.files.find(path)?.is_none() => {
            Err(SourceError::PathNotAtRef { path: path.clone(), version: version.label.clone() })
        }
        Some(_) | None => Ok(()),
    }
}

fn alone(label: String, document: String, files: impl Listing + 'static) -> Version {
    Version { label, commit: None, document: Some(document), files: Rc::new(files) }
}

/// A relative path as text with `/` between segments.
fn text(path: &Path) -> Result<String, SourceError> {
    let segments: Option<Vec<&str>> = path.iter().map(|segment| segment.to_str()).collect();
    segments.map(|all| all.join("/")).ok_or_else(|| SourceError::Utf8Path { path: path.to_owned() })
}
