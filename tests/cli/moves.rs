//! A document that moves is the same API: in a comparison, in a history, in what was announced and published of it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::place::{BOOKS, Place, Run, extended, untitled};

/// Where the document was, and where it goes.
const MOVES: &[(&str, &str)] = &[
    ("api.yaml", "openapi.yaml"),
    ("api.yaml", "docs/v1/api.yaml"),
    ("docs/api.yaml", "Docs/API.yaml"),
    ("api.yaml", "api.json"),
    ("old specs/api.yaml", "new specs/api.yml"),
];

/// The books without their title, as JSON where the path says so.
fn untitled_at(path: &str) -> String {
    if !path.to_ascii_lowercase().ends_with("json") {
        return untitled();
    }
    let book = json!({"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}});
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/book"}}});
    let get = json!({"responses": {"200": {"description": "All books", "content": content}}});
    let info = json!({"title": "Books", "version": "1"});
    json!({"openapi": "3.0.3", "info": info, "paths": {"/books": {"get": get}}, "components": {"schemas": {"book": book}}})
        .to_string()
}

/// `v1` with the document, `v2` without the title, in `v3` it has only moved.
fn moved(from: &str, to: &str) -> Place {
    let place = Place::repository();
    place.write(from, BOOKS);
    place.release("v1");
    place.write(from, &untitled());
    place.release("v2");
    place.git(&["rm", "--quiet", from]);
    place.write(to, &untitled_at(to));
    place.release("v3");
    place
}

/// Release, API, rule and fingerprint of every change of a changelog in JSON, oldest first.
fn told(run: &Run) -> Vec<[String; 4]> {
    assert_eq!(run.code, 0, "{run:?}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut out = Vec::new();
    for release in run.json()["releases"].as_array().unwrap().iter().rev() {
        for api in release["report"]["apis"].as_array().unwrap() {
            for change in api["changes"].as_array().unwrap() {
                out.push([&release["name"], &api["id"], &change["rule"], &change["fingerprint"]].map(text));
            }
        }
    }
    out
}

const BREAK: &str = "response-property-removed";

#[test]
fn a_move_is_no_change_and_hides_none() {
    for (from, to) in MOVES {
        let place = moved(from, to);
        let run = place.run("diff v2 v3 --format json");
        assert_eq!((run.code, &run.json()["verdict"]), (0, &json!("none")), "{from} to {to}: {run:?}");
        let history = told(&place.run("changelog --format json"));
        let rules: Vec<&str> = history.iter().map(|row| row[2].as_str()).collect();
        assert_eq!((rules.as_slice(), history[0][0].as_str()), ([BREAK].as_slice(), "v2"), "{from} to {to}");
        // One comparison over the move says the same of the same API.
        let run = place.run("diff v1 v3 --format json");
        let (api, change) = (&run.json()["apis"][0], &run.json()["apis"][0]["changes"][0]);
        assert_eq!(
            [&api["id"], &change["fingerprint"]],
            [&json!(history[0][1]), &json!(history[0][3])],
            "{from} to {to}"
        );
    }
}

#[test]
fn a_configured_id_is_the_api_wherever_its_document_was() {
    for (from, to) in MOVES {
        let place = moved(from, to);
        place.write("preavis.toml", &format!("[[api]]\nid = \"shelf\"\npath = \"{to}\"\n"));
        let found = told(&place.run("changelog --format json"));
        let rows: Vec<[&str; 3]> = found.iter().map(|row| [&*row[0], &*row[1], &*row[2]]).collect();
        assert_eq!(rows, [["v2", "shelf", BREAK]], "{from} to {to}");
        place.write("preavis.toml", &format!("[[api]]\nid = \"shelf\"\npath = \"{to}\"\npaths = [\"{from}\"]\n"));
        assert_eq!(told(&place.run("changelog --format json")), found, "{from} to {to}");
        // Where it was told so, nobody is told of a move.
        let run = place.run("diff v2 v3 --format json");
        assert_eq!(run.json()["apis"][0]["problems"], json!([]), "{from} to {to}");
    }
}

#[test]
fn earlier_places_are_followed_where_nothing_else_shows_them() {
    let place = Place::repository();
    place.write("a.yaml", BOOKS);
    place.release("v1");
    // Another title and other operations: no one would take it for the same.
    place.git(&["rm", "--quiet", "a.yaml"]);
    place.write("b.yaml", &BOOKS.replace("ook", "oard").replace("/b", "/d"));
    place.release("v2");
    let rules = |run: &Run| -> BTreeSet<String> { told(run).into_iter().map(|row| row[2].clone()).collect() };
    let run = place.run("changelog --format json");
    assert_eq!(rules(&run), BTreeSet::from(["api-removed", "api-added"].map(str::to_owned)));
    place.write("preavis.toml", "[[api]]\nid = \"b\"\npath = \"b.yaml\"\npaths = [\"a.yaml\"]\n");
    let run = place.run("changelog --format json");
    let expected = ["operation-removed", "operation-added", "about-edited", "component-edited"];
    assert_eq!(rules(&run), BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn the_help_to_stop_the_movement_stops_it() {
    let place = moved("api.yaml", "openapi.yaml");
    let before = place.run("diff v1 v2 --format json").json()["apis"][0]["changes"][0]["fingerprint"].clone();
    let run = place.run("diff v1 v3 --format json");
    let api = &run.json()["apis"][0];
    assert_eq!(api["changes"][0]["former_fingerprints"], json!({"api": before}));
    let said = api["problems"][0]["message"].as_str().unwrap().to_owned();
    assert!(said.contains("`id = \"api\"`, `path = \"openapi.yaml\"` and `paths = [\"api.yaml\"]`"), "{said}");
    place.write("preavis.toml", "[[api]]\nid = \"api\"\npath = \"openapi.yaml\"\npaths = [\"api.yaml\"]\n");
    assert_eq!(place.run("diff v1 v2 --fail-on breaking").code, 1);
    let change = place.run("diff v1 v3 --format json").json()["apis"][0]["changes"][0].clone();
    assert_eq!((&change["fingerprint"], &change["former_fingerprints"]), (&before, &Value::Null));
}

/// The notice of the break is drafted before it ships, and the document moves afterwards.
fn announced(to: &str) -> Place {
    let place = Place::repository();
    place.write("api.yaml", BOOKS).write("preavis/partners/hall.toml", "slug = \"hall\"\napis = [\"api\"]\n");
    place.release("v1");
    place.write("api.yaml", &untitled());
    let run = place.run("notice new v1 --announce --today 2024-05-01 --effective 2024-05-02");
    assert_eq!(run.code, 0, "{run:?}");
    place.release("v2");
    if to != "api.yaml" {
        std::fs::create_dir_all(place.path().join(to).parent().unwrap()).unwrap();
        place.git(&["mv", "api.yaml", to]);
    }
    place.release("v3");
    place
}

#[test]
fn a_notice_keeps_its_state_and_its_partner() {
    let place = announced("openapi.yaml");
    let run = place.run("notice list --today 2024-06-01 --format json");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let notice = &run.json()["notices"][0];
    assert_eq!([&notice["state"], &notice["shipped_on"]], [&json!("shipped"), &json!("2024-05-02")]);
    let run = place.run("notice render N2024-001 --partner hall --today 2024-06-01");
    assert!(run.code == 0 && run.out.contains("in production since 2 May 2024"), "{run:?}");
    let run = place.run("changelog");
    assert!(run.out.contains("N2024-001") && !run.out.contains("is new"), "{run:?}");
}

#[test]
fn a_notice_waits_for_its_change_after_the_move() {
    let place = Place::repository();
    place.write("api.yaml", BOOKS);
    place.release("v1");
    place.write("api.yaml", &untitled());
    assert_eq!(place.run("notice new v1 --announce --today 2024-05-01 --effective 2024-05-09").code, 0);
    place.write("api.yaml", BOOKS);
    place.release("v2");
    place.git(&["mv", "api.yaml", "openapi.yaml"]);
    place.release("v3");
    // The pull request of the break is rebased on the move: it has its notice already.
    place.write("openapi.yaml", &untitled());
    let run = place.run("notice new v3 --today 2024-05-04");
    assert_eq!((run.code, run.out.starts_with("nothing to announce")), (0, true), "{run:?}");
    place.release("v4");
    let run = place.run("notice list --today 2024-06-01 --format json");
    assert_eq!(run.json()["notices"][0]["state"], "shipped", "{run:?}");
}

/// The ids of the entries of the feed of all APIs.
fn entries(place: &Place) -> BTreeSet<String> {
    let run = place.run("publish --out site --quiet");
    assert_eq!(run.code, 0, "{run:?}");
    let feed: Value = serde_json::from_str(&place.read("site/feed.json")).unwrap();
    let ids = feed["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned());
    ids.collect()
}

#[test]
fn what_was_published_before_a_move_keeps_its_ids() {
    let place = Place::repository();
    place.write("api.yaml", BOOKS);
    place.release("v1");
    place.write("api.yaml", &untitled());
    place.release("v2");
    let before = entries(&place);
    assert_eq!(place.run("changelog --write CHANGELOG.md").code, 0);
    place.git(&["mv", "api.yaml", "openapi.yaml"]);
    place.release("v3");
    assert_eq!(entries(&place), before);
    let run = place.run("changelog --write CHANGELOG.md --check");
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    place.write(
        "openapi.yaml",
        &untitled().replace("id: {type: integer}", "id: {type: integer}\n        isbn: {type: string}"),
    );
    place.release("v4");
    let after = entries(&place);
    assert!(before.is_subset(&after) && after.len() == before.len() + 1, "{before:?} {after:?}");
}

/// Id and fingerprint of the one change of each API.
fn identities(run: &Run) -> BTreeSet<(String, String)> {
    let apis = run.json()["apis"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let changed = apis.iter().filter(|api| api["changes"].as_array().is_some_and(|list| !list.is_empty()));
    changed.map(|api| (text(&api["id"]), text(&api["changes"][0]["fingerprint"]))).collect()
}

#[test]
fn an_id_does_not_depend_on_which_documents_are_asked_for() {
    for paths in
        [["a b/api.json", "a-b/api.json"], ["é.yaml", "e.yaml"], ["api.yaml", "api.yml"], ["a-b.yaml", "a/b.yaml"]]
    {
        let place = Place::repository();
        for path in paths {
            place.write(path, BOOKS);
        }
        place.release("v1");
        for path in paths {
            place.write(path, &untitled());
        }
        place.release("v2");
        let all = identities(&place.run("diff v1 v2 --format json"));
        assert_eq!(all.iter().map(|(id, _)| id).collect::<BTreeSet<_>>().len(), 2, "{all:?}");
        for path in paths {
            let run = place.command("diff v1 v2 --format json --spec").arg(path).output().unwrap();
            let run = Run { code: 0, out: String::from_utf8(run.stdout).unwrap(), err: String::new() };
            assert!(identities(&run).is_subset(&all), "{path}: {run:?} {all:?}");
        }
    }
}

#[test]
fn two_documents_with_one_slug_are_told_to_be_named() {
    let place = Place::repository();
    place.write("api.yaml", BOOKS).write("api.json", &untitled_at("api.json"));
    place.release("v1");
    place.write("api.yaml", &extended());
    place.release("v2");
    let run = place.run("diff v1 v2 --format json");
    for api in run.json()["apis"].as_array().unwrap() {
        let id = api["id"].as_str().unwrap();
        assert!(id.starts_with("api-") && id != "api-2", "{id}");
        let said = api["problems"][0]["message"].as_str().unwrap();
        assert!(said.contains("would have the same id") && said.contains("preavis.toml"), "{said}");
    }
    place.write(
        "preavis.toml",
        "[[api]]\nid = \"one\"\npath = \"api.yaml\"\n[[api]]\nid = \"two\"\npath = \"api.json\"\n",
    );
    let run = place.run("diff v1 v2 --format json");
    assert!(run.json()["apis"].as_array().unwrap().iter().all(|api| api["problems"] == json!([])), "{run:?}");
}

#[test]
fn an_id_that_the_configuration_gives_later_keeps_what_was_announced() {
    for (path, config) in [
        ("api.yaml", "path = \"api.yaml\"\n"),
        ("docs/api.yaml", "path = \"docs/api.yaml\"\n"),
        ("docs/api.yaml", "path = \"docs/api.yaml\"\npaths = [\"api.yaml\"]\n"),
    ] {
        let place = announced(path);
        place.write("preavis.toml", &format!("[[api]]\nid = \"shelf\"\n{config}"));
        let run = place.run("notice list --today 2024-06-01 --format json");
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        assert_eq!(run.json()["notices"][0]["state"], "shipped", "{config}");
        let run = place.run("notice render N2024-001 --partner hall --today 2024-06-01");
        assert!(run.out.contains("in production since 2 May 2024"), "{run:?}");
        // What two old versions hold is found where the configuration says so.
        if path == "api.yaml" || config.contains("paths") {
            let run = place.run("notice new v1 v2 --today 2024-06-01");
            assert!(run.out.starts_with("nothing to announce"), "{config}: {run:?}");
        }
        assert!(place.run("changelog").out.contains("N2024-001"), "{config}");
    }
}

#[test]
fn a_move_is_seen_across_a_version_that_cannot_be_read() {
    let place = Place::repository();
    place.write("a.yaml", BOOKS);
    place.release("v1");
    place.write("a.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n");
    place.release("v2");
    place.git(&["rm", "--quiet", "a.yaml"]);
    place.write("b.yaml", &untitled());
    place.release("v3");
    let rules: Vec<String> =
        told(&place.run("changelog --format json")).into_iter().map(|row| row[2].clone()).collect();
    assert_eq!(rules, [BREAK]);
}

#[test]
fn both_names_of_a_document_that_moved_are_one() {
    let place = moved("api.yaml", "openapi.yaml");
    for specs in ["--spec api.yaml --spec openapi.yaml", "--spec openapi.yaml --spec api.yaml"] {
        let run = place.run(&format!("diff v2 v3 --format json {specs}"));
        assert_eq!((run.code, &run.json()["verdict"]), (0, &json!("none")), "{run:?}");
    }
}

#[test]
fn nobody_is_told_what_production_does_where_it_cannot_be_read() {
    let place = Place::repository();
    place.write("api.yaml", BOOKS);
    place.release("v1");
    place.write("api.yaml", &untitled());
    assert_eq!(place.run("notice new v1 --announce --today 2024-05-01 --effective 2024-05-02").code, 0);
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n";
    let behind = "openapi: 3.0.3\ninfo: {title: Books, version: \"1\"}\npaths:\n  /books: {$ref: no.yaml}\n";
    for broken in ["404: Not Found\n", pointer, behind] {
        place.write("api.yaml", broken);
        place.release("v2");
        let run = place.run("notice render N2024-001 --today 2024-06-01");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{broken}: {run:?}");
        assert!(run.err.contains("not known whether it has shipped"), "{broken}: {run:?}");
        let run = place.run("notice list --today 2024-06-01");
        assert!(run.err.contains("not known whether it has shipped"), "{broken}: {run:?}");
        let run = place.run("publish --out site --quiet");
        assert_eq!(run.code, 0, "{run:?}");
        assert!(!place.read("site/api/api/index.html").contains("Removed"), "{broken}");
        assert!(!broken.contains("openapi") || place.read("site/index.html").contains("part of it cannot be read"));
        place.git(&["tag", "--delete", "v2"]);
        place.git(&["reset", "--quiet", "--soft", "HEAD~1"]);
    }
}

#[test]
fn a_document_that_moves_with_every_release_is_known_by_its_newest_ids() {
    let place = Place::repository();
    let releases = 24;
    for release in 0..releases {
        place.git(&["rm", "--quiet", "--ignore-unmatch", &format!("d{}/api.yaml", release - 1)]);
        place.write(&format!("d{release}/api.yaml"), &if release % 2 == 0 { BOOKS.to_owned() } else { untitled() });
        place.release(&format!("v1.{release}"));
    }
    let run = place.run("changelog --format json");
    assert!(run.err.contains("`d23/api.yaml` had 23 other ids: ") && run.err.contains("`[[api]]`"), "{run:?}");
    for (ix, release) in run.json()["releases"].as_array().unwrap().iter().rev().enumerate() {
        let api = &release["report"]["apis"][0];
        let formers = api["changes"][0]["former_fingerprints"].as_object().unwrap();
        let then = format!("d{}-api", ix + 1);
        assert!(formers.len() == 20 && (then == "d23-api" || formers.contains_key(&then)), "{then}: {formers:?}");
    }
    assert!(place.run("publish --out site").err.contains("had 23 other ids"));
}
