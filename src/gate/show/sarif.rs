//! SARIF 2.1.0: one run, a rule a kind of change or finding with what is known of it, a result a remark. What is answered
//! is a suppressed result with its justification.
//!
//! Columns count characters. What was removed stands at its document; where it stood is said in words, since no line of
//! the new version has it. GitHub ignores suppressions and tells results apart by `primaryLocationLineHash`, which is our
//! fingerprint, so that a reformatted line makes no new alert.

use indexmap::IndexSet;
use serde_json::{Value, json};

use super::Options;
use super::remark::{Remark, Stand, remarks};
use super::result::CheckReport;
use super::words;
use crate::gate::Decision;
use crate::render::safe;
use crate::rules::Level;
use crate::text::{self, Lang};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
/// The most results that code scanning takes.
const RESULTS: usize = 25_000;

/// Whether what is answered is among the results.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Suppressed {
    /// As suppressed results.
    Shown,
    /// Not at all: GitHub would show them as alerts.
    Left,
}

/// The log of one run; ends with a line break.
pub(super) fn render(report: &CheckReport, options: &Options, suppressed: Suppressed) -> String {
    let lang = options.lang;
    let mut all = remarks(report, lang);
    all.retain(|remark| suppressed == Suppressed::Shown || remark.stand != Stand::Answered);
    all.truncate(RESULTS);
    let rules: IndexSet<&str> = all.iter().map(|remark| remark.rule.as_str()).collect();
    let results = all.iter().map(|remark| result(remark, rules.get_index_of(remark.rule.as_str()), lang));
    let driver = json!({
        "name": "preavis",
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|id| rule(id, lang)).collect::<Vec<_>>(),
    });
    let run = json!({
        "tool": { "driver": driver },
        "automationDetails": { "id": "preavis/" },
        "columnKind": "unicodeCodePoints",
        "invocations": [invocation(report, lang)],
        "results": results.collect::<Vec<_>>(),
    });
    text::json::pretty(&json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": [run] }))
}

fn message(text: &str) -> Value {
    json!({ "text": text })
}

/// The decision; one that could not be made is a run that failed.
fn invocation(report: &CheckReport, lang: Lang) -> Value {
    let told = report.decision != Decision::Unknown;
    let why = safe::plain_sentence(&words::why(lang, report));
    let said = text::labelled(lang, words::decision(lang, report.decision), &why);
    let level = if report.decision == Decision::Open { "note" } else { "error" };
    let notification = json!({ "level": level, "message": message(&said) });
    json!({ "executionSuccessful": told, "toolExecutionNotifications": [notification] })
}

/// What is known of a rule, or of a kind of finding.
fn rule(id: &str, lang: Lang) -> Value {
    if let Some(page) = text::page(id, lang) {
        let help = format!("{} {}", page.explanation, page.advice);
        let markdown = format!("{}\n\n{}\n\n`preavis rules {id}`", page.explanation, page.advice);
        return json!({
            "id": id,
            "shortDescription": message(page.title),
            "fullDescription": message(page.explanation),
            "help": { "text": help, "markdown": markdown },
        });
    }
    let said = safe::plain_sentence(&words::of_rule(lang, id));
    json!({
        "id": id,
        "shortDescription": message(&said),
        "fullDescription": message(&said),
        "help": message(&said),
    })
}

fn result(remark: &Remark<'_>, rule: Option<usize>, lang: Lang) -> Value {
    let place = json!({
        "artifactLocation": { "uri": remark.at.uri() },
        "region": { "startLine": remark.at.line, "startColumn": remark.at.column },
    });
    let mut out = json!({
        "ruleId": remark.rule,
        "ruleIndex": rule,
        "level": level(remark),
        "message": message(&remark.message(lang, "\n")),
        "locations": [{ "physicalLocation": place }],
        "fingerprints": { "preavis/v1": remark.identity },
        "partialFingerprints": { "primaryLocationLineHash": format!("{}:1", remark.identity) },
    });
    if let Some(before) = &remark.before {
        out["relatedLocations"] = json!([{ "message": message(before) }]);
    }
    if remark.stand == Stand::Answered {
        let justification = remark.notes.first().map_or(remark.rule.as_str(), String::as_str);
        out["suppressions"] = json!([{ "kind": "external", "status": "accepted", "justification": justification }]);
    }
    out
}

fn level(remark: &Remark<'_>) -> &'static str {
    match (remark.stand, remark.level) {
        (Stand::Told, None) | (_, Some(Level::Additive | Level::Docs)) => "note",
        (_, Some(Level::Risky)) => "warning",
        (_, Some(Level::Breaking) | None) => "error",
    }
}
