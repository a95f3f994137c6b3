//! Tables of Markdown hold whatever stands in them: every row has the cells of its head, and names are read as written.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::super::announced::{FACTS, announced, edit, rendered};
use super::super::place::Place;

/// Names that would break a table.
const NAMES: &[&str] = &[
    "a|b",
    "|",
    "||a",
    "a\\|b",
    "a\\\\|b",
    "a\\",
    "\\",
    "a`b|c",
    "``a``|`",
    "`|`",
    "a|`b`|",
    "<b>|</b>",
    "a | --- | b",
    "[a|b](c)",
    "*a|b*",
];

/// A table of a team's own: a name as code, a sentence, a name as text.
const TABLE: &str = "| a | b | c |\n| --- | --- | --- |\n{{#each changes.facts}}\n{{#each operations}}\n\
    | {{cell this}} | {{say_cell ../sentence}} | {{this}} |\n{{/each}}\n{{/each}}\n";

/// The tables of a text, by rows of cells, as a reader sees them; the code spans are marked.
#[expect(clippy::wildcard_enum_match_arm, reason = "the events of a parser that is not ours")]
fn tables(markdown: &str) -> Vec<Vec<Vec<String>>> {
    let mut out: Vec<Vec<Vec<String>>> = Vec::new();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => out.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => out.last_mut().unwrap().push(Vec::new()),
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => {
                let row = out.last_mut().unwrap().last_mut().unwrap();
                row.push(cell.take().unwrap());
            }
            Event::Code(text) => cell.iter_mut().for_each(|cell| *cell += &format!("<{text}>")),
            Event::Text(text) => cell.iter_mut().for_each(|cell| *cell += &text),
            _ => {}
        }
    }
    out
}

/// The rows of the only table as GFM splits them: at bars that no backslash precedes.
fn split(markdown: &str) -> Vec<usize> {
    let rows = markdown.lines().filter(|line| line.starts_with('|'));
    rows.map(|row| row.replace("\\|", "").matches('|').count() - 1).collect()
}

#[test]
fn a_list_of_operations() {
    let place = Place::repository();
    place.write("api.yaml", super::super::place::BOOKS);
    place.release("v1");
    // The path of a partner file has no blanks.
    for name in NAMES.iter().map(|name| name.replace(' ', "")) {
        let name = name.as_str();
        let op = serde_json::to_string(&format!("GET /{name}")).unwrap();
        let said = serde_json::to_string(name).unwrap();
        place.write(
            "preavis/partners/a.toml",
            &format!("slug = \"a\"\nname = {said}\n[[uses]]\nop = {op}\nparams = [{said}]\n"),
        );
        let run = place.run("usage show --format md");
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        assert!(split(&run.out).iter().all(|cells| *cells == 6), "{name:?} {}", run.out);
        let tables = tables(&run.out);
        assert_eq!((tables.len(), tables[0].len()), (1, 2), "{name:?} {}", run.out);
        assert!(tables[0].iter().all(|row| row.len() == 6), "{name:?} {}", run.out);
        assert!(tables[0][1][0].contains(name), "{name:?} {:?} {}", tables[0][1][0], run.out);
        assert!(tables[0][1][5].starts_with(name), "{name:?} {:?} {}", tables[0][1][5], run.out);
    }
}

#[test]
fn a_list_of_notices() {
    for name in NAMES {
        let place = announced();
        edit(&place, super::super::announced::NOTICE, "# `title` is no longer sent in `book`", &format!("# {name}"));
        let run = place.run("notice list --format md");
        assert_eq!(run.code, 0, "{run:?}");
        let tables = tables(&run.out);
        assert_eq!((tables.len(), tables[0].len(), tables[0][1].len()), (1, 2, 6), "{name:?} {}", run.out);
        assert!(split(&run.out).iter().all(|cells| *cells == 6), "{name:?} {}", run.out);
        assert_eq!(tables[0][1][5], *name, "{}", run.out);
    }
}

#[test]
fn a_table_of_a_team() {
    for name in NAMES {
        let place = announced();
        edit(&place, "preavis.toml", "[site]", "templates = \"words\"\n[site]");
        place.write("words/md/notice.hbs", TABLE);
        let (path, property) =
            (serde_json::to_string(&format!("/{name}")).unwrap(), serde_json::to_string(name).unwrap());
        place.write(
            FACTS,
            &place.read(FACTS).replace("\"/books\"", &path).replace(": \"title\"", &format!(": {property}")),
        );
        let out = rendered(&place, "");
        let tables = tables(&out);
        let said = format!("<{name}> is no longer sent in <book>");
        assert_eq!(tables[0][1], [format!("<GET /{name}>"), said, format!("GET /{name}")], "{out}");
        assert_eq!(split(&out), [3, 3, 3], "{out}");
    }
}
