//! Where results go: standard output, or a file that is replaced at once or not at all.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::error::CliError;

/// Writes a result. A reader that has seen enough and closed the pipe is no error.
pub(super) fn write(out: &mut dyn Write, text: &str) -> anyhow::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CliError::Write { path: "standard output".to_owned(), source: error }.into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Writes a file at once: whoever reads it sees the old content or the new one.
pub(super) fn replace(cwd: &Path, given: &Path, text: &str) -> anyhow::Result<()> {
    let failed = |source| CliError::Write { path: given.display().to_string(), source };
    Ok(replaced(&cwd.join(given), text).map_err(failed)?)
}

fn replaced(path: &Path, text: &str) -> io::Result<()> {
    // What a link leads to is replaced, not the link.
    let path: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let known = fs::metadata(&path);
    if known.as_ref().is_ok_and(|known| !known.is_file()) {
        // Pipes and devices, such as /dev/stderr, are written to as they are; a folder refuses.
        return fs::OpenOptions::new().write(true).open(&path)?.write_all(text.as_bytes());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".preavis-");
    #[cfg(unix)]
    builder.permissions(usual());
    let mut file = builder.tempfile_in(folder)?;
    if let Ok(known) = known {
        file.as_file().set_permissions(known.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(&path)?;
    Ok(())
}

/// What a new file may be, before the user's mask takes its part away.
#[cfg(unix)]
fn usual() -> fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(0o666)
}
