//! The calendar of a notice, and until when its date can move.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::build::Input;
use super::variant::REMINDER;
use super::view::DateView;
use super::words::{day, said};
use crate::text;

/// How many days before production one may still object: some days after the reminder, whatever weekend lies between.
const OBJECT: i32 = REMINDER - 3;

/// The days of a notice, oldest first.
pub(super) fn list(input: &Input<'_>) -> Vec<DateView> {
    let (front, lang, standing) = (&input.notice.front, input.lang, input.standing);
    let shipped = standing.and_then(|standing| standing.shipped_on);
    let reverted = standing.and_then(|standing| standing.reverted_on);
    let planned = front.effective_on.map(|day| day.0).filter(|_| shipped.is_none());
    let (gone, ahead) = (input.cancelled(), input.ahead());
    let announced = front.announced_on.map(|day| day.0);
    let reminder =
        planned.and_then(|at| before(at, REMINDER)).filter(|at| ahead && announced.is_some_and(|day| day < *at));
    let reminder = reminder.filter(|_| front.kind.asks() && input.partner.is_some());
    let testable = match &front.test_url {
        Some(url) => said(lang, "date-testable-at", &[("url", url)]),
        None => said(lang, "date-testable", &[]),
    };
    let word = |key: &str| said(lang, key, &[]);
    let old = front.postponed_from.iter().map(|day| (Some(day.0), word("date-planned-before")));
    let rows = [
        (announced, word("date-announced")),
        (front.testable_on.map(|day| day.0).filter(|_| !gone), testable),
        (reminder, word("date-reminder")),
        (planned, word(if gone { "date-planned-before" } else { "date-effective" })),
        (shipped, word("date-shipped")),
        (front.overlap_until.map(|day| day.0).filter(|_| !gone), word("date-overlap")),
        (front.withdrawn_on.map(|day| day.0), word("date-withdrawn")),
        (reverted, word("date-reverted")),
    ];
    let mut out: Vec<(Date, String)> =
        rows.into_iter().chain(old).filter_map(|(at, what)| Some((at?, what))).chain(sunsets(input)).collect();
    out.sort_by_key(|(at, _)| *at);
    out.dedup();
    let view = |(at, what): (Date, String)| DateView {
        day: at.to_string(),
        said: text::full_date(lang, at),
        what,
        past: at < input.today,
    };
    out.into_iter().map(view).collect()
}

/// The days on which what the facts deprecate ends.
fn sunsets(input: &Input<'_>) -> impl Iterator<Item = (Date, String)> {
    let what = said(input.lang, "date-sunset", &[]);
    let changes = input.facts.apis.iter().flat_map(|api| &api.changes);
    let days = changes.filter(|change| change.rule.starts_with("sunset-")).filter_map(|change| {
        match change.args.get("to")? {
            text::Arg::Term { term } => term.parse().ok(),
            text::Arg::Code(_) | text::Arg::Count(_) | text::Arg::Spot { .. } | text::Arg::Named { .. } => None,
        }
    });
    days.map(move |at| (at, what.clone())).collect::<Vec<_>>().into_iter().filter(|_| !input.cancelled())
}

fn before(day: Date, days: i32) -> Option<Date> {
    let at = day.checked_sub(Span::new().days(days)).ok()?;
    // Nobody answers, or reads, on a weekend.
    let weekend = match at.weekday() {
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => 0,
    };
    at.checked_sub(Span::new().days(weekend)).ok()
}

/// The day it ships, where the opening does not say it.
pub(super) fn ships(input: &Input<'_>) -> Option<String> {
    let at = input.notice.front.effective_on.filter(|at| input.ahead() && at.0 >= input.today)?;
    Some(said(input.lang, "ships-on", &[("date", &text::full_date(input.lang, at.0))]))
}

/// The last day on which an objection can move the date, where one is asked for.
pub(super) fn object(input: &Input<'_>) -> Option<Date> {
    let asks = input.notice.front.kind.asks() && input.ahead() && !input.cancelled();
    before(input.notice.front.effective_on.filter(|_| asks)?.0, OBJECT)
}

/// Where to turn to, and until when. A page has no reply: there it needs an address.
pub(super) fn trouble(input: &Input<'_>) -> Option<String> {
    if input.cancelled() || !input.notice.front.kind.asks() {
        return None;
    }
    let last = input.notice.front.effective_on.filter(|_| input.ahead()).and_then(|day| before(day.0, OBJECT));
    let last = last.filter(|last| *last > input.today).map(|last| day(input.lang, last));
    let address = input.mail.reply_to.as_ref().or(input.mail.from.as_ref());
    let (how, address) = match (input.partner, address) {
        (Some(_), _) => ("reply", ""),
        (None, Some(address)) => ("write", address.as_str()),
        (None, None) => return None,
    };
    let by = if last.is_some() { "-by" } else { "" };
    let date = last.unwrap_or_default();
    Some(said(input.lang, &format!("trouble-{how}{by}"), &[("date", &date), ("address", address)]))
}
