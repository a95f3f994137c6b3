//! Digests of a period, and what differs from the version a partner is on.

use crate::cli::announced::{NOTICE, announced, edit};
use crate::cli::place::{BOOKS, Place, extended, untitled};

#[track_caller]
fn said(place: &Place, words: &str) -> String {
    let run = place.run(&format!("notice render --today 2024-05-09 {words}"));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    run.out
}

/// Asserts that nothing is sent, and that it is said so.
#[track_caller]
fn silent(place: &Place, words: &str) {
    for format in ["md", "eml"] {
        let run = place.run(&format!("notice render --digest {words} --format {format}"));
        let told = "warning: nothing to tell in this period: a digest is not sent\n";
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", told), "{words}");
    }
}

#[test]
fn a_digest_tells_what_to_prepare_and_then_what_arrived() {
    let place = announced();
    let week = "--digest 2024-05-01..2024-05-08 --partner hall";
    let text = said(&place, week);
    assert!(text.starts_with("# Books, du 1er mai 2024 au 8 mai 2024\u{a0}: 1 changement à préparer\n"), "{text}");
    assert!(text.contains("## À faire avant le 1er juin 2024\n"), "{text}");
    let mail = said(&place, &format!("{week} --format eml"));
    assert!(mail.contains("\r\nContent-Language: fr\r\n"), "{mail}");
    place.release("v5");
    let text = said(&place, &format!("{week} --lang en"));
    assert!(text.contains("## In production in this period\n") && text.contains("since 5 May 2024."), "{text}");
}

#[test]
fn an_empty_digest_is_not_sent() {
    let place = announced();
    silent(&place, "2024-04-01..2024-04-30");
    silent(&place, "2024-05-01..2024-05-08 --partner mill");
    edit(&place, NOTICE, "announced_on = 2024-05-02\n", "");
    silent(&place, "2024-05-01..2024-05-08");
}

#[test]
fn what_came_and_went_in_between_cancels_out() {
    let place = announced();
    let since = "--since v1 --partner hall --lang en";
    for (tag, document) in [("v3", untitled()), ("v4", BOOKS.to_owned())] {
        place.write("api.yaml", &document);
        place.release(tag);
    }
    assert_eq!(said(&place, since), "Nothing that concerns you has changed.\n");
    place.write("api.yaml", &untitled());
    place.release("v5");
    let text = said(&place, since);
    assert!(text.contains("## Action required\n") && text.contains("In production since 5 May 2024 (`v5`)."), "{text}");
    let french = said(&place, "--since v1 --partner hall");
    assert!(french.contains("En production depuis le 5 mai 2024"), "{french}");
    let mill = said(&place, "--since v1 --partner mill");
    assert!(mill.starts_with("Nothing for you: ") && mill.lines().count() == 1, "{mill}");
}

#[test]
fn what_is_only_added_is_told_as_such() {
    let place = announced();
    place.write("api.yaml", &extended());
    place.release("v3");
    let text = said(&place, "--since v1");
    assert!(text.contains("## For information\n") && text.contains("`pages`"), "{text}");
    assert!(said(&place, "--since v1 --partner hall --lang en").starts_with("Nothing for you: "));
}

#[test]
fn a_difference_is_no_mail() {
    let place = announced();
    place.release("v3");
    for words in [
        "--since v1 --format eml",
        "--since v3 --partner hall --format ics",
        "--digest 2024-05-01..2024-05-08 --format ics",
    ] {
        place.run(&format!("notice render {words}")).could_not_tell(
            "error: this message has no such format\nhelp: use md, html, text or context; a digest is also a mail (eml)\n",
        );
    }
}
