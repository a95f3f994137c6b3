//! How a team reads its contract beyond what the standard promises: levels that rise by it.

use super::{Level, find};
use crate::contract::vocabulary::{Action, Effect, Facet, Scope};

/// What is taken for a promise beside what the standard makes one.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Reading {
    /// The address of a server: where one goes, programs that call it break.
    pub servers: bool,
    /// That answers hold nothing new: strict readers refuse values, members and types that they do not know.
    pub strict_readers: bool,
    /// That values match their format, which most servers check and the standard leaves open (OAS 3.1 §4.4.1).
    pub asserted_formats: bool,
}

impl Reading {
    /// The level of a change: the one it has, or breaking.
    pub fn level(self, rule: &str, effect: Effect, level: Level) -> Level {
        let Some((facet, action, scope)) = find(rule).map(|rule| rule.on) else { return level };
        let loses = matches!(effect, Effect::Narrowed | Effect::Replaced);
        let gains = matches!(effect, Effect::Widened | Effect::Replaced);
        let address = facet == Facet::Server && action == Action::Removed
            || facet == Facet::ServerVariable && action == Action::Narrowed;
        let breaks = self.servers && address
            || self.strict_readers && scope == Scope::Response && gains && level < Level::Docs
            || self.asserted_formats && facet == Facet::Format && scope == Scope::Request && loses;
        if breaks { Level::Breaking } else { level }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_read_as_a_promise_breaks_by_it() {
        let nothing = Reading::default();
        let [servers, readers, formats] = [
            Reading { servers: true, ..nothing },
            Reading { strict_readers: true, ..nothing },
            Reading { asserted_formats: true, ..nothing },
        ];
        for (reading, rule, effect, level, wanted) in [
            (nothing, "server-removed", Effect::Narrowed, Level::Risky, Level::Risky),
            (servers, "server-removed", Effect::Narrowed, Level::Risky, Level::Breaking),
            (servers, "server-added", Effect::Widened, Level::Additive, Level::Additive),
            (readers, "response-enum-value-added", Effect::Widened, Level::Risky, Level::Breaking),
            (readers, "response-enum-value-removed", Effect::Narrowed, Level::Additive, Level::Additive),
            (readers, "request-enum-value-added", Effect::Widened, Level::Additive, Level::Additive),
            (formats, "request-format-added", Effect::Narrowed, Level::Risky, Level::Breaking),
            (formats, "request-format-removed", Effect::Widened, Level::Additive, Level::Additive),
            (formats, "response-format-widened", Effect::Widened, Level::Risky, Level::Risky),
            (formats, "request-format-narrowed", Effect::Narrowed, Level::Risky, Level::Breaking),
            (readers, "no-such-rule", Effect::Widened, Level::Risky, Level::Risky),
        ] {
            assert_eq!(reading.level(rule, effect, level), wanted, "{rule}");
        }
    }
}
