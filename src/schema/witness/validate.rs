//! The independent validator. Beside this file only the referee and the formats name the crate it comes from.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, PatternOptions, ValidationError};

pub(super) use jsonschema::Validator;
use jsonschema::error::TypeKind;
use serde_json::Value;

use crate::schema::node::format::is_base64;
use crate::text::Reason;

/// Steps back a pattern may cost the validator.
const BACKTRACK: usize = 100_000;
/// Errors of one payload that are looked at.
const FAULTS: usize = 32;
/// Characters of the validator's message that are kept.
const MESSAGE: usize = 240;
/// Characters of a value in a reason that are kept.
const VALUE: usize = 80;
/// Values of an enumeration that a reason names.
const NAMED: usize = 6;

/// One error of a payload that a validator refuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    /// The validator's words.
    pub(super) message: String,
    /// The same as data.
    pub(super) reason: Reason,
    /// The place in the payload, a JSON Pointer.
    pub(super) at: String,
    /// The members that are missing there, or not expected.
    pub(super) members: Vec<String>,
}

/// Compiles a lowered schema; `None` where the validator cannot read it (a pattern, a bound out of range).
pub(super) fn compile(schema: &Value) -> Option<Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("byte", is_base64)
        .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(BACKTRACK))
        .offline()
        .build(schema)
        .ok()
}

/// What the validator says against a payload; nothing where it accepts it.
pub(super) fn faults(validator: &Validator, payload: &Value) -> Vec<Fault> {
    if validator.is_valid(payload) {
        return Vec::new();
    }
    validator.iter_errors(payload).take(FAULTS).map(|error| fault(&error)).collect()
}

/// The validator's words, but for those that show a schema as we lowered it instead of naming the keyword.
fn said(error: &ValidationError<'_>) -> String {
    let (kind, value) = (error.kind(), error.instance());
    if let ValidationErrorKind::Contains = kind {
        format!("no item of {value} fits the schema of the 'contains' keyword")
    } else if let ValidationErrorKind::Not { .. } = kind {
        format!("{value} fits the schema of the 'not' keyword")
    } else if let ValidationErrorKind::FalseSchema = kind {
        format!("nothing is allowed here, and {value} was sent")
    } else {
        error.to_string()
    }
}

fn fault(error: &ValidationError<'_>) -> Fault {
    let text = said(error);
    let mut message: String = text.chars().take(MESSAGE).collect();
    if message.len() < text.len() {
        message.push('…');
    }
    let kind = error.kind();
    let members = if let ValidationErrorKind::Required { property } = kind {
        property.as_str().map(str::to_owned).into_iter().collect()
    } else if let ValidationErrorKind::AdditionalProperties { unexpected }
    | ValidationErrorKind::UnevaluatedProperties { unexpected } = kind
    {
        unexpected.clone()
    } else {
        Vec::new()
    };
    let reason = reason(error, &members);
    Fault { message, reason, at: error.instance_path().as_str().to_owned(), members }
}

fn reason(error: &ValidationError<'_>, members: &[String]) -> Reason {
    use ValidationErrorKind as Kind;
    let kind = error.kind();
    let several = matches!(kind, Kind::OneOfMultipleValid { .. });
    let keyword = if several { "oneOf-several" } else { kind.keyword() };
    let limit = if let Kind::Constant { expected_value } = kind {
        cut(&expected_value.to_string())
    } else if let Kind::Enum { options } = kind {
        listed(options)
    } else if let Kind::ExclusiveMaximum { limit }
    | Kind::ExclusiveMinimum { limit }
    | Kind::Maximum { limit }
    | Kind::Minimum { limit } = kind
    {
        cut(&limit.to_string())
    } else if let Kind::MaxItems { limit }
    | Kind::MaxLength { limit }
    | Kind::MaxProperties { limit }
    | Kind::MinItems { limit }
    | Kind::MinLength { limit }
    | Kind::MinProperties { limit } = kind
    {
        limit.to_string()
    } else if let Kind::MultipleOf { multiple_of } = kind {
        multiple_of.to_string()
    } else if let Kind::Pattern { pattern: text } | Kind::Format { format: text } = kind {
        cut(text)
    } else if let Kind::Type { kind } = kind {
        types(kind)
    } else {
        cut(&members.iter().map(|name| Value::from(name.as_str()).to_string()).collect::<Vec<_>>().join(", "))
    };
    Reason { keyword: keyword.to_owned(), value: cut(&error.instance().to_string()), limit }
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(only) => only.to_string(),
        TypeKind::Multiple(several) => several.iter().map(|one| one.to_string()).collect::<Vec<_>>().join(", "),
    }
}

/// The first values of an enumeration.
fn listed(options: &Value) -> String {
    let all = options.as_array().map_or(&[][..], Vec::as_slice);
    let first = all.iter().take(NAMED).map(|value| cut(&value.to_string()));
    let end = (all.len() > NAMED).then(|| "…".to_owned());
    first.chain(end).collect::<Vec<_>>().join(", ")
}

fn cut(text: &str) -> String {
    let mut out: String = text.chars().take(VALUE).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
