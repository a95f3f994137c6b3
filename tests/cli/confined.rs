//! Team files that are links, pipes, devices or folders: refused by name, in time, without a word of what lies behind
//! them, and without a trace outside the repository.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::announced::{FACTS, NOTICE, announced, edit};
use super::place::{Place, Run, untitled};

const SECRET: &str = "TOKEN=hunter2";
const RENDER: &str = "notice render N2024-001 --partner mill";

/// Each kind of team file, and a command that reads it.
const FILES: &[(&str, &str)] = &[
    ("preavis.toml", "diff v1"),
    ("preavis.toml", "init"),
    ("team.toml", "diff v1 --config team.toml"),
    ("preavis/partners/hall.toml", "usage show"),
    ("preavis/partners/hall.toml", RENDER),
    ("preavis/usage.json", "usage show"),
    ("preavis/usage.json", "usage import calls.log"),
    ("preavis/usage.json", RENDER),
    ("logs/usage.json", "usage show --usage logs/usage.json"),
    ("logs/usage.json", "usage import calls.log --out logs/usage.json"),
    (NOTICE, "notice list"),
    (NOTICE, "changelog"),
    (NOTICE, "notice new v1"),
    (FACTS, RENDER),
    (FACTS, "publish --out site"),
    ("words/md/notice.hbs", RENDER),
    ("words/html/body.hbs", "publish --out site"),
    ("doc/CHANGELOG.md", "changelog --write doc/CHANGELOG.md"),
    ("doc/report.md", "diff v1 --output doc/report.md"),
    ("doc/report.md", "usage show --output doc/report.md"),
    (".github/workflows/preavis.yml", "init"),
    (".gitlab-ci.yml", "init --ci gitlab"),
];

/// A repository with one of each, and a folder outside it with a secret.
struct Scene {
    place: Place,
    outside: TempDir,
}

impl Scene {
    fn new() -> Self {
        let place = announced();
        edit(&place, "preavis.toml", "[site]", "templates = \"words\"\n[site]");
        let log = "1.2.3.4 - - [02/May/2024:10:00:00 +0000] \"GET /books HTTP/1.1\" 200 1 \"-\" \"Hall/1\"\n";
        place.write("calls.log", log).write("team.toml", "lang = \"fr\"\n");
        place.write("words/md/notice.hbs", "{{id}}\n").write("words/html/body.hbs", "{{id}}\n");
        place.write("doc/CHANGELOG.md", "# Changelog\n").write("doc/report.md", "old\n");
        place.write(".github/workflows/preavis.yml", "on: push\n").write(".gitlab-ci.yml", "stages: [test]\n");
        assert_eq!(place.run("usage import calls.log --out preavis/usage.json").code, 0);
        place.write("logs/usage.json", &place.read("preavis/usage.json"));
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), SECRET).unwrap();
        Self { place, outside }
    }

    fn secret(&self) -> std::path::PathBuf {
        self.outside.path().join("secret")
    }

    /// Runs the program, which must refuse and name what it refuses.
    #[track_caller]
    fn refuses(&self, args: &str, named: &str) {
        let run = in_time(&self.place, args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args}: {run:?}");
        assert!(run.err.starts_with("error: ") && run.err.contains(&format!("`{named}`")), "{args}: {run:?}");
        assert!(!run.err.contains("hunter2") && !run.err.contains('\0'), "{args}: {run:?}");
        assert_eq!(fs::read_to_string(self.secret()).unwrap(), SECRET, "{args}");
    }

    /// Puts something else in the place of a file.
    fn instead(&self, path: &str, put: impl FnOnce(&Path)) {
        let full = self.place.path().join(path);
        if fs::symlink_metadata(&full).is_ok() {
            fs::remove_file(&full).unwrap();
        }
        put(&full);
    }
}

