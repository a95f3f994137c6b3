//! A lock around reading, changing and writing again, so that two runs at once lose nothing.
//!
//! The system's advisory lock on a small file decides; the text in it only says who holds it. The system lets go when a
//! process ends in any way, on the machine itself, between its containers and on network file systems that know locks.
//! So a lock never outlives its holder, nobody has to guess from times whether one is stale, and two waiters cannot both
//! take one over. A file that is left behind was left by a run that was killed.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::confined::{Confined, ConfinedError};

/// How long one waits for a lock in between.
const STEP: Duration = Duration::from_millis(20);
/// Waiting longer than this is said.
const SOON: Duration = Duration::from_secs(1);
/// Of what a lock says, so much is read.
const LENGTH: u64 = 200;

/// Who asks for a lock. Only the command line knows these values.
#[derive(Clone, Debug)]
pub struct Asker {
    /// What others are told of this run while they wait: its process, machine and time, on one line.
    pub name: String,
    /// How long it waits at most.
    pub patience: Duration,
    /// Takes what is worth saying meanwhile.
    pub tell: fn(&Waiting),
}

impl Default for Asker {
    fn default() -> Self {
        Self { name: "another program".to_owned(), patience: Duration::from_secs(60), tell: |_| {} }
    }
}

/// What is said of a lock before it is had: lower case, without a dot.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Waiting {
    /// Another run holds it.
    #[error("waiting for {holder}, which holds `{path}`")]
    Held {
        /// Who, as it says.
        holder: String,
        /// The file of the lock.
        path: String,
    },
    /// A run that held it has ended without letting go.
    #[error("{holder} was stopped before it was done; what it left is taken over")]
    TakenOver {
        /// Who, as it said.
        holder: String,
    },
    /// The file system has no locks.
    #[error("`{path}` cannot be locked, since this file system has no locks: run one command at a time")]
    Unsupported {
        /// The file of the lock.
        path: String,
    },
}

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock(Opened);

/// The file of a lock.
#[derive(Debug)]
struct Opened {
    below: Confined,
    path: PathBuf,
    file: File,
}

