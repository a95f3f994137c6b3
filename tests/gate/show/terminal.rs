//! What people read: goldens under `snapshots/gate/`.

use preavis::config::Naming;
use preavis::gate::Question;
use preavis::gate::show::{CheckReport, Format, Options, Who, render};
use preavis::text::Lang;

use super::sample::{self, TODAY};

pub(super) fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/gate"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn checks_read_well() {
    for (lang, code) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        let options = Options { lang, ..Options::default() };
        let checks =
            [("pull-request", sample::pull_request()), ("release", sample::release()), ("clear", sample::clear())];
        for (name, check) in checks {
            let report = CheckReport::of(&check, &options);
            golden(&format!("{name}.text.{code}"), &render(&report, Format::Text, &options));
            golden(&format!("{name}.markdown.{code}"), &render(&report, Format::Markdown, &options));
        }
    }
}

#[test]
fn programs_get_this() {
    let report = CheckReport::of(&sample::pull_request(), &Options::default());
    for (format, name) in [
        (Format::Json, "json"),
        (Format::Github, "github"),
        (Format::CodeQuality, "codequality"),
        (Format::Sarif, "sarif"),
        (Format::Junit, "junit"),
    ] {
        let text = render(&report, format, &Options::default());
        golden(&format!("pull-request.{name}"), &text.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    }
}

#[test]
fn every_kind_of_finding_is_said() {
    let mut check = sample::clear();
    check.findings = sample::findings();
    for (lang, code) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        let options = Options { lang, ..Options::default() };
        let report = CheckReport::of(&check, &options);
        for found in &report.findings {
            let said = format!("{} {}", found.message, found.advice.as_deref().unwrap_or_default());
            assert!(!said.contains(['{', '}', '?']), "{said}");
        }
        golden(&format!("findings.{code}"), &render(&report, Format::Text, &options));
    }
}

#[test]
fn partners_are_named_only_on_a_private_terminal() {
    let check = sample::release();
    for (named, expected) in [(true, true), (false, false)] {
        let options = Options { named, ..Options::default() };
        let report = CheckReport::of(&check, &options);
        for format in Format::all() {
            let text = render(&report, format, &options);
            assert_eq!(text.contains("town-hall"), expected, "{text}");
        }
    }
}

#[test]
fn a_policy_of_silence_does_not_say_how_many_wait() {
    let mut check = sample::release();
    check.naming = Naming::None;
    let report = CheckReport::of(&check, &Options::default());
    let change = report.apis[0].changes.iter().find(|it| it.is_waiting()).expect("one waits");
    assert_eq!((change.waits.len(), change.waits[0].who, &change.waits[0].partner), (1, Who::Unsaid, &None));
    assert_eq!(change.touches.as_ref().and_then(|touched| touched.count), None);
    for format in Format::all() {
        let text = render(&report, format, &Options::default());
        assert!(!text.contains("partner ") && !text.contains("2 partners") && !text.contains("village"), "{text}");
    }
}

#[test]
fn what_could_not_be_told_says_why() {
    let message = "the ref `main` is not here";
    let report = CheckReport::unknown(message, Some("fetch the whole history"), Question::Merge, TODAY);
    let text = render(&report, Format::Text, &Options::default());
    assert!(text.starts_with("could not tell: the ref `main` is not here\nfetch the whole history\n"), "{text}");
}
