//! What each forge answers, and what it does.

use preavis::forge::Kind;
use serde_json::{Map, Value, json};

use super::percent::decoded;
use super::state::{Comment, State, Status};
use super::{Answer, Seen};
use crate::forge::described::Description;

fn ok(status: u16, body: Value) -> Answer {
    Answer { status, body: Some(body), ..Answer::default() }
}

fn error(status: u16, message: &str) -> Answer {
    ok(status, json!({"message": message}))
}

fn gone() -> Answer {
    Answer { status: 204, ..Answer::default() }
}

pub(super) fn answer(state: &mut State, kind: Kind, seen: &Seen, api: &str) -> Answer {
    let parts: Vec<String> = seen.path.split('/').skip(1).map(decoded).collect();
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let rest = match (kind, parts.as_slice()) {
        (_, ["user"]) => return ok(200, user(kind, &state.login)),
        (Kind::GitLab, ["projects", "5", rest @ ..]) | (_, ["repos", "o", "r", rest @ ..]) => rest,
        _ => return error(404, "Not Found"),
    };
    let body = seen.body.clone().unwrap_or_default();
    match (seen.method.as_str(), rest) {
        ("GET", ["pulls" | "merge_requests", "7"]) => ok(200, pull(state, kind)),
        ("GET", ["pulls" | "merge_requests"]) if !seen.query.iter().any(|(name, _)| name == "head") => {
            page(&[pull(state, kind)], state.page, seen, api)
        }
        ("GET", ["pulls"]) => {
            let of = |branch: &&(String, u64, String)| seen.query.contains(&("head".to_owned(), branch.0.clone()));
            let pulls = state.branches.iter().filter(of);
            let all: Vec<Value> = pulls
                .map(|(_, number, head)| {
                    let mut pull = pull(state, kind);
                    (pull["number"], pull["head"]["sha"]) = (json!(number), json!(head));
                    pull
                })
                .collect();
            page(&all, state.page, seen, api)
        }
        ("PUT", ["merge_requests", "7"]) => change(state, &body),
        ("GET", ["issues" | "merge_requests", "7", "comments" | "notes"]) => {
            let all: Vec<Value> = state.comments.iter().map(|it| comment(kind, it)).collect();
            // Forgejo has no pages of them.
            if kind == Kind::Forgejo { ok(200, json!(all)) } else { page(&all, state.page, seen, api) }
        }
        ("POST", ["issues" | "merge_requests", "7", "comments" | "notes"]) => add(state, kind, &text(&body, "body")),
        (method, ["issues", "comments", id] | ["merge_requests", "7", "notes", id]) => {
            one(state, kind, method, id, &text(&body, "body"))
        }
        ("POST", ["issues", "7", "labels"]) => add_labels(state, kind, &body),
        ("DELETE", ["issues", "7", "labels", label]) => remove_label(state, kind, label),
        ("GET", ["labels"]) => {
            let all: Vec<Value> = state.known_labels.clone().iter().map(|name| label(state, name)).collect();
            page(&all, state.page, seen, api)
        }
        ("POST", ["labels"]) => {
            state.known_labels.push(text(&body, "name"));
            ok(201, label(state, &text(&body, "name")))
        }
        ("GET", ["commits", sha, "statuses"] | ["statuses", sha] | ["repository", "commits", sha, "statuses"]) => {
            let all: Vec<Value> =
                state.statuses.iter().rev().filter(|it| it.sha == *sha).map(|it| status(kind, it)).collect();
            page(&all, state.page, seen, api)
        }
        ("POST", ["statuses", sha]) => set_status(state, kind, sha, &body),
        _ => error(404, "Not Found"),
    }
}

fn text(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_default().to_owned()
}

fn user(kind: Kind, login: &str) -> Value {
    if kind == Kind::GitLab {
        json!({"id": 3, "username": login})
    } else {
        json!({"id": 3, "login": login, "type": "Bot"})
    }
}

