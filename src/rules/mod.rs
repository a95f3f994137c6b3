//! The catalogue: one row a rule. No walking, no input or output, no clock.
//!
//! A row names the coordinate it speaks of, a guard where the coordinate alone does not say enough, and how its level
//! is found. A row serves both sides where only the side differs, and names both ids in full, so that a search finds them.
//! The texts of a rule stand in `templates/texts/{en,fr}.toml` under its id, its example in `tests/rules/<id>.md`.

use crate::contract::vocabulary::{Action, Facet, Scope};
use crate::diff::{Change, Traits};

pub use level::Level;
pub use nearest::nearest;
pub use reading::Reading;
pub use status::{CATALOGUES, Catalogue, Named, RETIRED, Retired, Status, named};

mod annotations;
pub mod level;
mod messages;
mod nearest;
mod operations;
mod parameters;
mod properties;
mod reading;
mod status;
#[cfg(test)]
mod tests;
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

/// One rule of the catalogue. A rule is data; `when` is the only code it may carry.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Stable for ever.
    pub id: &'static str,
    /// The coordinate and the side it speaks of.
    pub on: (Facet, Action, Scope),
    /// The guard; bare rows take everything.
    pub when: fn(&Traits) -> bool,
    /// True of a row with a guard.
    #[cfg_attr(not(feature = "internals"), expect(dead_code, reason = "tests compare the order of rows"))]
    pub guarded: bool,
    /// How the level is found.
    pub weigh: Weigh,
    /// The version of preavis in which the id came.
    pub since: &'static str,
    /// Whether it is to stay.
    pub status: Status,
}

/// Rows are `"id": Facet Action Scope => Weigh;`, with `"id" / "id"` and `Scope / Scope` where a row serves both sides.
/// After the scope `if GUARD` may follow, at the end `, since "0.2.0"` and `, deprecated "0.3.0"`.
macro_rules! rules {
    ($vis:vis const $name:ident $(
        $($id:literal)/+: $facet:ident $action:ident $($scope:ident)/+ $(if $guard:ident)?
            => $weigh:ident $(($level:ident))? $(, since $since:literal)? $(, deprecated $deprecated:literal)?;
    )+) => {
        #[doc = "The rows of this area; a guarded row stands before the bare row of its coordinate."]
        $vis const $name: &[&[$crate::rules::Rule]] = &[$({
            use $crate::contract::vocabulary::{Action, Facet, Scope};
            use $crate::rules::{Rule, Status, Weigh};
            const ROW: Rule = Rule {
                id: "",
                on: (Facet::$facet, Action::$action, Scope::Operation),
                when: |_traits| true $(&& _traits.$guard)?,
                guarded: false $(|| { let _ = stringify!($guard); true })?,
                weigh: Weigh::$weigh $(($crate::rules::Level::$level))?,
                since: [$($since,)? $crate::rules::status::FIRST][0],
                status: [$(Status::Deprecated { since: $deprecated },)? Status::Stable][0],
            };
            &[$(Rule { id: $id, on: (Facet::$facet, Action::$action, Scope::$scope), ..ROW }),+]
        }),+];
    };
}
use rules;

/// The whole catalogue, by area.
pub fn catalogue() -> impl Iterator<Item = &'static Rule> {
    [properties::ROWS, types::ROWS, values::ROWS, parameters::ROWS, messages::ROWS, operations::ROWS, annotations::ROWS]
        .into_iter()
        .flatten()
        .copied()
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
