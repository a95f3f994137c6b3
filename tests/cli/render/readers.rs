//! Whom a notice concerns, why, and what the others get.

use std::fs;

use crate::cli::announced::{FACTS, NOTICE, announced, edit, rendered};
use crate::cli::place::{BOOKS, untitled};

const PARTNERS: [&str; 5] = ["hall", "mill", "port", "post", "desk"];
/// What the mill is told, which reads the id alone.
const NOTHING: &str = "Nothing for you: what changes is not among what you declared to read of `GET /books`.";

#[test]
fn each_is_told_why_and_no_more_than_is_known() {
    let place = announced();
    for (slug, english, french) in [
        ("hall", "You read `title`, as your team declared.", "Vous lisez `title`, comme votre équipe l’a déclaré."),
        ("port", "We do not know whether you use `book.title`.", "Nous ne savons pas si vous utilisez `book.title`."),
        (
            "post",
            "You receive `book` by webhook: it changes there too.",
            "Vous recevez `book` par webhook\u{a0}: le changement s’y applique aussi.",
        ),
        (
            "desk",
            "We do not know which operations you use, so everyone is told.",
            "Nous ne savons pas quelles opérations vous utilisez\u{a0}: nous prévenons donc tout le monde.",
        ),
    ] {
        for (lang, said) in [("en", english), ("fr", french)] {
            let text = rendered(&place, &format!("--partner {slug} --lang {lang}"));
            assert!(text.contains(&format!("\n- {said}\n")), "{slug}: no {said:?} in {text}");
        }
    }
    let everyone = rendered(&place, "");
    assert!(!everyone.contains("concerns you") && everyone.contains("## What changes"), "{everyone}");
}

#[test]
fn whom_it_does_not_concern_is_shown_why_and_sent_nothing() {
    let place = announced();
    for format in ["md", "text"] {
        assert_eq!(rendered(&place, &format!("--partner mill --format {format}")), format!("{NOTHING}\n"));
    }
    let french = rendered(&place, "--partner mill --lang fr");
    assert!(french.starts_with("Vous n’êtes pas concernés\u{a0}: ") && french.contains("`GET /books`"), "{french}");
    for format in ["eml", "html", "ics", "context"] {
        let run = place.run(&format!("notice render N2024-001 --partner mill --format {format} --output out"));
        assert_eq!((run.code, run.out.as_str(), run.err), (0, "", format!("warning: {NOTHING}\n")), "{format}");
    }
    assert!(!place.path().join("out").exists());
}

/// A notice of what the mill does not read and of an addition, each of which concerns it not for a reason of its own.
#[test]
fn nothing_is_said_of_all_that_is_true_of_some() {
    let place = announced();
    for path in [NOTICE, FACTS] {
        fs::remove_file(place.path().join(path)).unwrap();
    }
    place.write("api.yaml", &(untitled() + "        pages: {type: integer}\n"));
    let run = place.run("notice new v1 --level additive --announce --today 2024-05-02 --langs en");
    assert!(run.out.contains("(N2024-001, 2 changes)"), "{run:?}");
    assert_eq!(rendered(&place, "--partner mill"), format!("{NOTHING}\n"));
}

#[test]
fn the_same_is_not_said_twice() {
    let place = announced();
    place.write(
        "preavis/partners/twin.toml",
        "slug = \"twin\"\n[[uses]]\nop = \"GET /books\"\n[[uses]]\nop = \"GET /shelf\"\n",
    );
    let shelf = |text: &str| {
        text.replace("paths:\n", "paths:\n  /shelf:\n    get: {responses: {\"200\": {description: \"\", content: {application/json: {schema: {$ref: \"#/components/schemas/book\"}}}}}}\n")
    };
    place.write("old.yaml", &shelf(BOOKS)).write("api.yaml", &shelf(&untitled()));
    for path in [NOTICE, FACTS] {
        fs::remove_file(place.path().join(path)).unwrap();
    }
    let run = place.run("notice new old.yaml api.yaml --announce --today 2024-05-02 --langs en");
    assert_eq!(run.code, 0, "{run:?}");
    let text = rendered(&place, "--partner twin");
    assert_eq!(text.matches("We do not know whether you use `book.title`.").count(), 1, "{text}");
    assert!(text.contains("You call `GET /books`") && text.contains("You call `GET /shelf`"), "{text}");
}

#[test]
fn an_audience_is_told_all_the_same() {
    let place = announced();
    let told = || PARTNERS.map(|slug| !rendered(&place, &format!("--partner {slug} --lang en")).starts_with("Nothing"));
    assert_eq!(told(), [true, false, true, true, true]);
    for audience in ["\"all\"", "[\"mill\"]"] {
        let before = place.read(NOTICE);
        edit(&place, NOTICE, "audience = \"uses\"", &format!("audience = {audience}"));
        assert_eq!(told(), [true; 5], "{audience}");
        place.write(NOTICE, &before);
    }
    edit(&place, NOTICE, "audience = \"uses\"", "audience = [\"hall\"]");
    assert_eq!(told(), [true, false, true, true, true], "who is not named is told what touches it, and no more");
}

#[test]
fn a_partner_is_written_to_in_its_language() {
    let place = announced();
    let begins = |words: &str| rendered(&place, words).lines().next().unwrap().to_owned();
    assert_eq!(begins("--partner hall"), "# Le champ `title` disparaît de `book`");
    assert_eq!(begins("--partner port"), "# `title` is no longer sent in `book`");
    assert_eq!(begins("--partner hall --lang en"), begins("--partner port"));
    assert_eq!(begins(""), begins("--partner port"), "everyone reads the language of reports");
}
