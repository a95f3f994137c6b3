//! The configuration that binds a pull request: that of where it branched off, and its own, the stricter for each change.
//!
//! Who proposes a change also writes the configuration, and must not free the change by it.

use super::file::{ApiConfig, Config};

impl Config {
    /// The configuration by which the two versions of a pull request are compared. Its APIs are those of `head`, then those
    /// of `base` whose id or documents `head` no longer names; a level of a rule is the stricter of both; what names refs
    /// is `base`'s.
    #[must_use]
    pub(crate) fn stricter(base: &Self, head: Self) -> Self {
        let mut apis: Vec<ApiConfig> = Vec::new();
        for mut api in head.apis {
            if let Some(known) = base.apis.iter().find(|known| known.id() == api.id()) {
                api.bind(known);
            }
            apis.push(api);
        }
        for known in &base.apis {
            let taken = |api: &ApiConfig| {
                api.id() == known.id() || known.places().any(|path| api.places().any(|own| own == path))
            };
            if !apis.iter().any(taken) {
                apis.push(known.clone());
            }
        }
        Self {
            apis,
            documents: head.documents.and(&base.documents),
            levels: head.levels.and(&base.levels),
            production: base.production.clone(),
            next: base.next.clone(),
            gate: base.gate.clone(),
            ..head
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Level;

    fn config(text: &str) -> Config {
        Config::parse("preavis.toml", text).unwrap()
    }

    #[test]
    fn nobody_frees_a_change_by_the_configuration_that_comes_with_it() {
        let base = config(
            "production = \"origin/live\"\n[[api]]\nid = \"a\"\npath = \"a.json\"\n[[api]]\nid = \"b\"\npath = \"b.json\"\n[levels]\n\
             operation-added = \"breaking\"\noperation-removed = \"risky\"\n",
        );
        let head = config(
            "production = \"HEAD\"\n[[api]]\nid = \"a\"\npath = \"empty.json\"\n[levels]\noperation-removed = \"docs\"\n\
             request-enum-value-removed = \"docs\"\n",
        );
        let both = Config::stricter(&base, head);
        assert_eq!(both.production.as_deref(), Some("origin/live"));
        let apis: Vec<Vec<&str>> = both.apis.iter().map(|api| api.places().collect()).collect();
        assert_eq!(apis, [vec!["empty.json", "a.json"], vec!["b.json"]]);
        for (rule, usual, wanted) in [
            ("operation-added", Level::Additive, Level::Breaking),
            ("operation-removed", Level::Breaking, Level::Risky),
            ("request-enum-value-removed", Level::Breaking, Level::Breaking),
            ("operation-id-changed", Level::Docs, Level::Docs),
        ] {
            assert_eq!(both.levels.level(rule, usual), wanted, "{rule}");
        }
    }
}
