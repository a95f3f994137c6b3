//! What is different for a partner from the version it is on: what came and went in between cancels out.

use std::collections::BTreeMap;

use super::digest::context;
use super::messages::{Messages, Said};
use super::{Production, ProjectError, Warning};
use crate::compare::{Options, versions};
use crate::notice::Audience;
use crate::notice::message::{self, Format, Medium, Since, SinceInput};
use crate::report::{Change, Report};
use crate::rules;
use crate::source::VersionArg;

impl Messages<'_> {
    /// All that differs between a version and production, for the reader.
    ///
    /// # Errors
    /// Where the two cannot be compared, or the message has no such format.
    pub fn since(&self, since: &str) -> Result<Said, ProjectError> {
        // None is JSON.
        let medium = match self.wanted.format {
            Format::Md => Some(Medium::Md),
            Format::Html => Some(Medium::Html),
            Format::Text => Some(Medium::Text),
            Format::Context => None,
            Format::Eml | Format::Ics => return Err(ProjectError::NoCalendar),
        };
        let resolver = &self.project.resolver;
        let base = resolver.open(&VersionArg::parse(since)?)?;
        let (_, production) = self.project.production_ref(self.wanted.production)?;
        let head = resolver.open(&VersionArg::parse(&production)?)?;
        let options = Options { today: self.wanted.today, keep_going: false, strict: false };
        let compared = versions(&base, &head, self.project.everything(), options)?;
        let warnings: Vec<Warning> = compared.absent.into_iter().map(Warning::from).collect();
        let concern = self.reader.concern(self.project, &Audience::Uses, &compared.report);
        if !concern.touched {
            let said = self.nothing(&concern.said(self.reader.lang));
            return Ok(Said { warnings: warnings.into_iter().chain(said.warnings).collect(), ..said });
        }
        let since = days(&self.production, &concern.facts);
        let view = message::since(&SinceInput {
            report: &concern.facts,
            since: &since,
            partner: self.reader.addressee(),
            title: &self.title(std::iter::once(&concern.facts)),
            lang: self.reader.lang,
            mail: &self.project.config.mail,
        });
        let text = match medium {
            Some(medium) => self.layouts.since(medium, &view).map_err(|error| self.placed(error))?,
            None => context(&view),
        };
        Ok(Said { text: Some(text), warnings })
    }
}

/// The day each change came: of the release that made it, else of the last one that touched the same place.
fn days(production: &Production<'_>, report: &Report) -> BTreeMap<String, Since> {
    let mut out = BTreeMap::new();
    for change in report.apis.iter().flat_map(|api| &api.changes) {
        let same = |other: &Change| other.fingerprint == change.fingerprint;
        let near = |other: &Change| {
            let facet = |it: &Change| rules::find(&it.rule).map(|rule| rule.on.0);
            (other.at.component.is_some() || first(other).is_some())
                && facet(other) == facet(change)
                && other.at.component == change.at.component
                && other.at.path == change.at.path
                && first(other) == first(change)
        };
        if let Some((day, release)) = production.last(&same).or_else(|| production.last(&near)) {
            out.insert(change.fingerprint.clone(), Since { day, release });
        }
    }
    out
}

fn first(change: &Change) -> Option<(&str, &str)> {
    change.at.component.is_none().then(|| change.operations.first().map(|at| (at.method.as_str(), at.path.as_str())))?
}
