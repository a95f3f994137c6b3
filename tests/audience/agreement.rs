//! Reads and the differ name places alike: what disappears from an answer touches who reads it, and nobody else.

use preavis::audience::{ChangeView, Reached, Registry, Usage};
use preavis::rules;

use crate::harness::{compare, contract};

const API: &str = r##"openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /motifs:
    get:
      responses:
        "200": {$ref: "#/components/responses/Motifs"}
  /inline:
    get:
      responses:
        default:
          description: ""
          content:
            application/json:
              schema: {type: object, required: [total, rows], properties: {total: {type: integer}, rows: {type: array, items: {type: object, required: [key, label], properties: {key: {type: string}, label: {type: string}}}}}}
components:
  responses:
    Motifs:
      description: ""
      content:
        application/json:
          schema: {type: object, required: [motifs, meta], properties: {meta: {type: object, required: [count, next], properties: {count: {type: integer}, next: {type: string}}}, motifs: {type: array, items: {$ref: "#/components/schemas/motif"}}}}
  schemas:
    motif:
      allOf:
        - $ref: "#/components/schemas/base"
        - {type: object, required: [wording, category, place], properties: {wording: {type: string}, category: {$ref: "#/components/schemas/category"}, place: {oneOf: [{$ref: "#/components/schemas/lieu"}, {type: object, required: [room, floor], properties: {room: {type: string}, floor: {type: integer}}}]}}}
    base: {type: object, required: [id, uuid], properties: {id: {type: integer}, uuid: {type: string}}}
    category: {type: object, required: [short_name, long_name], properties: {short_name: {type: string}, long_name: {type: string}}, additionalProperties: {$ref: "#/components/schemas/extra"}}
    lieu: {type: object, required: [street, city], properties: {street: {type: string}, city: {type: string}}}
    extra: {type: object, required: [more, less], properties: {more: {type: string}, less: {type: string}}}
"##;

/// The document without one required member.
fn without(name: &str, kind: &str) -> String {
    let member = format!("{name}: {{type: {kind}}}");
    let text = API.replace(&format!(", {member}"), "").replace(&format!("{member}, "), "");
    let text = text.replace(&format!("[{name}, "), "[").replace(&format!(", {name}]"), "]");
    assert!(!text.contains(&member), "{name}");
    text
}

#[test]
fn what_disappears_touches_who_reads_it() {
    for (operation, name, kind, reads, other) in [
        ("GET /motifs", "wording", "string", "motifs[].wording", "motifs[].id"),
        ("GET /motifs", "uuid", "string", "motifs[].uuid", "motifs[].wording"),
        ("GET /motifs", "short_name", "string", "motifs[].category.short_name", "motifs[].category.long_name"),
        ("GET /motifs", "short_name", "string", "motifs", "meta"),
        ("GET /motifs", "next", "string", "meta.next", "meta.count"),
        ("GET /motifs", "city", "string", "motifs[].place.city", "motifs[].place.street"),
        ("GET /motifs", "room", "string", "motifs[].place.room", "motifs[].place.street"),
        ("GET /motifs", "more", "string", "motifs[].category{}.more", "motifs[].category{}.less"),
        ("GET /motifs", "more", "string", "motifs[].category.anything.more", "motifs[].category.anything.less"),
        ("GET /inline", "label", "string", "rows[].label", "rows[].key"),
        ("GET /inline", "total", "integer", "total", "rows"),
    ] {
        let head = without(name, kind);
        let changes = compare(API, &head);
        let (base, head) = (contract(API), contract(&head));
        let partner = |slug: &str, read: &str| {
            format!("slug = \"{slug}\"\n[[uses]]\nop = \"{operation}\"\nreads = [\"{read}\"]\n")
        };
        let files = [partner("a", reads), partner("b", other)];
        let registry = Registry::parse(files.iter().map(|text| ("p", text.as_str()))).unwrap();
        let audience = registry.audience(&Usage::default(), "api", Some(&base), Some(&head));
        let mut touched = [false; 2];
        for change in &changes.list {
            let (rule, level) = rules::judge(change).unwrap();
            let spots = changes.reaches[change.reach].iter();
            let view = ChangeView {
                rule: rule.id,
                level,
                side: change.scope,
                component: change.component.as_deref(),
                path: &change.path,
                operations: spots.map(|at| Reached { method: &at.method, path: &at.path, spot: &at.spot }).collect(),
            };
            for ((_, concern), touched) in audience.concerned(&view).into_iter().zip(&mut touched) {
                *touched |= concern.touched;
            }
        }
        let places: Vec<_> = changes.list.iter().map(|it| (it.coordinate(), &it.component, &it.path)).collect();
        assert_eq!(touched, [true, false], "{name}: {places:?}");
    }
}
