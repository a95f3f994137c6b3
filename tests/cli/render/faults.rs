//! What cannot be told: asked for wrongly, or with facts that are missing or broken.

use crate::cli::announced::{FACTS, NOTICE, announced, edit, rendered};
use crate::cli::place::Place;

#[test]
fn what_does_not_exist_is_named_with_what_does() {
    let place = announced();
    for (words, said) in [
        ("N9", "error: no notice has the id `N9`\nhelp: there are `N2024-001`\n"),
        (
            "N2024-001 --partner nobody",
            "error: no partner `nobody`\nhelp: write a file for it, or use one of the slugs that `preavis usage show` lists\n",
        ),
        ("N2024-001 --as loud", "unknown variant `loud`: announcement, reminder, correction, postponement"),
        ("N2024-001 --format pdf", "unknown format `pdf`: md, html, text, eml, ics or context"),
        ("--digest 2024-05-08..2024-05-01", "write it like 2023-02-06..2023-02-13"),
        ("--since nowhere", "nowhere"),
        ("", "required"),
    ] {
        let run = place.run(&format!("notice render {words}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{words}");
        assert!(run.err.contains(said), "no {said:?} in {}", run.err);
    }
}

fn remove(place: &Place, path: &str) {
    std::fs::remove_file(place.path().join(path)).unwrap();
}

#[test]
fn facts_that_are_missing_are_found_in_production() {
    let place = announced();
    remove(&place, FACTS);
    let fingerprint = place.read(NOTICE).split('"').find(|part| part.starts_with("pv1-")).unwrap().to_owned();
    place.run("notice render N2024-001").could_not_tell(&format!(
        "error: {NOTICE}: nothing is known of `{fingerprint}`, which it covers: it is not in {FACTS}, and no release \
         made all it covers\nhelp: restore the file, or draft the change again from the same two versions\n"
    ));
    place.release("v3");
    let text = rendered(&place, "--partner hall");
    assert!(text.contains("Vous lisez `title`"), "{text}");
}

#[test]
fn what_is_covered_and_unknown_is_never_nothing_for_you() {
    let place = announced();
    edit(&place, NOTICE, "covers = [\n", "covers = [\n  \"pv1-0000000000000000\",\n");
    for partner in ["hall", "mill"] {
        let run = place.run(&format!("notice render N2024-001 --partner {partner}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("nothing is known of `pv1-0000000000000000`"), "{}", run.err);
    }
}

#[test]
fn broken_facts_are_an_error_with_the_way_out() {
    let place = announced();
    for text in ["{\n  \"version\": 1,\n  oops\n}\n", "[]", ""] {
        place.write(FACTS, text);
        let run = place.run("notice render N2024-001 --output out.md");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}");
        let begins = format!("error: {FACTS} is no report; remove it, and facts are taken from the history: ");
        assert!(run.err.starts_with(&begins) && run.err.contains(" at line "), "{}", run.err);
    }
    assert!(!place.path().join("out.md").exists());
}

#[test]
fn a_day_and_a_sender_are_asked_for_where_they_are_missing() {
    let place = announced();
    edit(&place, NOTICE, "effective_on = 2024-06-01\n", "");
    place
        .run("notice render N2024-001 --format ics")
        .could_not_tell("error: notice `N2024-001` has no day for a calendar; give it `effective_on`\n");
    edit(&place, "preavis.toml", "from = \"api@library.example\"\n", "");
    place
        .run("notice render N2024-001 --format eml")
        .could_not_tell("error: no sender: set `from` under [mail] in preavis.toml\n");
}

#[test]
fn a_partner_that_is_named_and_unknown_is_pointed_out() {
    let place = announced();
    edit(
        &place,
        NOTICE,
        "audience = \"uses\"",
        "audience = [\"mil\", \"hall\"]\nacks = [{partner = \"prot\", on = 2024-05-03}]",
    );
    let run = place.run("notice render N2024-001");
    let told = ["mil", "prot"]
        .map(|slug| format!("warning: {NOTICE} names `{slug}`, which has no file in preavis/partners\n"));
    assert_eq!((run.code, run.err), (0, told.concat()));
}

#[test]
fn a_notice_that_says_too_much_is_named_where_it_stops_others() {
    let place = announced();
    place.release("v2");
    let row = |cell: &str| format!("|{cell}").repeat(3_000);
    let table = format!("{}|\n{}|\n{}\n", row("a"), row("-"), "a\n".repeat(85));
    for heading in ["## What changes\n", "## What to do\n"] {
        edit(&place, NOTICE, heading, &format!("{heading}\n{table}"));
    }
    for words in ["publish --out site", "notice render N2024-001 --format html"] {
        let run = place.run(words);
        run.could_not_tell_of(&format!("error: {NOTICE}: what it says cannot be written: template `html/body`"));
        run.could_not_tell_of("it writes more than 4194304 bytes\nhelp: shorten its texts, wide tables above all");
    }
}
