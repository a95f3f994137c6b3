//! Junk and traps: an error with its place, in little time and memory.

use super::*;

#[test]
fn errors_say_where() {
    let cases = [
        ("{\"a\": 1,\n \"b\" 2}", "x:2:6: expected `:`"),
        ("\u{feff}{\"a\" 1}", "x:1:7: expected `:`"),
        ("{\"é\": 1, x: [}", "x:1:10: key must be a string"),
        ("a: 1\nb: [1\n", "x:3:1: "),
        ("a: 1\n---\nb: 2\n", "x:2:1: a second YAML document begins here; one file holds one document"),
        ("a: 1\n? [x]\n: 1\n", "x:2:3: a key must be a scalar"),
        ("a: &x [1, *x]\n", "x:1:11: an alias stands inside the value it names"),
        ("a: 1\nb: *y\n", "x:2:4: "),
    ];
    for (text, start) in cases {
        let message = refused(text);
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn conflict_markers_are_named_with_their_line() {
    let merge = "<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> topic\n";
    assert_eq!(refused(&format!("a:\n{merge}")), "x:2:1: git conflict marker `<<<<<<<`");
    assert_eq!(refused(&format!("{{\"a\":\n{merge}}}")), "x:2:1: git conflict marker `<<<<<<<`");
    assert_eq!(refused(&format!("a: \"\n{merge}\"\n")), "x:2:1: git conflict marker `<<<<<<<`");
    assert_eq!(refused("a: [\n>>>>>>> topic\n"), "x:2:1: git conflict marker `>>>>>>>`");
    parsed("a: |\n  Heading\n  =======\n  <<<<<<< not at the start of a line\n");
}

#[test]
fn bytes_that_are_not_utf8_are_told() {
    let wrong = |bytes: &[u8]| read("x", bytes.to_vec(), &Limits::default()).unwrap_err().to_string();
    assert_eq!(wrong(b"a: 1\nb: \xff\n"), "x:2: not UTF-8: an invalid byte sequence at byte 8");
    assert_eq!(wrong(b"\xff\xfe{\0}\0"), "x:1: not UTF-8: a UTF-16 byte order mark at byte 0");
}

#[test]
fn what_is_no_openapi_document_is_told_by_what_it_is() {
    let cases = [
        ("", "not an OpenAPI document: the file is empty"),
        ("# only a comment\n", "not an OpenAPI document: only `null`"),
        ("hello: world", "not an OpenAPI document: no `openapi` or `swagger` field, but `hello`"),
        ("[1]", "not an OpenAPI document: an array"),
        ("just words", "not an OpenAPI document: only the text `just words`"),
        ("{}", "not an OpenAPI document: an empty object"),
        ("openapi: 4.9.9", "`openapi: 4.9.9` is not a version this tool reads"),
        ("openapi: 3.0.x", "`openapi: 3.0.x` is not a version this tool reads"),
        ("openapi: 3.10.0", "`openapi: 3.10.0` is not a version this tool reads"),
        ("swagger: 1.2", "`swagger: 1.2` is not a version this tool reads"),
        ("openapi: {}", "`openapi: {…}` is not a version this tool reads"),
    ];
    for (text, end) in cases {
        let error = document(&[("x", text)]).unwrap_err();
        assert!(error.to_string().ends_with(end), "{error}");
        assert!(!error.advice().is_empty());
    }
    assert_eq!(
        load(&Memory(Vec::new()), "x", &mut ParseCache::default(), &Limits::default()).unwrap_err().to_string(),
        "x: no such file in this version"
    );
}

#[test]
fn versions_are_detected() {
    use crate::spec::SpecVersion::{V20, V30, V31, V32};
    let cases = [
        ("swagger: '2.0'\ninfo: {}\npaths: {}", V20, 0),
        ("swagger: 2.0\ninfo: {}\npaths: {}", V20, 1),
        ("openapi: 3.0.3\ninfo: {}\npaths: {}", V30, 0),
        ("openapi: 3.0.3", V30, 2),
        ("openapi: 3.1.0\ninfo: {}", V31, 0),
        ("openapi: 3.1\ninfo: {}", V31, 1),
        ("openapi: 3.2.0-rc1\ninfo: {}", V32, 1),
    ];
    for (text, version, problems) in cases {
        let document = document(&[("x", text)]).unwrap();
        assert_eq!((document.version, document.problems.len()), (version, problems), "{text}");
    }
}

#[test]
fn deep_nesting_is_an_error_in_both_notations() {
    let deep = |open: &str, close: &str, levels: usize| format!("{}1{}", open.repeat(levels), close.repeat(levels));
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{a: ", "}")] {
        parsed(&deep(open, close, 100));
        for levels in [101, 300, 50_000] {
            assert!(
                refused(&deep(open, close, levels)).ends_with("nested more than 100 levels deep"),
                "{open} {levels}"
            );
        }
        refused(&open.repeat(50_000));
    }
    parsed(&deep("- ", "", 100));
    assert!(refused(&deep("- ", "", 50_000)).ends_with("nested more than 100 levels deep"));
    refused(&"? ".repeat(20_000));
}

#[test]
fn aliases_cannot_multiply_without_end() {
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..30 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(laughs, "a{level}: &a{level} [{items}]").unwrap();
    }
    assert!(refused(&laughs).ends_with("YAML aliases stand for more than 250000 further values"));
    let mut merges = "a0: &a0 {k0: [1, 1, 1, 1, 1, 1, 1, 1]}\n".to_owned();
    for level in 1..2_000 {
        writeln!(merges, "a{level}: &a{level} {{<<: *a{}, k{level}: 1}}", level - 1).unwrap();
    }
    assert!(
        refused(&merges).ends_with("YAML aliases stand for more than 250000 further values"),
        "{}",
        refused(&merges)
    );
    let mut nested = "a0: &a0 [1]\n".to_owned();
    for level in 1..200 {
        writeln!(nested, "a{level}: &a{level} [*a{}]", level - 1).unwrap();
    }
    assert!(refused(&nested).ends_with("nested more than 100 levels deep"));
}

#[test]
fn sizes_are_limited() {
    let files = Memory(vec![("x".into(), b"{\"openapi\":\"3.1.0\",\"info\":{}}".to_vec())]);
    let load =
        |limits: &Limits| load(&files, "x", &mut ParseCache::default(), limits).map(|_| ()).map_err(|e| e.to_string());
    let limits = Limits::default();
    assert_eq!(load(&limits), Ok(()));
    assert_eq!(load(&Limits { bytes: 10, ..limits.clone() }), Err("x: more than 10 bytes".into()));
    assert_eq!(load(&Limits { total: 10, ..limits.clone() }), Err("x: more than 10 bytes in all files".into()));
    assert_eq!(load(&Limits { nodes: 2, ..limits.clone() }), Err("x: more than 2 values".into()));
    assert_eq!(load(&Limits { files: 0, ..limits }), Err("x: more than 0 files".into()));
}
