use crate::source::fixture::Fixture;
use crate::source::{RangeArg, SourceError, Version, VersionArg, VersionResolver};

fn open(place: &VersionResolver, text: &str) -> Result<Version, SourceError> {
    place.open(&VersionArg::parse(text)?)
}

fn read(version: &Version, path: &str) -> Vec<u8> {
    let id = version.files.find(path).unwrap().unwrap();
    version.files.read(path, &id).unwrap().clone()
}

fn error(result: Result<Version, SourceError>) -> SourceError {
    result.err().unwrap()
}

#[test]
fn arguments_are_told_apart_by_their_text() {
    let refs =
        |name: &str, path: Option<&str>| VersionArg::Ref { name: name.to_owned(), path: path.map(str::to_owned) };
    let file = |path: &str| VersionArg::File(path.to_owned());
    for (text, expected) in [
        ("-", VersionArg::Stdin),
        (".", VersionArg::WorkTree),
        ("v1", VersionArg::Named("v1".to_owned())),
        ("api/openapi.yaml", VersionArg::Named("api/openapi.yaml".to_owned())),
        ("v1:api.yaml", refs("v1", Some("api.yaml"))),
        ("v1:", refs("v1", None)),
        ("./v1", file("./v1")),
        ("../v1..v2", file("../v1..v2")),
        ("/api.yaml", file("/api.yaml")),
        (r"C:\api.yaml", file(r"C:\api.yaml")),
        ("https://example.org/a.json", VersionArg::Url("https://example.org/a.json".to_owned())),
    ] {
        assert_eq!(VersionArg::parse(text).unwrap(), expected, "{text}");
    }
    for refused in ["", ":api.yaml", "ftp://example.org/a.json", "file:///api.yaml"] {
        assert!(matches!(VersionArg::parse(refused), Err(SourceError::BadVersion { .. })), "{refused}");
    }
    let plain = VersionArg::parse("http://example.org/a.json").unwrap_err();
    assert_eq!(plain.advice().unwrap(), "use `https://example.org/a.json`, or fetch the file yourself");
}

#[test]
fn two_dots_and_three_dots_are_ranges() {
    let range = |text| RangeArg::parse(text).map(|range| (range.base, range.head, range.from_merge_base));
    let some = |base: &str, head: &str, merge| Some((base.to_owned(), head.to_owned(), merge));
    assert_eq!(range("v1..v2"), some("v1", "v2", false));
    assert_eq!(range("origin/main...HEAD"), some("origin/main", "HEAD", true));
    assert_eq!(range("v1.."), some("v1", "HEAD", false));
    assert_eq!(range("...topic"), some("HEAD", "topic", true));
    assert_eq!(range("v1:a.yaml..v2:b.yaml"), some("v1:a.yaml", "v2:b.yaml", false));
    for other in ["v1", "../a.yaml", "./a..b", "a/../b.yaml", "a....b", "v1:../a.yaml", "https://x/a..b"] {
        assert_eq!(range(other), None, "{other}");
    }
}

#[test]
fn a_name_for_two_things_is_refused_with_both_spellings() {
    let fixture = Fixture::three_commits(&[]);
    fixture.write("v1", "a file");
    let place = VersionResolver::new(fixture.path());
    let ambiguous = error(open(&place, "v1"));
    assert_eq!(ambiguous.to_string(), "`v1` is both a ref and a file");
    assert_eq!(ambiguous.advice().unwrap(), "write `v1:` for the ref or `./v1` for the file");
    assert_eq!(open(&place, "v1:").unwrap().commit.unwrap().subject, "one");
    assert_eq!(open(&place, "./v1").unwrap().document.unwrap(), "v1");
    assert_eq!(error(open(&place, "v9")).to_string(), "`v9` is neither a ref nor a file");
}

#[test]
fn a_path_at_a_ref_is_looked_up_at_once() {
    let fixture = Fixture::three_commits(&[]);
    fixture.write("sub/x.yaml", "x");
    let place = VersionResolver::new(fixture.path().join("sub"));
    let version = open(&place, "v1:api.yaml").unwrap();
    assert_eq!((version.label.as_str(), read(&version, "api.yaml")), ("v1", b"one\n".to_vec()));
    assert_eq!(open(&place, "v1:../api.yaml").unwrap().document.unwrap(), "api.yaml");
    let absent = error(open(&place, "v1:sub/x.yaml"));
    assert_eq!(absent.to_string(), "no file `sub/x.yaml` at `v1`");
    assert!(matches!(error(open(&place, "v9:api.yaml")), SourceError::RefNotFound { .. }));
    assert!(matches!(error(open(&place, "v1:../../api.yaml")), SourceError::OutsideRoot { .. }));
}

#[test]
fn the_sides_of_a_comparison_have_defaults() {
    let fixture = Fixture::three_commits(&[]);
    fixture.git(&["checkout", "--quiet", "-b", "work", "v1"]);
    fixture.write("api.yaml", "committed\n");
    fixture.commit("2024-05-04T12:00:00+0000", "work");
    fixture.write("api.yaml", "edited\n");
    let place = VersionResolver::new(fixture.path());
    let seen = |base, head| {
        let (base, head) = place.compare(base, head).unwrap();
        let text = |version| String::from_utf8(read(version, "api.yaml")).unwrap();
        (base.label.clone(), text(&base), head.label.clone(), text(&head))
    };
    let row = |one: &str, two: &str, three: &str, four: &str| {
        (one.to_owned(), format!("{two}\n"), three.to_owned(), format!("{four}\n"))
    };
    assert_eq!(seen(None, None), row("merge base with main", "one", "work tree", "edited"));
    assert_eq!(seen(Some("main"), None), row("main", "three", "work tree", "edited"));
    assert_eq!(seen(Some("main"), Some("HEAD")), row("main", "three", "HEAD", "committed"));
    assert_eq!(seen(Some("main..HEAD"), None), row("main", "three", "HEAD", "committed"));
    assert_eq!(seen(Some("main...HEAD"), None), row("merge base of main and HEAD", "one", "HEAD", "committed"));
    assert_eq!(seen(Some("main"), Some("./api.yaml")), row("main", "three", "./api.yaml", "edited"));
    let (_, head) = place.compare(Some("main:api.yaml"), None).unwrap();
    assert_eq!(head.document.unwrap(), "api.yaml");
    fixture.git(&["checkout", "--quiet", "--force", "main"]);
    fixture.write("new.yaml", "new");
    fixture.commit("2024-05-05T12:00:00+0000", "new");
    let absent = place.compare(Some("main:new.yaml...work"), None).err().unwrap();
    assert_eq!(absent.to_string(), "no file `new.yaml` at `merge base of main and work`");
    assert!(matches!(place.compare(Some("-"), Some("-")).err().unwrap(), SourceError::StdinTwice));
    let bare = fixture.clone_with(&["--bare"]);
    let place = VersionResolver::new(bare.path());
    assert!(matches!(place.compare(None, None).err().unwrap(), SourceError::NoWorkTree));
    assert_eq!(place.compare(None, Some("HEAD")).unwrap().1.commit.unwrap().subject, "new");
}
