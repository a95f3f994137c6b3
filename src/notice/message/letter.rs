//! A message as mail (RFC 5322, MIME): text and HTML, the day as a calendar file, headers that robots understand.
//!
//! Everything that could differ between two runs is derived: ids and boundaries from what is sent to whom, the date
//! from an instant that comes in. Nothing of a notice reaches a header unencoded.

use jiff::{Timestamp, tz::TimeZone};
use lettre::Message;
use lettre::message::header::{
    ContentDisposition, ContentTransferEncoding, ContentType, Date, Header, HeaderName, HeaderValue,
};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use sha2::{Digest as _, Sha256};

use super::digest::DigestView;
use super::layouts::{Layouts, Medium};
use super::view::NoticeView;
use super::{RenderError, Variant, calendar};
use crate::config::{Authority, Mail, Site};
use crate::render::safe;
use crate::text::Lang;

/// What a mail needs beyond what it says.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The recipient, `api@partner.example` or `API team <api@partner.example>`; without one the mail is a draft.
    pub to: Option<&'a str>,
    /// The sender.
    pub mail: &'a Mail,
    /// The published site.
    pub site: &'a Site,
    /// The instant it is written: the header `Date`, the stamp of the calendar file.
    pub at: Timestamp,
}

/// What keeps a mail from being written.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LetterError {
    /// Nobody sends it.
    #[error("no sender: set `from` under [mail] in preavis.toml")]
    NoSender,
    /// What should be an address is none.
    #[error("{what} `{given}` is no mail address; write it like api@partner.example")]
    NotAnAddress {
        /// Whose address.
        what: &'static str,
        /// As given, on one line.
        given: String,
    },
    /// What should lead away from the list does not.
    #[error("`unsubscribe` under [mail] is `{given}`; write a `mailto:` or `https:` address")]
    NotAWayOut {
        /// As given, on one line.
        given: String,
    },
    /// An instant no mail can bear.
    #[error("{given} is no date of a mail")]
    NoDate {
        /// The instant.
        given: String,
    },
    /// The library that writes mail refused.
    #[error("the mail cannot be written: {reason}")]
    Refused {
        /// Why.
        reason: String,
    },
}

/// What a mail says.
struct Letter<'a> {
    subject: &'a str,
    lang: Lang,
    list: &'a str,
    text: String,
    html: String,
    /// The name and content of the calendar file.
    calendar: Option<(String, String)>,
    /// What it is, for ids.
    topic: String,
    /// What it follows.
    follows: Option<String>,
}

/// A notice as a mail; lines end with CRLF, all of it is ASCII.
///
/// # Errors
/// A template that fails; an address that is none.
pub fn letter(view: &NoticeView, layouts: &Layouts, envelope: &Envelope<'_>) -> Result<String, RenderError> {
    let first = format!("{}.r1.{}", view.id, Variant::Announcement.as_str());
    let mut topic = format!("{}.r{}.{}", view.id, view.revision, view.variant.as_str());
    // An emergency is itself the first that is heard of it.
    let follows = (topic != first && view.variant != Variant::Emergency && !view.draft).then_some(first);
    let mut subject = view.subject.clone();
    if view.draft {
        // Whoever had the draft in the box is to get the real one beside it.
        topic.push_str(".draft");
        subject = format!("{} {subject}", crate::text::word(view.lang, "notices", "draft-subject"));
    }
    // Of what has happened, no calendar needs to know.
    let ahead = !matches!(view.variant, Variant::Shipped | Variant::Emergency);
    let letter = Letter {
        subject: &subject,
        lang: view.lang,
        list: &view.api.title,
        text: layouts.notice(Medium::Text, view)?,
        html: layouts.notice(Medium::Html, view)?,
        calendar: calendar(view, envelope.at).filter(|_| ahead).map(|ics| (format!("{}.ics", view.id), ics)),
        topic,
        follows,
    };
    Ok(letter.write(envelope)?)
}

/// A digest as a mail; lines end with CRLF, all of it is ASCII.
///
/// # Errors
/// A template that fails; an address that is none.
pub fn digest_letter(view: &DigestView, layouts: &Layouts, envelope: &Envelope<'_>) -> Result<String, RenderError> {
    let letter = Letter {
        subject: &view.subject,
        lang: view.lang,
        list: &view.api,
        text: layouts.digest(Medium::Text, view)?,
        html: layouts.digest(Medium::Html, view)?,
        calendar: None,
        topic: format!("digest.{}.{}.{}", view.from, view.to, hash(&[&view.api])),
        follows: None,
    };
    Ok(letter.write(envelope)?)
}

