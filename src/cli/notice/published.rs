//! The notices as the site takes them: said to everyone, in every language they are written in.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::session::Session;
use super::placed;
use super::production::Production;
use crate::notice::{Day, Ledger, Notice, Standing};
use crate::project::{Warning, covered};
use crate::publish::site::{NoticePage, NoticeText};
use crate::render::notice::{Input, Layouts, Medium, NoticeView, Variant, event, render_context, view};
use crate::report::Report;
use crate::text::Lang;

/// What makes the pages of notices.
struct Desk<'a> {
    session: &'a Session,
    layouts: Layouts,
}

/// The notices that were announced. Nothing of partners is at hand here.
pub(in crate::cli) fn pages(
    session: &Session,
    ledger: &Ledger,
    production: Option<&str>,
) -> anyhow::Result<(Vec<NoticePage>, Option<Warning>)> {
    let announced: Vec<&Notice> = ledger.notices.iter().filter(|notice| notice.front.announced_on.is_some()).collect();
    if announced.is_empty() {
        return Ok((Vec::new(), None));
    }
    let production = Production::read(session, production)?;
    let (layouts, warning) = session.layouts()?;
    let desk = Desk { session, layouts };
    let mut out = Vec::new();
    for notice in announced {
        let standing = Standing::of(notice, &|id| production.shipped(ledger, notice, id));
        let written = session.facts(notice)?.map(|facts| covered(notice, &facts));
        let facts = written.or_else(|| production.facts(&notice.front.covers));
        out.push(desk.page(notice, &standing, facts).map_err(|error| placed(session, error))?);
    }
    Ok((out, warning))
}

impl Desk<'_> {
    fn page(&self, notice: &Notice, standing: &Standing, facts: Option<Report>) -> anyhow::Result<NoticePage> {
        let front = &notice.front;
        let announced = front.announced_on.map_or(Date::MIN, |day| day.0);
        let nothing = Report::new(crate::report::Version::default(), crate::report::Version::default(), Vec::new());
        let told = facts.clone().unwrap_or(nothing);
        let (mut texts, mut main) = (BTreeMap::new(), None);
        let mut langs: Vec<Lang> = vec![self.session.lang];
        langs.extend(notice.prose.iter().map(|prose| prose.lang).filter(|lang| *lang != self.session.lang));
        for lang in langs {
            let said = self.view(notice, standing, &told.clone().say_in(lang), (lang, announced));
            texts.insert(lang, self.text(&said)?);
            main.get_or_insert(said);
        }
        let at: Timestamp = format!("{announced}T08:00:00Z").parse()?;
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
            event: main.as_ref().and_then(|view| event(view, at)),
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
            site: &self.session.config.site,
            mail: &self.session.config.mail,
        })
    }

    fn text(&self, view: &NoticeView) -> anyhow::Result<NoticeText> {
        Ok(NoticeText {
            title: view.title.replace('`', ""),
            html: self.layouts.body(view)?,
            markdown: self.layouts.notice(Medium::Md, view)?,
            plainly: view.plainly.as_ref().map(|plainly| plainly.html.clone()),
        })
    }
}
