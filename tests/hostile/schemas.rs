//! Schemas made to hurt, and what exactly is said of them.

use preavis::diff::{self, Options, Proof};
use preavis::rules::Level;
use preavis::schema::Share;

use super::{answered, chain, document, reference, said};
use crate::harness::{TODAY, contract, judged};

/// Documents that share files share what a comparison may cost: what nothing is left for is told, not passed over.
#[test]
fn what_no_share_is_left_for_is_told() {
    let last = |kind: &str| chain(3, |n| format!("{{type: object, properties: {{n: {}}}}}", reference(n + 1)), kind);
    let (base, head) = (contract(&last("{type: string}")), contract(&last("{type: integer}")));
    for share in [Share::NOTHING, Share::part(1, 1_000_000)] {
        let changes = diff::prove(&base, &head, &Options { share, ..Options::on(TODAY) }, &|_| true);
        let worst = judged(&changes).into_iter().map(|(level, ..)| level).min();
        assert_eq!(worst, Some(Level::Risky), "{share:?}");
        assert!(changes.list.iter().all(|change| matches!(change.proof, Proof::Unproven(_))));
    }
    let whole = diff::prove(&base, &head, &Options::on(TODAY), &|_| true);
    assert_eq!(judged(&whole)[0].0, Level::Breaking);
    assert!(whole.spent > Share::NOTHING && whole.spent < Share::part(1, 100));
}

#[test]
fn unions_of_unions_end_in_undecided() {
    let union = |n| format!("{{anyOf: [{0}, {{oneOf: [{0}, {{type: array, items: {0}}}]}}]}}", reference(n + 1));
    let found = said(&chain(40, union, "{type: string}"), &chain(40, union, "{type: integer}"));
    assert!(found.iter().all(|line| line.starts_with("risky response-constraint-unknown")), "{found:?}");
}

#[test]
fn a_ring_of_schemas_is_compared_once_around() {
    let ring = |count: usize, last: &'static str| {
        let one =
            move |n: usize| format!("{{type: object, properties: {{next: {}}}}}", reference((n + 1) % (count + 1)));
        chain(count, one, last)
    };
    let back = "{type: object, properties: {next: {$ref: '#/components/schemas/S0'}, v: {type: string}}}";
    let other = "{type: object, properties: {next: {$ref: '#/components/schemas/S0'}, v: {type: integer}}}";
    assert_eq!(said(&ring(300, back), &ring(300, other)), ["breaking response-type-replaced S300/v"]);
}

#[test]
fn a_long_chain_of_all_of_is_answered() {
    let link = |n| format!("{{allOf: [{}, {{type: object}}]}}", reference(n + 1));
    let last = |kind: &str| format!("{{type: object, properties: {{a: {{type: {kind}}}}}}}");
    let of = |count| answered(&chain(count, link, &last("string")), &chain(count, link, &last("integer")));
    assert_eq!(of(60), ["breaking response-type-replaced S60/a Proven"]);
    assert_eq!(of(2_000), ["risky response-constraint-unknown S0 Unproven(Branches)"]);
}

#[test]
fn types_that_contain_each_other_hide_nothing() {
    let tree = |leaf: &str| {
        document(&format!(
            "    S0: {{type: array, items: {{anyOf: [{0}, {1}, {{type: string}}]}}}}
    S1: {{type: array, items: {{anyOf: [{1}, {0}, {{type: {leaf}}}]}}}}
",
            reference(0),
            reference(1)
        ))
    };
    assert_eq!(said(&tree("string"), &tree("integer")), ["breaking response-type-replaced S1/[]"]);
}

#[test]
fn many_unions_over_each_other_do_not_exhaust_the_stack() {
    let mesh = |leaf: &str| {
        let one = |n: usize| {
            format!(
                "{{type: array, items: {{anyOf: [{}, {}, {{type: string}}]}}}}",
                reference((n * 7 + 1) % 101),
                reference(n + 1)
            )
        };
        chain(100, one, &format!("{{type: array, items: {{type: {leaf}}}}}"))
    };
    assert_eq!(answered(&mesh("boolean"), &mesh("integer")), ["breaking response-type-replaced S100/[] Proven"]);
}

