//! Where commands that walk a history keep what they find, for the next run.

use std::path::PathBuf;
use std::time::SystemTime;

use clap::Args;

use crate::project::{Project, ProjectError};

/// The options of the cache.
#[derive(Args, Debug)]
pub(super) struct CacheArgs {
    /// The folder in which comparisons are kept for the next run; outside the work tree, and safe to delete at any time
    /// [default: preavis/reports in git's own folder]
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// Keep no comparisons, and take none from earlier runs
    #[arg(long, conflicts_with = "cache")]
    pub(super) no_cache: bool,
}

impl CacheArgs {
    /// Has a project keep what it finds.
    pub(super) fn apply(&self, project: &mut Project) -> Result<(), ProjectError> {
        if self.no_cache { Ok(()) } else { project.remember(self.cache.as_deref(), &program()) }
    }
}

/// This build of the program: its version, and the length and time of its file, by which builds between versions differ.
fn program() -> String {
    let known = std::env::current_exe().and_then(std::fs::metadata);
    let length = known.as_ref().map_or(0, std::fs::Metadata::len);
    let made = known.and_then(|known| known.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let made = made.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos();
    format!("{} {length} {made}", env!("CARGO_PKG_VERSION"))
}
