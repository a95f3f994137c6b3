//! What the targets did not stand: panics, slow and large inputs, and the input at work when the process ends.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Seek, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::process::exit;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::Target;
use crate::corpus;
use crate::meter::Meter;
use crate::targets::Said;

const SECONDS: f64 = 2.0;
const MEGABYTES: f64 = 500.0;
/// Less by the clock is neither slow nor large.
const LONG: Duration = Duration::from_millis(200);
/// So long one input may run by the clock before the process gives up.
const HANG: u32 = 300;
/// Slow or large inputs that are written; mutations of one are many.
const HEAVY: usize = 30;

/// What the target did not stand, on disk.
pub(crate) struct Findings {
    folder: PathBuf,
    name: &'static str,
    /// The input at work.
    running: File,
    /// Where the last panic was.
    place: Arc<Mutex<String>>,
    /// Of each place of panics: how many, and the size of the smallest input.
    pub(crate) panics: BTreeMap<String, (u64, usize)>,
    /// How many were slow or large.
    pub(crate) heavy: usize,
}

impl Findings {
    pub(crate) fn new(name: &'static str) -> Self {
        let folder = corpus::in_repository("target/fuzz/found");
        fs::create_dir_all(&folder).expect("a folder for what is found");
        let place = Arc::new(Mutex::new(String::new()));
        let told = Arc::clone(&place);
        panic::set_hook(Box::new(move |panic| {
            *told.lock().expect("one thread") = panic.location().map(ToString::to_string).unwrap_or_default();
        }));
        let running = File::create(folder.join(format!("{name}-running"))).expect("a file");
        Self { folder, name, running, place, panics: BTreeMap::new(), heavy: 0 }
    }

    fn keep(&self, kind: &str, bytes: &[u8]) {
        let file = format!("{}-{}", self.name, kind.replace(['/', ':', '.'], "-"));
        fs::write(self.folder.join(file), bytes).expect("an input is written");
    }

    /// Runs an input again under the meter, which costs more than most inputs do.
    fn is_heavy(&mut self, target: Target, bytes: &[u8]) -> bool {
        let before = Meter::start().stop().peak_mb.unwrap_or_default();
        let meter = Meter::start();
        let _ = panic::catch_unwind(AssertUnwindSafe(|| target(bytes)));
        let cost = meter.stop();
        let raised = cost.peak_mb.unwrap_or_default() - before;
        let is_heavy = cost.seconds > SECONDS || raised > MEGABYTES;
        if is_heavy {
            self.heavy += 1;
            eprintln!("{}: heavy {}: {:.1} CPU s, {raised:.0} MB", self.name, self.heavy, cost.seconds);
            if self.heavy <= HEAVY {
                self.keep(&format!("heavy-{}", self.heavy), bytes);
            }
        }
        is_heavy
    }

    /// Runs one input; what was said of it, if it was stood and may be mutated on.
    pub(crate) fn run(&mut self, target: Target, bytes: &[u8]) -> Option<Said> {
        self.running.set_len(0).and_then(|()| self.running.rewind()).expect("a file");
        self.running.write_all(bytes).expect("an input is written");
        let start = Instant::now();
        let said = panic::catch_unwind(AssertUnwindSafe(|| target(bytes)));
        let is_heavy = start.elapsed() > LONG && self.is_heavy(target, bytes);
        if said.is_err() {
            let place = self.place.lock().expect("one thread").clone();
            let (count, size) = self.panics.get(&place).copied().unwrap_or((0, usize::MAX));
            if bytes.len() < size {
                eprintln!("{}: panic at {place}, {} bytes", self.name, bytes.len());
                self.keep(&format!("panic-{place}"), bytes);
            }
            self.panics.insert(place, (count + 1, size.min(bytes.len())));
        }
        said.ok().filter(|_| !is_heavy)
    }
}

/// Ends the process, and so leaves the input at work on disk, when none ends for long.
pub(crate) fn watch(name: &'static str) -> Arc<AtomicU64> {
    let count = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&count);
    thread::spawn(move || {
        let (mut last, mut since) = (0, 0);
        loop {
            thread::sleep(Duration::from_secs(1));
            let now = seen.load(Ordering::Relaxed);
            (last, since) = if now == last { (last, since + 1) } else { (now, 0) };
            if since > HANG {
                eprintln!("{name}: input {now} runs for {HANG} s: target/fuzz/found/{name}-running");
                exit(1);
            }
        }
    });
    count
}
