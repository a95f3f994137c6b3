//! Patterns that grow, many of them at once, and numbers that no machine holds.

use serde_json::{Value, json};

use super::build::{both, list, map, one, query, real};
use super::{ADDITIVE, Bomb, RISKY, Told, json, text};

pub(super) const BOMBS: &[Bomb] = &[
    json("pattern-long-count", (500, 60_000), RISKY, |n, v| pattern(&format!("^[a-z]{{{}}}$", n + v.pick(0, 1)))),
    json("pattern-alternatives", (50, 20_000), ADDITIVE, |n, v| {
        let words: Vec<String> = (0..v.fewer(n)).map(|i| format!("w{i}x{}", i * 7)).collect();
        pattern(&format!("^({})$", words.join("|")))
    }),
    json("pattern-nested-counts", (3, 20), RISKY, |n, v| {
        let last = n + v.pick(0, 1);
        pattern(&format!("^((((a{{1,{n}}}b){{1,{n}}}c){{1,{n}}}d){{1,{n}}}e){{1,{last}}}$"))
    }),
    json("pattern-many-states", (4, 30), RISKY, |n, v| {
        pattern(&format!("^(.*a.{{{}}}|.*b.{{{n}}})$", n + v.pick(0, 1)))
    }),
    json("pattern-nested-stars", (4, 400), ADDITIVE, |n, v| {
        pattern(&format!("^{}a{}{}$", "(".repeat(n), "+)*".repeat(n), v.pick("b", "b?")))
    }),
    json("pattern-classes", (20, 5_000), RISKY, |n, v| pattern(&format!("^{}$", r"[\p{L}\w--x]".repeat(n) + v.word()))),
    json("patterns-of-members", (10, 3_000), RISKY, |n, v| {
        let member = |i: usize| {
            json!({"type": "string",
            "pattern": format!("^(a|b{{{}}}|c.{{{}}}d)*{}$", i % 20, i % 9, v.word())})
        };
        one(json!({"type": "object", "properties": map(n, |i| (format!("p{i}"), member(i)))}))
    }),
    json("patterns-of-parameters", (6, 3_000), RISKY, |n, v| {
        let schema = |i: usize| {
            json!({"type": "string",
            "pattern": format!("^({}|b)*c{{{}}}[a-z]{{1,{}}}$", v.word(), i % 50, i % 40 + 1)})
        };
        query(list(n, |i| json!({"in": "query", "name": format!("p{i}"), "schema": schema(i)})))
    }),
    json("patterns-of-one-string", (2, 50), RISKY, |n, v| {
        one(json!({"type": "string", "allOf": list(n, |i| json!({"pattern": format!(".*{}.{{{i}}}x", v.word())}))}))
    }),
    json("patterns-of-names", (10, 2_000), RISKY, |n, v| {
        let members = map(n, |i| (format!("a{i}xxb"), json!({"type": "string"})));
        let patterns = map(n, |i| (format!("^a{i}.*b"), json!({"type": v.kind()})));
        both(json!({"type": "object", "additionalProperties": false, "properties": members,
                "patternProperties": patterns}))
    }),
    json("patterns-of-names-and-values", (6, 300), RISKY, |n, v| {
        let patterns =
            map(n, |i| (format!("^.*{i}.{{3}}$"), json!({"enum": list(n, |j| json!(format!("{}{j}", v.word())))})));
        one(json!({"type": "object", "required": list(n, |i| json!(format!("{i}abc"))), "patternProperties": patterns}))
    }),
    json("multiples-of-primes", (10, 2_000), Told::Same, |n, v| {
        let mut parts: Vec<_> =
            (2..n).filter(|p| (2..*p).all(|q| p % q != 0)).map(|p| json!({"multipleOf": p})).collect();
        parts.push(json!({"minimum": v.pick(1, 2)}));
        one(json!({"type": "integer", "allOf": parts}))
    }),
    json("multiples-of-fractions", (10, 5_000), RISKY, |n, v| {
        let mut parts: Vec<_> = (0..n).map(|i| json!({"multipleOf": 1.0 / real(i + 3)})).collect();
        parts.push(json!({"maximum": v.pick(5, 6)}));
        both(json!({"type": "number", "allOf": parts}))
    }),
    text("numbers-with-huge-exponents", (3, 9), ADDITIVE, |n, v| {
        let huge = "9".repeat(n);
        numbers(&format!("1e-{huge}"), &format!("1e{huge}"), &format!("1e-{}", v.pick("99999999", "99999998")))
    }),
    text("numbers-with-many-digits", (500, 300_000), RISKY, |n, v| {
        numbers(&"1".repeat(n), &format!("{}{}", "2".repeat(n), v.pick("1", "3")), "3")
    }),
];

fn pattern(text: &str) -> Value {
    both(json!({"type": "string", "pattern": text}))
}

/// A number within bounds that are given as text.
fn numbers(least: &str, most: &str, step: &str) -> String {
    let document =
        one(json!({"type": "number", "minimum": "LEAST", "maximum": "MOST", "multipleOf": "STEP"})).to_string();
    document.replace("\"LEAST\"", least).replace("\"MOST\"", most).replace("\"STEP\"", step)
}
