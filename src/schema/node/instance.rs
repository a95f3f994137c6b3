//! A value of a schema (`enum`, `const`, a member's name) as a tree, read back from its canonical text.

use std::iter::Peekable;
use std::str::Chars;

use serde_json::Value;

use super::decimal::Decimal;
use super::literal::quoted;
use super::types::Types;

/// A JSON value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::schema) enum Instance {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number by its canonical text.
    Number(String),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object, its members sorted by name.
    Map(Vec<(String, Self)>),
}

impl Instance {
    /// Reads a canonical text (see [`super::literal::canonical`]).
    pub(in crate::schema) fn parse(text: &str) -> Option<Self> {
        let mut chars = text.chars().peekable();
        let out = value(&mut chars)?;
        chars.next().is_none().then_some(out)
    }

    /// The value as JSON; `None` where a number does not fit.
    pub(in crate::schema) fn json(&self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(answer) => Value::Bool(*answer),
            Self::Number(text) => serde_json::from_str(text).ok()?,
            Self::Text(text) => Value::String(text.clone()),
            Self::List(items) => items.iter().map(Self::json).collect::<Option<_>>()?,
            Self::Map(members) => {
                let members = members.iter().map(|(name, member)| Some((name.clone(), member.json()?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
        })
    }

    /// The type of the value.
    pub(in crate::schema) fn types(&self) -> Types {
        match self {
            Self::Null => Types::NULL,
            Self::Bool(_) => Types::BOOLEAN,
            Self::Number(text) if Decimal::parse(text).is_none_or(Decimal::is_whole) => Types::INTEGER,
            Self::Number(_) => Types::FRACTION,
            Self::Text(_) => Types::STRING,
            Self::List(_) => Types::ARRAY,
            Self::Map(_) => Types::OBJECT,
        }
    }

    /// The canonical text.
    pub(in crate::schema) fn text(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(answer) => answer.to_string(),
            Self::Number(text) => text.clone(),
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                let items: String = items.iter().map(|item| item.text() + ",").collect();
                format!("[{items}]")
            }
            Self::Map(members) => {
                let members = members.iter().map(|(name, member)| quoted(name) + ":" + &member.text() + ",");
                format!("{{{}}}", members.collect::<String>())
            }
        }
    }
}

impl From<&Value> for Instance {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(answer) => Self::Bool(*answer),
            Value::Number(number) => {
                let text = number.to_string();
                Self::Number(Decimal::parse(&text).map_or(text, |number| number.to_string()))
            }
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let mut members: Vec<_> =
                    members.iter().map(|(name, member)| (name.clone(), Self::from(member))).collect();
                members.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
                Self::Map(members)
            }
        }
    }
}

fn value(chars: &mut Peekable<Chars<'_>>) -> Option<Instance> {
    match chars.peek()? {
        '"' => Some(Instance::Text(string(chars)?)),
        '[' => {
            chars.next();
            let mut items = Vec::new();
            while chars.next_if_eq(&']').is_none() {
                items.push(value(chars)?);
                chars.next_if_eq(&',')?;
            }
            Some(Instance::List(items))
        }
        '{' => {
            chars.next();
            let mut members = Vec::new();
            while chars.next_if_eq(&'}').is_none() {
                let name = string(chars)?;
                chars.next_if_eq(&':')?;
                members.push((name, value(chars)?));
                chars.next_if_eq(&',')?;
            }
            Some(Instance::Map(members))
        }
        _ => {
            let mut word = String::new();
            while let Some(c) = chars.next_if(|c| !matches!(c, ',' | ']' | '}')) {
                word.push(c);
            }
            Some(match word.as_str() {
                "null" => Instance::Null,
                "true" => Instance::Bool(true),
                "false" => Instance::Bool(false),
                _ => Instance::Number(word),
            })
        }
    }
}

fn string(chars: &mut Peekable<Chars<'_>>) -> Option<String> {
    chars.next_if_eq(&'"')?;
    let mut out = String::new();
    loop {
        match chars.next()? {
            '"' => return Some(out),
            '\\' => out.push(chars.next()?),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_texts_are_read_back() {
        for text in ["null", "true", "-1.5", "\"a\\\"b\\\\\"", "[]", "[1,[true,],]", "{\"a\":{},\"b\":[\"x\",],}"] {
            assert_eq!(Instance::parse(text).map(|value| value.text()).as_deref(), Some(text));
        }
        assert_eq!(Instance::parse("[1"), None);
    }

    #[test]
    fn json_and_back_is_the_same_value() {
        let value = serde_json::json!({"b\\\"": [1, 2.5, null], "a": {"c": true}});
        let instance = Instance::from(&value);
        assert_eq!(instance.json(), Some(value));
        assert_eq!(Instance::parse(&instance.text()), Some(instance));
    }
}
