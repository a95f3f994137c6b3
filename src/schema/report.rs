//! The second phase: a walk from the roots through failing pairs, each pair once, that says what differs and where.
//!
//! A difference is placed at the node that carries it. Where a reference leads to another component that both
//! documents have, neither component changed: the difference floats and is placed at the site of the reference.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxBuildHasher;

use super::Why;
use super::expand::{Branch, Expansion};
use super::local::{Local, Loss, Step, What, local};
use super::matching::{Matched, match_branches};
use super::solve::{Engine, covers_class};
use super::space::{Lens, SchemaId, StateId, Which};
use super::types::Types;
use crate::contract::{Action, Facet, Grade, Home, Run};
use crate::spec::Loc;

/// Visits a walk may cost.
const VISITS: usize = 50_000;

/// What the differ wants to know: how a schema of base lies to one of head.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The schema in base.
    pub base: SchemaId,
    /// The schema in head.
    pub head: SchemaId,
    /// How the value travels.
    pub lens: Lens,
    /// Where the schema is written, before references are followed.
    pub site: (Which, Loc),
}

/// Where a difference is: a node, and steps below it where it floats.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Spot<'c> {
    /// The document of the node.
    pub which: Which,
    /// The node.
    pub at: Loc,
    /// Steps below it.
    pub steps: Vec<Step<'c>>,
}

/// One difference of two schemas, both runs joined.
#[derive(Clone, Debug)]
pub struct Finding<'c> {
    /// What of the schema.
    pub facet: Facet,
    /// What happened.
    pub action: Action,
    /// The member it is about, below the spot.
    pub member: Option<&'c str>,
    /// Enum value, variant or keyword.
    pub subject: String,
    /// Old value of the facet.
    pub from: Option<String>,
    /// New value of the facet.
    pub to: Option<String>,
    /// Failing inclusions.
    pub losses: Vec<(Run, Grade)>,
    /// Where.
    pub spot: Spot<'c>,
    /// The node in base.
    pub base: Option<Loc>,
    /// The node in head.
    pub head: Option<Loc>,
    /// The member added or removed is required.
    pub required: bool,
    /// Base said nothing about the type.
    pub untyped_before: bool,
    /// New values must be tolerated.
    pub extensible: bool,
    /// Why it is not decided.
    pub why: Option<Why>,
    /// The visit it was found at.
    pub visit: usize,
}

/// One visited pair.
struct Visit<'c> {
    base: StateId,
    head: StateId,
    lens: Lens,
    float: Option<Spot<'c>>,
    site: Spot<'c>,
    parents: Vec<usize>,
    /// Values of a map: whoever wrote `additionalProperties` invited them, typed or not.
    invited: bool,
}

/// All differences, and which asks reach each visit.
pub struct Findings<'c> {
    /// The differences, in order of discovery.
    pub list: Vec<Finding<'c>>,
    /// For each visit, the asks that reach it, ascending.
    pub reached_by: Vec<Vec<usize>>,
}

/// Walks from all asks.
pub fn findings<'c>(engine: &mut Engine<'c>, asks: &[Ask]) -> Findings<'c> {
    let mut walk = Walk { engine, visits: IndexMap::default(), list: Vec::new() };
    let mut roots: Vec<Vec<usize>> = Vec::new();
    for (index, ask) in asks.iter().enumerate() {
        let base = walk.engine.space.state(vec![ask.base]);
        let head = walk.engine.space.state(vec![ask.head]);
        let site = Spot { which: ask.site.0, at: ask.site.1, steps: Vec::new() };
        if let Some(visit) = walk.enter(base, head, ask.lens, site, None) {
            if roots.len() <= visit {
                roots.resize(visit + 1, Vec::new());
            }
            roots[visit].push(index);
        }
    }
    let mut next = 0;
    while next < walk.visits.len().min(VISITS) {
        walk.visit(next);
        next += 1;
    }
    let parents: Vec<Vec<usize>> = walk.visits.values().map(|visit| visit.parents.clone()).collect();
    Findings { list: walk.list, reached_by: reach(&parents, roots) }
}

