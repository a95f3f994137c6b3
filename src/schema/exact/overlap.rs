//! Values that two members of a `oneOf` take: exactly one must (JSON Schema 2020-12, Core 10.2.1.3).

use rustc_hash::FxHashMap;

use super::cell::Cell;
use super::{Exact, Search};
use crate::schema::node::{Answer, Instance, SchemaId, Types};
use crate::schema::states::{Branch, BranchId, Expansion, Lens, Space, StateId};

/// Pairs of members that are looked at for what nobody sends by convention.
const OPEN: usize = 100;
/// Pairs of members that are looked at.
const PAIRS: usize = 50_000;

/// Where a schema may stand in the `oneOf` that a branch took a member of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    /// It is the member that the branch took.
    Taken,
    /// It is a rival of that one.
    Beside,
}

/// What one question has looked up of branches and schemas.
type Standings = FxHashMap<(BranchId, SchemaId, Side), bool>;

impl Exact {
    /// Whether a state has a value that two members of a `oneOf` of another one take.
    pub(in crate::schema) fn overlaps(
        &mut self,
        space: &mut Space<'_>,
        sub: StateId,
        sup: StateId,
        lens: Lens,
    ) -> Answer {
        Search::over(space, self, lens).within_budget(|search| search.overlaps(sub, sup))
    }
}

