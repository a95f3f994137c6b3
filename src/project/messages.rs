//! Messages of a project's notices for one reader: what concerns them, in the words and the format asked for.

use jiff::civil::Date;

use super::published::morning;
use super::reader::Told;
use super::{Production, Project, ProjectError, Reader, Warning, covered, facts_path};
use crate::notice::message::{self, Envelope, Format, Input, Layouts, NoticeView, RenderError, Variant};
use crate::notice::{Notice, NoticeIndex, Standing, draft};
use crate::report::Report;
use crate::text::Lang;

/// What is asked of a message.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The partner it is for; nothing: everyone.
    pub partner: Option<&'a str>,
    /// The language; nothing: that of the partner, else that of reports.
    pub lang: Option<Lang>,
    /// The format.
    pub format: Format,
    /// What it does; nothing: what fits the day and the state.
    pub variant: Option<Variant>,
    /// The recipient of a mail.
    pub to: Option<&'a str>,
    /// The ref that production runs; nothing: the configuration's, else the default branch.
    pub production: Option<&'a str>,
    /// The day it is written.
    pub today: Date,
}

/// A message, if there is one to send, and what is odd about it.
#[derive(Default)]
pub struct Said {
    /// The message; `None` where there is none to send.
    pub text: Option<String>,
    /// What is odd.
    pub warnings: Vec<Warning>,
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { text: Some(text), warnings: Vec::new() }
    }
}

impl From<Warning> for Said {
    fn from(warning: Warning) -> Self {
        Self { text: None, warnings: vec![warning] }
    }
}

/// What messages are made of.
pub struct Messages<'p> {
    pub(super) project: &'p Project,
    pub(super) wanted: Wanted<'p>,
    pub(super) index: NoticeIndex,
    pub(super) production: Production<'p>,
    pub(super) reader: Reader,
    pub(super) layouts: Layouts,
}

/// What is known of a notice: the changes it covers, and those with what came beside them.
pub(super) struct Facts {
    pub(super) covered: Report,
    whole: Report,
}

impl<'p> Messages<'p> {
    /// Reads what messages are made of; the warning is of the templates.
    ///
    /// # Errors
    /// Where a team file is wrong, the partner is unknown, or production cannot be read.
    pub fn open(project: &'p Project, wanted: Wanted<'p>) -> Result<(Self, Option<Warning>), ProjectError> {
        let (layouts, warning) = project.layouts()?;
        let production = Production::read(project, wanted.production)?;
        let reader = Reader::open(project, wanted.partner, wanted.lang)?;
        let index = production.notices()?;
        Ok((Self { project, wanted, index, production, reader, layouts }, warning))
    }

    /// The same for every partner in turn ([`Self::mailing`]).
    ///
    /// # Errors
    /// As of [`Self::open`].
    pub fn to_each(project: &'p Project, wanted: Wanted<'p>) -> Result<(Self, Option<Warning>), ProjectError> {
        let (layouts, warning) = project.layouts()?;
        let production = Production::read(project, wanted.production)?;
        let reader = Reader::of_all(project)?;
        let index = production.notices()?;
        Ok((Self { project, wanted, index, production, reader, layouts }, warning))
    }

    /// One notice; nothing where a reader it does not concern asks for what is sent.
    ///
    /// # Errors
    /// Where there is no such notice, not all of it is known, or it cannot be rendered.
    pub fn notice(&self, id: &str) -> Result<Said, ProjectError> {
        let notice = self.found(id)?;
        let mut warnings = self.strangers(notice);
        let facts = self.facts(notice)?;
        let concern = self.reader.concern(self.project, &notice.front.audience, &facts.covered);
        if !concern.touched {
            let mut said = self.nothing(&concern.said(self.reader.lang));
            warnings.append(&mut said.warnings);
            return Ok(Said { warnings, ..said });
        }
        if notice.front.announced_on.is_none() {
            warnings.push(Warning::Draft { id: id.to_owned() });
        }
        let view = self.view(notice, &facts, &concern)?;
        Ok(Said { text: Some(self.written(notice, &view)?), warnings })
    }

    /// The notice of an id.
    pub(super) fn found(&self, id: &str) -> Result<&Notice, ProjectError> {
        self.index.find(id).ok_or_else(|| ProjectError::NoSuchNotice {
            id: id.to_owned(),
            known: self.index.notices.iter().map(|notice| notice.front.id.clone()).collect(),
        })
    }

    /// A warning for each partner that a notice names and that has no file.
    pub(super) fn strangers(&self, notice: &Notice) -> Vec<Warning> {
        let strangers = self.reader.strangers(&notice.front).into_iter();
        strangers.map(|slug| Warning::Stranger { path: notice.path.clone(), slug: slug.to_owned() }).collect()
    }

