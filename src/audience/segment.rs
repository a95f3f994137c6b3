//! One segment of a path template, and how well it takes a segment of a path.

use regex::{Regex, RegexBuilder};

use crate::contract::{self, Contract, Location, Operation, Parameter, SchemaAt};
use crate::spec::{Key, Kind, Loc};

/// A literal text, or a part with parameters.
#[derive(Clone)]
pub(super) enum Part {
    Literal(String),
    Parameter(Segment),
}

/// A segment with parameters in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// A whole segment that is one parameter.
    Whole(Takes),
    /// Literal text around parameters, as in `report-{year}.csv`.
    Mixed(Vec<String>),
}

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Takes {
    Anything,
    Integer,
    Number,
    Uuid,
    Values(Vec<String>),
    Pattern(Pattern),
}

/// A compiled pattern; the same if its text is.
#[derive(Debug, Clone)]
pub(super) struct Pattern(Regex);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for Pattern {}

/// The segments of a template.
pub(super) fn parts(path: &str) -> Vec<String> {
    let path = path.split('?').next().unwrap_or("");
    path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A segment with its parameters as `{}`.
pub(super) fn shape(text: &str) -> String {
    contract::shape(text).0
}

/// Reads a segment of an operation's template.
pub(super) fn segment(contract: &Contract, operation: &Operation, text: &str) -> Part {
    let shape = shape(text);
    if !shape.contains("{}") {
        return Part::Literal(text.to_owned());
    }
    if shape != "{}" {
        return Part::Parameter(Segment::Mixed(shape.split("{}").map(str::to_owned).collect()));
    }
    let name = text.trim_matches(['{', '}']);
    let is_it = |parameter: &&Parameter| parameter.location == Location::Path && parameter.name == name;
    let schema = operation.parameters.iter().find(is_it).map(|parameter| parameter.schema);
    Part::Parameter(Segment::Whole(schema.map_or(Takes::Anything, |at| Takes::of(contract, at))))
}

impl Segment {
    /// How well it takes a segment, 0 for a literal being best; `None` if it does not. `template`: the segment is one of
    /// a template itself.
    pub(super) fn rank(&self, text: &str, template: bool) -> Option<u8> {
        match self {
            Self::Mixed(texts) if template => (texts.join("{}") == text).then_some(1),
            Self::Whole(_) if template => (text == "{}").then_some(1),
            Self::Mixed(texts) => holds(texts, text).then_some(1),
            Self::Whole(Takes::Anything) => Some(2),
            // The call was made all the same.
            Self::Whole(takes) => Some(if takes.fits(text) { 1 } else { 3 }),
        }
    }
}

/// True if the texts occur in order, the first at the start, the last at the end, with something between them.
fn holds(texts: &[String], text: &str) -> bool {
    let Some((first, rest)) = texts.split_first() else { return false };
    let Some(mut left) = text.strip_prefix(first.as_str()) else { return false };
    for (ix, part) in rest.iter().enumerate() {
        let Some(next) = left.chars().next().map(char::len_utf8) else { return false };
        if ix + 1 == rest.len() {
            return left[next..].ends_with(part.as_str());
        }
        let Some(at) = left[next..].find(part.as_str()) else { return false };
        left = &left[next + at + part.len()..];
    }
    left.is_empty()
}

impl Takes {
    fn of(contract: &Contract, at: SchemaAt) -> Self {
        let SchemaAt::Node(at) = at else { return Self::Anything };
        let SchemaAt::Node(at) = contract.resolve(at) else { return Self::Anything };
        let document = &contract.document;
        let values = |at: Loc| document.children(at).map(|value| document.text(value).to_owned()).collect();
        if let Some(list) = document.get(at, Key::ENUM).filter(|&list| document.kind(list) == Kind::Array) {
            return Self::Values(values(list));
        }
        if let Some(value) = document.get(at, Key::CONST) {
            return Self::Values(vec![document.text(value).to_owned()]);
        }
        match document.string(at, Key::TYPE) {
            Some("integer") => return Self::Integer,
            Some("number") => return Self::Number,
            _ => {}
        }
        if document.string(at, Key::FORMAT) == Some("uuid") {
            return Self::Uuid;
        }
        let compiled = |pattern: &str| RegexBuilder::new(pattern).size_limit(1 << 18).build().ok();
        let pattern = document.string(at, Key::PATTERN).and_then(compiled);
        pattern.map_or(Self::Anything, |pattern| Self::Pattern(Pattern(pattern)))
    }

    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Anything => true,
            Self::Integer => {
                let digits = text.strip_prefix('-').unwrap_or(text);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            }
            Self::Number => text.parse::<f64>().is_ok(),
            Self::Uuid => {
                let groups: Vec<usize> = text.split('-').map(str::len).collect();
                groups == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
            }
            Self::Values(values) => values.iter().any(|value| value == text),
            Self::Pattern(Pattern(pattern)) => pattern.is_match(text),
        }
    }
}
