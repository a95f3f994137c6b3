//! `preavis notice`: from a change on a branch to a file people edit, and where it stands once production moves.

use serde_json::Value;

use super::place::{BOOKS, Place, extended, untitled};

/// Books in production at `v1`; on disk the title is gone.
fn about_to_break() -> Place {
    let place = Place::repository();
    place.write("api.yaml", BOOKS);
    place.release("v1");
    place.write("api.yaml", &untitled());
    place
}

fn rows(place: &Place, words: &str) -> Vec<Value> {
    place.run(&format!("notice list --format json {words}")).json()["notices"].as_array().unwrap().clone()
}

const NEW: &str = "notice new v1 --today 2024-05-02 --effective 2024-06-01";
const FILE: &str = "preavis/notices/2024-05-02-title-is-no-longer-sent-in-book.md";

#[test]
fn a_draft_holds_the_facts_and_says_what_is_known() {
    let place = about_to_break();
    let run = place.run(NEW);
    assert_eq!(run.code, 0, "{run:?}");
    let text = place.read(FILE);
    for part in [
        "id = \"N2024-001\"",
        "kind = \"breaking\"",
        "# announced_on = ",
        "effective_on = 2024-06-01",
        "# response-property-removed book title",
        "# `title` is no longer sent in `book`",
        "## What changes",
        "   Affects: `GET /books`",
        "\"title\": \"text\"",
        "## What to do",
    ] {
        assert!(text.contains(part), "no {part:?} in {text}");
    }
    let facts: Value = serde_json::from_str(&place.read(&FILE.replace(".md", ".json"))).unwrap();
    let change = &facts["apis"][0]["changes"][0];
    assert!(text.contains(change["fingerprint"].as_str().unwrap()));
    assert_eq!(facts["summary"]["breaking"], 1);
}

