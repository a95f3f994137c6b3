//! The catalogue: one row a rule. No walking, no input or output, no clock.
//!
//! A row names the coordinate it speaks of, a guard where the coordinate alone does not say enough, and how its level
//! is found. Its texts stand in `templates/texts/{en,fr}.toml` under the same id, its example in `tests/rules/<id>.md`.

use crate::contract::vocabulary::{Action, Facet, Scope};
use crate::diff::{Change, Traits};

pub use level::Level;
pub use nearest::nearest;

mod annotations;
pub mod level;
mod messages;
mod nearest;
mod operations;
mod parameters;
mod properties;
mod types;
mod values;

/// How the level of a change is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weigh {
    /// From its losses, by [`level::of_loss`].
    Read,
    /// Fixed: protocol facts and annotations, which are no sets.
    Is(Level),
}

/// One row of the catalogue. A rule is data; `when` is the only code it may carry.
#[derive(Debug)]
pub struct Rule {
    /// Stable for ever.
    pub id: &'static str,
    /// The coordinate and the side it speaks of.
    pub on: (Facet, Action, Scope),
    /// The guard; bare rows take everything.
    pub when: fn(&Traits) -> bool,
    /// True of a row with a guard.
    pub guarded: bool,
    /// How the level is found.
    pub weigh: Weigh,
}

macro_rules! rules {
    ($vis:vis const $name:ident $($id:literal: $facet:ident $action:ident $scope:ident $(if $guard:ident)? => $weigh:ident $(($level:ident))?;)+) => {
        #[doc = "The rows of this area; a guarded row stands before the bare row of its coordinate."]
        $vis const $name: &[$crate::rules::Rule] = &[$($crate::rules::Rule {
            id: $id,
            on: ($crate::contract::vocabulary::Facet::$facet, $crate::contract::vocabulary::Action::$action, $crate::contract::vocabulary::Scope::$scope),
            when: |_traits| true $(&& _traits.$guard)?,
            guarded: false $(|| { let _: fn(&$crate::diff::Traits) -> bool = |traits| traits.$guard; true })?,
            weigh: $crate::rules::Weigh::$weigh $(($crate::rules::Level::$level))?,
        }),+];
    };
}
use rules;

/// The whole catalogue, by area.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    [properties::ROWS, types::ROWS, values::ROWS, parameters::ROWS, messages::ROWS, operations::ROWS, annotations::ROWS]
        .into_iter()
        .flatten()
}

/// The rule with an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    catalogue().find(|rule| rule.id == id)
}

/// The first row whose coordinate, side and guard fit, and the level it gives; `None` is a gap in the catalogue, which a test excludes.
pub fn judge(change: &Change) -> Option<(&'static Rule, Level)> {
    let rule = catalogue()
        .find(|rule| rule.on == (change.facet, change.action, change.scope) && (rule.when)(&change.traits))?;
    let level = match rule.weigh {
        Weigh::Is(level) => level,
        Weigh::Read => change
            .losses
            .iter()
            .map(|&(run, grade)| level::of_loss(change.scope, run, grade))
            .min()
            .unwrap_or(Level::Docs),
    };
    Some((rule, level))
}
