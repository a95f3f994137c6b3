//! The value of a facet in a branch, as text: what a change was from and is to.

use crate::contract::Facet;
use crate::schema::node::Limit;
use crate::schema::states::Branch;

/// The value of a facet; `None` where the branch says nothing of it.
#[expect(clippy::wildcard_enum_match_arm, reason = "facets without a value of their own have one answer")]
pub(in crate::schema) fn of(facet: Facet, branch: &Branch<'_>) -> Option<String> {
    let count = |bound: &Option<(u64, _)>| bound.as_ref().map(|(n, _)| n.to_string());
    match facet {
        Facet::Minimum => branch.minimum.map(|(limit, _)| bound(limit, ">")),
        Facet::Maximum => branch.maximum.map(|(limit, _)| bound(limit, "<")),
        Facet::MinLength => count(&branch.min_length),
        Facet::MaxLength => count(&branch.max_length),
        Facet::MinItems => count(&branch.min_items),
        Facet::MaxItems => count(&branch.max_items),
        Facet::MinProperties => count(&branch.min_properties),
        Facet::MaxProperties => count(&branch.max_properties),
        Facet::MultipleOf => joined(branch.multiples.iter().map(|(unit, _)| unit.to_string())),
        Facet::Pattern => joined(branch.patterns.iter().map(|(pattern, _)| (*pattern).to_owned())),
        Facet::Format => joined(branch.formats.iter().map(|(format, _)| (*format).to_owned())),
        Facet::Enum => branch
            .literals
            .as_ref()
            .map(|(values, _)| values.values().map(|value| value.plain.to_string()).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// The value of a branch that admits one value only.
pub(super) fn only_value(branch: &Branch<'_>) -> Option<String> {
    let (values, _) = branch.literals.as_ref()?;
    let (_, value) = values.first().filter(|_| values.len() == 1)?;
    Some(value.plain.to_string())
}

fn bound(limit: Limit, sign: &str) -> String {
    if limit.exclusive { format!("{sign} {}", limit.value) } else { limit.value.to_string() }
}

fn joined(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { None } else { Some(texts.join(" & ")) }
}
