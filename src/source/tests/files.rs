use crate::source::fixture::Fixture;
use crate::source::{Files, Listing, MAX_BYTES, Single, SourceError, Version, VersionArg, VersionResolver};

fn open(place: &VersionResolver, text: &str) -> Version {
    place.open(&VersionArg::parse(text).unwrap()).unwrap()
}

#[test]
fn files_need_no_repository() {
    let folder = Fixture::new();
    folder.write("old/api.yaml", "old");
    folder.write("common.yaml", "shared");
    let place = VersionResolver::new(folder.path());
    let version = open(&place, "old/api.yaml");
    assert_eq!(version.document.as_deref(), Some("old/api.yaml"));
    let id = version.files.find("common.yaml").unwrap().unwrap();
    assert!(id.0.starts_with("sha256:"), "{id:?}");
    assert_eq!(*version.files.read("common.yaml", &id).unwrap(), *b"shared");
    assert_eq!(version.files.find("absent.yaml").unwrap(), None);
    let elsewhere = Fixture::new();
    let version = open(&VersionResolver::new(elsewhere.path()), folder.path().join("old/api.yaml").to_str().unwrap());
    assert_eq!(version.document.as_deref(), Some("api.yaml"));
    for (text, message) in
        [("v1", "`v1` is neither a ref nor a file"), ("./v1", "no file `./v1`"), ("./old", "`./old` is not a file")]
    {
        let error = place.open(&VersionArg::parse(text).unwrap()).err().unwrap();
        assert_eq!(error.to_string(), message);
    }
    assert_eq!(open(&place, "./common.yaml").files.paths().unwrap(), ["common.yaml", "old/api.yaml"]);
    assert!(matches!(place.work_tree().err().unwrap(), SourceError::NotARepository { .. }));
}

#[cfg(unix)]
#[test]
fn nothing_outside_the_root_is_read() {
    use std::os::unix::fs::symlink;

    let secret = Fixture::new();
    secret.write("secret.yaml", "secret");
    let fixture = Fixture::three_commits(&[]);
    fixture.write("api/openapi.yaml", "spec");
    symlink(secret.path().join("secret.yaml"), fixture.path().join("link.yaml")).unwrap();
    symlink(secret.path(), fixture.path().join("folder")).unwrap();
    symlink(".git/config", fixture.path().join("config.yaml")).unwrap();
    symlink("api/openapi.yaml", fixture.path().join("inside.yaml")).unwrap();
    let version = open(&VersionResolver::new(secret.path()), fixture.path().join("api/openapi.yaml").to_str().unwrap());
    assert_eq!(version.document.as_deref(), Some("api/openapi.yaml"));
    let files = &version.files;
    let outside = secret.path().join("secret.yaml");
    for path in ["../secret.yaml", "link.yaml", "folder/secret.yaml", "api/../../x", outside.to_str().unwrap()] {
        assert!(matches!(files.find(path), Err(SourceError::OutsideRoot { .. })), "{path}");
    }
    for path in [".git/config", "config.yaml"] {
        assert!(matches!(files.find(path), Err(SourceError::GitInternal { .. })), "{path}");
    }
    assert!(matches!(files.find("api"), Err(SourceError::NotAFile { .. })));
    assert_eq!(files.find("inside.yaml").unwrap(), files.find("api/openapi.yaml").unwrap());
    fixture.git(&["add", "--all"]);
    assert_eq!(files.paths().unwrap(), ["api.yaml", "api/openapi.yaml"]);
}

#[test]
fn a_file_is_read_once() {
    let fixture = Fixture::three_commits(&[]);
    let version = open(&VersionResolver::new(fixture.path()), "api.yaml");
    let id = version.files.find("api.yaml").unwrap().unwrap();
    fixture.write("api.yaml", "changed meanwhile");
    assert_eq!(*version.files.read("api.yaml", &id).unwrap(), *b"three\n");
}

#[test]
fn sizes_have_a_limit() {
    let endless = Single::read_from("stdin", std::io::repeat(b' ')).err().unwrap();
    assert_eq!(endless.to_string(), format!("`stdin` is larger than {MAX_BYTES} bytes"));
    let fixture = Fixture::three_commits(&[]);
    let large = std::fs::File::create(fixture.path().join("large.yaml")).unwrap();
    large.set_len(MAX_BYTES + 1).unwrap();
    fixture.commit("2024-05-04T12:00:00+0000", "large");
    let place = VersionResolver::new(fixture.path());
    let on_disk = place.work_tree().unwrap();
    assert!(matches!(on_disk.files.find("large.yaml"), Err(SourceError::TooLarge { .. })));
    let at_head = open(&place, "HEAD");
    let id = at_head.files.find("large.yaml").unwrap().unwrap();
    assert!(
        matches!(at_head.files.read("large.yaml", &id), Err(SourceError::TooLarge { what, .. }) if what == "large.yaml")
    );
}

#[test]
fn standard_input_has_no_neighbours() {
    let single = Single::new("stdin", b"{}".as_slice());
    assert_eq!(single.paths().unwrap(), ["stdin"]);
    let id = single.find("stdin").unwrap().unwrap();
    assert_eq!(&*id.0, "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
    assert!(matches!(single.find("common.yaml"), Err(SourceError::NoNeighbours { .. })));
}