#[test]
fn ten_thousand_values_are_compared_one_by_one() {
    let list = |from: usize| (from..from + 10_000).map(|n| format!("v{n}")).collect::<Vec<_>>().join(", ");
    let text = |from| document(&format!("    S0: {{type: string, enum: [{}]}}\n", list(from)));
    assert_eq!(said(&text(0), &text(10)).len(), 20);
}

#[test]
fn patterns_that_explode_are_decided_or_said_to_be_undecided() {
    let text = |pattern: &str| document(&format!("    S0: {{type: string, pattern: '{pattern}'}}\n"));
    for (base, head, told) in [
        ("^(a|aa)+$", "^(a|a?)+$", "risky response-pattern-widened S0 Proven"),
        ("^(.*)*x$", "^((a+)+)+$", "breaking response-pattern-replaced S0 Proven"),
        ("^[a-z]{1000}[0-9]{1000}$", "^[a-z]{999}[0-9]{1000}$", "risky response-pattern-replaced S0 Proven"),
        ("^.*a.{40}$", "^.*b.{40}$", "risky response-pattern-replaced S0 Proven"),
        ("^(?=.*a)(?=.*b).*$", "^(?=.*a).*$", "risky response-pattern-replaced S0 Unproven(Pattern)"),
        ("^(a?){50}a{50}$", "^a{60}$", "additive response-pattern-narrowed S0 Proven"),
    ] {
        assert_eq!(answered(&text(base), &text(head)), [told], "{base} to {head}");
    }
}

#[test]
fn deep_values_are_built_to_a_depth() {
    let link = |n: usize| format!("{{type: object, required: [n], properties: {{n: {}}}}}", reference(n + 1));
    let deep = answered(&chain(100, link, "{type: string}"), &chain(100, link, "{type: integer}"));
    assert_eq!(deep, ["breaking response-type-replaced S100 Proven"]);
    let items = |n: usize| format!("{{type: array, minItems: 5, uniqueItems: true, items: {}}}", reference(n + 1));
    // Five different items at each of twelve levels are more than anybody writes: what holds them stays undecided.
    let wide = answered(&chain(12, items, "{type: string}"), &chain(12, items, "{type: integer}"));
    assert_eq!(wide, ["risky response-type-replaced S12 Unproven(Opaque)"]);
}

#[test]
fn what_cannot_exist_is_not_built_for_ever() {
    let itself =
        "{type: object, required: [a, b], properties: {a: {$ref: '#/components/schemas/S0'}, b: {type: KIND}}}";
    let text = |kind: &str| document(&format!("    S0: {}\n", itself.replace("KIND", kind)));
    // No value ever ends, so there is none in either version, and nothing that differs in it is sure.
    let told = answered(&text("string"), &text("integer"));
    assert_eq!(told, ["risky response-type-replaced S0/b Unproven(Opaque)"]);
    let huge = |n: u64| {
        document(&format!("    S0: {{type: array, minItems: {n}, items: {{type: string, minLength: {n}}}}}\n"))
    };
    assert_eq!(
        answered(&huge(1_000_000_000), &huge(1_000_000_001)),
        [
            "additive response-min-items-raised S0 Unproven(NoWitness)",
            "additive response-min-length-raised S0/[] Unproven(NoWitness)"
        ]
    );
}

#[test]
fn wide_unions_of_wide_objects_end() {
    let object = |n: usize, kind: &str| {
        let members: Vec<String> = (0..30).map(|m| format!("m{m}: {{type: {kind}}}")).collect();
        format!("{{type: object, required: [k{n}], properties: {{k{n}: {{const: {n}}}, {}}}}}", members.join(", "))
    };
    let union = |kind: &str| {
        let list: Vec<String> = (0..40).map(|n| object(n, kind)).collect();
        document(&format!("    S0: {{oneOf: [{}]}}\n", list.join(", ")))
    };
    let told = answered(&union("string"), &union("integer"));
    assert!(told.iter().all(|line| line.starts_with("breaking response-type-replaced S0/|")), "{told:?}");
    assert_eq!(told.len(), 40 * 30);
}
