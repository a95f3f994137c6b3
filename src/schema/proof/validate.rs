//! The independent validator. Beside this file only the referee and the formats name the crate it comes from.

use jsonschema::{Draft, PatternOptions, ValidationError};

pub(super) use jsonschema::Validator;
use serde_json::Value;

use super::super::format::is_base64;

/// Steps back a pattern may cost the validator.
const BACKTRACK: usize = 100_000;
/// Characters of the validator's message that are kept.
const MESSAGE: usize = 240;

/// What a validator said of a payload that it refuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Refusal {
    /// The first error, in the validator's words.
    pub(super) message: String,
    /// How many errors there are; counted to a few.
    pub(super) errors: usize,
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

/// What the validator says against a payload; `None` where it accepts it.
pub(super) fn refusal(validator: &Validator, payload: &Value) -> Option<Refusal> {
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(payload).take(8).collect();
    let first = errors.first()?;
    let text = first.to_string();
    let mut message: String = text.chars().take(MESSAGE).collect();
    if message.len() < text.len() {
        message.push('…');
    }
    Some(Refusal { message, errors: errors.len() })
}
