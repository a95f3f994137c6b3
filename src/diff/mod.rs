//! Contract × contract → ordered changes; a file per object of OpenAPI.
//!
//! The differs of objects push facts and ask about schemas; the engine answers; facts with equal keys are one change.

use std::rc::Rc;

use jiff::civil::Date;

use crate::contract::{Contract, Lists, SchemaAt, Scope, Side, Stability};
use crate::schema::{Ask, Engine, Expansion, Lens, Share, Which};
use crate::spec::{Key, Kind, Loc, Problem};
use draft::Drafts;

pub use crate::schema::Why;
pub use across::{Across, across};
pub use change::{Change, Changes, Exhibit, Hint, Proof, Traits, Use};
pub use identity::{cause, fingerprint};
pub(crate) use servers::path as server_path;
pub use whole::{appeared, vanished};

mod across;
mod annotations;
mod bodies;
pub mod change;
mod credentials;
mod draft;
mod encodings;
mod exchange;
mod exhibits;
mod extensions;
mod flows;
mod headers;
mod hints;
pub mod identity;
mod keys;
mod links;
mod moved;
mod notes;
mod open_lists;
mod operations;
mod parameters;
mod part_headers;
mod place;
mod reached;
mod responses;
mod route;
mod schemas;
mod security;
mod server_variables;
mod servers;
mod site;
mod spots;
mod stability;
mod subtypes;
mod tables;
mod unreached;
mod unread;
mod whole;
mod whole_document;
mod wire;

/// What a comparison depends on beside the two contracts.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The day deprecations and sunsets are judged at.
    pub today: Date,
    /// The part of every limit that the comparison may use.
    pub share: Share,
    /// The field that says how stable something is.
    pub stability: &'a Stability<'a>,
}

impl Options<'_> {
    /// On a day, within the limits of one comparison.
    #[cfg(feature = "internals")]
    pub fn on(today: Date) -> Self {
        Self { today, share: Share::WHOLE, stability: &crate::contract::stability::STANDARD }
    }
}

/// Compares two contracts. Cannot fail: what is not decided is said so in the change.
pub fn compare(base: &Contract, head: &Contract, options: &Options<'_>) -> Changes {
    prove(base, head, options, &|_| false)
}

/// Compares two contracts and shows the changes that are asked for: a payload that one version allows and the other
/// refuses, confirmed by a validator, and the exchange it travels in.
pub fn prove(base: &Contract, head: &Contract, options: &Options<'_>, wanted: &dyn Fn(&Change) -> bool) -> Changes {
    let mut differ = Differ::new(base, head, *options);
    operations::compare(&mut differ);
    subtypes::ask(&mut differ);
    let found = schemas::compare(&mut differ);
    notes::compare(&mut differ);
    whole_document::compare(&mut differ);
    let facts = differ.drafts.spent();
    if differ.drafts.are_too_many() || differ.drafts.reach_too_far(&differ.uses) {
        return Changes { spent: differ.engine.spent().max(facts), ..whole::unknown(&differ) };
    }
    let hints = hints::find(&differ);
    let moves = moved::find(&differ);
    let (mut changes, seeds) =
        std::mem::replace(&mut differ.drafts, Drafts::new(0, Share::NOTHING)).finish(&differ.uses);
    hints::apply(&mut changes, &hints);
    moved::apply(&mut changes, &moves);
    exhibits::show(&mut differ, &mut changes, &seeds, &found, wanted);
    let known = |problem: &Problem| head.found().iter().any(|other| other.message == problem.message);
    changes.problems.extend(head.found().iter().cloned());
    changes.problems.extend(base.found().iter().filter(|problem| !known(problem)).cloned());
    changes.problems.extend(stability::odd(&differ));
    changes.spent = differ.engine.spent().max(facts);
    changes
}

/// One comparison at work.
struct Differ<'c> {
    base: &'c Contract,
    head: &'c Contract,
    options: Options<'c>,
    engine: Engine<'c>,
    drafts: Drafts,
    asks: Vec<Ask>,
    /// Where each ask is sent.
    uses: spots::Spots,
    known: rustc_hash::FxHashMap<(crate::schema::SchemaId, crate::schema::SchemaId, Lens, Side), usize>,
    lenses: [Lens; 2],
    security: credentials::Known,
    /// Nodes whose prose was compared where they are written: notes say nothing of them.
    told: rustc_hash::FxHashSet<(Loc, Loc)>,
    links: links::Links,
    /// Places of schemas in both versions, with the questions asked there: annotations may stand beside references.
    places: indexmap::IndexSet<(Loc, Loc, usize), rustc_hash::FxBuildHasher>,
    /// Where the part that each question is about is listed, if it is another one in head wherever the question is sent.
    listed: rustc_hash::FxHashMap<usize, Option<site::Listed>>,
    /// Questions about what is sent as XML.
    xml: rustc_hash::FxHashSet<usize>,
    /// Words of stability that were compared.
    words: std::cell::RefCell<rustc_hash::FxHashSet<(Which, Loc)>>,
    /// What the documents say otherwise about the API as a whole.
    about: std::collections::BTreeSet<&'static str>,
}

