//! The values of one class of a branch: those that can be told one by one, and those that are cut.

use super::Search;
use super::cell::Cell;
use crate::schema::node::{Answer, Instance, Relation, SchemaId, Types, format};
use crate::schema::states::Branch;
use crate::spec::Loc;

impl<'c> Search<'_, 'c> {
    /// Whether a branch emits a value of a class that none of the others takes.
    pub(super) fn class(&mut self, branch: &Branch<'c>, class: Types, bars: &[Branch<'c>]) -> Answer {
        let mut bars: Vec<Branch<'c>> = bars.iter().filter(|bar| bar.types.meets(class)).cloned().collect();
        let rivals = self.space.rivals(branch);
        let Some(mut own) = self.bars(&rivals, class) else { return Answer::Costly };
        if branch.literals.is_some() || class == Types::NULL || class == Types::BOOLEAN {
            bars.append(&mut own);
            return self.instances(branch, class, &bars);
        }
        let excluded: Vec<SchemaId> = branch.excluded.iter().map(|(schema, _)| *schema).collect();
        let Some(more) = self.bars(&excluded, class) else { return Answer::Costly };
        own.extend(more);
        if class.meets(Types::COMPOSITE) {
            for (values, owner) in branch.denied.clone() {
                for value in values.values().filter(|value| value.types == class) {
                    own.extend(self.spell(value.at, owner));
                }
            }
            (bars, own) = (self.spelled_out(bars, class), self.spelled_out(own, class));
        }
        let describing = bars.len();
        bars.append(&mut own);
        let cell = Cell::new(self, branch, class, (&bars, describing));
        self.split(&cell, &bars)
    }

    /// Value by value.
    fn instances(&mut self, branch: &Branch<'c>, class: Types, bars: &[Branch<'c>]) -> Answer {
        let values: Vec<Instance> = match &branch.literals {
            Some((values, _)) => {
                // What a list only means is no value as JSON.
                let own = values.iter().filter(|(_, value)| value.types.meets(class) && !value.meant);
                let texts = own.map(|(text, _)| text);
                texts.filter_map(|text| Instance::parse(text)).collect()
            }
            None if class == Types::NULL => vec![Instance::Null],
            None => vec![Instance::Bool(true), Instance::Bool(false)],
        };
        let given =
            |name: &str| branch.formats.iter().any(|(known, _)| format::relate(known, name) == Relation::Within);
        let mut bars = bars.to_vec();
        for bar in &mut bars {
            bar.formats.retain(|(name, _)| !given(name));
        }
        let mut answer = Answer::No;
        for value in values {
            if !self.pay() {
                return answer.or(Answer::Costly);
            }
            let mut one = self.takes(branch, &value);
            for bar in &bars {
                if one == Answer::No {
                    break;
                }
                one = one.and(self.takes(bar, &value).not());
            }
            answer = answer.or(one);
            if answer == Answer::Yes {
                break;
            }
        }
        answer
    }

    /// Branches that take composite values one by one, as branches that spell each value out.
    fn spelled_out(&mut self, bars: Vec<Branch<'c>>, class: Types) -> Vec<Branch<'c>> {
        let mut out = Vec::new();
        for bar in bars {
            let Some((values, owner)) = bar.literals.clone() else {
                out.push(bar);
                continue;
            };
            for (text, value) in values.iter().filter(|(_, value)| value.types == class) {
                let instance = Instance::parse(text);
                let taken = instance.map_or(Answer::Open, |instance| self.takes(&bar, &instance));
                if taken != Answer::No {
                    let mut spelled = self.spell(value.at, owner);
                    if taken != Answer::Yes {
                        for branch in &mut spelled {
                            branch.holes.push(u32::MAX);
                        }
                    }
                    out.append(&mut spelled);
                }
            }
        }
        out
    }

    /// The branches of one composite value.
    pub(super) fn spell(&mut self, at: Loc, owner: SchemaId) -> Vec<Branch<'c>> {
        let id = self.spelling(owner, at);
        let state = self.state(vec![id]);
        self.expand(state).branches.clone()
    }
}
