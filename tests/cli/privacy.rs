//! No partner learns of another, and the public learns of none.
//!
//! Everything that is known of a partner carries its word, its number of calls or the day of its answer.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use mail_parser::MessageParser;

use super::announced::{NOTICE, add, announced, edit, rendered};
use super::place::Place;

struct Partner {
    word: &'static str,
    /// How often it calls.
    calls: [&'static str; 3],
    /// When it said that it is ready.
    ready: [&'static str; 3],
}

const PARTNERS: [Partner; 3] = [
    Partner {
        word: "quetzal",
        calls: ["1234", "1,234", "1\u{202f}234"],
        ready: ["2024-05-17", "17 May 2024", "17 mai 2024"],
    },
    Partner {
        word: "narwhal",
        calls: ["2345", "2,345", "2\u{202f}345"],
        ready: ["2024-05-18", "18 May 2024", "18 mai 2024"],
    },
    Partner {
        word: "okapi",
        calls: ["3456", "3,456", "3\u{202f}456"],
        ready: ["2024-05-19", "19 May 2024", "19 mai 2024"],
    },
];

impl Partner {
    fn file(&self) -> String {
        let word = self.word;
        format!(
            "slug = \"{word}\"\nname = \"Maison {word}\"\nlanguages = [\"fr\"]\ncontacts = [\"team-{word}\"]\n\
             [[uses]]\nop = \"GET /books\"\n[match]\nagent_email_suffix = [\"@{word}.example\"]\n"
        )
    }

    /// The first of its marks that a text holds.
    fn found_in(&self, text: &str) -> Option<&'static str> {
        let text = text.to_lowercase();
        let marks = [self.word].into_iter().chain(self.calls).chain(self.ready);
        marks.into_iter().find(|mark| text.contains(&mark.to_lowercase()))
    }
}

/// Three partners that call, were named in the notice and have answered it.
fn place() -> Place {
    let place = announced();
    fs::remove_dir_all(place.path().join("preavis/partners")).unwrap();
    let (mut log, mut acks) = (String::new(), String::new());
    for partner in &PARTNERS {
        let Partner { word, calls: [count, ..], ready: [day, ..] } = partner;
        place.write(&format!("preavis/partners/{word}.toml"), &partner.file());
        let line = format!(
            "203.0.113.7 - ada@{word}.example [01/May/2024:10:00:00 +0000] \"GET /books HTTP/1.1\" 200 9 \"-\" \"{word}\"\n"
        );
        log.push_str(&line.repeat(count.parse().unwrap()));
        let _ = write!(acks, "{{partner = \"{word}\", on = {day}, evidence = \"https://{word}.example/pull/7\"}},");
    }
    let run = place.run_with("usage import -", &[], &log);
    assert_eq!(run.code, 0, "{run:?}");
    add(&place, &format!("acks = [{acks}]"));
    edit(&place, NOTICE, "audience = \"uses\"", "audience = [\"quetzal\", \"narwhal\", \"okapi\"]");
    place.release("v5");
    place
}

/// What a reader sees of a message, whatever its encoding.
fn decoded(format: &str, text: &str) -> String {
    if format != "eml" {
        return text.replace("\r\n ", "");
    }
    let mail = MessageParser::default().parse(text.as_bytes()).unwrap();
    let headers = format!("{:?}", mail.headers());
    let parts = mail.parts.iter().filter_map(|part| part.text_contents());
    headers + mail.subject().unwrap() + &parts.collect::<Vec<_>>().join("\n").replace("\r\n ", "")
}

#[test]
fn what_a_partner_gets_holds_nothing_of_the_others() {
    let place = place();
    for (partner, lang) in PARTNERS.iter().flat_map(|partner| ["en", "fr"].map(|lang| (partner, lang))) {
        let Partner { word, calls, ready } = partner;
        for format in ["md", "html", "text", "eml", "ics", "context"] {
            let to = format!("--to api@{word}.example --format {format} --lang {lang} --partner {word}");
            let mut said = decoded(format, &rendered(&place, &to));
            if format != "ics" {
                let own = [*word, calls[if lang == "en" { 1 } else { 2 }], ready[if lang == "en" { 1 } else { 2 }]];
                for mark in own {
                    assert!(said.contains(mark), "{word} {format}: its own {mark} is missing in {said}");
                }
                let run = place.run(&format!("notice render --digest 2024-05-01..2024-05-08 {to}"));
                assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
                said.push_str(&decoded(format, &run.out));
            }
            if !["eml", "ics"].contains(&format) {
                let run = place.run(&format!("notice render --since v1 {to}"));
                assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
                said.push_str(&run.out);
            }
            for other in PARTNERS.iter().filter(|other| other.word != *word) {
                assert_eq!(other.found_in(&said), None, "{word} {format} in {said}");
            }
        }
    }
}

#[test]
fn messages_to_all_name_each_its_reader_alone() {
    let place = place();
    for (format, ending) in [("md", "md"), ("html", "html"), ("text", "txt"), ("eml", "eml"), ("context", "json")] {
        let run = place
            .run(&format!("notice render N2024-001 --today 2024-05-02 --all --out all/{format} --format {format}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        for partner in &PARTNERS {
            let name = format!("all/{format}/{}.{ending}", partner.word);
            let said = decoded(format, &place.read(&name));
            assert!(said.to_lowercase().contains(partner.word), "{name} is of its reader: {said}");
            for other in PARTNERS.iter().filter(|other| other.word != partner.word) {
                assert_eq!(other.found_in(&said), None, "{name} in {said}");
            }
        }
        // The list is the team's, and names all.
        let list = place.read(&format!("all/{format}/_recipients.md"));
        assert!(PARTNERS.iter().all(|partner| list.contains(partner.word)), "{list}");
    }
}

/// Asserts that neither the name nor the content of a file is about a partner; says how many files there are.
fn search(folder: &Path) -> usize {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files += search(&path);
            continue;
        }
        let text = format!("{} {}", path.file_name().unwrap().display(), fs::read_to_string(&path).unwrap());
        for partner in &PARTNERS {
            assert_eq!(partner.found_in(&text), None, "{}", path.display());
        }
        files += 1;
    }
    files
}

