//! Checks by hand over changes that a real comparison found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use preavis::config::Naming;
use preavis::diff::{self, Options};
use preavis::gate::show::CheckedApi;
use preavis::gate::{Answer, Check, Finding, Judged, Kind, Question, Wait, Why};
use preavis::report::{ApiInput, ApiReport, Coverage, Report, Version, assemble};
use preavis::rules::{self, Level};
use preavis::text::Lang;

use crate::harness::contract;

pub(super) const TODAY: Date = date(2027, 3, 1);

pub(super) const BASE: &str = r"openapi: 3.0.3
info: { title: Library, version: 1.4.0 }
paths:
  /books:
    get:
      parameters:
        - { name: author, in: query, schema: { type: string } }
      responses:
        '200':
          description: Books.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Book' } }
  /books/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
    get:
      responses:
        '200':
          description: A book.
          content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } }
    delete:
      responses: { '204': { description: Gone. } }
components:
  schemas:
    Book:
      type: object
      required: [title, shelf, state]
      properties:
        title: { type: string, description: The title of the book. }
        shelf: { type: string }
        state: { type: string, enum: [in, out] }
";

pub(super) const HEAD: &str = r"openapi: 3.0.3
info: { title: Library, version: 1.4.0 }
paths:
  /books:
    get:
      parameters:
        - { name: author, in: query, schema: { type: string } }
        - { name: library, in: query, required: true, schema: { type: string } }
      responses:
        '200':
          description: Books.
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Book' } }
  /books/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: integer } }
    get:
      responses:
        '200':
          description: A book.
          content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } }
components:
  schemas:
    Book:
      type: object
      required: [title, state]
      properties:
        title: { type: string, description: The whole title of the book. }
        state: { type: string, enum: [in, out, lost] }
        pages: { type: integer }
";

/// The report of two documents of an API.
pub(super) fn api(id: &str, path: &str, base: &str, head: &str) -> ApiReport {
    let (base, head) = (contract(base), contract(head));
    let changes = diff::prove(&base, &head, &Options::on(TODAY), &|_| true);
    let levels = |change: &diff::Change| rules::judge(change).map(|(rule, level)| (rule.id, level)).expect("a rule");
    assemble(&ApiInput {
        id,
        then_id: None,
        former: &[],
        path,
        title: &head.title,
        base: Some(&base.document),
        head: Some(&head.document),
        changes: &changes,
        levels: &levels,
        coverage: Coverage::of(&head),
        lang: Lang::En,
    })
}

pub(super) fn report(apis: Vec<ApiReport>) -> Report {
    let version = |label: &str| Version { label: label.to_owned(), commit: None, date: None };
    Report::new(version("origin/main"), version("HEAD"), apis)
}

/// A check of a report where every breaking or risky change is judged as `of` says, by its place in the report.
pub(super) fn check(question: Question, report: Report, of: &dyn Fn(usize, Judged) -> Judged) -> Check {
    let mut judged = Vec::new();
    for (a, api) in report.apis.iter().enumerate() {
        for (c, change) in api.changes.iter().enumerate().filter(|(_, change)| change.level <= Level::Risky) {
            let plain = Judged {
                at: (a, c),
                level: change.level,
                answer: None,
                waits: Vec::new(),
                partners: vec!["town-hall".to_owned(), "village".to_owned()],
                public: true,
            };
            judged.push(of(judged.len(), plain));
        }
    }
    let ships = question == Question::Release;
    let waits = judged.iter().flat_map(|judged| &judged.waits).map(|wait| wait.until).max();
    let open = judged.iter().any(Judged::is_open);
    Check {
        question,
        ships,
        versions: vec!["origin/main".to_owned(), "HEAD~1".to_owned()],
        today: TODAY,
        first_day: waits.or(Some(TODAY)).filter(|_| ships && !open),
        report,
        judged,
        findings: Vec::new(),
        next_versions: BTreeMap::from([(0, "2.0.0".to_owned())]),
        naming: Naming::Count,
    }
}

