//! How far a version must move: MAJOR.MINOR.PATCH, as <https://semver.org> has it.

use semver::Version;

use crate::report::Summary;
use crate::rules::Level;

/// The least version that follows another after some changes: what breaks moves MAJOR, what may or is new MINOR, words alone
/// PATCH; before 1.0.0 each one place further down, since nothing is promised there (semver §4). `None` where the version does
/// not count so, or nothing changed.
pub fn next_version(version: &str, changes: &Summary) -> Option<String> {
    let now = Version::parse(version.trim()).ok()?;
    let worst = Level::ALL.into_iter().find(|level| changes.of(*level) > 0)?;
    let next = match (worst, now.major) {
        (Level::Breaking, 0) => Version::new(0, now.minor + 1, 0),
        (Level::Breaking, major) => Version::new(major + 1, 0, 0),
        (Level::Risky | Level::Additive, 1..) => Version::new(now.major, now.minor + 1, 0),
        (Level::Risky | Level::Additive, 0) | (Level::Docs, _) => Version::new(now.major, now.minor, now.patch + 1),
    };
    Some(next.to_string())
}

/// Whether a version is another one, or lies behind it; what does not count so is none.
pub fn reaches(version: &str, wanted: &str) -> bool {
    match (Version::parse(version.trim()), Version::parse(wanted)) {
        (Ok(version), Ok(wanted)) => version >= wanted,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_moves_as_far_as_the_changes_do() {
        let one = |level: Level| Summary {
            breaking: u64::from(level == Level::Breaking),
            risky: u64::from(level == Level::Risky),
            additive: u64::from(level == Level::Additive),
            docs: 1,
            unproven: 0,
            occurrences: None,
        };
        for (version, level, wanted) in [
            ("1.4.2", Level::Breaking, Some("2.0.0")),
            ("1.4.2", Level::Risky, Some("1.5.0")),
            ("1.4.2", Level::Additive, Some("1.5.0")),
            ("1.4.2", Level::Docs, Some("1.4.3")),
            ("0.4.2", Level::Breaking, Some("0.5.0")),
            ("0.4.2", Level::Additive, Some("0.4.3")),
            ("2.0.0-beta.1", Level::Docs, Some("2.0.1")),
            ("v1", Level::Breaking, None),
            ("1.4", Level::Breaking, None),
        ] {
            assert_eq!(next_version(version, &one(level)).as_deref(), wanted, "{version}");
        }
        assert_eq!(next_version("1.0.0", &Summary::default()), None);
        assert!(reaches("2.0.0", "2.0.0") && reaches("10.0.0", "9.1.0") && !reaches("1.9.9", "2.0.0"));
        assert!(!reaches("latest", "2.0.0"));
    }
}
