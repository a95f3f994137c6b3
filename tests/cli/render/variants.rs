//! What a message does follows from the notice, from production and from the day.

use super::super::announced::{NOTICE, add, announced, edit};
use crate::cli::place::{BOOKS, Place, untitled};

/// The variant of a message to everyone, in English and French.
#[track_caller]
fn shows(place: &Place, words: &str, variant: &str, said: [&str; 2]) {
    let render = |more: &str| {
        let run = place.run(&format!("notice render N2024-001 {words} {more}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        run.out
    };
    let context: serde_json::Value = serde_json::from_str(&render("--format context")).unwrap();
    assert_eq!(context["variant"], variant);
    for (lang, said) in ["en", "fr"].into_iter().zip(said) {
        let text = render(&format!("--format text --lang {lang}"));
        assert!(text.contains(said), "no {said:?} in {text}");
    }
}

/// Production runs another document from a day of May on.
fn ships(place: &Place, day: u8, document: &str) {
    place.write("api.yaml", document);
    place.release(&format!("v{day}"));
}

#[test]
fn a_reminder_is_due_in_the_last_week() {
    let place = announced();
    let said = ["In production: Saturday 1 June 2024.", "Mise en production\u{a0}: samedi 1er juin 2024."];
    shows(&place, "--today 2024-05-24", "announcement", said);
    shows(&place, "--today 2024-05-25", "reminder", ["It ships in 7 days.", "Mise en production dans 7 jours."]);
    shows(&place, "--today 2024-05-31", "reminder", ["It ships in 1 day.", "Mise en production dans 1 jour."]);
    shows(&place, "--today 2024-06-01", "reminder", ["It ships today.", "Mise en production aujourd’hui."]);
    let said = ["The planned day, 1 June 2024, has passed", "La date prévue, le 1er juin 2024, est passée"];
    shows(&place, "--today 2024-06-02", "announcement", said);
}

#[test]
fn a_second_revision_says_first_what_was_wrong() {
    let place = announced();
    edit(&place, NOTICE, "revision = 1", "revision = 2");
    edit(&place, NOTICE, "## What changes", "## Correction\n\nIt is the title.\n\n## What changes");
    edit(&place, NOTICE, "## Ce qui change", "## Rectificatif\n\nC'est le titre.\n\n## Ce qui change");
    let said = ["CORRECTION\nIt is the title.\n", "RECTIFICATIF\nC'est le titre.\n"];
    shows(&place, "--today 2024-05-03", "correction", said);
}

#[test]
fn another_date_names_both() {
    let place = announced();
    add(&place, "postponed_from = [2024-06-01]");
    edit(&place, NOTICE, "effective_on = 2024-06-01", "effective_on = 2024-06-15");
    let said = [
        "New date: 15 June 2024 (instead of 1 June 2024).",
        "Nouvelle date\u{a0}: 15 juin 2024 (au lieu du 1er juin 2024).",
    ];
    shows(&place, "--today 2024-05-03", "postponement", said);
}

#[test]
fn what_was_withdrawn_asks_for_nothing() {
    let place = announced();
    add(&place, "withdrawn_on = 2024-05-04");
    let said = ["This change will not be made. You have nothing to do.", "Vous n’avez rien à faire."];
    shows(&place, "--today 2024-05-04", "cancellation", said);
    let told = ["We had announced: ", "Nous avions annoncé\u{a0}: "];
    shows(&place, "--today 2024-05-04", "cancellation", told);
}

#[test]
fn production_decides_whether_it_shipped_and_was_taken_back() {
    let place = announced();
    ships(&place, 5, &untitled());
    let shipped = ["in production since 5 May 2024.", "en production depuis le 5 mai 2024."];
    shows(&place, "--today 2024-05-06", "shipped", shipped);
    ships(&place, 7, BOOKS);
    let said =
        ["This change was taken back on 7 May 2024. You have nothing to do.", "retiré de la production le 7 mai 2024."];
    shows(&place, "--today 2024-05-08", "cancellation", said);
    // Where production is another ref, it still stands.
    shows(&place, "--today 2024-05-08 --production v5", "shipped", shipped);
}

#[test]
fn what_shipped_before_it_was_announced_is_owned_up_to() {
    let place = announced();
    edit(&place, NOTICE, "announced_on = 2024-05-02", "announced_on = 2024-05-08");
    ships(&place, 5, &untitled());
    shows(&place, "--today 2024-05-08", "shipped", ["We should have told you sooner.", "vous prévenir plus tôt."]);
}

#[test]
fn an_emergency_says_why() {
    let place = announced();
    add(&place, "emergency = {reason = \"The titles leaked names of readers.\"}");
    let said = ["we apologise.\nThe titles leaked names of readers.", "The titles leaked names of readers."];
    shows(&place, "--today 2024-05-02", "emergency", said);
}

#[test]
fn another_variant_can_be_asked_for() {
    let place = announced();
    for variant in ["announcement", "reminder", "correction", "postponement", "cancellation", "shipped", "emergency"] {
        let words = format!("--today 2024-05-02 --as {variant}");
        shows(
            &place,
            &words,
            variant,
            ["\"title\" is no longer sent in \"book\"", "Le champ «\u{a0}title\u{a0}» disparaît de «\u{a0}book\u{a0}»"],
        );
    }
}
