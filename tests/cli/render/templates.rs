//! Templates of a team's own.

use crate::cli::announced::{announced, edit, rendered};
use crate::cli::place::Place;

/// Our own `text/notice`, in the folder of the configuration.
fn own(text: &str) -> Place {
    let place = announced();
    edit(&place, "preavis.toml", "[site]", "templates = \"words\"\n[site]");
    place.write("words/text/notice.hbs", text);
    place
}

#[test]
fn they_take_the_place_of_ours() {
    let place = own("{{partner.name}}: {{say title}}\n{{#each why_you}}{{say sentence}}\n{{/each}}");
    assert_eq!(
        rendered(&place, "--partner port --format text"),
        "port: \"title\" is no longer sent in \"book\"\nYou call GET /books, as your team declared.\n\
         We do not know whether you use book.title.\n"
    );
    // The other formats stay ours, and a mail takes its text from there.
    assert!(rendered(&place, "--partner port").starts_with("# `title` is no longer sent"));
    assert!(
        rendered(&place, "--partner port --format eml")
            .contains("\r\nport: \"title\" is no longer sent in \"book\"\r\n")
    );
}

#[test]
fn a_wrong_one_is_shown_where_it_stands() {
    for (text, said) in [
        (
            "{{id}}\n{{nobody}}\n",
            "error: words/text/notice.hbs:2:1: there is no `nobody` here; `--format context` shows",
        ),
        ("{{id}}\n\n{{#if id}}\n", "error: words/text/notice.hbs:"),
        ("{{id}}\n{{> nothing}}\n", "error: words/text/notice.hbs:2: there is no `nothing` to include"),
    ] {
        let run = own(text).run("notice render N2024-001 --format text --output out.txt");
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.starts_with(said), "{}", run.err);
    }
}

#[test]
fn the_site_shows_them_too_and_a_wrong_one_stops_it() {
    let place = own("{{id}}\n");
    place.write("words/html/body.hbs", "{{id}}, in our words.\n");
    assert_eq!(place.run("publish --out site").code, 0);
    assert!(place.read("site/n/N2024-001.html").contains("N2024-001, in our words."));
    place.write("words/html/body.hbs", "{{nobody}}\n");
    let run = place.run("publish --out other");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("error: words/html/body.hbs:1:1: there is no `nobody` here"), "{}", run.err);
    assert!(!place.path().join("other/index.html").exists());
    place.write("words/md/notise.hbs", "");
    let run = place.run("publish --out other");
    assert!(run.code == 2 && run.err.starts_with("error: words/md/notise.hbs: no message uses it"), "{}", run.err);
}

#[test]
fn a_folder_without_any_is_pointed_out() {
    let place = announced();
    edit(&place, "preavis.toml", "[site]", "templates = \"words\"\n[site]");
    let run = place.run("notice render N2024-001");
    let told = "warning: no templates in `words`: they are named md/notice.hbs, html/digest.hbs and so on\n";
    assert_eq!((run.code, run.err.as_str()), (0, told));
}
