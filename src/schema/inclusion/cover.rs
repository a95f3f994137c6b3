//! How badly one side covers a branch of the other: by its best branch, value by value, and where that fails exactly.

use std::rc::Rc;

use super::difference::Local;
use super::engine::Engine;
use crate::contract::Grade;
use crate::schema::node::{Answer, Literal, Types};
use crate::schema::states::{Branch, Expansion, Lens, admits, is_free_text};

impl<'c> Engine<'c> {
    /// How badly the sup side covers one class of a sub branch, which stands in an expansion.
    pub(in crate::schema) fn cover(
        &mut self,
        branch: &Branch<'c>,
        sides: (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
        asking: Option<u32>,
    ) -> Option<Grade> {
        let grade = self.cover_by_best(branch, sides, class, lens, asking);
        if grade >= Some(Grade::Value) && self.was_barren(sides.1.state, lens) {
            return Some(Grade::Undecided);
        }
        // Text on the wire is another domain.
        if lens.text && grade.is_some() {
            return grade.min(self.cover_texts(branch, sides, class, lens, asking));
        }
        // What fails by a declaration only is taken all the same.
        if lens.text || grade < Some(Grade::Value) {
            return grade;
        }
        // What cannot be read may mention members of its own.
        if !branch.holes.is_empty() && class == Types::OBJECT {
            return grade;
        }
        if grade != Some(Grade::Undecided) && self.is_plain(branch, sides.1, class) {
            return grade;
        }
        match (self.exact.branch_escapes(&mut self.space, branch, sides.1, class, lens), grade) {
            (Answer::No, _) if !sides.1.branches.is_empty() && self.is_barren(sides.0.state, lens) => {
                Some(Grade::Undecided)
            }
            (Answer::No, _) if class.meets(Types::COMPOSITE) => {
                self.openness(branch, sides.1, class, lens).or_else(|| self.unlisted(branch, sides.1, class, lens))
            }
            (Answer::No, _) => None,
            (Answer::Yes, Some(Grade::Undecided)) => Some(Grade::Value),
            (Answer::Costly | Answer::Open | Answer::Yes, grade) => grade,
        }
    }

    /// What is lost where only the convention keeps an object within the sup side: that nobody sends what no contract
    /// mentions.
    fn openness(&mut self, branch: &Branch<'c>, sups: &Expansion<'c>, class: Types, lens: Lens) -> Option<Grade> {
        let open = Lens { open: true, ..lens };
        let escapes = self.exact.branch_escapes(&mut self.space, branch, sups, class, open);
        (escapes != Answer::No).then_some(Grade::Openness)
    }

    /// What is lost where all values are taken, but by no branch that declares all their members: of a variant, the one of
    /// the same name, since others that declare a member may not take its values.
    fn unlisted(&mut self, branch: &Branch<'c>, sups: &Expansion<'c>, class: Types, lens: Lens) -> Option<Grade> {
        let namesake = self.namesake(branch, sups, class);
        let mut lost = None;
        let all = sups.branches.iter().enumerate().filter(|(_, sup)| sup.types.meets(class));
        for (_, sup) in all.filter(|(at, _)| namesake.is_none_or(|namesake| *at == namesake)) {
            let local = self.compared(branch, sup, class, lens);
            if local.losses.iter().all(|loss| loss.grade != Grade::Unlisted) {
                return None;
            }
            lost = Some(Grade::Unlisted);
        }
        lost
    }

    /// What is left of two branches' differences where other branches beside the one take all values of the other.
    pub(in crate::schema) fn undeclared_only(
        &mut self,
        found: Rc<Local<'c>>,
        (branch, sups): (&Branch<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
    ) -> Rc<Local<'c>> {
        if !self.exact.has_no_escape(branch, sups, class, lens) {
            return found;
        }
        let losses = found.losses.iter().filter(|loss| loss.grade == Grade::Unlisted).cloned().collect();
        let mut children = found.children.clone();
        children.retain(|child| self.standing((child.sub, child.sup, lens)) == Some(Grade::Unlisted));
        Rc::new(Local { losses, children })
    }

    /// How badly the best branch of the sup side covers one class of a sub branch.
    fn cover_by_best(
        &mut self,
        branch: &Branch<'c>,
        (subs, sups): (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
        asking: Option<u32>,
    ) -> Option<Grade> {
        if lens.text && class == Types::BOOLEAN && branch.literals.is_none() && takes_both_words(sups) {
            return None;
        }
        // A finite set may be covered by several branches together, value by value.
        if let Some(grade) = self.cover_values(branch, (subs, sups), class, lens) {
            return grade;
        }
        let mut best = Some(Grade::Shape);
        for candidate in sups.branches.iter().filter(|candidate| covers_class(candidate, class, lens)) {
            let grade = if candidate.types.meets(class) {
                let local = self.compared(branch, candidate, class, lens);
                self.weigh(&local, lens, asking)
            } else {
                // As text; what two members of a `oneOf` read as the same is taken by none.
                (!self.space.rivals(candidate).is_empty()).then_some(Grade::Undecided)
            };
            best = best.min(grade);
            if best.is_none() {
                break;
            }
        }
        if best.is_some()
            && class == Types::NUMBER
            && branch.literals.is_none()
            && super::intervals::cover(branch, sups)
        {
            return None;
        }
        // What no branch takes is lost to the variant of the same name, not to the sister that refuses it most gently.
        if best >= Some(Grade::Value)
            && let Some(namesake) = self.namesake(branch, sups, class)
        {
            let local = self.compared(branch, &sups.branches[namesake], class, lens);
            best = best.max(self.weigh(&local, lens, asking));
        }
        best
    }

    /// The branch of the sup side that is the variant of the same name.
    pub(in crate::schema) fn namesake(&self, branch: &Branch<'c>, sups: &Expansion<'c>, class: Types) -> Option<usize> {
        let name = |branch: &Branch<'c>| self.space.nodes.component(branch.choices.last()?.1);
        let own = name(branch)?;
        sups.branches.iter().position(|other| other.types.meets(class) && name(other).as_ref() == Some(&own))
    }

    /// How badly the sup side covers an enumerated branch, value by value; the outer `None` is "not enumerated".
    #[expect(clippy::option_option, reason = "whether there is an answer, and the standing it gives")]
    fn cover_values(
        &mut self,
        branch: &Branch<'c>,
        (subs, sups): (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
    ) -> Option<Option<Grade>> {
        let (values, _) = branch.literals.as_ref()?;
        if class.meets(Types::COMPOSITE) || !sups.branches.iter().all(|b| b.holes.is_empty() && b.opaque.is_empty()) {
            return None;
        }
        if !self.space.nodes.meter.work(values.len() * (4 + 4 * sups.branches.len())) {
            return Some(Some(Grade::Undecided));
        }
        let (mut count, mut refused, mut unknown) = (0, 0, false);
        for (text, value) in values.iter().filter(|(_, value)| value.types.meets(class)) {
            if admits(&self.space, branch, text, value, lens) == Answer::No {
                continue;
            }
            count += 1;
            let answers = sups.branches.iter().map(|sup| {
                let taken = admits(&self.space, sup, text, value, lens);
                let twice = lens.text && !sup.types.meets(value.types) && !self.space.rivals(sup).is_empty();
                if twice { taken.unsure() } else { taken }
            });
            let taken = doubted(value, lens, answers.fold(Answer::No, Answer::or));
            if taken != Answer::Yes {
                refused += 1;
                unknown |= taken != Answer::No;
            }
        }
        Some(match (refused, unknown) {
            (0, _) => None,
            (_, true) => Some(Grade::Undecided),
            (n, false) if n == count && !self.keeps_values((subs, sups), class, lens) => Some(Grade::Shape),
            (_, false) => Some(Grade::Value),
        })
    }

    /// True if some enumerated value of the sub side is still taken: the domain was narrowed, not replaced.
    fn keeps_values(&self, (subs, sups): (&Expansion<'c>, &Expansion<'c>), class: Types, lens: Lens) -> bool {
        let values =
            subs.branches.iter().filter_map(|branch| branch.literals.as_ref()).flat_map(|(values, _)| values.iter());
        values.filter(|(_, value)| value.types.meets(class)).any(|(text, value)| {
            sups.branches.iter().any(|sup| admits(&self.space, sup, text, value, lens) == Answer::Yes)
        })
    }

    /// The worst of a list of differences, children included.
    pub(in crate::schema) fn weigh(&mut self, local: &Local<'c>, lens: Lens, asking: Option<u32>) -> Option<Grade> {
        if !self.space.nodes.meter.work(local.words()) {
            return Some(Grade::Undecided);
        }
        let mut worst = local.losses.iter().map(|loss| loss.grade).max();
        for child in &local.children {
            // Only the value itself is text on the wire; what is inside travels by its own rules.
            let key = (child.sub, child.sup, lens);
            let grade = match asking {
                Some(ix) => self.look(key, ix),
                None => self.standing(key),
            };
            let cap = child.instead.as_ref().map_or(Grade::Shape, |loss| loss.grade);
            worst = worst.max(grade.map(|grade| grade.min(cap)));
        }
        worst
    }
}

/// Whether a listed value is taken, where its list means another one than it spells: as JSON nobody can tell.
pub(super) fn doubted(value: &Literal, lens: Lens, taken: Answer) -> Answer {
    if value.meant && !lens.text && taken == Answer::No { Answer::Open } else { taken }
}

/// True if `true` and `false` are among the texts that the branches take.
fn takes_both_words(sups: &Expansion<'_>) -> bool {
    ["true", "false"].into_iter().all(|word| {
        let literals = sups.branches.iter().filter_map(|branch| branch.literals.as_ref());
        literals.into_iter().any(|(values, _)| values.values().any(|value| &*value.plain == word))
    })
}

/// True if a branch can take values of a class: by type, or as text on the wire.
pub(in crate::schema) fn covers_class(branch: &Branch<'_>, class: Types, lens: Lens) -> bool {
    let as_text = lens.text
        && class.meets(Types::NUMBER.or(Types::BOOLEAN))
        && branch.types.meets(Types::STRING)
        && is_free_text(branch);
    branch.types.meets(class) || as_text
}
