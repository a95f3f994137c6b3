//! From the differ's changes to a report's: the only place that turns a `Loc` into file, line, column, pointer, JSON.

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use super::change::{At, Change, Hint, Operation, Proof, Source, Witness, because};
use super::position::Positions;
use super::problems::problems;
use super::{ApiReport, Coverage, excerpt, shown};
use crate::contract::vocabulary::{Action, Facet, Run};
use crate::diff::{self, Changes, Use};
use crate::rules::Level;
use crate::spec::{Document, Loc, SpecVersion};
use crate::text::{self, Lang};

/// How many operations a change lists itself.
const LISTED: usize = 20;

/// Everything about one comparison of one API.
pub struct ApiInput<'a> {
    /// The id of the API.
    pub id: &'a str,
    /// The id it had in this version of a history, where that was another one.
    pub then_id: Option<&'a str>,
    /// The ids it had in other versions.
    pub former: &'a [String],
    /// The path of its root document.
    pub path: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The old document, `None` where the API is new.
    pub base: Option<&'a Document>,
    /// The new document, `None` where the API is gone.
    pub head: Option<&'a Document>,
    /// What changed.
    pub changes: &'a Changes,
    /// The id of the rule and the level of a change.
    pub levels: &'a dyn Fn(&diff::Change) -> (&'static str, Level),
    /// How much of the contract could be compared.
    pub coverage: Coverage,
    /// The language of the sentences.
    pub lang: Lang,
}

/// The report of one API.
pub fn assemble(input: &ApiInput<'_>) -> ApiReport {
    let mut places = [input.base.map(Positions::new), input.head.map(Positions::new)];
    let mut keys: IndexSet<usize> = IndexSet::new();
    let mut shower = Shower { lists: excerpt::Lists::default(), left: NODES };
    let mut changes = Vec::with_capacity(input.changes.list.len());
    for Judged { ix, rule, level, fingerprint, .. } in judged(input) {
        let change = &input.changes.list[ix];
        let uses = reach(input, change.reach);
        let (unproven_because, proof) = match change.proof {
            diff::Proof::Proven => (None, Proof::Proven),
            diff::Proof::Structural => (None, Proof::Structural),
            diff::Proof::NotTried => (None, Proof::NotTried),
            diff::Proof::Unproven(why) => (Some(because(why).to_owned()), Proof::Unproven),
        };
        let exhibit = change.exhibit.as_ref();
        let (before_payload, after_payload) = exhibit.map(|exhibit| payloads(change, exhibit)).unwrap_or_default();
        let mut place = |side: usize, at: Option<Loc>| Some(places[side].as_mut()?.place(at?));
        changes.push(Change {
            fingerprint,
            former_fingerprints: input.former.iter().map(|id| (id.clone(), diff::fingerprint(id, change))).collect(),
            rule: rule.to_owned(),
            level,
            side: change.scope,
            effect: change.effect,
            summary: text::say(rule, input.lang, &change.args),
            at: at(input, change),
            operations: uses.iter().take(LISTED).map(Operation::from).collect(),
            operations_total: uses.len() as u64,
            reach: format!("r{}", keys.insert_full(change.reach).0 + 1),
            cause: diff::cause(change),
            args: change.args.clone(),
            hint: hint(input, change),
            before: shower.json(input.base, change.base.filter(|_| !change.absent(Action::Added)), change),
            after: shower.json(input.head, change.head.filter(|_| !change.absent(Action::Removed)), change),
            before_payload,
            after_payload,
            source: Source { base: place(0, change.base), head: place(1, change.head) },
            proof,
            unproven_because,
            witness: exhibit.map(Witness::from),
            parts: Vec::new(),
            touches: None,
        });
    }
    let set =
        |(ix, &key): (usize, &usize)| (format!("r{}", ix + 1), reach(input, key).iter().map(Operation::from).collect());
    ApiReport {
        id: input.id.to_owned(),
        then_id: input.then_id.map(str::to_owned),
        path: input.path.to_owned(),
        title: input.title.to_owned(),
        format: input.head.or(input.base).map(format).unwrap_or_default(),
        coverage: input.coverage,
        problems: problems(input, &mut places),
        changes,
        reaches: keys.iter().enumerate().map(set).collect::<IndexMap<_, _>>(),
    }
}