impl Letter<'_> {
    fn write(self, envelope: &Envelope<'_>) -> Result<String, LetterError> {
        let mail = envelope.mail;
        let mut from = mailbox("`from` under [mail]", mail.from.as_deref().ok_or(LetterError::NoSender)?)?;
        from.name = mail.name.as_deref().or(from.name.as_deref()).map(inert).or_else(|| Some(inert(self.list)));
        let to = envelope.to.map(|to| mailbox("the recipient", to)).transpose()?;
        let reader = to.as_ref().map(|to| to.email.to_string().to_lowercase()).unwrap_or_default();
        let authority = Authority::of(envelope.site, mail);
        let id = |topic: &str| format!("<{}>", authority.address(&format!("{topic}.{}", hash(&[&reader]))));
        let mut message = Message::builder()
            .from(from.clone())
            .subject(inert(self.subject))
            .header(date(envelope.at)?)
            .message_id(Some(id(&self.topic)));
        message = match &to {
            Some(to) => message.to(to.clone()),
            // The library wants an envelope; a draft has none yet, and it is not written.
            None => message.envelope(draft(&from)?),
        };
        if let Some(reply) = &mail.reply_to {
            message = message.reply_to(mailbox("`reply_to` under [mail]", reply)?);
        }
        if let Some(first) = self.follows.as_deref().map(id) {
            message = message.in_reply_to(first.clone()).references(first);
        }
        for (name, value) in headers(&self, mail)? {
            message = message.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
        }
        let seed = hash(&[&self.topic, &reader]);
        let body = self.body(&seed);
        let message = message.multipart(body).map_err(|error| LetterError::Refused { reason: error.to_string() })?;
        Ok(String::from_utf8_lossy(&message.formatted()).into_owned())
    }

    /// Least rich first (RFC 2046 §5.1.4). No encoded body holds `=_`, so no boundary can stand in one.
    fn body(self, seed: &str) -> MultiPart {
        let part = |kind: ContentType, text: String| {
            SinglePart::builder().header(kind).header(ContentTransferEncoding::QuotedPrintable).body(text)
        };
        let both = MultiPart::alternative()
            .boundary(format!("=_preavis-a-{seed}"))
            .singlepart(part(ContentType::TEXT_PLAIN, self.text))
            .singlepart(part(ContentType::TEXT_HTML, self.html));
        let Some((name, ics)) = self.calendar else { return both };
        let Ok(kind) = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH") else { return both };
        let file = SinglePart::builder()
            .header(kind)
            .header(ContentDisposition::attachment(&name))
            .header(ContentTransferEncoding::Base64)
            .body(ics.into_bytes());
        MultiPart::mixed().boundary(format!("=_preavis-m-{seed}")).multipart(both).singlepart(file)
    }
}

/// The headers for lists (RFC 2919, 2369, 8058), robots (RFC 3834) and readers (RFC 3282).
fn headers(letter: &Letter<'_>, mail: &Mail) -> Result<Vec<(&'static str, String)>, LetterError> {
    let mut out = vec![
        ("Content-Language", letter.lang.as_str().to_owned()),
        ("Auto-Submitted", "auto-generated".to_owned()),
        ("X-Auto-Response-Suppress", "All".to_owned()),
    ];
    if let Some(list) = &mail.list_id {
        let phrase: String = inert(letter.list).chars().filter(|c| !"<>\",:;@()[]\\".contains(*c)).collect();
        let id: String = list.chars().filter(|c| c.is_ascii_graphic() && !"<>".contains(*c)).collect();
        out.push(("List-Id", format!("{} <{id}>", phrase.trim())));
    }
    if let Some(given) = &mail.unsubscribe {
        let url = url::Url::parse(given).ok().filter(|url| matches!(url.scheme(), "mailto" | "https"));
        let url = url.ok_or_else(|| LetterError::NotAWayOut { given: safe::line(given) })?;
        if url.scheme() == "https" {
            out.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        out.push(("List-Unsubscribe", format!("<{url}>")));
    }
    Ok(out)
}

/// Text for a header: on one line, and no word of it reads as an encoded one (RFC 2047 §2).
fn inert(text: &str) -> String {
    safe::line(text).replace("=?", "= ?")
}

fn mailbox(what: &'static str, given: &str) -> Result<Mailbox, LetterError> {
    let plain = !given.chars().any(char::is_control);
    given.parse().ok().filter(|_| plain).ok_or_else(|| LetterError::NotAnAddress { what, given: safe::line(given) })
}

fn draft(from: &Mailbox) -> Result<lettre::address::Envelope, LetterError> {
    let address = from.email.clone();
    lettre::address::Envelope::new(Some(address.clone()), vec![address])
        .map_err(|error| LetterError::Refused { reason: error.to_string() })
}

fn date(at: Timestamp) -> Result<Date, LetterError> {
    let said = at.to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
    Date::parse(&said).map_err(|_| LetterError::NoDate { given: said })
}

/// Ten hexadecimal digits of what a mail is and who reads it.
fn hash(parts: &[&str]) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part.as_bytes());
        sha.update([0]);
    }
    let digits = sha.finalize().iter().take(5).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{digits:010x}")
}
