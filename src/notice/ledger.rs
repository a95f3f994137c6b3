//! The notices of a repository, and which of them speaks for a change.

use jiff::civil::Date;

use super::Notice;
use crate::policy::ConfigError;

/// Where notices are, from the root of a repository.
pub const FOLDER: &str = "preavis/notices";

/// The notices of a repository, by the day they were announced, drafts last.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Ledger {
    /// The notices.
    pub notices: Vec<Notice>,
}

impl Ledger {
    /// Reads notices from their files, `(path, text)`.
    ///
    /// # Errors
    /// Says where a file cannot be read as a notice, or has the id of another.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, ConfigError> {
        let mut notices: Vec<Notice> = Vec::new();
        for (path, text) in files {
            let notice = Notice::parse(path, text)?;
            if let Some(other) = notices.iter().find(|other| other.front.id == notice.front.id) {
                let at = text.find("\nid").map(|at| at + 1..at + 3);
                let message = format!("the id `{}` is that of {} too", notice.front.id, other.path);
                return Err(ConfigError::new(path, text, at, message));
            }
            notices.push(notice);
        }
        let day = |notice: &Notice| notice.front.announced_on.map_or(Date::MAX, |day| day.0);
        notices.sort_by(|one, two| day(one).cmp(&day(two)).then_with(|| one.front.id.cmp(&two.front.id)));
        Ok(Self { notices })
    }

    /// The notice of an id.
    pub fn find(&self, id: &str) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.front.id == id)
    }

    /// The notice that speaks for a change that shipped on a day: the last one announced by then and not given up, else
    /// the first one after, which came late.
    pub fn speaking_for(&self, fingerprint: &str, day: Date) -> Option<&Notice> {
        let covers = |notice: &&Notice| notice.front.covers.iter().any(|id| id == fingerprint);
        let announced = |notice: &Notice| notice.front.announced_on.map(|day| day.0);
        let given_up = |notice: &Notice| notice.front.withdrawn_on.is_some_and(|given_up| given_up.0 <= day);
        let in_time = self
            .notices
            .iter()
            .filter(covers)
            .rfind(|notice| announced(notice) <= Some(day) && announced(notice).is_some() && !given_up(notice));
        in_time.or_else(|| self.notices.iter().filter(covers).find(|notice| announced(notice) > Some(day)))
    }

    /// The notice, draft or announced, that waits for a change to ship.
    pub fn waiting_for(&self, fingerprint: &str) -> Option<&Notice> {
        let open = |notice: &&Notice| notice.front.withdrawn_on.is_none();
        self.notices.iter().filter(open).rfind(|notice| notice.front.covers.iter().any(|id| id == fingerprint))
    }

    /// The next free id of a year: `N2023-003`.
    pub fn next_id(&self, year: i16) -> String {
        let prefix = format!("N{year}-");
        let numbers =
            self.notices.iter().filter_map(|notice| notice.front.id.strip_prefix(&prefix)?.parse::<u32>().ok());
        format!("{prefix}{:03}", numbers.max().unwrap_or(0).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: &str, announced: &str, more: &str) -> String {
        format!(
            "+++\nid = \"{id}\"\nkind = \"risky\"\napi = \"a\"\nannounced_on = {announced}\ncovers = [\"pv1-x\"]\n{more}+++\n"
        )
    }

    #[test]
    fn a_change_done_again_needs_a_notice_of_its_own() {
        let first = file("N2023-001", "2023-02-13", "withdrawn_on = 2023-02-14\n");
        let second = file("N2023-002", "2023-03-01", "");
        let ledger = Ledger::parse([("b.md", second.as_str()), ("a.md", first.as_str())]).unwrap();
        let speaking =
            |day: &str| ledger.speaking_for("pv1-x", day.parse().unwrap()).map(|notice| notice.front.id.as_str());
        assert_eq!(speaking("2023-02-13"), Some("N2023-001"));
        assert_eq!(speaking("2023-02-20"), Some("N2023-002"));
        assert_eq!(speaking("2023-03-06"), Some("N2023-002"));
        assert_eq!(speaking("2023-02-01"), Some("N2023-001"));
        assert_eq!(ledger.speaking_for("pv1-y", "2023-03-06".parse().unwrap()), None);
        assert_eq!(ledger.next_id(2023), "N2023-003");
        assert_eq!(ledger.next_id(2024), "N2024-001");
    }

    #[test]
    fn two_notices_with_one_id_are_an_error() {
        let one = file("N1", "2023-02-13", "");
        let said = Ledger::parse([("a.md", one.as_str()), ("b.md", one.as_str())]).unwrap_err().to_string();
        assert!(said.starts_with("b.md:2:1: the id `N1` is that of a.md too"), "{said}");
    }
}