    /// What a message says to a reader whom it concerns.
    pub(super) fn view(&self, notice: &Notice, facts: &Facts, concern: &Told) -> Result<NoticeView, ProjectError> {
        let notice = &Self::narrowed(notice, facts, &concern.facts);
        let standing = self.standing(notice)?;
        Ok(message::view(&Input {
            notice,
            facts: &concern.facts,
            standing: Some(&standing),
            variant: self
                .wanted
                .variant
                .unwrap_or_else(|| Variant::fitting(notice, Some(&standing), self.wanted.today)),
            partner: self.reader.addressee(),
            why: &concern.why,
            lang: self.reader.lang,
            today: self.wanted.today,
            site: &self.project.config.site,
            mail: &self.project.config.mail,
        }))
    }

    /// The same in the format asked for.
    pub(super) fn written(&self, notice: &Notice, view: &NoticeView) -> Result<String, ProjectError> {
        let text = message::render(view, self.wanted.format, &self.layouts, &self.envelope());
        text.map_err(|error| match error {
            RenderError::Template(found) => self.project.unwritten(notice, &found),
            other @ (RenderError::Letter(_) | RenderError::NoDay { .. }) => other.into(),
        })
    }

    /// What a notice covers, all of it: the facts beside it, else what production's history says of it. Of a change that
    /// is not known nobody can be told that it is nothing for them.
    pub(super) fn facts(&self, notice: &Notice) -> Result<Facts, ProjectError> {
        let covers = &notice.front.covers;
        let unknown = |facts: &Report| {
            let known = |id: &str| facts.apis.iter().flat_map(|api| &api.changes).any(|it| it.fingerprint == id);
            covers.iter().find(|id| !known(id)).cloned()
        };
        let written = self.production.written(notice)?;
        let lacking = written.as_ref().map_or(covers.first().cloned(), unknown);
        if let (Some(whole), None) = (&written, &lacking) {
            return Ok(Facts { covered: covered(notice, whole), whole: whole.clone() });
        }
        let found = self.production.facts(covers).filter(|found| unknown(found).is_none());
        let covered = found.ok_or_else(|| ProjectError::NoFacts {
            path: notice.path.clone(),
            fingerprint: lacking.unwrap_or_default(),
            facts: facts_path(notice),
        })?;
        Ok(Facts { whole: written.unwrap_or_else(|| covered.clone()), covered })
    }

    /// The notice with what concerns its reader only, so that its state is that of what they see.
    pub(super) fn narrowed(notice: &Notice, facts: &Facts, told: &Report) -> Notice {
        let mut mine = draft::narrowed(notice, (&facts.whole, &facts.covered), told);
        let ids: Vec<&String> =
            told.apis.iter().flat_map(|api| &api.changes).map(|change| &change.fingerprint).collect();
        mine.front.covers.retain(|id| ids.contains(&id));
        if mine.front.covers.is_empty() {
            mine.front.covers.clone_from(&notice.front.covers);
        }
        mine
    }

    pub(super) fn standing(&self, notice: &Notice) -> Result<Standing, ProjectError> {
        let standing = Standing::of(notice, &|id| self.production.shipped(&self.index, notice, id));
        match self.production.unknown(notice, &standing) {
            None => Ok(standing),
            Some(why) => Err(ProjectError::ProductionUnknown { path: notice.path.clone(), why: why.to_owned() }),
        }
    }

    /// What a reader is told whom nothing concerns: said where people read, kept out of what is sent.
    pub(super) fn nothing(&self, said: &str) -> Said {
        if matches!(self.wanted.format, Format::Md | Format::Text) {
            return Said::from(format!("{said}\n"));
        }
        Warning::NothingToSend { said: said.to_owned() }.into()
    }

    /// The site's title, else that of the first API spoken of.
    pub(super) fn title<'r>(&self, mut facts: impl Iterator<Item = &'r Report>) -> String {
        let named = self.project.config.site.title.clone();
        let first = || facts.find_map(|facts| facts.apis.first().map(|api| api.title.clone()));
        named.or_else(first).unwrap_or_else(|| "API".to_owned())
    }

    pub(super) fn envelope(&self) -> Envelope<'_> {
        let (mail, site) = (&self.project.config.mail, &self.project.config.site);
        Envelope { to: self.wanted.to, mail, site, at: morning(self.wanted.today) }
    }

    /// What kept a message from being rendered, with the file of a template of the team's own.
    pub(super) fn placed(&self, error: impl Into<RenderError>) -> ProjectError {
        match error.into() {
            RenderError::Template(found) => self.project.misplaced(&found),
            other @ (RenderError::Letter(_) | RenderError::NoDay { .. }) => other.into(),
        }
    }
}
