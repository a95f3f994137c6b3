//! A row of the table of calls with its arguments: what is sent.

use serde_json::{Map, Value};
use url::Url;

use super::calls::{Call, Method};
use super::place::Place;

/// Arguments of a call by the names that its row gives them.
pub(super) type Args<'a> = &'a [(&'static str, Value)];

/// What is sent, without its token.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) body: Option<Value>,
}

impl Request {
    /// `None` where an argument of the path cannot be one of its segments: without it, or with a dot that leads up, the
    /// call would be another one.
    pub(super) fn new(call: &Call, place: &Place, args: Args) -> Option<Self> {
        let (owner, repo) = place.repository.split_once('/').unwrap_or_default();
        let value = |name: &str| match name {
            "owner" => Some(owner.to_owned()),
            "repo" => Some(repo.to_owned()),
            "project" => Some(place.repository.clone()),
            "number" => place.number.map(|number| number.to_string()),
            "sha" => Some(place.sha.clone()),
            _ => args.iter().find(|(known, _)| *known == name).map(|(_, value)| plain(value)),
        };
        let mut url = place.api.clone();
        for segment in call.path.split('/').filter(|segment| !segment.is_empty()) {
            let text = filled(segment, value)?;
            if matches!(text.as_str(), "" | "." | "..") {
                return None;
            }
            url.path_segments_mut().ok()?.pop_if_empty().push(&text);
        }
        for (key, template) in call.query {
            url.query_pairs_mut().append_pair(key, &filled(template, value)?);
        }
        let body = (!call.body.is_empty()).then(|| {
            let given =
                |argument: &str| args.iter().find(|(name, _)| *name == argument).map(|(_, value)| value.clone());
            let members = call.body.iter().filter_map(|(member, name)| Some(((*member).to_owned(), given(name)?)));
            Value::Object(members.collect::<Map<_, _>>())
        });
        Some(Self { method: call.method, url, body })
    }
}

fn filled(template: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    match template.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => value(name),
        None => Some(template.to_owned()),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::forge::calls::{Purpose, call};
    use crate::forge::place::{Kind, Run};

    fn place(kind: Kind, repository: &str) -> Place {
        Place {
            kind,
            api: Url::parse("https://forge.example/sub/api/v3").unwrap(),
            repository: repository.to_owned(),
            number: Some(7),
            branch: None,
            sha: "a".repeat(40),
            run: Run::default(),
            queue: false,
            fork: false,
            pipeline: None,
            token: None,
        }
    }

    #[test]
    fn arguments_are_segments_and_no_others() {
        let place = place(Kind::GitHub, "o/r");
        let remove = call(Kind::GitHub, Purpose::RemoveLabel).unwrap();
        let request = |label: &str| Request::new(remove, &place, &[("label", json!(label))]);
        let url = request("a/b é?#%2F").unwrap().url;
        assert_eq!(url.path(), "/sub/api/v3/repos/o/r/issues/7/labels/a%2Fb%20%C3%A9%3F%23%252F");
        for label in ["", ".", ".."] {
            assert!(request(label).is_none(), "{label:?} would remove all labels");
        }
    }

    #[test]
    fn a_project_by_its_path_is_one_segment_and_what_is_not_given_is_left_out() {
        let place = place(Kind::GitLab, "group/sub/name");
        let set = call(Kind::GitLab, Purpose::SetStatus).unwrap();
        let request = Request::new(set, &place, &[("state", json!("failed")), ("name", json!("preavis"))]).unwrap();
        assert!(request.url.path().contains("/projects/group%2Fsub%2Fname/statuses/aaaa"));
        assert_eq!(request.body, Some(json!({"state": "failed", "name": "preavis"})));
    }
}
