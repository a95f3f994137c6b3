//! What the validator would cost, counted before it is asked. For `unevaluatedProperties` it compiles schemas of the same
//! value once for each way that leads to them, and it looks at a value once for each such way, so that a few kilobytes may
//! keep it busy for ever.

use serde_json::Value;

/// Schemas on the way from the root to the one at hand.
const DEPTH: usize = 2_000;
/// Schemas of one check that are compiled, and looked at with a value.
pub(super) const CHECK: usize = 300_000;

/// A schema that was lowered, and what may still be spent on it.
pub(super) struct Cost<'a> {
    defs: Vec<&'a Value>,
    root: &'a Value,
    left: usize,
    depth: usize,
    /// The definitions on the way.
    open: Vec<bool>,
}

impl<'a> Cost<'a> {
    /// The cost of a lowered schema, up to a limit.
    pub(super) fn of(root: &'a Value, limit: usize) -> Self {
        let defs: Vec<&Value> =
            root.get("$defs").and_then(Value::as_object).map(|defs| defs.values().collect()).unwrap_or_default();
        Self { open: vec![false; defs.len()], defs, root, left: limit, depth: 0 }
    }

    /// How many schemas are compiled; `None` beyond the limit.
    pub(super) fn compiling(mut self) -> Option<usize> {
        let before = self.left;
        self.compile(self.root)?;
        Some(before - self.left)
    }

    /// How many times a schema meets a part of the value; `None` beyond the limit.
    pub(super) fn checking(mut self, value: &Value) -> Option<usize> {
        let before = self.left;
        self.check(self.root, value)?;
        Some(before - self.left)
    }

    fn enter(&mut self) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        self.depth += 1;
        (self.depth <= DEPTH).then_some(())
    }

    /// The definition that a reference leads to, and its place.
    fn target(&self, reference: &Value) -> Option<(usize, &'a Value)> {
        let at = reference.as_str()?.strip_prefix("#/$defs/d")?.parse().ok()?;
        Some((at, self.defs.get(at)?))
    }

    /// Walks through a schema and all that is written in it; the definitions are written in the root.
    fn compile(&mut self, schema: &'a Value) -> Option<()> {
        self.enter()?;
        match schema {
            Value::Object(keywords) => {
                if is_rest(schema) {
                    self.same_value(schema)?;
                }
                keywords.values().try_for_each(|inner| self.compile(inner))?;
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.compile(item))?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        self.depth -= 1;
        Some(())
    }

    /// Walks through all schemas of the same value, as often as ways without a circle lead to them; each is compiled again,
    /// with all that is written in it.
    fn same_value(&mut self, schema: &'a Value) -> Option<()> {
        let Value::Object(keywords) = schema else { return Some(()) };
        self.enter()?;
        for (key, inner) in keywords {
            match (key.as_str(), inner) {
                ("$ref", _) => {
                    if let Some((at, definition)) = self.target(inner).filter(|(at, _)| !self.open[*at]) {
                        self.open[at] = true;
                        self.same_value(definition)?;
                        self.open[at] = false;
                    }
                }
                ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                    parts.iter().try_for_each(|part| self.part(part))?;
                }
                ("dependentSchemas", Value::Object(parts)) => {
                    parts.values().try_for_each(|part| self.part(part))?;
                }
                ("not" | "if" | "then" | "else", _) => self.part(inner)?,
                ("additionalProperties" | "unevaluatedProperties" | "unevaluatedItems" | "patternProperties", _) => {
                    self.compile(inner)?;
                }
                _ => {}
            }
        }
        self.depth -= 1;
        Some(())
    }

    /// A part of the same value: compiled as it stands, and once more for what it evaluates.
    fn part(&mut self, schema: &'a Value) -> Option<()> {
        self.compile(schema)?;
        self.same_value(schema)
    }

    fn check(&mut self, schema: &'a Value, value: &Value) -> Option<()> {
        let Value::Object(keywords) = schema else { return Some(()) };
        self.enter()?;
        // What no keyword evaluated is told by asking all schemas of the same value again.
        let again = is_rest(schema);
        for (key, inner) in keywords {
            for _ in 0..=usize::from(again) {
                self.in_place(key, inner, value)?;
            }
            self.below(key, inner, value)?;
        }
        self.depth -= 1;
        Some(())
    }

    /// Keywords that hold schemas of the same value.
    fn in_place(&mut self, key: &str, inner: &'a Value, value: &Value) -> Option<()> {
        match (key, inner) {
            ("$ref", _) => match self.target(inner) {
                Some((_, definition)) => self.check(definition, value),
                None => Some(()),
            },
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                parts.iter().try_for_each(|part| self.check(part, value))
            }
            ("dependentSchemas", Value::Object(parts)) => parts.values().try_for_each(|part| self.check(part, value)),
            ("not" | "if" | "then" | "else", _) => self.check(inner, value),
            _ => Some(()),
        }
    }

    /// Keywords that hold schemas of parts of the value.
    fn below(&mut self, key: &str, inner: &'a Value, value: &Value) -> Option<()> {
        match (key, inner, value) {
            ("properties", Value::Object(schemas), Value::Object(members)) => {
                let known = members.iter().filter_map(|(name, member)| Some((schemas.get(name)?, member)));
                known.into_iter().try_for_each(|(schema, member)| self.check(schema, member))
            }
            ("patternProperties", Value::Object(schemas), Value::Object(members)) => {
                let mut pairs = schemas.values().flat_map(|schema| members.values().map(move |it| (schema, it)));
                pairs.try_for_each(|(schema, member)| self.check(schema, member))
            }
            ("additionalProperties" | "unevaluatedProperties" | "propertyNames", _, Value::Object(members)) => {
                members.values().try_for_each(|member| self.check(inner, member))
            }
            ("items" | "contains" | "unevaluatedItems", _, Value::Array(items)) => {
                items.iter().try_for_each(|item| self.check(inner, item))
            }
            ("prefixItems", Value::Array(schemas), Value::Array(items)) => {
                schemas.iter().zip(items).try_for_each(|(schema, item)| self.check(schema, item))
            }
            ("enum", Value::Array(values), _) => {
                self.left = self.left.checked_sub(values.len() / 16)?;
                Some(())
            }
            _ => Some(()),
        }
    }
}

