//! What a part of a run costs this process: CPU seconds, and the peak of its memory where the system tells.

use std::fs;

/// Measures from its making on.
pub(crate) struct Meter {
    start: f64,
}

/// What was measured; nothing where `/proc` is not there to ask.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    pub(crate) peak_mb: Option<f64>,
}

impl Meter {
    /// Starts; the peak of memory is counted from here.
    pub(crate) fn start() -> Self {
        // "5" sets the peak back to what is in use now (proc(5), clear_refs).
        let _ = fs::write("/proc/self/clear_refs", "5");
        Self { start: seconds() }
    }

    pub(crate) fn stop(&self) -> Cost {
        Cost { seconds: seconds() - self.start, peak_mb: peak() }
    }
}

/// The CPU seconds of the main thread so far, which does all the work.
fn seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

fn peak() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}
