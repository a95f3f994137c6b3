//! What the contracts and the partners say of a change: its operations and tags, its stability, whom it touches.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use jiff::civil::Date;

use crate::audience::{Audience, ChangeView, Concern, Evidence, Registry, Usage};
use crate::compare::Pair;
use crate::config::Tagged;
use crate::contract::{Contract, Operation, Origin};
use crate::gate::{Subject, Touched};
use crate::report::Operation as At;
use crate::spec::{FileIx, Kind, Loc};
use crate::text::Spot;

/// The partners of a version and what is known of their use.
#[derive(Clone, Copy)]
pub(super) struct Circle<'a> {
    pub(super) registry: &'a Registry,
    pub(super) usage: &'a Usage,
}

/// What is asked of the contracts that were compared.
pub(super) struct Touching<'a> {
    /// The contracts of each API of the report.
    pub(super) pairs: &'a [Pair],
    /// The partners of the versions that bind: whoever one of them says is touched, is.
    pub(super) circles: Vec<Circle<'a>>,
    /// The aggregates that may prove silence.
    pub(super) logs: &'a Usage,
    /// The fields that say a stability.
    pub(super) fields: Vec<&'a str>,
    /// The last day that logs must reach to prove anything.
    pub(super) fresh: Date,
    audiences: RefCell<BTreeMap<usize, Rc<Vec<Audience<'a>>>>>,
}

