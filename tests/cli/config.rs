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
