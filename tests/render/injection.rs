//! A document may say anything: in a terminal and in Markdown it stays text.

#![allow(clippy::wildcard_enum_match_arm, reason = "the events of a parser that is not ours")]

use preavis::render::{Format, Options, render};
use preavis::report::{At, Change, Filtered, Hint, Operation, Problem, Report, Source, Summary, Touched};
use preavis::rules::Level;
use preavis::text::{Arg, Lang, Spot};
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};
use serde_json::json;

use super::sample;

const VECTORS: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "</details><script>alert(1)</script>",
    "`<img src=x>`",
    "``` \n# heading\n```",
    "[click](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "a | b\n|---|---|\n| c | d |",
    "\n\n# heading\n\n- item\n1. one\n===\n> quote",
    "https://evil.example www.evil.example a@evil.example @team #12",
    "\u{1b}[31mred\u{1b}[0m \u{9b}2J \u{7f}\u{8} \u{202e}txt.exe",
    "{{total.word}} {{{compared}}} \\{{x}}",
    "***bold*** _em_ ~~gone~~ $x$ &lt;b&gt; \\",
];

/// A report in which every text of the documents is the vector.
fn hostile(vector: &str) -> Report {
    let operation =
        Operation { method: "GET".to_owned(), path: format!("/{vector}"), spot: Spot::Other(vector.to_owned()) };
    let property = |level: Level| Change {
        at: At { component: Some(vector.to_owned()), path: vector.to_owned(), pointer: vector.to_owned() },
        hint: Some(Hint {
            perhaps: false,
            renamed_to: Some(vector.to_owned()),
            renamed_from: None,
            fingerprint: "pv1-2222222222222222".to_owned(),
        }),
        before: Some(json!({"title": vector})),
        after: None,
        touches: Some(Touched {
            partners: Some(vec![vector.to_owned()]),
            count: Some(1),
            public: true,
            unnamed: Vec::new(),
        }),
        before_payload: Some(json!({vector: vector})),
        source: Source {
            base: None,
            head: Some(preavis::report::Place { file: vector.to_owned(), line: 1, column: 1 }),
        },
        ..sample::change(
            "response-property-removed",
            level,
            "pv1-1111111111111111",
            &[("property", Arg::Code(vector.to_owned())), ("schema", Arg::Code(vector.to_owned()))],
        )
    };
    let unknown =
        Change { rule: "a-rule-of-tomorrow".to_owned(), summary: vector.to_owned(), ..property(Level::Additive) };
    let edited = sample::described("plain words here", vector);
    let mut api = sample::api("v1", vector, vec![property(Level::Breaking), unknown, edited], vec![vec![operation]]);
    vector.clone_into(&mut api.path);
    api.problems.push(Problem { file: vector.to_owned(), line: 1, column: 1, message: vector.to_owned() });
    let [mut base, head] = sample::versions();
    vector.clone_into(&mut base.label);
    let (paths, tags) = (vec![vector.to_owned()], vec![vector.to_owned()]);
    let filtered = Some(Filtered { paths, tags, left_out: Summary::default() });
    Report { filtered, ..Report::new(base, head, vec![api]) }
}

fn all() -> Options {
    Options { lang: Lang::En, show: Level::Docs, color: false, all: true, width: 0, wrap: false }
}

#[test]
fn a_terminal_gets_no_control_characters() {
    for vector in VECTORS {
        let text = render(&hostile(vector), Format::Text, &all());
        let odd = text.chars().find(|&c| c != '\n' && (c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c)));
        assert_eq!(odd, None, "{text}");
        let lines = render(&hostile("plain"), Format::Text, &all()).lines().count();
        assert!(text.lines().count() <= lines + 1, "no vector makes lines of its own:\n{text}");
    }
}

#[test]
fn markdown_gets_no_markup_of_the_document() {
    let ours = shape(&render(&hostile("plain"), Format::Markdown, &all()));
    for vector in VECTORS {
        let text = render(&hostile(vector), Format::Markdown, &all());
        assert!(!text.contains("<img") || text.contains("`<img") || text.contains("\"<img"), "{text}");
        let theirs = shape(&text);
        assert_eq!(theirs.0, ours.0, "blocks and tags are ours alone:\n{text}");
        assert_eq!(theirs.1, 0, "no links and no images:\n{text}");
        for bare in ["://evil", "www.evil"] {
            assert!(!outside_code(&text).contains(bare), "{text}");
        }
    }
}

/// Tags and blocks in order, and the number of links and images.
fn shape(markdown: &str) -> (Vec<String>, usize) {
    let (mut out, mut links) = (Vec::new(), 0);
    for event in Parser::new_ext(markdown, Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::Start(Tag::Strikethrough | Tag::Emphasis) => out.push("emphasis".to_owned()),
            Event::Start(
                tag @ (Tag::Heading { .. } | Tag::List(_) | Tag::Item | Tag::CodeBlock(_) | Tag::Table(_)),
            ) => {
                out.push(format!("{tag:?}"));
            }
            Event::Start(Tag::BlockQuote(_)) | Event::Rule => out.push("quote".to_owned()),
            // The passages of an edited text follow the text: how many there are is no matter.
            Event::InlineHtml(tag) if tag.contains("del>") || tag.contains("ins>") => {}
            Event::Html(tag) | Event::InlineHtml(tag) => out.push(tag.trim().to_owned()),
            _ => {}
        }
    }
    (out, links)
}

/// The text outside code, as the parser sees it.
fn outside_code(markdown: &str) -> String {
    let mut code = false;
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => code = false,
            Event::Text(text) if !code => out.push_str(&text),
            _ => {}
        }
    }
    out
}

#[test]
fn templates_never_skip_the_escaping() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let mut seen = 0;
    for folder in ["text", "markdown", "gate"] {
        for file in std::fs::read_dir(root.join(folder)).expect("the folder of a format") {
            let text = std::fs::read_to_string(file.expect("a file").path()).expect("a text");
            assert!(!text.contains("{{{") && !text.contains("{{&"), "{text}");
            seen += 1;
        }
    }
    assert!(seen >= 10);
}