/// The payload pair of a notice: forward the witness was right before and the control is now, backward the reverse. Of a
/// value that came or went the control is no counterpart: side by side they would read as one value that became another.
fn payloads(change: &diff::Change, exhibit: &diff::Exhibit) -> (Option<Value>, Option<Value>) {
    let (witness, control) = (exhibit.payload.clone(), exhibit.control.clone());
    let control = control.filter(|_| !matches!(change.facet, Facet::EnumValue | Facet::OpenEnumValue));
    if exhibit.run == Run::Forward { (witness, control) } else { (control, witness) }
}

/// A change with its level, in the order of reports.
struct Judged<'a> {
    ix: usize,
    rule: &'static str,
    level: Level,
    fingerprint: String,
    home: (bool, &'a str, &'a str),
}

/// Level, then operation or component (operations first), then path; equal places by rule, subject and fingerprint.
fn judged<'a>(input: &ApiInput<'a>) -> Vec<Judged<'a>> {
    let list = &input.changes.list;
    let mut out: Vec<_> = list
        .iter()
        .enumerate()
        .map(|(ix, change)| {
            let (rule, level) = (input.levels)(change);
            let home = match (&change.component, reach(input, change.reach).first()) {
                (Some(component), _) => (true, component.as_str(), ""),
                (None, Some(first)) => (false, first.path.as_str(), first.method.as_str()),
                (None, None) => (false, change.address.as_str(), ""),
            };
            Judged { ix, rule, level, fingerprint: diff::fingerprint(input.id, change), home }
        })
        .collect();
    out.sort_by(|a, b| {
        let (one, two) = (&list[a.ix], &list[b.ix]);
        (a.level, &a.home, &one.path, a.rule, &one.subject, &a.fingerprint).cmp(&(
            b.level,
            &b.home,
            &two.path,
            b.rule,
            &two.subject,
            &b.fingerprint,
        ))
    });
    out
}

fn reach<'a>(input: &ApiInput<'a>, ix: usize) -> &'a [Use] {
    input.changes.reaches.get(ix).map_or(&[], Vec::as_slice)
}

fn at(input: &ApiInput<'_>, change: &diff::Change) -> At {
    let pointer = |document: Option<&Document>, at: Option<Loc>| {
        let at = at?;
        Some(document?.file(at.file).pointer(at.node))
    };
    At {
        component: change.component.clone(),
        path: change.path.clone(),
        pointer: pointer(input.head, change.head.filter(|_| !change.absent(Action::Removed)))
            .or_else(|| pointer(input.base, change.base))
            .unwrap_or_default(),
    }
}

/// Values that the excerpts of one API hold; what comes after them is cut whole.
const NODES: usize = 400_000;

/// Shows what the changes are about.
struct Shower {
    lists: excerpt::Lists,
    left: usize,
}

impl Shower {
    /// What a side shows: the keywords the change is about, else the whole node.
    fn json(&mut self, document: Option<&Document>, at: Option<Loc>, change: &diff::Change) -> Option<Value> {
        let at = at?;
        let file = document?.file(at.file);
        if self.left == 0 {
            return Some(excerpt::cut_whole());
        }
        let shown = match shown::keywords(change.facet) {
            [] => Some(excerpt::excerpt(file, at.node)),
            keys if change.facet == Facet::EnumValue => {
                let lists = &mut self.lists;
                excerpt::members(file, at.node, keys, |file, list| excerpt::around(file, list, &change.subject, lists))
            }
            keys => excerpt::members(file, at.node, keys, excerpt::excerpt),
        };
        self.left = self.left.saturating_sub(shown.as_ref().map_or(0, excerpt::nodes));
        shown
    }
}

