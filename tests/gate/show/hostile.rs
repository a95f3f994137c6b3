//! Whatever documents, notices, partners and files of others say, it stays text in every format.

#![allow(clippy::wildcard_enum_match_arm, reason = "the events of a parser that is not ours")]

use preavis::gate::Question;
use preavis::gate::show::{CheckReport, Format, Options, output_file, outputs, render, status, summary};
use preavis::report::{Place, Problem};
use preavis::text::{Arg, Lang};
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag};

use super::runner::{commands, smuggled};
use super::sample::{self, TODAY};
use super::{lists, terminal};

const VECTORS: &[&str] = &[
    "plain",
    "##[error]x ##[add-mask]a ##[stop-commands]t",
    "\n::stop-commands::t\n::error::forged",
    "%0A::error::forged%0D%25",
    "a,b:c=d::e, file=x.yaml,line=9",
    "/close\n/label ~x",
    "\u{1b}[31mred\u{1b}[0m \u{9b}2J \u{202e}txt.exe \u{0}\u{fffe}\u{b}",
    "</failure>]]><testcase name=\"x\"/>&lt;&#0;&amp;",
    "<img src=x onerror=alert(1)></details><script>alert(1)</script>",
    "``` \n# heading\n```",
    "a | b\n|---|---|\n| c | d |",
    "[click](javascript:alert(1)) ![i](https://evil.example/i.png) @team #12",
    "section_start:1:x\rsection_end:1:x travis_fold:start:x",
    "$(touch /tmp/x) `id` '; rm -rf ~ #",
    "{{decision}} {{{compared}}}",
    "../../etc/passwd",
];

/// A check of which every text is the vector.
fn hostile(vector: &str) -> CheckReport {
    let mut check = sample::pull_request();
    for judged in &mut check.judged {
        judged.partners = vec![vector.to_owned()];
    }
    check.findings = sample::findings();
    for finding in &mut check.findings {
        vector.clone_into(&mut finding.subject);
        finding.file = Some(vector.to_owned());
        finding.args.values_mut().for_each(|value| vector.clone_into(value));
    }
    let mut report = CheckReport::of(&check, &Options { named: true, ..Options::default() });
    vector.clone_into(&mut report.base.label);
    report.next_version = Some(vector.to_owned());
    for api in &mut report.apis {
        (api.path, api.title) = (vector.to_owned(), vector.to_owned());
        api.next_version = Some(vector.to_owned());
        api.problems.push(Problem { file: vector.to_owned(), line: 3, column: 0, message: vector.to_owned() });
        for it in &mut api.changes {
            it.change.args.values_mut().for_each(|arg| *arg = Arg::Code(vector.to_owned()));
            it.change.at.component = Some(vector.to_owned());
            it.change.source.head = Some(Place { file: vector.to_owned(), line: u64::MAX, column: 0 });
            if let Some(answer) = &mut it.answer {
                (answer.id, answer.by) = (Some(vector.to_owned()), Some(vector.to_owned()));
                answer.open_operations.iter_mut().for_each(|operation| vector.clone_into(operation));
            }
        }
        api.reaches.values_mut().flatten().for_each(|at| at.path = format!("/{vector}"));
    }
    report
}

/// All of them, and what could not be told for such a reason.
pub(super) fn reports() -> Vec<CheckReport> {
    let unknown = |vector: &&str| CheckReport::unknown(vector, Some(vector), Question::Merge, TODAY);
    VECTORS.iter().map(|vector| hostile(vector)).chain(VECTORS.iter().map(unknown)).collect()
}

