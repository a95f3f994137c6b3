use super::command::Git;
use super::{ObjectFormat, Repo};
use crate::source::disk::Disk;
use crate::source::fixture::Fixture;
use crate::source::{Files, Listing, SourceError};

fn open(fixture: &Fixture) -> Repo {
    Repo::discover(&fixture.path(), false).unwrap()
}

/// The same repository through the git command.
fn open_with_git(fixture: &Fixture) -> Repo {
    Repo::over(Box::new(Git::discover(&fixture.path()).unwrap()), false)
}

fn read(files: &dyn Files, path: &str) -> Option<Vec<u8>> {
    let id = files.find(path).unwrap()?;
    Some(files.read(path, &id).unwrap())
}

fn subjects(repo: &Repo, from: Option<&str>, first_parent: bool, under: &[&str]) -> Vec<String> {
    let from = from.map(|name| repo.resolve(name).unwrap());
    let history = repo.history(from.as_ref(), &repo.resolve("HEAD").unwrap(), first_parent, under).unwrap();
    history.into_iter().map(|entry| entry.commit.subject).collect()
}

#[test]
fn a_commit_is_dated_where_its_committer_lives() {
    let fixture = Fixture::repository(&[]);
    let id = fixture.commit("2024-05-14T23:30:00-0500", "Late in\nthe evening\n\nBody");
    let commit = open(&fixture).resolve("HEAD").unwrap();
    assert_eq!(*commit.id, *id);
    assert_eq!(commit.date.to_string(), "2024-05-14");
    assert_eq!(commit.seconds, 1_715_747_400);
    assert_eq!(commit.subject, "Late in the evening");
}

#[test]
fn both_ways_of_reading_agree() {
    let fixture = Fixture::three_commits(&[]);
    fixture.git(&["tag", "plain", "HEAD~1"]);
    for repo in [open(&fixture), open_with_git(&fixture)] {
        let head = repo.resolve("main").unwrap();
        let first = repo.resolve("v1").unwrap();
        assert_eq!(repo.resolve("HEAD~2").unwrap(), first);
        assert_eq!(repo.resolve(head.short_id()).unwrap(), head);
        assert_eq!(repo.try_resolve("nowhere").unwrap(), None);
        assert_eq!(repo.try_resolve("^main").unwrap(), None);
        assert_eq!(repo.try_resolve("v1..main").unwrap(), None);
        assert_eq!(*read(&repo.snapshot(&first), "api.yaml").unwrap(), *b"one\n");
        assert_eq!(read(&repo.snapshot(&first), "api.yml"), None);
        assert_eq!(repo.merge_base(&head, &first).unwrap(), first);
        let history = repo.history(Some(&first), &head, false, &[]).unwrap();
        let tagged: Vec<_> = history.iter().map(|entry| (&*entry.commit.subject, entry.tags.concat())).collect();
        assert_eq!(tagged, [("two", "plain".to_owned()), ("three", String::new())]);
        let tags: Vec<_> = repo.tags("*").unwrap().into_iter().map(|tag| (tag.name, tag.commit.subject)).collect();
        assert_eq!(tags, [("v1".to_owned(), "one".to_owned()), ("plain".to_owned(), "two".to_owned())]);
        assert_eq!(repo.tags("v*").unwrap().len(), 1);
        assert_eq!(repo.work_dir().unwrap().canonicalize().unwrap(), fixture.path());
        assert_eq!(repo.origin(), None);
    }
    fixture.git(&["remote", "add", "origin", "git@forge.example:team/api.git"]);
    for repo in [open(&fixture), open_with_git(&fixture)] {
        assert_eq!(repo.origin().as_deref(), Some("git@forge.example:team/api.git"));
    }
}

