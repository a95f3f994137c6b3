//! From which day announced changes may ship.

use jiff::ToSpan;
use jiff::civil::Date;

use super::answer::Answer;
use super::check::{Judged, Wait};
use super::decide::Desk;
use super::known::Subject;
use super::{Finding, Kind};
use crate::notice;

impl<E> Desk<'_, E> {
    /// Until when an announced change waits, for each partner that has not agreed, and for everyone else. Nothing ships before
    /// the day that was announced: whoever agreed was told that day too.
    pub(super) fn waits(&self, subject: Subject<'_>, stability: &[String], judged: &Judged) -> Result<Vec<Wait>, E> {
        let Some(Answer::Notice { id, until, .. }) = &judged.answer else { return Ok(Vec::new()) };
        // Where only the document was wrong nothing changes for anybody.
        let Some(notice) = self.index.find(id).filter(|notice| notice.front.kind != notice::Kind::DocFix) else {
            return Ok(Vec::new());
        };
        let public = self.known.published(notice, subject)?;
        let since = public.as_ref().map_or(self.input.today, |public| public.since);
        let acks = public.map(|public| public.acks).unwrap_or_default();
        let days = i64::from(self.input.policy.days(judged.level, stability));
        let after = |start: Date| start.checked_add(days.days()).unwrap_or(Date::MAX).max(until.unwrap_or(start));
        let mut waits = Vec::new();
        for partner in &judged.partners {
            if !acks.iter().any(|ack| ack.partner == *partner && ack.on.0 <= self.input.today) {
                let joined = self.known.joined(partner, subject)?.unwrap_or(self.input.today);
                waits.push(Wait { until: after(since.max(joined)), partner: Some(partner.clone()) });
            }
        }
        let rest = if judged.public { Some(after(since)) } else { until.filter(|_| waits.is_empty()) };
        waits.extend(rest.map(|until| Wait { until, partner: None }));
        waits.retain(|wait| wait.until > self.input.today);
        waits.sort();
        Ok(waits)
    }

    /// The first day on which all of it may ship.
    pub(super) fn first_day(&mut self, judged: &[Judged]) -> Option<Date> {
        if !self.input.ships || judged.iter().any(Judged::is_open) {
            return None;
        }
        if judged.is_empty() {
            return Some(self.input.today);
        }
        let waits = judged.iter().flat_map(|judged| &judged.waits).map(|wait| wait.until);
        let earliest = waits.max().unwrap_or(self.input.today);
        let day = self.input.policy.release_day_from(earliest);
        if day.is_none() {
            self.findings.push(Finding::new(Kind::NoReleaseDay, "preavis.toml", []));
        }
        day
    }
}
