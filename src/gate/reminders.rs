//! What is told of notices and acceptances that answer nothing now: they came too early, their change went, their day passed.

use std::collections::BTreeSet;

use super::decide::Input;
use super::{Finding, Kind, Known, Question};
use crate::notice::Notice;
use crate::report::Change;

/// The findings, none of which closes the gate.
pub(super) fn reminders<E>(input: &Input<'_>, known: &dyn Known<E>) -> Result<Vec<Finding>, E> {
    let changes = input.report.apis.iter().flat_map(|api| &api.changes);
    let present: BTreeSet<&str> = changes.flat_map(Change::ids).collect();
    match input.question {
        Question::Merge => Ok(of_new(input, &present)),
        Question::Release => {
            let open = input.ledger.notices.values().filter(|notice| notice.front.withdrawn_on.is_none());
            Ok(open.map(|notice| of_notice(input, known, notice, &present)).collect::<Result<Vec<_>, _>>()?.concat())
        }
    }
}

/// A pull request is told of what it brings and what answers nothing in it, not of what others wrote.
fn of_new(input: &Input<'_>, present: &BTreeSet<&str>) -> Vec<Finding> {
    let (before, head) = input.ledgers;
    let here = |covers: &[String]| covers.iter().any(|id| present.contains(id.as_str()));
    let ahead = head.notices.iter().filter(|(id, notice)| {
        !before.notices.contains_key(*id) && notice.front.withdrawn_on.is_none() && !here(&notice.front.covers)
    });
    let stale =
        head.acceptances.iter().filter(|(path, one)| !before.acceptances.contains_key(*path) && !here(&one.covers));
    let ahead = ahead.map(|(id, notice)| Finding::new(Kind::NoticeAhead, id, []).in_file(&notice.path));
    ahead.chain(stale.map(|(path, _)| Finding::new(Kind::AcceptanceStale, path, []).in_file(path))).collect()
}

/// What became of the changes that a notice covers, on the way to production.
fn of_notice<E>(
    input: &Input<'_>,
    known: &dyn Known<E>,
    notice: &Notice,
    present: &BTreeSet<&str>,
) -> Result<Vec<Finding>, E> {
    let front = &notice.front;
    let told = |kind, args: Vec<(&'static str, String)>| Finding::new(kind, &front.id, args).in_file(&notice.path);
    let (mut shipped, mut waiting) = (0, 0);
    for id in &front.covers {
        if present.contains(id.as_str()) {
            waiting += 1;
        } else if !known.shipped(id)?.is_empty() {
            shipped += 1;
        }
    }
    let mut out = Vec::new();
    if waiting + shipped == 0 {
        let went = front.announced_on.is_some() && known.was_there(&front.covers)?;
        out.push(told(if went { Kind::NoticeOrphaned } else { Kind::NoticeAhead }, Vec::new()));
    }
    if shipped > 0 && waiting > 0 {
        let counts = vec![("shipped", shipped.to_string()), ("total", front.covers.len().to_string())];
        out.push(told(Kind::PartiallyShipped, counts));
    }
    let passed = front.effective_on.filter(|day| front.announced_on.is_some() && day.0 < input.today);
    if let Some(day) = passed.filter(|_| shipped == 0 && waiting > 0) {
        out.push(told(Kind::PostponementDue, vec![("day", day.to_string())]));
    }
    Ok(out)
}
