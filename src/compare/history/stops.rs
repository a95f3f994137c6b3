//! Which points of a history are releases: tags, or the last commit of each day.

use jiff::civil::Date;
use std::rc::Rc;

use indexmap::IndexMap;

use super::UNRELEASED;
use crate::report::Version;
use crate::source::Listing;

/// What releases are told apart by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// The tags of the history.
    Tag,
    /// The days on which something was committed.
    Day,
}

/// A point of a history whose documents are compared with those of the point before.
#[derive(Clone)]
pub struct Stop {
    /// The name of the release.
    pub name: String,
    /// The day of the release.
    pub date: Date,
    /// The full id of the commit.
    pub commit: String,
    /// The files.
    pub files: Rc<dyn Listing>,
}

impl Stop {
    /// The version as reports name it.
    pub fn version(&self) -> Version {
        Version {
            label: self.name.clone(),
            commit: Some(self.commit.clone()).filter(|id| !id.is_empty()),
            date: Some(self.date.to_string()),
        }
    }
}

/// A commit of a history that is a release, by its place in the history.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tagged {
    /// The index of the commit.
    pub(super) index: usize,
    /// The name of the release.
    pub(super) name: String,
    /// The day in the name, where it begins with one.
    pub(super) date: Option<Date>,
}

/// The day a name begins with: `2022-01-06-12-20` is a release of 6 January 2022.
fn day_of(name: &str) -> Option<Date> {
    let (day, rest) = name.split_at_checked(10)?;
    let shaped = day.bytes().enumerate().all(|(ix, byte)| match ix {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    if !shaped || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    day.parse().ok()
}

/// True of `1.2`, `v1.2.0`, `api-v2.0.0-rc.1`: digits, a dot, digits.
fn is_version(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.windows(3).any(|three| three[0].is_ascii_digit() && three[1] == b'.' && three[2].is_ascii_digit())
}

/// The releases among the commits of a history, oldest first, each with its tags; the commits after the last one are
/// `unreleased`. Where some tags are dates or versions the others are none; of several on a commit the first one counts.
pub(super) fn tagged(tags: &[Vec<String>]) -> Vec<Tagged> {
    let is_release = |name: &String| day_of(name).is_some() || is_version(name);
    let strict = tags.iter().flatten().any(is_release);
    let mut found = Vec::new();
    for (index, names) in tags.iter().enumerate() {
        if let Some(name) = names.iter().find(|name| !strict || is_release(name)) {
            found.push(Tagged { index, name: name.clone(), date: day_of(name) });
        }
    }
    if let Some(last) = found.last()
        && last.index + 1 < tags.len()
    {
        found.push(Tagged { index: tags.len() - 1, name: UNRELEASED.to_owned(), date: None });
    }
    found
}

/// The last commit of each day, in the order of the history, whatever the clocks of committers say.
pub(super) fn last_of_days(dates: &[Date]) -> Vec<Tagged> {
    let mut last: IndexMap<Date, usize> = IndexMap::new();
    for (index, date) in dates.iter().enumerate() {
        last.insert(*date, index);
    }
    last.sort_unstable_by(|_, one, _, other| one.cmp(other));
    last.into_iter().map(|(date, index)| Tagged { index, name: date.to_string(), date: Some(date) }).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn names(tags: &[&[&str]]) -> Vec<(usize, String)> {
        let tags: Vec<Vec<String>> =
            tags.iter().map(|names| names.iter().map(|&name| name.to_owned()).collect()).collect();
        tagged(&tags).into_iter().map(|tagged| (tagged.index, tagged.name)).collect()
    }

    #[test]
    fn dates_and_versions_are_releases() {
        let found = names(&[&["testmk"], &["2022-01-06-12-20"], &[], &["latest", "v1.2.0"], &[]]);
        let expected = [(1, "2022-01-06-12-20"), (3, "v1.2.0"), (4, "unreleased")];
        assert_eq!(found, expected.map(|(index, name)| (index, name.to_owned())));
        assert_eq!(names(&[&["alpha"], &[], &["beta"]]), [(0, "alpha".to_owned()), (2, "beta".to_owned())]);
        assert_eq!(names(&[&[], &[]]), []);
        assert_eq!(day_of("2022-01-06-12-20"), Some(date(2022, 1, 6)));
        assert_eq!(day_of("2022-01-067"), None);
        assert_eq!(day_of("2022-13-06"), None);
    }

    #[test]
    fn a_day_ends_with_its_last_commit() {
        let days = last_of_days(&[date(2024, 5, 2), date(2024, 5, 1), date(2024, 5, 2), date(2024, 5, 3)]);
        let days: Vec<_> = days.iter().map(|day| (day.index, day.name.as_str())).collect();
        assert_eq!(days, [(1, "2024-05-01"), (2, "2024-05-02"), (3, "2024-05-03")]);
    }
}
