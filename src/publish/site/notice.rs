//! A notice as the site takes it: facts, and finished texts of other formats. Whoever makes it has rendered it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::notice::message::property;
use crate::notice::{Kind, State};
use crate::report::Report;
use crate::text::Lang;

/// One notice, for everyone: nothing in it is about one partner.
#[derive(Clone, PartialEq, Debug)]
pub struct NoticePage {
    /// What identifies it, for ever: letters, digits, `.`, `_`, `-`.
    pub id: String,
    /// Counted from 1; raised when what was said is no longer right.
    pub revision: u32,
    /// What it announces.
    pub kind: Kind,
    /// The id of the API.
    pub api: String,
    /// Where it stands. Drafts are not published.
    pub state: State,
    /// The day it was announced.
    pub announced_on: Option<Date>,
    /// The day of its last revision, where it was revised.
    pub revised_on: Option<Date>,
    /// The day it is planned to ship.
    pub effective_on: Option<Date>,
    /// The fingerprints of the changes it covers.
    pub covers: Vec<String>,
    /// The changes it covers, as they were found when it was written.
    pub report: Option<Report>,
    /// What it says in each language.
    pub texts: BTreeMap<Lang, NoticeText>,
    /// It as JSON, the public form.
    pub json: String,
}

/// What a notice says in one language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NoticeText {
    /// One line, plain text.
    pub title: String,
    /// The body, HTML whose headings begin at the second level, without relative addresses; finished and safe.
    pub html: String,
    /// The whole as Markdown.
    pub markdown: String,
    /// The effect for people who do not read contracts, HTML without headings.
    pub plainly: Option<String>,
    /// Its `VEVENT`s, lines ended by CRLF; absent where it has no day.
    pub event: Option<String>,
}

impl NoticePage {
    /// Whether the site shows it.
    pub(super) fn is_public(&self) -> bool {
        self.state != State::Draft
    }
    /// Whether some of it is still to come.
    pub(super) fn is_upcoming(&self) -> bool {
        matches!(self.state, State::Announced | State::PartiallyShipped)
    }
    /// What it says in a language, else in the first one there is.
    pub(super) fn text(&self, lang: Lang) -> Option<(Lang, &NoticeText)> {
        let own = self.texts.get_key_value(&lang);
        own.or_else(|| self.texts.first_key_value()).map(|(lang, text)| (*lang, text))
    }
    /// The title in a language, else its id.
    pub(super) fn title(&self, lang: Lang) -> &str {
        self.text(lang).map(|(_, text)| text.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(&self.id)
    }
    /// Its events in a language.
    pub(super) fn event(&self, lang: Lang) -> Option<&str> {
        self.text(lang).and_then(|(_, text)| text.event.as_deref())
    }
    /// The name of its level, for styles and tags.
    pub(super) fn level(&self) -> &'static str {
        self.kind.level().as_str()
    }
}

/// Events as a calendar (RFC 5545, section 3.6); lines end with CRLF.
///
/// A calendar that is subscribed to has a name, and says how often it may be asked for (RFC 7986, sections 5.1, 5.7).
pub(super) fn calendar<'a>(events: impl Iterator<Item = &'a str>, lang: Lang, name: Option<&str>) -> String {
    let language = lang.as_str().to_uppercase();
    let mut out =
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//preavis//notices 1//{language}\r\nMETHOD:PUBLISH\r\n");
    if let Some(name) = name {
        out.push_str(&property("NAME", name));
        out.push_str(&property("X-WR-CALNAME", name));
        out.push_str("REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n");
    }
    for event in events {
        out.push_str(event);
        if !event.ends_with('\n') {
            out.push_str("\r\n");
        }
    }
    out + "END:VCALENDAR\r\n"
}
