//! How stable something is said to be, by words in an order. A word counts for what carries it and all within that has none of
//! its own; what has none anywhere is stable.

use super::Differ;
use super::draft::Draft;
use super::extensions::is_field;
use super::operations::Pair;
use super::place::Address;
use crate::contract::{Action, Contract, Facet, Origin, Scope, stability};
use crate::schema::Which;
use crate::spec::{FileIx, Key, Kind, Loc, NodeIx, Problem, Weight};
use crate::text::{Arg, Spot};

/// Words that nobody knows are told at so many places of a document.
const MOST: usize = 100;

/// What a word promises, and the word; nothing of one that is not known.
type Word<'c> = Option<(usize, &'c str)>;

impl<'c> Differ<'c> {
    fn contract(&self, which: Which) -> &'c Contract {
        match which {
            Which::Base => self.base,
            Which::Head => self.head,
        }
    }

    /// The word that counts in the innermost of some nodes that has one.
    fn word(&self, which: Which, nodes: &[Loc]) -> Word<'c> {
        let contract = self.contract(which);
        let field = self.options.stability.field;
        let Some(said) = nodes.iter().find_map(|at| written(contract, *at, field)) else {
            return Some((self.options.stability.rank(stability::STABLE)?, stability::STABLE));
        };
        let word = contract.document.text(said);
        let rank = self.options.stability.rank(word)?;
        self.words.borrow_mut().insert((which, said));
        Some((rank, word))
    }

    /// The words that count in both versions at a depth of the nodes around two.
    fn words(&self, around: &[Vec<Loc>; 2], depth: usize) -> [Word<'c>; 2] {
        [Which::Base, Which::Head].map(|which| {
            let nodes = &around[usize::from(which == Which::Head)];
            self.word(which, nodes.get(depth..).unwrap_or_default())
        })
    }
}

/// The word that a node has itself.
fn written(contract: &Contract, at: Loc, field: &str) -> Option<Loc> {
    contract.document.member(at, field).filter(|&said| contract.document.kind(said) == Kind::String)
}

/// A node and those around it, innermost first: at last the root of the document and its `info`.
fn around(contract: &Contract, at: Loc) -> Vec<Loc> {
    let document = &contract.document;
    let above = document.file(at.file).lineage(NodeIx::ROOT, at.node);
    let mut out: Vec<Loc> = above.into_iter().rev().map(|(node, _)| Loc { node, ..at }).collect();
    out.push(Loc { node: NodeIx::ROOT, ..at });
    out.push(document.root());
    out.extend(document.get(document.root(), Key::INFO));
    out
}

/// What became of a word that one version has at a node itself, where it is not that of what is around the node.
pub(super) fn fact(
    differ: &Differ<'_>,
    (base, head): (Loc, Loc),
    fact: &dyn Fn(Facet, Action) -> Draft,
) -> Option<Draft> {
    let field = differ.options.stability.field;
    if written(differ.base, base, field).is_none() && written(differ.head, head, field).is_none() {
        return None;
    }
    let nodes = [around(differ.base, base), around(differ.head, head)];
    let own = differ.words(&nodes, 0);
    if differ.words(&nodes, 1) == own { None } else { moved(own, fact) }
}

/// The word of a whole path item or API, told where it is written, for the operations that have none of their own.
pub(super) fn inherited<'c>(differ: &mut Differ<'c>, pair: Pair<'c>) {
    if !differ.engine.align().has_stability() {
        return;
    }
    let nodes = |base: Loc, head: Loc| [around(differ.base, base), around(differ.head, head)];
    let (operation, item) = (nodes(pair.base.at, pair.head.at), nodes(pair.base.item, pair.head.item));
    let own = differ.words(&operation, 0);
    if own != differ.words(&item, 0) {
        return;
    }
    let whole = own == differ.words(&item, 1);
    let (address, place) = match &pair.base.key.origin {
        // What is around a callback is an operation, which is told itself.
        Origin::Callback(..) if whole => return,
        Origin::Callback(..) => (pair.address(), Arg::Code(super::operations::name(pair.head))),
        Origin::Path | Origin::Webhook(_) if whole => {
            (Address::plain("stability"), Arg::Term { term: "all-operations".to_owned() })
        }
        Origin::Path | Origin::Webhook(_) => super::annotations::of_item(pair),
    };
    let sites = if whole {
        (differ.base.document.root(), differ.head.document.root())
    } else {
        (pair.base.item, pair.head.item)
    };
    let fact = |facet, action| {
        Draft::new(facet, action, Scope::Operation, address.clone())
            .arg("place", place.clone())
            .arg("operation", place.clone())
            .at(Some(sites.0), Some(sites.1))
            .used([pair.part(Spot::Operation)])
    };
    if let Some(draft) = moved(own, &fact) {
        differ.drafts.push(draft);
    }
}

fn moved([was, is]: [Word<'_>; 2], fact: &dyn Fn(Facet, Action) -> Draft) -> Option<Draft> {
    let ((was, from), (is, to)) = (was?, is?);
    let action = match is.cmp(&was) {
        std::cmp::Ordering::Less => Action::Lowered,
        std::cmp::Ordering::Equal => return None,
        std::cmp::Ordering::Greater => Action::Raised,
    };
    Some(fact(Facet::Stability, action).values(from, to))
}

/// Words that are not known, once a place.
pub(super) fn odd(differ: &Differ<'_>) -> Vec<Problem> {
    if !differ.engine.align().has_stability() {
        return Vec::new();
    }
    let of = |contract| unknown_words(differ, contract);
    let (old, mut new) = (of(differ.base), of(differ.head));
    let gone: Vec<Problem> =
        old.into_iter().filter(|problem| !new.iter().any(|other| other.message == problem.message)).collect();
    new.extend(gone);
    new
}

fn unknown_words(differ: &Differ<'_>, contract: &Contract) -> Vec<Problem> {
    let stability = differ.options.stability;
    let document = &contract.document;
    let mut out = Vec::new();
    for (ix, (path, file)) in document.files().iter().enumerate() {
        let at = FileIx(u32::try_from(ix).unwrap_or(u32::MAX));
        let Some(key) = file.find_key(stability.field) else { continue };
        let nodes = (0..file.len()).map(|ix| NodeIx(u32::try_from(ix).unwrap_or(u32::MAX)));
        for node in nodes.filter(|&node| file.key(node) == key && is_field(&file.path(node))) {
            if file.string(node).is_some_and(|word| stability.rank(word).is_some()) || out.len() == MOST {
                continue;
            }
            let mut word = String::new();
            crate::schema::canonical(document, Loc { file: at, node }, &mut word);
            let shown: String = word.trim_matches('"').chars().take(40).collect();
            let known = crate::contract::listed(stability.words().iter().map(|word| format!("`{word}`")), ", ");
            let message =
                format!("`{shown}` is no word of `{}`, which knows {known}: it promises nothing", stability.field);
            let offset = file.offset(node);
            let (line, column) = file.line_column(offset);
            out.push(Problem { file: path.clone(), offset: Some(offset), line, column, message, weight: Weight::Odd });
        }
    }
    out
}
