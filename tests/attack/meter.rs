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

/// The CPU seconds of the process so far, with all its threads, which the kernel counts in hundredths (proc(5), stat).
fn seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold blanks.
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn peak() -> Option<f64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}