fn pull(state: &State, kind: Kind) -> Value {
    if kind == Kind::GitLab {
        let word = match (state.merged, state.closed) {
            (true, _) => "merged",
            (_, true) => "closed",
            (_, false) => "opened",
        };
        let (sha, labels) = (&state.head, &state.labels);
        return json!({"iid": 7, "sha": sha, "state": word, "labels": labels, "target_branch": state.base});
    }
    let labels: Vec<Value> = state.labels.iter().map(|name| label(state, name)).collect();
    let word = if state.closed || state.merged { "closed" } else { "open" };
    json!({"number": 7, "state": word, "merged": state.merged, "locked": false, "labels": labels, "head": {"sha": state.head}, "base": {"ref": state.base}, "requested_teams": []})
}

fn label(state: &State, name: &str) -> Value {
    let id = state.known_labels.iter().position(|known| known == name).unwrap_or(99);
    json!({"id": id, "name": name})
}

fn comment(kind: Kind, comment: &Comment) -> Value {
    let Comment { id, author, body, system } = comment;
    if kind == Kind::GitLab {
        return json!({"id": id, "body": body, "system": system, "author": user(kind, author)});
    }
    json!({"id": id, "body": body, "user": user(kind, author)})
}

fn status(kind: Kind, row: &Status) -> Value {
    let Status { id, sha, name, state, description, target_url, author } = row;
    let who = user(kind, author);
    match kind {
        Kind::GitHub => {
            json!({"id": id, "state": state, "context": name, "description": description, "target_url": target_url, "creator": who})
        }
        Kind::GitLab => {
            json!({"id": id, "sha": sha, "name": name, "status": state, "description": description, "target_url": target_url, "author": who})
        }
        Kind::Forgejo => {
            let url = target_url.clone().unwrap_or_default();
            json!({"id": id, "status": state, "context": name, "description": description, "target_url": url, "creator": who})
        }
    }
}

/// Some entries, and where the others are.
fn page(all: &[Value], size: usize, seen: &Seen, api: &str) -> Answer {
    let query = |name: &str| seen.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let number: usize = query("page").and_then(|text| text.parse().ok()).unwrap_or(1);
    let entries: Vec<&Value> = all.iter().skip((number - 1) * size).take(size).collect();
    let mut answer = ok(200, json!(entries));
    if number * size < all.len() {
        let others = seen.query.iter().filter(|(key, _)| key != "page");
        let mut pairs: Vec<String> = others.map(|(key, value)| format!("{key}={value}")).collect();
        pairs.push(format!("page={}", number + 1));
        let link = format!("<{api}{}?{}>; rel=\"next\"", seen.path, pairs.join("&"));
        answer.headers.push(("link".to_owned(), link));
    }
    answer
}

fn add(state: &mut State, kind: Kind, body: &str) -> Answer {
    if body.chars().count() > state.longest {
        return error(422, "Body is too long (maximum is 65536 characters)");
    }
    // GitLab takes lines away that it obeys.
    let obeyed = |line: &&str| kind == Kind::GitLab && line.starts_with("/close");
    let kept: Vec<&str> = body.split('\n').filter(|line| !obeyed(line)).collect();
    let login = state.login.clone();
    state.comment(&login, &kept.join("\n"));
    ok(201, comment(kind, state.comments.last().expect("the comment")))
}

fn one(state: &mut State, kind: Kind, method: &str, id: &str, body: &str) -> Answer {
    let Some(at) = state.comments.iter().position(|comment| comment.id.to_string() == id) else {
        return error(404, "Not Found");
    };
    if method == "DELETE" {
        state.comments.remove(at);
        return gone();
    }
    body.clone_into(&mut state.comments[at].body);
    ok(200, comment(kind, &state.comments[at]))
}

