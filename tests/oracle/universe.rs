//! All small values of the grammar's alphabet.

use serde_json::{Map, Value, json};

/// Scalars, arrays of up to two, objects over `a`, `b`, `c` (and `d`, which no schema names), two levels deep.
pub(super) fn universe() -> Vec<Value> {
    let scalars: Vec<Value> = [
        json!(null),
        json!(true),
        json!(false),
        json!(""),
        json!("a"),
        json!("b"),
        json!("ab"),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(0.5),
    ]
    .into();
    // What objects and arrays hold when they hold several things.
    let few: Vec<Value> = [
        json!(null),
        json!(true),
        json!(""),
        json!("a"),
        json!("b"),
        json!("ab"),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(0.5),
    ]
    .into();
    let mut nested = vec![
        json!([]),
        json!({}),
        json!(["a", "a"]),
        json!([0, "a"]),
        json!([1, 2]),
        json!({"a": 0, "b": "a"}),
        json!({"a": {"a": {}}}),
        json!({"a": [{}]}),
    ];
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
        out.extend(few.iter().filter(|_| ix < 13).map(|other| json!([value, other])));
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