pub(super) fn notice(id: &str, announced: bool, open: &[&str]) -> Answer {
    let open_operations = open.iter().map(|name| (*name).to_owned()).collect();
    Answer::Notice { id: id.to_owned(), until: Some(date(2027, 4, 15)), announced, open_operations }
}

pub(super) fn acceptance(why: Why) -> Answer {
    let id = "preavis/accepted/2027-02-01-operation-removed-0a1b2c3d.toml".to_owned();
    Answer::Acceptance { id, why, by: Some("Camille".to_owned()), until: date(2027, 5, 1) }
}

pub(super) fn wait(day: i8, partner: Option<&str>) -> Wait {
    Wait { until: date(2027, 4, day), partner: partner.map(str::to_owned) }
}

/// Every kind of finding, with all its placeholders.
pub(super) fn findings() -> Vec<Finding> {
    let value = |name: &str| match name {
        "day" | "date" | "earliest" => "2027-03-31".to_owned(),
        "days" | "count" | "shipped" | "total" => "3".to_owned(),
        "fingerprint" | "fingerprints" => "pv1-4tn7h4anjef1xhj7".to_owned(),
        name => format!("the-{name}"),
    };
    let each = |kind: Kind| {
        let args = kind.placeholders().iter().map(|name| (*name, value(name)));
        Finding::new(kind, "N2027-009", args.collect::<Vec<_>>())
    };
    let mut all: Vec<Finding> = Kind::all().map(each).collect();
    all.sort_by_key(|finding| !finding.closes);
    all
}

/// A pull request of which something is open, partly announced, accepted, in a draft; with a few findings.
pub(super) fn pull_request() -> Check {
    let library = api("library", "api.yaml", BASE, HEAD);
    let mut check = check(Question::Merge, report(vec![library]), &|ix, judged| {
        let answer = match ix {
            0 => None,
            1 => Some(notice("N2027-004", true, &["GET /books/{id}"])),
            2 => Some(acceptance(Why::Agreed)),
            _ => Some(notice("N2027-005", false, &[])),
        };
        Judged { answer, ..judged }
    });
    let wanted = ["version-too-small", "acceptance-stale"];
    let mut seen = BTreeSet::new();
    check.findings = findings();
    check.findings.retain(|finding| wanted.contains(&finding.kind.as_str()) && seen.insert(finding.kind));
    check
}

/// A release whose changes are all answered and some of which wait.
pub(super) fn release() -> Check {
    let library = api("library", "api.yaml", BASE, HEAD);
    check(Question::Release, report(vec![library]), &|ix, judged| {
        let waits = match ix {
            0 => vec![wait(2, Some("town-hall")), wait(2, Some("village")), wait(15, None)],
            1 => vec![wait(15, None)],
            _ => Vec::new(),
        };
        let answer = if ix == 2 { acceptance(Why::Security) } else { notice("N2027-004", true, &[]) };
        Judged { waits, answer: Some(answer), ..judged }
    })
}

/// The same with everything answered and nothing to wait for.
pub(super) fn clear() -> Check {
    let library = api("library", "api.yaml", BASE, HEAD);
    check(Question::Merge, report(vec![library]), &|ix, judged| {
        let answer = match ix {
            0 => Answer::Untouched { by: "observed" },
            1 => Answer::Exempt { id: "beta".to_owned() },
            2 => Answer::Restored { id: "N2026-001".to_owned() },
            _ => Answer::Untouched { by: "declared" },
        };
        Judged { answer: Some(answer), ..judged }
    })
}

/// A release that nothing keeps but the calendar.
pub(super) fn no_release_day() -> Check {
    let library = api("library", "api.yaml", BASE, HEAD);
    let of = |_, judged| Judged { answer: Some(notice("N2027-004", true, &[])), ..judged };
    Check { first_day: Some(date(2027, 3, 4)), ..check(Question::Release, report(vec![library]), &of) }
}

/// The same API under another id.
pub(super) fn renamed(api: CheckedApi, id: &str) -> CheckedApi {
    CheckedApi { id: id.to_owned(), ..api }
}