fn add_labels(state: &mut State, kind: Kind, body: &Value) -> Answer {
    let names: Vec<String> = serde_json::from_value(body["labels"].clone()).expect("names");
    let same = |one: &str, other: &str| match kind {
        Kind::GitHub => one.to_lowercase() == other.to_lowercase(),
        Kind::GitLab | Kind::Forgejo => one == other,
    };
    for name in names {
        let known = state.known_labels.iter().find(|known| same(known, &name)).cloned();
        match known {
            Some(known) => state.labels.push(known),
            None if kind == Kind::Forgejo => {}
            None if !state.may_create_labels => {
                return error(403, "You do not have permission to create labels on this repository.");
            }
            None => {
                state.known_labels.push(name.clone());
                state.labels.push(name);
            }
        }
    }
    let all: Vec<Value> = state.labels.iter().map(|name| label(state, name)).collect();
    ok(200, json!(all))
}

fn remove_label(state: &mut State, kind: Kind, which: &str) -> Answer {
    let name = match kind {
        Kind::Forgejo => which.parse().ok().and_then(|id: usize| state.known_labels.get(id)).cloned(),
        Kind::GitHub | Kind::GitLab => Some(which.to_owned()),
    };
    let Some(at) = state.labels.iter().position(|label| Some(label) == name.as_ref()) else {
        return error(404, "Label does not exist");
    };
    state.labels.remove(at);
    if kind == Kind::Forgejo {
        return gone();
    }
    let all: Vec<Value> = state.labels.iter().map(|name| label(state, name)).collect();
    ok(200, json!(all))
}

fn change(state: &mut State, body: &Value) -> Answer {
    let names = |name: &str| -> Vec<String> {
        text(body, name).split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let removed = names("remove_labels");
    state.labels.retain(|label| !removed.contains(label));
    state.labels.extend(names("add_labels"));
    ok(200, pull(state, Kind::GitLab))
}

fn set_status(state: &mut State, kind: Kind, sha: &str, body: &Value) -> Answer {
    if sha.starts_with("dead") {
        return match kind {
            Kind::GitHub => error(422, "No commit found for SHA"),
            Kind::GitLab => error(404, "404 Commit Not Found"),
            Kind::Forgejo => error(500, "object does not exist"),
        };
    }
    let name = if kind == Kind::GitLab { text(body, "name") } else { text(body, "context") };
    let word = text(body, "state");
    let last = state.statuses.iter().rev().find(|it| it.sha == sha && it.name == name);
    if kind == Kind::GitLab && last.is_some_and(|last| last.state == word && word == "pending") {
        return error(400, "Cannot transition status via :enqueue from :pending");
    }
    state.next += 1;
    let row = Status {
        id: state.next,
        sha: sha.to_owned(),
        name,
        state: word,
        description: text(body, "description"),
        target_url: body["target_url"].as_str().map(str::to_owned),
        author: state.login.clone(),
    };
    state.statuses.push(row.clone());
    ok(201, status(kind, &row))
}

/// An answer with what the description's own example has and preavis does not read.
pub(super) fn dressed(description: &Description, seen: &Seen, body: &Value) -> Value {
    let last: Vec<&str> = seen.path.rsplit('/').take(2).collect();
    let name = match last.as_slice() {
        ["comments" | "notes", ..] | [_, "comments" | "notes"] => "issue-comment",
        ["labels", ..] | [_, "labels"] => "label",
        ["statuses", ..] | [_, "statuses"] => "status",
        [_, "pulls"] => "pull-request",
        _ => return body.clone(),
    };
    let Some(example) = description.example(name) else { return body.clone() };
    match body.as_array() {
        Some(all) => all.iter().map(|one| over(&example, one)).collect(),
        None if body.get("message").is_some() => body.clone(),
        None => over(&example, body),
    }
}

fn over(example: &Value, own: &Value) -> Value {
    match (example, own) {
        (Value::Object(example), Value::Object(own)) => {
            let mut out: Map<String, Value> = example.clone();
            for (name, value) in own {
                let value = out.get(name).map_or_else(|| value.clone(), |before| over(before, value));
                out.insert(name.clone(), value);
            }
            Value::Object(out)
        }
        (Value::Array(examples), Value::Array(own)) => {
            let example = examples.first().cloned().unwrap_or_default();
            own.iter().map(|one| over(&example, one)).collect()
        }
        (_, own) => own.clone(),
    }
}
