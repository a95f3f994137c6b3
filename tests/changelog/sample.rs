//! Small histories in memory: each stop is a day with the documents of that day.

use std::rc::Rc;

use jiff::civil::Date;
use preavis::compare::Asked;
use preavis::compare::history::{self, History, Stop, walk};
use preavis::config::Config;
use preavis::notice::NoticeIndex;
use preavis::publish::changelog::Style;
use preavis::rules::Level;
use preavis::text::Lang;

use crate::harness::Memory;

/// A document: one operation with a query filter and a response whose properties are given as YAML.
pub(super) fn document(filter: &str, properties: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: API RDV, version: v1}}\npaths:\n  /rdvs:\n    get:\n      parameters:\n        - \
         {{name: {filter}, in: query, schema: {{type: string}}}}\n      responses:\n        '200':\n          \
         description: ok\n          content:\n            application/json:\n              schema: {{$ref: \
         '#/components/schemas/rdv'}}\ncomponents:\n  schemas:\n    rdv:\n      type: object\n      properties:\n\
         {properties}"
    )
}

/// The property lines of a document.
pub(super) fn properties(lines: &[&str]) -> String {
    lines.iter().flat_map(|line| ["        ", line, "\n"]).collect()
}

/// A stop on a day, with files by path.
pub(super) fn stop(name: &str, day: &str, files: &[(&str, String)]) -> Stop {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.clone())).collect();
    let date: Date = day.parse().expect(day);
    Stop { name: name.to_owned(), date, commit: format!("{name:0>40}"), files: Rc::new(Memory(files)) }
}

/// Days of one document, `api.yaml`.
pub(super) fn days(versions: &[(&str, String)]) -> Vec<Stop> {
    versions.iter().map(|(day, text)| stop(day, day, &[("api.yaml", text.clone())])).collect()
}

/// The history of some paths over some stops.
pub(super) fn read(stops: impl AsRef<[Stop]>, paths: &[&str], lang: Lang) -> History {
    let (config, specs) = (Config::default(), paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>());
    let (asked, stops) = (
        Asked {
            config: &config,
            specs: &specs,
            lang,
            reading: preavis::rules::Reading::default(),
            renamed: None,
            cache: None,
            progress: None,
        },
        stops.as_ref(),
    );
    walk(stops, &history::apis(stops, asked).unwrap_or_default(), asked)
}

pub(super) fn style(lang: Lang, show: Level) -> Style<'static> {
    static NONE: NoticeIndex = NoticeIndex::NONE;
    Style { lang, show, blocks: false, several: false, index: &NONE, older: true, site: None }
}

/// The history that most tests use: an enum value goes, comes back and goes; a property is renamed; one day is broken.
pub(super) fn rdv() -> Vec<Stop> {
    let status = "status: {type: string, enum: [seen, waiting], description: What the new desk says of it}";
    let seen = "status: {type: string, enum: [seen], description: What the new desk says of it}";
    days(&[
        ("2024-05-01", document("page", &properties(&[status, "users: {type: array, items: {type: string}}"]))),
        ("2024-05-03", document("page", &properties(&[seen, "users: {type: array, items: {type: string}}"]))),
        ("2024-05-06", "openapi: 3.0.3\npaths: [\n".to_owned()),
        ("2024-05-07", document("page", &properties(&[seen, "people: {type: array, items: {type: string}}"]))),
        ("2024-05-08", document("page", &properties(&["people: {type: array, items: {type: string}}", seen]))),
        (
            "2024-05-14",
            document(
                "limit",
                &properties(&[
                    "status: {type: string, enum: [seen], description: What the old desk says of it}",
                    "people: {type: array, deprecated: true, items: {type: string}}",
                    "size: {type: integer}",
                ]),
            ),
        ),
    ])
}
