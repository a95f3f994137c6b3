//! Why a validator refuses a value, sayable in any language.

use serde::{Deserialize, Serialize};

use super::catalogue::texts;
use super::filling::put;
use super::lang::Lang;

/// Why a validator refuses a value: the keyword of JSON Schema that it does not keep to, and what that asks for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(not(feature = "internals"), non_exhaustive)]
pub struct Reason {
    /// The keyword; `oneOf-several` where several members of a `oneOf` take the value.
    pub keyword: String,
    /// The value that is refused, as JSON, cut where it is long.
    pub value: String,
    /// What the keyword asks for, as JSON: a bound, the values of an enumeration, the names of members.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub limit: String,
}

impl Reason {
    /// The reason as a sentence without a final dot; `None` for a keyword nothing is said of.
    pub(crate) fn said(&self, lang: Lang) -> Option<String> {
        let template = texts(lang).get("reasons", &self.keyword)?;
        let names = || serde_json::from_str::<Vec<String>>(&format!("[{}]", self.limit)).ok();
        let each = |said: &dyn Fn(&str) -> String| {
            let said = names().map(|names| names.iter().map(|name| said(name)).collect::<Vec<_>>().join(", "));
            said.unwrap_or_else(|| self.limit.clone())
        };
        let limit = match self.keyword.as_str() {
            "type" => each(&|name| texts(lang).get("terms", name).unwrap_or(name).to_owned()),
            "required" | "additionalProperties" | "unevaluatedProperties" => {
                let quote = texts(lang).get("ui", "quote").unwrap_or("{text}");
                each(&|name| put(quote, &[("text", name)]))
            }
            _ => self.limit.clone(),
        };
        Some(put(template, &[("value", &self.value), ("limit", &limit)]))
    }
}
