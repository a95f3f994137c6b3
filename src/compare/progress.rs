//! Who is told how far something is that may take a while.

/// What is gone through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Steps {
    /// The releases of a history.
    Releases,
    /// The lines of logs.
    Lines,
}

/// Told how far something is: counts, and nothing of what is read.
pub trait Progress {
    /// So many steps are done, of so many where that is known. The first call of some work begins it.
    fn at(&self, steps: Steps, done: u64, of: Option<u64>);
    /// The work is done, or given up; what comes next is other work.
    fn end(&self);
}
