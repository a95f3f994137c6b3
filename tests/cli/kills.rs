//! Runs that are killed: the same command again succeeds, gives what it gives alone, and leaves nothing else.
//!
//! A kill leaves some first part of the writes of a run, the file or folder it was working in, and its lock. Each such state
//! is made by hand, from what the whole run wrote; then real runs are killed after more and more time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::place::{BOOKS, Place, extended, untitled};

/// A command, where it runs, and the files it writes, in their order.
pub(super) struct Case {
    pub(super) args: &'static str,
    place: fn() -> Place,
    writes: &'static [&'static str],
}

const DRAFT: &str = "preavis/notices/2024-05-02-title-is-no-longer-sent-in-book";

/// Every command that writes files of a team.
const CASES: &[Case] = &[
    Case {
        args: "notice new v1 --today 2024-05-02",
        place: changed,
        writes: &[
            "preavis/notices/2024-05-02-title-is-no-longer-sent-in-book.json",
            "preavis/notices/2024-05-02-title-is-no-longer-sent-in-book.md",
        ],
    },
    Case {
        args: "notice new v1 --today 2024-05-02 --title News",
        place: two_apis,
        writes: &[
            "preavis/notices/2024-05-02-api-news.json",
            "preavis/notices/2024-05-02-api-news.md",
            "preavis/notices/2024-05-02-more-news.json",
            "preavis/notices/2024-05-02-more-news.md",
        ],
    },
    Case { args: "notice new v1 --today 2024-05-02 --id N9 --title News", place: changed, writes: NEWS },
    Case { args: "usage import calls.log", place: changed, writes: &["preavis/usage.json"] },
    Case { args: "usage import calls.log --out logs/usage.json", place: changed, writes: &["logs/usage.json"] },
    Case { args: "changelog --write CHANGELOG.md", place: changed, writes: &["CHANGELOG.md"] },
    Case { args: "diff v1 --output report.md", place: changed, writes: &["report.md"] },
    Case {
        args: "init",
        place: changed,
        writes: &["preavis.toml", ".github/workflows/preavis.yml", ".github/workflows/preavis-post.yml"],
    },
];

const NEWS: &[&str] = &["preavis/notices/2024-05-02-news.json", "preavis/notices/2024-05-02-news.md"];

pub(super) fn line(day: u8, path: &str) -> String {
    format!("1.2.3.4 - - [{day:02}/May/2024:10:00:00 +0000] \"GET {path} HTTP/1.1\" 200 1 \"-\" \"Hall/1\"\n")
}

/// The books lost their title, and people have begun a changelog.
fn changed() -> Place {
    let place = Place::two_commits(&untitled());
    place.write("calls.log", &line(2, "/books")).write("CHANGELOG.md", "# Changes\n\nBy hand.\n");
    place
}

/// Two documents that break.
fn two_apis() -> Place {
    let place = Place::repository();
    place.write("api.yaml", BOOKS).write("more.yaml", BOOKS);
    place.release("v1");
    place.write("api.yaml", &untitled()).write("more.yaml", &untitled());
    place.release("v2");
    place
}

/// Everything below a folder, folders too, without git's own; and git's folder of locks.
pub(super) fn state(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                open.extend((name != ".git").then(|| path.clone()));
                out.insert(name + "/", Vec::new());
            } else {
                out.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    // What is kept of comparisons is nobody's state: each file is whole by its hash, or as good as not there.
    let names = fs::read_dir(root.join(".git/preavis")).into_iter().flatten();
    for name in names.map(|entry| entry.unwrap().file_name()).filter(|name| name != "reports") {
        out.insert(format!(".git/preavis/{}", name.display()), Vec::new());
    }
    out
}

