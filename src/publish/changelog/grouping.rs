//! Which changes are listed, and the heading that each belongs under.

use super::Style;
use crate::contract::vocabulary::{Action, Facet};
use crate::report::Change;
use crate::rules::{self, Level};

/// Facet and action of a change.
pub(super) fn coordinate(change: &Change) -> Option<(Facet, Action)> {
    rules::find(&change.rule).map(|rule| (rule.on.0, rule.on.1))
}

pub(super) fn is_deprecation(change: &Change) -> bool {
    matches!(coordinate(change), Some((Facet::Deprecated | Facet::Sunset, _)))
}

/// What is deprecated is announced, though nothing changes on the wire.
pub(super) fn is_listed(change: &Change, style: Style<'_>) -> bool {
    let level = if is_deprecation(change) { change.level.min(Level::Additive) } else { change.level };
    level <= style.show.min(Level::Additive)
}

/// The heading a change belongs under. An addition that may break someone is a change of what there was.
pub(super) fn group(change: &Change) -> &'static str {
    match coordinate(change) {
        Some((Facet::Security, _)) => "security",
        Some((Facet::Deprecated, Action::Added) | (Facet::Sunset, _)) => "deprecated",
        Some((_, Action::Removed)) => "removed",
        Some((_, Action::Added)) if change.level >= Level::Additive => "added",
        Some(_) | None => "changed",
    }
}
