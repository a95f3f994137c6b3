//! `[levels]`: levels of rules that a team decides otherwise than the catalogue, and ids of rules as they are written.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use crate::rules::{self, Level, Named, RETIRED, Retired};

/// Levels by rule, of one configuration or of several.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(crate) struct Levels(Vec<BTreeMap<RuleId, Level>>);

impl Levels {
    /// The level of a rule: what was decided otherwise, else the `usual`; of several configurations the strictest.
    pub(crate) fn level(&self, rule: &'static str, usual: Level) -> Level {
        self.0.iter().map(|levels| levels.get(&RuleId(rule)).copied().unwrap_or(usual)).min().unwrap_or(usual)
    }

    /// Those of both.
    pub(super) fn and(mut self, other: &Self) -> Self {
        // A configuration that decides nothing binds all the same.
        let whole = |levels: &Self| if levels.0.is_empty() { vec![BTreeMap::new()] } else { levels.0.clone() };
        self.0 = [whole(&self), whole(other)].concat();
        self
    }
}

impl<'de> Deserialize<'de> for Levels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let levels = BTreeMap::deserialize(deserializer)?;
        Ok(if levels.is_empty() { Self::default() } else { Self(vec![levels]) })
    }
}

impl JsonSchema for Levels {
    fn schema_name() -> Cow<'static, str> {
        "Levels".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let ids: Vec<&str> = rules::catalogue().map(|rule| rule.id).collect();
        let level = generator.subschema_for::<Level>();
        json_schema!({
            "description": "Levels by the id of their rule; `preavis rules` lists them.",
            "type": "object",
            "propertyNames": {"enum": ids},
            "additionalProperties": level,
        })
    }
}

/// The id of a rule of the catalogue.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct RuleId(pub(super) &'static str);

impl<'de> Deserialize<'de> for RuleId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        rule_id(&id, RETIRED).map_err(serde::de::Error::custom)
    }
}

/// The rule with an id, or why there is none.
fn rule_id(id: &str, retired: &[Retired]) -> Result<RuleId, String> {
    match rules::named(id, retired) {
        Named::Rule(rule) => Ok(RuleId(rule.id)),
        Named::Retired(gone) => Err(gone.to_string()),
        Named::Unknown(near) => {
            let near: Vec<String> = near.into_iter().map(|id| format!("`{id}`")).collect();
            let near = if near.is_empty() { String::new() } else { format!(", did you mean {}?", near.join(" or ")) };
            Err(format!("unknown rule `{id}`{near}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_went_says_what_took_its_place() {
        let gone = |id, replaced_by| Retired { id, since: "0.3.0", replaced_by };
        let retired = [gone("body-gone", &["body-removed", "body-optional"]), gone("body-lost", &[])];
        let said = |id| rule_id(id, &retired).map(|RuleId(id)| id);
        assert_eq!(said("body-removed"), Ok("body-removed"));
        let instead = "the rule `body-gone` was retired in 0.3.0, use `body-removed` and `body-optional` instead";
        assert_eq!(said("body-gone"), Err(instead.to_owned()));
        assert_eq!(said("body-lost"), Err("the rule `body-lost` was retired in 0.3.0, without a successor".to_owned()));
        assert!(
            said("body-remove").unwrap_err().starts_with("unknown rule `body-remove`, did you mean `body-removed`")
        );
    }
}
