//! A state, expanded lazily into branches: conjunctions of constraints, each still knowing the node it came from.
//!
//! No merged schema is ever built. `allOf` and references add nodes; `anyOf` and `oneOf` fork. A branch that admits no
//! type is dropped. Above the cap the expansion says so, and whoever asks must answer "undecided".

use std::rc::Rc;

use super::space::{Space, StateId};
use crate::schema::node::{Additional, Nodes, SchemaId, Types};

use super::branch::Branch;

/// Branches an expansion may have.
const BRANCH_CAP: usize = 64;
/// How deep `allOf`, references and unions may nest within one expansion.
const DEPTH_CAP: usize = 200;

/// Members of an object that are spoken of one by one.
const MEMBERS: usize = 256;

/// Nodes an expansion may absorb, those already absorbed included.
const STEP_CAP: usize = 10_000;

/// The branches of a state.
#[derive(Debug)]
pub(crate) struct Expansion<'c> {
    /// The state that is expanded.
    pub(in crate::schema) state: StateId,
    /// The branches; none means that nothing is admitted.
    pub(in crate::schema) branches: Vec<Branch<'c>>,
    /// More branches than the cap, or nested too deep: the state is unknown.
    pub(in crate::schema) overflow: bool,
}

/// The members of a plain object.
pub(crate) struct Members<'e> {
    /// Name, schema, whether it must be there.
    pub(crate) list: Vec<(&'e str, SchemaId, bool)>,
    /// It takes others too.
    pub(crate) map: bool,
}

impl Expansion<'_> {
    /// The types some branch admits.
    pub(crate) fn types(&self) -> Types {
        self.branches.iter().map(|branch| branch.types).fold(Types::NONE, Types::or)
    }

    /// The schema of a declared member, by the first branch that declares it.
    pub(crate) fn member(&self, name: &str) -> Option<SchemaId> {
        let mut layers = self.branches.iter().flat_map(|branch| &branch.objects);
        layers.find_map(|layer| layer.properties.get(name).copied())
    }

    /// The members that its branches name, and the first schema of each; some come again.
    pub(crate) fn declared(&self) -> impl Iterator<Item = (&str, SchemaId)> {
        let layers = self.branches.iter().flat_map(|branch| &branch.objects);
        layers.flat_map(|layer| layer.properties.iter().map(|(name, schema)| (*name, *schema)))
    }

    /// The members of an object that are spoken of one by one. `None` of what is no plain object, or where something is
    /// said of its members together.
    pub(crate) fn members(&self) -> Option<Members<'_>> {
        let [only] = self.branches.as_slice() else { return None };
        let alone = only.literals.is_none() && only.min_properties.is_none() && only.max_properties.is_none();
        let open = only.opaque.is_empty() && only.excluded.is_empty() && only.names.is_empty() && only.holes.is_empty();
        let patterns = only.objects.iter().any(|layer| !layer.patterns.is_empty());
        if self.overflow || only.types.without(Types::NULL) != Types::OBJECT || !alone || !open || patterns {
            return None;
        }
        if only.objects.iter().map(|layer| layer.properties.len()).sum::<usize>() > MEMBERS {
            return None;
        }
        let layers = only.objects.iter().flat_map(|layer| &layer.properties);
        let mut out: Vec<(&str, SchemaId, bool)> = Vec::new();
        for (name, &schema) in layers {
            if out.iter().any(|(known, ..)| known == name) {
                return None;
            }
            out.push((name, schema, only.required.contains_key(name)));
        }
        let invites = |additional: Option<Additional>| matches!(additional, Some(Additional::Written(_)));
        let map = only.objects.iter().any(|layer| !layer.anything && invites(layer.additional));
        only.required
            .keys()
            .all(|name| out.iter().any(|(known, ..)| known == name))
            .then_some(Members { list: out, map })
    }

    /// The schema of an item at a place, by the first branch that says it.
    pub(crate) fn item(&self, place: usize) -> Option<SchemaId> {
        self.branches.iter().find_map(|branch| branch.items_at(place).first().copied())
    }

    /// True if some branch takes every text that is not empty.
    pub(crate) fn takes_any_text(&self) -> bool {
        self.overflow || self.branches.iter().any(Branch::takes_any_text)
    }

    /// True if some branch is a string of bytes.
    pub(crate) fn may_be_bytes(&self) -> bool {
        self.branches.iter().any(Branch::is_bytes)
    }

    /// True of a string of bytes and nothing more.
    pub(crate) fn is_bytes(&self) -> bool {
        matches!(self.branches.as_slice(), [only] if only.is_bytes())
    }

    /// True if everything is admitted and nothing said.
    pub(in crate::schema) fn says_nothing(&self) -> bool {
        !self.overflow && matches!(self.branches.as_slice(), [only] if !only.constrained)
    }
}