#[test]
fn what_is_published_names_no_partner() {
    let place = place();
    for lang in ["en", "fr"] {
        let run = place.run(&format!("publish --out site --lang {lang}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        assert!(search(&place.path().join("site")) > 30);
        assert!(place.read("site/feed.json").contains("N2024-001"));
        let changelog = place.run(&format!("changelog --lang {lang}")).out;
        assert!(changelog.contains("N2024-001") && PARTNERS.iter().all(|one| one.found_in(&changelog).is_none()));
    }
}

#[test]
fn whom_a_comparison_touches_is_counted_and_not_named() {
    let place = place();
    let options = ["text", "markdown", "json"].map(|format| format!("--partners --level docs --format {format}"));
    for (options, lang) in options.iter().flat_map(|options| ["en", "fr"].map(|lang| (options, lang))) {
        let run = place.run(&format!("diff v1 v5 {options} --lang {lang}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        let counted = ["3 partners", "3 partenaires", "\"count\":3"].iter().any(|count| run.out.contains(count));
        assert!(counted && PARTNERS.iter().all(|one| one.found_in(&run.out).is_none()), "{}", run.out);
        place.run(&format!("diff v1 v5 {options} --lang {lang} -o said"));
        assert_eq!(place.read("said"), run.out);
    }
    place.write("preavis.toml", "[gate]\npartners_in_public = \"names\"\n");
    let run = place.run("diff v1 v5 --partners");
    assert!(PARTNERS.iter().all(|one| run.out.contains(one.word)), "{}", run.out);
}

#[test]
fn the_list_of_feeds_of_a_partner_names_none() {
    let place = place();
    for partner in &PARTNERS {
        let run = place.run(&format!("publish --opml {}", partner.word));
        assert_eq!((run.code, run.out.matches("<outline ").count()), (0, 1), "{run:?}");
        assert!(run.out.contains("text=\"GET /books\""), "{}", run.out);
        assert!(PARTNERS.iter().all(|one| one.found_in(&run.out).is_none()), "{}", run.out);
    }
}
