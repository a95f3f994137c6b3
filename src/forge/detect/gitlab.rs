//! Jobs of GitLab CI. A pipeline of a merge request names its project, which is not the job's own where a fork is merged.

use super::{Env, ForgeError, get, need, number, sha, url};
use crate::forge::place::{Kind, Place, Run};

pub(super) fn place(env: Env) -> Result<Place, ForgeError> {
    let (api, request) = (url("CI_API_V4_URL", &need(env, "CI_API_V4_URL")?)?, get(env, "CI_MERGE_REQUEST_IID"));
    let own = need(env, "CI_PROJECT_ID")?;
    let commit = sha("CI_COMMIT_SHA", &need(env, "CI_COMMIT_SHA")?)?;
    let id = number("CI_JOB_ID", &need(env, "CI_JOB_ID")?)?;
    let pipeline = number("CI_PIPELINE_ID", &need(env, "CI_PIPELINE_ID")?)?;
    let place = Place {
        kind: Kind::GitLab,
        api,
        repository: own.clone(),
        number: None,
        branch: None,
        sha: commit.clone(),
        // A job that is started again is a job of its own.
        run: Run { id, attempt: 1 },
        queue: false,
        fork: false,
        pipeline: Some(pipeline),
        token: None,
    };
    let Some(request) = request else { return Ok(place) };
    let request = number("CI_MERGE_REQUEST_IID", &request)?;
    let target = need(env, "CI_MERGE_REQUEST_PROJECT_ID")?;
    let source = get(env, "CI_MERGE_REQUEST_SOURCE_PROJECT_ID").unwrap_or_else(|| own.clone());
    let event = get(env, "CI_MERGE_REQUEST_EVENT_TYPE").unwrap_or_default();
    // Where the pipeline runs on a merged result, the commit is one that nobody pushed.
    let head = match event.as_str() {
        "merged_result" => {
            let variable = "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA";
            sha(variable, &need(env, variable)?)?
        }
        _ => commit.clone(),
    };
    Ok(Place {
        fork: own != target || source != target,
        queue: event == "merge_train",
        pipeline: Some(pipeline).filter(|_| head == commit && own == target),
        number: Some(request),
        sha: head,
        repository: target,
        ..place
    })
}
