//! Commands to the runner of GitHub, which Gitea and Forgejo read too: an annotation a remark, and what steps hand on.
//!
//! | part | escaped |
//! |---|---|
//! | message | `%`, CR, LF |
//! | property | the same, and `:` and `,` |
//!
//! `%` goes first (`actions/toolkit`, `command.ts`). The runner keeps ten annotations of a type, 4,096 characters each.

use super::Options;
use super::remark::{Remark, Stand, remarks};
use super::result::{CheckReport, CheckedChange};
use super::words;
use crate::gate::Decision;
use crate::render::excerpt::clip;
use crate::render::safe;
use crate::render::slug::hashed;
use crate::text::commands::{backslashed, disarmed};
use crate::text::{self, Lang};

/// Annotations of a type that the runner keeps, the one among them that says how many more there are.
const KEPT: usize = 10;
/// The most characters of a message; as many again may become escapes.
const MESSAGE: usize = 2_000;

/// What an annotation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Error,
    Warning,
    Notice,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Notice];

    fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    fn of(remark: &Remark<'_>) -> Self {
        match remark.stand {
            Stand::Open | Stand::Decision => Self::Error,
            Stand::Waiting => Self::Warning,
            Stand::Answered | Stand::Told => Self::Notice,
        }
    }
}

/// The annotations, a line each; those of errors first. The decision is the first of its type.
pub(super) fn render(report: &CheckReport, options: &Options) -> String {
    let lang = options.lang;
    let mut all = remarks(report, lang);
    // It is said first, whatever else there is.
    all.retain(|remark| remark.stand != Stand::Decision);
    let mut out = String::new();
    for kind in Kind::ALL {
        let mut lines: Vec<String> = Vec::new();
        if decided(report) == kind {
            lines.push(decision(report, lang, kind));
        }
        lines.extend(all.iter().filter(|remark| Kind::of(remark) == kind).map(|remark| annotation(remark, kind, lang)));
        if lines.len() > KEPT {
            let left = lines.len() - (KEPT - 1);
            lines.truncate(KEPT - 1);
            let said = text::counted(lang, "gate", "more-annotations", left as u64);
            lines.push(command(kind, &[("title", words::word(lang, "title"))], &said));
        }
        out.extend(lines.into_iter().map(|line| line + "\n"));
    }
    out
}

fn decided(report: &CheckReport) -> Kind {
    match report.decision {
        Decision::Open => Kind::Notice,
        Decision::Closed | Decision::Unknown => Kind::Error,
    }
}

fn decision(report: &CheckReport, lang: Lang, kind: Kind) -> String {
    let why = safe::plain_sentence(&words::why(lang, report));
    let said = text::labelled(lang, words::decision(lang, report.decision), &why);
    let advice = report.advice.as_deref().map(|advice| format!(" ({})", safe::line(advice))).unwrap_or_default();
    command(kind, &[("title", words::word(lang, "title"))], &(said + &advice))
}

fn annotation(remark: &Remark<'_>, kind: Kind, lang: Lang) -> String {
    let (line, column) = (remark.at.line.to_string(), remark.at.column.to_string());
    let title = format!("preavis {}", remark.rule);
    let place = [("file", remark.at.file.as_str()), ("line", &line), ("col", &column), ("title", &title)];
    command(kind, &place, &remark.message(lang, "\n"))
}

/// A command as the runner reads it. What it holds is no command of an earlier form, nor of another CI.
fn command(kind: Kind, properties: &[(&str, &str)], message: &str) -> String {
    let harmless = |text: &str| disarmed(&safe::block(text), backslashed).into_owned();
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(&harmless(&safe::line(text))).replace(':', "%3A").replace(',', "%2C");
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    format!("::{} {}::{}", kind.as_str(), properties.join(","), data(&harmless(&clip(message, MESSAGE))))
}

/// What a step hands on, by name.
pub fn outputs(report: &CheckReport) -> Vec<(&'static str, String)> {
    let count = |such: fn(&CheckedChange) -> bool| report.gated(such).len().to_string();
    let summary = &report.summary;
    vec![
        ("decision", report.decision.as_str().to_owned()),
        ("breaking", summary.breaking.to_string()),
        ("risky", summary.risky.to_string()),
        ("additive", summary.additive.to_string()),
        ("docs", summary.docs.to_string()),
        ("open", count(CheckedChange::is_open)),
        ("waiting", count(CheckedChange::is_waiting)),
        ("first_day", report.first_day.map(|day| day.to_string()).unwrap_or_default()),
        ("next_version", report.next_version.as_deref().map(safe::line).unwrap_or_default()),
    ]
}

/// Outputs as the file of `GITHUB_OUTPUT` takes them: `name<<delimiter`, the value, the delimiter. The delimiter follows
/// from the value and does not occur in it, so that the same result is written the same way.
pub fn output_file(outputs: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    for (name, value) in outputs {
        let mut delimiter = hashed("preavis", value);
        while value.contains(&delimiter) {
            delimiter = hashed("preavis", &delimiter);
        }
        out.push_str(&format!("{name}<<{delimiter}\n{value}\n{delimiter}\n"));
    }
    out
}
