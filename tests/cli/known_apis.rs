//! Partner files that name an API: one that the repository has or had in production, else an error in every answer.

use std::fs;

use super::announced::announced;
use super::place::{BOOKS, Place};

const ANSWERS: &[&str] = &[
    "usage show",
    "usage import calls.log",
    "notice render N2024-001 --partner mill",
    "notice render --digest 2024-05-01..2024-05-31 --partner mill",
    "notice render --since v1 --partner mill",
    "notice new v1 --id N2024-002 --title Again --only ID",
    "publish --opml mill",
];

fn naming(apis: &str) -> Place {
    let place = announced();
    place.write("calls.log", "{\"method\": \"GET\", \"path\": \"/books\", \"status\": 200}\n");
    place.write("preavis/partners/port.toml", &format!("slug = \"port\"\nname = \"Port\"\napis = [{apis}]\n"));
    place
}

fn answers(place: &Place) -> impl Iterator<Item = String> {
    let notice = place.read(super::announced::NOTICE);
    let id = notice.split("\"pv1-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    ANSWERS.iter().map(move |args| args.replace("ID", &format!("pv1-{id}")))
}

#[test]
fn an_api_that_nobody_has_is_an_error_with_those_there_are() {
    let place = naming("\"api\", \"apj\"");
    let before = place.git(&["status", "--porcelain", "--untracked-files=all"]);
    for args in answers(&place) {
        place.run(&args).could_not_tell(
            "error: preavis/partners/port.toml:3:16: the repository has no API `apj`\n  \
               |\n\
             3 | apis = [\"api\", \"apj\"]\n  \
               |                ^^^^^\n\
             help: the ids of its APIs are `api`\n",
        );
    }
    assert_eq!(place.git(&["status", "--porcelain", "--untracked-files=all"]), before);
    // What is said to everyone asks no partner.
    assert_eq!(place.run("notice render N2024-001").code, 0);
    assert_eq!(place.run("publish --out site").code, 0);
}

#[test]
fn an_api_that_is_configured_or_new_or_was_removed_is_one() {
    let place = Place::repository();
    place.write("old.yaml", BOOKS).write("api.yaml", BOOKS);
    place.release("v1");
    fs::remove_file(place.path().join("old.yaml")).unwrap();
    place.release("v2");
    place.write("new.yaml", BOOKS);
    place.write("preavis/partners/port.toml", "slug = \"port\"\napis = [\"api\", \"old\", \"new\"]\n");
    let run = place.run("usage show");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert_eq!(place.run("usage show --at v1").code, 0);
    assert_eq!(place.run("usage show --spec api.yaml").code, 0);
    place.write("preavis/partners/port.toml", "slug = \"port\"\napis = [\"later\"]\n");
    let run = place.run("usage show");
    assert!(run.err.contains("help: the ids of its APIs are `api`, `new`, `old`\n"), "{run:?}");
    place.write("preavis.toml", "[[api]]\nid = \"later\"\npath = \"later.yaml\"\n");
    assert_eq!(place.run("usage show --spec api.yaml").code, 0);
}