/// Hands the asks of each visit down to the visits it asked for.
fn reach(parents: &[Vec<usize>], roots: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for (child, parents) in parents.iter().enumerate() {
        parents.iter().for_each(|&parent| children[parent].push(child));
    }
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    let mut seen = vec![usize::MAX; parents.len()];
    for (root, asks) in roots.into_iter().enumerate().filter(|(_, asks)| !asks.is_empty()) {
        let mut stack = vec![root];
        seen[root] = root;
        while let Some(visit) = stack.pop() {
            out[visit].extend(&asks);
            for &child in &children[visit] {
                if seen[child] != root {
                    seen[child] = root;
                    stack.push(child);
                }
            }
        }
    }
    for asks in &mut out {
        asks.sort_unstable();
        asks.dedup();
    }
    out
}

type VisitKey<'c> = (StateId, StateId, Lens, Option<Spot<'c>>);

struct Walk<'e, 'c> {
    engine: &'e mut Engine<'c>,
    visits: IndexMap<VisitKey<'c>, Visit<'c>, FxBuildHasher>,
    list: Vec<Finding<'c>>,
}

/// The two sides of a visit, expanded.
struct Sides<'c> {
    base: Rc<Expansion<'c>>,
    head: Rc<Expansion<'c>>,
    lens: Lens,
}

/// What one facet lost in either run.
#[derive(Default)]
struct Entry {
    forward: Option<Grade>,
    backward: Option<Grade>,
    /// The runs in which a member loses its declaration, which weighs beside its being refused.
    unlisted: Vec<Run>,
    base: Option<SchemaId>,
    head: Option<SchemaId>,
    required: bool,
    extensible: bool,
    from: Option<String>,
    to: Option<String>,
}

/// Facet, member, subject.
type EntryKey<'c> = (Facet, Option<(&'c str, Change)>, String);

/// What happened to a member.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Change {
    Itself,
    Required,
}

type Entries<'c> = IndexMap<EntryKey<'c>, Entry, FxBuildHasher>;

/// Parts to be visited: different branches may have different ones at the same step.
type Parts<'c> = IndexSet<(Step<'c>, StateId, StateId), FxBuildHasher>;

