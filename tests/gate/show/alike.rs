//! All formats of one check say the same.

use preavis::gate::show::{
    CheckReport, CheckedChange, Format, Options, check_schema, outputs, render, status, summary,
};
use preavis::gate::{Check, Decision, Judged, Kind, Question};
use preavis::report::{Report, report_schema};
use preavis::text::Lang;
use serde_json::Value;

use super::lists::{cases, entries};
use super::runner::commands;
use super::sample::{self, TODAY};

/// Each check with its decision and how many of its changes are open, waiting and answered.
pub(super) fn checks() -> Vec<(Check, Decision, [usize; 3])> {
    vec![
        (sample::pull_request(), Decision::Closed, [2, 0, 2]),
        (sample::release(), Decision::Closed, [0, 2, 2]),
        (sample::clear(), Decision::Open, [0, 0, 4]),
        (sample::no_release_day(), Decision::Closed, [0, 0, 4]),
    ]
}

#[test]
fn the_result_is_valid_and_is_a_report() {
    let valid = |schema: String, value: &Value| {
        let schema = serde_json::from_str(&schema).expect("a schema");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    };
    let options = Options::default();
    let told = checks().into_iter().map(|(check, ..)| CheckReport::of(&check, &options));
    for report in told.chain([CheckReport::unknown("no", None, Question::Release, TODAY)]) {
        let text = render(&report, Format::Json, &options);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        valid(check_schema(), &value);
        valid(report_schema(), &value);
        let plain: Report = serde_json::from_str(&text).expect("a report");
        assert_eq!(plain.summary, report.summary);
    }
}

/// How many changes a text speaks of: open, waiting, answered.
fn spoken(report: &CheckReport, text: &str) -> Vec<usize> {
    let stands: [fn(&CheckedChange) -> bool; 3] =
        [CheckedChange::is_open, CheckedChange::is_waiting, CheckedChange::is_answered];
    let changes = || report.apis.iter().flat_map(|api| &api.changes);
    let count = |stand: fn(&CheckedChange) -> bool| {
        changes().filter(|it| stand(it) && text.contains(it.change.fingerprint.as_str())).count()
    };
    stands.into_iter().map(count).collect()
}

#[test]
fn every_format_says_the_same_decision_and_counts() {
    let options = Options::default();
    for (check, decision, [open, waiting, answered]) in checks() {
        let report = CheckReport::of(&check, &options);
        assert_eq!((report.decision, check.decision()), (decision, decision));
        let wait = check.judged.iter().filter(|judged| !judged.is_open() && !judged.waits.is_empty()).count();
        assert_eq!(
            (check.judged.iter().filter(|judged| judged.is_open()).count(), wait, check.judged.len()),
            (open, waiting, open + waiting + answered)
        );
        let of = |format| render(&report, format, &options);
        let closing = check.findings.iter().filter(|finding| finding.closes).count();
        let told = check.findings.len() - closing;
        // Where nothing else fails, the decision itself does.
        let own = usize::from(decision == Decision::Closed && open + waiting + closing == 0);
        let (word, all) = (decision.as_str(), vec![open, waiting, answered]);

        let text = of(Format::Text);
        assert!(text.starts_with(&format!("{word}: ")), "{text}");
        assert_eq!(spoken(&report, &text), all);
        for text in [of(Format::Markdown), summary(&report, &options)] {
            assert!(text.contains(&format!("**{word}: ")), "{text}");
            assert_eq!(text.matches("\n| 🔴").count() + text.matches("\n| 🟠").count(), open + waiting + answered);
        }
        assert!(status(&report, Lang::En).starts_with(&format!("{word}: ")));
        let outputs = outputs(&report);
        let output = |name: &str| outputs.iter().find(|(known, _)| *known == name).expect(name).1.clone();
        assert_eq!(
            (output("decision"), output("open"), output("waiting")),
            (word.to_owned(), open.to_string(), waiting.to_string())
        );

        let commands = commands(&of(Format::Github));
        let kind = |name: &str| commands.iter().filter(|command| command.name == name).count();
        let decided = usize::from(decision == Decision::Closed);
        assert_eq!(kind("error"), open + closing + decided);
        assert_eq!((kind("warning"), kind("notice")), (waiting, answered + told + 1 - decided));
        assert_eq!(entries(&of(Format::CodeQuality)).len(), open + waiting + closing + own);
        let cases = cases(&of(Format::Junit));
        assert_eq!(cases.len(), open + waiting + answered + closing + own);
        assert_eq!(cases.iter().filter(|case| case.fails).count(), open + waiting + closing + own);

        let results = |format| {
            let log: Value = serde_json::from_str(&of(format)).expect("JSON");
            log["runs"][0]["results"].as_array().expect("results").clone()
        };
        let suppressed = |results: &[Value]| results.iter().filter(|it| it.get("suppressions").is_some()).count();
        let (whole, github) = (results(Format::Sarif), results(Format::SarifGithub));
        assert_eq!((whole.len(), suppressed(&whole)), (open + waiting + answered + closing + told + own, answered));
        assert_eq!((github.len(), suppressed(&github)), (open + waiting + closing + told + own, 0));
    }
}

