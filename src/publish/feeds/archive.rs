//! Which entries of a feed stand in the document that is polled, and which in archives.

use super::{Entry, Feed};

/// At least so many entries stay in the document that is polled; in JSON, which has no archives, exactly so many.
pub(super) const NEWEST: usize = 50;
/// The entries of an archive.
const ARCHIVE: usize = 50;

/// One document of a feed.
pub(super) struct Page<'a> {
    /// Where it lies, without extension.
    pub(super) path: String,
    /// Newest first.
    pub(super) entries: &'a [Entry],
    /// Whether it is full and will never change.
    pub(super) archived: bool,
    /// The archive with the entries before these.
    pub(super) older: Option<String>,
}

/// The documents of a feed, the one that is polled first.
pub(super) fn pages(feed: &Feed) -> Vec<Page<'_>> {
    let total = feed.entries.len();
    let archives = total.saturating_sub(NEWEST) / ARCHIVE;
    let path = |number: usize| format!("{}-{number}", feed.path);
    let older = |number: usize| (number > 0).then(|| path(number));
    let split = total - archives * ARCHIVE;
    let polled =
        Page { path: feed.path.clone(), entries: &feed.entries[..split], archived: false, older: older(archives) };
    let full = feed.entries[split..].chunks(ARCHIVE).zip((1..=archives).rev());
    let full =
        full.map(|(entries, number)| Page { path: path(number), entries, archived: true, older: older(number - 1) });
    std::iter::once(polled).chain(full).collect()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;

    fn feed(count: usize) -> Feed {
        let entry = |number: usize| Entry {
            id: number.to_string(),
            title: String::new(),
            html: String::new(),
            page: String::new(),
            published: date(2020, 1, 1).checked_add(i64::try_from(number).unwrap().days()).unwrap(),
            updated: date(2020, 1, 1),
            tags: Vec::new(),
            facts: serde_json::Value::Null,
        };
        Feed {
            path: "feed".to_owned(),
            id: String::new(),
            title: String::new(),
            author: String::new(),
            lang: "en",
            page: String::new(),
            since: date(2020, 1, 1),
            entries: (0..count).rev().map(entry).collect(),
        }
    }

    #[test]
    fn archives_never_change_and_nothing_is_lost() {
        let shown = |feed: &Feed| {
            let all = pages(feed);
            all.iter().map(|page| (page.path.clone(), page.entries.to_vec(), page.older.clone())).collect::<Vec<_>>()
        };
        assert_eq!(shown(&feed(0)).len(), 1);
        let mut known: Vec<(String, Vec<Entry>, Option<String>)> = Vec::new();
        for count in 1..1_000 {
            let all = shown(&feed(count));
            let ids: Vec<usize> =
                all.iter().flat_map(|(_, entries, _)| entries).map(|entry| entry.id.parse().unwrap()).collect();
            assert_eq!(ids, (0..count).rev().collect::<Vec<_>>());
            assert!(all[0].1.len() >= count.min(NEWEST) && all[0].1.len() < NEWEST + ARCHIVE, "{count}");
            assert!(known.iter().all(|archive| all.contains(archive)), "{count}");
            known = all[1..].to_vec();
            // Each names the one before, down to the first.
            let chain: Vec<_> = all.iter().filter_map(|(.., older)| older.clone()).collect();
            assert_eq!(chain, all[1..].iter().map(|(path, ..)| path.clone()).collect::<Vec<_>>());
        }
        assert!(!known.is_empty());
    }
}
