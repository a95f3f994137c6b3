//! Texts on the wire where types differ: a scalar is written as the only item of a list, and a list whose items are
//! separated by a character is one text.

use super::engine::Engine;
use crate::contract::{Grade, Lists};
use crate::schema::node::{Answer, SchemaId, Types};
use crate::schema::states::{Branch, Expansion, Lens, StateId, texts};

impl<'c> Engine<'c> {
    /// How badly the sup side covers the texts of one class of a sub branch, which no branch of its own type covers.
    pub(super) fn cover_texts(
        &mut self,
        branch: &Branch<'c>,
        sides: (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
        asking: Option<u32>,
    ) -> Option<Grade> {
        let grade = self.cover_as_item(branch, sides, class, lens, asking)?;
        let sups: Vec<&Branch<'c>> = sides.1.branches.iter().collect();
        if !self.is_spelled(branch, &sups, class, lens) {
            return Some(grade);
        }
        // What two members of a `oneOf` read as the same is taken by none.
        let sure: Vec<&Branch<'c>> = sups.into_iter().filter(|sup| self.space.rivals(sup).is_empty()).collect();
        let unsure = sure.len() < sides.1.branches.len() && !self.is_spelled(branch, &sure, class, lens);
        unsure.then_some(grade.min(Grade::Undecided))
    }

    /// A scalar as the only item of a list.
    fn cover_as_item(
        &mut self,
        branch: &Branch<'c>,
        (subs, sups): (&Expansion<'c>, &Expansion<'c>),
        class: Types,
        lens: Lens,
        asking: Option<u32>,
    ) -> Option<Grade> {
        let mut best = Some(Grade::Shape);
        if lens.lists.is_none() || class.meets(Types::COMPOSITE) {
            return best;
        }
        if let Some(Lists::Joined(separator)) = lens.lists
            && texts::lists(branch, separator)
        {
            // Whether it is one item or several hangs on who escapes the character.
            return Some(Grade::Undecided);
        }
        for sup in sups.branches.iter().filter(|sup| takes_one(sup)) {
            let state = self.space.state(sup.items_at(0));
            let items = self.branches(state);
            let grade = match (state, items.overflow) {
                (StateId::ANY, _) => None,
                (_, true) => Some(Grade::Undecided),
                // A list within a list has no form that all agree on.
                (_, false) => self.cover(branch, (subs, &items), class, Lens { lists: None, ..lens }, asking),
            };
            best = best.min(grade);
        }
        best
    }

    /// True if every text of a class of a branch is one that the sup side takes, as far as both can be spelled.
    fn is_spelled(&mut self, branch: &Branch<'c>, sups: &[&Branch<'c>], class: Types, lens: Lens) -> bool {
        let sent = match (class, lens.lists) {
            (Types::OBJECT | Types::NULL, _) | (Types::ARRAY, None | Some(Lists::Repeated)) => return false,
            (Types::ARRAY, Some(Lists::Joined(separator))) => vec![self.sent_list(branch, separator)],
            _ => texts::sent(branch, class),
        };
        let mut taken: Vec<String> = Vec::new();
        for sup in sups {
            taken.extend(texts::taken(sup, None));
            if let Some(Lists::Joined(separator)) = lens.lists
                && takes_one(sup)
            {
                taken.extend(self.taken_list(sup, separator));
            }
        }
        let sent: Vec<&str> = sent.iter().map(String::as_str).collect();
        let whole = format!("^({})$", taken.join("|"));
        !taken.is_empty() && self.space.patterns.within(&sent, &whole) == Answer::Yes
    }

