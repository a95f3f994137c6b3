//! Templates of a team's own: what they see, what is refused and how that is said.

use std::collections::BTreeMap;

use preavis::notice::message::{Layouts, Medium, TemplateError};
use preavis::text::Lang;

use super::sample::{stories, told};

fn layouts(own: &[(&str, &str)]) -> Result<Layouts, TemplateError> {
    let own: BTreeMap<String, String> =
        own.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Layouts::new(&own)
}

fn said(own: &[(&str, &str)]) -> String {
    let view = told(&stories()[0], Lang::En);
    let text = layouts(own).and_then(|layouts| layouts.notice(Medium::Text, &view));
    text.unwrap_or_else(|error| error.to_string())
}

#[test]
fn a_template_of_ones_own_takes_the_place_of_ours() {
    assert_eq!(
        said(&[("text/notice", "{{id}} {{say title}}\n{{#each dates}}{{day}} {{/each}}")]),
        "N2024-003 \"online\" becomes \"bookable_online\"\n2024-02-06 2024-02-06 2024-02-29 2024-03-07 2024-04-04\n"
    );
    let fact = said(&[("text/fact", "* {{code fingerprint}}\n")]);
    assert!(fact.contains("* pv1-0000000000000001\n* pv1-0000000000000003\n"), "{fact}");
    let html = layouts(&[("html/head", "<!DOCTYPE html><html lang=\"{{lang}}\"><title>{{subject}}</title>")])
        .expect("checked");
    let html = html.notice(Medium::Html, &told(&stories()[0], Lang::En)).expect("a page");
    assert!(
        html.starts_with("<!DOCTYPE html><html lang=\"en\"><title>Action required by 7 March 2024: &quot;online&quot;"),
        "{html}"
    );
}

#[test]
fn what_is_wrong_with_a_template_is_said_with_its_name_and_line() {
    for (name, text, expected) in [
        ("text/notise", "x", "template `text/notise`: no message uses it; the names are md/notice, md/fact"),
        ("text/notice", "a\nb {{nope}}", "template `text/notice`, line 2, column 3: there is no `nope` here"),
        ("text/notice", "a\n{{say nope}}", "template `text/notice`, line 2, column 1: there is no `nope` here"),
        (
            "text/fact",
            "\n\n{{partner.nome}}",
            "template `text/fact`, line 3, column 1: there is no `partner.nome` here",
        ),
        ("text/notice", "a\n{{#if id}}", "template `text/notice`, line 2"),
        (
            "text/notice",
            "{{> notice}}",
            "template `text/notice`, line 1: includes `notice`, which includes itself that way",
        ),
        ("text/fact", "\n\n{{> notice}}", "template `text/notice`, line "),
        (
            "text/notice",
            "{{> other}}",
            "template `text/notice`, line 1: there is no `other` to include; the names are digest, fact",
        ),
        (
            "text/notice",
            "{{> (lookup this \"id\")}}",
            "template `text/notice`, line 1: includes a template whose name is computed",
        ),
        (
            "text/notice",
            "{{#*inline \"a\"}}{{> a}}{{/inline}}{{> a}}",
            "template `text/notice`, line 1: `{{#>` and `{{*` are not supported",
        ),
        ("text/notice", "{{#> fact}}x{{/fact}}", "template `text/notice`, line 1: `{{#>` and `{{*` are not supported"),
        ("text/notice", "\n{{shout id}}", "template `text/notice`, line 2, column 1: Helper not found shout"),
    ] {
        let error = said(&[(name, text)]);
        assert!(error.starts_with(expected), "{text}: {error}");
    }
    let cycle = said(&[("text/notice", "{{> fact}}"), ("text/fact", "{{#if id}}{{> notice}}{{/if}}")]);
    assert!(cycle.ends_with("which includes itself that way"), "{cycle}");
}

#[test]
fn templates_without_end_are_refused_before_they_run() {
    let loops = "{{#each words}}".repeat(6) + &"{{/each}}".repeat(6);
    assert!(said(&[("text/notice", &loops)]).contains("too many steps"));
    let wide = ["{{> fact}}".repeat(4_000), "{{id}}".repeat(10_000)];
    assert!(said(&[("text/notice", &wide[0]), ("text/fact", &wide[1])]).contains("too many steps"));
    assert!(said(&[("text/notice", &"x".repeat(70_000))]).contains("longer than 65536 bytes"));
    for deep in [
        "{{#if id}}".repeat(3_000),
        format!("\n{{{{say {}", "(".repeat(30_000)),
        format!("{{{{say {}", "[".repeat(30_000)),
    ] {
        assert!(said(&[("text/notice", &deep)]).contains("nested deeper than 16"));
    }
    let long = "x".repeat(60_000);
    let loops = format!("{{{{#each words}}}}{{{{#each @root.words}}}}{long}{{{{/each}}}}{{{{/each}}}}");
    assert!(said(&[("text/notice", &loops)]).contains("writes more than 4194304 bytes"));
}
