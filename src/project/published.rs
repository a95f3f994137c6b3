//! The notices as the site takes them: said to everyone, in every language they are written in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use toml::Spanned;

use super::files::Author;
use super::production::Production;
use super::{Project, ProjectError, Warning, covered};
use crate::notice::message::{Input, Layouts, Medium, NoticeView, TemplateError, Variant, event, render_context, view};
use crate::notice::{Day, Notice, Standing};
use crate::publish::site::{NoticePage, NoticeText, Own};
use crate::report::Report;
use crate::text::Lang;

/// What makes the pages of notices.
struct Desk<'a> {
    project: &'a Project,
    layouts: Layouts,
}

impl Project {
    /// The notices that were announced, for everyone. Nothing of partners is at hand here.
    ///
    /// # Errors
    /// Where a notice, its facts or a template is wrong, and where production cannot be read.
    pub(crate) fn announced(
        &self,
        production: Option<&str>,
    ) -> Result<(Vec<NoticePage>, Option<Warning>), ProjectError> {
        let is_announced = |notice: &&Notice| notice.front.announced_on.is_some();
        if !self.notices()?.notices.iter().any(|notice| is_announced(&notice)) {
            return Ok((Vec::new(), None));
        }
        let production = Production::read(self, production)?;
        let notices = production.notices()?;
        let (layouts, warning) = self.layouts()?;
        let desk = Desk { project: self, layouts };
        let mut out = Vec::new();
        for notice in notices.notices.iter().filter(is_announced) {
            let standing = Standing::of(notice, &|id| production.shipped(&notices, notice, id));
            let written = production.written(notice)?.map(|facts| covered(notice, &facts));
            let facts = written.or_else(|| production.facts(&notice.front.covers));
            out.push(desk.page(notice, &standing, facts).map_err(|error| self.unwritten(notice, &error))?);
        }
        Ok((out, warning))
    }

    /// The files of the team that the pages of its site take.
    ///
    /// # Errors
    /// Where one is named and is not there, or cannot be read.
    pub(crate) fn own_files(&self) -> Result<Own, ProjectError> {
        let site = &self.config.site;
        let read = |path: &Option<Spanned<String>>| {
            let Some(path) = path else { return Ok(None) };
            match self.files.read(path.get_ref(), Author::People)? {
                Some(text) => Ok(Some(text)),
                None => Err(ProjectError::NoSuchFile { path: path.get_ref().clone() }),
            }
        };
        Ok(Own { logo: read(&site.logo)?, style: read(&site.style)? })
    }
}

impl Desk<'_> {
    fn page(&self, notice: &Notice, standing: &Standing, facts: Option<Report>) -> Result<NoticePage, TemplateError> {
        let front = &notice.front;
        let announced = front.announced_on.map_or(Date::MIN, |day| day.0);
        let nothing = Report::new(crate::report::Version::default(), crate::report::Version::default(), Vec::new());
        let told = facts.clone().unwrap_or(nothing);
        let (mut texts, mut main) = (BTreeMap::new(), None);
        let mut langs: Vec<Lang> = self.project.config.site.languages(self.project.lang);
        for prose in &notice.prose {
            if !langs.contains(&prose.lang) {
                langs.push(prose.lang);
            }
        }
        for lang in langs {
            let said = self.view(notice, standing, &told.clone().say_in(lang), (lang, announced));
            texts.insert(lang, NoticeText { event: event(&said, morning(announced)), ..self.text(&said)? });
            main.get_or_insert(said);
        }
        let json = main.as_ref().map(render_context).unwrap_or_default();
        Ok(NoticePage {
            id: front.id.clone(),
            revision: front.revision,
            kind: front.kind,
            api: front.api.clone(),
            state: standing.state,
            announced_on: front.announced_on.map(|day| day.0),
            // What is taken back or given up is news, whether or not anybody revised the text.
            revised_on: [front.revised_on, front.withdrawn_on, standing.reverted_on.map(Day)]
                .into_iter()
                .flatten()
                .map(|day| day.0)
                .max(),
            effective_on: front.effective_on.map(|day| day.0),
            // Whoever was told that it will not come must hear that it came.
            covers: if standing.despite_withdrawal { Vec::new() } else { front.covers.clone() },
            report: facts,
            texts,
            json,
        })
    }

    /// The message to everyone. It depends on no day but its own, so that a site published again is the same.
    fn view(&self, notice: &Notice, standing: &Standing, facts: &Report, (lang, today): (Lang, Date)) -> NoticeView {
        view(&Input {
            notice,
            facts,
            standing: Some(standing),
            variant: Variant::lasting(notice, Some(standing)),
            partner: None,
            why: &[],
            lang,
            today,
            site: &self.project.config.site,
            mail: &self.project.config.mail,
        })
    }

    fn text(&self, view: &NoticeView) -> Result<NoticeText, TemplateError> {
        Ok(NoticeText {
            title: view.title.replace('`', ""),
            html: self.layouts.body(view)?,
            markdown: self.layouts.notice(Medium::Md, view)?,
            plainly: view.plainly.as_ref().map(|plainly| plainly.html.clone()),
            event: None,
        })
    }
}

/// The moment that a message of a day bears: 08:00 UTC, so that the same day gives the same bytes.
pub(super) fn morning(day: Date) -> Timestamp {
    day.at(8, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}
