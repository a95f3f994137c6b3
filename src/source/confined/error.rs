//! Why a file below a folder is not touched. Nothing here quotes what is in it.

use std::fmt;
use std::fs::Metadata;
use std::io;

/// What lies at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A link, wherever it leads.
    Link,
    /// A pipe.
    Pipe,
    /// A socket.
    Socket,
    /// A device, and whatever else the system knows.
    Device,
}

impl Kind {
    pub(super) fn of(known: &Metadata) -> Self {
        let kind = known.file_type();
        if kind.is_symlink() {
            Self::Link
        } else if kind.is_file() {
            Self::File
        } else if kind.is_dir() {
            Self::Folder
        } else {
            Self::special(kind)
        }
    }

    #[cfg(unix)]
    fn special(kind: std::fs::FileType) -> Self {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            Self::Pipe
        } else if kind.is_socket() {
            Self::Socket
        } else {
            Self::Device
        }
    }

    #[cfg(not(unix))]
    fn special(_: std::fs::FileType) -> Self {
        Self::Device
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::File => "a file",
            Self::Folder => "a folder",
            Self::Link => "a link",
            Self::Pipe => "a pipe",
            Self::Socket => "a socket",
            Self::Device => "a device",
        })
    }
}

/// Why a file below a folder is not touched. [`ConfinedError::advice`] gives the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfinedError {
    /// It is a link, or a folder on the way to it is one.
    #[error("{}", linked(path, link))]
    Link {
        /// The path asked for.
        path: String,
        /// The part of it that is a link.
        link: String,
    },
    /// The path leads out of the folder.
    #[error("`{path}` leads out of its folder")]
    Outside {
        /// The path asked for.
        path: String,
    },
    /// A file is needed.
    #[error("`{path}` is {kind}, not a regular file")]
    NotAFile {
        /// The path asked for.
        path: String,
        /// What it is.
        kind: Kind,
    },
    /// A folder is needed.
    #[error("`{path}` is {kind}, not a folder")]
    NotAFolder {
        /// The path that should be a folder.
        path: String,
        /// What it is.
        kind: Kind,
    },
    /// A folder that is to be written as a whole has something in it, or is none.
    #[error("`{path}` is no empty folder")]
    NotEmpty {
        /// The path asked for.
        path: String,
    },
    /// More bytes than are read.
    #[error("`{path}` is larger than {} MB", limit >> 20)]
    TooLarge {
        /// The path asked for.
        path: String,
        /// In bytes, whole megabytes.
        limit: u64,
    },
    /// Text is needed.
    #[error("`{path}` is not UTF-8 text")]
    NotText {
        /// The path asked for.
        path: String,
    },
    /// A name that messages and other systems cannot show.
    #[error("the name of `{path}` is not plain text")]
    NotAName {
        /// The path, as far as it can be shown.
        path: String,
    },
    /// A file is there already.
    #[error("`{path}` is there already")]
    Exists {
        /// The path asked for.
        path: String,
    },
    /// Another run holds the lock, and has not let go for as long as one waits.
    #[error("{holder} holds `{path}`, and has not let go for {waited} seconds")]
    Locked {
        /// The file of the lock.
        path: String,
        /// Who holds it, as it says.
        holder: String,
        /// How long this run has waited.
        waited: u64,
    },
    /// The system refused.
    #[error("cannot read `{path}`")]
    Read {
        /// The path asked for.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
    /// The system refused.
    #[error("cannot write `{path}`")]
    Write {
        /// The path asked for.
        path: String,
        /// The system's reason.
        source: io::Error,
    },
}

fn linked(path: &str, link: &str) -> String {
    if path == link { format!("`{path}` is a link") } else { format!("`{path}` lies behind the link `{link}`") }
}

impl ConfinedError {
    /// What to do about it, as a sentence without a full stop; `None` where the message says it all.
    pub fn advice(&self) -> Option<&'static str> {
        Some(match self {
            Self::Link { .. } => "links are not followed here, wherever they lead: put a file or a folder in its place",
            Self::Outside { .. } => "name a path below the root of the repository, without `..`",
            Self::NotAFile { .. } => "put a regular file in its place, or remove it",
            Self::NotAFolder { .. } => "put a folder in its place, or remove it",
            Self::TooLarge { .. } => "check what it is: such a file is smaller",
            Self::NotEmpty { .. } => "name a new folder, or remove this one first",
            Self::NotText { .. } => "save it as UTF-8",
            Self::NotAName { .. } => "rename it",
            Self::Locked { .. } => {
                "try again once it has ended; where it hangs and nobody can end it, remove that file"
            }
            Self::Exists { .. } | Self::Read { .. } | Self::Write { .. } => return None,
        })
    }

    /// The same, where its user calls the file otherwise. A link above it keeps its path from the root.
    #[must_use]
    pub fn called(mut self, name: &str) -> Self {
        if let Self::Link { path, link } = &mut self
            && path == link
        {
            name.clone_into(link);
        }
        if !matches!(self, Self::NotAFolder { .. }) {
            name.clone_into(self.path_mut());
        }
        self
    }

    /// The same, of a folder with a name.
    #[must_use]
    pub fn under(mut self, folder: &str) -> Self {
        if let Self::Link { link, .. } = &mut self {
            *link = format!("{folder}/{link}");
        }
        let path = self.path_mut();
        *path = format!("{folder}/{path}");
        self
    }

    fn path_mut(&mut self) -> &mut String {
        match self {
            Self::Link { path, .. }
            | Self::Outside { path }
            | Self::NotAFile { path, .. }
            | Self::NotAFolder { path, .. }
            | Self::TooLarge { path, .. }
            | Self::NotText { path }
            | Self::NotAName { path }
            | Self::Exists { path }
            | Self::Locked { path, .. }
            | Self::Read { path, .. }
            | Self::NotEmpty { path }
            | Self::Write { path, .. } => path,
        }
    }
}
