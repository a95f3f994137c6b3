//! Changes under construction: facts are pushed as they are found; equal keys merge, uniting their operations.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::place::Address;
use super::spots::{Reaches, Spots};
use super::{Change, Changes, Proof, Traits, Use};
use crate::contract::{Action, Effect, Facet, Grade, Run, Scope};
use crate::schema::Share;
use crate::spec::Loc;
use crate::text::{Arg, Args};

/// One fact, before merging.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Facet.
    pub(super) facet: Facet,
    /// Action.
    pub(super) action: Action,
    /// Side.
    pub(super) scope: Scope,
    /// Failing inclusions.
    pub(super) losses: Vec<(Run, Grade)>,
    /// What guards ask for.
    pub(super) traits: Traits,
    /// Where.
    pub(super) address: Address,
    /// Enum value, status, media type or scheme.
    pub(super) subject: String,
    /// Old value, where both sides have one.
    pub(super) from: String,
    /// New value, where both sides have one.
    pub(super) to: String,
    /// Placeholders.
    pub(super) args: Args,
    /// Node in base.
    pub(super) base: Option<Loc>,
    /// Node in head.
    pub(super) head: Option<Loc>,
    /// Spots it reaches.
    pub(super) uses: Vec<Use>,
    /// Questions whose spots it reaches too.
    pub(super) asks: Vec<usize>,
    /// How sure.
    pub(super) proof: Proof,
    /// What the engine found that it says, by index.
    pub(super) findings: Vec<usize>,
}

impl Draft {
    /// A structural fact.
    pub(super) fn new(facet: Facet, action: Action, scope: Scope, address: Address) -> Self {
        Self {
            facet,
            action,
            scope,
            losses: Vec::new(),
            traits: Traits::default(),
            address,
            subject: String::new(),
            from: String::new(),
            to: String::new(),
            args: Args::new(),
            base: None,
            head: None,
            uses: Vec::new(),
            asks: Vec::new(),
            proof: Proof::Structural,
            findings: Vec::new(),
        }
    }
    /// Adds a failing inclusion.
    #[must_use]
    pub(super) fn lost(mut self, run: Run, grade: Grade) -> Self {
        self.losses.push((run, grade));
        self
    }
    /// Adds a failing inclusion where a condition holds.
    #[must_use]
    pub(super) fn lost_if(self, condition: bool, run: Run, grade: Grade) -> Self {
        if condition { self.lost(run, grade) } else { self }
    }
    /// Names the subject.
    #[must_use]
    pub(super) fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = subject.into();
        self
    }
    /// Adds a placeholder shown as code.
    #[must_use]
    pub(super) fn code(self, name: &str, value: impl Into<String>) -> Self {
        self.arg(name, Arg::Code(value.into()))
    }
    /// Adds a placeholder.
    #[must_use]
    pub(super) fn arg(mut self, name: &str, value: Arg) -> Self {
        self.args.insert(name.to_owned(), value);
        self
    }
    /// Old and new value, in the identity and in the sentence.
    #[must_use]
    pub(super) fn values(mut self, from: &str, to: &str) -> Self {
        from.clone_into(&mut self.from);
        to.clone_into(&mut self.to);
        self.code("from", from).code("to", to)
    }
    /// The nodes that carry it.
    #[must_use]
    pub(super) fn at(mut self, base: Option<Loc>, head: Option<Loc>) -> Self {
        (self.base, self.head) = (base, head);
        self
    }
    /// Where it is sent.
    #[must_use]
    pub(super) fn used(mut self, uses: impl IntoIterator<Item = Use>) -> Self {
        self.uses.extend(uses);
        self
    }
    /// The questions it answers.
    #[must_use]
    pub(super) fn asked(mut self, asks: &[usize]) -> Self {
        self.asks.extend(asks);
        self
    }

    /// Bytes of its words.
    fn words(&self) -> usize {
        let said = |arg: &Arg| match arg {
            Arg::Code(text) => text.len(),
            Arg::Spot { path: name, .. } | Arg::Named { name, .. } => name.len(),
            Arg::Count(_) | Arg::Term { .. } => 0,
        };
        self.subject.len() + self.from.len() + self.to.len() + self.args.values().map(said).sum::<usize>()
    }

    fn effect(&self) -> Effect {
        let undecided = self.losses.iter().any(|(_, grade)| *grade == Grade::Undecided);
        let listed: Vec<Run> =
            self.losses.iter().filter(|(_, grade)| *grade != Grade::Unlisted).map(|(run, _)| *run).collect();
        // A member no longer declared counts only when nothing else was lost.
        let runs = if listed.is_empty() { self.losses.iter().map(|(run, _)| *run).collect() } else { listed };
        match (undecided, runs.contains(&Run::Forward), runs.contains(&Run::Backward)) {
            (true, _, _) => Effect::Unknown,
            (false, true, true) => Effect::Replaced,
            (false, true, false) => Effect::Narrowed,
            (false, false, true) => Effect::Widened,
            (false, false, false) => Effect::None,
        }
    }
}

type Key = (Scope, String, Facet, Action, String, String, String);