#[test]
fn what_could_not_be_told_is_green_nowhere() {
    let report = CheckReport::unknown("the clone is shallow", Some("fetch all of it"), Question::Merge, TODAY);
    let of = |format| render(&report, format, &Options::default());
    assert!(of(Format::Markdown).contains("**could not tell: the clone is shallow**"));
    let said = commands(&of(Format::Github));
    assert_eq!((said.len(), said[0].name.as_str()), (1, "error"));
    assert_eq!(said[0].message, "could not tell: the clone is shallow (fetch all of it)");
    assert_eq!(entries(&of(Format::CodeQuality)).len(), 1);
    assert!(cases(&of(Format::Junit)).iter().all(|case| case.fails && case.text.contains("Fetch all of it.")));
    let log: Value = serde_json::from_str(&of(Format::Sarif)).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["level"], "error");
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(outputs(&report)[0], ("decision", "unknown".to_owned()));
}

/// A check of many changes with names as long as they come.
fn large(changes: usize) -> CheckReport {
    let mut check = sample::pull_request();
    let one = check.report.apis[0].changes[0].clone();
    let long = "é|`".repeat(200);
    for number in 0..changes {
        let mut change = one.clone();
        change.fingerprint = format!("pv1-{number:016}");
        change.cause = format!("pv1c-{number:016}");
        change.args.values_mut().for_each(|arg| *arg = preavis::text::Arg::Code(format!("{long}{number}")));
        check.judged.push(Judged {
            at: (0, check.report.apis[0].changes.len()),
            answer: None,
            ..check.judged[0].clone()
        });
        check.report.apis[0].changes.push(change);
    }
    let twice = |number| preavis::gate::Finding::new(Kind::NoticeTwice, &format!("{long}{number}"), []);
    check.findings.extend((0..changes).map(twice));
    let api = preavis::report::ApiReport { changes: Vec::new(), ..check.report.apis[0].clone() };
    check.report.apis.extend((0..changes).map(|number| preavis::report::ApiReport {
        id: format!("{long}{number}"),
        title: long.clone(),
        ..api.clone()
    }));
    CheckReport::of(&check, &Options::default())
}

#[test]
fn large_checks_fit_and_say_what_is_left_out() {
    let report = large(1_500);
    let options = Options::default();
    let comment = render(&report, Format::Markdown, &options);
    assert!(comment.len() <= 60_000, "{}", comment.len());
    assert!(
        comment.contains("1,502 breaking changes are not answered") && comment.contains("and 1,494 more"),
        "{comment}"
    );
    let summary = summary(&report, &options);
    assert!((60_000..=900 * 1_024).contains(&summary.len()), "{}", summary.len());
    let commands = commands(&render(&report, Format::Github, &options));
    let errors: Vec<_> = commands.iter().filter(|command| command.name == "error").collect();
    assert_eq!(errors.len(), 10);
    // The decision and eight remarks stand before it, of 1,502 changes, 1,501 findings and the decision.
    assert!(errors[9].message.starts_with("2,995 more like this are not shown"), "{}", errors[9].message);
    assert_eq!(entries(&render(&report, Format::CodeQuality, &options)).len(), 3_003);
    assert_eq!(cases(&render(&report, Format::Junit, &options)).len(), 3_005);
}

#[test]
fn a_message_that_does_not_fit_is_left_out_and_that_is_said() {
    let mut report = CheckReport::of(&sample::pull_request(), &Options::default());
    let one = report.apis[0].changes.iter().find(|it| it.is_open()).expect("one is open").clone();
    for number in 0..3_000 {
        let mut more = one.clone();
        more.change.rule = "parameter-required".to_owned();
        more.change
            .args
            .values_mut()
            .for_each(|arg| *arg = preavis::text::Arg::Code(format!("a-long-name-of-{number}")));
        report.apis[0].changes.push(more);
    }
    let comment = render(&report, Format::Markdown, &Options::default());
    assert!(comment.len() <= 60_000 && !comment.contains("ready to send"), "{comment}");
    assert!(comment.ends_with("the job's log and the report have all of it.\n"), "{comment}");
}
