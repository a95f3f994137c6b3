//! Annotations of schemas, which fall out of the alignment walk: defaults, discriminators, prose, examples.

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::route;
use super::{Differ, annotations, scope};
use crate::contract::{Action, Contract, Facet, SchemaAt, Scope, Side};
use crate::schema::{Note, Which, canonical};
use crate::spec::{Key, Kind, Loc};

pub(super) fn compare(differ: &mut Differ<'_>) {
    let (roots, parents) = (roots(differ), differ.engine.align().parents());
    let mut reached: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut notes = differ.engine.align().notes();
    notes.sort_unstable();
    notes.dedup();
    for note in notes {
        let asks = reached.entry(note.unit).or_insert_with(|| asks(&parents, &roots, note.unit)).clone();
        one(differ, note, &asks);
    }
}

/// The units that asks begin at.
pub(super) fn roots(differ: &Differ<'_>) -> FxHashMap<u32, Vec<usize>> {
    let mut roots: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (index, ask) in differ.asks.iter().enumerate() {
        let nodes = (differ.engine.place(ask.base), differ.engine.place(ask.head));
        if let ((Which::Base, SchemaAt::Node(base)), (Which::Head, SchemaAt::Node(head))) = nodes
            && let Some(unit) = differ.engine.align().unit(base, head)
        {
            roots.entry(unit).or_default().push(index);
        }
    }
    roots
}

