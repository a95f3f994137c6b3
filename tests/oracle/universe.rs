//! All small values of the grammar's alphabet.

use serde_json::{Map, Value, json};

const SCALARS: &str = r#"[null, true, false, "", "a", "b", "ab", "c", "bcb", -2, -1, 0, 1, 2, 3, 0.5, -0.5, 0.3]"#;
/// What objects and arrays hold when they hold several things.
const FEW: &str = r#"[null, true, "", "a", "b", "ab", -1, 0, 1, 2, 0.5]"#;
const NESTED: &str = r#"[[], {}, ["a", "a"], [0, "a"], [1, 2], [[]], [{}], [{}, 1], [{"c": 0}, {"c": 0}], [{"a": 0}, {"a": "a"}], {"a": 0, "b": "a"}, {"a": "a", "c": "a"},
    {"b": 0, "c": 0}, {"a": {"a": {}}}, {"a": [{}]}, {"a": 0, "b": 0, "c": 0}]"#;

fn list(text: &str) -> Vec<Value> {
    serde_json::from_str(text).expect("a list")
}

/// Scalars, arrays of up to two, objects over `a`, `b`, `c` (and `d`, which no schema names), two levels deep.
pub(super) fn universe() -> Vec<Value> {
    let (scalars, few, mut nested) = (list(SCALARS), list(FEW), list(NESTED));
    for value in &few {
        nested.push(json!([value]));
        for name in ["a", "b", "c"] {
            nested.push(json!({ name: value }));
        }
    }
    let mut out = scalars.clone();
    out.push(json!([]));
    for (ix, value) in scalars.iter().chain(&nested).enumerate() {
        out.push(json!([value]));
        out.extend(few.iter().filter(|_| ix < 17).map(|other| json!([value, other])));
    }
    out.extend([json!([0, 1, 2]), json!(["a", "b", "a"]), json!([{}, {}]), json!([[], {}])]);
    out.push(json!({}));
    for name in ["a", "b", "c", "d"] {
        out.extend(scalars.iter().chain(&nested).map(|value| json!({ name: value })));
    }
    let small: Vec<Value> = few.iter().cloned().chain([json!([]), json!({}), json!({"a": "a"}), json!([0])]).collect();
    let tiny = [json!(null), json!("a"), json!(""), json!(0), json!(1), json!(0.5), json!({})];
    for (one, two) in [("a", "b"), ("a", "c"), ("b", "c"), ("a", "d")] {
        for x in &small {
            out.extend(small.iter().map(|y| object(&[(one, x), (two, y)])));
        }
    }
    for x in &tiny {
        for y in &tiny {
            out.extend(tiny.iter().map(|z| object(&[("a", x), ("b", y), ("c", z)])));
        }
    }
    out
}

fn object(members: &[(&str, &Value)]) -> Value {
    Value::Object(members.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())).collect::<Map<_, _>>())
}
