//! Repositories with several documents, and documents that come, go and move.

use super::place::{BOOKS, Place, Run, extended, untitled};

/// Id, path and rules of each API.
fn apis(run: &Run) -> Vec<(String, String, Vec<String>)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let api = |api: &serde_json::Value| {
        let rules = api["changes"].as_array().unwrap().iter().map(|change| text(&change["rule"])).collect();
        (text(&api["id"]), text(&api["path"]), rules)
    };
    run.json()["apis"].as_array().unwrap().iter().map(api).collect()
}

fn api(id: &str, path: &str, rules: &[&str]) -> (String, String, Vec<String>) {
    (id.to_owned(), path.to_owned(), rules.iter().map(|&rule| rule.to_owned()).collect())
}

fn films() -> String {
    BOOKS.replace("book", "film").replace("Books", "Films")
}

#[test]
fn every_document_is_compared() {
    let place = Place::repository();
    place.write("swagger/v1/api.yaml", BOOKS).write("films.yml", &films()).write("notes.yaml", "hello: world\n");
    place.write("node_modules/x/openapi.yaml", BOOKS);
    place.release("v1");
    place.write("swagger/v1/api.yaml", &untitled());
    place.release("v2");
    let run = place.run("diff v1 v2 --format json");
    let books = api("swagger-v1-api", "swagger/v1/api.yaml", &["response-property-removed"]);
    assert_eq!(apis(&run), [api("films", "films.yml", &[]), books.clone()]);
    let run = place.run("diff v1 v2 --format json --spec swagger/v1/api.yaml");
    assert_eq!(apis(&run), [books]);
}

#[test]
fn a_path_of_an_option_may_be_seen_from_here() {
    let place = Place::repository();
    place.write("docs/api.yaml", BOOKS).write("other.yaml", &films());
    place.release("v1");
    let mut command = place.command("diff v1 HEAD --format json --spec ./api.yaml");
    let output = command.current_dir(place.path().join("docs")).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["apis"][0]["path"], "docs/api.yaml");
}

#[test]
fn documents_come_and_go() {
    let place = Place::repository();
    place.write("a.yaml", BOOKS);
    place.release("v1");
    place.git(&["rm", "--quiet", "a.yaml"]);
    place.write("b.yaml", &films());
    place.release("v2");
    let run = place.run("diff v1 v2 --format json");
    assert_eq!(apis(&run), [api("a", "a.yaml", &["api-removed"]), api("b", "b.yaml", &["api-added"])]);
    assert_eq!(run.json()["summary"]["breaking"], 1);
    assert_eq!(apis(&place.run("diff v1:a.yaml v2 --format json --spec b.yaml")).len(), 1);
}

#[test]
fn a_document_that_moved_stays_one_api() {
    let place = Place::repository();
    place.write("swagger.yaml", BOOKS);
    place.release("v1");
    place.git(&["mv", "swagger.yaml", "openapi.yaml"]);
    place.write("openapi.yaml", &untitled().replace("title: Books", "title: Library"));
    place.release("v2");
    for args in ["diff v1 v2", "diff v1 v2 --spec openapi.yaml", "diff v1 v2 --spec swagger.yaml"] {
        let run = place.run(&format!("{args} --format json"));
        assert_eq!(apis(&run)[0].2, ["response-property-removed", "about-edited"], "{args}");
        assert_eq!(apis(&run).len(), 1, "{args}");
        let problem = run.json()["apis"][0]["problems"][0]["message"].as_str().unwrap().to_owned();
        let said = "compared with `swagger.yaml`, which is gone: the document seems to have moved; `[[api]]` with \
                    `id = \"swagger\"`, `path = \"openapi.yaml\"` and `paths = [\"swagger.yaml\"]` in preavis.toml keeps its \
                    identity";
        assert_eq!(problem, said);
    }
}

#[test]
fn one_that_cannot_be_read_stops_all_unless_told_to_keep_going() {
    let place = Place::repository();
    place.write("a.yaml", BOOKS).write("b.yaml", &films());
    place.release("v1");
    place.write("a.yaml", &untitled()).write("b.yaml", "openapi: 4.9.9\n");
    place.release("v2");
    let run = place.run("diff v1 v2");
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    let run = place.run("diff v1 v2 --keep-going --format json");
    assert_eq!(run.code, 2);
    assert_eq!(apis(&run), [api("a", "a.yaml", &["response-property-removed"])]);
    assert!(run.err.starts_with("error: b.yaml:1:1: `openapi: 4.9.9`"), "{run:?}");
}

#[test]
fn a_document_that_became_junk_is_not_gone() {
    let place = Place::two_commits("hello: world\n");
    let run = place.run("diff v1 v2");
    assert!(run.code == 2 && run.err.contains("not an OpenAPI document"), "{run:?}");
}

#[test]
fn the_configuration_names_the_apis() {
    let place = Place::two_commits(&extended());
    place.write("films.yml", &films());
    place.write("preavis.toml", "[[api]]\nid = \"library\"\npath = \"api.yaml\"\ntitle = \"The library\"\n");
    place.release("v3");
    let run = place.run("diff v1 v3 --format json");
    assert_eq!(apis(&run), [api("library", "api.yaml", &["response-property-added"])]);
    assert_eq!(run.json()["apis"][0]["title"], "The library");
    let run = place.run("diff v1 v3 --format json --spec films.yml");
    assert_eq!(apis(&run), [api("films", "films.yml", &["api-added"])]);
}

#[test]
fn a_path_that_is_in_neither_version_is_an_error() {
    let place = Place::two_commits(&extended());
    place.write("preavis.toml", "[[api]]\nid = \"library\"\npath = \"apy.yaml\"\n");
    place.run("diff v1 v2").could_not_tell(
        "error: no file `apy.yaml` in v1 and v2\n\
         help: paths start at the root of the repository; check the path and its case; where it \
         was earlier stands in `paths` of its `[[api]]`\n",
    );
}

#[test]
fn references_lead_to_files_beside() {
    let place = Place::repository();
    let split = BOOKS.replace("\"#/components/schemas/book\"", "\"book.yaml\"");
    let head = split.split("components:").next().unwrap();
    place
        .write("api/api.yaml", head)
        .write("api/book.yaml", "type: object\nrequired: [id]\nproperties: {id: {type: integer}}\n");
    place.release("v1");
    place.write("api/book.yaml", "type: object\nrequired: [id]\nproperties: {id: {type: string}}\n");
    place.release("v2");
    let run = place.run("diff v1 v2 --format json");
    assert_eq!(apis(&run), [api("api-api", "api/api.yaml", &["response-type-replaced"])]);
}
