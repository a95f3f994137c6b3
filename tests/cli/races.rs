//! Several runs at once: none loses what another wrote, and whoever waits says for whom.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::process::{Child, Stdio};
use std::time::Duration;

use super::kills::{line, state};
use super::place::{BOOKS, Place, Run, untitled};

const HOLDER: &str = "process 1 on elsewhere (since 2024-05-02T10:00:00Z)";
const LOCK: &str = ".git/preavis/lock";

/// Starts all of these at once, and waits for all.
fn at_once(place: &Place, commands: &[String]) -> Vec<Run> {
    let children: Vec<Child> = commands.iter().map(|args| started(place, args)).collect();
    children.into_iter().map(ended).collect()
}

fn started(place: &Place, args: &str) -> Child {
    let mut command = place.command(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn ended(child: Child) -> Run {
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// Whether a run ended well and without a word; that it waits may be said on a slow machine.
fn went_well(run: &Run) -> bool {
    run.code == 0 && run.err.lines().all(|line| line.starts_with("warning: waiting for process "))
}

#[test]
fn imports_at_once_lose_nothing() {
    let place = Place::two_commits(&untitled());
    let outside = Place::new();
    outside.write("api.yaml", BOOKS);
    for day in 1..=8 {
        place.write(&format!("{day}.log"), &line(day, "/books"));
    }
    let file = outside.path().join("usage.json").display().to_string();
    for (options, path) in
        [("", place.path().join("preavis/usage.json")), (" --out ", outside.path().join("usage.json"))]
    {
        let options = if options.is_empty() { String::new() } else { format!("{options}{file}") };
        for round in 0..2 {
            let commands: Vec<String> = (1..=8).map(|day| format!("usage import {day}.log{options}")).collect();
            let runs = at_once(&place, &commands);
            assert!(runs.iter().all(went_well), "{runs:?}");
            let usage: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            assert_eq!(usage["covered"].as_array().unwrap().len(), 8, "round {round}: {usage}");
            assert_eq!(usage["rows"].as_array().unwrap().len(), 8, "round {round}: {usage}");
            fs::remove_file(&path).unwrap();
        }
    }
    assert_eq!(state(&outside.path()).len(), 1, "{:?}", state(&outside.path()).keys());
    assert!(!place.path().join(LOCK).exists());
}

/// Books that have six members, of which none is left.
fn six_gone() -> (Place, Vec<String>) {
    let members =
        ["m1", "m2", "m3", "m4", "m5", "m6"].map(|name| format!("        {name}: {{type: string}}\n")).concat();
    let place = Place::repository();
    place.write("api.yaml", &format!("{BOOKS}{members}"));
    place.release("v1");
    place.write("api.yaml", BOOKS);
    place.release("v2");
    let report = place.run("diff v1 --format json").json();
    let changes = report["apis"][0]["changes"].as_array().unwrap();
    (place, changes.iter().map(|change| change["fingerprint"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn notices_at_once_have_each_an_id_of_their_own() {
    let (place, changes) = six_gone();
    assert_eq!(changes.len(), 6);
    for round in 0..3 {
        let new = |(n, id): (usize, &String)| format!("notice new v1 --today 2024-05-02 --only {id} --title t{n}");
        let runs = at_once(&place, &changes.iter().enumerate().map(new).collect::<Vec<_>>());
        assert!(runs.iter().all(went_well), "{runs:?}");
        let list = place.run("notice list --format json").json();
        let ids: BTreeSet<&str> =
            list["notices"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        let wanted: Vec<String> = (1..=6).map(|n| format!("N2024-00{n}")).collect();
        assert_eq!(ids.into_iter().collect::<Vec<_>>(), wanted, "round {round}");
        fs::remove_dir_all(place.path().join("preavis")).unwrap();
    }
    // The same at once: one drafts it, the others see that.
    let runs = at_once(&place, &vec!["notice new v1 --today 2024-05-02".to_owned(); 5]);
    assert!(runs.iter().all(went_well), "{runs:?}");
    let drafted = runs.iter().filter(|run| run.out.starts_with("wrote ")).count();
    let seen = runs.iter().filter(|run| run.out.starts_with("nothing to announce")).count();
    assert_eq!((drafted, seen), (1, 4), "{runs:?}");
    assert_eq!(state(&place.path().join("preavis/notices")).len(), 2);
}

#[test]
fn the_same_in_one_folder_at_once_gives_what_one_gives() {
    for (args, path) in [
        ("publish --out site", "site"),
        ("changelog --write doc/CHANGELOG.md", "doc"),
        ("diff v1 --output doc/report.md", "doc"),
        ("init", ".github"),
    ] {
        let place = Place::two_commits(&untitled());
        place.write("doc/CHANGELOG.md", "# Changes\n");
        let alone = Place::two_commits(&untitled());
        alone.write("doc/CHANGELOG.md", "# Changes\n");
        assert_eq!(alone.run(args).code, 0);
        let runs = at_once(&place, &vec![args.to_owned(); 4]);
        assert!(runs.iter().all(went_well), "{args}: {runs:?}");
        let (one, many) = (state(&alone.path().join(path)), state(&place.path().join(path)));
        assert_eq!(many.keys().collect::<Vec<_>>(), one.keys().collect::<Vec<_>>(), "{args}");
        assert!(one == many, "{args}");
    }
}

/// Takes a lock as another process would.
fn hold(place: &Place, path: &str) -> File {
    place.write(path, &format!("{HOLDER}\n"));
    let file = File::open(place.path().join(path)).unwrap();
    file.lock().unwrap();
    file
}

#[test]
fn whoever_waits_says_for_whom() {
    let place = Place::two_commits(&untitled());
    place.write("calls.log", &line(1, "/books"));
    let held = [hold(&place, LOCK), hold(&place, "site/.preavis-lock")];
    let waiting = ["usage import calls.log", "notice new v1", "changelog --write new.md", "init", "publish --out site"];
    let mut children: Vec<Child> = waiting.iter().map(|args| started(&place, args)).collect();
    std::thread::sleep(Duration::from_millis(2_500));
    for (child, args) in children.iter_mut().zip(waiting) {
        assert_eq!(child.try_wait().unwrap(), None, "{args} does not wait");
    }
    drop(held);
    for (child, args) in children.into_iter().zip(waiting) {
        let run = ended(child);
        let lock = if args.starts_with("publish") { "site/.preavis-lock" } else { LOCK };
        let lock = place.path().join(lock).display().to_string();
        let said = format!("warning: waiting for {HOLDER}, which holds `{lock}`\n");
        assert!(run.code == 0 && run.err.starts_with(&said), "{args}: {run:?}");
    }
    // What only reads, or shows, waits for nobody.
    let _held = hold(&place, LOCK);
    for args in ["notice list", "usage show", "diff v1 --output r.md", "changelog --write new.md --check"] {
        let run = place.run(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args}");
    }
}

/// What another run wrote while the logs were read is merged into, and cleaned as what was there before.
#[test]
fn what_is_read_under_the_lock_is_cleaned_too() {
    let place = Place::two_commits(&untitled());
    place.write("calls.log", &line(1, "/books"));
    let held = hold(&place, LOCK);
    let child = started(&place, "usage import calls.log");
    std::thread::sleep(Duration::from_secs(2));
    let row = r#"{"day":"2024-05-02","source":"edge","api":null,"operation":"GET /t/AKIAIOSFODNN7EXAMPLE","partner":null,"count":4,"attempts":0}"#;
    place.write("preavis/usage.json", &format!(r#"{{"version":1,"covered":[],"rows":[{row}]}}"#));
    drop(held);
    let run = ended(child);
    let text = place.read("preavis/usage.json");
    assert!(run.code == 0 && run.err.starts_with("warning: waiting for "), "{run:?}");
    assert!(!text.contains("AKIA") && text.contains(r#""source":"edge""#) && text.contains("GET /books"), "{text}");
}

#[test]
fn a_linked_work_tree_has_the_lock_of_its_repository() {
    let place = Place::two_commits(&untitled());
    place.write("calls.log", &line(1, "/books"));
    place.git(&["worktree", "add", "--quiet", "--detach", "linked"]);
    let _held = hold(&place, LOCK);
    let log = place.path().join("calls.log");
    let mut child = started(&place, &format!("usage import {} --repo linked --out linked/usage.json", log.display()));
    std::thread::sleep(Duration::from_secs(1));
    let waits = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    assert!(waits, "{:?}", ended_any(child));
}

fn ended_any(child: Child) -> String {
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stderr).into_owned()
}

#[cfg(unix)]
#[test]
fn a_lock_is_no_link_and_no_pipe() {
    use std::os::unix::fs::symlink;
    for planted in [LOCK, ".git/preavis"] {
        let (place, outside) = (Place::two_commits(&untitled()), Place::new());
        outside.write("victim", "precious");
        fs::create_dir_all(place.path().join(planted).parent().unwrap()).unwrap();
        let target = if planted == LOCK { outside.path().join("victim") } else { outside.path() };
        symlink(target, place.path().join(planted)).unwrap();
        let run = place.run("notice new v1");
        assert!(run.code == 2 && run.err.contains(&format!("{planted}`")) && run.err.contains(" link"), "{run:?}");
        assert_eq!((outside.read("victim").as_str(), state(&outside.path()).len()), ("precious", 1));
    }
    for planted in ["link", "pipe", "folder"] {
        let (place, outside) = (Place::two_commits(&untitled()), Place::new());
        outside.write("victim", "precious");
        let lock = place.path().join("site/.preavis-lock");
        fs::create_dir(place.path().join("site")).unwrap();
        match planted {
            "link" => symlink(outside.path().join("victim"), &lock).unwrap(),
            "pipe" => assert!(std::process::Command::new("mkfifo").arg(&lock).status().unwrap().success()),
            _ => fs::create_dir(&lock).unwrap(),
        }
        let run = place.run("publish --out site");
        assert!(run.code == 2 && run.err.contains(&format!("site/.preavis-lock` is a {planted}")), "{run:?}");
        assert_eq!(outside.read("victim"), "precious");
    }
}

#[test]
fn an_id_that_two_notices_have_is_said_with_both_files() {
    let (place, changes) = six_gone();
    for (n, id) in changes.iter().take(2).enumerate() {
        assert_eq!(place.run(&format!("notice new v1 --today 2024-05-02 --only {id} --title t{n}")).code, 0);
    }
    let (one, two) = ("preavis/notices/2024-05-02-t0.md", "preavis/notices/2024-05-02-t1.md");
    place.write(two, &place.read(two).replace("N2024-002", "N2024-001"));
    for args in ["notice list", "notice render N2024-001", "notice new v1", "changelog", "publish --out site"] {
        let run = place.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args}: {run:?}");
        assert!(run.err.contains(&format!("{two}:2:1: the id `N2024-001` is that of {one} too")), "{args}: {run:?}");
        assert!(run.err.contains("\nhelp: change the id of "), "{args}: {run:?}");
    }
}

#[test]
fn runs_at_once_over_one_cache_say_what_one_without_says() {
    let place = Place::repository();
    for release in 0..6 {
        place.write("api.yaml", &BOOKS.replace("title: {type: string}", &format!("title: {{maxLength: {release}}}")));
        place.release(&format!("v1.{release}.0"));
    }
    let outside = Place::new();
    let alone = place.run("changelog --no-cache");
    assert!(alone.code == 0 && alone.out.contains("v1.5.0"), "{alone:?}");
    for round in 0..3 {
        let cache = outside.path().join(format!("cache-{}", round / 2)).display().to_string();
        let runs = at_once(&place, &vec![format!("changelog --cache {cache}"); 4]);
        assert!(runs.iter().all(|run| went_well(run) && run.out == alone.out), "round {round}: {runs:?}");
    }
    let kept: Vec<String> = state(&outside.path()).keys().map(|path| format!("{path:?}")).collect();
    assert!(!kept.is_empty() && kept.iter().all(|path| !path.contains("tmp")), "{kept:?}");
}
