//! What shows a change: payload, control and exchange, for one change of each kind.

use preavis::contract::Facet;
use preavis::diff::{Change, Changes, Proof};

use crate::attack::witness::{Second, second};
use crate::harness::{contract, proved};
use crate::mutations::{document, rows::ROWS};

const HEAD: &str = "openapi: 3.1.0
info: {title: Orders, version: '1'}
servers: [{url: 'https://api.example/v1/'}]
security: [{token: []}]
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    Order:
      type: object
      required: [id, status]
      properties:
        id: {type: integer}
        status: {type: string, enum: [new, paid]}
";

fn api(paths: &str) -> String {
    format!("{HEAD}paths:\n{paths}")
}

fn only(changes: &Changes, rule: &str) -> Change {
    let of = |change: &&Change| preavis::rules::judge(change).is_some_and(|(known, _)| known.id == rule);
    changes.list.iter().find(of).unwrap_or_else(|| panic!("no {rule} in {:#?}", changes.list)).clone()
}

#[track_caller]
fn shown(base: &str, head: &str, rule: &str) -> (Change, String, Option<String>) {
    let change = only(&proved(base, head), rule);
    let exhibit = change.exhibit.clone().unwrap_or_else(|| panic!("nothing shows {change:#?}"));
    (change, exhibit.exchange.expect("an exchange"), exhibit.curl)
}

const POST: &str = "  /orders/{shop}:
    post:
      parameters:
        - {name: shop, in: path, required: true, schema: {type: string}, example: x}
        - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string, enum: [a, b]}}}
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
      responses: {'201': {description: Made, content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}}
";

#[test]
fn a_request_is_shown_with_all_it_needs() {
    let (base, head) = (api(POST), api(POST).replace("enum: [new, paid]", "enum: [new]"));
    let (change, exchange, curl) = shown(&base, &head, "request-enum-value-removed");
    assert_eq!(change.proof, Proof::Proven);
    let body = r#"{"id":1,"status":"paid"}"#;
    assert_eq!(
        exchange,
        format!("POST /orders/text HTTP/1.1\nAuthorization: Bearer $TOKEN\nContent-Type: application/json\n\n{body}")
    );
    assert_eq!(
        curl.expect("a command"),
        format!(
            "curl -X POST 'https://api.example/v1/orders/text' -H 'Authorization: Bearer '\"$TOKEN\" -H 'Content-Type: application/json' --data-raw '{body}'"
        )
    );
    let exhibit = change.exhibit.expect("an exhibit");
    assert_eq!(exhibit.control, Some(serde_json::json!({"id": 1, "status": "new"})));
    assert_eq!(exhibit.error, "\"paid\" is not one of \"new\"");
}

/// A back-reference has no form in the solver: of such a text only the length is known, and that is enough for a "no".
#[test]
fn a_value_that_is_surely_refused_is_told_from_one_that_no_one_can_judge() {
    let base = api(POST).replace("enum: [new, paid]", "enum: [longer, aa]");
    let head = api(POST).replace("enum: [new, paid]", r"maxLength: 3, pattern: '^(a)\1$'");
    let (change, ..) = shown(&base, &head, "request-enum-value-removed");
    let exhibit = change.exhibit.expect("an exhibit");
    assert_eq!((change.proof, &*change.subject), (Proof::Proven, "longer"));
    assert_eq!(exhibit.control, Some(serde_json::json!({"id": 1, "status": "aa"})));
}

#[test]
fn a_response_is_shown_with_its_status() {
    let (base, head) = (api(POST), api(POST).replace("required: [id, status]", "required: [id]"));
    let (change, exchange, curl) = shown(&base, &head, "response-property-optional");
    assert_eq!((change.proof, curl), (Proof::Proven, None));
    assert_eq!(exchange, "HTTP/1.1 201 Created\nContent-Type: application/json\n\n{\"id\":1}");
}

#[test]
fn a_parameter_is_written_by_its_style() {
    let (base, head) = (api(POST), api(POST).replace("enum: [a, b]", "enum: [b]"));
    let (change, exchange, _) = shown(&base, &head, "request-enum-value-removed");
    assert_eq!(change.proof, Proof::Proven);
    assert!(exchange.starts_with("POST /orders/text?tags=a HTTP/1.1\n"), "{exchange}");
}

