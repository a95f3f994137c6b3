//! What does not change, as far as two documents can say: addresses, credentials, the type under a new name, the rest.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::Draft;
use super::telling::renamed;
use crate::contract::vocabulary::Facet;
use crate::render::safe;
use crate::report::Change;
use crate::rules::{self, Level};
use crate::text::{self, Lang};

/// A sentence or two; nothing is in them that the documents do not show.
pub(super) fn said(draft: &Draft<'_>, lang: Lang) -> String {
    let word = |key: &str| text::word(lang, "drafts", key).to_owned();
    let all: Vec<&Change> = draft.whole.apis.iter().flat_map(|api| &api.changes).collect();
    let about = |facets: &[Facet]| {
        all.iter().any(|change| rules::find(&change.rule).is_some_and(|rule| facets.contains(&rule.on.0)))
    };
    let mut out: Vec<String> = Vec::new();
    let mut rest = None;
    if !about(&[Facet::Api, Facet::Operation, Facet::Server]) {
        out.push(word("same-addresses"));
    }
    if !about(&[Facet::Security]) {
        out.push(word("same-credentials"));
    }
    out.extend(same_type(draft, &all).map(|name| word("same-type").replace("{type}", &safe::code(&name))));
    let known: FxHashSet<&str> = draft.changes().map(|(_, change)| change.fingerprint.as_str()).collect();
    let covered = |change: &Change| known.contains(change.fingerprint.as_str());
    let partner = |change: &Change| change.hint.as_ref().is_some_and(|hint| hint.renamed_from.is_some());
    let others: Vec<&&Change> =
        all.iter().filter(|change| change.level <= Level::Additive && !covered(change) && !partner(change)).collect();
    if others.is_empty() {
        out.push(word("same-rest"));
    } else if others.iter().all(|change| change.level == Level::Additive) {
        rest = Some(word("only-added"));
    }
    let sentences = [Some(out.join(", ")).filter(|list| !list.is_empty()), rest].into_iter().flatten();
    sentences.map(|said| format!("{}.", text::capitalised(&said))).collect::<Vec<_>>().join(" ")
}

/// The type of a value whose name alone changes, if it is the same under both names.
fn same_type(draft: &Draft<'_>, all: &[&Change]) -> Option<String> {
    let kind = |node: &Option<Value>| {
        let node = node.as_ref()?;
        let node = node.get("schema").unwrap_or(node);
        node.get("type")?.as_str().map(str::to_owned)
    };
    let by_id: FxHashMap<&str, &Change> = all.iter().map(|change| (change.fingerprint.as_str(), *change)).collect();
    draft.changes().find_map(|(_, change)| {
        renamed(change)?;
        let new = by_id.get(change.hint.as_ref()?.fingerprint.as_str())?;
        kind(&change.before).filter(|name| Some(name) == kind(&new.after).as_ref())
    })
}
