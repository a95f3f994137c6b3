//! Notices, logs and what partners read, in every format.

use std::fmt::Write;

use mail_parser::MessageParser;

use super::super::announced::{FACTS, NOTICE, add, announced, edit};
use super::super::place::Place;
use super::{HIDDEN, HOSTILE, amiss, harmless, quoted, run, speaks};

/// The message of a notice in a format. Mails and calendars are files: nothing in them hides, and they are no logs.
fn render(place: &Place, format: &str, doing: &str) -> String {
    let run =
        run(&mut place
            .command(&format!("notice render N2024-001 --today 2024-05-02 --to a@b.example --format {format}")));
    assert_eq!((run.code, amiss(&run.err)), (0, None), "{run:?}");
    let text = run.out.replace("\r\n", "\n");
    if ["eml", "ics"].contains(&format) {
        assert!(!HIDDEN.is_match(&text), "{format} of {doing}: {text}");
        if let Some(mail) = MessageParser::default().parse(run.out.as_bytes()).filter(|_| format == "eml") {
            let bodies = mail.parts.iter().filter_map(|part| part.text_contents());
            bodies
                .for_each(|body| assert!(!HIDDEN.is_match(&body.replace("\r\n", "\n")), "{format} of {doing}: {body}"));
            assert!(!HIDDEN.is_match(mail.subject().unwrap()));
        }
    } else {
        assert_eq!(speaks(&text), None, "{format} of {doing}");
    }
    text
}

#[test]
fn what_maintainers_write_says_nothing() {
    for hostile in HOSTILE {
        let place = announced();
        edit(
            &place,
            NOTICE,
            "## What changes\n",
            &format!(
                "## What changes\n\n{hostile}\n\n    {hostile}\n\n~~~ yaml\n{hostile}\n~~~\n\n- {hostile}\n\n| a |\n|---|\n| {hostile} |\n"
            ),
        );
        for format in ["md", "text", "html", "eml", "ics", "context"] {
            render(&place, format, &format!("{hostile:?}"));
        }
        for format in ["md", "text", "html", "eml", "context"] {
            let args = format!("notice render --digest 2024-05-01..2024-05-08 --to a@b.example --format {format}");
            let run = run(&mut place.command(&args));
            assert!(run.code == 0 && (format == "eml" || speaks(&run.out).is_none()), "{run:?}");
        }
        harmless(&run(&mut place.command("changelog")), hostile);
        harmless(&run(&mut place.command("notice list --format md")), hostile);
    }
}

#[test]
fn titles_and_facts_say_nothing() {
    for hostile in HOSTILE {
        let place = announced();
        let said = quoted(&format!("{hostile} and a reason that is long enough"));
        add(&place, &format!("acks = [{{partner = \"hall\", on = 2024-05-03, evidence = {said}}}]"));
        edit(
            &place,
            NOTICE,
            "# `title` is no longer sent in `book`",
            &format!("# {}", hostile.replace(['\n', '\r'], " ")),
        );
        let facts = place.read(FACTS);
        let spoken = quoted(hostile);
        place.write(
            FACTS,
            &facts
                .replace(": \"title\"", &format!(": {spoken}"))
                .replace("\"book\"", &spoken)
                .replace("\"Books\"", &spoken),
        );
        for format in ["md", "text", "html", "eml", "ics", "context"] {
            render(&place, format, &format!("{hostile:?}"));
        }
        for args in
            ["notice list", "notice list --format md", "notice list --format json", "changelog --write C.md --dry-run"]
        {
            harmless(&run(&mut place.command(args)), &format!("{args} with {hostile:?}"));
        }
    }
}

#[test]
fn a_template_that_takes_all_over_as_it_is_says_nothing() {
    for hostile in HOSTILE {
        let place = announced();
        edit(&place, "preavis.toml", "[site]", "templates = \"words\"\n[site]");
        for medium in ["md", "text", "html"] {
            let text = format!("{hostile}\n{{{{{{title}}}}}}\n{{{{{{api.title}}}}}}\n\ttab\n");
            place.write(&format!("words/{medium}/notice.hbs"), &text.replace("{{FORGED", "FORGED"));
        }
        let title = quoted(hostile);
        place.write(FACTS, &place.read(FACTS).replace("\"Books\"", &title));
        for format in ["md", "text", "html", "eml"] {
            let doing = format!("{hostile:?}");
            assert!(render(&place, format, &doing).contains("tab"), "{doing}");
        }
    }
}

#[test]
fn logs_and_sources_of_partners_say_nothing() {
    for hostile in HOSTILE {
        let place = announced();
        place.release("v2");
        place.write("preavis/partners/hall.toml", &format!("slug = \"hall\"\nname = {}\n", quoted(hostile)));
        let one = hostile.replace(['\n', '\r'], " ");
        let mut log = String::new();
        for n in 0..4 {
            let _ = writeln!(
                log,
                "203.0.113.{n} - - [0{}/May/2024:10:00:00 +0000] \"GET /{one}?{one}=1 HTTP/1.1\" 200 9 \"-\" \"{one}\"",
                n + 1
            );
            let _ = writeln!(
                log,
                "203.0.113.{n} - - [01/May/2024:10:00:00 +0000] \"GET /books?{one}=1 HTTP/1.1\" 200 9 \"-\" \"{one}\""
            );
        }
        let _ = writeln!(log, "{hostile}");
        place
            .write("access.log", &log)
            .write(&format!("theirs/{}/a.rb", hostile.replace('/', "")), &format!("title {hostile}\n"));
        for args in [
            "usage import access.log",
            "usage import access.log --report md",
            "usage import access.log --report json --format combined",
            "usage show",
            "usage show --format md",
            "usage show --format json",
            "usage scan theirs v1 v2",
            "usage scan theirs v1 v2 --format md",
            "usage scan theirs v1 v2 --format json",
        ] {
            harmless(&run(&mut place.command(args)), &format!("{args} with {hostile:?}"));
        }
    }
}