#[test]
fn what_has_a_notice_is_not_drafted_again_and_nothing_is_overwritten() {
    let place = about_to_break();
    place.run(NEW);
    let mine = place.read(FILE).replace("is no longer sent in", "leaves");
    place.write(FILE, &mine);
    let again = place.run(NEW);
    assert_eq!(
        (again.code, again.out.as_str()),
        (0, "nothing to announce: every change at this level has its notice\n")
    );
    let fingerprint = rows(&place, "")[0]["path"].as_str().map(|path| place.read(path)).unwrap();
    let id = fingerprint.split("pv1-").nth(1).unwrap().split('"').next().unwrap();
    place.run(&format!("{NEW} --only pv1-{id}")).could_not_tell(&format!(
        "error: `{FILE}` is there already\nhelp: edit it, or give the new notice another `--title`\n"
    ));
    assert_eq!(place.read(FILE), mine);
    let run = place.run(&format!("{NEW} --only pv1-nothing"));
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn what_was_taken_back_and_is_done_again_is_drafted_again() {
    let place = about_to_break();
    place.run(&format!("{NEW} --announce"));
    for (tag, document) in [("v3", untitled()), ("v4", BOOKS.to_owned())] {
        place.write("api.yaml", &document);
        place.release(tag);
    }
    place.write("api.yaml", &untitled());
    let again = "notice new v4 --today 2024-05-05 --effective 2024-06-05";
    let run = place.run(again);
    assert!(run.out.contains("(N2024-002, 1 change)"), "{run:?}");
    let states = |words: &str| rows(&place, words).iter().map(|row| row["state"].clone()).collect::<Vec<_>>();
    assert_eq!(states(""), ["reverted", "draft"]);
    assert!(place.run(again).out.starts_with("nothing to announce"), "the draft waits for it");
    let path = rows(&place, "")[1]["path"].as_str().unwrap().to_owned();
    place.write(&path, &place.read(&path).replace("# announced_on = 2030-01-31", "announced_on = 2024-05-05"));
    place.release("v6");
    assert_eq!(states(""), ["reverted", "shipped"]);
    assert_eq!(states("--production v3"), ["shipped", "announced"]);
}

#[test]
fn a_notice_speaks_the_languages_asked_for() {
    let place = about_to_break();
    place.run(&format!("{NEW} --langs fr,en --title Titre"));
    let text = place.read("preavis/notices/2024-05-02-titre.md");
    let (fr, en) = (text.find("<!-- fr -->\n# Titre\n").unwrap(), text.find("<!-- en -->\n# `title` is").unwrap());
    assert!(fr < en && text.contains("## Ce que vous devez faire") && text.contains("## What to do"));
}

#[test]
fn the_state_follows_production() {
    let place = about_to_break();
    place.run(NEW);
    let state = |words: &str| rows(&place, words)[0]["state"].as_str().unwrap().to_owned();
    assert_eq!(state(""), "draft");
    place.write(FILE, &place.read(FILE).replace("# announced_on = 2030-01-31", "announced_on = 2024-05-02"));
    assert_eq!(state(""), "announced");
    assert_eq!(rows(&place, "--today 2024-06-02")[0]["overdue"], true);
    place.release("v3");
    let row = rows(&place, "")[0].clone();
    assert_eq!((row["state"].as_str(), row["shipped_on"].as_str()), (Some("shipped"), Some("2024-05-03")));
    assert_eq!(row["late_by"], Value::Null);
    place.write("api.yaml", &extended());
    place.release("v5");
    let row = rows(&place, "")[0].clone();
    assert_eq!((row["state"].as_str(), row["reverted_on"].as_str()), (Some("reverted"), Some("2024-05-05")));
    // Another ref may be what runs.
    assert_eq!(rows(&place, "--production v3")[0]["state"], "shipped");
}

#[test]
fn what_was_announced_late_is_marked_everywhere() {
    let place = about_to_break();
    place.release("v2");
    let run = place.run("notice new v1 v2 --today 2024-05-09 --announce");
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(rows(&place, "")[0]["late_by"], 7);
    let table = place.run("notice list --lang fr").out;
    assert!(table.contains("en production, annoncée avec 7 jours de retard"), "{table}");
    let changelog = place.run("changelog").out;
    assert!(changelog.contains("**`title` is no longer sent in `book`.**"), "{changelog}");
    assert!(
        changelog.contains("- Reference: N2024-001 · announced on 9 May 2024, 7 days after it shipped"),
        "{changelog}"
    );
    // The words are the notice's: what people wrote is what stands there.
    let path = rows(&place, "")[0]["path"].as_str().unwrap().to_owned();
    place.write(&path, &place.read(&path).replace("# `title` is no longer sent in `book`", "# Books have no title"));
    assert!(place.run("changelog").out.contains("**Books have no title.**"));
}

#[test]
fn a_faulty_notice_is_shown_where_it_stands() {
    let place = about_to_break();
    place.write("preavis/notices/x.md", "+++\nid = \"N1\"\nkind = \"loud\"\n+++\n");
    let run = place.run("notice list");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: preavis/notices/x.md:3:8: unknown variant `loud`"), "{}", run.err);
}

/// Books and films, each with a title; then neither has one, and films have a name.
fn two_resources() -> Place {
    let films = |schema: &str| {
        let operation = "  /films:\n    get:\n      responses:\n        \"200\":\n          description: All films\n          \
                         content:\n            application/json:\n              schema:\n                \
                         $ref: \"#/components/schemas/film\"\ncomponents:\n";
        format!("{}{schema}", BOOKS.replace("components:\n", operation))
    };
    let film = "    film:\n      type: object\n      required: [length]\n      properties: {length: {type: integer}}\n";
    let named = "    film:\n      type: object\n      properties: {minutes: {type: string}}\n";
    let place = Place::repository();
    place.write("api.yaml", &films(film));
    place.release("v1");
    place.write("api.yaml", &films(named).replace(", title]", "]").replace("        title: {type: string}\n", ""));
    place
}

#[test]
fn what_nobody_edited_is_said_to_each_partner_of_its_own_changes_only() {
    let place = two_resources();
    place.write("preavis/partners/cinema.toml", "slug = \"cinema\"\n[[uses]]\nop = \"GET /films\"\n");
    assert_eq!(place.run(&format!("{NEW} --title Titles")).code, 0);
    let path = "preavis/notices/2024-05-02-titles.md";
    place.write(path, &place.read(path).replace("# announced_on = 2030-01-31", "announced_on = 2024-05-02"));
    let render = "notice render N2024-001 --partner cinema --format text --today 2024-05-03";
    let said = place.run(render).out;
    assert!(said.contains("\"length\" is no longer sent in \"film\".") && !said.contains("in \"book\""), "{said}");
    assert!(said.contains("- \"minutes\" may now be sent in \"film\"."), "what comes beside is named: {said}");
    // What people wrote stays, whomever it concerns.
    let mine = place.read(path).replace("\n## What to do\n", "\n## What to do\n\nMind `title` in `book` too.\n");
    place.write(path, &mine);
    let said = place.run(render).out;
    assert!(
        said.contains("Mind \"title\" in \"book\" too.") && !said.contains("\"title\" is no longer sent"),
        "{said}"
    );
}
