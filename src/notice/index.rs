//! The notices of a repository, and which of them speaks for a change.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Notice;
use crate::text::InputError;

/// Where notices are, from the root of a repository.
pub const FOLDER: &str = "preavis/notices";

/// The notices of a repository, by the day they were announced, drafts last.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct NoticeIndex {
    /// The notices.
    pub notices: Vec<Notice>,
    /// The days changes shipped, oldest first, by fingerprint; without them each event is judged alone.
    pub shipments: BTreeMap<String, Vec<Date>>,
}

impl NoticeIndex {
    /// No notices at all.
    pub const NONE: Self = Self { notices: Vec::new(), shipments: BTreeMap::new() };

    /// Reads notices from their files, `(path, text)`.
    ///
    /// # Errors
    /// Says where a file cannot be read as a notice, or has the id of another.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, InputError> {
        let mut notices: Vec<Notice> = Vec::new();
        for (path, text) in files {
            let notice = Notice::parse(path, text)?;
            if let Some(other) = notices.iter().find(|other| other.front.id == notice.front.id) {
                let at = text.find("\nid").map(|at| at + 1..at + 3);
                let message = format!("the id `{}` is that of {} too", notice.front.id, other.path);
                let advice = "change the id of the one that was sent to nobody yet";
                return Err(InputError::new(path, text, at, message).with_advice(advice.to_owned()));
            }
            notices.push(notice);
        }
        Ok(Self::of(notices))
    }

    /// Of notices that have different ids.
    pub fn of(mut notices: Vec<Notice>) -> Self {
        let day = |notice: &Notice| notice.front.announced_on.map_or(Date::MAX, |day| day.0);
        notices.sort_by(|one, two| day(one).cmp(&day(two)).then_with(|| one.front.id.cmp(&two.front.id)));
        Self { notices, shipments: BTreeMap::new() }
    }

    /// The notice of an id.
    pub fn find(&self, id: &str) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.front.id == id)
    }

    /// The notice that speaks for a change that shipped on a day: the last one announced by then and not given up, else
    /// the first one after, which came late, else one that was given up though it shipped.
    pub fn speaking_for(&self, fingerprint: &str, day: Date) -> Option<&Notice> {
        let days = self.shipments.get(fingerprint).map_or(&[][..], Vec::as_slice);
        match days.iter().position(|shipped| *shipped == day) {
            Some(at) => self.owners(fingerprint, days)[at],
            None => self.owners(fingerprint, &[day])[0],
        }
    }

    /// The notices that speak for a change that shipped on several days, one after another. A notice speaks once: what
    /// was taken back and is done again needs a notice of its own, unless the planned day of the first still lies ahead.
    pub fn owners(&self, fingerprint: &str, days: &[Date]) -> Vec<Option<&Notice>> {
        let mut taken: Vec<&str> = Vec::new();
        let mut out: Vec<Option<&Notice>> = vec![None; days.len()];
        // Who was in time first: a late notice must not be used up by what came before it.
        for in_time in [true, false] {
            for (at, &day) in days.iter().enumerate() {
                if out[at].is_none() {
                    out[at] = self.claiming(fingerprint, day, &taken, in_time);
                    taken.extend(out[at].map(|notice| notice.front.id.as_str()));
                }
            }
        }
        out
    }

    fn claiming(&self, fingerprint: &str, day: Date, taken: &[&str], in_time: bool) -> Option<&Notice> {
        let free = |notice: &&Notice| {
            let holds = notice.front.effective_on.is_some_and(|planned| planned.0 >= day);
            holds || !taken.contains(&notice.front.id.as_str())
        };
        let covers = |notice: &&Notice| notice.front.covers.iter().any(|id| id == fingerprint);
        let all: Vec<&Notice> = self.notices.iter().filter(covers).filter(free).collect();
        let announced = |notice: &Notice| notice.front.announced_on.map(|day| day.0);
        let by_then = |notice: &&&Notice| announced(notice).is_some_and(|at| at <= day);
        let given_up = |notice: &Notice| notice.front.withdrawn_on.is_some_and(|given_up| given_up.0 <= day);
        if in_time {
            return all.iter().rfind(|notice| by_then(notice) && !given_up(notice)).copied();
        }
        all.iter().find(|notice| announced(notice) > Some(day)).or_else(|| all.iter().rfind(by_then)).copied()
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
        let index = NoticeIndex::parse([("b.md", second.as_str()), ("a.md", first.as_str())]).unwrap();
        let speaking =
            |day: &str| index.speaking_for("pv1-x", day.parse().unwrap()).map(|notice| notice.front.id.as_str());
        assert_eq!(speaking("2023-02-13"), Some("N2023-001"));
        assert_eq!(speaking("2023-02-20"), Some("N2023-002"));
        assert_eq!(speaking("2023-03-06"), Some("N2023-002"));
        assert_eq!(speaking("2023-02-01"), Some("N2023-001"));
        let days = ["2023-02-13", "2023-03-06", "2023-04-01"].map(|day| day.parse().unwrap());
        let owners: Vec<Option<&str>> =
            index.owners("pv1-x", &days).into_iter().map(|owner| Some(owner?.front.id.as_str())).collect();
        assert_eq!(owners, [Some("N2023-001"), Some("N2023-002"), None]);
        // Unannounced at first, in time when it is done again.
        let days = ["2023-02-01", "2023-02-13", "2023-03-06"].map(|day| day.parse().unwrap());
        let owners: Vec<bool> = index.owners("pv1-x", &days).into_iter().map(|owner| owner.is_some()).collect();
        assert_eq!(owners, [false, true, true]);
        assert_eq!(index.speaking_for("pv1-y", "2023-03-06".parse().unwrap()), None);
        assert_eq!(index.next_id(2023), "N2023-003");
        assert_eq!(index.next_id(2024), "N2024-001");
    }

    #[test]
    fn two_notices_with_one_id_are_an_error() {
        let one = file("N1", "2023-02-13", "");
        let said = NoticeIndex::parse([("a.md", one.as_str()), ("b.md", one.as_str())]).unwrap_err().to_string();
        assert!(said.starts_with("b.md:2:1: the id `N1` is that of a.md too"), "{said}");
    }
}
