//! The commands that answer, ready to paste into a shell.

use std::collections::BTreeMap;

use super::result::{AnswerKind, CheckedChange, Who};
use crate::gate::{Kind, Question};

/// What stands for the reason that people write; too short to be taken for one.
const REASON: &str = "--reason \"…\"";

/// The commands that answer a change: announcing it first, letting it through second; of one that waits, that a partner
/// agrees. None where nothing is to be done.
pub(super) fn of_change(change: &CheckedChange, versions: &[String], question: Question) -> Vec<String> {
    let fingerprint = quoted(&change.change.fingerprint);
    if change.is_open() {
        let announce = joined(["preavis notice new", &all(versions), "--only", &fingerprint]);
        let accept = joined(["preavis accept", &fingerprint, &asked(versions, question), REASON]);
        return vec![announce, accept];
    }
    let notice = change.answer.as_ref().filter(|answer| answer.kind == AnswerKind::Notice);
    let id = notice.and_then(|notice| notice.id.as_deref()).filter(|id| !is_option(id));
    let Some(id) = id else { return Vec::new() };
    let partners = change.waits.iter().filter(|wait| wait.who == Who::Partner);
    let agreed = partners.map(|wait| {
        let partner = wait.partner.as_deref().filter(|name| !is_option(name));
        let partner = partner.map_or_else(|| "PARTNER".to_owned(), quoted);
        joined(["preavis ack", &quoted(id), "--partner", &partner])
    });
    let mut out: Vec<String> = agreed.collect();
    out.dedup();
    out
}

/// The commands that answer all open changes at once, where there are several.
pub(super) fn of_all(open: usize, versions: &[String], question: Question) -> Vec<String> {
    if open < 2 {
        return Vec::new();
    }
    let announce = joined(["preavis notice new", &all(versions)]);
    vec![announce, joined(["preavis accept --all", &asked(versions, question), REASON])]
}

/// The command of a finding that has one: what stands before and behind the word, and which of its placeholders that is.
const WAYS: &[(Kind, &str, Option<&str>, &str)] = &[
    (Kind::AcceptanceSpent, "preavis accept --prune", None, ""),
    (Kind::AcceptanceStale, "preavis accept --prune", None, ""),
    (Kind::NoticeOrphaned, "preavis notice render", Some("subject"), "--variant cancellation"),
    (Kind::PostponementDue, "preavis notice render", Some("subject"), "--variant postponement"),
];

/// The commands of a finding, where some help.
pub(super) fn of_finding(kind: Kind, args: &BTreeMap<String, String>, question: Question) -> Vec<String> {
    let fingerprint = args.get("fingerprint").filter(|word| !is_option(word));
    if let (Kind::AcceptanceRanOut, Some(fingerprint)) = (kind, fingerprint) {
        return vec![joined(["preavis accept", &quoted(fingerprint), &asked(&[], question), REASON])];
    }
    let ways = WAYS.iter().filter(|way| way.0 == kind);
    let command = |&(_, before, word, behind): &(Kind, &str, Option<&str>, &str)| match word {
        Some(name) => Some(joined([before, &quoted(args.get(name).filter(|word| !is_option(word))?), behind])),
        None => Some(joined([before, behind])),
    };
    ways.filter_map(command).collect()
}

/// How `preavis accept` is asked the same, where it would not by itself.
fn asked(versions: &[String], question: Question) -> String {
    match (question, versions) {
        (Question::Release, _) => "--release".to_owned(),
        (Question::Merge, []) => String::new(),
        (Question::Merge, [base]) => format!("--base {}", quoted(base)),
        (Question::Merge, [base, head, ..]) => format!("--base {} --head {}", quoted(base), quoted(head)),
    }
}

fn joined<const N: usize>(parts: [&str; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn all(versions: &[String]) -> String {
    versions.iter().map(|version| quoted(version)).collect::<Vec<_>>().join(" ")
}

/// Whether a command would take a word for an option; a lone `-` is standard input.
pub(super) fn is_option(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-')
}

/// A word as a POSIX shell reads it back; what no shell needs quoted stays as it is.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:@+,%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_by_a_shell() {
        for (word, expected) in [
            ("origin/main", "origin/main"),
            ("HEAD~1", "'HEAD~1'"),
            ("", "''"),
            ("$(rm -rf ~)", "'$(rm -rf ~)'"),
            ("l'été", r"'l'\''été'"),
            ("a b;c", "'a b;c'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
