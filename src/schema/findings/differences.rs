//! What differs between the two sides of a visit: types, matched branches, branches without a match; both runs joined.

use super::called::{Called, called};
use super::entry::{Entries, Parts, Sides, entry_key, variant_index};
use super::matching::Matched;
use super::severity;
use super::walk::Walk;
use crate::contract::{Facet, Grade, Run};
use crate::schema::inclusion::{Local, Loss, What, covers_class};
use crate::schema::node::{SchemaId, Types};
use crate::schema::states::{Branch, Expansion};
use crate::spec::Key;

impl<'c> Walk<'_, 'c> {
    /// Types that one side admits and the other does not.
    pub(in crate::schema) fn types(&mut self, sides: &Sides<'c>, entries: &mut Entries<'c>) {
        for run in [Run::Forward, Run::Backward] {
            let (subs, sups) = sides.run(run);
            let (mut lost, mut worst) = (Types::NONE, Grade::Unlisted);
            for branch in &subs.branches {
                for class in Types::CLASSES {
                    let types = branch.types.and(class);
                    let missing = !sups.branches.iter().any(|sup| covers_class(sup, class, sides.lens));
                    if types.is_empty() || !missing || sides.lens.text && class == Types::NULL {
                        continue;
                    }
                    let Some(grade) = self.engine.cover(branch, (subs, sups), class, sides.lens, None) else {
                        continue; // another type with the same texts, or no value at all
                    };
                    // As text another type may take some of its values; and of what admitted nothing nothing is sure.
                    let open = sides.lens.text || grade == Grade::Undecided;
                    let grade = if open { grade } else { Grade::Shape };
                    match self.label(branch) {
                        // A named variant of its own type is a variant, not a wider type.
                        Some(label) if class == Types::OBJECT || class == Types::ARRAY => {
                            let entry = entries.entry((Facet::Variant, None, label.clone())).or_default();
                            entry.lose(run, grade, None, None);
                            entry.called.get_or_insert(Called::named(label));
                        }
                        _ => (lost, worst) = (lost.or(types), worst.max(grade)),
                    }
                }
            }
            // Null is a notion of its own, but not where no type was named at all and others go with it.
            let others = !lost.without(Types::NULL).is_empty();
            if lost.meets(Types::NULL) && (subs.types() != Types::ALL || !others) {
                entries.entry((Facet::Null, None, String::new())).or_default().lose(run, worst, None, None);
            }
            if others {
                entries.entry((Facet::Type, None, String::new())).or_default().lose(run, worst, None, None);
            }
        }
    }

    /// The name of the variant a branch takes.
    pub(in crate::schema) fn label(&self, branch: &Branch<'c>) -> Option<String> {
        branch.choices.iter().rev().find_map(|(_, member)| super::matching::label(self.engine, *member))
    }

    /// The keyword that means the last alternative a branch takes, and its node.
    pub(super) fn condition(&self, branch: &Branch<'c>) -> Option<(SchemaId, Key)> {
        let (_, member) = branch.choices.last()?;
        self.engine.space.nodes.meaning_of(*member).map(|(owner, key, _)| (owner, key))
    }

    /// The keyword that a constraint of a branch hangs on, where the other branch hangs on none, or on another of its kind.
    fn conditional(&self, sub: &Branch<'c>, sup: &Branch<'c>, owner: Option<SchemaId>) -> Option<(SchemaId, Key)> {
        let condition = self.condition(sup)?;
        if let Some((_, key)) = self.condition(sub)
            && (key != condition.1 || matches!(key, Key::CONST | Key::DISCRIMINATOR))
        {
            return None;
        }
        let (_, member) = sup.choices.last()?;
        let at = |id: SchemaId| sup.nodes.iter().position(|known| *known == id);
        (at(owner?)? > at(*member)?).then_some(condition)
    }

    /// The differences of matched branches of one class, and the branches without a match.
    pub(in crate::schema) fn class(
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
                let found = self.engine.compared(sub, sup, class, sides.lens);
                let (mut found, mut pair) = (found, (b, h));
                // Open objects take each other's values and merely do not declare their members: that is no reason to hold
                // a variant against another than its namesake, or than the one that declares all its members.
                let named = |walk: &Self| walk.label(sub).is_some_and(|name| walk.label(sup) == Some(name));
                let listed = !found.losses.iter().any(|loss| loss.grade == Grade::Unlisted);
                let namesake =
                    grade == Grade::Unlisted && (listed || named(self)) || grade >= Grade::Value && named(self);
                if !namesake && self.engine.weigh(&found, sides.lens, None) > Some(grade) {
                    // Another branch takes more of it than the one that looks alike: what is lost is lost to that one.
                    for (index, other) in sups.branches.iter().enumerate().filter(|(_, b)| b.types.meets(class)) {
                        let closer = self.engine.compared(sub, other, class, sides.lens);
                        if self.engine.weigh(&closer, sides.lens, None) == Some(grade) {
                            (found, pair) = (closer, if run == Run::Forward { (b, index) } else { (index, h) });
                            break;
                        }
                    }
                }
                if grade == Grade::Unlisted {
                    found = self.engine.undeclared_only(found, (sub, sups), class, sides.lens);
                }
                self.join((run, grade), &found, sides, pair, entries, parts);
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
                    if let Some(whole) = self.kept(branch, sups, class) {
                        let found = self.engine.compared(branch, &sups.branches[whole], class, sides.lens);
                        let pair = if run == Run::Forward { (index, whole) } else { (whole, index) };
                        self.join((run, grade), &found, sides, pair, entries, parts);
                        continue;
                    }
                    if let Some((owner, key)) = self.condition(branch) {
                        let key = (Facet::Constraint, None, key.fixed().to_owned());
                        entries.entry(key).or_default().lose(run, grade, Some(owner), None);
                        continue;
                    }
                    let name = self.label(branch);
                    let called = name.clone().map_or_else(|| called(self.engine, subs, index), Called::named);
                    let label = name.unwrap_or_else(|| variant_index(subs, index));
                    let owner = branch.choices.last().map(|(union, _)| *union);
                    let entry = entries.entry((Facet::Variant, None, label)).or_default();
                    entry.lose(run, grade, owner, None);
                    entry.called.get_or_insert(called);
                }
            }
        }
    }

    /// The only branch of the other side, where it still demands the variant a branch takes, and others beside it.
    fn kept(&self, branch: &Branch<'c>, other: &Expansion<'c>, class: Types) -> Option<usize> {
        let (_, member) = branch.choices.last()?;
        let mut all = (0..other.branches.len()).filter(|&ix| other.branches[ix].types.meets(class));
        let (only, None) = (all.next()?, all.next()) else { return None };
        let nodes = &other.branches[only].nodes;
        nodes.iter().any(|&id| self.engine.space.same_schema(*member, id)).then_some(only)
    }

    /// Adds one run's differences of two matched branches, none worse than what the union as a whole loses of them.
    pub(in crate::schema) fn join(
        &mut self,
        (run, cap): (Run, Grade),
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
            } else if let Some((owner, key)) = self.exchanged_condition(run, (base, head), child.step) {
                losses.push(Loss { what: What::Opaque(key), grade: conditional(grade), sub: None, sup: Some(owner) });
            } else {
                let (sub, sup) = if run == Run::Forward { (base, head) } else { (head, base) };
                if let Some((owner, key)) = self.conditional_part(sub, sup, child, sides.lens) {
                    let grade = conditional(grade);
                    losses.push(Loss { what: What::Opaque(key), grade, sub: None, sup: Some(owner) });
                    continue;
                }
                if self.told_apart_by(child, local, run, sides) {
                    continue;
                }
                let (b, h) = if run == Run::Forward { (child.sub, child.sup) } else { (child.sup, child.sub) };
                severity::raise(parts.entry((child.step, b, h)).or_default(), run, cap);
            }
        }
        for mut loss in losses {
            // What no node spells is said of the keyword that means it.
            let implied = loss.sup.and_then(|id| self.engine.space.nodes.meaning_of(id));
            let implied = implied.map(|(owner, key, _)| (owner, key)).filter(|(_, key)| *key != Key::CONST);
            let (sub, sup) = if run == Run::Forward { (base, head) } else { (head, base) };
            let others = sides.run(run).1;
            if let (What::Member(name), Grade::Unlisted, Some(_)) = (&loss.what, loss.grade, implied) {
                // That a condition keeps a member away takes no declaration back.
                if others.branches.iter().any(|other| super::entry::names(other, name)) {
                    continue;
                }
            } else if let Some((owner, key)) = implied.or_else(|| self.conditional(sub, sup, loss.sup)) {
                loss = Loss { what: What::Opaque(key), sup: Some(owner), grade: conditional(loss.grade), ..loss };
            }
            if let What::Literal(text) = &loss.what
                && self.taken_elsewhere(text, run, sides)
            {
                continue;
            }
            if let (What::Member(name), Grade::Unlisted) = (&loss.what, loss.grade)
                && self.declared_elsewhere(name, run, sides, (b, h))
            {
                continue;
            }
            let key = entry_key(&loss.what, base, head);
            let required = matches!(loss.what, What::Required(_));
            let entry = entries.entry(key.clone()).or_default();
            entry.lose(run, severity::under(cap, loss.grade), loss.sub, loss.sup);
            entry.required |= required;
            entry.itself |= matches!(loss.what, What::Member(_));
            entry.extensible |= base.extensible || head.extensible;
            (entry.from, entry.to) = (super::datum::of(key.0, base), super::datum::of(key.0, head));
        }
    }
}

/// How bad it is to lose what only a condition says: some values go, and the shape of the others stays.
fn conditional(grade: Grade) -> Grade {
    if grade == Grade::Shape { Grade::Value } else { grade }
}
