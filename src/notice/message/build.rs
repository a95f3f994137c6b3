//! A notice, its facts and its reader → the [`NoticeView`] of one message.

use jiff::civil::Date;

use super::view::{
    Addressee, Api, Changes, EmergencyView, Event, NoticeView, Other, OtherDay, Reference, Sender, ToDo,
};
use super::words::{counted, labelled, labels, level, said, ui};
use super::{Variant, dates, fact, subject, why};
use crate::audience::Reason;
use crate::config::{Authority, Mail, Site};
use crate::notice::{Notice, Part, Standing, State};
use crate::render::rich::{Rich, rich};
use crate::render::safe;
use crate::render::slug::cited;
use crate::render::words::counted as counted_ui;
use crate::report::Report;
use crate::rules::Level;
use crate::text::{self, Lang};

/// Everything a message is made of.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The notice.
    pub notice: &'a Notice,
    /// The report of the changes it covers, and of no others.
    pub facts: &'a Report,
    /// Where it stands; without it the message says what was planned.
    pub standing: Option<&'a Standing>,
    /// What the message does; see [`Variant::fitting`].
    pub variant: Variant,
    /// Whom it is written to; nobody for the public page.
    pub partner: Option<&'a Addressee>,
    /// Why that partner is told.
    pub why: &'a [Reason],
    /// The language.
    pub lang: Lang,
    /// The day it is written.
    pub today: Date,
    /// The published site.
    pub site: &'a Site,
    /// The sender.
    pub mail: &'a Mail,
}

impl Input<'_> {
    /// Whether the change was given up or taken back.
    pub(super) fn cancelled(&self) -> bool {
        self.variant == Variant::Cancellation
    }
    /// Whether what changes is still to come, on a day that is known or not.
    pub(super) fn ahead(&self) -> bool {
        let shipped = self.standing.is_some_and(|standing| standing.state == State::Shipped);
        let planned = matches!(
            self.variant,
            Variant::Announcement | Variant::Reminder | Variant::Correction | Variant::Postponement
        );
        planned && !shipped
    }
    fn part(&self, part: Part) -> Option<Rich> {
        let prose = self.notice.prose(self.lang)?;
        rich(prose.part(part)?, prose.lang, self.lang)
    }
}

/// The view of a message. Pure: the same input gives the same view.
pub fn view(input: &Input<'_>) -> NoticeView {
    let (front, lang) = (&input.notice.front, input.lang);
    let prose = input.notice.prose(lang);
    let foreign = prose.map(|prose| prose.lang).filter(|written| *written != lang);
    let title = subject::title(input);
    let cancelled = input.cancelled();
    let changes = changes(input);
    NoticeView {
        version: 1,
        id: front.id.clone(),
        revision: front.revision,
        kind: front.kind,
        variant: input.variant,
        lang,
        draft: front.announced_on.is_none(),
        // What was cancelled asks for nothing.
        level: level(lang, if cancelled { Level::Docs } else { front.kind.level() }),
        subject: subject::subject(input, &title),
        title_lang: foreign.filter(|_| prose.is_some_and(|prose| !prose.title.is_empty())),
        title,
        api: api(input),
        partner: input.partner.cloned(),
        opening: opening(input),
        correction: input.part(Part::Correction).filter(|_| front.revision > 1 && input.ahead()),
        emergency: emergency(input),
        summary: prose.and_then(|prose| told(input, &prose.summary, foreign)).or_else(|| summary(input)),
        ships: dates::ships(input),
        if_nothing: input.part(Part::IfNothing).filter(|_| !cancelled),
        plainly: input.part(Part::Plainly).filter(|_| !cancelled),
        why_you: why::views(input.why, lang),
        to_do: to_do(input, &changes),
        changes,
        unchanged: input.part(Part::Unchanged).filter(|_| !cancelled),
        dates: dates::list(input),
        trouble: dates::trouble(input),
        reason: input.part(Part::Reason),
        others: others(input, foreign),
        acknowledged: acknowledged(input),
        reference: reference(input.notice, lang, input.site),
        sender: sender(input.mail, lang, input.partner.is_some()),
        event: event(input),
        words: labels(lang),
    }
}

/// The API: its title from the report, else its id.
fn api(input: &Input<'_>) -> Api {
    let id = input.notice.front.api.clone();
    let known = input.facts.apis.iter().find(|api| api.id == id).or(input.facts.apis.first());
    let title = known.map(|api| api.title.trim()).filter(|title| !title.is_empty()).unwrap_or(&id);
    Api { title: safe::line(title), id }
}