/// Facts, merged by key as they come.
#[derive(Debug)]
pub(super) struct Drafts {
    merged: IndexMap<Key, Draft, FxBuildHasher>,
    /// So many are told.
    most: usize,
    /// So many spots they reach; a question weighs less.
    reached: usize,
    /// So many bytes of words they have.
    words: usize,
}

/// Facts that a comparison tells, each with its words, payloads and places.
const FACTS: usize = 40_000;
/// Facts of all APIs of a run, and as many again for each megabyte of different files.
const FACTS_OF_A_RUN: usize = 10_000;
/// Operations that all facts together list, each with its spots: changelogs and sites list them for every fact.
const LISTED: usize = 2_000_000;
/// Spots and questions that all facts together reach.
const REACHED: usize = 500_000;

/// Bytes of words that all facts together have: sentences, reports and pages repeat them.
const WORDS: usize = 6_000_000;
/// Bytes of the longest name of a document, in all facts that may hold it.
const NAMES: usize = 8_000_000;

impl Drafts {
    /// No facts yet; `longest` is the length of the longest name that they may hold.
    pub(super) fn new(longest: usize, share: Share) -> Self {
        let most = share.of(FACTS.min(NAMES / longest.max(1)));
        Self { merged: IndexMap::default(), most, reached: 0, words: 0 }
    }

    /// The part of the facts of one run that these are. A site tells each of them in many places.
    pub(super) fn spent(&self) -> Share {
        Share::part(self.merged.len(), FACTS_OF_A_RUN)
    }

    /// Adds a fact: its index among them, or `None` where there are too many.
    pub(super) fn push(&mut self, draft: Draft) -> Option<usize> {
        self.reached += draft.uses.len() + draft.asks.len() / 16;
        if self.are_too_many() {
            return None;
        }
        let key = (
            draft.scope,
            draft.address.text(),
            draft.facet,
            draft.action,
            draft.subject.clone(),
            draft.from.clone(),
            draft.to.clone(),
        );
        let known = self.merged.get_full_mut(&key);
        match known {
            None => {
                self.words += key.1.len() + draft.words();
                Some(self.merged.insert_full(key, draft).0)
            }
            Some((index, _, known)) => {
                for loss in draft.losses {
                    if !known.losses.contains(&loss) {
                        known.losses.push(loss);
                    }
                }
                known.traits = known.traits.or(draft.traits);
                known.uses.extend(draft.uses);
                known.asks.extend(draft.asks);
                known.findings.extend(draft.findings);
                known.base = known.base.or(draft.base);
                known.head = known.head.or(draft.head);
                Some(index)
            }
        }
    }

    /// A fact, by its index, reaches one spot more.
    pub(super) fn reach(&mut self, fact: usize, at: Use) {
        self.reached += 1;
        if !self.are_too_many()
            && let Some((_, draft)) = self.merged.get_index_mut(fact)
        {
            draft.uses.push(at);
        }
    }

    /// True of more facts than can be told: then what changed is unknown as a whole.
    pub(super) fn are_too_many(&self) -> bool {
        self.merged.len() > self.most || self.reached > REACHED || self.words > WORDS
    }

    /// True if all facts together reach more operations than can be listed.
    pub(super) fn reach_too_far(&self, spots: &Spots) -> bool {
        let mut left = LISTED;
        self.merged.values().any(|draft| {
            left = left.saturating_sub(draft.uses.len() + spots.count(&draft.asks));
            left == 0
        })
    }

    /// The facts, for passes that look at several.
    pub(super) fn list(&self) -> impl Iterator<Item = &Draft> {
        self.merged.values()
    }

    /// The finished changes, each set of uses interned, and what each was made from.
    pub(super) fn finish(self, spots: &Spots) -> (Changes, Vec<Seed>) {
        let mut reaches = Reaches::default();
        let mut list = Vec::with_capacity(self.merged.len());
        let mut seeds = Vec::with_capacity(self.merged.len());
        for mut draft in self.merged.into_values() {
            let effect = draft.effect();
            draft.asks.sort_unstable();
            draft.asks.dedup();
            let reach = reaches.index(draft.uses, &draft.asks, spots);
            seeds.push(Seed { findings: draft.findings, asks: draft.asks });
            let mut losses = draft.losses;
            losses.sort_unstable();
            list.push(Change {
                facet: draft.facet,
                action: draft.action,
                scope: draft.scope,
                effect,
                losses,
                traits: draft.traits,
                address: draft.address.text(),
                path: draft.address.path(),
                component: draft.address.component,
                subject: draft.subject,
                from: draft.from,
                to: draft.to,
                args: draft.args,
                base: draft.base,
                head: draft.head,
                reach,
                proof: draft.proof,
                exhibit: None,
                hint: None,
            });
        }
        (Changes { list, reaches: reaches.finish(), problems: Vec::new(), spent: Share::NOTHING }, seeds)
    }
}

/// What a change was made from: findings of the engine and the questions that reach them, by index.
#[derive(Debug)]
pub(super) struct Seed {
    /// Findings that were merged into it.
    pub(super) findings: Vec<usize>,
    /// Questions, ascending.
    pub(super) asks: Vec<usize>,
}