impl<'c> Walk<'_, 'c> {
    /// The visit of a failing pair, `None` where both runs are contained.
    fn enter(
        &mut self,
        base: StateId,
        head: StateId,
        lens: Lens,
        site: Spot<'c>,
        from: Option<(usize, Step<'c>)>,
    ) -> Option<usize> {
        let parent = from.map(|(parent, _)| parent);
        let invited = from.is_some_and(|(_, step)| step == Step::Map);
        let fails =
            self.engine.standing((base, head, lens)).is_some() || self.engine.standing((head, base, lens)).is_some();
        if !fails {
            return None;
        }
        let within_float = parent.is_some_and(|parent| self.visits[parent].float.is_some());
        let floats = self.floats(base, head, within_float).then(|| site.clone());
        let key = (base, head, lens, floats.clone());
        let again = || floats.as_ref().and_then(|_| self.above(parent, base, head, lens));
        let index = match self.visits.get_index_of(&key).or_else(again) {
            Some(index) => index,
            None => {
                let visit = Visit { base, head, lens, float: floats, site, parents: Vec::new(), invited };
                self.visits.insert_full(key, visit).0
            }
        };
        let visit = &mut self.visits[index];
        if let Some(parent) = parent.filter(|parent| *parent != index && !visit.parents.contains(parent)) {
            visit.parents.push(parent);
        }
        Some(index)
    }

    /// The same pair on the way to here: a recursive schema that floats would have a new place at each depth.
    fn above(&self, mut from: Option<usize>, base: StateId, head: StateId, lens: Lens) -> Option<usize> {
        while let Some(index) = from {
            let visit = &self.visits[index];
            if (visit.base, visit.head, visit.lens) == (base, head, lens) {
                return Some(index);
            }
            from = visit.parents.first().copied().filter(|&parent| parent < index);
        }
        None
    }

    /// True if base's component still exists in head, and head's schema is no part of it.
    fn floats(&self, base: StateId, head: StateId, within_float: bool) -> bool {
        let space = &self.engine.space;
        let (Some((_, b)), Some((_, h))) = (self.root(base), self.root(head)) else { return within_float };
        let (old, new) = (space.contract(Which::Base), space.contract(Which::Head));
        let Some((_, home @ Home::Component { section, name })) = old.homes.home(b) else { return within_float };
        let stays = new.homes.component(section, name).is_some();
        stays && new.homes.home(h).map(|(_, home)| home) != Some(home)
    }

    fn root(&self, state: StateId) -> Option<(Which, Loc)> {
        self.engine.space.nodes(state).first().and_then(|&id| self.engine.space.loc(id))
    }

    fn visit(&mut self, index: usize) {
        let visit = &self.visits[index];
        let (base, head, lens) = (visit.base, visit.head, visit.lens);
        let sides = Sides { base: self.engine.branches(base), head: self.engine.branches(head), lens };
        let mut entries = Entries::default();
        if sides.base.overflow || sides.head.overflow {
            let entry = entries.entry((Facet::Constraint, None, "anyOf".to_owned())).or_default();
            (entry.forward, entry.backward) = (Some(Grade::Undecided), Some(Grade::Undecided));
            return self.record(index, entries, &sides, Some(Why::Branches));
        }
        let holed = |side: &Expansion<'c>| side.branches.iter().any(|branch| !branch.holes.is_empty());
        if holed(&sides.base) || holed(&sides.head) {
            let entry = entries.entry((Facet::Reference, None, String::new())).or_default();
            (entry.forward, entry.backward) = (Some(Grade::Undecided), Some(Grade::Undecided));
            return self.record(index, entries, &sides, Some(Why::Hole));
        }
        if sides.base.says_nothing() || sides.head.says_nothing() {
            let untyped = sides.base.says_nothing();
            let entry = entries.entry((Facet::Type, None, String::new())).or_default();
            if untyped {
                entry.forward = Some(Grade::Shape);
            } else {
                entry.backward = Some(Grade::Shape);
            }
            return self.record(index, entries, &sides, None);
        }
        self.types(&sides, &mut entries);
        let mut parts = Parts::default();
        for class in Types::CLASSES {
            let matched = match_branches(self.engine, &sides.base, &sides.head, class);
            self.class(&sides, class, &matched, &mut entries, &mut parts);
        }
        for (step, base, head) in parts {
            let site = self.site(index, &sides, step);
            self.enter(base, head, lens, site, Some((index, step)));
        }
        self.record(index, entries, &sides, None);
    }

    /// Types that one side admits and the other does not.
    fn types(&mut self, sides: &Sides<'c>, entries: &mut Entries<'c>) {
        for run in [Run::Forward, Run::Backward] {
            let (subs, sups) = sides.run(run);
            let mut lost = Types::NONE;
            for branch in &subs.branches {
                for class in Types::CLASSES {
                    let types = branch.types.and(class);
                    let missing = !sups.branches.iter().any(|sup| covers_class(sup, class, sides.lens));
                    if types.is_empty() || !missing || sides.lens.text && class == Types::NULL {
                        continue;
                    }
                    if sides.lens.text && self.engine.cover(branch, (subs, sups), class, sides.lens, None).is_none() {
                        continue; // another type, the same texts
                    }
                    match self.label(branch) {
                        // A named variant of its own type is a variant, not a wider type.
                        Some(label) if class == Types::OBJECT || class == Types::ARRAY => {
                            let entry = entries.entry((Facet::Variant, None, label)).or_default();
                            entry.lose(run, Grade::Shape, None, None);
                        }
                        _ => lost = lost.or(types),
                    }
                }
            }
            // Null is a notion of its own, but not where no type was named at all.
            let named = subs.types() != Types::ALL;
            if named && lost.meets(Types::NULL) {
                entries.entry((Facet::Null, None, String::new())).or_default().lose(run, Grade::Shape, None, None);
            }
            if !lost.without(Types::NULL).is_empty() || !named && !lost.is_empty() {
                entries.entry((Facet::Type, None, String::new())).or_default().lose(run, Grade::Shape, None, None);
            }
        }
    }

    /// The name of the variant a branch takes.
    fn label(&self, branch: &Branch<'c>) -> Option<String> {
        branch.choices.iter().rev().find_map(|(_, member)| super::matching::label(self.engine, *member))
    }

    /// The differences of matched branches of one class, and the branches without a match.
    fn class(
        &mut self,
        sides: &Sides<'c>,
        class: Types,
        matched: &Matched,
        entries: &mut Entries<'c>,
        parts: &mut Parts<'c>,
    ) {
        for &(b, h) in &matched.pairs {
            for run in [Run::Forward, Run::Backward] {
                let (sub, sup) = if run == Run::Forward { (b, h) } else { (h, b) };
                let (subs, sups) = sides.run(run);
                let (sub, sup) = (&subs.branches[sub], &sups.branches[sup]);
                let Some(grade) = self.engine.cover(sub, (subs, sups), class, sides.lens, None) else { continue };
                let found = local(self.engine, sub, sup, class, sides.lens);
                let (mut found, mut pair) = (found, (b, h));
                if self.engine.weigh(&found, sides.lens, None) > Some(grade) {
                    // Another branch takes more of it than the one that looks alike: what is lost is lost to that one.
                    for (index, other) in sups.branches.iter().enumerate().filter(|(_, b)| b.types.meets(class)) {
                        let closer = local(self.engine, sub, other, class, sides.lens);
                        if self.engine.weigh(&closer, sides.lens, None) == Some(grade) {
                            (found, pair) = (closer, if run == Run::Forward { (b, index) } else { (index, h) });
                            break;
                        }
                    }
                }
                self.join(run, &found, sides, pair, entries, parts);
            }
        }
        for (run, lone) in [(Run::Forward, &matched.base), (Run::Backward, &matched.head)] {
            let (subs, sups) = sides.run(run);
            for &index in lone {
                let branch = &subs.branches[index];
                let any = sups.branches.iter().any(|sup| covers_class(sup, class, sides.lens));
                if !any {
                    continue; // its type is lost as a whole, which `types` says
                }
                if let Some(grade) = self.engine.cover(branch, (subs, sups), class, sides.lens, None) {
                    let label = self.label(branch).unwrap_or_else(|| variant_index(subs, index));
                    let owner = branch.choices.last().map(|(union, _)| *union);
                    entries.entry((Facet::Variant, None, label)).or_default().lose(run, grade, owner, None);
                }
            }
        }
    }

    /// Adds one run's differences of two matched branches.
    fn join(
        &mut self,
        run: Run,
        local: &Local<'c>,
        sides: &Sides<'c>,
        (b, h): (usize, usize),
        entries: &mut Entries<'c>,
        parts: &mut Parts<'c>,
    ) {
        let (base, head) = (&sides.base.branches[b], &sides.head.branches[h]);
        let mut losses: Vec<Loss<'c>> = local.losses.clone();
        for child in &local.children {
            let Some(grade) = self.engine.standing((child.sub, child.sup, sides.lens)) else { continue };
            if let Some(loss) = &child.instead {
                losses.push(Loss { grade: grade.min(loss.grade), ..loss.clone() });
            } else {
                let (b, h) = if run == Run::Forward { (child.sub, child.sup) } else { (child.sup, child.sub) };
                parts.insert((child.step, b, h));
            }
        }
        for loss in losses {
            if let What::Literal(text) = &loss.what
                && self.taken_elsewhere(text, run, sides)
            {
                continue;
            }
            let key = entry_key(&loss.what, base, head);
            let required = matches!(loss.what, What::Required(_));
            let entry = entries.entry(key.clone()).or_default();
            entry.lose(run, loss.grade, loss.sub, loss.sup);
            entry.required |= required;
            entry.extensible |= base.extensible || head.extensible;
            (entry.from, entry.to) = (super::datum::of(key.0, base), super::datum::of(key.0, head));
        }
    }

    /// True if another branch of the sup side takes the value.
    fn taken_elsewhere(&self, text: &str, run: Run, sides: &Sides<'c>) -> bool {
        let (subs, sups) = sides.run(run);
        let value =
            subs.branches.iter().filter_map(|branch| branch.literals.as_ref()).flat_map(|(values, _)| values.iter());
        let Some((canonical, value)) = value.into_iter().find(|(_, value)| &*value.plain == text) else { return false };
        sups.branches
            .iter()
            .any(|sup| super::local::admits(self.engine, sup, canonical, value, sides.lens) == Some(true))
    }

    /// Where a part is written: in base where it is, else in head; below a floating pair, by steps from its site.
    fn site(&self, index: usize, sides: &Sides<'c>, step: Step<'c>) -> Spot<'c> {
        let visit = &self.visits[index];
        if let Some(float) = &visit.float {
            let mut below = float.clone();
            below.steps.push(step);
            return below;
        }
        for (which, side) in [(Which::Base, &sides.base), (Which::Head, &sides.head)] {
            for branch in &side.branches {
                if let Some(at) = super::site::of(&self.engine.space, branch, step) {
                    return Spot { which, at, steps: Vec::new() };
                }
            }
        }
        visit.site.clone()
    }

    fn record(&mut self, index: usize, entries: Entries<'c>, sides: &Sides<'c>, why: Option<Why>) {
        let both_const =
            entries.keys().any(|key| key.0 == Facet::EnumValue) && is_const(&sides.base) && is_const(&sides.head);
        let mut replaced = false;
        for ((facet, member, subject), mut entry) in entries {
            let mut facet = facet;
            let mut subject = subject;
            if both_const && facet == Facet::EnumValue {
                if replaced {
                    continue;
                }
                replaced = true;
                (facet, subject) = (Facet::Const, String::new());
                (entry.forward, entry.backward) = (Some(Grade::Shape), Some(Grade::Shape));
                let plain = |side: &Expansion<'c>| side.branches.iter().find_map(super::datum::only_value);
                (entry.from, entry.to) = (plain(&sides.base), plain(&sides.head));
            }
            if facet == Facet::Type || facet == Facet::Null {
                let text = |side: &Expansion<'c>| {
                    let types = side.types();
                    let all = side.says_nothing() || types.or(Types::NULL) == Types::ALL;
                    if all { Types::ALL } else { types.without(Types::NULL) }.to_string()
                };
                (entry.from, entry.to) = (Some(text(&sides.base)), Some(text(&sides.head)));
            }
            let finding = self.finding(index, facet, member, subject, entry, sides, why);
            self.list.push(finding);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one finding, named at the one call")]
    fn finding(
        &self,
        visit: usize,
        facet: Facet,
        member: Option<(&'c str, Change)>,
        subject: String,
        entry: Entry,
        sides: &Sides<'c>,
        why: Option<Why>,
    ) -> Finding<'c> {
        let name = member.map(|(name, _)| name);
        let has = |side: &Expansion<'c>| name.is_none_or(|name| side.branches.iter().any(|branch| names(branch, name)));
        let action = super::action::of(
            facet,
            member.is_some_and(|(_, change)| change == Change::Required),
            (entry.forward, entry.backward),
            (has(&sides.base), has(&sides.head)),
            (entry.from.is_some(), entry.to.is_some()),
        );
        let spot = self.spot(visit, entry.base, entry.head);
        let position = |which: Which, owner: Option<SchemaId>, state: StateId| {
            let owner = owner.or_else(|| self.engine.space.nodes(state).first().copied());
            let at = owner.and_then(|id| self.engine.space.loc(id)).filter(|(w, _)| *w == which)?.1;
            let member = name.and_then(|name| super::site::member(&self.engine.space, which, at, name));
            Some(member.unwrap_or(at))
        };
        let pair = &self.visits[visit];
        let mut losses: Vec<(Run, Grade)> = [(Run::Forward, entry.forward), (Run::Backward, entry.backward)]
            .into_iter()
            .filter_map(|(run, grade)| Some((run, grade?)))
            .collect();
        let unlisted: Vec<(Run, Grade)> = entry.unlisted.iter().map(|&run| (run, Grade::Unlisted)).collect();
        losses.extend(unlisted.into_iter().filter(|loss| !losses.contains(loss)).collect::<Vec<_>>());
        let undecided = losses.iter().any(|(_, grade)| *grade == Grade::Undecided).then_some(match facet {
            Facet::Pattern => Why::Pattern,
            Facet::Reference => Why::Hole,
            _ => Why::Opaque,
        });
        Finding {
            facet,
            action,
            member: name,
            subject,
            from: entry.from,
            to: entry.to,
            losses,
            spot,
            base: position(Which::Base, entry.base, pair.base),
            head: position(Which::Head, entry.head, pair.head),
            required: entry.required,
            untyped_before: sides.base.types() == Types::ALL && !pair.invited,
            extensible: entry.extensible,
            why: why.or(undecided),
            visit,
        }
    }

    /// The place of a difference: the node that carries it in base, else its counterpart.
    fn spot(&self, visit: usize, base: Option<SchemaId>, head: Option<SchemaId>) -> Spot<'c> {
        let visit = &self.visits[visit];
        if let Some(float) = &visit.float {
            return float.clone();
        }
        let node = |which, at| Spot { which, at, steps: Vec::new() };
        let roots = (self.root(visit.base), self.root(visit.head));
        let base = base.and_then(|id| self.engine.space.loc(id));
        let head = head.and_then(|id| self.engine.space.loc(id));
        if let Some((which, at)) = base.filter(|&(which, at)| self.may_carry(which, at, roots.0)) {
            return node(which, at);
        }
        if let Some((which, at)) =
            head.filter(|&(which, at)| Some((which, at)) != roots.1 && self.may_carry(which, at, roots.1))
            && self.has_twin(which, at)
        {
            return node(which, at);
        }
        match roots {
            (Some((which, at)), _) | (None, Some((which, at))) => node(which, at),
            (None, None) => visit.site.clone(),
        }
    }

    /// A component that both documents have the same cannot be the cause of a difference: whoever refers to it is.
    fn may_carry(&self, which: Which, at: Loc, root: Option<(Which, Loc)>) -> bool {
        let Some((home_at, twin)) = self.twin(which, at) else { return true };
        let homes = &self.engine.space.contract(which).homes;
        if root.and_then(|(_, root)| homes.home(root)).is_some_and(|(start, _)| start == home_at) {
            return true;
        }
        let (base, head) = if which == Which::Base { (home_at, twin) } else { (twin, home_at) };
        !self.engine.align.same(base, head)
    }

    fn has_twin(&self, which: Which, at: Loc) -> bool {
        self.twin(which, at).is_some()
    }

    /// The component a node stands in, and the component of the same name in the other document.
    fn twin(&self, which: Which, at: Loc) -> Option<(Loc, Loc)> {
        let (start, Home::Component { section, name }) = self.engine.space.contract(which).homes.home(at)? else {
            return None;
        };
        let other = self.engine.space.contract(if which == Which::Base { Which::Head } else { Which::Base });
        Some((start, other.homes.component(section, name)?))
    }
}