/// Runs the program, and fails if it does not end.
fn in_time(place: &Place, args: &str) -> Run {
    let mut command = place.command(args);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(30) {
            child.kill().unwrap();
            panic!("{args} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

#[test]
fn the_scene_is_sound() {
    let scene = Scene::new();
    for (_, args) in FILES {
        let run = in_time(&scene.place, args);
        assert_eq!(run.code, 0, "{args}: {run:?}");
    }
}

#[test]
fn a_file_that_is_a_link_is_refused_wherever_it_leads() {
    for (path, args) in FILES {
        let scene = Scene::new();
        scene.instead(path, |full| symlink(scene.secret(), full).unwrap());
        scene.refuses(args, path);
        scene.instead(path, |full| symlink("/proc/self/environ", full).unwrap());
        scene.refuses(args, path);
        scene.instead(path, |full| symlink("/dev/zero", full).unwrap());
        scene.refuses(args, path);
        scene.instead(path, |full| symlink("nowhere", full).unwrap());
        scene.refuses(args, path);
    }
}

#[test]
fn a_link_inside_the_repository_is_refused_too() {
    for (path, args) in FILES {
        let scene = Scene::new();
        let moved = scene.place.path().join("moved");
        let old = fs::read(scene.place.path().join(path)).unwrap();
        fs::write(&moved, &old).unwrap();
        scene.instead(path, |full| symlink(&moved, full).unwrap());
        scene.refuses(args, path);
        assert_eq!(fs::read(&moved).unwrap(), old, "{args}");
    }
}

#[test]
fn a_file_behind_a_linked_folder_is_refused() {
    for (path, args) in FILES {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        for folder in folders {
            let scene = Scene::new();
            let real = scene.place.path().join(folder);
            let moved = scene.outside.path().join("moved");
            fs::rename(&real, &moved).unwrap();
            symlink(&moved, &real).unwrap();
            let before = names(&moved);
            scene.refuses(args, folder);
            assert_eq!(names(&moved), before, "{args}");
        }
    }
}

/// Every path below a folder with its content.
fn names(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            out.extend(names(&path));
        } else {
            out.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    out.sort();
    out
}

#[test]
fn pipes_sockets_and_folders_are_refused() {
    for (path, args) in FILES {
        let scene = Scene::new();
        scene.instead(path, |full| {
            assert!(Command::new("mkfifo").arg(full).status().unwrap().success());
        });
        scene.refuses(args, path);
        let mut socket = None;
        scene.instead(path, |full| {
            // The whole path may be longer than an address may be.
            let short = scene.outside.path().join("s");
            socket = std::os::unix::net::UnixListener::bind(&short).ok();
            fs::rename(&short, full).or_else(|_| fs::copy(&short, full).map(drop)).unwrap();
        });
        scene.refuses(args, path);
        scene.instead(path, |full| fs::create_dir(full).unwrap());
        scene.refuses(args, path);
    }
}

#[test]
fn what_is_too_large_is_refused() {
    let people = |path: &str| {
        let ending = Path::new(path).extension().unwrap();
        !path.starts_with("doc/") && ["toml", "md", "hbs"].iter().any(|known| ending == *known)
    };
    for (path, args) in FILES.iter().filter(|(path, _)| people(path)) {
        let scene = Scene::new();
        scene.place.write(path, &"x".repeat((1 << 20) + 1));
        scene.refuses(args, path);
        let run = in_time(&scene.place, args);
        assert!(run.err.contains("is larger than 1 MB") && !run.err.contains("xxx"), "{run:?}");
    }
    let scene = Scene::new();
    let large = fs::File::create(scene.place.path().join("preavis/usage.json")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    scene.refuses("usage show", "preavis/usage.json");
}

#[test]
fn new_files_do_not_go_through_links() {
    for (folder, args) in [
        ("preavis/notices", "notice new v1 --announce"),
        ("preavis", "usage import calls.log"),
        (".github", "init"),
        (".github/workflows", "init"),
        ("out", "diff v1 --output out/report.md"),
        ("out", "changelog --write out/CHANGELOG.md"),
        ("out", "usage import calls.log --out out/usage.json"),
        ("site", "publish --out site"),
        ("site", "publish --out site/below --force"),
    ] {
        let place = Place::two_commits(&untitled());
        let log = "1.2.3.4 - - [02/May/2024:10:00:00 +0000] \"GET /books HTTP/1.1\" 200 1 \"-\" \"Hall/1\"\n";
        place.write("calls.log", log);
        let outside = tempfile::tempdir().unwrap();
        let link = place.path().join(folder);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(outside.path(), &link).unwrap();
        let run = in_time(&place, args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{args}: {run:?}");
        assert!(run.err.contains(&format!("`{folder}`")), "{args}: {run:?}");
        assert!(names(outside.path()).is_empty(), "{args}");
        assert!(!place.path().join("preavis.toml").exists(), "{args}");
    }
}

#[test]
fn a_folder_of_templates_stays_in_the_repository() {
    for folder in ["../../../etc", "/etc", "words/../../x", "..", ".git"] {
        let place = announced();
        edit(&place, "preavis.toml", "[site]", &format!("templates = \"{folder}\"\n[site]"));
        place.run(RENDER).could_not_tell(&format!(
            "error: preavis.toml:1:13: `{folder}` is not a folder in the repository\n  |\n\
             1 | templates = \"{folder}\"\n  |             {}\n\
             help: paths start at the root of the repository and stay in it\n",
            "^".repeat(folder.len() + 2)
        ));
    }
}

#[test]
fn outside_the_repository_a_file_is_its_users_choice() {
    let scene = Scene::new();
    let (outside, place) = (scene.outside.path().display(), &scene.place);
    fs::write(scene.outside.path().join("team.toml"), "lang = \"fr\"\n").unwrap();
    symlink("team.toml", scene.outside.path().join("link.toml")).unwrap();
    fs::write(scene.outside.path().join("real.md"), "").unwrap();
    symlink("real.md", scene.outside.path().join("link.md")).unwrap();
    let run = place.run(&format!("diff v1 --config {outside}/link.toml --output {outside}/link.md"));
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert!(fs::read_to_string(scene.outside.path().join("real.md")).unwrap().starts_with("rupture"));
    assert!(scene.outside.path().join("link.md").is_symlink());
    let run = place.run("diff v1 --output /dev/stdout");
    assert!(run.code == 0 && run.out.starts_with("breaking"), "{run:?}");
    let run = place.run("diff v1 --output /dev/stderr");
    assert!(run.code == 0 && run.err.starts_with("breaking"), "{run:?}");
    for args in ["diff v1 --config /dev/zero".to_owned(), format!("diff v1 --config {outside}")] {
        assert_eq!(in_time(place, &args).code, 2, "{args}");
    }
    // The way to the repository may be a link, the way within it may not.
    let way = scene.outside.path().join("way");
    symlink(place.path(), &way).unwrap();
    assert_eq!(place.run(&format!("diff v1 --config {}/team.toml", way.display())).code, 0);
    scene.instead("team.toml", |full| symlink(scene.secret(), full).unwrap());
    scene.refuses(&format!("diff v1 --config {}/team.toml", way.display()), &format!("{}/team.toml", way.display()));
}

#[test]
fn a_document_of_the_work_tree_does_not_lead_out() {
    for target in ["/proc/self/environ", "/dev/zero", "SECRET"] {
        let place = Place::two_commits(&untitled());
        let scene = Scene { place, outside: tempfile::tempdir().unwrap() };
        fs::write(scene.secret(), SECRET).unwrap();
        let target = if target == "SECRET" { scene.secret() } else { target.into() };
        scene.instead("api.yaml", |full| symlink(target, full).unwrap());
        for args in ["diff v1:api.yaml api.yaml", "diff v1 . --spec api.yaml"] {
            scene.refuses(args, "api.yaml");
        }
        scene.refuses("diff v1:api.yaml ./api.yaml", "./api.yaml");
        let pipe = |full: &Path| assert!(Command::new("mkfifo").arg(full).status().unwrap().success());
        scene.instead("api.yaml", pipe);
        scene.refuses("diff v1 . --spec api.yaml", "api.yaml");
    }
}

#[test]
fn a_name_is_no_command_to_a_terminal() {
    let scene = Scene::new();
    let name = scene.place.path().join("preavis/partners/a\u{1b}[31m\n::error::b.toml");
    symlink(scene.secret(), &name).unwrap();
    let run = in_time(&scene.place, "usage show");
    assert!(run.code == 2 && !run.err.contains('\u{1b}') && !run.err.contains("\n::"), "{run:?}");
    assert!(run.err.starts_with("error: the name of `preavis/partners/a"), "{run:?}");
}
