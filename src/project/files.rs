//! The only reader and the only writer of team files: what a team keeps about its API beside the code.
//!
//! They are part of the repository, so whoever proposes a change writes them. Below the root no link is followed, only
//! regular files are opened, and their size is bounded. A file that was named on the command line is held to the same
//! where it lies in the repository; outside it is its user's own choice, pipes and links included.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::source::confined::{self, Confined, ConfinedError, Kind};
use crate::source::git::Repo;
use crate::source::lock::{Asker, Lock};
use crate::source::{MAX_BYTES, VersionResolver};

/// Who wrote a file, which says how large it may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Author {
    /// People: configuration, partners, notices, templates.
    People,
    /// preavis itself, at times from many logs or releases: facts of notices, usage, changelogs.
    Preavis,
}

impl Author {
    pub(super) fn limit(self) -> u64 {
        match self {
            Self::People => 1 << 20,
            Self::Preavis => MAX_BYTES,
        }
    }
}

/// The team files of a repository, by their paths from its root; outside repositories those of the working directory.
#[derive(Clone, Debug)]
pub struct TeamFiles {
    below: Confined,
    cwd: PathBuf,
    /// Git's own folder, in a repository.
    git: Option<PathBuf>,
}

/// Where a file lies that was named on the command line.
enum Named {
    /// Below the root of the repository, by its path from there.
    Inside(PathBuf),
    /// Elsewhere.
    Outside(PathBuf),
}

impl TeamFiles {
    /// Those of the repository that a resolver names or stands in.
    pub fn of(resolver: &VersionResolver) -> Result<Self, ConfinedError> {
        let repository = resolver.repository().ok();
        let of_work_tree = |repo: &Repo| Some((repo.work_dir()?.to_owned(), repo.common_dir().to_owned()));
        let (top, git) = repository.as_ref().and_then(of_work_tree).unzip();
        let root = top.unwrap_or_else(|| resolver.cwd.clone());
        let failed = |source| ConfinedError::Read { path: root.display().to_string(), source };
        let below = Confined::below(&root).map_err(failed)?;
        Ok(Self { below, cwd: resolver.cwd.clone(), git })
    }

    /// The root, without links.
    pub fn root(&self) -> &Path {
        self.below.root()
    }

    /// The text of a file; `None` where there is none.
    pub fn read(&self, path: &str, author: Author) -> Result<Option<String>, ConfinedError> {
        let bytes = self.below.read(Path::new(path), author.limit())?;
        bytes.map(|bytes| text(path, bytes)).transpose()
    }

    /// The files of a folder that have an ending, hidden ones aside, as `(path, text)` sorted by path; `None` where there
    /// is no folder. A name that starts with one of `aside` is passed over too.
    pub fn read_all(
        &self,
        folder: &str,
        ending: &str,
        aside: &[char],
    ) -> Result<Option<Vec<(String, String)>>, ConfinedError> {
        let Some(names) = self.below.list(Path::new(folder))? else { return Ok(None) };
        let mut out = Vec::new();
        for name in names {
            if Path::new(&name).extension() != Some(OsStr::new(ending)) {
                continue;
            }
            let shown = name.to_string_lossy();
            let path = format!("{folder}/{shown}");
            if shown.starts_with('.') || shown.starts_with(aside) {
                continue;
            }
            if name.to_str().is_none_or(|name| name.contains(char::is_control)) {
                let path = path.escape_debug().to_string();
                return Err(ConfinedError::NotAName { path });
            }
            if let Some(text) = self.read(&path, Author::People)? {
                out.push((path, text));
            }
        }
        Ok(Some(out))
    }

    /// Whether a regular file lies at a path; whatever else does is an error.
    pub fn has(&self, path: &str) -> Result<bool, ConfinedError> {
        match self.below.look(Path::new(path))? {
            None => Ok(false),
            Some(Kind::File) => Ok(true),
            Some(kind) => Err(ConfinedError::NotAFile { path: path.to_owned(), kind }),
        }
    }

    /// Whether anything lies at a path, whatever it is.
    pub fn is_there(&self, path: &str) -> Result<bool, ConfinedError> {
        Ok(self.below.look(Path::new(path))?.is_some())
    }

    /// Writes files, `(path, text)`, of which none may be there yet: all of them, or none.
    pub fn create(&self, files: &[(&str, &str)]) -> Result<(), ConfinedError> {
        let files: Vec<(&Path, &[u8])> = files.iter().map(|(path, text)| (Path::new(path), text.as_bytes())).collect();
        self.below.create(&files)
    }

    /// Removes a file, where there is one.
    pub fn remove(&self, path: &str) -> Result<(), ConfinedError> {
        self.below.remove(Path::new(path)).map(drop)
    }

    /// Writes a file at once, with the folders that it needs.
    pub fn write(&self, path: &str, text: &str) -> Result<(), ConfinedError> {
        let path = Path::new(path);
        self.below.folder(path.parent().unwrap_or(Path::new("")))?;
        self.below.replace(path, text.as_bytes())
    }

    /// The text of a file that the command line named, seen from the working directory; `None` where there is none.
    pub fn read_named(&self, given: &Path, author: Author) -> Result<Option<String>, ConfinedError> {
        let name = given.display().to_string();
        let bytes = match self.place(given) {
            Named::Inside(path) => self.below.read(&path, author.limit()),
            Named::Outside(path) => confined::read_named(&path, author.limit()),
        };
        bytes.map_err(|error| error.called(&name))?.map(|bytes| text(&name, bytes)).transpose()
    }

