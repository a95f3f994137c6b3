//! The atoms of a change: what it is, for each operation it reaches. They survive the renaming of a component, and say
//! which operations came to a change after it was announced.

use std::collections::BTreeMap;

use crate::contract::Template;
use crate::report::{ApiReport, Change};
use crate::rules;

/// Placeholders of sentences that name a component or a place around it, and the word for a variant, which has a value too.
const AROUND: [&str; 6] = ["place", "schema", "location", "operation", "parent", "variant"];

/// The atoms of a change within its API, each with its operation for people.
pub(super) fn atoms(api: &ApiReport, change: &Change) -> BTreeMap<String, String> {
    let on = rules::find(&change.rule).map(|rule| rule.on);
    let named: Vec<String> = change
        .args
        .iter()
        .filter(|(name, _)| !AROUND.contains(&name.as_str()))
        .map(|(name, arg)| format!("{name}={arg:?}"))
        .collect();
    let what = format!("{on:?} {:?} {} {}", change.side, change.at.path, named.join(" "));
    let operations = api.operations(change).iter();
    operations
        .map(|at| {
            let shape = Template::new(&at.path).slashed();
            (format!("{} {shape} {} {what}", at.method, at.spot), format!("{} {}", at.method, at.path))
        })
        .collect()
}