#[test]
fn bare_linked_and_sha256_repositories_are_read() {
    let fixture = Fixture::three_commits(&[]);
    let bare = fixture.clone_with(&["--bare"]);
    assert_eq!(open(&bare).work_dir(), None);
    assert_eq!(subjects(&open(&bare), None, true, &[]), ["one", "two", "three"]);
    let linked = Fixture::new();
    fixture.git(&["worktree", "add", "--quiet", "--force", linked.path().join("tree").to_str().unwrap(), "v1"]);
    let repo = Repo::discover(&linked.path().join("tree"), false).unwrap();
    assert_eq!(repo.resolve("HEAD").unwrap().subject, "one");
    assert_eq!(repo.resolve("main").unwrap().subject, "three");
    let long = Fixture::three_commits(&["--object-format=sha256"]);
    assert_eq!(open(&long).format(), ObjectFormat::Sha256);
    assert_eq!(open(&long).resolve("HEAD").unwrap().id.len(), 64);
    assert_eq!(subjects(&open(&long), Some("v1"), true, &[]), ["two", "three"]);
}

#[test]
fn a_shallow_clone_says_so() {
    let clone = Fixture::three_commits(&[]).clone_with(&["--depth=2", "--no-tags"]);
    for repo in [open(&clone), open_with_git(&clone)] {
        let head = repo.resolve("HEAD").unwrap();
        let boundary = repo.resolve("HEAD~1").unwrap();
        let beyond = repo.resolve("HEAD~2").unwrap_err();
        assert!(matches!(&beyond, SourceError::ShallowBoundary { commit, .. } if commit == "HEAD~2"), "{beyond}");
        assert!(beyond.advice().unwrap().contains("fetch-depth: 0"));
        let cut = repo.history(None, &head, true, &[]).unwrap_err();
        assert!(matches!(&cut, SourceError::ShallowBoundary { commit, .. } if **commit == *boundary.id), "{cut}");
        assert_eq!(repo.history(Some(&boundary), &head, true, &[]).unwrap().len(), 1);
        let tag = repo.resolve("v1").unwrap_err();
        assert!(matches!(tag, SourceError::RefNotFound { shallow: true, .. }), "{tag}");
    }
}

#[test]
fn a_partial_clone_fetches_what_it_lacks_when_allowed() {
    let origin = Fixture::three_commits(&[]);
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    origin.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let clone = origin.clone_with(&["--filter=blob:none", "--no-checkout"]);
    for repo in [open(&clone), open_with_git(&clone)] {
        let files = repo.snapshot(&repo.resolve("v1").unwrap());
        let id = files.find("api.yaml").unwrap().unwrap();
        assert!(matches!(files.read("api.yaml", &id), Err(SourceError::NotFetched { .. })));
    }
    let repo = Repo::discover(&clone.path(), true).unwrap();
    assert_eq!(*read(&repo.snapshot(&repo.resolve("v1").unwrap()), "api.yaml").unwrap(), *b"one\n");
    let git = Repo::over(Box::new(Git::discover(&clone.path()).unwrap()), true);
    assert_eq!(*read(&git.snapshot(&git.resolve("HEAD~1").unwrap()), "api.yaml").unwrap(), *b"two\n");
}