    /// A pattern that all lists of a branch match, written with a separator. An empty list is not sent (RFC 6570, 2.3).
    fn sent_list(&mut self, branch: &Branch<'c>, separator: char) -> String {
        let state = self.space.state(branch.items_at(0));
        let tuple = branch.arrays.iter().any(|layer| !layer.prefix.is_empty());
        let items = self.branches(state);
        let plain = !tuple && !items.overflow && state != StateId::ANY && !items.types().meets(Types::COMPOSITE);
        let classes = [Types::BOOLEAN, Types::NUMBER, Types::STRING, Types::NULL];
        let each = items.branches.iter().flat_map(|item| {
            let own = classes.into_iter().filter(|&class| item.types.meets(class));
            own.map(|class| texts::sent_fragment(item, class))
        });
        let each = if plain { each.collect::<Vec<_>>().join("|") } else { texts::ANY.to_owned() };
        let more = branch.max_items.filter(|(most, _)| *most <= 64).map(|(most, _)| most.saturating_sub(1));
        let more = more.map_or("*".to_owned(), |more| format!("{{0,{more}}}"));
        format!("^(({each})({}({each})){more})$", texts::escaped(&separator.to_string()))
    }

    /// A pattern without its ends, each of whose texts is a list that a branch takes.
    fn taken_list(&mut self, branch: &Branch<'c>, separator: char) -> Option<String> {
        let state = self.space.state(branch.items_at(0));
        let items = self.branches(state);
        if branch.unique.is_some() || items.overflow {
            return None;
        }
        let parts = texts::escaped(&separator.to_string());
        let mut each: Vec<String> =
            items.branches.iter().flat_map(|item| texts::taken(item, Some(separator))).collect();
        // What holds the separator is read as several items.
        each.retain(|text| self.space.patterns.disjoint(&[&format!("^({text})$"), &parts]) == Answer::Yes);
        let each = each.join("|");
        let more = match branch.max_items {
            Some((most, _)) if most > 64 => return None,
            Some((most, _)) => format!("{{0,{}}}", most.saturating_sub(1)),
            None => "*".to_owned(),
        };
        (!each.is_empty()).then(|| format!("({each})({parts}({each})){more}"))
    }

    /// True if a text of a scalar schema may hold a separator and still be one item of a list: who splits it reads something
    /// else. Not where its pattern spells the separator, for then it was a list all along.
    pub(crate) fn may_be_split(&mut self, scalar: SchemaId, list: SchemaId, separator: char) -> bool {
        let [scalar, list] = [scalar, list].map(|id| self.expansion(id));
        let parts = texts::escaped(&separator.to_string());
        let lists: Vec<Branch<'c>> =
            list.branches.iter().filter(|list| list.types.meets(Types::ARRAY)).cloned().collect();
        let texts_of: Vec<&Branch<'c>> =
            scalar.branches.iter().filter(|b| b.types.meets(Types::STRING) && b.literals.is_none()).collect();
        for list in &lists {
            let state = self.space.state(list.items_at(0));
            let items = self.branches(state);
            for item in items.branches.iter().filter(|item| item.types.meets(Types::STRING)) {
                for text in &texts_of {
                    let spelled = text.patterns.iter().any(|(pattern, _)| spells(pattern, separator));
                    let mut all = texts::sent(text, Types::STRING);
                    all.extend(texts::sent(item, Types::STRING));
                    all.push(parts.clone());
                    let all: Vec<&str> = all.iter().map(String::as_str).collect();
                    if !spelled && self.space.patterns.disjoint(&all) != Answer::Yes {
                        return true;
                    }
                }
            }
        }
        false
    }
}

/// True of a branch that takes a list of one item.
fn takes_one(branch: &Branch<'_>) -> bool {
    branch.types.meets(Types::ARRAY)
        && branch.literals.is_none()
        && branch.contains.is_empty()
        && branch.holes.is_empty()
        && branch.excluded.is_empty()
        && branch.min_items.is_none_or(|(least, _)| least <= 1)
        && branch.max_items.is_none_or(|(most, _)| most >= 1)
}

/// True if a pattern names a character, outside its counts (`{1,3}`) and the lists of what it excludes.
fn spells(pattern: &str, character: char) -> bool {
    // Outside lists these two mean something else.
    let alone = if matches!(character, '|' | '.') { format!("\\{character}") } else { character.to_string() };
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once(['{', '[']) {
        if before.contains(&alone) {
            return true;
        }
        let class = rest[before.len()..].starts_with('[');
        let Some((inside, tail)) = after.split_once(if class { ']' } else { '}' }) else { return false };
        if class && !inside.starts_with('^') && inside.contains(character) {
            return true;
        }
        rest = tail;
    }
    rest.contains(&alone)
}
