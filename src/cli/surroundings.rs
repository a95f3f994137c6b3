//! What the process stands in: working directory, clock, environment. Read once, handed down as values.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::text::Lang;

/// Where CI systems say into which branch a change is to be merged.
const TARGET_BRANCH: &[&str] = &[
    "GITHUB_BASE_REF",
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
    "BITBUCKET_PR_DESTINATION_BRANCH",
    "SYSTEM_PULLREQUEST_TARGETBRANCH",
    "BUILDKITE_PULL_REQUEST_BASE_BRANCH",
    "CHANGE_TARGET",
];

/// How wide a terminal is taken to be that does not say.
const WIDTH: usize = 100;

/// Where POSIX looks for the language of messages, in its order.
const LANGUAGE: &[&str] = &["LC_ALL", "LC_MESSAGES", "LANG"];

/// What commands depend on beside their arguments.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The working directory, absolute.
    pub cwd: PathBuf,
    /// The branch that CI says a change will be merged into.
    pub target_branch: Option<String>,
    /// The language of the environment, where it is one that preavis speaks.
    pub lang: Option<Lang>,
    /// The day of the clock, in UTC.
    pub today: Date,
    /// The clock.
    pub now: Timestamp,
    /// Whether a person reads standard output, at a terminal and outside of CI.
    pub private: bool,
    /// Whether a person watches standard error, at a terminal that can take a line back and outside of CI.
    pub watched: bool,
    /// This process, its machine and when it began: what others are told while they wait for it.
    pub process: String,
    /// A variable of the environment by its name: where CI says what is posted where, and the token for it. They are read
    /// when they are asked for, and kept by nobody else.
    pub variable: fn(&str) -> Option<String>,
    /// Whether colours are wanted where nobody says.
    pub colored: bool,
    /// How many characters a line of the terminal has that standard output is; `None` where it is none.
    pub width: Option<usize>,
}

impl Surroundings {
    /// Those of this process.
    pub(super) fn read(colored: bool) -> anyhow::Result<Self> {
        let first = |names: &[&str]| {
            let values = names.iter().filter_map(|name| std::env::var(name).ok());
            values.into_iter().find(|value| !value.is_empty())
        };
        let in_ci = first(&["CI", "GITHUB_ACTIONS", "GITLAB_CI"]).is_some();
        let now = Timestamp::now();
        Ok(Self {
            cwd: std::env::current_dir().context("the working directory cannot be read")?,
            target_branch: first(TARGET_BRANCH),
            lang: first(LANGUAGE).and_then(|locale| language(&locale)),
            today: Offset::UTC.to_datetime(now).date(),
            now,
            private: io::stdout().is_terminal() && !in_ci,
            watched: io::stderr().is_terminal() && !in_ci && first(&["TERM"]).is_none_or(|term| term != "dumb"),
            process: process(now),
            variable: |name| std::env::var(name).ok(),
            colored,
            width: io::stdout().is_terminal().then(|| width(first(&["COLUMNS"]))),
        })
    }
}

/// As wide as the environment says, else as the terminal does, else as most are.
fn width(columns: Option<String>) -> usize {
    let said = columns.and_then(|columns| columns.trim().parse().ok()).filter(|columns| *columns > 0);
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0);
    said.or_else(asked).unwrap_or(WIDTH)
}

fn process(now: Timestamp) -> String {
    let (id, host) = (std::process::id(), gethostname::gethostname());
    format!("process {id} on {} (since {now:.0})", host.to_string_lossy())
}

/// The language of a locale such as `fr_FR.UTF-8`.
fn language(locale: &str) -> Option<Lang> {
    locale.split(['_', '.', '@', '-']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_wide_a_terminal_is() {
        assert_eq!(width(Some("72".to_owned())), 72);
        assert_eq!(width(Some("wide".to_owned())), width(None));
    }

    #[test]
    fn locales_name_languages() {
        assert_eq!(language("fr_FR.UTF-8"), Some(Lang::Fr));
        assert_eq!(language("fr"), Some(Lang::Fr));
        assert_eq!(language("en-GB"), Some(Lang::En));
        assert_eq!(language("C.UTF-8"), None);
        assert_eq!(language("frr_DE"), None);
    }
}
