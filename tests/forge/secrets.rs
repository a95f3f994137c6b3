//! The token: in one header, at one host, and in no text.

use super::*;
use crate::forge::fake::{Fault, What};

#[test]
fn the_token_goes_to_its_own_server_in_its_own_header() {
    for kind in Kind::ALL {
        let fake = Fake::start(kind);
        let outcome = run(&place(&fake, kind, 1), &posting("x"));
        assert!(!format!("{outcome:?}").contains(SECRET));
        let scheme = if kind == Kind::Forgejo { "token" } else { "Bearer" };
        for seen in fake.log() {
            let holds: Vec<_> = seen.headers.iter().filter(|(_, value)| value.contains(SECRET)).collect();
            assert_eq!(holds, [&("authorization".to_owned(), format!("{scheme} {SECRET}"))]);
            assert!(!format!("{}{:?}{:?}", seen.path, seen.query, seen.body).contains(SECRET));
            let has = |name: &str, start: &str| {
                seen.headers.iter().any(|(key, value)| key == name && value.starts_with(start))
            };
            assert!(
                has("user-agent", "preavis/") && (kind != Kind::GitHub || has("x-github-api-version", "2022-11-28"))
            );
        }
    }
}

#[test]
fn no_other_server_ever_sees_a_request() {
    let other = Fake::start(Kind::GitHub);
    let to = |path: &str| vec![("location", format!("{}{path}", other.api()))];
    let link = vec![("link", format!("<{}/repos/o/r/issues/7/comments>; rel=\"next\"", other.api()))];
    for (method, path, what) in [
        ("GET", "/pulls", What::Reply(301, to("/repos/o/r/pulls/7"), "")),
        ("POST", "/comments", What::Reply(307, to("/repos/o/r/issues/7/comments"), "")),
        ("POST", "/comments", What::Reply(301, vec![("location", "https://elsewhere.example/".to_owned())], "")),
        ("GET", "/comments", What::Reply(200, link, "[]")),
    ] {
        let fake = Fake::start(Kind::GitHub);
        fake.fault(method, path, what);
        let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
        assert!(failed(&outcome).contains("to which the token does not belong"), "{outcome:?}");
        assert!(other.log().is_empty() && fake.state().comments.is_empty());
    }
}

#[test]
fn pages_that_lead_in_a_circle_end() {
    let fake = Fake::start(Kind::GitHub);
    let link = vec![("link", format!("<{}/repos/o/r/issues/7/comments?page=2>; rel=\"next\"", fake.api()))];
    fake.faults(Fault { method: "GET", path: "/comments", after: 0, times: 999, what: What::Reply(200, link, "[]") });
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
    assert!(failed(&outcome).contains("leads in a circle") && fake.writes().is_empty(), "{outcome:?}");
}

#[test]
fn what_a_server_says_is_no_command_and_no_secret() {
    let fake = Fake::start(Kind::GitHub);
    let said = r#"{"message": "s3cr3t-t0ken\n::error::x ##[error]y \u001b[31m"}"#;
    fake.fault("POST", "/comments", What::Reply(422, vec![], said));
    let outcome = run(&place(&fake, Kind::GitHub, 1), &comment_only("x"));
    let text = failed(&outcome);
    assert!(text.contains("<redacted>") && !text.contains(SECRET), "{text}");
    assert!(!text.contains("##[") && !text.contains('\u{1b}') && !text.contains("\n::"), "{text}");
}

#[test]
fn the_network_sees_no_token_without_encryption() {
    let fake = Fake::start(Kind::GitHub);
    let place = Place { api: Url::parse("http://forge.example/api").expect("a URL"), ..place(&fake, Kind::GitHub, 1) };
    let outcome = run(&place, &posting("x"));
    assert!(failed(&outcome).contains("without encryption") && outcome.failures.len() == 1, "{outcome:?}");
}
