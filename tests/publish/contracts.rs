//! The contracts that a site publishes, and what programs find them by.

use serde_json::{Value, json};

use super::sample::{Given, Site, URL, stop};

const MAIN: &str = r##"openapi: 3.1.0
info: {title: Library, version: "1"}
paths:
  /books: {$ref: "./shared.yaml#/items/books"}
  /self:
    get:
      parameters: [{$ref: "shared.yaml#/page"}]
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Tree"}}}
components:
  schemas:
    Tree: {$ref: "shared.yaml#/tree"}
    Book: {type: string}
"##;
const SHARED: &str = r##"items:
  books:
    get:
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/Book"}}}
page: {name: page, in: query, schema: {type: integer, maximum: 1.50}}
tree:
  type: object
  properties: {left: {$ref: "#/tree"}, book: {$ref: "#/Book"}, own: {$ref: "library.yaml#/components/schemas/Book"}}
Book: {type: object, properties: {id: {type: integer}}}
"##;

fn site(documents: &[(&str, &str, &str)]) -> Site {
    let stops = documents.iter().map(|(day, main, shared)| {
        stop(day, day, &[("library", (*main).to_owned()), ("shared", (*shared).to_owned())])
    });
    Given { stops: stops.collect(), notices: Vec::new(), ..Given::library() }.site()
}

fn parsed(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site[path]).expect(path)
}

#[test]
fn several_files_become_one_that_means_the_same() {
    let site = site(&[("2024-01-01", MAIN, SHARED), ("2024-02-01", MAIN, &SHARED.replace("integer}}}", "string}}}"))]);
    let found = parsed(&site, "api/library/openapi/2024-01-01.json");
    let expected = json!({
        "openapi": "3.1.0",
        "info": {"title": "Library", "version": "1"},
        "paths": {
            "/books": {"get": {"responses": {"200": {"description": "ok", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Book-2"}}}}}}},
            "/self": {"get": {
                "parameters": [{"$ref": "#/components/parameters/page"}],
                "responses": {"200": {"description": "ok", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Tree"}}}}}}},
        },
        "components": {
            "schemas": {
                "Tree": {"type": "object", "properties": {
                    "left": {"$ref": "#/components/schemas/Tree"},
                    "book": {"$ref": "#/components/schemas/Book-2"},
                    "own": {"$ref": "#/components/schemas/Book"}}},
                "Book": {"type": "string"},
                "Book-2": {"type": "object", "properties": {"id": {"type": "integer"}}},
            },
            "parameters": {"page": {"name": "page", "in": "query", "schema": {"type": "integer", "maximum": 1.5}}},
        },
    });
    assert_eq!(found, expected, "{found:#}");
}

#[test]
fn versions_are_found_by_their_digest_and_none_is_listed_twice() {
    let changed = SHARED.replace("integer}}}", "string}}}");
    let days = [("2024-01-01", MAIN, SHARED), ("2024-02-01", MAIN, SHARED), ("2024-03-01", MAIN, &changed)];
    let site = site(&days);
    let releases = parsed(&site, "api/library/releases.json");
    let listed = releases["releases"].as_array().expect("releases");
    let names: Vec<&str> = listed.iter().filter_map(|it| it["release"].as_str()).collect();
    assert_eq!(names, ["2024-03-01", "2024-01-01"], "a release with the same contract is none of its own");
    assert_eq!(releases["generated_from"], "2024-03-01");
    for version in listed {
        let address = version["contract"].as_str().expect("an address").strip_prefix(URL).expect("ours");
        let digest = sha2::Digest::finalize(sha2::Digest::chain_update(
            <sha2::Sha256 as sha2::Digest>::new(),
            &site[&address[1..]],
        ));
        let digest = digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        assert_eq!(version["digest"], format!("sha256:{digest}"), "{address}");
    }
    assert_eq!(site["api/library/openapi/latest.json"], site["api/library/openapi/2024-03-01.json"]);
    let root = parsed(&site, "preavis.json");
    assert_eq!(root["apis"][0]["releases"], format!("{URL}/api/library/releases.json"));
    assert_eq!(root["apis"][0]["contract"], releases["latest"]);
    for (path, schema) in
        [("api/library/releases.json", "schema/releases-1.json"), ("preavis.json", "schema/site-1.json")]
    {
        let validator = jsonschema::validator_for(&parsed(&site, schema)).expect(schema);
        let faults: Vec<_> = validator.iter_errors(&parsed(&site, path)).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{path}: {faults:?}");
    }
}

#[test]
fn what_is_too_old_to_be_kept_is_said_to_be_gone() {
    let long = |number: usize| {
        MAIN.replace("{type: string}", &format!("{{type: string, description: {number}{}}}", "x".repeat(1_500_000)))
    };
    let days: Vec<(String, String)> = (1..=4).map(|number| (format!("2024-0{number}-01"), long(number))).collect();
    let days: Vec<(&str, &str, &str)> = days.iter().map(|(day, main)| (day.as_str(), main.as_str(), SHARED)).collect();
    let releases = parsed(&site(&days), "api/library/releases.json");
    let listed = releases["releases"].as_array().expect("releases").iter();
    let kept: Vec<bool> = listed.clone().map(|it| it["contract"].is_string()).collect();
    assert_eq!(kept, [true, true, false, false]);
    assert!(listed.clone().all(|it| it["digest"].is_string()), "a version that is gone is still known");
}

/// Files that reference each other in place do not multiply without end.
#[test]
fn references_in_place_are_bounded() {
    let doubles =
        |next: &str| format!("get:\n  x: {{$ref: \"{next}\"}}\n  responses: {{\"200\": {{description: ok}}}}\n");
    let main = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: \"shared.yaml\"}}\n";
    let changed = main.replace("/a:", "/b:");
    let shared = doubles("shared.yaml");
    let site = site(&[("2024-01-01", main, &shared), ("2024-02-01", &changed, &shared)]);
    let total: usize = site.values().map(String::len).sum();
    assert!(total < 1_000_000, "{total}");
}