/// The length of the longest name of a document.
fn longest(contract: &Contract) -> usize {
    let keys = contract.document.files().iter().map(|(_, file)| file.longest_key());
    let parameters = contract.operations.iter().flat_map(|operation| &operation.parameters);
    keys.chain(parameters.map(|parameter| parameter.name.len())).max().unwrap_or(0)
}

/// Two schemas to be compared, with the nodes they are written at.
#[derive(Clone, Copy)]
struct Question {
    base: SchemaAt,
    head: SchemaAt,
    /// Where base writes it.
    site: Loc,
    /// The references that both follow to where it is written.
    way: site::Way,
    /// What flows there.
    side: Side,
    /// The value is text on the wire.
    text: bool,
    /// It is a parameter or a header.
    flat: bool,
}

impl<'c> Differ<'c> {
    fn new(base: &'c Contract, head: &'c Contract, options: Options<'c>) -> Self {
        let has = |key| mentions(base, key) || mentions(head, key);
        let request = Lens { drop_read_only: has(Key::READ_ONLY), ..Lens::default() };
        let response = Lens { drop_write_only: has(Key::WRITE_ONLY), ..Lens::default() };
        Self {
            base,
            head,
            options,
            engine: Engine::new(base, head, options.share).noting(options.stability.field),
            drafts: Drafts::new(longest(base).max(longest(head)), options.share),
            asks: Vec::new(),
            uses: spots::Spots::default(),
            known: rustc_hash::FxHashMap::default(),
            lenses: [request, response],
            security: credentials::Known::default(),
            told: rustc_hash::FxHashSet::default(),
            links: links::Links::default(),
            places: indexmap::IndexSet::default(),
            listed: rustc_hash::FxHashMap::default(),
            xml: rustc_hash::FxHashSet::default(),
            words: std::cell::RefCell::default(),
            about: std::collections::BTreeSet::default(),
        }
    }

    /// The branches of a schema.
    fn expansion(&mut self, which: Which, at: SchemaAt) -> Rc<Expansion<'c>> {
        let id = self.engine.schema(which, at);
        self.engine.expansion(id)
    }

    /// Asks how two schemas lie to each other; the same question from several places is asked once.
    fn ask(&mut self, question: Question, at: Use) {
        self.ask_of_lists(question, None, at);
    }

    /// The same of values whose lists are written as text in a way that both versions share.
    fn ask_of_lists(&mut self, question: Question, lists: Option<Lists>, at: Use) {
        if let Some(index) = self.question_of_lists(question, lists) {
            self.uses.add(index, at);
            let replaced = question.way.replaced(self);
            let known = self.listed.entry(index).or_insert_with(|| replaced.clone());
            if replaced.is_none() {
                *known = None;
            }
            if let (SchemaAt::Node(base), SchemaAt::Node(head)) = (question.base, question.head) {
                self.places.insert((base, head, index));
            }
        }
    }

    /// The index of a question, asked now at the latest; `None` of what is unreadable in the same way.
    fn question(&mut self, question: Question) -> Option<usize> {
        self.question_of_lists(question, None)
    }

    fn question_of_lists(&mut self, question: Question, lists: Option<Lists>) -> Option<usize> {
        if let (SchemaAt::Hole(base), SchemaAt::Hole(head)) = (question.base, question.head)
            && self.base.document.sign(base as usize).is_some()
            && self.base.document.sign(base as usize) == self.head.document.sign(head as usize)
        {
            return None;
        }
        let flat = question.text && question.flat;
        let lens =
            Lens { text: question.text, flat, lists, ..self.lenses[usize::from(question.side == Side::Response)] };
        let base = self.engine.schema(Which::Base, question.base);
        let head = self.engine.schema(Which::Head, question.head);
        let key = (base, head, lens, question.side);
        if let Some(&index) = self.known.get(&key) {
            return Some(index);
        }
        // In 2.0 the representation is the operation's, and the schema is the response's.
        let home = |at: Loc| self.base.homes.home(at).map(|(start, _)| start);
        let site = match question.base {
            SchemaAt::Node(at) if home(at) == home(question.site) => at,
            SchemaAt::Node(_) | SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_) => question.site,
        };
        self.asks.push(Ask { base, head, lens, site: (Which::Base, site) });
        self.uses.push(question.side);
        self.known.insert(key, self.asks.len() - 1);
        Some(self.asks.len() - 1)
    }
}

/// True if any node of the document stands under the key with the value `true`.
fn mentions(contract: &Contract, key: Key) -> bool {
    contract.document.files().iter().any(|(_, file)| {
        (0..file.len()).any(|ix| {
            let node = crate::spec::NodeIx(u32::try_from(ix).unwrap_or(u32::MAX));
            file.key(node) == key && file.kind(node) == Kind::True
        })
    })
}

/// The shared component and the path by which changes name a node: what [`Change::component`] and [`Change::path`] say.
pub fn address(contract: &Contract, at: Loc) -> (Option<String>, String) {
    let address = route::of_node(contract, at);
    let path = address.path();
    (address.component, path)
}

/// The scope of what flows on a side.
fn scope(side: Side) -> Scope {
    side.into()
}