fn hint(input: &ApiInput<'_>, change: &diff::Change) -> Option<Hint> {
    let hint = change.hint.as_ref()?;
    let other = input.changes.list.get(hint.other)?;
    let name = Some(hint.renamed.clone());
    let (renamed_to, renamed_from) = if change.action == Action::Added { (None, name) } else { (name, None) };
    Some(Hint { renamed_to, renamed_from, fingerprint: diff::fingerprint(input.id, other), perhaps: hint.perhaps })
}

fn format(document: &Document) -> String {
    let family = match document.version {
        SpecVersion::V20 => "swagger",
        SpecVersion::V30 | SpecVersion::V31 | SpecVersion::V32 => "openapi",
    };
    format!("{family} {}", document.version_text)
}

impl From<&Use> for Operation {
    fn from(at: &Use) -> Self {
        Self { method: at.method.clone(), path: at.path.clone(), spot: at.spot.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::vocabulary::{Effect, Facet, Scope};
    use crate::diff::{Hint as Rename, Traits};
    use crate::text::{Args, Spot};

    fn change(action: Action, component: Option<&str>, path: &str, reach: usize) -> diff::Change {
        diff::Change {
            facet: Facet::Property,
            action,
            scope: Scope::Response,
            effect: Effect::Widened,
            losses: Vec::new(),
            traits: Traits::default(),
            address: format!("schema:rdv/{path}"),
            component: component.map(str::to_owned),
            path: path.to_owned(),
            subject: String::new(),
            from: String::new(),
            to: String::new(),
            args: Args::new(),
            base: None,
            head: None,
            reach,
            proof: diff::Proof::Structural,
            exhibit: None,
            hint: None,
        }
    }

    fn uses(path: &str, count: usize) -> Vec<Use> {
        let one = |n| Use {
            method: "GET".to_owned(),
            path: format!("{path}/{n}"),
            spot: Spot::ResponseBody("200".to_owned()),
        };
        (0..count).map(one).collect()
    }

    #[test]
    fn changes_stand_in_order_and_reaches_in_order_of_use() {
        let mut list = vec![
            change(Action::Added, Some("b"), "new", 0),
            change(Action::Removed, Some("a"), "z", 1),
            change(Action::Removed, Some("a"), "old", 1),
            change(Action::Removed, None, "q", 2),
        ];
        list[0].hint = Some(Rename { renamed: "old".to_owned(), other: 2, perhaps: false });
        list[2].hint = Some(Rename { renamed: "new".to_owned(), other: 0, perhaps: false });
        let changes =
            Changes { list, reaches: vec![uses("/b", 25), uses("/a", 1), uses("/c", 2)], ..Changes::default() };
        let levels = |change: &diff::Change| {
            if change.action == Action::Added {
                ("response-property-added", Level::Additive)
            } else {
                ("response-property-removed", Level::Breaking)
            }
        };
        let said = assemble(&ApiInput {
            then_id: None,
            former: &[],
            id: "rdv-v1",
            path: "api.json",
            title: "API",
            base: None,
            head: None,
            changes: &changes,
            levels: &levels,
            coverage: Coverage::default(),
            lang: Lang::En,
        });
        let order: Vec<_> = said.changes.iter().map(|it| (it.at.path.as_str(), it.reach.as_str())).collect();
        assert_eq!(order, [("q", "r1"), ("old", "r2"), ("z", "r2"), ("new", "r3")]);
        let new = &said.changes[3];
        assert_eq!((new.operations.len(), new.operations_total, said.reaches["r3"].len()), (20, 25, 25));
        let from = new.hint.as_ref().map(|hint| (hint.renamed_from.as_deref(), hint.fingerprint.as_str()));
        assert_eq!(from, Some((Some("old"), said.changes[1].fingerprint.as_str())));
        let to = said.changes[1].hint.as_ref().and_then(|hint| hint.renamed_to.as_deref());
        assert_eq!(to, Some("new"));
    }
}
