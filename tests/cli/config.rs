//! `preavis.toml`: errors with their place, levels, and the published schema.

use super::place::{Place, untitled};

#[test]
fn an_unknown_key_is_shown_where_it_stands() {
    let place = Place::two_commits(&untitled());
    place.write("preavis.toml", "lang = \"en\"\n\n[[apis]]\nid = \"a\"\n");
    place.run("diff v1 v2").could_not_tell(
        "error: preavis.toml:3:3: unknown field `apis`, expected one of `lang`, `api`, `levels`, `production`, `templates`, `documents`, `site`, `mail`, `gate`, `next`\n  \
           |\n\
         3 | [[apis]]\n  \
           |   ^^^^\n",
    );
}

#[test]
fn an_unknown_rule_has_neighbours() {
    let place = Place::two_commits(&untitled());
    place.write("team.toml", "[levels]\nresponse-property-remove = \"docs\"\n");
    let run = place.run("diff v1 v2 --config team.toml");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: team.toml:2:1: unknown rule `response-property-remove`, did you mean"));
    assert!(run.err.contains("`response-property-removed`") && run.err.contains("^^^^"), "{run:?}");
    let run = place.run("diff v1 v2 --config nowhere.toml");
    assert!(run.code == 2 && run.err.starts_with("error: cannot read the configuration `nowhere.toml`: "), "{run:?}");
}

#[test]
fn a_configuration_says_nothing_to_the_terminal() {
    let place = Place::two_commits(&untitled());
    place.write("preavis.toml", "lang = \"en\"\n\"\\u001b]0;mine\\u0007\" = 1\n");
    let run = place.run("diff v1 v2");
    assert_eq!(run.code, 2);
    assert!(run.err.starts_with("error: preavis.toml:2:1: unknown field `\\u{1b}]0;mine\\u{7}`"), "{run:?}");
    assert!(!run.err.contains(|c: char| c.is_control() && c != '\n'), "{run:?}");
}

#[test]
fn levels_are_decided_by_the_owner() {
    let place = Place::two_commits(&untitled());
    place.write("preavis.toml", "[levels]\nresponse-property-removed = \"risky\"\n");
    let run = place.run("diff v1 v2 --fail-on breaking --format json");
    assert_eq!((run.code, &run.json()["verdict"]), (0, &"risky".into()));
    assert_eq!(place.run("diff v1 v2 --fail-on risky").code, 1);
}

#[test]
fn words_of_stability_stand_in_the_order_of_the_configuration() {
    let api = |word: &str| {
        let head = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n  /p:\n    get:\n";
        format!("{head}{word}      responses: {{'200': {{description: Ok}}}}\n")
    };
    let place = Place::new();
    let said = |order: &str, from: &str, to: &str| {
        place.write("preavis.toml", &format!("[gate.stability]\nfield = \"x-s\"\n{order}"));
        place.write("old.yaml", &api(from));
        place.write("new.yaml", &api(to));
        let report = place.run("diff old.yaml new.yaml --config preavis.toml --format json").json();
        let api = &report["apis"][0];
        let problems: Vec<_> = api["problems"].as_array().unwrap().iter().map(|p| p["line"].to_string()).collect();
        let rules: Vec<_> = api["changes"].as_array().unwrap().iter().map(|c| c["rule"].clone()).collect();
        (rules, problems)
    };
    let word = |word: &str| format!("      x-s: {word}\n");
    let (lowered, raised) = (vec!["stability-lowered".into()], vec!["stability-raised".into()]);
    assert_eq!(said("zoo = 5\nlab = 0\n", &word("zoo"), &word("lab")), (raised.clone(), vec![]));
    assert_eq!(said("lab = 0\nzoo = 5\n", &word("zoo"), &word("lab")), (lowered.clone(), vec![]));
    assert_eq!(said("lab = 0\nzoo = 5\n", "", &word("zoo")), (lowered, vec![]));
    assert_eq!(said("stable = 5\ncore = 30\n", "", &word("core")), (raised, vec![]));
    let unknown = (vec!["extension-edited".into()], vec!["6".to_owned()]);
    assert_eq!(said("lab = 0\nzoo = 5\n", "", &word("beta")), unknown);
}
