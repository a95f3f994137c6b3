//! Nothing that a document, a file name, an argument, a team file or git says is a command of CI, acts on a terminal,
//! hides, or starts a line of a message.
//!
//! What is looked for is written here again, from what each CI says of itself and from Unicode's own properties, and shares
//! nothing with the program.

use std::process::Command;
use std::sync::LazyLock;

use regex::Regex;

use super::place::Run;

mod arguments;
mod documents;
mod errors;
mod messages;
mod tables;

/// What wants to speak.
pub(super) const HOSTILE: &[&str] = &[
    "::error file=a::FORGED",
    "\n::set-output name=a::FORGED",
    "x\n \t\u{a0}::add-mask::FORGED",
    "x\r\n::stop-commands::FORGED",
    "x\r::debug::FORGED",
    "\u{2028}::notice::FORGED\u{85}::error::FORGED",
    "##[error]FORGED",
    "a ##[add-mask]FORGED\n##[group]b",
    "##vso[task.setvariable variable=a]FORGED",
    "x\n##teamcity[buildStop comment='FORGED']",
    "section_start:1700000000:a[collapsed=true]\r\u{1b}[0KFORGED",
    "x\ntravis_fold:start:a\ntravis_time:end:a",
    "--- FORGED",
    "x\n+++ FORGED\n~~~ FORGED\n^^^ +++",
    "\u{1b}]52;c;Rk9SR0VE\u{7}\u{1b}[2J\u{1b}[8m",
    "\u{9b}2J\u{9d}0;x\u{9c}\u{7f}\u{8}",
    "\u{202e}DEGROF\u{202c}\u{2066}x\u{2069}\u{61c}",
    "a\u{200b}b\u{ad}\u{feff}\u{e0046}\u{e007f}\u{3164}\u{180e}\u{fff9}",
    "\u{200b}::error::FORGED",
    "\u{1b}[1m::error::FORGED",
    "x\nFORGED: y\nerror: FORGED\nhelp: FORGED",
    "`a` | b `c\n| --- |\n%0A::error::FORGED",
];

static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    let group = r"(---|\+\+\+|~~~|\^\^\^)\s+\S";
    let anywhere = r"##[A-Za-z]*\[|(section_(start|end)|travis_(fold|time)):";
    Regex::new(&format!(r"^(\x1b\[[0-9;]*m|\s)*::|{anywhere}|^{group}")).unwrap()
});
static HIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    let joiners = r"\u{200c}\u{200d}\u{fe0e}\u{fe0f}";
    Regex::new(&format!(r"[[\p{{Cc}}\p{{DI}}\u{{2028}}\u{{2029}}\u{{fff9}}-\u{{fffb}}]--[\n\t{joiners}]]")).unwrap()
});
/// Lines of a message that no value may begin.
static FORGED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*(FORGED|(error|help|warning): FORGED)").unwrap());

/// The colours that preavis itself writes.
static COLOURS: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\x1b\[(1;31|1;33|1;36|31|32|1|2|0)m").unwrap());

/// The first line that is a command, acts or hides.
pub(super) fn speaks(text: &str) -> Option<String> {
    let odd = |line: &&str| COMMAND.is_match(line) || HIDDEN.is_match(line);
    text.split(['\n', '\r']).find(odd).map(|line| format!("{line:?} in {text}"))
}

/// The same, and the first line that a value began.
pub(super) fn amiss(text: &str) -> Option<String> {
    let forged = || text.lines().find(|line| FORGED.is_match(line)).map(|line| format!("{line:?} in {text}"));
    speaks(text).or_else(forged)
}

/// Fails where a run says what it must not; the header of a unified diff is its own.
#[track_caller]
pub(super) fn harmless(run: &Run, doing: &str) {
    let out = run.out.replace("\r\n", "\n");
    let out = if out.starts_with("--- a/") { out.splitn(3, '\n').last().unwrap_or("") } else { &out };
    assert_eq!(amiss(out), None, "standard output of {doing}");
    assert_eq!(amiss(&run.err), None, "standard error of {doing}");
    assert!(!run.err.contains("panicked"), "{doing}: {}", run.err);
}

/// A string of JSON and of TOML, which takes no control as it is.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in serde_json::to_string(text).unwrap().chars() {
        if c.is_control() { out += &format!("\\u{:04x}", u32::from(c)) } else { out.push(c) }
    }
    out
}

/// Runs a command to its end.
pub(super) fn run(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: output.status.code().unwrap(), out: text(&output.stdout), err: text(&output.stderr) }
}

#[test]
fn the_test_sees_what_it_looks_for() {
    for text in HOSTILE {
        assert!(amiss(text).is_some() || text.contains('`'), "{text:?}");
    }
    for text in ["a ::error::", "## [1.0] - 2024", "---\n", "été 👩\u{200d}🔧", "  FORGE", "a: --- b"] {
        assert_eq!(amiss(text), None);
    }
}
