//! What a history becomes: goldens, and the rules of releases.

use std::cell::RefCell;

use preavis::compare::history::{self, Stop};
use preavis::compare::{Asked, Progress, Steps};
use preavis::config::Config;
use preavis::publish::changelog::{merge, render};
use preavis::report::Verdict;
use preavis::rules::Level;
use preavis::text::Lang;

use super::sample::{days, document, properties, rdv, read, stop, style};

fn golden(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/changelog"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn a_history_in_every_language() {
    for (lang, name) in [(Lang::En, "en"), (Lang::Fr, "fr")] {
        let history = read(rdv(), &["api.yaml"], lang);
        golden(&format!("markdown.{name}"), &render(&history.changelog, style(lang, Level::Additive)));
        golden(&format!("docs.{name}"), &render(&history.changelog, style(lang, Level::Docs)));
        golden(&format!("file.{name}"), &merge("", &history, style(lang, Level::Additive)).expect("a new file").text);
    }
}

#[test]
fn json_gives_the_releases_with_their_reports() {
    let history = read(rdv(), &["api.yaml"], Lang::En);
    let json = serde_json::to_value(&history.changelog).expect("it is plain data");
    let names: Vec<_> = json["releases"].as_array().into_iter().flatten().map(|release| &release["name"]).collect();
    assert_eq!(names, ["2024-05-14", "2024-05-07", "2024-05-06", "2024-05-03"]);
    assert_eq!(json["releases"][3]["report"]["summary"]["additive"], 1);
    assert_eq!(json["releases"][2]["skipped"][0]["partly"], false);
    // What could not be read is passed over: the next version is compared with the last readable one.
    assert_eq!(json["releases"][1]["report"]["base"]["label"], "2024-05-03");
}

#[test]
fn several_apis_name_theirs_and_come_and_go() {
    let one = |line: &str| document("page", &properties(&[line]));
    let two = |line: &str| one(line).replace("API RDV", "Visio*plainte*");
    let stops = vec![
        stop("v1.0.0", "2024-01-01", &[("a.yaml", one("id: {type: integer}"))]),
        stop("v1.1.0", "2024-02-01", &[("a.yaml", one("id: {type: string}")), ("b.yaml", two("id: {type: string}"))]),
        stop("v1.1.1", "2024-02-02", &[("a.yaml", one("id: {type: string}")), ("b.yaml", two("id: {type: string}"))]),
        stop("v2.0.0", "2024-03-01", &[("b.yaml", two("id: {type: boolean}"))]),
    ];
    let history = read(stops, &["a.yaml", "b.yaml"], Lang::En);
    let mut style = style(Lang::En, Level::Additive);
    style.several = true;
    golden("several.en", &render(&history.changelog, style));
}

#[test]
fn what_is_undone_between_two_releases_is_no_change() {
    let with = document("page", &properties(&["id: {type: integer}"]));
    let without = document("page", &properties(&["name: {type: string}"]));
    let every = days(&[("2024-01-01", with.clone()), ("2024-01-02", without), ("2024-01-03", with.clone())]);
    assert_eq!(read(every, &["api.yaml"], Lang::En).changelog.releases.len(), 2);
    let released = days(&[("2024-01-01", with.clone()), ("2024-01-03", with)]);
    assert_eq!(read(released, &["api.yaml"], Lang::En).changelog.releases.len(), 0);
}

#[test]
fn a_version_that_cannot_be_read_is_never_no_change() {
    let broken = days(&[("2024-01-01", "junk".to_owned()), ("2024-01-02", "junk".to_owned())]);
    let history = read(broken, &["api.yaml"], Lang::En);
    assert_eq!(history.unread, ["api.yaml"]);
    // The same junk is named once.
    assert_eq!(history.changelog.releases.len(), 1);
    assert_eq!(history.changelog.releases[0].report.verdict, Verdict::None);
    assert!(render(&history.changelog, style(Lang::Fr, Level::Additive)).contains("Version illisible, ignorée"));
    let hole = document("page", "        id: {$ref: 'gone.yaml'}\n");
    let lost = days(&[("2024-01-01", document("page", "        id: {type: integer}\n")), ("2024-01-02", hole)]);
    let history = read(lost, &["api.yaml"], Lang::En);
    assert!(history.changelog.releases[0].skipped[0].partly);
    assert!(history.changelog.releases[0].skipped[0].message.contains("gone.yaml"));
}

