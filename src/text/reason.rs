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
    /// What the keyword asks for: a bound, the values of an enumeration or the names of members as JSON, types by their names.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub limit: String,
}

impl Reason {
    /// The reason as a sentence without a final dot; `None` for a keyword nothing is said of.
    pub(crate) fn said(&self, lang: Lang) -> Option<String> {
        let template = texts(lang).get("reasons", &self.keyword)?;
        let limit = match self.keyword.as_str() {
            "type" => {
                let named = self.limit.split(", ").map(|name| texts(lang).get("terms", name).unwrap_or(name));
                named.collect::<Vec<_>>().join(", ")
            }
            "required" | "additionalProperties" | "unevaluatedProperties" => self.names(lang),
            _ => self.limit.clone(),
        };
        Some(put(template, &[("value", &self.value), ("limit", &limit)]))
    }

    /// The names of members in quotes; where they were cut, as they are.
    fn names(&self, lang: Lang) -> String {
        let quote = texts(lang).get("ui", "quote").unwrap_or("{text}");
        let Ok(names) = serde_json::from_str::<Vec<String>>(&format!("[{}]", self.limit)) else {
            return self.limit.clone();
        };
        names.iter().map(|name| put(quote, &[("text", name)])).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_named_in_the_language() {
        let said = |keyword: &str, limit: &str| {
            let reason = Reason { keyword: keyword.to_owned(), value: "5".to_owned(), limit: limit.to_owned() };
            reason.said(Lang::Fr).expect("a sentence")
        };
        let string = texts(Lang::Fr).get("terms", "string").expect("a word");
        assert_ne!(string, "string");
        assert_eq!(said("type", "string"), format!("5 n’est pas du type attendu ({string})"));
        assert_eq!(said("required", "\"a, b\", \"c\""), "le champ «\u{a0}a, b\u{a0}», «\u{a0}c\u{a0}» manque");
        assert_eq!(said("required", "\"a, b\", \"c…"), "le champ \"a, b\", \"c… manque");
    }
}