impl<'a> Touching<'a> {
    pub(super) fn new(
        pairs: &'a [Pair],
        circles: Vec<Circle<'a>>,
        logs: &'a Usage,
        (fields, fresh): (Vec<&'a str>, Date),
    ) -> Self {
        Self { pairs, circles, logs, fields, fresh, audiences: RefCell::default() }
    }

    /// Whether there is no partner file.
    pub(super) fn is_alone(&self) -> bool {
        self.circles.iter().all(|circle| circle.registry.partners().is_empty())
    }

    /// The operations that a change reaches, as `GET /users/{id}`, with their tags.
    pub(super) fn operations(&self, subject: Subject<'_>) -> Vec<Tagged> {
        let named: BTreeMap<String, BTreeSet<String>> =
            subject.api.operations(subject.change).iter().fold(BTreeMap::new(), |mut all, at| {
                let tags =
                    self.found(subject, at).into_iter().flat_map(|(contract, operation)| tags(contract, operation));
                all.entry(format!("{} {}", at.method, at.path)).or_insert_with(BTreeSet::new).extend(tags);
                all
            });
        named.into_iter().map(|(name, tags)| (name, tags.into_iter().collect())).collect()
    }

    /// An operation, as each version that has it says it.
    fn found(&self, subject: Subject<'_>, at: &At) -> Vec<(&'a Contract, &'a Operation)> {
        let stands = |operation: &Operation| match (&operation.key.origin, &at.spot) {
            (Origin::Webhook(name), Spot::Webhook(known, _)) => name == known,
            (Origin::Webhook(_) | Origin::Callback(..), _) | (_, Spot::Webhook(..)) => false,
            (Origin::Path, _) => operation.key.template.is(&at.path),
        };
        let is = |operation: &&Operation| operation.key.method == at.method && stands(operation);
        let pair = self.pairs.get(subject.at.0).into_iter().flatten().flatten();
        pair.filter_map(|contract| Some((&**contract, contract.operations.iter().find(is)?))).collect()
    }

    /// The word at the thing itself, or around it; else those of all operations that it reaches, an empty one for each that
    /// has none. Of what base has, base's word counts: nobody frees a change by a word that comes with it.
    pub(super) fn stability(&self, subject: Subject<'_>) -> Vec<String> {
        if self.fields.is_empty() {
            return Vec::new();
        }
        let base = self.pairs.get(subject.at.0).and_then(|pair| pair[0].as_deref());
        if let Some(word) = base.and_then(|base| self.word(base, &around(base, subject)?)) {
            return vec![word];
        }
        let word = |at: &At| {
            let first = self.found(subject, at).into_iter().next();
            first.and_then(|(contract, operation)| self.word(contract, &[operation.at])).unwrap_or_default()
        };
        subject.api.operations(subject.change).iter().map(word).collect()
    }

    /// The first word of stability of some nodes, innermost first.
    fn word(&self, contract: &Contract, nodes: &[Loc]) -> Option<String> {
        let document = &contract.document;
        let said = |at: &Loc| {
            let written =
                |field: &&str| document.member(*at, field).filter(|word| document.kind(*word) == Kind::String);
            self.fields.iter().find_map(written).map(|word| document.text(word).to_owned())
        };
        nodes.iter().find_map(said)
    }

    /// Whom a change touches.
    pub(super) fn touched(&self, subject: Subject<'_>) -> Touched {
        if self.is_alone() && self.logs.covered.is_empty() {
            return Touched::default();
        }
        let unseen = self.is_unseen(subject);
        let view = subject.api.view(subject.change);
        let mut partners = BTreeSet::new();
        for audience in self.audiences(subject).iter() {
            let concerned = audience.concerned(&view).into_iter().filter(|(_, concern)| concern.touched);
            // What is only taken for granted gives way to logs that cover the operation.
            let counts = concerned.filter(|(_, concern)| !unseen || concern.evidence != Evidence::Assumed);
            partners.extend(counts.map(|(partner, _)| partner.slug().to_owned()));
        }
        Touched { partners: partners.into_iter().collect(), unseen }
    }

    fn audiences(&self, subject: Subject<'_>) -> Rc<Vec<Audience<'a>>> {
        let ask = || self.circles.iter().map(|circle| self.audience(*circle, subject)).collect();
        Rc::clone(self.audiences.borrow_mut().entry(subject.at.0).or_insert_with(|| Rc::new(ask())))
    }

    fn audience<'c>(&self, circle: Circle<'c>, subject: Subject<'_>) -> Audience<'c> {
        let [base, head] =
            self.pairs.get(subject.at.0).map_or([None, None], |pair| [pair[0].as_deref(), pair[1].as_deref()]);
        circle.registry.audience(circle.usage, &subject.api.id, base, head)
    }

    /// Whether a partner, by the files of a registry, is touched by a change.
    pub(super) fn concerns(&self, circle: Circle<'_>, partner: &str, subject: Subject<'_>) -> bool {
        let view: ChangeView<'_> = subject.api.view(subject.change);
        let concerned = self.audience(circle, subject).concerned(&view);
        concerned.into_iter().any(|(known, Concern { touched, .. })| known.slug() == partner && touched)
    }

    /// Whether logs show that nobody calls an operation, `GET /users`.
    pub(super) fn is_silent(&self, api: &str, operation: &str) -> bool {
        operation.split_once(' ').is_some_and(|(method, path)| self.logs.proves_silence(api, method, path, self.fresh))
    }

    /// Whether logs cover all operations of a change and show no call of any of them.
    fn is_unseen(&self, subject: Subject<'_>) -> bool {
        let operations = subject.api.operations(subject.change);
        let silent = |method: &str, path: &str| self.logs.proves_silence(&subject.api.id, method, path, self.fresh);
        !operations.is_empty() && operations.iter().all(|at| silent(&at.method, &at.path))
    }
}

/// Every operation of some contracts, named as changes name it, with its tags; those of callbacks are their parents'.
pub(super) fn tagged(pairs: &[Pair]) -> Vec<Tagged> {
    let mut out = Vec::new();
    for contract in pairs.iter().flatten().flatten() {
        for operation in &contract.operations {
            let path = match &operation.key.origin {
                Origin::Path => operation.key.template.text.clone(),
                Origin::Webhook(name) => format!("/{name}"),
                Origin::Callback(..) => continue,
            };
            out.push((format!("{} {path}", operation.key.method), tags(contract, operation)));
        }
    }
    out
}

fn tags(contract: &Contract, operation: &Operation) -> Vec<String> {
    let document = &contract.document;
    let Some(list) = document.member(operation.at, "tags") else { return Vec::new() };
    document.children(list).map(|tag| document.text(tag).to_owned()).collect()
}

/// The node of a change in base and those around it, innermost first; `None` where base does not have it.
fn around(base: &Contract, subject: Subject<'_>) -> Option<Vec<Loc>> {
    let place = subject.change.source.base.as_ref()?;
    let file = base.document.files().iter().position(|(path, _)| *path == place.file)?;
    let ix = FileIx(u32::try_from(file).ok()?);
    let nodes = base.document.file(ix).around(usize::try_from(place.line).ok()?, usize::try_from(place.column).ok()?);
    Some(nodes.into_iter().map(|node| Loc { file: ix, node }).collect())
}