/// Parts of a value that the validator may copy into each of its errors.
const COPIED: usize = 1_000;

/// Whether the validator would fill the memory: an error of a union, or of a name, holds the value once for each error
/// below it.
pub(super) fn is_copied_too_often(schema: &Value, value: &Value) -> bool {
    parts(value) > COPIED && holds_errors(schema)
}

fn parts(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(parts).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(parts).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}

fn holds_errors(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => keywords
            .iter()
            .any(|(key, inner)| matches!(key.as_str(), "anyOf" | "oneOf" | "propertyNames") || holds_errors(inner)),
        Value::Array(items) => items.iter().any(holds_errors),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// True of a schema that says something of what no other one evaluates.
fn is_rest(schema: &Value) -> bool {
    ["unevaluatedProperties", "unevaluatedItems"].iter().any(|key| schema.get(key).is_some())
}

/// How many alternatives a schema is once its unions are multiplied out, for the widest of all the schemas in it; `None`
/// above a limit.
pub(super) fn width(root: &Value, limit: usize) -> Option<usize> {
    let mut work = Width { cost: Cost::of(root, CHECK), limit };
    let mut widest = work.of(root)?;
    let mut pending = vec![root];
    while let Some(next) = pending.pop() {
        match next {
            Value::Object(keywords) => {
                widest = widest.max(work.of(next)?);
                pending.extend(
                    keywords.iter().filter(|(key, _)| !matches!(key.as_str(), "enum" | "const")).map(|it| it.1),
                );
            }
            Value::Array(items) => pending.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    Some(widest)
}

struct Width<'a> {
    cost: Cost<'a>,
    limit: usize,
}

impl<'a> Width<'a> {
    fn of(&mut self, schema: &'a Value) -> Option<usize> {
        let Value::Object(keywords) = schema else { return Some(1) };
        self.cost.enter()?;
        let limit = self.limit;
        let within = |width: usize| (width <= limit).then_some(width);
        let mut out = 1_usize;
        for (key, inner) in keywords {
            let factor = match (key.as_str(), inner) {
                ("$ref", _) => match self.cost.target(inner) {
                    Some((_, definition)) => self.of(definition)?,
                    None => 1,
                },
                ("allOf", Value::Array(parts)) => {
                    parts.iter().try_fold(1, |out: usize, part| within(out.saturating_mul(self.of(part)?)))?
                }
                ("anyOf" | "oneOf", Value::Array(parts)) => {
                    parts.iter().try_fold(0, |out: usize, part| within(out.saturating_add(self.of(part)?)))?
                }
                ("not" | "if", _) => self.of(inner)?.saturating_add(1),
                ("then" | "else", _) => self.of(inner)?,
                ("dependentSchemas", Value::Object(parts)) => parts
                    .values()
                    .try_fold(1, |out: usize, part| within(out.saturating_mul(self.of(part)?.saturating_add(1))))?,
                // Every pattern may meet every other one.
                ("patternProperties", Value::Object(parts)) => parts.len(),
                ("dependentRequired", Value::Object(parts)) => {
                    2_usize.saturating_pow(u32::try_from(parts.len()).unwrap_or(u32::MAX))
                }
                _ => 1,
            };
            out = within(out.saturating_mul(factor.max(1)))?;
        }
        self.cost.depth -= 1;
        Some(out)
    }
}

/// How deep a value nests.
pub(super) fn nesting(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(nesting).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(nesting).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
