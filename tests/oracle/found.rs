//! Pairs that were once judged wrongly, as small as they could be made; both runs are asked again.

/// Version, schemas of base, schemas of head.
pub(super) const FOUND: &[(&str, &str, &str)] = &[
    // A sibling of `$ref` at the root of a body.
    ("3.1.0", r#"{"S": {}}"#, r##"{"S": {"$ref": "#/components/schemas/T", "type": "string"}, "T": {}}"##),
    // `additionalProperties` with a schema and nothing else.
    ("3.1.0", r#"{"S": {"additionalProperties": true}}"#, r#"{"S": {"additionalProperties": {"type": "null"}}}"#),
    ("3.0.3", r#"{"S": {"properties": {"a": {}}}}"#, r#"{"S": {"additionalProperties": {"maxLength": 1}}}"#),
    // A list of values and a bound beside it.
    (
        "3.1.0",
        r#"{"S": {"type": "integer", "enum": [1, 2, 3]}}"#,
        r#"{"S": {"type": "integer", "enum": [1, 2, 3], "maximum": 2}}"#,
    ),
    (
        "3.1.0",
        r#"{"S": {"type": "string", "enum": ["a", "ab"], "minLength": 2}}"#,
        r#"{"S": {"type": "string", "minLength": 2}}"#,
    ),
    // A pattern that holds a bound.
    ("3.1.0", r#"{"S": {"type": "string", "pattern": "^[ab]$"}}"#, r#"{"S": {"type": "string", "maxLength": 1}}"#),
    // Integers excluded, fractions not.
    ("3.0.3", r#"{"S": {"type": "number"}}"#, r#"{"S": {"type": "number", "not": {"type": "integer"}}}"#),
    // `nullable` beside `not`.
    ("3.0.3", r#"{"S": {"not": {"maxLength": 1}, "nullable": true}}"#, r#"{"S": {"not": {"maxLength": 1}}}"#),
    // Patterns of names that overlap.
    (
        "3.1.0",
        r#"{"S": {"patternProperties": {"^[ab]$": {}}}}"#,
        r#"{"S": {"patternProperties": {"^b?$": {"type": "null"}}}}"#,
    ),
    (
        "3.1.0",
        r#"{"S": {"patternProperties": {"^[bc]": {}}, "additionalProperties": false}}"#,
        r#"{"S": {"allOf": [{"patternProperties": {"^[bc]": {}}}], "additionalProperties": {"type": "integer"}}}"#,
    ),
    // The same member of two branches.
    (
        "3.1.0",
        r#"{"S": {"anyOf": [{}, {"properties": {"a": {"properties": {"c": {}}}}}], "required": ["a"],
            "additionalProperties": {"type": "object"}}}"#,
        r#"{"S": {"anyOf": [{"required": ["c"]}, {"properties": {"a": {"properties": {"c": {"type": "object"}}}}}],
            "required": ["a"]}}"#,
    ),
    // A list of composites, and what stands beside it.
    ("3.1.0", r#"{"S": {"enum": [["a"]]}}"#, r#"{"S": {"allOf": [{"enum": [["a"]]}], "items": {"type": "integer"}}}"#),
    ("3.1.0", r#"{"S": {"enum": [["a"]]}}"#, r#"{"S": {"allOf": [{"minItems": 2}, {"enum": [["a"]]}]}}"#),
    ("3.1.0", r#"{"S": {"enum": [0.5, 0]}}"#, r#"{"S": {"oneOf": [{"type": ["integer"]}, {"not": {}}]}}"#),
    // A recursion through a reference with siblings, whose places had no end.
    (
        "3.1.0",
        r##"{"S": {"type": "object", "properties": {"a": {"type": "null"}, "c": {"$ref": "#/components/schemas/N"}}},
            "N": {"$ref": "#/components/schemas/S", "required": ["a", "b"]}}"##,
        r##"{"S": {"type": "object", "properties": {"a": {"type": "null"}, "c": {"$ref": "#/components/schemas/N"}}},
            "N": {"$ref": "#/components/schemas/S"}}"##,
    ),
];
