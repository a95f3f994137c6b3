//! Work that may not last for ever.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The result of some work on a thread of its own, `None` where it takes longer than `limit`: the thread is left to itself
/// then, so whoever asks sees to it that it ends.
pub(super) fn within<T: Send + 'static>(limit: Duration, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tell, told) = mpsc::channel();
    // Nobody listens any more where the limit has passed.
    thread::spawn(move || drop(tell.send(work())));
    told.recv_timeout(limit).ok()
}