#[test]
fn a_file_that_appears_where_a_reference_led_is_read() {
    let root = document("page", "        id: {$ref: 'id.yaml'}\n");
    let id = |text: &str| ("id.yaml", text.to_owned());
    let names = |last: &str| {
        let stops = vec![
            stop("v1", "2024-01-01", &[("api.yaml", root.clone()), id("type: integer\n")]),
            stop("v2", "2024-01-02", &[("api.yaml", root.clone()), id("type: string\n")]),
            stop("v3", "2024-01-03", &[("api.yaml", root.clone())]),
            stop("v4", "2024-01-04", &[("api.yaml", root.clone()), id(last)]),
        ];
        let releases = read(stops, &["api.yaml"], Lang::En).changelog.releases;
        releases.iter().map(|it| (it.name.clone(), it.report.verdict, it.skipped.len())).collect::<Vec<_>>()
    };
    let known = [("v3".to_owned(), Verdict::None, 1), ("v2".to_owned(), Verdict::Breaking, 0)];
    // It is what it was before it could not be read.
    assert_eq!(names("type: string\n"), known);
    assert_eq!(names("type: boolean\n")[1..], known);
    assert_eq!(names("type: boolean\n")[0], ("v4".to_owned(), Verdict::Breaking, 0));
}

/// A document whose second operation is given as YAML below its path.
fn two(other: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Shelf, version: '1'}}\npaths:\n  /a:\n    get: {{responses: {{'200': {{description: \
         ok}}}}}}\n  /b:\n{other}"
    )
}

fn readable(more: &str) -> String {
    two(&format!("    get: {{{more}responses: {{'200': {{description: ok}}}}}}\n"))
}

/// `release rule` of all changes, and `release: unreadable part` of what is skipped, oldest first.
fn lines(stops: &[Stop]) -> Vec<String> {
    let history = read(stops, &["api.yaml"], Lang::En);
    let mut out = Vec::new();
    for release in history.changelog.releases.iter().rev() {
        out.extend(release.skipped.iter().map(|skipped| format!("{} partly {}", release.name, skipped.partly)));
        let changes = release.report.apis.iter().flat_map(|api| &api.changes);
        out.extend(changes.map(|change| format!("{} {}", release.name, change.rule)));
    }
    out
}

#[test]
fn what_cannot_be_read_for_a_while_neither_goes_nor_comes() {
    let required = readable("parameters: [{name: q, in: query, required: true, schema: {type: string}}], ");
    for broken in [
        "    $ref: missing.yaml\n",
        "    get: {$ref: missing.yaml}\n",
        "    get: {responses: {$ref: missing.yaml}}\n",
        "    get: {responses: {'200': {$ref: missing.yaml}}}\n",
        "    get: {parameters: [{$ref: missing.yaml}], responses: {'200': {description: ok}}}\n",
    ] {
        let stops = |last: &str| {
            days(&[
                ("2024-01-01", readable("")),
                ("2024-01-02", two(broken)),
                ("2024-01-03", format!("{}# later\n", two(broken))),
                ("2024-01-04", last.to_owned()),
            ])
        };
        let lost = "2024-01-02 partly true".to_owned();
        assert_eq!(lines(&stops(&readable(""))), std::slice::from_ref(&lost), "{broken}");
        // What changed meanwhile is told once it can be read.
        let told = lines(&stops(&required));
        assert_eq!(told, [lost, "2024-01-04 required-parameter-added".to_owned()], "{broken}");
    }
}

#[test]
fn what_is_readable_goes_on_beside_what_is_not() {
    let broken = two("    $ref: missing.yaml\n");
    let stops = days(&[
        ("2024-01-01", readable("")),
        ("2024-01-02", broken.clone()),
        ("2024-01-03", broken.replace("/a:", "/c:")),
        ("2024-01-04", readable("").replace("/a:", "/c:")),
    ]);
    let expected = ["2024-01-02 partly true", "2024-01-03 operation-removed", "2024-01-03 operation-added"];
    assert_eq!(lines(&stops), expected);
}

#[test]
fn what_no_version_before_could_be_read_of_is_told_to_be_unknown() {
    let stops = days(&[("2024-01-01", two("    $ref: missing.yaml\n")), ("2024-01-02", readable(""))]);
    assert_eq!(lines(&stops), ["2024-01-02 operation-unknown"]);
}

/// Notes what it is told.
#[derive(Default)]
struct Told(RefCell<Vec<String>>);

impl Progress for Told {
    fn at(&self, steps: Steps, done: u64, of: Option<u64>) {
        self.0.borrow_mut().push(format!("{steps:?} {done} {of:?}"));
    }

    fn end(&self) {
        self.0.borrow_mut().push("end".to_owned());
    }
}

#[test]
fn a_walk_says_how_far_it_is_in_order_and_nothing_after_its_end() {
    let (config, specs, told, stops) = (Config::default(), ["api.yaml".to_owned()], Told::default(), rdv());
    let asked = Asked {
        config: &config,
        specs: &specs,
        lang: Lang::En,
        reading: preavis::rules::Reading::default(),
        renamed: None,
        cache: None,
        progress: Some(&told),
    };
    let apis = history::apis(&stops, asked).unwrap();
    let found = history::walk(&stops, &apis, asked);
    assert_eq!(found.changelog, read(&stops, &["api.yaml"], Lang::En).changelog);
    let mut expected: Vec<String> =
        (0..stops.len()).map(|done| format!("Releases {done} Some({})", stops.len())).collect();
    expected.push("end".to_owned());
    assert_eq!(told.0.into_inner(), expected);
}
