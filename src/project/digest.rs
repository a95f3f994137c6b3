//! Several notices at once: those of a period that concern a reader.

use jiff::civil::Date;
use serde::Serialize;

use super::messages::{Messages, Said};
use super::{ProjectError, Warning};
use crate::notice::message::{Digest, DigestInput, Format, Medium, RenderError, digest, digest_letter};
use crate::notice::{Notice, Standing};
use crate::report::Report;

impl Messages<'_> {
    /// The notices of a period that concern the reader.
    ///
    /// # Errors
    /// As of [`Messages::notice`].
    pub fn digest(&self, (from, to): (Date, Date)) -> Result<Said, ProjectError> {
        let mut found: Vec<(Notice, Report, Standing)> = Vec::new();
        for notice in self.index.notices.iter().filter(|notice| notice.front.announced_on.is_some()) {
            let facts = self.facts(notice)?;
            let concern = self.reader.concern(self.project, &notice.front.audience, &facts.covered);
            if concern.touched {
                let mine = Self::narrowed(notice, &facts, &concern.facts);
                let standing = self.standing(&mine)?;
                found.push((mine, concern.facts, standing));
            }
        }
        let notices: Vec<Digest<'_>> =
            found.iter().map(|(notice, facts, standing)| Digest { notice, facts, standing }).collect();
        let title = self.title(found.iter().map(|(_, facts, _)| facts));
        let view = digest(&DigestInput {
            notices: &notices,
            title: &title,
            partner: self.reader.addressee(),
            from,
            to,
            lang: self.reader.lang,
            site: &self.project.config.site,
            mail: &self.project.config.mail,
        });
        let Some(view) = view else { return Ok(Warning::EmptyDigest.into()) };
        let text = match self.wanted.format {
            Format::Md => self.layouts.digest(Medium::Md, &view).map_err(RenderError::from),
            Format::Html => self.layouts.digest(Medium::Html, &view).map_err(RenderError::from),
            Format::Text => self.layouts.digest(Medium::Text, &view).map_err(RenderError::from),
            Format::Eml => digest_letter(&view, &self.layouts, &self.envelope()),
            Format::Context => Ok(context(&view)),
            Format::Ics => return Err(ProjectError::NoCalendar),
        };
        Ok(Said::from(text.map_err(|error| self.placed(error))?))
    }
}

/// What templates see, as JSON; ends with a line break.
pub(super) fn context(view: &impl Serialize) -> String {
    crate::text::json::pretty(view)
}