/// The asks that reach a unit, ascending.
fn asks(parents: &[Vec<u32>], roots: &FxHashMap<u32, Vec<usize>>, unit: u32) -> Vec<usize> {
    let mut seen = vec![false; parents.len()];
    let (mut stack, mut out) = (vec![unit], Vec::new());
    seen[unit as usize] = true;
    while let Some(next) = stack.pop() {
        out.extend(roots.get(&next).into_iter().flatten().copied());
        for &parent in &parents[next as usize] {
            if !std::mem::replace(&mut seen[parent as usize], true) {
                stack.push(parent);
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn one(differ: &mut Differ<'_>, note: Note, asks: &[usize]) {
    let at = (note.base, note.head);
    match note.key {
        Key::DEFAULT => by_side(differ, note, asks, default),
        Key::DISCRIMINATOR => by_side(differ, note, asks, discriminator),
        Key::ONE_OF => by_side(differ, note, asks, exclusivity),
        Key::EXAMPLE | Key::EXAMPLES => {
            differ.drafts.push(annotations::example().at(Some(at.0), Some(at.1)).asked(asks));
        }
        _ => {
            let address = route::of_node(differ.base, at.0);
            let place = address.arg();
            let mut facts = annotations::node(differ, at, &address, &place);
            if note.key == Key::TITLE && facts.is_empty() {
                let draft = Draft::new(Facet::Description, Action::Edited, Scope::Operation, address);
                facts.push(draft.arg("place", place).at(Some(at.0), Some(at.1)));
            }
            for draft in facts {
                differ.drafts.push(draft.asked(asks));
            }
        }
    }
}

/// Facts that each side weighs for itself.
fn by_side(
    differ: &mut Differ<'_>,
    note: Note,
    asks: &[usize],
    facts: fn(&mut Differ<'_>, Note, &Draft) -> Vec<Draft>,
) {
    for side in [Side::Request, Side::Response] {
        let asks: Vec<usize> = asks.iter().copied().filter(|&ask| differ.uses.side(ask) == side).collect();
        if asks.is_empty() {
            continue;
        }
        let address = route::of_node(differ.base, note.base);
        let place = address.arg();
        let blank = Draft::new(Facet::Default, Action::Replaced, scope(side), address)
            .arg("place", place)
            .at(Some(note.base), Some(note.head))
            .asked(&asks);
        for draft in facts(differ, note, &blank) {
            differ.drafts.push(draft);
        }
    }
}

fn text(contract: &Contract, at: Loc, key: Key) -> Option<String> {
    // A default of null says that there is none.
    let at = contract.document.get(at, key).filter(|&at| contract.document.kind(at) != Kind::Null)?;
    let mut out = String::new();
    canonical(&contract.document, at, &mut out);
    Some(out)
}

fn replaced(blank: &Draft, facet: Facet, from: Option<String>, to: Option<String>) -> Option<Draft> {
    let mut draft = Draft { facet, ..blank.clone() };
    match (from, to) {
        (None, None) => return None,
        (None, Some(to)) => {
            draft.action = Action::Added;
            draft = draft.code("to", to);
        }
        (Some(from), None) => {
            draft.action = Action::Removed;
            draft = draft.code("from", from);
        }
        (Some(from), Some(to)) if from == to => return None,
        (Some(from), Some(to)) => {
            draft.action = Action::Replaced;
            draft = draft.values(&from, &to);
        }
    }
    Some(draft)
}

fn default(differ: &mut Differ<'_>, note: Note, blank: &Draft) -> Vec<Draft> {
    // A default speaks of what is left out, and what had to be sent never was.
    if must_be_sent(differ.base, note.base) {
        return Vec::new();
    }
    let (from, to) = (text(differ.base, note.base, Key::DEFAULT), text(differ.head, note.head, Key::DEFAULT));
    replaced(blank, Facet::Default, from, to).into_iter().collect()
}

fn discriminator(differ: &mut Differ<'_>, note: Note, blank: &Draft) -> Vec<Draft> {
    let node = |contract: &Contract, at: Loc| contract.document.get(at, Key::DISCRIMINATOR);
    let (old, new) = (node(differ.base, note.base), node(differ.head, note.head));
    let name = |contract: &Contract, at: Option<Loc>| {
        // 2.0 writes the name itself.
        let at = at?;
        let text = contract.document.string(at, Key::PROPERTY_NAME).unwrap_or_else(|| contract.document.text(at));
        Some(text.to_owned())
    };
    let mut out: Vec<Draft> =
        replaced(blank, Facet::Discriminator, name(differ.base, old), name(differ.head, new)).into_iter().collect();
    let (Some(old), Some(new)) = (old, new) else { return out };
    let entries = |contract: &Contract, at: Loc| -> Vec<(String, Loc)> {
        let mapping = contract.document.get(at, Key::MAPPING);
        // A tag that is the name of its schema is implied (OpenAPI 3.x, Discriminator Object).
        let implied = |tag: &str, at: Loc| contract.document.text(at).rsplit('/').next() == Some(tag);
        let members = mapping.into_iter().flat_map(|at| contract.document.members(at));
        members.filter(|(tag, at)| !implied(tag, *at)).map(|(tag, at)| (tag.to_owned(), at)).collect()
    };
    let (was, is) = (entries(differ.base, old), entries(differ.head, new));
    for (tag, at) in &was {
        let target = is.iter().find(|(other, _)| other == tag).map(|(_, at)| *at);
        let from = differ.base.document.text(*at).to_owned();
        let draft = Draft { facet: Facet::Mapping, ..blank.clone() }.subject(tag.clone()).code("value", tag.clone());
        match target {
            None => out.push(Draft { action: Action::Removed, ..draft.code("from", from) }),
            Some(new) if !same_target(differ, *at, new) => {
                let to = differ.head.document.text(new).to_owned();
                out.push(Draft { action: Action::Replaced, ..draft.values(&from, &to) });
            }
            Some(_) => {}
        }
    }
    for (tag, at) in is.iter().filter(|(tag, _)| !was.iter().any(|(other, _)| other == tag)) {
        let to = differ.head.document.text(*at).to_owned();
        let draft = Draft { facet: Facet::Mapping, action: Action::Added, ..blank.clone() };
        out.push(draft.subject(tag.clone()).code("value", tag.clone()).code("to", to));
    }
    out
}

/// A mapping names a component or refers to a schema; what counts is the schema it leads to.
fn same_target(differ: &Differ<'_>, old: Loc, new: Loc) -> bool {
    let (base, head) = (differ.base, differ.head);
    let last = |text: &str| text.rsplit('/').next().unwrap_or(text).to_owned();
    let find = |contract: &Contract, at: Loc| {
        let text = contract.document.text(at);
        contract.homes.component("schemas", text).or_else(|| contract.document.lookup(at, text))
    };
    if last(base.document.text(old)) == last(head.document.text(new)) {
        return true;
    }
    match (find(base, old), find(head, new)) {
        (Some(a), Some(b)) => differ.engine.align().same(a, b),
        _ => false,
    }
}

/// `oneOf` that came, went or changed its list: what counts is a value that two of its branches take.
fn exclusivity(differ: &mut Differ<'_>, note: Note, blank: &Draft) -> Vec<Draft> {
    let was = ambiguous(differ, Which::Base, note.base, 0);
    let is = ambiguous(differ, Which::Head, note.head, 0);
    let action = match (was, is) {
        (Some(false) | None, Some(true)) => Action::Added,
        (Some(true), Some(false) | None) => Action::Removed,
        _ => return Vec::new(),
    };
    vec![Draft { facet: Facet::Exclusivity, action, ..blank.clone() }]
}

/// As the engine says of a node; where it has no `oneOf` of several, of those it wraps or adds to by `allOf`.
fn ambiguous(differ: &mut Differ<'_>, which: Which, at: Loc, depth: u8) -> Option<bool> {
    let contract = if which == Which::Base { differ.base } else { differ.head };
    let document = &contract.document;
    let SchemaAt::Node(at) = contract.resolve(at) else { return None };
    let members = |key| document.get(at, key).map(|list| document.children(list).collect::<Vec<_>>());
    let [union, any, all] = [Key::ONE_OF, Key::ANY_OF, Key::ALL_OF].map(members);
    if union.as_ref().is_some_and(|list| list.len() > 1) || depth == 8 {
        return differ.engine.ambiguous(which, at);
    }
    let alone = [union, any].into_iter().flatten().filter(|list| list.len() == 1);
    let inner: Vec<Loc> = alone.chain(all).flatten().collect();
    inner.into_iter().map(|at| ambiguous(differ, which, at, depth + 1)).max().flatten()
}

/// True of the schema of a required parameter, or of a required member where it is declared.
fn must_be_sent(contract: &Contract, at: Loc) -> bool {
    let document = &contract.document;
    let file = document.file(at.file);
    let lineage = file.lineage(crate::spec::NodeIx::ROOT, at.node);
    let above = |steps: usize| {
        let node = lineage.len().checked_sub(steps + 1).map(|ix| lineage[ix].0)?;
        Some(Loc { node, ..at })
    };
    let parameter = if document.name(at) == "schema" { above(1) } else { Some(at) };
    if parameter.is_some_and(|at| document.get(at, Key::IN).is_some() && document.flag(at, Key::REQUIRED) == Some(true))
    {
        return true;
    }
    let (Some(list), Some(owner)) = (above(1), above(2)) else { return false };
    let required = document.get(owner, Key::REQUIRED).filter(|_| document.name(list) == "properties");
    required.is_some_and(|required| document.children(required).any(|name| document.text(name) == document.name(at)))
}