impl Lock {
    /// Waits for the lock that is a file below a folder, and takes it.
    ///
    /// # Errors
    /// [`ConfinedError::Locked`] where its holder does not let go in time; where the file is a link or cannot be opened.
    pub fn take(below: &Confined, path: &Path, asker: &Asker) -> Result<Self, ConfinedError> {
        let name = below.root().join(path).display().to_string();
        let failed = |source| ConfinedError::Write { path: name.clone(), source };
        let (mut waited, mut said) = (Duration::ZERO, false);
        loop {
            let file = below.open_or_create(path).map_err(|error| error.called(&name))?;
            let opened = Opened { below: below.clone(), path: path.to_owned(), file };
            match opened.file.try_lock() {
                // Whoever held it has removed the file since it was opened here: another one counts by now.
                Ok(()) if !opened.is_in_place() => {}
                Ok(()) => return opened.own(asker).map_err(failed),
                Err(TryLockError::WouldBlock) if waited >= asker.patience => {
                    return Err(ConfinedError::Locked {
                        holder: opened.holder(),
                        path: name,
                        waited: waited.as_secs(),
                    });
                }
                Err(TryLockError::WouldBlock) => {
                    if waited >= SOON && !said {
                        (asker.tell)(&Waiting::Held { holder: opened.holder(), path: name.clone() });
                        said = true;
                    }
                    std::thread::sleep(STEP);
                    waited += STEP;
                }
                Err(TryLockError::Error(error)) if is_unknown(&error) => {
                    (asker.tell)(&Waiting::Unsupported { path: name });
                    return Ok(Self(opened));
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }
}

/// Whether the file system has no locks, as some that are shared by a network.
fn is_unknown(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(libc::ENOLCK) {
        return true;
    }
    error.kind() == ErrorKind::Unsupported
}

impl Opened {
    /// Writes down who holds it now.
    fn own(mut self, asker: &Asker) -> io::Result<Lock> {
        if self.file.metadata()?.len() > 0 {
            (asker.tell)(&Waiting::TakenOver { holder: self.holder() });
        }
        self.file.set_len(0)?;
        self.file.rewind()?;
        writeln!(self.file, "{}", asker.name)?;
        Ok(Lock(self))
    }

    /// Who holds it, as the file says. Anybody may have written that.
    fn holder(&self) -> String {
        let mut bytes = Vec::new();
        // Where it cannot be read, nothing is known of the holder.
        let _ = (&self.file).take(LENGTH).read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        let line = text.lines().next().unwrap_or_default().trim();
        if line.is_empty() { "another process".to_owned() } else { crate::text::shown(line).into_owned() }
    }

    /// Whether the file that is open here is the one that others find.
    fn is_in_place(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let place = |known: std::fs::Metadata| (known.dev(), known.ino());
            let found = std::fs::symlink_metadata(self.below.root().join(&self.path)).map(place).ok();
            found.is_some() && found == self.file.metadata().map(place).ok()
        }
        #[cfg(not(unix))]
        true
    }
}

impl Drop for Lock {
    /// The file goes while it is locked. Where files have no identity it stays, empty.
    fn drop(&mut self) {
        // What fails here leaves a file that says who is gone; the lock itself goes with the file's handle.
        if cfg!(not(unix)) {
            let _ = self.0.file.set_len(0);
        } else if self.0.is_in_place() {
            let _ = self.0.below.remove(&self.0.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asker(name: &str) -> Asker {
        Asker { name: name.to_owned(), patience: Duration::from_millis(60), ..Asker::default() }
    }

    fn folder() -> (tempfile::TempDir, Confined) {
        let folder = tempfile::tempdir().unwrap();
        let below = Confined::below(folder.path()).unwrap();
        (folder, below)
    }

    #[test]
    fn one_at_a_time_has_it() {
        let (_folder, below) = folder();
        let path = Path::new("lock");
        let first = Lock::take(&below, path, &asker("process 1 on here")).unwrap();
        let said = Lock::take(&below, path, &asker("2")).unwrap_err();
        assert!(said.to_string().starts_with("process 1 on here holds `") && said.advice().is_some(), "{said}");
        drop(first);
        assert_eq!(below.look(path).unwrap(), None);
        drop(Lock::take(&below, path, &asker("2")).unwrap());
        assert_eq!(below.look(path).unwrap(), None);
    }

    #[test]
    fn what_a_dead_process_left_is_taken_over_by_one() {
        let (_folder, below) = folder();
        let inside = std::sync::Mutex::new(());
        for _ in 0..20 {
            std::fs::write(below.root().join("lock"), "process 1 on here\n").unwrap();
            std::thread::scope(|scope| {
                for _ in 0..8 {
                    scope.spawn(|| {
                        let patient = Asker { patience: Duration::from_secs(20), ..Asker::default() };
                        let lock = Lock::take(&below, Path::new("lock"), &patient).unwrap();
                        assert!(inside.try_lock().is_ok(), "two hold it");
                        std::thread::sleep(Duration::from_millis(1));
                        drop(lock);
                    });
                }
            });
            assert_eq!(below.list(Path::new("")).unwrap().unwrap().len(), 0);
        }
    }

    #[test]
    fn whoever_removed_the_file_does_not_lose_that_of_the_next() {
        let (_folder, below) = folder();
        let path = Path::new("lock");
        let hung = Lock::take(&below, path, &asker("1")).unwrap();
        below.remove(path).unwrap();
        let next = Lock::take(&below, path, &asker("2")).unwrap();
        drop(hung);
        assert!(Lock::take(&below, path, &asker("3")).unwrap_err().to_string().starts_with("2 holds"));
        drop(next);
    }
}
