//! A saved report is enough to ask whom its changes touch.

use preavis::audience::{Registry, Usage};
use preavis::report::Report;

use super::{API, HALL, place};
use crate::harness::contract;

#[test]
fn a_change_of_a_report_is_asked_about() {
    let place = place();
    let head = API.replace("[id, title]", "[id]").replace("title: {type: string}, ", "");
    place.write("api.yaml", &head);
    place.release("v2");
    let report: Report = serde_json::from_str(&place.run("diff v1 v2 --format json").out).unwrap();
    let calls = "slug = \"calls\"\n[[uses]]\nop = \"GET /books\"\nreads = [\"[].id\"]\n";
    let registry = Registry::parse([("hall", HALL), ("calls", calls)]).unwrap();
    let (base, head) = (contract(API), contract(&head));
    let api = &report.apis[0];
    let audience = registry.audience(&Usage::default(), &api.id, Some(&base), Some(&head));
    let change = api.changes.iter().find(|change| change.rule == "response-property-removed").unwrap();
    let said: Vec<(&str, bool)> = audience
        .concerned(&api.view(change))
        .into_iter()
        .map(|(partner, concern)| (partner.slug(), concern.touched))
        .collect();
    assert_eq!(said, [("calls", false), ("hall", true)]);
}
