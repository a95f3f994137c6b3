//! One change of a report as templates see it.

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::excerpt::{block, clip, lines};
use super::view::Entry;
use super::{exchange, words};
use crate::contract::vocabulary::{Action, Facet};
use crate::report::{self, ApiReport, Change, Hint, Operation, Place, Witness};
use crate::rules;
use crate::text::{self, Arg, Lang, Spot};
use crate::text::{numbers, prose};

/// How many operations are named.
const NAMED: usize = 3;
/// The most characters of a name, a value or a path in a line.
const NAME: usize = 160;

/// The longest command that is shown, in bytes.
const COMMAND: usize = 1_000;

/// How entries of one format are made.
pub(crate) struct Style {
    /// The language.
    pub(crate) lang: Lang,
    /// The width of lines of values; 0 for no limit.
    pub(crate) width: usize,
    /// Whether values are wanted over lines too.
    pub(crate) blocks: bool,
}

/// The entry of a change.
pub(crate) fn entry(style: &Style, api: &ApiReport, number: usize, change: &Change) -> Entry {
    let lang = style.lang;
    let uses = api.operations(change);
    let (mut named, left) = named(uses);
    if let [only] = &*named
        && change.args.values().any(|arg| matches!(arg, Arg::Code(text) if text == only))
    {
        named.clear();
    }
    let edited = edited(change);
    let whole = is_whole(change);
    let prose = edited.map(|(before, after)| prose::segments(before, after));
    let differ = change.before != change.after && !whole;
    let exchange = shown(style, change);
    let [before, after] = lines(change.before.as_ref(), change.after.as_ref(), style.width);
    let (place, in_base) = source(change);
    let mut said = report::said(lang, change).into_iter().map(|said| said.sentence);
    let detailed = prose.is_none() && differ || !exchange.is_empty();
    let wanted = style.blocks && prose.is_none() && !whole;
    let [before_block, after_block] = payloads(lang, change).map(|value| value.as_ref().filter(|_| wanted).map(block));
    Entry {
        number,
        level: change.level.as_str(),
        word: words::level(lang, change.level.into()),
        sentence: said.next().unwrap_or_default(),
        also: summary(change).into_iter().chain(said).collect(),
        place: at(lang, change),
        operations: named.iter().map(|operation| clip(operation, NAME)).collect(),
        more: (left > 0).then(|| words::counted(lang, "and-more", left as u64)),
        audience: change.touches.as_ref().and_then(|touched| words::audience(lang, touched)),
        spot: single(uses).map(|at| text::spot(lang, &at.spot)),
        source: place.map(|place| format!("{}:{}", clip(&place.file, NAME), place.line)),
        in_base,
        shown: prose.is_none() && differ,
        before,
        after,
        before_block,
        after_block,
        prose,
        numbers: edited.and_then(|(before, after)| numbers::said(lang, before, after)),
        hint: change.hint.as_ref().and_then(|hint| renamed(lang, hint)),
        proof: words::proof(lang, change.proof),
        detailed,
        exchange_block: (style.blocks && !exchange.is_empty()).then(|| exchange.join("\n")),
        exchange,
        refusal: change.witness.as_ref().and_then(|witness| refusal(lang, witness)),
        curl: change.witness.as_ref().and_then(|witness| witness.curl.clone()).filter(|curl| curl.len() <= COMMAND),
        fingerprint: change.fingerprint.clone(),
        rule: change.rule.clone(),
    }
}

/// Whether a whole operation came or went: nobody reads the object that describes it.
fn is_whole(change: &Change) -> bool {
    let whole = |facet| matches!(facet, Facet::Operation | Facet::Webhook | Facet::Callback | Facet::Api);
    let lone = change.before.is_some() != change.after.is_some();
    lone && rules::find(&change.rule).is_some_and(|rule| whole(rule.on.0))
}

/// What its team says that it does.
fn summary(change: &Change) -> Option<String> {
    let node = change.before.as_ref().or(change.after.as_ref()).filter(|_| is_whole(change))?;
    let text = node.get("summary").and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())?;
    Some(clip(&text.replace('`', "'"), NAME))
}

/// Its line, and whether that is one of the old version: of what went, where it stood.
fn source(change: &Change) -> (Option<&Place>, bool) {
    let went = rules::find(&change.rule).is_some_and(|rule| rule.on.1 == Action::Removed);
    match (&change.source.base, &change.source.head) {
        (Some(old), _) if went => (Some(old), true),
        (_, Some(new)) => (Some(new), false),
        (old, None) => (old.as_ref(), true),
    }
}

