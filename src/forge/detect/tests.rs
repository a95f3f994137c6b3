use std::collections::BTreeMap;

use serde_json::json;

use super::*;

type Vars<'a> = BTreeMap<&'a str, String>;

fn vars<'a>(pairs: &[(&'a str, &str)]) -> Vars<'a> {
    pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn run(vars: &Vars, event: Option<&str>) -> Result<Option<Place>, ForgeError> {
    detect(&|name| vars.get(name).cloned(), event, None)
}

fn sha_of(c: char) -> String {
    c.to_string().repeat(40)
}

fn github() -> Vars<'static> {
    let merge = sha_of('e');
    vars(&[
        ("GITHUB_ACTIONS", "true"),
        ("GITHUB_API_URL", "https://api.github.com"),
        ("GITHUB_REPOSITORY", "o/r"),
        ("GITHUB_SHA", &merge),
        ("GITHUB_RUN_ID", "99"),
        ("GITHUB_RUN_ATTEMPT", "2"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_TOKEN", "ghs_x"),
    ])
}

fn opened(home: Option<&str>) -> String {
    let repo = home.map(|home| json!({"full_name": home}));
    json!({"number": 7, "pull_request": {"number": 7, "merge_commit_sha": null, "head": {"sha": sha_of('a'), "repo": repo}}}).to_string()
}

#[test]
fn a_pull_request_is_judged_at_its_own_head() {
    let place = run(&github(), Some(&opened(Some("O/R")))).unwrap().unwrap();
    assert_eq!((place.kind, place.number, place.sha.as_str()), (Kind::GitHub, Some(7), sha_of('a').as_str()));
    assert_eq!((place.run.id, place.run.attempt, place.fork, place.queue), (99, 2, false, false));
    assert_eq!(place.token.unwrap().variable(), "GITHUB_TOKEN");
    for home in [Some("other/r"), None] {
        assert!(run(&github(), Some(&opened(home))).unwrap().unwrap().fork);
    }
    let mut bot = github();
    bot.insert("GITHUB_ACTOR", "dependabot[bot]".to_owned());
    assert!(run(&bot, Some(&opened(Some("o/r")))).unwrap().unwrap().fork);
}

#[test]
fn a_queue_and_a_push_have_a_commit_and_no_pull_request() {
    let mut queue = github();
    queue.insert("GITHUB_EVENT_NAME", "merge_group".to_owned());
    let event = json!({"merge_group": {"head_sha": sha_of('b')}}).to_string();
    let place = run(&queue, Some(&event)).unwrap().unwrap();
    assert!(place.queue && place.number.is_none() && place.sha == sha_of('b'));
    let mut push = github();
    push.insert("GITHUB_EVENT_NAME", "push".to_owned());
    let place = run(&push, None).unwrap().unwrap();
    assert!(!place.queue && place.number.is_none() && place.sha == sha_of('e'));
}

#[test]
fn forgejo_and_gitea_are_told_from_github_whose_variables_they_set() {
    let mut by_address = github();
    by_address.insert("GITHUB_API_URL", "https://forge.example/sub/api/v1/".to_owned());
    let mut by_name = github();
    by_name.insert("GITEA_ACTIONS", "true".to_owned());
    by_name.insert("FORGEJO_TOKEN", "t".to_owned());
    by_name.insert("PREAVIS_TOKEN", "p".to_owned());
    for vars in [&by_address, &by_name] {
        assert_eq!(run(vars, Some(&opened(Some("o/r")))).unwrap().unwrap().kind, Kind::Forgejo);
    }
    // GitHub's token is not one for another host.
    assert!(run(&by_address, Some(&opened(Some("o/r")))).unwrap().unwrap().token.is_none());
    assert_eq!(run(&by_name, Some(&opened(Some("o/r")))).unwrap().unwrap().token.unwrap().variable(), "PREAVIS_TOKEN");
    assert!(run(&vars(&[]), None).unwrap().is_none());
}

#[test]
fn gitlab_has_its_target_and_its_heads() {
    let (commit, head) = (sha_of('c'), sha_of('d'));
    let mut request = vars(&[
        ("GITLAB_CI", "true"),
        ("CI_API_V4_URL", "https://gitlab.example/api/v4"),
        ("CI_PROJECT_ID", "5"),
        ("CI_COMMIT_SHA", &commit),
        ("CI_JOB_ID", "31"),
        ("CI_PIPELINE_ID", "21"),
    ]);
    let place = run(&request, None).unwrap().unwrap();
    assert!(place.number.is_none() && place.pipeline == Some(21) && place.repository == "5");
    request.insert("CI_MERGE_REQUEST_IID", "3".to_owned());
    let missing = run(&request, None).unwrap_err();
    assert_eq!(missing, ForgeError::Missing { variable: "CI_MERGE_REQUEST_PROJECT_ID" });
    request.insert("CI_MERGE_REQUEST_PROJECT_ID", "5".to_owned());
    request.insert("CI_MERGE_REQUEST_EVENT_TYPE", "detached".to_owned());
    let place = run(&request, None).unwrap().unwrap();
    assert!(place.number == Some(3) && place.sha == commit && !place.fork && place.pipeline == Some(21));
    request.insert("CI_MERGE_REQUEST_EVENT_TYPE", "merged_result".to_owned());
    assert_eq!(
        run(&request, None).unwrap_err(),
        ForgeError::Missing { variable: "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA" }
    );
    request.insert("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", head.clone());
    let place = run(&request, None).unwrap().unwrap();
    assert!(place.sha == head && place.pipeline.is_none());
    request.insert("CI_PROJECT_ID", "8".to_owned());
    let place = run(&request, None).unwrap().unwrap();
    assert!(place.fork && place.repository == "5");
    request.insert("CI_MERGE_REQUEST_EVENT_TYPE", "merge_train".to_owned());
    assert!(run(&request, None).unwrap().unwrap().queue);
}

#[test]
fn what_is_missing_is_named() {
    let event = opened(Some("o/r"));
    for name in ["GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID", "GITHUB_EVENT_NAME"] {
        let mut less = github();
        less.remove(name);
        let error = run(&less, Some(&event)).unwrap_err();
        assert!(error.to_string().contains(name) && error.advice().contains(name), "{error}");
    }
    for (name, value) in [
        ("GITHUB_REPOSITORY", "../r"),
        ("GITHUB_REPOSITORY", "o/r/x"),
        ("GITHUB_API_URL", "https://me:secret@api.example"),
        ("GITHUB_API_URL", "file:///x"),
        ("GITHUB_RUN_ID", "-1"),
    ] {
        let mut odd = github();
        odd.insert(name, value.to_owned());
        let error = run(&odd, Some(&event)).unwrap_err().to_string();
        assert!(error.contains(name) && !error.contains("secret"), "{error}");
    }
    for (event, said) in [
        (None, "is missing"),
        (Some("{"), "not JSON"),
        (Some("{}"), "pull_request.number"),
        (Some(r#"{"pull_request": {"number": 7, "head": {"sha": "main"}}}"#), "pull_request.head.sha"),
        (Some(r#"{"pull_request": {"number": "7"}}"#), "pull_request.number"),
        (Some("[]"), "pull_request.number"),
    ] {
        let error = run(&github(), event).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}
