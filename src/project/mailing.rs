//! One notice to every partner: a message for each whom it concerns, and a list of who gets what and why.
//!
//! The list names every partner and is the team's; a message names its reader alone.

use super::messages::Facts;
use super::{Messages, ProjectError, Warning};
use crate::notice::Notice;
use crate::notice::message::{Format, Recipient, Recipients, say_reason};

/// The stem of the two files of the list. No slug begins like it, so that no message has this name.
pub const LIST: &str = "_recipients";

/// The messages of one notice.
pub struct Mailing {
    /// Who gets what and why, the partners in the order of their slugs.
    pub list: Recipients,
    /// The messages, by the names of their files.
    pub files: Vec<(String, String)>,
    /// What is odd.
    pub warnings: Vec<Warning>,
}

impl Messages<'_> {
    /// A message of a notice for each partner whom it concerns, in the language and the words that it alone would get.
    ///
    /// # Errors
    /// Where there is no such notice, nobody is known, not all of the notice is known, or a message cannot be rendered.
    pub fn mailing(&mut self, id: &str) -> Result<Mailing, ProjectError> {
        let notice = self.found(id)?.clone();
        let facts = self.facts(&notice)?;
        let mut warnings = self.strangers(&notice);
        if notice.front.announced_on.is_none() {
            warnings.push(Warning::Draft { id: id.to_owned() });
        }
        let mut slugs = self.reader.slugs();
        slugs.sort();
        if slugs.is_empty() {
            return Err(ProjectError::NobodyKnown);
        }
        let (mut files, mut partners) = (Vec::new(), Vec::new());
        for slug in slugs {
            self.reader.turn_to(self.project, &slug, self.wanted.lang);
            let (recipient, text) = self.recipient(&notice, &facts, &slug)?;
            files.extend(recipient.file.clone().zip(text));
            partners.push(recipient);
        }
        let list = Recipients {
            version: 1,
            notice: notice.front.id.clone(),
            revision: notice.front.revision,
            title: notice.title(self.project.lang).to_owned(),
            date: self.wanted.today.to_string(),
            draft: notice.front.announced_on.is_none(),
            partners,
        };
        Ok(Mailing { list, files, warnings })
    }

    /// What the partner that the reader is turned to gets, and its message.
    fn recipient(
        &self,
        notice: &Notice,
        facts: &Facts,
        slug: &str,
    ) -> Result<(Recipient, Option<String>), ProjectError> {
        let concern = self.reader.concern(self.project, &notice.front.audience, &facts.covered);
        let mut why: Vec<String> = Vec::new();
        for sentence in concern.why.iter().map(|reason| say_reason(reason, self.project.lang)) {
            if !why.contains(&sentence) {
                why.push(sentence);
            }
        }
        let name = self.reader.addressee().map_or(slug, |known| &known.name).to_owned();
        let mut recipient = Recipient {
            slug: slug.to_owned(),
            name,
            lang: self.reader.lang,
            file: None,
            variant: None,
            subject: None,
            changes: Vec::new(),
            reasons: concern.why.clone(),
            why,
        };
        if !concern.touched {
            return Ok((recipient, None));
        }
        let view = self.view(notice, facts, &concern)?;
        let text = self.written(notice, &view)?;
        recipient.file = Some(format!("{slug}.{}", self.wanted.format.ending()));
        recipient.variant = Some(view.variant);
        recipient.subject = Some(view.subject);
        let told = concern.facts.apis.iter().flat_map(|api| &api.changes);
        recipient.changes = told.map(|change| change.fingerprint.clone()).collect();
        Ok((recipient, Some(text)))
    }
}

impl Format {
    /// How the name of a file of this format ends.
    fn ending(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Text => "txt",
            Self::Eml => "eml",
            Self::Ics => "ics",
            Self::Context => "json",
        }
    }
}