/// What comes first.
fn opening(input: &Input<'_>) -> Vec<String> {
    let (front, lang, standing) = (&input.notice.front, input.lang, input.standing);
    let day = |day| super::words::day(lang, day);
    let on = |key: &str, at: Option<Date>| at.map(|at| said(lang, key, &[("date", &day(at))]));
    let one = |key: &str| Some(said(lang, key, &[]));
    let shipped = standing.and_then(|standing| standing.shipped_on);
    let first = match input.variant {
        Variant::Announcement => None,
        Variant::Reminder => on("opening-reminder", front.announced_on.map(|at| at.0)),
        Variant::Correction => one("opening-correction"),
        Variant::Postponement => subject::new_date(input).map(|text| format!("{text}.")),
        Variant::Cancellation => {
            on("opening-reverted", standing.and_then(|at| at.reverted_on)).or_else(|| one("opening-cancelled"))
        }
        Variant::Shipped => on("opening-shipped", shipped).or_else(|| one("opening-shipped-some-day")),
        Variant::Emergency => one("opening-emergency"),
    };
    let late = standing.and_then(|at| at.late_by).filter(|_| !input.cancelled() && front.emergency.is_none());
    let left =
        front.effective_on.map(|at| (at.0 - input.today).get_days()).filter(|_| input.variant == Variant::Reminder);
    let left = left.and_then(|days| match u64::try_from(days).ok()? {
        0 => one("ships-today"),
        days => Some(counted(lang, "ships-in", days, &[])),
    });
    let early = front
        .effective_on
        .filter(|_| input.variant == Variant::Shipped && late.is_none())
        .filter(|_| standing.is_some_and(|at| at.early_by.is_some()));
    let partly = shipped.filter(|_| standing.is_some_and(|at| at.state == State::PartiallyShipped));
    let overdue = front.effective_on.filter(|at| input.ahead() && at.0 < input.today && partly.is_none());
    let more = [
        on("opening-partly", partly),
        on("opening-overdue", overdue.map(|at| at.0)),
        on("opening-early", early.map(|at| at.0)),
        late.and_then(|_| one("late")),
    ];
    [first, left].into_iter().chain(more).flatten().collect()
}

/// Why there was no notice, in the language in which it is written first.
fn emergency(input: &Input<'_>) -> Option<EmergencyView> {
    let emergency = input.notice.front.emergency.as_ref()?;
    let lang = input.notice.prose.first().map(|prose| prose.lang).filter(|lang| *lang != input.lang);
    Some(EmergencyView { lang, reason: emergency.reason.clone(), incident: emergency.incident.clone() })
}

/// What was cancelled is not said as if it were so: `We had announced: …`.
fn told(input: &Input<'_>, text: &str, foreign: Option<Lang>) -> Option<Rich> {
    let text = text.trim();
    if input.cancelled() && foreign.is_none() && !text.is_empty() {
        return rich(&said(input.lang, "announced-was", &[("what", text)]), input.lang, input.lang);
    }
    rich(text, foreign.unwrap_or(input.lang), input.lang)
}

/// Where nobody wrote a summary: the only change, else how many there are.
fn summary(input: &Input<'_>) -> Option<Rich> {
    let lang = input.lang;
    let mut all = input.facts.apis.iter().flat_map(|api| &api.changes);
    let (first, rest) = (all.next()?, all.count());
    let what = match rest {
        0 => crate::report::summary(lang, first),
        rest => counted_ui(lang, "changes", rest as u64 + 1),
    };
    let title = safe::markdown(&api(input).title);
    told(input, &said(lang, "in-api", &[("api", &title), ("what", &what)]), None)
}

fn changes(input: &Input<'_>) -> Changes {
    let lang = input.lang;
    let (mut facts, left) = fact::facts(lang, input.facts, &|_| None);
    // Whoever says what happens to who does nothing says it better than the rule.
    let explained = input.cancelled() || input.part(Part::IfNothing).is_some();
    for fact in facts.iter_mut().filter(|fact| explained || fact.level.id > Level::Risky) {
        fact.explanation = None;
    }
    if input.cancelled() {
        for fact in &mut facts {
            fact.level = level(lang, Level::Docs);
        }
    }
    let heading = match input.variant {
        Variant::Cancellation => said(lang, "what-was-announced", &[]),
        Variant::Shipped | Variant::Emergency => said(lang, "what-changed", &[]),
        Variant::Announcement | Variant::Reminder | Variant::Correction | Variant::Postponement => {
            ui(lang, "what-changes", &[])
        }
    };
    let more = (left > 0).then(|| counted_ui(lang, "and-more", left as u64));
    let written = input.part(Part::Changes);
    let told = written.as_ref().is_some_and(|written| written.lang.is_none());
    Changes { heading, written, told, facts, more }
}

