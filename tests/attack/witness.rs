//! Every witness once more: by the other validator, and by both whole schemas instead of the cut ones.

use boon::{Compiler, Draft, Format, SchemaIndex, Schemas};
use preavis::contract::{Contract, Run, SchemaAt};
use preavis::diff::Exhibit;
use preavis::schema::Lens;
use preavis::schema::whole;
use serde_json::Value;

/// What the second look found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Second {
    /// The other validator agrees.
    Confirmed,
    /// It does not.
    Refuted(String),
    /// It cannot read a schema; `jsonschema` confirms the whole one.
    Unreadable(String),
}

/// Looks at the payload and the control of an exhibit again.
pub(crate) fn second(exhibit: &Exhibit, contracts: [&Contract; 2]) -> Second {
    let (Some(payload), Some((places, lens))) = (&exhibit.payload, exhibit.under) else {
        return Second::Refuted("proven without a payload".to_owned());
    };
    let (allows, refuses) = if exhibit.run == Run::Forward { (0, 1) } else { (1, 0) };
    let side = |ix: usize| Side::new(contracts[ix], places[ix], lens);
    let (sub, sup) = match (side(allows), side(refuses)) {
        (Ok(sub), Ok(sup)) => (sub, sup),
        (Err(error), _) | (_, Err(error)) => return Second::Unreadable(error),
    };
    let mut wrong = Vec::new();
    let mut expect = |what: &str, side: &Side, value: &Value, wanted: bool| {
        let reads = side.other.is_some() || side.first.is_some();
        if reads && side.takes(value, lens) != wanted {
            wrong.push(format!("{what}: {value}"));
        }
    };
    expect("not allowed", &sub, payload, true);
    // What is only declared no more is refused by readers that forbid what nothing declares.
    if !exhibit.declared_only {
        expect("not refused", &sup, payload, false);
    }
    if let Some(control) = &exhibit.control {
        expect("control not allowed", &sub, control, true);
        expect("control refused", &sup, control, true);
    }
    match (wrong.is_empty(), sub.unreadable.or(sup.unreadable)) {
        (false, _) => Second::Refuted(wrong.join("; ")),
        (true, Some(why)) => Second::Unreadable(why),
        (true, None) => Second::Confirmed,
    }
}

/// The whole schema of one side, compiled by the other validator, or by the first where that cannot read it.
struct Side {
    schemas: Schemas,
    other: Option<SchemaIndex>,
    first: Option<jsonschema::Validator>,
    unreadable: Option<String>,
}

impl Side {
    fn new(contract: &Contract, at: SchemaAt, lens: Lens) -> Result<Self, String> {
        let schema = whole(contract, at, lens, false).ok_or("the whole schema cannot be lowered")?;
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V2020_12);
        compiler.enable_format_assertions();
        compiler.register_format(Format { name: "byte", func: is_base64 });
        compiler.add_resource("mem:///schema.json", schema.clone()).map_err(|error| error.to_string())?;
        match compiler.compile("mem:///schema.json", &mut schemas) {
            Ok(other) => Ok(Self { schemas, other: Some(other), first: None, unreadable: None }),
            Err(error) => {
                let first = jsonschema::draft202012::options().should_validate_formats(true).build(&schema);
                // Where a part that the exchange cannot meet keeps both from reading the whole, only the cut was checked.
                Ok(Self { schemas, other: None, first: first.ok(), unreadable: Some(format!("{error:#}")) })
            }
        }
    }

    fn takes(&self, value: &Value, lens: Lens) -> bool {
        readings(value, lens.text).iter().any(|value| match (self.other, &self.first) {
            (Some(index), _) => self.schemas.validate(value, index).is_ok(),
            (None, Some(first)) => first.is_valid(value),
            (None, None) => false,
        })
    }
}

/// Base64 (RFC 4648, 4), a format of `OpenAPI` that the other validator does not know.
fn is_base64(value: &Value) -> Result<(), Box<dyn std::error::Error>> {
    let Some(text) = value.as_str() else { return Ok(()) };
    let body = text.trim_end_matches('=');
    let letters = body.chars().all(|c| c.is_ascii_alphanumeric() || c == '+' || c == '/');
    if letters && text.len().is_multiple_of(4) && text.len() - body.len() < 3 {
        Ok(())
    } else {
        Err("no base64".into())
    }
}

/// Text on the wire is whatever it spells; parts of composites are read alike.
fn readings(value: &Value, text: bool) -> Vec<Value> {
    if !text {
        return vec![value.clone()];
    }
    let spelt = |value: &Value| match value {
        Value::String(text) => {
            serde_json::from_str::<Value>(text).ok().filter(|read| read.is_number() || read.is_boolean())
        }
        Value::Number(_) | Value::Bool(_) => Some(Value::String(value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let parts: Vec<(String, &Value)> = match value {
        Value::Array(items) => items.iter().enumerate().map(|(ix, item)| (ix.to_string(), item)).collect(),
        Value::Object(members) => members.iter().map(|(name, member)| (name.clone(), member)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            return [value.clone()].into_iter().chain(spelt(value)).collect();
        }
    };
    let mut out = vec![value.clone()];
    for (name, part) in parts.into_iter().take(8) {
        let inner: Vec<Value> = readings(part, true);
        out = out
            .iter()
            .flat_map(|whole| {
                inner.iter().map(|part| {
                    let mut whole = whole.clone();
                    match &mut whole {
                        Value::Array(items) => items[name.parse::<usize>().expect("an index")] = part.clone(),
                        Value::Object(members) => drop(members.insert(name.clone(), part.clone())),
                        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
                    }
                    whole
                })
            })
            .collect();
    }
    out
}
