//! What comes beside what goes.

use rustc_hash::FxHashSet;

use super::Draft;
use crate::contract::vocabulary::Facet;
use crate::report::Change;
use crate::rules::{self, Level};

impl Draft<'_> {
    /// What comes beside what goes: additions in the same component, under the same name, operations for others, and
    /// credentials with the headers they travel in.
    pub(super) fn related(&self) -> Vec<&Change> {
        let hinted = |new: &Change| new.hint.as_ref().is_some_and(|hint| hint.renamed_from.is_some());
        let old = Old::of(self.changes().map(|(_, change)| change));
        let all = self.whole.apis.iter().flat_map(|api| &api.changes);
        all.filter(|new| new.level == Level::Additive && !hinted(new) && old.is_near(new)).collect()
    }
}

/// What changes are about, to find what belongs to them.
#[derive(Default)]
struct Old<'a> {
    components: FxHashSet<&'a str>,
    names: FxHashSet<&'a str>,
    operations: bool,
    /// Where credentials are asked for.
    guarded: FxHashSet<(&'a str, &'a str)>,
}

impl<'a> Old<'a> {
    fn of(changes: impl Iterator<Item = &'a Change>) -> Self {
        let mut out = Self::default();
        for change in changes {
            out.components.extend(change.at.component.as_deref());
            out.names.extend(Some(name(change)).filter(|name| !name.is_empty()));
            out.operations |= is_about(change, Facet::Operation);
            if is_about(change, Facet::Security) {
                out.guarded.extend(change.operations.iter().map(|at| (at.method.as_str(), at.path.as_str())));
            }
        }
        out
    }

    fn is_near(&self, new: &Change) -> bool {
        let keys = is_about(new, Facet::Security) || is_about(new, Facet::Parameter);
        new.at.component.as_deref().is_some_and(|component| self.components.contains(component))
            || self.names.contains(name(new))
            || self.operations && is_about(new, Facet::Operation)
            || keys && new.operations.iter().any(|at| self.guarded.contains(&(at.method.as_str(), at.path.as_str())))
    }
}

/// The last name of a place.
fn name(change: &Change) -> &str {
    change.at.path.rsplit(['.', ':']).next().unwrap_or_default()
}

fn is_about(change: &Change, facet: Facet) -> bool {
    rules::find(&change.rule).is_some_and(|rule| rule.on.0 == facet)
}