/// Makes a place what it was.
fn restore(place: &Place, before: &BTreeMap<String, Vec<u8>>) {
    let root = place.path();
    for name in state(&root).keys().rev().filter(|name| !before.contains_key(*name)) {
        let path = root.join(name);
        if path.is_dir() { fs::remove_dir(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }
    for (name, bytes) in before.iter().filter(|(name, _)| !name.ends_with('/')) {
        fs::write(root.join(name), bytes).unwrap();
    }
}

/// Runs the command, which must succeed and give just this; says what it said on stderr.
#[track_caller]
fn again(place: &Place, args: &str, after: &BTreeMap<String, Vec<u8>>, when: &str) -> String {
    let run = place.run(args);
    assert_eq!(run.code, 0, "{args}, {when}: {run:?}");
    let now = state(&place.path());
    let names = |state: &BTreeMap<String, Vec<u8>>| state.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&now), names(after), "{args}, {when}");
    assert!(now == *after, "{args}, {when}: other bytes");
    run.err
}

#[test]
fn whatever_a_kill_leaves_the_same_command_goes_on_from() {
    for case in CASES {
        let place = (case.place)();
        let before = state(&place.path());
        assert_eq!(place.run(case.args).code, 0, "{}", case.args);
        let after = state(&place.path());
        for written in 0..=case.writes.len() {
            restore(&place, &before);
            for path in &case.writes[..written] {
                place.write(path, std::str::from_utf8(&after[*path]).unwrap());
            }
            if let Some(next) = case.writes.get(written) {
                let half = &after[*next][..after[*next].len() / 2];
                let staged = Path::new(next).with_file_name(".preavis-Ab3dE9");
                place.write(staged.to_str().unwrap(), std::str::from_utf8(half).unwrap());
            }
            let locks = !case.args.starts_with("diff");
            if locks {
                place.write(".git/preavis/lock", "process 1 on elsewhere (since 2024-05-02T10:00:00Z)\n");
            }
            let said = again(&place, case.args, &after, &format!("after {written} writes"));
            assert_eq!(
                said.contains("warning: process 1 on elsewhere (since 2024-05-02T10:00:00Z) was stopped"),
                locks
            );
        }
    }
}

#[test]
fn what_people_wrote_stays_in_the_way() {
    let place = changed();
    let report = place.run("diff v1 --format json").json();
    let only = report["apis"][0]["changes"][0]["fingerprint"].as_str().unwrap();
    let args = format!("notice new v1 --today 2024-05-02 --only {only}");
    place.write(&format!("{DRAFT}.json"), "{\"mine\": true}");
    let before = state(&place.path());
    place.run(&args).could_not_tell(&format!(
        "error: `{DRAFT}.json` is there already\n\
         help: it holds no facts of a notice: move it away, or give the new notice another `--title`\n"
    ));
    assert_eq!(state(&place.path()), before);
    fs::remove_file(place.path().join(DRAFT.to_owned() + ".json")).unwrap();
    assert_eq!(place.run(&args).code, 0);
    // Killed when all was written: nobody has touched it yet.
    let after = state(&place.path());
    for args in [&args, &format!("{args} --id N2024-001")] {
        assert_eq!(again(&place, args, &after, "at the end"), "");
    }
    let run = place.run(&format!("{args} --id N2024-007"));
    assert!(run.code == 2 && run.err.contains(".md` is there already"), "{run:?}");
    place.write(&format!("{DRAFT}.md"), &place.read(&format!("{DRAFT}.md")).replace("longer", "more"));
    let before = state(&place.path());
    place.run(&args).could_not_tell(&format!(
        "error: `{DRAFT}.md` is there already\nhelp: edit it, or give the new notice another `--title`\n"
    ));
    assert_eq!(state(&place.path()), before);
}

