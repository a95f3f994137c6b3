//! What happened to a facet, from which runs fail: the action is computed, never declared.

use crate::contract::{Action, Facet, Grade};

/// The action of a facet. `runs` are the grades lost forward and backward, `has` and `says` whether base and head have
/// the member, and say anything of the facet.
#[expect(clippy::wildcard_enum_match_arm, reason = "the facets that no schema loses have one answer")]
pub(in crate::schema) fn of(
    facet: Facet,
    demand: bool,
    runs: (Option<Grade>, Option<Grade>),
    has: (bool, bool),
    says: (bool, bool),
) -> Action {
    let (forward, backward) = (runs.0.is_some(), runs.1.is_some());
    let by_run = |narrowed, widened, replaced| match (forward, backward) {
        (true, false) => narrowed,
        (false, true) => widened,
        (true, true) | (false, false) => replaced,
    };
    match facet {
        Facet::Property if demand => by_run(Action::Required, Action::Optional, Action::Required),
        Facet::Property if has.0 == has.1 => by_run(Action::Removed, Action::Added, Action::Removed),
        Facet::Property if has.1 => Action::Added,
        Facet::Property => Action::Removed,
        // What base sends is accepted all the same, only not meant to be sent: the flag came with head.
        Facet::ReadOnly | Facet::WriteOnly if runs.0 == Some(Grade::Unlisted) => Action::Added,
        Facet::ReadOnly | Facet::WriteOnly => Action::Removed,
        Facet::UniqueItems | Facet::Enum | Facet::Exclusivity => by_run(Action::Added, Action::Removed, Action::Added),
        Facet::EnumValue | Facet::Variant | Facet::Null => by_run(Action::Removed, Action::Added, Action::Removed),
        Facet::MinLength | Facet::MinItems | Facet::MinProperties | Facet::Minimum => {
            by_run(Action::Raised, Action::Lowered, Action::Raised)
        }
        Facet::MaxLength | Facet::MaxItems | Facet::MaxProperties | Facet::Maximum => {
            by_run(Action::Lowered, Action::Raised, Action::Lowered)
        }
        Facet::Pattern | Facet::Format => match says {
            (false, true) => Action::Added,
            (true, false) => Action::Removed,
            _ => by_run(Action::Narrowed, Action::Widened, Action::Replaced),
        },
        Facet::AdditionalProperties => by_run(Action::Narrowed, Action::Widened, Action::Narrowed),
        Facet::Type | Facet::MultipleOf => by_run(Action::Narrowed, Action::Widened, Action::Replaced),
        Facet::Const => Action::Replaced,
        Facet::Constraint if ![runs.0, runs.1].contains(&Some(Grade::Undecided)) => {
            by_run(Action::Narrowed, Action::Widened, Action::Narrowed)
        }
        _ => Action::Unknown,
    }
}
