//! Jobs of GitHub Actions, and of Forgejo's and Gitea's, which have GitHub's variables and events.

use serde_json::Value;

use super::{Env, ForgeError, field, get, need, number, sha, sha_field, url};
use crate::forge::place::{Kind, Place, Run};

/// The number of the pull request, the commit, and whether the token cannot write.
struct Judged {
    number: Option<u64>,
    branch: Option<String>,
    sha: String,
    fork: bool,
}

pub(super) fn place(kind: Kind, env: Env, event: Option<&str>) -> Result<Place, ForgeError> {
    let api = match get(env, "FORGEJO_API_URL").filter(|_| kind == Kind::Forgejo) {
        Some(text) => url("FORGEJO_API_URL", &text)?,
        None => url("GITHUB_API_URL", &need(env, "GITHUB_API_URL")?)?,
    };
    let repository = need(env, "GITHUB_REPOSITORY")?;
    if !is_repository(&repository) {
        return Err(ForgeError::Unusable { variable: "GITHUB_REPOSITORY", problem: "is not OWNER/NAME" });
    }
    let id = number("GITHUB_RUN_ID", &need(env, "GITHUB_RUN_ID")?)?;
    // Forgejo does not count attempts.
    let attempt = get(env, "GITHUB_RUN_ATTEMPT").map_or(Ok(1), |text| number("GITHUB_RUN_ATTEMPT", &text))?;
    let name = need(env, "GITHUB_EVENT_NAME")?;
    let judged = judged(&name, env, event, &repository)?;
    Ok(Place {
        kind,
        api,
        repository,
        number: judged.number,
        branch: judged.branch,
        sha: judged.sha,
        run: Run { id, attempt },
        queue: name == "merge_group",
        fork: judged.fork,
        pipeline: None,
        token: None,
    })
}

/// Of a pull request its own head, never the merge commit that `GITHUB_SHA` names: a status there would hide the head's.
fn judged(name: &str, env: Env, event: Option<&str>, repository: &str) -> Result<Judged, ForgeError> {
    if name.starts_with("pull_request") {
        let event = read(event)?;
        let number = field(&event, "pull_request.number")?.as_u64();
        let number = number.ok_or(ForgeError::Field { field: "pull_request.number" })?;
        let sha = sha_field(&event, "pull_request.head.sha")?;
        // The repository of a head is null where the fork was deleted.
        let home = event.pointer("/pull_request/head/repo/full_name").and_then(Value::as_str);
        let foreign = home.is_none_or(|home| !home.eq_ignore_ascii_case(repository));
        let bot = get(env, "GITHUB_ACTOR").is_some_and(|actor| actor == "dependabot[bot]");
        return Ok(Judged { number: Some(number), branch: None, sha, fork: foreign || bot });
    }
    let alone = |sha| Judged { number: None, branch: None, sha, fork: false };
    match name {
        "merge_group" => Ok(alone(sha_field(&read(event)?, "merge_group.head_sha")?)),
        "workflow_run" => {
            let event = read(event)?;
            let branch = branch(&event);
            Ok(Judged { branch, ..alone(sha_field(&event, "workflow_run.head_sha")?) })
        }
        _ => Ok(alone(sha("GITHUB_SHA", &need(env, "GITHUB_SHA")?)?)),
    }
}

/// Whose branch a run was for that a pull request started: GitHub names no pull request where it comes from a fork.
fn branch(event: &Value) -> Option<String> {
    let text = |pointer: &str| event.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty());
    text("/workflow_run/event").filter(|name| name.starts_with("pull_request"))?;
    let (owner, name) = (text("/workflow_run/head_repository/owner/login")?, text("/workflow_run/head_branch")?);
    Some(format!("{owner}:{name}"))
}

fn read(event: Option<&str>) -> Result<Value, ForgeError> {
    let text = event.ok_or(ForgeError::Event { problem: "is missing" })?;
    serde_json::from_str(text).map_err(|_| ForgeError::Event { problem: "is not JSON" })
}

fn is_repository(text: &str) -> bool {
    let is_name = |name: &str| {
        !matches!(name, "" | "." | "..")
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
    };
    text.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name))
}