/// The states of a folder in which a first, or a later, run of `publish` was killed.
#[test]
fn a_site_that_was_half_published_is_finished() {
    let place = changed();
    let empty = state(&place.path());
    assert_eq!(place.run("publish --out site --tags v1").code, 0);
    let earlier = state(&place.path());
    for before in [&empty, &earlier] {
        restore(&place, before);
        assert_eq!(place.run("publish --out site").code, 0);
        let after = state(&place.path());
        let is_page = |path: &&str| !path.is_empty() && !path.ends_with('/') && !path.starts_with('.');
        let of_site = |state: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
            state.keys().filter_map(|path| path.strip_prefix("site/")).filter(is_page).map(str::to_owned).collect()
        };
        let pages = of_site(&after);
        let listed = [of_site(before), pages.clone()].concat().join("\n");
        // Nothing yet; aside only; the list of all; some pages; all of them.
        for cut in [None, Some(0), Some(1), Some(pages.len() / 2), Some(pages.len())] {
            restore(&place, before);
            place.write("site/.preavis-lock", "process 1 on elsewhere\n");
            for number in 0..5 {
                place.write(&format!("site/.preavis-Ab3dE9/{number}"), "half");
            }
            if let Some(cut) = cut {
                place.write("site/.preavis-site", &format!("preavis site 1\n{listed}\n"));
                place.write("site/.preavis-Ab3dE9/list", "preavis");
                for path in pages[..cut].iter().map(|page| format!("site/{page}")) {
                    place.write(&path, std::str::from_utf8(&after[&path]).unwrap());
                }
            }
            let said = again(&place, "publish --out site", &after, &format!("{cut:?}"));
            assert!(said.starts_with("warning: process 1 on elsewhere was stopped before it was done"), "{said}");
        }
    }
}

#[test]
fn only_what_is_ours_is_swept() {
    let place = changed();
    let kept = [
        ("site/.preavis-Ab3dE9/notes.txt", "theirs"),
        ("site/.preavis-backup/1", "theirs"),
        ("preavis/notices/.preavis-backup", "theirs"),
        ("preavis/notices/.preavis-Ab3dE9.md", "theirs"),
    ];
    for (path, text) in kept {
        place.write(path, text);
    }
    place.write("preavis/notices/.preavis-Zz3dE9", "ours");
    // That one is being written.
    let running = fs::File::create(place.path().join("preavis/notices/.preavis-0000zZ")).unwrap();
    running.lock().unwrap();
    for args in ["publish --out site --force", "notice new v1 --today 2024-05-02", "publish --out site"] {
        assert_eq!(place.run(args).code, 0, "{args}");
    }
    assert!(kept.iter().all(|(path, text)| place.read(path) == *text));
    let there = |path: &str| place.path().join(path).exists();
    assert!(there("preavis/notices/.preavis-0000zZ") && !there("preavis/notices/.preavis-Zz3dE9"));
    // A folder with a file of theirs is no site, whatever lies beside it.
    let other = Place::two_commits(&extended());
    other.write("site/.preavis-Ab3dE9/1", "ours").write("site/notes.txt", "theirs");
    assert!(other.run("publish --out site").err.contains("is not empty, and no site of preavis"));
    fs::remove_file(other.path().join("site/notes.txt")).unwrap();
    assert_eq!(other.run("publish --out site").code, 0);
    assert!(!other.path().join("site/.preavis-Ab3dE9").exists());
}

/// Kills real runs, earlier and later ones; more of them with `PREAVIS_KILLS=200`.
#[test]
fn killed_at_any_time_the_same_command_goes_on() {
    let kills: u32 = std::env::var("PREAVIS_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(7);
    let site = Case { args: "publish --out site", place: changed, writes: &[] };
    for case in CASES.iter().chain([&site]) {
        let place = (case.place)();
        let before = state(&place.path());
        let start = Instant::now();
        assert_eq!(place.run(case.args).code, 0);
        let whole = start.elapsed();
        let after = state(&place.path());
        for kill in 0..kills {
            restore(&place, &before);
            let mut child = place.command(case.args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            // More of them near the end, where files are written.
            let part = f64::from(kill + 1) / f64::from(kills);
            std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * part.sqrt()));
            child.kill().unwrap();
            child.wait().unwrap();
            again(&place, case.args, &after, &format!("kill {kill}"));
        }
    }
}