/// The branches of a state, made once.
pub(in crate::schema) fn expand<'c>(space: &mut Space<'c>, state: StateId) -> Rc<Expansion<'c>> {
    if let Some(known) = space.expansions.get(&state) {
        return Rc::clone(known);
    }
    let mut work = Work { overflow: false, steps: 0 };
    let mut branches = vec![Branch::all()];
    for id in space.ids(state).to_vec() {
        branches = work.absorb(&mut space.nodes, id, branches, 0);
    }
    for branch in &mut branches {
        branch.settle();
    }
    branches.retain(|branch| {
        !branch.types.is_empty() && !branch.excluded.iter().any(|(schema, _)| space.nodes.admits_all(*schema))
    });
    for branch in &mut branches {
        super::presumed::presume(&space.nodes, branch);
        branch.id = space.next_branch();
    }
    let kept = space.nodes.meter.keep(branches.iter().map(Branch::words).sum());
    if !kept {
        branches.truncate(1);
    }
    branches.shrink_to_fit();
    let out = Rc::new(Expansion { state, branches, overflow: work.overflow || !kept });
    space.expansions.insert(state, Rc::clone(&out));
    out
}

struct Work {
    overflow: bool,
    steps: usize,
}

impl Work {
    /// Conjoins a node with every partial branch; unions fork.
    fn absorb<'c>(
        &mut self,
        nodes: &mut Nodes<'c>,
        id: SchemaId,
        partials: Vec<Branch<'c>>,
        depth: usize,
    ) -> Vec<Branch<'c>> {
        self.overflow |= depth > DEPTH_CAP;
        self.steps += 1;
        let words: usize = partials.iter().map(Branch::words).sum();
        self.overflow |= self.steps > STEP_CAP || !nodes.meter.work(words);
        if self.overflow || partials.is_empty() {
            return partials;
        }
        let reading = nodes.reading(id);
        let is_done = |branch: &Branch<'c>| branch.nodes.contains(&id);
        // Branches are large, and most schemas are absorbed once: then the list stays as it is.
        let (mut done, mut open) =
            if partials.iter().any(is_done) { partials.into_iter().partition(is_done) } else { (Vec::new(), partials) };
        let nulls: Vec<Branch<'c>> = if reading.nullable {
            open.iter().filter_map(|branch| null_only(branch, id)).collect()
        } else {
            Vec::new()
        };
        for branch in &mut open {
            branch.nodes.push(id);
            branch.conjoin(&reading);
        }
        // A branch without a type admits nothing, whatever else is conjoined.
        open.retain(|branch| !branch.types.is_empty());
        for &part in reading.reference.iter().chain(&reading.all_of) {
            open = self.absorb(nodes, part, open, depth + 1);
        }
        for union in &reading.unions {
            open = self.fork(nodes, id, &union.members, &open, depth);
        }
        if reading.unevaluated_members.is_some() || reading.unevaluated_items.is_some() {
            for branch in &mut open {
                super::unevaluated::close(nodes, &reading, branch);
            }
        }
        let mut out = if done.is_empty() {
            open
        } else {
            done.append(&mut open);
            done
        };
        out.extend(nulls);
        if out.len() > BRANCH_CAP {
            self.overflow = true;
            out.truncate(BRANCH_CAP);
        }
        out
    }

    fn fork<'c>(
        &mut self,
        nodes: &mut Nodes<'c>,
        owner: SchemaId,
        union: &[SchemaId],
        partials: &[Branch<'c>],
        depth: usize,
    ) -> Vec<Branch<'c>> {
        let mut out = Vec::new();
        for &member in union {
            let mut forked = partials.to_vec();
            for branch in &mut forked {
                branch.choices.push((owner, member));
                branch.constrained = true;
            }
            let mut taken = self.absorb(nodes, member, forked, depth + 1);
            if let Some(tag) = nodes.tag_of(owner, member) {
                taken = self.absorb(nodes, tag, taken, depth + 1);
            }
            out.extend(taken);
            if out.len() > BRANCH_CAP {
                self.overflow = true;
                break;
            }
        }
        out
    }
}

/// What `nullable` adds beside a composed node: null and nothing else.
fn null_only<'c>(branch: &Branch<'c>, id: SchemaId) -> Option<Branch<'c>> {
    let mut out = branch.clone();
    out.types = out.types.and(Types::NULL);
    out.constrained = true;
    out.nodes.push(id);
    (!out.types.is_empty()).then_some(out)
}
