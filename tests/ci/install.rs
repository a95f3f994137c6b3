//! How a job puts preavis in place: what is pinned is what runs, and everything else ends with 2 and the way out.

use std::fs;
use std::path::Path;
use std::process::Command;

use sha2::{Digest, Sha256};

use super::runner::{FROM, Job, Team};

const SCRIPT: &str = include_str!("../../templates/init/install.sh");
const TARGETS: [&str; 4] =
    ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu", "x86_64-apple-darwin", "aarch64-apple-darwin"];

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// A release with an archive a target.
struct Release {
    files: Vec<(String, Vec<u8>)>,
    from: String,
}

impl Release {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("preavis-0.1.0")).unwrap();
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ci/tools/preavis");
        fs::copy(program, folder.path().join("preavis-0.1.0/preavis")).unwrap();
        let packed =
            Command::new("tar").args(["-czf", "all.tar.gz", "preavis-0.1.0"]).current_dir(folder.path()).status();
        assert!(packed.unwrap().success());
        let archive = fs::read(folder.path().join("all.tar.gz")).unwrap();
        let mut files: Vec<_> =
            TARGETS.iter().map(|target| (format!("preavis-0.1.0-{target}.tar.gz"), archive.clone())).collect();
        files.push(("preavis-0.1.0.deb".to_owned(), b"other".to_vec()));
        let sums: Vec<_> = files.iter().map(|(name, bytes)| format!("{}  {name}\n", digest(bytes))).collect();
        let sums = sums.concat();
        let from = format!("https://forge.example/v0.1.0#sha256={}", digest(sums.as_bytes()));
        files.push(("SHA256SUMS".to_owned(), sums.into_bytes()));
        Self { files, from }
    }

    fn serve(&self, job: &Job) {
        self.files.iter().for_each(|(name, bytes)| job.give(&format!("served/{name}"), bytes));
    }
}

fn job(from: &str) -> Job {
    Team::new().job(&[("PREAVIS_FROM", from)])
}

#[test]
fn a_release_is_what_its_digest_says() {
    let release = Release::new();
    let job = job(&release.from);
    release.serve(&job);
    let run = job.bash(SCRIPT);
    assert!(run.code == 0 && run.out.starts_with("preavis "), "{run:?}");
    let calls = job.tried("calls");
    assert!(
        calls.starts_with(
            "curl https://forge.example/v0.1.0/SHA256SUMS\ncurl https://forge.example/v0.1.0/preavis-0.1.0-"
        ),
        "{calls}"
    );
    assert!(!calls.contains("cargo"));
}

#[test]
fn what_is_not_pinned_does_not_run() {
    let release = Release::new();
    let from = &*release.from;
    let (address, _) = from.split_once('#').unwrap();
    let pinned_otherwise = format!("{address}#sha256={}", digest(b"other"));
    for (from, hurt, told) in [
        (&*pinned_otherwise, "", "SHA256SUMS is not what PREAVIS_FROM pins"),
        (from, "SHA256SUMS", "SHA256SUMS is not what PREAVIS_FROM pins"),
        (from, "archives", "is not what its SHA256SUMS says"),
        (from, "gone", "cannot be downloaded"),
        (&from.replacen("https", "http", 1), "", "PREAVIS_FROM cannot be read"),
        ("", "", "nobody said where preavis comes from"),
        ("preavis", "", "PREAVIS_FROM cannot be read"),
        ("https://forge.example/preavis.git@", "", "PREAVIS_FROM names no revision"),
        ("https://forge.example/preavis.git@--force", "", "PREAVIS_FROM names no revision"),
        ("https://forge.example/preavis.git", "", "PREAVIS_FROM cannot be read"),
    ] {
        let job = job(from);
        release.serve(&job);
        match hurt {
            "SHA256SUMS" => job.give("served/SHA256SUMS", b"0\n"),
            "archives" => {
                for name in TARGETS {
                    job.give(&format!("served/preavis-0.1.0-{name}.tar.gz"), b"other");
                }
            }
            "gone" => fs::remove_dir_all(job.work().join("../tried/served")).unwrap(),
            _ => {}
        }
        let run = job.bash(SCRIPT);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{from} {hurt}: {run:?}");
        assert!(run.err.contains(&format!("{told}\nhelp: ")), "{from} {hurt}: {run:?}");
        assert!(job.tried("summary").contains(told));
        assert!(!job.work().join("../home/.cache/preavis/preavis").exists());
    }
}

#[test]
fn what_was_built_is_kept_for_that_revision_alone() {
    let job = job(FROM);
    assert_eq!(job.bash(SCRIPT).code, 0);
    assert_eq!(job.bash(SCRIPT).code, 0);
    let built = |job: &Job| job.tried("calls").lines().filter(|line| line.starts_with("cargo")).count();
    assert_eq!(built(&job), 1);
    let other = format!("PREAVIS_FROM={FROM}.1\n{SCRIPT}");
    assert_eq!(job.bash(&other).code, 0);
    assert_eq!(built(&job), 2);
}
