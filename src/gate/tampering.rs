//! What a pull request does to promises that were made: notices removed, cut down, or moved to an earlier day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Finding, Kind, Ledger, Policy};
use crate::notice::{self, Day, Notice};

/// The findings, of those notices of base of which something is still to ship; `is_open` says it of a fingerprint.
pub(super) fn tampered<E>(
    (base, head): (&Ledger, &Ledger),
    policy: &Policy<'_>,
    today: Date,
    is_open: &dyn Fn(&str) -> Result<bool, E>,
) -> Result<Vec<Finding>, E> {
    let mut out = Vec::new();
    for (id, before) in &base.notices {
        let front = &before.front;
        if head.notices.get(id) == Some(before) || front.withdrawn_on.is_some() {
            continue;
        }
        let mut open = Vec::new();
        for fingerprint in &front.covers {
            if is_open(fingerprint)? {
                open.push(fingerprint);
            }
        }
        if open.is_empty() {
            continue;
        }
        let Some(after) = head.notices.get(id) else {
            out.push(Finding::new(Kind::NoticeDeleted, id, []).in_file(&before.path));
            continue;
        };
        let now = &after.front;
        let lost: Vec<&str> = open.iter().filter(|id| !now.covers.contains(id)).map(|id| id.as_str()).collect();
        let is_told = |day: Option<Day>| day.is_some_and(|day| day.0 <= today);
        if is_told(front.announced_on) && !is_told(now.announced_on) {
            out.push(Finding::new(Kind::NoticeDeleted, id, []).in_file(&before.path));
        } else if !lost.is_empty() {
            out.push(Finding::new(Kind::NoticeShrunk, id, [("fingerprints", lost.join(", "))]));
        }
        out.extend(moved_earlier(before, after, policy, today));
    }
    Ok(out)
}

/// A promised day moves earlier only where the new day leaves the whole period from today, and the revision says so. A mere
/// correction of the document has no day, so that what was more cannot become one.
fn moved_earlier(before: &Notice, after: &Notice, policy: &Policy<'_>, today: Date) -> Option<Finding> {
    let (old, new) = (&before.front, &after.front);
    let freed = new.kind == notice::Kind::DocFix && old.kind != notice::Kind::DocFix;
    let (from, to) = (old.effective_on?.0, new.effective_on.filter(|_| !freed).map(|day| day.0));
    if old.announced_on.is_none() || to.is_some_and(|to| to >= from) {
        return None;
    }
    let period = i64::from(policy.days(old.kind.level(), &[]));
    let whole = today.checked_add(period.days()).ok();
    let honest = to.is_some_and(|to| whole.is_some_and(|day| to >= day)) && new.revision > old.revision;
    let day = to.map_or_else(|| "–".to_owned(), |to| to.to_string());
    let earliest = whole.unwrap_or(from).min(from).to_string();
    let args = [("from", from.to_string()), ("to", day), ("earliest", earliest)];
    (!honest).then(|| Finding::new(Kind::NoticeMovedEarlier, &old.id, args))
}
