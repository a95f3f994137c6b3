//! Every format, in both languages.

use crate::cli::announced::{add, announced, rendered};

#[test]
fn every_format_speaks_both_languages() {
    let place = announced();
    for (format, english, french) in [
        (
            "md",
            "## Why this concerns you (hall)\n\n- You read `title`, as your team declared.",
            "## Pourquoi ce message vous concerne (hall)\n\n- Vous lisez `title`, comme votre équipe l’a déclaré.",
        ),
        ("html", "<html lang=\"en\">", "<html lang=\"fr\">"),
        ("text", "DATES\n- Thursday 2 May 2024: announced\n", "CALENDRIER\n- jeudi 2 mai 2024\u{a0}: annonce\n"),
        ("eml", "Subject: Action required by 1 June 2024: \"title\"", "Subject: Action requise avant le 1er juin"),
        (
            "ics",
            "SUMMARY;LANGUAGE=en:Books: \"title\" is no longer",
            "SUMMARY;LANGUAGE=fr:Books\u{a0}: Le champ «\u{a0}title\u{a0}»",
        ),
        ("context", "\"word\": \"Action required\"", "\"word\": \"Action requise\""),
    ] {
        for (lang, said) in [("en", english), ("fr", french)] {
            let text = rendered(&place, &format!("--partner hall --format {format} --lang {lang}"));
            assert!(text.contains(said), "{format} {lang}: no {said:?} in {text}");
        }
    }
}

#[test]
fn a_mail_is_addressed_dated_and_the_same_each_time() {
    let place = announced();
    let mail = rendered(&place, "--partner hall --format eml --to api@hall.example");
    for line in [
        "From: Books <api@library.example>\r\n",
        "To: api@hall.example\r\n",
        "Date: Thu, 02 May 2024 08:00:00 +0000\r\n",
        "Content-Language: fr\r\n",
        "\r\nContent-Type: text/plain; charset=utf-8\r\n",
        "\r\nContent-Type: text/html; charset=utf-8\r\n",
        "\r\nContent-Type: text/calendar; charset=utf-8; method=PUBLISH\r\n",
    ] {
        assert!(mail.contains(line), "no {line:?} in {mail}");
    }
    assert_eq!(mail, rendered(&place, "--partner hall --format eml --to api@hall.example"));
}

#[test]
fn the_context_is_as_its_schema_says() {
    let place = announced();
    let context: serde_json::Value =
        serde_json::from_str(&rendered(&place, "--partner hall --format context")).unwrap();
    let schema = include_str!("../../../schemas/notice-context.schema.json");
    jsonschema::validate(&serde_json::from_str(schema).unwrap(), &context).unwrap();
    assert_eq!((&context["partner"]["slug"], &context["variant"]), (&"hall".into(), &"announcement".into()));
}

#[test]
fn a_file_is_written_instead() {
    let place = announced();
    let words = "--partner hall --format html";
    assert_eq!(rendered(&place, &format!("{words} --output out.html")), "");
    assert_eq!(place.read("out.html"), rendered(&place, words));
}

#[test]
fn who_is_ready_is_not_asked_again() {
    let place = announced();
    let asks = "When all is ready on your side";
    assert!(rendered(&place, "--partner port").contains(asks));
    add(&place, "acks = [{partner = \"port\", on = 2024-05-03}]");
    let text = rendered(&place, "--partner port");
    assert!(
        text.contains("You told us on 3 May 2024 that all is ready on your side.") && !text.contains(asks),
        "{text}"
    );
}

#[test]
fn calendars_move_to_the_day_it_came_on() {
    let place = announced();
    let lines = |text: &str| {
        let kept = text.lines().filter(|line| line.starts_with("SEQUENCE") || line.starts_with("DTSTART"));
        kept.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(lines(&rendered(&place, "--format ics")), ["SEQUENCE:0", "DTSTART;VALUE=DATE:20240601"]);
    place.release("v5");
    assert_eq!(lines(&rendered(&place, "--format ics")), ["SEQUENCE:1", "DTSTART;VALUE=DATE:20240505"]);
}
