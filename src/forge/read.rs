//! What the forges answer, read into one form. A field that is missing is an answer that cannot be read, never a guess.

use serde_json::Value;

use super::place::Kind;
use super::waiting::Waiting;

/// A pull request as it is now.
pub(super) struct Pull {
    pub(super) head: String,
    pub(super) state: State,
    pub(super) labels: Vec<Label>,
}

/// Whether a pull request still waits for anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Open,
    Closed,
    Merged,
}

/// A label on a pull request or of a repository.
pub(super) struct Label {
    pub(super) name: String,
    /// Its number, by which Forgejo removes it.
    pub(super) id: Option<u64>,
}

/// A comment by anybody.
pub(super) struct Comment {
    pub(super) id: u64,
    pub(super) author: String,
    pub(super) body: String,
}

/// A status of a commit by anybody.
pub(super) struct StatusRow {
    pub(super) id: u64,
    pub(super) name: String,
    pub(super) state: String,
    pub(super) description: String,
    pub(super) target_url: Option<String>,
    /// Who wrote it, where the answer says it.
    pub(super) author: Option<String>,
}

fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

/// The name of a user: GitHub and Forgejo say `login`, GitLab says `username`.
pub(super) fn login(user: &Value) -> Option<String> {
    text(user, "login").or_else(|| text(user, "username"))
}

pub(super) fn pull(kind: Kind, answer: &Value) -> Option<Pull> {
    let head = match kind {
        Kind::GitHub | Kind::Forgejo => text(answer.get("head")?, "sha")?,
        Kind::GitLab => text(answer, "sha")?,
    };
    let merged = answer.get("merged").and_then(Value::as_bool).unwrap_or(false);
    let state = match text(answer, "state")?.as_str() {
        _ if merged => State::Merged,
        "open" | "opened" | "locked" => State::Open,
        "merged" => State::Merged,
        _ => State::Closed,
    };
    Some(Pull { head: head.to_ascii_lowercase(), state, labels: labels(answer.get("labels")?)? })
}

/// The number of the first pull request of a list that has a commit as its head.
pub(super) fn number(list: &[Value], sha: &str) -> Option<u64> {
    let has = |pull: &&Value| {
        pull.pointer("/head/sha").and_then(Value::as_str).is_some_and(|head| head.eq_ignore_ascii_case(sha))
    };
    list.iter().find(has)?.get("number")?.as_u64()
}

/// An open pull request of a list.
pub(super) fn waiting(kind: Kind, value: &Value) -> Option<Waiting> {
    let (number, head, base) = match kind {
        Kind::GitHub | Kind::Forgejo => {
            ("number", value.pointer("/head/sha")?.as_str()?, value.pointer("/base/ref")?.as_str()?)
        }
        Kind::GitLab => ("iid", value.get("sha")?.as_str()?, value.get("target_branch")?.as_str()?),
    };
    let number = value.get(number)?.as_u64()?;
    Some(Waiting { number, head: head.to_ascii_lowercase(), base: base.to_owned() })
}

/// GitLab lists names, the others objects.
pub(super) fn labels(list: &Value) -> Option<Vec<Label>> {
    let label = |value: &Value| match value.as_str() {
        Some(name) => Some(Label { name: name.to_owned(), id: None }),
        None => Some(Label { name: text(value, "name")?, id: value.get("id").and_then(Value::as_u64) }),
    };
    // Forgejo has null for no labels in old versions.
    list.as_array().map_or_else(|| list.is_null().then(Vec::new), |all| all.iter().map(label).collect())
}

/// True of what nobody wrote: GitLab has notes of its own.
pub(super) fn is_system(comment: &Value) -> bool {
    comment.get("system").and_then(Value::as_bool) == Some(true)
}

pub(super) fn comment(answer: &Value) -> Option<Comment> {
    let id = answer.get("id")?.as_u64()?;
    // A user who is gone is null.
    let author = answer.get("user").or_else(|| answer.get("author")).and_then(login).unwrap_or_default();
    Some(Comment { id, author, body: text(answer, "body").unwrap_or_default() })
}

/// GitHub and GitLab say `state` and `status`; Forgejo says `status` too, and `context` where GitLab says `name`.
pub(super) fn status(kind: Kind, answer: &Value) -> Option<StatusRow> {
    let (state, name) = match kind {
        Kind::GitHub => ("state", "context"),
        Kind::GitLab => ("status", "name"),
        Kind::Forgejo => ("status", "context"),
    };
    Some(StatusRow {
        id: answer.get("id")?.as_u64()?,
        name: text(answer, name)?,
        state: text(answer, state)?,
        description: text(answer, "description").unwrap_or_default(),
        target_url: text(answer, "target_url").filter(|url| !url.is_empty()),
        author: answer.get("creator").or_else(|| answer.get("author")).and_then(login),
    })
}

/// What an error says: `message`, in GitLab also `error`, and what GitHub lists under `errors`.
pub(super) fn message(answer: &Value) -> String {
    let said = ["message", "error", "error_description"].iter().find_map(|name| answer.get(name));
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let details = answer.get("errors").and_then(Value::as_array).into_iter().flatten();
    let details = details.map(|detail| text(detail, "message").or_else(|| text(detail, "code")).unwrap_or_default());
    let all: Vec<String> = said.map(plain).into_iter().chain(details).filter(|part| !part.is_empty()).collect();
    all.join(": ")
}

/// The address of the next page in a `Link` header (RFC 8288).
pub(super) fn next_link(header: &str) -> Option<&str> {
    header.split('<').skip(1).find_map(|part| {
        let (url, rest) = part.split_once('>')?;
        let is_next = |parameter: &str| {
            let (name, value) = parameter.split_once('=').unwrap_or_default();
            let value = value.trim().trim_end_matches(',').trim_end().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel") && value.split(' ').any(|word| word.eq_ignore_ascii_case("next"))
        };
        rest.split(';').any(is_next).then_some(url)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_next_page_is_found_among_links() {
        let page = |header| next_link(header);
        assert_eq!(
            page(r#"<https://a/?page=1>; rel="prev", <https://a/?page=3,4>; rel="next""#),
            Some("https://a/?page=3,4")
        );
        assert_eq!(page(r#"<https://a/2>; title="x"; rel=next, <https://a/9>; rel="last""#), Some("https://a/2"));
        assert_eq!(page(r#"<https://a/9>; rel="last", <https://a/1>; rel="first""#), None);
        assert_eq!(page("rubbish"), None);
    }

    #[test]
    fn what_errors_say_is_found() {
        let body =
            json!({"message": "Validation Failed", "errors": [{"code": "custom", "message": "body is too long"}]});
        assert_eq!(message(&body), "Validation Failed: body is too long");
        assert_eq!(message(&json!({"message": {"name": ["is bad"]}})), r#"{"name":["is bad"]}"#);
        assert_eq!(message(&json!([1])), "");
    }

    #[test]
    fn what_is_missing_is_no_pull_request() {
        assert!(pull(Kind::GitHub, &json!({"state": "open", "labels": []})).is_none());
        assert!(pull(Kind::GitLab, &json!({"state": "opened", "sha": "A", "labels": ["x"]})).is_some());
    }
}
