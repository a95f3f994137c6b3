//! What CI takes for a command when it stands in a log, and how a text says the same without being one.
//!
//! | CI | a line of the log is a command |
//! |---|---|
//! | GitHub, Gitea, Forgejo | `::name …::` after blanks; `##[name …]` anywhere, as earlier versions had it |
//! | Azure Pipelines | `##vso[…]` and `##[…]` anywhere |
//! | `TeamCity` | `##teamcity[…]` |
//! | GitLab | `section_start:…` and `section_end:…` anywhere |
//! | Travis | `travis_fold:…` and `travis_time:…` anywhere |
//! | Buildkite | `--- `, `+++ `, `~~~ ` and `^^^ ` at its start open groups |
//!
//! It is not asked whether a command exists: CI systems gain new ones.

use std::borrow::Cow;

/// Words that make a line a command with the colon behind them.
const WORDS: &[&str] = &["section_start", "section_end", "travis_fold", "travis_time"];
/// What opens a group at the start of a line, with the blank behind it.
const GROUPS: &[&str] = &["---", "+++", "~~~", "^^^"];

/// How a format writes a character so that a reader sees it and CI does not.
pub(crate) type Spell = fn(char) -> String;

/// In text and in Markdown outside of code: behind a backslash.
pub(crate) fn backslashed(c: char) -> String {
    format!("\\{c}")
}

/// In HTML and XML: by its number.
pub(crate) fn numbered(c: char) -> String {
    format!("&#{};", u32::from(c))
}

/// The same text, no line of which is a command. Of each the one character is spelt without which it is none; what opens
/// a group is set in by a blank, which means nothing in Markdown.
pub(crate) fn disarmed(text: &str, spell: Spell) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut start, mut done) = (0, 0);
    for line in text.split_inclusive('\n') {
        if opens_group(line) {
            out.push_str(&text[done..start]);
            out.push(' ');
            done = start;
        }
        let mut marks = marks(line);
        marks.extend(leading(line));
        marks.sort_unstable();
        for at in marks {
            out.push_str(&text[done..start + at]);
            // Every mark is a character of ASCII.
            out.push_str(&spell(char::from(line.as_bytes()[at])));
            done = start + at + 1;
        }
        start += line.len();
    }
    if out.is_empty() {
        return text.into();
    }
    out.push_str(&text[done..]);
    out.into()
}

/// The characters without which a text is no command wherever it stands in a line, by their bytes, in no order.
pub(crate) fn marks(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices('[') {
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if before.ends_with("##") {
            out.push(at);
        }
    }
    // Each of the words has one.
    let words = if text.contains('_') { WORDS } else { &[] };
    for word in words {
        let ends = text.match_indices(word).map(|(at, _)| at + word.len());
        out.extend(ends.filter(|&end| text[end..].starts_with(':')));
    }
    out
}

/// The first of two colons that a line starts with, after blanks and colours.
fn leading(line: &str) -> Option<usize> {
    let rest = uncoloured(line);
    rest.starts_with("::").then_some(line.len() - rest.len())
}

fn opens_group(line: &str) -> bool {
    let mut line = line;
    while let Some(behind) = behind_colour(line) {
        line = behind;
    }
    let marked = GROUPS.iter().find_map(|group| line.strip_prefix(group));
    // Alone on its line it is a rule of Markdown, or ends a block.
    marked.is_some_and(|rest| rest.starts_with([' ', '\t']) && !rest.trim().is_empty())
}

/// A line from its first character that is neither blank nor part of a colour.
fn uncoloured(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some(behind) = behind_colour(rest) {
        rest = behind.trim_start();
    }
    rest
}

fn behind_colour(text: &str) -> Option<&str> {
    text.strip_prefix("\u{1b}[")?.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_of_every_ci_are_spelt() {
        for (given, wanted) in [
            ("::error::x", "\\::error::x"),
            ("a\n \t\u{a0}::set-output name=x::y\nb", "a\n \t\u{a0}\\::set-output name=x::y\nb"),
            ("\u{1b}[1m::add-mask::x\u{1b}[0m", "\u{1b}[1m\\::add-mask::x\u{1b}[0m"),
            ("a ##[error]b ##[warning]c", "a ##\\[error]b ##\\[warning]c"),
            ("x ##vso[task.setvariable]y", "x ##vso\\[task.setvariable]y"),
            ("###teamcity[a] ##TeamCity[b]", "###teamcity\\[a] ##TeamCity\\[b]"),
            ("section_start:1:a travis_fold:end", "section_start\\:1:a travis_fold\\:end"),
            ("--- a\n+++ b\n~~~ c\n^^^ +++", " --- a\n +++ b\n ~~~ c\n ^^^ +++"),
            ("--- ##[group]a", " --- ##\\[group]a"),
            ("\u{1b}[1m--- a\u{1b}[0m", " \u{1b}[1m--- a\u{1b}[0m"),
        ] {
            assert_eq!(disarmed(given, backslashed), wanted);
            assert_eq!(disarmed(wanted, backslashed), wanted, "twice is once");
        }
        assert_eq!(disarmed(" ::a ##[b]", numbered), " &#58;:a ##&#91;b]");
    }

    #[test]
    fn what_is_no_command_stays() {
        for text in [
            "",
            "a::b\nstd::io",
            "## [1.0] - 2024",
            "# a[0]",
            "---\n",
            "--- \n",
            "a --- b",
            "~~~yaml\n~~~\n",
            "[x]: y",
            "# #[a]",
        ] {
            assert!(matches!(disarmed(text, backslashed), Cow::Borrowed(_)), "{text:?}");
        }
    }
}