#[test]
fn parents_come_before_children_whatever_their_clocks_say() {
    let fixture = Fixture::repository(&[]);
    fixture.write("api/a.yaml", "1");
    fixture.commit("2024-05-03T12:00:00+0000", "root");
    fixture.git(&["checkout", "--quiet", "-b", "side"]);
    fixture.write("api/b.yaml", "1");
    fixture.commit("2024-05-01T12:00:00+0000", "side");
    fixture.git(&["checkout", "--quiet", "main"]);
    fixture.write("src/main.rs", "1");
    fixture.commit("2024-05-02T12:00:00+0000", "code");
    fixture.git(&["merge", "--quiet", "--no-ff", "--message", "merge", "side"]);
    for repo in [open(&fixture), open_with_git(&fixture)] {
        assert_eq!(subjects(&repo, None, false, &[]), ["root", "side", "code", "merge"]);
        assert_eq!(subjects(&repo, None, true, &[]), ["root", "code", "merge"]);
        assert_eq!(subjects(&repo, Some("side"), true, &[]), ["code", "merge"]);
        assert_eq!(subjects(&repo, None, true, &["api"]), ["root", "merge"]);
        assert_eq!(subjects(&repo, None, false, &["api/a.yaml", "api/b.yaml"]), ["root", "side"]);
        let (code, side) = (repo.resolve("main~1").unwrap(), repo.resolve("side").unwrap());
        assert_eq!(repo.merge_base(&code, &side).unwrap().subject, "root");
        assert!(repo.same_under(&code, &side, "api/a.yaml").unwrap());
        assert!(!repo.same_under(&code, &side, "api").unwrap());
        let id = |commit| repo.snapshot(commit).path_id("api").unwrap();
        assert!(id(&code) != id(&side) && id(&code).is_some());
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_tree_only() {
    let fixture = Fixture::repository(&[]);
    fixture.write("specs/deep/real.yaml", "real");
    for (from, to) in [
        ("api.yaml", "specs/latest/real.yaml"),
        ("specs/latest", "deep"),
        ("specs/deep/beside.yaml", "../deep/./real.yaml"),
        ("out.yaml", "../../secret.yaml"),
        ("abs.yaml", "/secret.yaml"),
        ("loop.yaml", "pool.yaml"),
        ("pool.yaml", "loop.yaml"),
    ] {
        std::os::unix::fs::symlink(to, fixture.path().join(from)).unwrap();
    }
    let commit = fixture.commit("2024-05-01T12:00:00+0000", "links");
    fixture.git(&["update-index", "--add", "--cacheinfo", &format!("160000,{commit},module")]);
    fixture.git(&["commit", "--quiet", "--message", "module"]);
    let repo = open(&fixture);
    let files = repo.snapshot(&repo.resolve("HEAD").unwrap());
    for path in ["api.yaml", "specs/latest/real.yaml", "specs/latest/beside.yaml", "specs/deep/real.yaml"] {
        assert_eq!(*read(&files, path).unwrap(), *b"real", "{path}");
    }
    for path in ["out.yaml", "abs.yaml"] {
        assert!(matches!(files.find(path), Err(SourceError::OutsideRoot { .. })), "{path}");
    }
    assert!(matches!(files.find("loop.yaml"), Err(SourceError::LinkLoop { .. })));
    assert!(matches!(files.find("module/api.yaml"), Err(SourceError::Submodule { path }) if path == "module"));
    assert!(matches!(files.find("specs"), Err(SourceError::NotAFile { .. })));
    for absent in ["", "..", "specs/../api.yaml", "specs//deep/real.yaml", "api.yaml/x", &"a/".repeat(50_000)] {
        assert_eq!(files.find(absent).unwrap(), None, "{absent}");
    }
    assert_eq!(files.paths().unwrap(), ["specs/deep/real.yaml"]);
}

#[test]
fn the_disk_and_git_agree() {
    let fixture = Fixture::three_commits(&["--object-format=sha256"]);
    for path in ["web/api.JSON", "node_modules/x/package.json", "target/a.yml", "web/vendor/b.yaml", "web/notes.md"] {
        fixture.write(path, "{}");
    }
    fixture.commit("2024-05-04T12:00:00+0000", "more");
    let repo = open(&fixture);
    let at_head = repo.snapshot(&repo.resolve("HEAD").unwrap());
    assert_eq!(at_head.paths().unwrap(), ["api.yaml", "web/api.JSON"]);
    assert_eq!(Disk::folder(&fixture.path()).unwrap().paths().unwrap(), at_head.paths().unwrap());
    fixture.write(".gitignore", "dist/\n");
    fixture.write("dist/built.json", "{}");
    for repo in [&repo, &open_with_git(&fixture)] {
        assert_eq!(Disk::work_tree(repo).unwrap().paths().unwrap(), at_head.paths().unwrap());
    }
    fixture.write("new.yaml", "{}");
    for repo in [&repo, &open_with_git(&fixture)] {
        assert_eq!(Disk::work_tree(repo).unwrap().paths().unwrap(), ["api.yaml", "new.yaml", "web/api.JSON"]);
    }
    let on_disk = Disk::work_tree(&repo).unwrap();
    assert_eq!(on_disk.find("api.yaml").unwrap(), at_head.find("api.yaml").unwrap());
    assert!(on_disk.find("api.yaml").unwrap().is_some());
}

#[test]
fn without_a_base_the_first_known_branch_serves() {
    let fixture = Fixture::three_commits(&[]);
    fixture.git(&["checkout", "--quiet", "-b", "work", "HEAD~1"]);
    fixture.git(&["branch", "release/7", "v1"]);
    let repo = open(&fixture);
    let head = repo.resolve("HEAD").unwrap();
    let base = |target| repo.default_base(&head, target).map(|(commit, name)| (commit.subject, name));
    assert_eq!(base(None).unwrap(), ("two".to_owned(), "main".to_owned()));
    assert_eq!(base(Some("release/7")).unwrap(), ("one".to_owned(), "release/7".to_owned()));
    fixture.git(&["branch", "--move", "main", "trunk"]);
    let error = base(None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no base to compare with: none of `origin/HEAD`, `main`, `master`, `origin/main`, `origin/master` exists"
    );
    fixture.git(&["checkout", "--quiet", "--orphan", "main"]);
    fixture.commit("2024-05-05T12:00:00+0000", "unrelated");
    assert!(matches!(open(&fixture).default_base(&head, None), Err(SourceError::NoMergeBase { .. })));
}

#[test]
fn a_branch_has_one_name_here_and_at_the_server() {
    let fixture = Fixture::three_commits(&[]);
    fixture.git(&["update-ref", "refs/remotes/origin/live", "HEAD"]);
    fixture.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/live"]);
    for repo in [&open(&fixture), &open_with_git(&fixture)] {
        for name in ["live", "origin/live", "refs/heads/live", "refs/remotes/origin/live", "origin/HEAD"] {
            assert_eq!(repo.branch_name(name), "live");
        }
        assert_eq!(repo.branch_name("release/7"), "release/7");
    }
    fixture.git(&["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
    for repo in [&open(&fixture), &open_with_git(&fixture)] {
        assert_eq!(repo.branch_name("origin/HEAD"), "HEAD");
    }
}

#[test]
fn a_folder_without_repository_is_named() {
    let folder = Fixture::new();
    let error = Repo::discover(&folder.path(), false).err().unwrap();
    assert!(matches!(error, SourceError::NotARepository { .. }), "{error}");
    folder.write(".git/HEAD", "junk");
    let error = Repo::discover(&folder.path(), false).err().unwrap();
    assert!(matches!(error, SourceError::UnreadableRepository { .. }), "{error}");
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_read_from_the_index() {
    for how in [&["--cone", "near"][..], &["--cone", "--sparse-index", "near"]] {
        let fixture = Fixture::repository(&[]);
        for path in ["near/api.yaml", "far/api.yaml", "far/deep/part.yaml"] {
            fixture.write(path, &format!("{path}\n"));
        }
        fixture.commit("2024-05-01T12:00:00+0000", "one");
        fixture.git(&[&["sparse-checkout", "set"], how].concat());
        std::fs::remove_file(fixture.path().join("near/api.yaml")).unwrap();
        for repo in [open(&fixture), open_with_git(&fixture)] {
            let disk = Disk::work_tree(&repo).unwrap();
            assert_eq!(disk.paths().unwrap(), ["far/api.yaml", "far/deep/part.yaml"], "{how:?}");
            assert_eq!(read(&disk, "far/deep/part.yaml").unwrap(), b"far/deep/part.yaml\n");
            assert_eq!((read(&disk, "near/api.yaml"), read(&disk, "far/none.yaml")), (None, None));
        }
    }
}