#[test]
fn nothing_is_a_command_but_our_annotations() {
    for report in reports() {
        let log = render(&report, Format::Github, &Options::default());
        assert_eq!(smuggled(&log), Vec::<String>::new(), "{log}");
        let all = commands(&log);
        assert_eq!(all.len(), log.lines().count(), "each line is a command, and no more");
        for command in &all {
            assert!(["error", "warning", "notice"].contains(&command.name.as_str()), "{command:?}");
            let known = ["file", "line", "col", "title"];
            assert!(command.properties.keys().all(|name| known.contains(&name.as_str())), "{command:?}");
            let file = command.properties.get("file").map_or("x", String::as_str);
            assert!(!file.starts_with('/') && !file.contains(".."), "{command:?}");
            assert!(command.properties.get("line").is_none_or(|line| line.parse::<i32>().is_ok_and(|line| line >= 1)));
            assert!(command.message.chars().count() <= 4_096, "{command:?}");
        }
        for kind in ["error", "warning", "notice"] {
            assert!(all.iter().filter(|command| command.name == kind).count() <= 10);
        }
    }
}

#[test]
fn a_terminal_gets_lines_of_ours_alone() {
    let (plain, options) = (hostile("plain"), Options { width: 0, ..Options::default() });
    let ours = render(&plain, Format::Text, &options).lines().count();
    for vector in VECTORS {
        let text = render(&hostile(vector), Format::Text, &options);
        let odd = text.chars().find(|&c| c != '\n' && (c.is_control() || ('\u{2028}'..='\u{202e}').contains(&c)));
        assert_eq!((odd, text.lines().count()), (None, ours), "{text}");
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
            Event::Start(Tag::TableRow) => out.push("row".to_owned()),
            Event::Start(Tag::TableCell) => out.push("cell".to_owned()),
            Event::Start(Tag::BlockQuote(_)) | Event::Rule => out.push("quote".to_owned()),
            Event::Html(tag) | Event::InlineHtml(tag) => out.push(tag.trim().to_owned()),
            _ => {}
        }
    }
    (out, links)
}

#[test]
fn a_comment_has_no_markup_but_ours() {
    let options = Options::default();
    let unknown = |vector: &str| CheckReport::unknown(vector, Some(vector), Question::Merge, TODAY);
    for of in [hostile, unknown] {
        for write in [summary, |report: &CheckReport, options: &Options| render(report, Format::Markdown, options)] {
            let ours = shape(&write(&of("plain"), &options));
            for vector in VECTORS {
                let text = write(&of(vector), &options);
                let theirs = shape(&text);
                let first = theirs.0.iter().zip(&ours.0).position(|(one, two)| one != two);
                let odd = first.map(|ix| (&theirs.0[ix], &ours.0[ix]));
                assert_eq!(
                    (odd, theirs.0.len(), theirs.1),
                    (None, ours.0.len(), 0),
                    "blocks and tags are ours:\n{text}"
                );
                // A line that starts with a slash is an action to GitLab, but for lines of code.
                let mut fenced = false;
                for line in text.lines() {
                    fenced ^= line.starts_with("```");
                    assert!(fenced || !line.trim_start().starts_with('/'), "{line}");
                }
            }
        }
    }
}

#[test]
fn lists_stay_lists() {
    for report in reports() {
        let options = Options::default();
        lists::entries(&render(&report, Format::CodeQuality, &options));
        lists::cases(&render(&report, Format::Junit, &options));
    }
}

#[test]
fn outputs_and_status_stay_on_their_lines() {
    for report in reports() {
        let all = outputs(&report);
        let mut rest = output_file(&all).lines().map(str::to_owned).collect::<Vec<_>>().into_iter();
        for (name, value) in &all {
            let (said, delimiter) = rest
                .next()
                .and_then(|line| Some((line.split_once("<<")?.0.to_owned(), line.split_once("<<")?.1.to_owned())))
                .expect("a name");
            assert_eq!(said, *name);
            assert_eq!(rest.next().as_deref(), Some(value.as_str()));
            assert_eq!(rest.next(), Some(delimiter));
        }
        assert_eq!(rest.next(), None);
        for lang in Lang::ALL {
            let said = status(&report, lang);
            assert!(said.chars().count() <= 140 && !said.contains(char::is_control), "{said}");
        }
    }
}

#[test]
fn commands_are_words_of_a_shell() {
    let mut check = sample::pull_request();
    check.versions = vec!["main; $(touch x)".to_owned(), "l'été `id`\"".to_owned()];
    let report = CheckReport::of(&check, &Options::default());
    terminal::golden("commands", &(report.commands.join("\n") + "\n"));
}
