//! Notices → messages: one view, and a file per format.
//!
//! [`view()`] gathers what is said, once; [`Layouts`] write it as Markdown, HTML and text through templates that a team
//! may replace; [`letter()`] and [`calendar()`] wrap that into mail (RFC 5322) and iCalendar (RFC 5545). [`digest()`] says
//! several notices at once, [`since()`] what differs from the version a partner is on. Pure: days and instants come in.

use std::str::FromStr;

use crate::config::Site;
use crate::text::json;

pub use build::{Input, view};
pub(crate) use calendar::property;
pub use calendar::{calendar, event};
#[cfg(feature = "internals")]
pub use digest::DigestView;
pub use digest::{Digest, DigestInput, digest};
pub use layouts::{Layouts, Medium, TemplateError};
pub use letter::{Envelope, LetterError, digest_letter, letter};
#[cfg(feature = "internals")]
pub use recipients::recipients_schema;
pub use recipients::{Recipient, Recipients};
#[cfg(feature = "internals")]
pub use since::SinceView;
pub use since::{Since, SinceInput, since};
pub use variant::Variant;
#[cfg(feature = "internals")]
pub use view::context_schema;
pub use view::{Addressee, NoticeView};
pub use why::say_reason;

mod build;
mod calendar;
mod dates;
mod digest;
mod fact;
mod guard;
mod layouts;
mod letter;
mod recipients;
mod since;
mod subject;
mod variant;
pub mod view;
mod why;
mod words;

/// A format of a notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Markdown.
    Md,
    /// A page, and the rich part of a mail.
    Html,
    /// Plain text.
    Text,
    /// A mail, ready to send.
    Eml,
    /// The day, for a calendar.
    Ics,
    /// The JSON that templates see.
    Context,
}

/// An unknown format.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("unknown format `{given}`: md, html, text, eml, ics or context")]
pub struct UnknownFormat {
    /// As written.
    pub given: String,
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(given: &str) -> Result<Self, UnknownFormat> {
        match given {
            "md" | "markdown" => Ok(Self::Md),
            "html" => Ok(Self::Html),
            "text" | "txt" => Ok(Self::Text),
            "eml" => Ok(Self::Eml),
            "ics" => Ok(Self::Ics),
            "context" | "json" => Ok(Self::Context),
            _ => Err(UnknownFormat { given: given.to_owned() }),
        }
    }
}

/// What kept a notice from being rendered.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum RenderError {
    /// A template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// A mail cannot be addressed.
    #[error(transparent)]
    Letter(#[from] LetterError),
    /// A notice without a day has no calendar file.
    #[error("notice `{id}` has no day for a calendar; give it `effective_on`")]
    NoDay {
        /// The notice.
        id: String,
    },
}

/// A notice in a format; `envelope` is what mail and calendars need beyond the view.
///
/// # Errors
/// A template that fails, an address that is none, a calendar of a notice without a day.
pub fn render(
    view: &NoticeView,
    format: Format,
    layouts: &Layouts,
    envelope: &Envelope<'_>,
) -> Result<String, RenderError> {
    Ok(match format {
        Format::Md => layouts.notice(Medium::Md, view)?,
        Format::Html => layouts.notice(Medium::Html, view)?,
        Format::Text => layouts.notice(Medium::Text, view)?,
        Format::Eml => letter(view, layouts, envelope)?,
        Format::Ics => calendar(view, envelope.at).ok_or_else(|| RenderError::NoDay { id: view.id.clone() })?,
        Format::Context => render_context(view),
    })
}

/// The address of a page below that of the site, where it has one that may be linked.
fn address(site: &Site, path: &str) -> Option<String> {
    let url = url::Url::parse(&format!("{}/{path}", site.url.as_ref()?.trim_end_matches('/'))).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// The JSON that templates see; ends with a line break.
pub fn render_context(view: &NoticeView) -> String {
    json::pretty(view)
}