    /// Writes a file that the command line named, at once: whoever reads it sees the old content or the new one. Outside
    /// the repository a link is followed, and pipes and devices, such as `/dev/stderr`, are written to as they are.
    pub fn write_named(&self, given: &Path, text: &str) -> Result<(), ConfinedError> {
        let name = given.display().to_string();
        match self.place(given) {
            Named::Inside(path) => self.below.replace(&path, text.as_bytes()).map_err(|error| error.called(&name)),
            Named::Outside(path) => outside(&path, text).map_err(|source| ConfinedError::Write { path: name, source }),
        }
    }

    /// Makes the folder of a file that the command line named, where there is none.
    pub fn make_room(&self, given: &Path) -> Result<(), ConfinedError> {
        self.folder(given.parent().unwrap_or(Path::new("")))?;
        Ok(())
    }

    /// A folder that the command line named, made where there is none: its path, on which no link of the repository lies.
    pub fn folder(&self, given: &Path) -> Result<PathBuf, ConfinedError> {
        match self.place(given) {
            Named::Inside(path) => self.below.folder(&path).map(|()| self.root().join(path)),
            Named::Outside(path) => {
                let made = fs::create_dir_all(&path).map(|()| path);
                made.map_err(|source| ConfinedError::Write { path: given.display().to_string(), source })
            }
        }
    }

    /// Makes a folder that the command line named, of files, `(name, text)`: all of it at once, or nothing.
    pub fn fill(&self, given: &Path, files: &[(String, String)]) -> Result<(), ConfinedError> {
        let name = given.display().to_string();
        confined::whole_folder(&self.folder_at(given)?, files).map_err(|error| error.called(&name))
    }

    /// The path of a folder that the command line named, whether or not it is there, on which no link of the repository lies.
    pub fn folder_at(&self, given: &Path) -> Result<PathBuf, ConfinedError> {
        match self.place(given) {
            Named::Outside(path) => Ok(path),
            Named::Inside(path) => self.below.look(&path).map(|_| self.root().join(path)),
        }
    }

    /// The path of a folder that the command line named, where it lies outside the work tree, or in git's own folder.
    pub(super) fn outside(&self, given: &Path) -> Option<PathBuf> {
        let git = self.git.as_ref().and_then(|git| git.canonicalize().ok());
        let of_git = |path: &PathBuf| git.as_ref().is_some_and(|git| self.root().join(path).starts_with(git));
        match self.place(given) {
            Named::Outside(path) => Some(path),
            Named::Inside(path) => Some(self.root().join(&path)).filter(|_| of_git(&path)),
        }
    }

    /// Waits for the lock under which a team file, or a folder of them, is read, changed and written again.
    pub fn lock(&self, path: &str, asker: &Asker) -> Result<Lock, ConfinedError> {
        match &self.git {
            Some(git) => own(git, asker),
            None => beside(&self.below, Path::new(path), asker),
        }
    }

    /// The same for a file that the command line named; nothing for what is no file, such as `/dev/stdout`.
    pub fn lock_named(&self, given: &Path, asker: &Asker) -> Result<Option<Lock>, ConfinedError> {
        let path = match (self.place(given), &self.git) {
            (Named::Inside(_), Some(git)) => return own(git, asker).map(Some),
            (Named::Inside(path) | Named::Outside(path), _) => path,
        };
        // Two links may lead to one file.
        let path = path.canonicalize().unwrap_or(path);
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(None) };
        match (fs::metadata(&path), Confined::below(folder)) {
            (Ok(known), _) if !known.is_file() => Ok(None),
            // Whoever writes there says what is wrong with the folder.
            (_, Err(_)) => Ok(None),
            (_, Ok(below)) => beside(&below, Path::new(name), asker).map(Some),
        }
    }

    fn place(&self, given: &Path) -> Named {
        let path = self.cwd.join(given);
        let inside = if self.git.is_some() { self.below.within(&path) } else { None };
        // By its text: where `..` leads behind a link of the repository is not its user's choice.
        inside.map_or_else(|| Named::Outside(confined::plain(&path)), Named::Inside)
    }
}

/// The lock of a repository: in git's own folder, where nobody who proposes a change can put a file, and which linked
/// work trees share.
fn own(git: &Path, asker: &Asker) -> Result<Lock, ConfinedError> {
    let called = |error: ConfinedError| error.under(&git.display().to_string());
    let failed = |source| ConfinedError::Read { path: git.display().to_string(), source };
    let below = Confined::below(git).map_err(failed)?;
    below.folder(Path::new("preavis")).map_err(called)?;
    Lock::take(&below, Path::new("preavis/lock"), asker)
}

/// The lock beside a file, or a folder, that lies in no repository.
fn beside(below: &Confined, path: &Path, asker: &Asker) -> Result<Lock, ConfinedError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    below.folder(path.parent().unwrap_or(Path::new("")))?;
    Lock::take(below, &path.with_file_name(format!(".{name}.preavis-lock")), asker)
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String, ConfinedError> {
    String::from_utf8(bytes).map_err(|_| ConfinedError::NotText { path: path.to_owned() })
}

/// Writes to what a path leads to: a file is replaced, whatever else it is takes the text as it is.
fn outside(path: &Path, text: &str) -> std::io::Result<()> {
    // The name of a pipe, such as `/dev/stdout` has, leads to no path.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&path) {
        Ok(known) if !known.is_file() => fs::OpenOptions::new().write(true).open(&path)?.write_all(text.as_bytes()),
        Ok(_) | Err(_) => confined::replace(&path, text.as_bytes()),
    }
}