const GET: &str = "  /orders:
    get:
      parameters: [{name: page, in: query, required: REQUIRED, schema: {type: integer, example: 3}}]
      security: [{KEY: []}]
      responses: {'200': {description: All, headers: {X-Total: {required: TOTAL, schema: {type: integer}}}}}
";

fn get(required: bool, key: &str, total: bool) -> String {
    let text = GET.replace("REQUIRED", &required.to_string()).replace("KEY", key).replace("TOTAL", &total.to_string());
    api(&text)
}

#[test]
fn what_follows_from_the_protocol_has_its_exchange_too() {
    let base = get(false, "key", true);
    let first = |head: &str, rule| {
        let (change, exchange, curl) = shown(&base, head, rule);
        assert_eq!(change.proof, Proof::Structural, "{rule}");
        (exchange, curl)
    };
    let (required, _) = first(&get(true, "key", true), "parameter-required");
    assert_eq!(required, "GET /orders HTTP/1.1\nx-key: $KEY");
    let (gone, curl) = first(&api("  /other: {}\n"), "operation-removed");
    assert_eq!(gone, "GET /orders HTTP/1.1\nx-key: $KEY");
    assert_eq!(curl.expect("a command"), "curl 'https://api.example/v1/orders' -H 'x-key: '\"$KEY\"");
    let (held, _) = first(&get(false, "token", true), "security-narrowed");
    assert_eq!(held, "GET /orders HTTP/1.1\nx-key: $KEY");
    let (header, _) = first(&get(false, "key", false), "header-optional");
    assert_eq!(header, "HTTP/1.1 200 OK");
}

#[test]
fn what_the_server_sends_unasked_has_no_command() {
    // A name is a name, also where it holds what separates the parts of a spot.
    for name in ["paid", "paid: now", "webhook paid: request body (a/b)"] {
        let hook = |kind: &str| {
            format!(
                "{HEAD}webhooks:\n  '{name}':\n    post:\n      requestBody: {{content: {{application/json: {{schema: {{type: object, required: [at], properties: {{at: {{type: {kind}}}}}}}}}}}}}\n      responses: {{'204': {{description: Seen}}}}\n"
            )
        };
        let (change, exchange, curl) = shown(&hook("string"), &hook("[string, 'null']"), "response-null-added");
        assert_eq!((change.proof, curl), (Proof::Proven, None));
        assert_eq!(exchange, format!("POST {{{name}}} HTTP/1.1\nContent-Type: application/json\n\n{{\"at\":null}}"));
    }
}

#[test]
fn every_operator_has_a_witness_that_both_validators_confirm() {
    let mut failures = Vec::new();
    let (mut proven, mut isolated) = (0, 0);
    for &(name, base, head, ..) in ROWS {
        let put = |schema: &str| document(&format!("{{type: object, properties: {{p: {schema}}}}}"), false);
        let [base, head] = [put(base), put(head)];
        let contracts = [contract(&base), contract(&head)];
        let changes = proved(&base, &head);
        // A table of tags is no set of values.
        let is_set = |change: &&Change| !change.losses.is_empty() && change.facet != Facet::Mapping;
        for change in changes.list.iter().filter(is_set) {
            let told = |what: &str| format!("{name}: {} {} {what}", change.coordinate(), change.address);
            let Some(exhibit) = change.exhibit.as_ref().filter(|_| change.proof == Proof::Proven) else {
                failures.push(told(&format!("{:?}", change.proof)));
                continue;
            };
            proven += 1;
            isolated += usize::from(exhibit.control.is_some());
            match second(exhibit, [&contracts[0], &contracts[1]]) {
                Second::Confirmed | Second::Unreadable(_) => {}
                Second::Refuted(why) => failures.push(told(&why)),
            }
        }
    }
    assert!(failures.is_empty(), "{} without:\n{}", failures.len(), failures.join("\n"));
    assert!(isolated * 100 >= proven * 90, "{isolated} of {proven} have a control");
}