/// The steps, where there are any: written ones, else what the rules advise for changes that matter on the wire.
fn to_do(input: &Input<'_>, changes: &Changes) -> Option<ToDo> {
    if input.cancelled() {
        return None;
    }
    let written = input.part(Part::ToDo);
    let mut steps: Vec<String> = Vec::new();
    if written.is_none() {
        for fact in changes.facts.iter().filter(|fact| fact.level.id < Level::Docs) {
            steps.extend(fact.advice.iter().filter(|advice| !steps.contains(advice)).cloned().collect::<Vec<_>>());
        }
    }
    let asked = input.partner.is_some() && input.ahead() && input.notice.front.kind.asks();
    let ready = (asked && acknowledged(input).is_none()).then(|| said(input.lang, "ready", &[]));
    (written.is_some() || !steps.is_empty()).then_some(ToDo { written, steps, ready })
}

fn others(input: &Input<'_>, foreign: Option<Lang>) -> Vec<Other> {
    let sections = input.notice.prose(input.lang).map_or(&[][..], |prose| &prose.sections);
    let others = sections.iter().filter(|section| section.part == Part::Other);
    let view = |section: &crate::notice::Section| {
        Some(Other {
            heading: section.heading.clone(),
            body: rich(&section.body, foreign.unwrap_or(input.lang), input.lang)?,
        })
    };
    others.filter_map(view).collect()
}

/// What this partner said, and nobody else.
fn acknowledged(input: &Input<'_>) -> Option<String> {
    let slug = &input.partner?.slug;
    let ack = input.notice.front.acks.iter().find(|ack| &ack.partner == slug)?;
    Some(said(input.lang, "acknowledged", &[("date", &super::words::day(input.lang, ack.on.0))]))
}

/// Where a notice is found on a site.
pub(super) fn reference(notice: &Notice, lang: Lang, site: &Site) -> Reference {
    let front = &notice.front;
    let revision = text::number(lang, u64::from(front.revision));
    let at = |end: &str| super::address(site, &format!("n/{}.{end}", cited(&front.id)));
    Reference {
        said: said(lang, "reference-revision", &[("id", &front.id), ("revision", &revision)]),
        page: at("html"),
        ics: at("ics").filter(|_| front.effective_on.is_some()),
        json: at("json"),
    }
}

/// Who sends; the reasons for a message stand only on messages.
pub(super) fn sender(mail: &Mail, lang: Lang, message: bool) -> Sender {
    let away = mail.unsubscribe.as_deref().map(|at| at.strip_prefix("mailto:").unwrap_or(at));
    let away = away.map(|at| said(lang, "unsubscribe", &[("address", at.split('?').next().unwrap_or(at))]));
    let footer = [Some(said(lang, "why-received", &[])), away];
    Sender {
        name: mail.name.clone(),
        address: mail.reply_to.clone().or_else(|| mail.from.clone()),
        footer: footer.into_iter().flatten().filter(|_| message).collect(),
    }
}

/// The planned day, or the one it came on. RFC 5545 §3.8.7.4: a client takes a change only with a higher sequence, also
/// of who forgot to raise the revision.
fn event(input: &Input<'_>) -> Option<Event> {
    let front = &input.notice.front;
    let planned = front.effective_on?.0;
    let came = input.standing.filter(|it| matches!(it.state, State::Shipped | State::Reverted));
    let day = came.and_then(|standing| standing.shipped_on).unwrap_or(planned);
    let cancelled = input.cancelled();
    let moves = u32::try_from(front.postponed_from.len()).unwrap_or(u32::MAX);
    let despite = input.standing.is_some_and(|standing| standing.despite_withdrawal);
    let moves = moves.saturating_add(u32::from(day != planned) + u32::from(cancelled) + 2 * u32::from(despite));
    let title = safe::spoken(input.lang, &subject::title(input));
    let days = u64::from(super::variant::REMINDER.unsigned_abs());
    let api = api(input).title;
    let other = |(kind, day, what): (&str, Date, &str)| OtherDay {
        uid: Authority::of(input.site, input.mail).address(&format!("{}-{kind}", front.id)),
        day: day.to_string(),
        summary: labelled(input.lang, &api, &format!("{title} ({})", said(input.lang, what, &[]))),
    };
    let tried = front.testable_on.map(|day| ("test", day.0, "date-testable"));
    let objected = dates::object(input).map(|day| ("reply", day, "date-object"));
    let also = tried.into_iter().chain(objected).filter(|_| !cancelled && came.is_none());
    Some(Event {
        also: also.map(other).collect(),
        uid: Authority::of(input.site, input.mail).address(&front.id),
        sequence: (front.revision - 1).max(moves),
        day: day.to_string(),
        cancelled,
        summary: labelled(input.lang, &api, &title),
        reminder: counted(input.lang, "ships-in", days, &[]),
    })
}
