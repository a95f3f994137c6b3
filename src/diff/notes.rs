//! Annotations of schemas, which fall out of the alignment walk: defaults, discriminators, prose, examples.

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::place::Address;
use super::reached::Reached;
use super::site;
use super::{Differ, Proof, Why, annotations, open_lists, scope};
use crate::contract::{Action, Contract, Facet, Grade, Run, SchemaAt, Side};
use crate::schema::{Note, Which, canonical};
use crate::spec::{Key, Kind, Loc};

pub(super) fn compare(differ: &mut Differ<'_>) {
    let places = std::mem::take(&mut differ.places);
    let mut reached = Reached::new(differ, &places);
    for (base, head, ask) in places {
        for (key, site, [base, head]) in differ.engine.align().beside(base, head) {
            let address = site::address(differ, (Which::Base, site), &[ask]);
            one(differ, Note { unit: 0, key, site, base, head }, &[ask], &address);
        }
    }
    let mut notes = differ.engine.align().notes();
    notes.sort_unstable();
    notes.dedup();
    for note in notes.into_iter().filter(|note| reached.tells(note)).collect::<Vec<_>>() {
        for (address, asks) in reached.sites(differ, note) {
            one(differ, note, &asks, &address);
        }
    }
}

/// The units that asks begin at.
pub(super) fn roots(differ: &Differ<'_>) -> FxHashMap<u32, Vec<usize>> {
    let mut roots: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (index, ask) in differ.asks.iter().enumerate() {
        let pairs = match (differ.engine.place(ask.base), differ.engine.place(ask.head)) {
            ((Which::Base, SchemaAt::Node(base)), (Which::Head, SchemaAt::Node(head))) => vec![(base, head)],
            ((Which::Base, SchemaAt::Made(base)), (Which::Head, SchemaAt::Made(head))) => members(differ, base, head),
            _ => continue,
        };
        for (base, head) in pairs {
            if let Some(unit) = differ.engine.align().unit(base, head) {
                roots.entry(unit).or_default().push(index);
            }
        }
    }
    roots
}

/// The members that two forms of 2.0 share.
fn members(differ: &Differ<'_>, base: u32, head: u32) -> Vec<(Loc, Loc)> {
    let of = |contract: &'_ Contract, made: u32| -> Vec<(String, Loc)> {
        let made = contract.made.get(made as usize);
        made.map(|made| made.members.iter().map(|(name, at, _)| (name.clone(), *at)).collect()).unwrap_or_default()
    };
    let (olds, mut news) = (of(differ.base, base), of(differ.head, head));
    let mut out = Vec::new();
    for (name, old) in olds {
        if let Some(at) = news.iter().position(|(known, _)| *known == name) {
            out.push((old, news.swap_remove(at).1));
        }
    }
    out
}

fn one(differ: &mut Differ<'_>, note: Note, asks: &[usize], address: &Address) {
    let at = (note.base, note.head);
    match note.key {
        Key::DEFAULT => by_side(differ, note, (asks, address), default),
        Key::DISCRIMINATOR => by_side(differ, note, (asks, address), discriminator),
        Key::X_EXTENSIBLE_ENUM => by_side(differ, note, (asks, address), open_lists::facts),
        Key::CONTENT_SCHEMA => by_side(differ, note, (asks, address), content),
        Key::XML => xml(differ, note, (asks, address)),
        Key::EXTERNAL_DOCS => differ.about("externalDocs"),
        _ if differ.told.contains(&at) => {}
        key => {
            let place = address.arg();
            for draft in annotations::facts(differ, at, &[key], address, &place) {
                differ.drafts.push(draft.asked(asks));
            }
        }
    }
}

/// Facts that each side weighs for itself.
fn by_side(
    differ: &mut Differ<'_>,
    note: Note,
    (asks, address): (&[usize], &Address),
    facts: fn(&mut Differ<'_>, Note, &Draft) -> Vec<Draft>,
) {
    for side in [Side::Request, Side::Response] {
        let asks: Vec<usize> = asks.iter().copied().filter(|&ask| differ.uses.side(ask) == side).collect();
        if asks.is_empty() {
            continue;
        }
        let blank = Draft::new(Facet::Default, Action::Replaced, scope(side), address.clone())
            .arg("place", address.arg())
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
    if must_be_sent(differ.base, note.site) {
        return Vec::new();
    }
    let (from, to) = (text(differ.base, note.base, Key::DEFAULT), text(differ.head, note.head, Key::DEFAULT));
    replaced(blank, Facet::Default, from, to).into_iter().collect()
}

/// What a text holds (JSON Schema 2020-12, Validation 8.5): few readers check it, and the engine compares texts only.
fn content(differ: &mut Differ<'_>, note: Note, blank: &Draft) -> Vec<Draft> {
    let node = |contract: &Contract, at: Loc| contract.document.get(at, Key::CONTENT_SCHEMA);
    let (old, new) = (node(differ.base, note.base), node(differ.head, note.head));
    if let (Some(old), Some(new)) = (old, new)
        && differ.engine.align().same(old, new)
    {
        return Vec::new();
    }
    let draft = Draft { facet: Facet::Constraint, action: Action::Unknown, ..blank.clone() };
    let draft = draft.lost_if(new.is_some(), Run::Forward, Grade::Undecided).lost_if(
        old.is_some(),
        Run::Backward,
        Grade::Undecided,
    );
    let keyword = Key::CONTENT_SCHEMA.fixed();
    vec![Draft { proof: Proof::Unproven(Why::Opaque), ..draft.subject(keyword).code("keyword", keyword) }]
}

/// How a value is written as XML, where it is sent so; elsewhere nobody reads it.
fn xml(differ: &mut Differ<'_>, note: Note, (asks, address): (&[usize], &Address)) {
    let asks: Vec<usize> = asks.iter().copied().filter(|ask| differ.xml.contains(ask)).collect();
    if asks.is_empty() {
        return differ.about("xml");
    }
    by_side(differ, note, (asks.as_slice(), address), |_, _, blank| vec![Draft { facet: Facet::Xml, ..blank.clone() }]);
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
    out.extend(super::tables::compare(differ, note, blank));
    out
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