/// What stands before and after: payloads folded to where they differ, else the nodes.
fn payloads(lang: Lang, change: &Change) -> [Option<Value>; 2] {
    match (&change.before_payload, &change.after_payload) {
        (None, None) => [change.before.clone(), change.after.clone()],
        (old, new) => {
            let none = Value::Null;
            let folded = |one: &Option<Value>, two: &Option<Value>| {
                one.as_ref()
                    .filter(|one| !one.is_null())
                    .map(|one| exchange::fold(lang, one, two.as_ref().unwrap_or(&none)))
            };
            [folded(old, new), folded(new, old)]
        }
    }
}

/// The lines of the exchange that shows a change.
fn shown(style: &Style, change: &Change) -> Vec<String> {
    let credentials = change.rule.starts_with("security");
    let lines = |witness| exchange::lines(style.lang, witness, style.width, credentials);
    change.witness.as_ref().map(lines).unwrap_or_default()
}

/// Who refuses the payload, and what a validator said of it; nothing where none was asked.
fn refusal(lang: Lang, witness: &Witness) -> Option<String> {
    let kind = if witness.declared_only { "undeclared-by" } else { "refused-by" };
    let label = text::ui(lang, &format!("{kind}-{}", witness.refused_by));
    if witness.declared_only {
        return Some(label);
    }
    let why = witness.reason.as_ref().and_then(|reason| reason.said(lang)).unwrap_or_else(|| witness.error.clone());
    (!why.is_empty()).then(|| text::labelled(lang, &label, &clip(&why, NAME)))
}

/// Where it lies; of several places the first, and how many more.
fn at(lang: Lang, change: &Change) -> Option<String> {
    let path = Some(&change.at.path).filter(|path| !path.is_empty());
    let said: Vec<_> = change.at.component.iter().chain(path).map(|part| clip(part, NAME)).collect();
    let alike = change.parts.iter().filter(|part| part.rule == change.rule).filter_map(|part| part.at.as_ref());
    let mut others: FxHashSet<_> = alike.map(|at| (&at.component, &at.path)).collect();
    others.remove(&(&change.at.component, &change.at.path));
    let more = (!others.is_empty()).then(|| words::counted(lang, "and-more", others.len() as u64));
    let all: Vec<String> = Some(said.join(" › ")).filter(|place| !place.is_empty()).into_iter().chain(more).collect();
    (!said.is_empty()).then(|| all.join(" "))
}

/// The first prose that was edited, before and after; `None` where no text of several words was.
fn edited(change: &Change) -> Option<(&str, &str)> {
    let words = |text: &str| text.trim().contains(char::is_whitespace);
    ["description", "summary", "title"].into_iter().find_map(|key| {
        let [Some(before), Some(after)] =
            [&change.before, &change.after].map(|value| value.as_ref()?.get(key)?.as_str())
        else {
            return None;
        };
        (before != after && (words(before) || words(after))).then_some((before, after))
    })
}

/// The first operations, each once, and how many there are beside them.
fn named(uses: &[Operation]) -> (Vec<String>, usize) {
    let mut seen = FxHashSet::default();
    let mut all = uses.iter().filter(|at| seen.insert((&at.method, &at.path)));
    let first = all.by_ref().take(NAMED).map(|at| format!("{} {}", at.method, at.path)).collect();
    (first, all.count())
}

/// The only spot, where there is one only and it is a part of an operation.
fn single(uses: &[Operation]) -> Option<&Operation> {
    match uses {
        [only] if only.spot != Spot::Operation => Some(only),
        _ => None,
    }
}

fn renamed(lang: Lang, hint: &Hint) -> Option<String> {
    let (key, name) = match (&hint.renamed_to, &hint.renamed_from) {
        (Some(name), _) if hint.perhaps => ("replaced", name),
        (Some(name), _) => ("renamed", name),
        (None, Some(name)) if hint.perhaps => ("replaces", name),
        (None, Some(name)) => ("renamed-from", name),
        (None, None) => return None,
    };
    let name = format!("`{}`", clip(name, NAME).replace('`', "'"));
    Some(text::put(&text::ui(lang, key), &[("name", &name)]))
}
