//! What is different for a partner from the version it is on: what came and went in between cancels out.

use std::collections::BTreeMap;

use super::super::error::CliError;
use super::super::exit;
use super::render::{Desk, Said};
use crate::compare::{Options, versions};
use crate::notice::Audience;
use crate::render::notice::{Format, Medium, NetInput, Since, net};
use crate::report::{Change, Report};
use crate::rules;
use crate::source::VersionArg;

pub(super) fn render(desk: &Desk<'_>, since: &str) -> anyhow::Result<Said> {
    // None is JSON.
    let medium = match desk.args.format {
        Format::Md => Some(Medium::Md),
        Format::Html => Some(Medium::Html),
        Format::Text => Some(Medium::Text),
        Format::Context => None,
        Format::Eml | Format::Ics => return Err(CliError::NoCalendar.into()),
    };
    let workplace = &desk.project.workplace;
    let base = workplace.open(&VersionArg::parse(since)?)?;
    let (_, production) = desk.project.production_ref(desk.args.production.as_deref())?;
    let head = workplace.open(&VersionArg::parse(&production)?)?;
    let options = Options { today: desk.today, keep_going: false, strict: false };
    let compared = versions(&base, &head, desk.project.asked(&[]), options)?;
    exit::warn(&compared.absent);
    let report = compared.report;
    let concern = desk.reader.concern(desk.project, &Audience::Uses, &report);
    if !concern.touched {
        return Ok(desk.nothing(&concern.said(desk.reader.lang)));
    }
    let since = days(desk, &concern.facts);
    let view = net(&NetInput {
        report: &concern.facts,
        since: &since,
        partner: desk.reader.addressee(),
        title: &desk.title(std::iter::once(&concern.facts)),
        lang: desk.reader.lang,
        mail: &desk.project.config.mail,
    });
    Ok(Said::from(match medium {
        Some(medium) => desk.layouts.net(medium, &view)?,
        None => serde_json::to_string_pretty(&view)? + "\n",
    }))
}

/// The day each change came: of the release that made it, else of the last one that touched the same place.
fn days(desk: &Desk<'_>, report: &Report) -> BTreeMap<String, Since> {
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
        if let Some((day, release)) = desk.production.last(&same).or_else(|| desk.production.last(&near)) {
            out.insert(change.fingerprint.clone(), Since { day, release });
        }
    }
    out
}

fn first(change: &Change) -> Option<(&str, &str)> {
    change.at.component.is_none().then(|| change.operations.first().map(|at| (at.method.as_str(), at.path.as_str())))?
}
