//! The headings of releases, as the file has them: with brackets or without, the day behind a dash or in parentheses.

use super::outline::{Outline, Section};
use crate::compare::history::{Release, UNRELEASED};
use crate::render::safe;
use crate::text;
use crate::text::Lang;

/// What may stand around name and day; with more, such as a link or a title, a heading is no example.
const AROUND: &[char] = &['[', ']', '(', ')', '-', '\u{2013}', '\u{2014}', ':', ',', ' '];

/// How a changelog writes its headings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Headings {
    /// Before the name, between name and day, after the day.
    around: [String; 3],
    /// What stands after a name without a day.
    close: String,
    /// Whether names of versions have a `v`; nothing where the file has no version.
    letter: Option<bool>,
}

impl Default for Headings {
    fn default() -> Self {
        Self { around: ["[", "] - ", ""].map(str::to_owned), close: "]".to_owned(), letter: None }
    }
}

impl Headings {
    /// Those of the first release of a file that is an example, else our own.
    pub(super) fn of(text: &str, outline: &Outline) -> Self {
        let named = || outline.sections.iter().filter(|section| section.label != UNRELEASED);
        let mut found = named().find_map(|section| Self::read(text, section)).unwrap_or_default();
        let version = named().find(|section| is_version(&section.label));
        found.letter = version.map(|section| section.label.starts_with(['v', 'V']));
        found
    }

    fn read(text: &str, section: &Section) -> Option<Self> {
        let source = text[section.heading.clone()].strip_prefix("## ")?.trim();
        let plain = |text: &str| text.chars().all(|c| AROUND.contains(&c));
        let (before, rest) = source.split_once(section.label.as_str())?;
        let day = section.date.map(|day| day.to_string()).filter(|day| *day != section.label);
        let (between, after) = match &day {
            Some(day) => rest.split_once(day.as_str())?,
            None => (rest, ""),
        };
        if section.label.is_empty() || ![before, between, after].into_iter().all(plain) {
            return None;
        }
        let close = if before.ends_with('[') { "]" } else { "" };
        // A heading without a day says how names stand, and the day stands behind them as it would of ours.
        let around = match day {
            Some(_) => [before, between, after].map(str::to_owned),
            None => [before.to_owned(), format!("{close} - "), String::new()],
        };
        Some(Self { around, close: close.to_owned(), letter: None })
    }

    /// The heading of a release, without a line break: a day alone, a tag with its day.
    pub(super) fn write(&self, release: &Release, lang: Lang) -> String {
        let [before, between, after] = &self.around;
        let close = &self.close;
        if release.is_unreleased() {
            return format!("## {before}{}{close}", text::word(lang, "actions", "unreleased"));
        }
        let name = self.name(&release.name);
        match &release.date {
            Some(date) if *date != release.name => format!("## {before}{name}{between}{date}{after}"),
            Some(_) | None => format!("## {before}{name}{close}"),
        }
    }

    /// A name, with the letter that the file gives its versions. What Markdown takes as it is stays as it is.
    fn name(&self, name: &str) -> String {
        let bare = name.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let name = match (self.letter, bare) {
            (Some(false), Some(bare)) if is_version(name) => bare.to_owned(),
            (Some(true), None) if is_version(name) => format!("v{name}"),
            (Some(_) | None, _) => name.to_owned(),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '/');
        if name.chars().all(plain) { name } else { safe::markdown(&name) }
    }
}

/// `1.2`, `v1.2.0`: digits and a dot, with a `v` or without.
fn is_version(name: &str) -> bool {
    let bare = name.strip_prefix(['v', 'V']).unwrap_or(name);
    bare.split_once('.').is_some_and(|(first, _)| !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Report, Version};

    fn release(name: &str, date: &str) -> Release {
        let report = Report::new(Version::default(), Version::default(), Vec::new());
        Release { name: name.to_owned(), date: Some(date.to_owned()), skipped: Vec::new(), report }
    }

    #[test]
    fn headings_are_written_as_the_file_writes_them() {
        for (file, version, day) in [
            ("", "## [v2.6.7] - 2024-05-14", "## [2024-05-14]"),
            ("## [2.6.6] - 2024-01-01", "## [2.6.7] - 2024-05-14", "## [2024-05-14]"),
            ("## 2.6.6 (2024-01-01)", "## 2.6.7 (2024-05-14)", "## 2024-05-14"),
            ("## v2.6.6 \u{2013} 2024-01-01", "## v2.6.7 \u{2013} 2024-05-14", "## 2024-05-14"),
            ("## 2024-01-01", "## v2.6.7 - 2024-05-14", "## 2024-05-14"),
            ("## [2.6.6]", "## [2.6.7] - 2024-05-14", "## [2024-05-14]"),
            (
                "## [2.6.6](https://example.org) - a title\n\n## 2.6.5 (2024-01-01)",
                "## 2.6.7 (2024-05-14)",
                "## 2024-05-14",
            ),
        ] {
            let headings = Headings::of(file, &Outline::read(file));
            assert_eq!(headings.write(&release("v2.6.7", "2024-05-14"), Lang::En), version, "{file}");
            assert_eq!(headings.write(&release("2024-05-14", "2024-05-14"), Lang::En), day, "{file}");
        }
        let own = Headings::default();
        assert_eq!(own.write(&release("a_[b]", "2024-05-14"), Lang::En).matches('\\').count(), 3);
    }
}
