//! Whether a branch takes one given value.

use super::Search;
use crate::schema::node::{Additional, Answer, Decimal, Instance, Reading, SchemaId, Types, format};
use crate::schema::states::{Branch, StateId, speaks_of};

impl<'c> Search<'_, 'c> {
    /// Whether a state takes a value.
    pub(super) fn state_takes(&mut self, state: StateId, value: &Instance) -> Answer {
        self.depth += 1;
        if !self.pay() {
            self.depth -= 1;
            return Answer::Costly;
        }
        let expansion = self.expand(state);
        let mut answer = if expansion.overflow { Answer::Costly } else { Answer::No };
        for branch in &expansion.branches {
            answer = answer.or(self.takes(branch, value));
            if answer == Answer::Yes {
                break;
            }
        }
        self.depth -= 1;
        answer
    }

    pub(super) fn schema_takes(&mut self, schema: SchemaId, value: &Instance) -> Answer {
        let state = self.state(vec![schema]);
        self.state_takes(state, value)
    }

    /// Whether a branch takes a value.
    pub(super) fn takes(&mut self, branch: &Branch<'c>, value: &Instance) -> Answer {
        let (text, types) = (value.text(), value.types());
        let listed = branch.literals.as_ref().is_none_or(|(values, _)| values.contains_key(text.as_str()));
        let denied = branch.denied.iter().any(|(values, _)| values.contains_key(text.as_str()));
        if !branch.types.meets(types) || !listed || denied {
            return Answer::No;
        }
        let mut answer = match value {
            Instance::Null | Instance::Bool(_) => Answer::Yes,
            Instance::Number(text) => takes_number(branch, text),
            Instance::Text(text) => self.takes_text(branch, text),
            Instance::List(items) => self.takes_list(branch, items),
            Instance::Map(members) => self.takes_map(branch, members),
        };
        for &(schema, _) in &branch.excluded {
            if answer == Answer::No {
                return answer;
            }
            answer = answer.and(self.schema_takes(schema, value).not());
        }
        let unmodelled = branch.opaque.iter().any(|(key, _)| speaks_of(*key).meets(types)) || !branch.holes.is_empty();
        if unmodelled { answer.unsure() } else { answer }
    }

    pub(super) fn takes_text(&mut self, branch: &Branch<'c>, text: &str) -> Answer {
        let length = text.chars().count() as u64;
        let fits = branch.min_length.is_none_or(|(low, _)| length >= low)
            && branch.max_length.is_none_or(|(high, _)| length <= high);
        let mut answer = Answer::from(fits);
        for (pattern, _) in &branch.patterns {
            answer = answer.and(self.space.patterns.matches(pattern, text));
        }
        // A value that is listed beside a format has it.
        for (name, _) in branch.formats.iter().filter(|_| branch.literals.is_none()) {
            answer = answer.and(of_format(name, text));
        }
        answer
    }

    fn takes_list(&mut self, branch: &Branch<'c>, items: &[Instance]) -> Answer {
        let count = items.len() as u64;
        let repeats = items.iter().enumerate().any(|(ix, item)| items[..ix].contains(item));
        let fits = branch.min_items.is_none_or(|(low, _)| count >= low)
            && branch.max_items.is_none_or(|(high, _)| count <= high)
            && !(branch.unique.is_some() && repeats);
        let mut answer = Answer::from(fits);
        for layer in &branch.arrays {
            for (place, item) in items.iter().enumerate() {
                if let Some(schema) = layer.prefix.get(place).copied().or(layer.items) {
                    answer = answer.and(self.schema_takes(schema, item));
                }
            }
        }
        for &(counted, _) in &branch.contains {
            let (mut sure, mut possible) = (0_u64, 0_u64);
            for item in items {
                let taken = self.schema_takes(counted.schema, item);
                sure += u64::from(taken == Answer::Yes);
                possible += u64::from(taken != Answer::No);
            }
            let few = possible < counted.least || counted.most.is_some_and(|most| sure > most);
            let enough = sure >= counted.least && counted.most.is_none_or(|most| possible <= most);
            answer = answer.and(if few || enough { Answer::from(!few) } else { Answer::Open });
        }
        answer
    }

    fn takes_map(&mut self, branch: &Branch<'c>, members: &[(String, Instance)]) -> Answer {
        let count = members.len() as u64;
        let has = |name: &str| members.iter().any(|(known, _)| known == name);
        let fits = branch.min_properties.is_none_or(|(low, _)| count >= low)
            && branch.max_properties.is_none_or(|(high, _)| count <= high)
            && branch.required.iter().all(|(name, _)| has(name));
        let mut answer = Answer::from(fits);
        for (name, member) in members {
            for layer in &branch.objects {
                if answer == Answer::No {
                    return answer;
                }
                let (parts, mut taken) = self.parts(layer, name);
                for part in parts {
                    taken = taken.and(self.schema_takes(part, member));
                }
                answer = answer.and(taken);
            }
            for &(schema, _) in &branch.names {
                answer = answer.and(self.schema_takes(schema, &Instance::Text(name.clone())));
            }
        }
        answer
    }

    /// The schemas of a member in one layer, and whether the layer lets it in at all.
    fn parts(&mut self, layer: &Reading<'c>, name: &str) -> (Vec<SchemaId>, Answer) {
        let mut out: Vec<SchemaId> = layer.properties.get(name).copied().into_iter().collect();
        let mut sure = Answer::Yes;
        for (pattern, schema) in &layer.patterns {
            match self.space.patterns.matches(pattern, name) {
                Answer::Yes => out.push(*schema),
                Answer::No => {}
                Answer::Costly | Answer::Open => sure = Answer::Open,
            }
        }
        match layer.additional() {
            Additional::Closed if out.is_empty() => sure = sure.and(Answer::No),
            Additional::Written(schema) if out.is_empty() => out.push(schema),
            Additional::Absent | Additional::Closed | Additional::Written(_) => {}
        }
        (out, sure)
    }
}

fn takes_number(branch: &Branch<'_>, text: &str) -> Answer {
    let Some(number) = Decimal::parse(text) else { return Answer::Open };
    let (below, above) = branch.is_beyond(number);
    let mut answer = Answer::from(!below && !above);
    for (unit, _) in &branch.multiples {
        answer = answer.and(number.is_multiple_of(*unit));
    }
    for (name, _) in &branch.formats {
        if let Some((low, high)) = format::integers(name) {
            answer = answer.and(Answer::from(number.compare(low).is_ge() && number.compare(high).is_le()));
        }
    }
    answer
}

/// Whether a text has a format.
pub(super) fn of_format(name: &str, text: &str) -> Answer {
    if format::is_hint(name) {
        return Answer::Yes;
    }
    let checked =
        matches!(name, "date" | "date-time" | "time" | "uuid" | "email" | "ipv4" | "ipv6" | "uri" | "hostname");
    if !checked {
        return Answer::Open;
    }
    format::admits(name, text)
}

/// The types whose values have parts.
pub(super) const COMPOSITE: Types = Types(Types::ARRAY.0 | Types::OBJECT.0);
