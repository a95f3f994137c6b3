//! What an entry shows before and after: what went, and what came.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{say, subject};
use crate::contract::vocabulary::Action;
use crate::report::{Change, excerpt};
use crate::rules;

/// The most values of a list that are shown.
const VALUES: usize = 12;

/// What stands before and after.
pub(super) struct Shown {
    pub(super) before: Option<Value>,
    pub(super) after: Option<Value>,
    pub(super) before_payload: Option<Value>,
    pub(super) after_payload: Option<Value>,
}

impl Shown {
    /// Of the changes of one entry, the worst first.
    pub(super) fn of(all: &[&Change]) -> Self {
        let did =
            |action: Action| move |change: &&&Change| rules::find(&change.rule).is_some_and(|rule| rule.on.1 == action);
        let went = all.iter().find(did(Action::Removed)).copied();
        let came = all.iter().find(did(Action::Added)).copied();
        let (before_payload, after_payload) = (
            went.and_then(|change| change.before_payload.clone()),
            came.and_then(|change| change.after_payload.clone()),
        );
        let worst = all.first();
        if worst.is_some_and(|change| say::is_listed(&change.rule)) {
            let values = |action| list(all.iter().filter(did(action)).copied());
            return Self {
                before: values(Action::Removed),
                after: values(Action::Added),
                before_payload,
                after_payload,
            };
        }
        match (went, came) {
            (Some(went), Some(came)) => {
                // Where no payload shows what came, that of what went shows what is left.
                let after_payload = after_payload.or_else(|| went.after_payload.clone());
                Self { before: went.before.clone(), after: came.after.clone(), before_payload, after_payload }
            }
            (Some(_) | None, None) | (None, Some(_)) => Self {
                before: worst.and_then(|change| change.before.clone()),
                after: worst.and_then(|change| change.after.clone()),
                before_payload: worst.and_then(|change| change.before_payload.clone()),
                after_payload: worst.and_then(|change| change.after_payload.clone()),
            },
        }
    }
}

/// The values that some changes are about, under the keyword that lists them; `None` where there are none.
fn list<'a>(changes: impl Iterator<Item = &'a Change>) -> Option<Value> {
    let mut keyword = None;
    let mut values: IndexMap<String, Value> = IndexMap::new();
    for change in changes {
        let name = subject(&change.args);
        let listed = [&change.before, &change.after].into_iter().flatten().filter_map(Value::as_object).flatten();
        let mut found = None;
        for (key, list) in listed {
            keyword.get_or_insert_with(|| key.clone());
            found = found.or_else(|| list.as_array()?.iter().find(|value| written(value) == name).cloned());
        }
        values.entry(name).or_insert_with_key(|name| found.unwrap_or_else(|| Value::String(name.clone())));
    }
    let left = values.len().saturating_sub(VALUES);
    let mut shown: Vec<Value> = values.into_values().take(VALUES).collect();
    shown.extend((left > 0).then(|| excerpt::skipped(left)));
    let keyword = keyword.unwrap_or_else(|| "enum".to_owned());
    (!shown.is_empty()).then(|| Value::Object(Map::from_iter([(keyword, Value::Array(shown))])))
}

/// A value as sentences name it.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
