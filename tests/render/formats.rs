//! The goldens, and what must hold across formats.

use preavis::render::{Format, Options, render};
use preavis::report::{Change, Report, Summary, Verdict};
use preavis::rules::Level;
use preavis::text::{Arg, Lang};

use super::sample;

fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/render"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn all(lang: Lang) -> Options {
    Options { lang, show: Level::Docs, ..Options::default() }
}

#[test]
fn every_format_in_every_language() {
    let report = sample::report();
    for (lang, name) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        golden(&format!("text.{name}"), &render(&report, Format::Text, &all(lang)));
        golden(&format!("markdown.{name}"), &render(&report, Format::Markdown, &all(lang)));
    }
    golden("json", &render(&report, Format::Json, &Options::default()));
    let options = Options { color: true, show: Level::Breaking, ..Options::default() };
    golden("text.color", &render(&report, Format::Text, &options));
}

#[test]
fn nothing_changed_says_so() {
    let [base, head] = sample::versions();
    let report = Report::new(base, head, vec![sample::api("v1", "API RDV", Vec::new(), Vec::new())]);
    assert_eq!(report.verdict, Verdict::None);
    golden("none.text", &render(&report, Format::Text, &Options::default()));
    golden("none.markdown", &render(&report, Format::Markdown, &Options { lang: Lang::Fr, ..Options::default() }));
}

#[test]
fn a_saved_report_is_the_same_report() {
    let report = sample::report().in_entries(Lang::En);
    let json = render(&report, Format::Json, &Options::default());
    let read: Report = serde_json::from_str(&json).expect("a report reads its own JSON");
    assert_eq!(read, report);
    assert_eq!(render(&read, Format::Json, &Options::default()), json);
    let said = read.say_in(Lang::Fr);
    assert_eq!(said.apis[0].changes[0].summary, "Le champ `rdvs_users` disparaît de `rdv`");
    assert_eq!(said.say_in(Lang::En), report);
}

#[test]
fn every_format_counts_everything() {
    let report = sample::report();
    assert_eq!(report.summary, Summary { breaking: 3, risky: 1, additive: 1, docs: 1, unproven: 1, occurrences: None });
    assert_eq!(report.verdict, Verdict::Breaking);
    let counts = "2 breaking changes, 1 risky change, 1 additive change, 1 documentation change (1 change not proven)";
    for show in Level::ALL {
        for format in [Format::Text, Format::Markdown] {
            let text = render(&report, format, &Options { show, ..Options::default() });
            assert!(text.contains(counts), "{text}");
            assert!(text.lines().next().is_some_and(|line| line.contains("breaking")), "{text}");
        }
    }
    let json = render(&report, Format::Json, &Options { show: Level::Breaking, ..Options::default() });
    assert_eq!(json, render(&report, Format::Json, &Options::default()));
}

#[test]
fn what_is_not_listed_is_counted() {
    let report = sample::report();
    for format in [Format::Text, Format::Markdown] {
        let text = render(&report, format, &Options { show: Level::Risky, ..Options::default() });
        assert!(text.contains("1 additive change and 1 documentation change not shown (--level docs)"), "{text}");
        let text = render(&report, format, &Options::default());
        assert!(text.contains("1 documentation change not shown (--level docs)"), "{text}");
        assert!(!render(&report, format, &all(Lang::En)).contains("not shown"));
    }
}

/// A change like another, of its own cause.
fn another(change: &Change, number: usize) -> Change {
    let mut out = Change { cause: format!("pv1c-{number:016}"), ..change.clone() };
    for arg in out.args.values_mut() {
        if let Arg::Code(name) = arg {
            name.push_str(&number.to_string());
        }
    }
    out
}

#[test]
fn markdown_stays_below_the_limit_of_forges() {
    let [base, head] = sample::versions();
    let one = &sample::report().apis[0];
    let repeated = |times: usize| {
        let mut api = one.clone();
        api.changes.remove(1);
        api.changes = (0..times).flat_map(|number| api.changes.iter().map(move |it| another(it, number))).collect();
        Report::new(base.clone(), head.clone(), vec![api])
    };
    for (times, said) in [(60, "60"), (200, "200"), (2_000, "2,000")] {
        let report = repeated(times);
        let text = render(&report, Format::Markdown, &Options::default());
        assert!(text.chars().count() <= 65_000, "{}", text.chars().count());
        assert!(text.contains(&format!("{said} breaking changes")), "the counts are complete");
        assert!(text.contains("too long"), "what is cut is said");
    }
    let mut many = repeated(1);
    many.apis = vec![many.apis[0].clone(); 3_000];
    let many = Report::new(base.clone(), head.clone(), many.apis);
    let text = render(&many, Format::Markdown, &Options::default());
    assert!(text.contains("3,000 breaking changes") && text.contains("too long") && text.chars().count() <= 65_000);
}
