//! Which forge a job of CI runs for, and what it may write there: read from the job's variables and its event.

use serde_json::Value;
use url::Url;

use super::place::{Kind, Place, Token};

mod actions;
mod gitlab;
#[cfg(test)]
mod tests;

/// Why nothing can be written: each names the variable or the field.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ForgeError {
    /// A variable that the forge sets in every job.
    #[error("the environment variable {variable} is not set")]
    Missing {
        /// Its name, or the names of which one is needed.
        variable: &'static str,
    },
    /// A variable that does not hold what its forge writes there.
    #[error("the environment variable {variable} {problem}")]
    Unusable {
        /// Its name.
        variable: &'static str,
        /// What it is not.
        problem: &'static str,
    },
    /// No event, or not one in JSON.
    #[error("the event of this run (the file that GITHUB_EVENT_PATH names) {problem}")]
    Event {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A field that the event lacks.
    #[error("the event of this run (the file that GITHUB_EVENT_PATH names) has no usable `{field}`")]
    Field {
        /// Its path.
        field: &'static str,
    },
}

impl ForgeError {
    /// The way out.
    pub fn advice(&self) -> String {
        match self {
            Self::Missing { variable } | Self::Unusable { variable, .. } => {
                format!("run inside a job of the forge's CI, or set {variable} as the forge does")
            }
            Self::Event { .. } | Self::Field { .. } => {
                "let the job run for `pull_request` or `merge_group`, and leave GITHUB_EVENT_PATH as the runner sets it"
                    .to_owned()
            }
        }
    }
}

/// A variable of the environment by its name.
type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Where a job writes its result; `None` outside of CI that is known. `event` is the text of the file that
/// `GITHUB_EVENT_PATH` names. A forge that is forced is believed, its variables are needed all the same.
pub fn detect(env: Env, event: Option<&str>, forced: Option<Kind>) -> Result<Option<Place>, ForgeError> {
    let Some(kind) = forced.or_else(|| kind(env)) else { return Ok(None) };
    let place = match kind {
        Kind::GitHub | Kind::Forgejo => actions::place(kind, env, event)?,
        Kind::GitLab => gitlab::place(env)?,
    };
    Ok(Some(Place { token: token(kind, env), ..place }))
}

/// Forgejo and Gitea set GitHub's variables too, so theirs are asked first.
fn kind(env: Env) -> Option<Kind> {
    let set = |name: &str| get(env, name).is_some_and(|value| value != "false");
    let forgejo_api = get(env, "GITHUB_API_URL").is_some_and(|url| url.trim_end_matches('/').ends_with("/api/v1"));
    if set("FORGEJO_ACTIONS") || set("GITEA_ACTIONS") || forgejo_api {
        return Some(Kind::Forgejo);
    }
    if set("GITHUB_ACTIONS") {
        return Some(Kind::GitHub);
    }
    set("GITLAB_CI").then_some(Kind::GitLab)
}

fn token(kind: Kind, env: Env) -> Option<Token> {
    kind.token_variables().iter().find_map(|name| Some(Token::new(name, &get(env, name)?)))
}

/// A variable that is set to something: CI leaves unknown ones empty.
fn get(env: Env, name: &str) -> Option<String> {
    env(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

fn need(env: Env, variable: &'static str) -> Result<String, ForgeError> {
    get(env, variable).ok_or(ForgeError::Missing { variable })
}

fn url(variable: &'static str, text: &str) -> Result<Url, ForgeError> {
    let url = Url::parse(text.trim_end_matches('/')).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.username().is_empty());
    let url = url.filter(|url| url.password().is_none() && url.query().is_none() && url.fragment().is_none());
    url.ok_or(ForgeError::Unusable { variable, problem: "is not the address of an API" })
}

fn number(variable: &'static str, text: &str) -> Result<u64, ForgeError> {
    text.parse().map_err(|_| ForgeError::Unusable { variable, problem: "is not a number" })
}

/// A whole commit id, of SHA-1 or SHA-256.
fn is_sha(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn sha(variable: &'static str, text: &str) -> Result<String, ForgeError> {
    if is_sha(text) {
        return Ok(text.to_ascii_lowercase());
    }
    Err(ForgeError::Unusable { variable, problem: "is not the id of a commit" })
}

fn field<'a>(event: &'a Value, path: &'static str) -> Result<&'a Value, ForgeError> {
    let pointer = format!("/{}", path.replace('.', "/"));
    event.pointer(&pointer).filter(|value| !value.is_null()).ok_or(ForgeError::Field { field: path })
}

fn sha_field(event: &Value, path: &'static str) -> Result<String, ForgeError> {
    let text = field(event, path)?.as_str().filter(|text| is_sha(text));
    text.map(str::to_ascii_lowercase).ok_or(ForgeError::Field { field: path })
}
