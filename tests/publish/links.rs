//! A folder for the site in which somebody planted links, pipes, or a list that is not ours: refused by name, and nothing
//! outside or inside is touched.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::cli::place::{Place, untitled};

/// A site, and a folder outside it that holds files of the same names.
struct Scene {
    place: Place,
    outside: TempDir,
}

impl Scene {
    fn new() -> Self {
        let place = Place::two_commits(&untitled());
        assert_eq!(place.run("publish --out site").code, 0);
        let outside = tempfile::tempdir().unwrap();
        for path in ["index.html", "v1..v2.html", "api/index.html", "api/v1..v2.html", "gone.html"] {
            fs::create_dir_all(outside.path().join(path).parent().unwrap()).unwrap();
            fs::write(outside.path().join(path), "precious").unwrap();
        }
        Self { place, outside }
    }

    fn site(&self) -> PathBuf {
        self.place.path().join("site")
    }

    /// Puts a link in the place of what is there.
    fn link(&self, path: &str, to: &Path) {
        let full = self.site().join(path);
        let kept = self.place.path().join("kept");
        let _ = fs::remove_dir_all(&kept);
        let _ = fs::rename(&full, kept);
        symlink(to, full).unwrap();
    }

    /// Adds a path to the list of the site's own files.
    fn claim(&self, path: &str) {
        let list = self.place.read("site/.preavis-site");
        self.place.write("site/.preavis-site", &format!("{list}{path}\n"));
    }

    #[track_caller]
    fn refuses(&self, args: &str, named: &str) {
        let before = (files(self.outside.path()), files(&self.site()));
        let run = self.place.run(args);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
        assert!(run.err.contains(&format!("/{named}`")) && !run.err.contains("precious"), "{named}: {run:?}");
        assert_eq!((files(self.outside.path()), files(&self.site())), before, "{named}");
    }
}

/// Everything below a folder, links as such.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_dir() {
            out.extend(files(&path));
        } else if kind.is_file() {
            out.push((path.clone(), fs::read_to_string(&path).unwrap()));
        } else {
            out.push((path, format!("{kind:?}")));
        }
    }
    out.sort();
    out
}

#[test]
fn nothing_is_written_through_a_link() {
    for (path, to) in [("index.html", "index.html"), ("diff", ""), ("diff/api", "api"), (".preavis-site", "index.html")]
    {
        let scene = Scene::new();
        scene.link(path, &scene.outside.path().join(to));
        scene.refuses("publish --out site", path);
        scene.refuses("publish --out site --force", path);
    }
}

#[test]
fn nothing_is_removed_through_a_link() {
    // The second run writes no page of this comparison, so the first one's would go.
    for (path, to) in [("diff", ""), ("diff/api", "api"), ("diff/api/v1..v2.html", "v1..v2.html")] {
        let scene = Scene::new();
        scene.link(path, &scene.outside.path().join(to));
        scene.refuses("publish --out site --tags v1", path);
    }
}

#[test]
fn a_list_claims_nothing_behind_a_link_or_outside() {
    for (claimed, link) in [("way/gone.html", "way"), ("way/api/index.html", "way"), ("way.html", "way.html")] {
        let scene = Scene::new();
        scene.link(link, scene.outside.path());
        scene.claim(claimed);
        scene.refuses("publish --out site", link);
    }
    for claimed in ["../precious", "/etc/passwd", "a/../../precious", "a//b", ".git/config", "", "a\\b", "c:d"] {
        let scene = Scene::new();
        scene.place.write("precious", "precious");
        scene.claim(claimed);
        scene.refuses("publish --out site", "site/.preavis-site");
        assert_eq!(scene.place.read("precious"), "precious");
    }
    let scene = Scene::new();
    fs::write(scene.site().join(".preavis-site"), [0xff, 0xfe]).unwrap();
    let run = scene.place.run("publish --out site");
    assert!(run.code == 2 && run.err.contains("is not a list of files"), "{run:?}");
}

#[test]
fn what_is_no_file_is_refused() {
    let scene = Scene::new();
    fs::remove_file(scene.site().join("index.html")).unwrap();
    fs::create_dir_all(scene.site().join("index.html/x")).unwrap();
    scene.refuses("publish --out site", "index.html");
    let scene = Scene::new();
    let pipe = scene.site().join("index.html");
    fs::remove_file(&pipe).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let run = scene.place.run("publish --out site");
    assert!(run.code == 2 && run.err.contains("/index.html` is a pipe, not a regular file"), "{run:?}");
}

#[test]
fn a_list_that_claims_what_is_no_file_of_a_site_stops_nothing_and_removes_nothing() {
    let long = format!("{}.html", "x".repeat(300));
    for claimed in ["gone.html", "notes", "deep/er.json", "index.html/x.html", long.as_str(), "CNAME", "id_rsa.pem"] {
        let scene = Scene::new();
        for folder in ["gone.html", "notes", "deep/er.json"] {
            fs::create_dir_all(scene.site().join(folder)).unwrap();
        }
        for file in ["CNAME", "id_rsa.pem", "gone.html/kept.html"] {
            fs::write(scene.site().join(file), "precious").unwrap();
        }
        let list = scene.place.read("site/.preavis-site");
        let before = files(&scene.site());
        scene.claim(claimed);
        let run = scene.place.run("publish --out site");
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{claimed}: {run:?}");
        assert_eq!(files(&scene.site()), before, "{claimed}");
        assert_eq!(scene.place.read("site/.preavis-site"), list, "{claimed}");
        assert!(scene.site().join("notes").is_dir() && scene.site().join("deep/er.json").is_dir(), "{claimed}");
    }
}

#[test]
fn outside_a_repository_the_folder_itself_may_be_a_link() {
    let scene = Scene::new();
    let (real, way) = (scene.outside.path().join("site"), scene.outside.path().join("way"));
    fs::create_dir(&real).unwrap();
    symlink(&real, &way).unwrap();
    assert_eq!(scene.place.run(&format!("publish --out {}", way.display())).code, 0);
    assert!(real.join("index.html").is_file());
    symlink(scene.outside.path(), scene.place.path().join("way")).unwrap();
    let run = scene.place.run("publish --out way");
    assert!(run.code == 2 && run.err.contains("`way` is a link"), "{run:?}");
}