impl<'c> Sides<'c> {
    fn run(&self, run: Run) -> (&Expansion<'c>, &Expansion<'c>) {
        match run {
            Run::Forward => (&self.base, &self.head),
            Run::Backward => (&self.head, &self.base),
        }
    }
}

impl Entry {
    fn lose(&mut self, run: Run, grade: Grade, sub: Option<SchemaId>, sup: Option<SchemaId>) {
        let (base, head) = if run == Run::Forward { (sub, sup) } else { (sup, sub) };
        self.base = self.base.or(base);
        self.head = self.head.or(head);
        if grade == Grade::Unlisted && !self.unlisted.contains(&run) {
            self.unlisted.push(run);
        }
        let slot = if run == Run::Forward { &mut self.forward } else { &mut self.backward };
        *slot = (*slot).max(Some(grade));
    }
}

fn names(branch: &Branch<'_>, name: &str) -> bool {
    branch.objects.iter().any(|layer| layer.properties.contains_key(name))
        || branch.required.iter().any(|(known, _)| *known == name)
}

fn is_const(side: &Expansion<'_>) -> bool {
    side.branches.iter().filter_map(super::datum::only_value).count() == 1
        && side.branches.iter().filter(|branch| branch.literals.is_some()).count() == 1
}

fn variant_index(side: &Expansion<'_>, index: usize) -> String {
    // The place of the branch among those that stem from unions: what the document numbers from 0.
    side.branches[..index].iter().filter(|branch| !branch.choices.is_empty()).count().to_string()
}

fn entry_key<'c>(what: &What<'c>, base: &Branch<'c>, head: &Branch<'c>) -> EntryKey<'c> {
    match what {
        What::Member(name) => (Facet::Property, Some((*name, Change::Itself)), String::new()),
        // A demand on a member that only one side has is part of its coming or going.
        What::Required(name) if names(base, name) && names(head, name) => {
            (Facet::Property, Some((*name, Change::Required)), String::new())
        }
        What::Required(name) => (Facet::Property, Some((*name, Change::Itself)), String::new()),
        What::Access(name) => (Facet::ReadOnly, Some((*name, Change::Itself)), String::new()),
        What::Literal(text) => (Facet::EnumValue, None, text.to_string()),
        What::Opaque(key) => (Facet::Constraint, None, key.fixed().to_owned()),
        What::Hole => (Facet::Reference, None, String::new()),
        What::Of(facet) => (*facet, None, String::new()),
    }
}