impl<'c> Search<'_, 'c> {
    /// Whether a state has a value that two members of a `oneOf` of another one take.
    pub(super) fn overlaps(&mut self, sub: StateId, sup: StateId) -> Answer {
        let (subs, sups) = (self.expand(sub), self.expand(sup));
        if subs.overflow || sups.overflow {
            return Answer::Costly;
        }
        let mut standings = Standings::default();
        let (mut answer, mut left) = (Answer::No, if self.lens.open { OPEN } else { PAIRS });
        for taking in &sups.branches {
            let own = taking.choices.iter().map(|(_, member)| *member).min();
            for &rival in self.space.rivals(taking).iter().filter(|&&rival| Some(rival) >= own) {
                let mut around = None;
                for branch in subs.branches.iter().filter(|branch| branch.types.meets(taking.types)) {
                    let Some(rest) = left.checked_sub(1) else { return answer.or(Answer::Costly) };
                    left = rest;
                    let silent = branch.types.and(taking.types) == Types::OBJECT && !self.sends_all(branch, taking);
                    if silent || self.had(branch, taking, rival, &mut standings) {
                        continue;
                    }
                    if around.is_none() {
                        around = self.around(taking, rival, &sups);
                    }
                    let Some(around) = &around else { return answer.or(Answer::Costly) };
                    answer = answer.or(self.meets_both(branch, taking, (rival, around)));
                    if answer == Answer::Yes {
                        return answer;
                    }
                }
            }
        }
        answer
    }

    /// True if the two were rivals before, in the `oneOf` that the branch took its member of: what both take was refused.
    fn had(&mut self, branch: &Branch<'c>, taking: &Branch<'c>, rival: SchemaId, known: &mut Standings) -> bool {
        let mut stands =
            |schema, side| *known.entry((branch.id, schema, side)).or_insert_with(|| self.stands(branch, schema, side));
        taking.choices.iter().any(|&(_, member)| {
            stands(member, Side::Taken) && stands(rival, Side::Beside)
                || stands(rival, Side::Taken) && stands(member, Side::Beside)
        })
    }

    /// True if a schema is the member that a branch took of a `oneOf`, or a rival of that one.
    fn stands(&mut self, branch: &Branch<'c>, schema: SchemaId, side: Side) -> bool {
        let rivals = self.space.rivals(branch);
        let is = |known: SchemaId| known == schema || self.space.same_schema(known, schema);
        match side {
            Side::Taken => branch.choices.iter().any(|&(_, member)| is(member)),
            Side::Beside => rivals.iter().any(|&rival| is(rival)),
        }
    }

    /// What may not take a value that is to be lost because a branch and its rival take it: rivals within the member that
    /// the branch took, else that member takes nothing; and what the other version takes without their list.
    fn around(&mut self, taking: &Branch<'c>, rival: SchemaId, sups: &Expansion<'c>) -> Option<Vec<Branch<'c>>> {
        let (list, within) = self.space.rivals_within(taking, rival)?;
        let mut out = self.bars(&within, Types::ALL)?;
        let others = sups.branches.iter().filter(|other| other.choices.iter().all(|(owner, _)| *owner != list));
        out.extend(others.map(|other| self.without_rivals(other)));
        Some(out)
    }

    /// Whether a value of a branch is one of another and of a schema, and of none of the branches around.
    fn meets_both(
        &mut self,
        branch: &Branch<'c>,
        taking: &Branch<'c>,
        (rival, around): (SchemaId, &[Branch<'c>]),
    ) -> Answer {
        let state = self.state(vec![rival]);
        let Some(rivals) = self.alone(state) else { return Answer::Costly };
        let shared = branch.types.and(taking.types);
        let mut answer = Answer::No;
        for class in Types::CLASSES.into_iter().filter(|&class| shared.meets(class)) {
            for other in rivals.iter().filter(|other| other.types.and(shared).meets(class)) {
                if class == Types::OBJECT && !self.sends_all(branch, other) {
                    continue;
                }
                if !self.pay() {
                    return answer.or(Answer::Costly);
                }
                answer = answer.or(self.shared(branch, [taking, other], around, class));
                if answer == Answer::Yes {
                    return answer;
                }
            }
        }
        answer
    }

    /// False where a branch asks for a member that another one surely does not send.
    fn sends_all(&mut self, branch: &Branch<'c>, asking: &Branch<'c>) -> bool {
        asking.required.keys().all(|name| self.may_send(branch, name))
    }

    /// Whether a branch has a value of a class that two others take, and none of its own rivals nor of what is around.
    fn shared(&mut self, branch: &Branch<'c>, takers: [&Branch<'c>; 2], around: &[Branch<'c>], class: Types) -> Answer {
        let excluded = takers.iter().flat_map(|taker| &taker.excluded).chain(&branch.excluded).map(|(id, _)| *id);
        let mut outside: Vec<SchemaId> = excluded.collect();
        outside.extend(self.space.rivals(branch).iter());
        let Some(mut bars) = self.bars(&outside, class) else { return Answer::Costly };
        bars.extend(around.iter().filter(|bar| bar.types.meets(class)).cloned());
        if let Some(values) = one_by_one(branch, takers, class) {
            let takes = |search: &mut Self, value: &Instance| {
                let own = search.takes(branch, value).and(search.takes(takers[0], value));
                let both = own.and(search.takes(takers[1], value));
                bars.iter().fold(both, |answer, bar| answer.and(search.takes(bar, value).not()))
            };
            return values.iter().fold(Answer::No, |answer, value| answer.or(takes(self, value)));
        }
        let all: Vec<Branch<'c>> = takers.into_iter().chain(&bars).cloned().collect();
        // By convention what the one member names does not stand beside what the other does.
        let describing = if self.lens.open { 0 } else { takers.len() };
        let cell = Cell::new(self, branch, class, (&all, describing));
        let met = takers.into_iter().try_fold(cell, |cell, taker| cell.meet(taker));
        met.map_or(Answer::No, |cell| self.split(&cell, &bars))
    }
}

/// The values of a class, where one of the branches lists them.
fn one_by_one(branch: &Branch<'_>, takers: [&Branch<'_>; 2], class: Types) -> Option<Vec<Instance>> {
    match class {
        Types::NULL => return Some(vec![Instance::Null]),
        Types::BOOLEAN => return Some(vec![Instance::Bool(true), Instance::Bool(false)]),
        _ => {}
    }
    let lists = [branch, takers[0], takers[1]];
    let (values, _) = lists.into_iter().find_map(|one| one.literals.as_ref())?;
    let texts = values.iter().filter(|(_, value)| value.types.meets(class)).map(|(text, _)| text);
    Some(texts.filter_map(|text| Instance::parse(text)).collect())
}
