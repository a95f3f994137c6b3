//! What an import read.

use super::{count, name, row, say, window};
use crate::audience::{Called, Overview, logs};
use crate::render::page::{Cell, Page, Section, render};
use crate::render::{Format, Options};
use crate::text::{json, number};

/// What an import read: the tally, and what partners do outside the contract.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
#[schemars(title = "preavis usage import --report json")]
pub struct Imported<'a> {
    /// The version of this format: 1.
    pub version: u32,
    /// What became of the lines.
    pub tally: &'a logs::Tally,
    /// Lines that could not be read.
    pub bad_lines: u64,
    /// Operations called, parameters sent, of these logs alone.
    pub usage: &'a Overview,
}

/// The JSON Schema of [`Imported`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn imported_schema() -> String {
    crate::json_schema::of_output::<Imported<'_>>()
}

/// What an import read.
pub fn imported(imported: &Imported<'_>, format: Format, options: &Options) -> String {
    if format == Format::Json {
        return json::pretty(imported);
    }
    let (lang, tally) = (options.lang, imported.tally);
    let mut page = Page { title: count(lang, "requests", tally.requests), ..Page::default() };
    page.notes.extend(window(imported.usage, lang));
    for (key, number) in [
        ("of-contract", tally.matched),
        ("outside-contract", tally.undocumented),
        ("elsewhere", tally.elsewhere),
        ("ambiguous", tally.ambiguous),
        ("of-partners", tally.of_partners),
        ("of-several", tally.of_several),
        ("ignored", tally.ignored),
        ("unlisted", tally.unlisted),
        ("bad-lines", imported.bad_lines),
    ] {
        if number > 0 || ["of-contract", "of-partners"].contains(&key) {
            page.notes.push(count(lang, key, number));
        }
    }
    page.notes.extend(tally.ambiguities.iter().map(|names| format!("  `{}`", names.replace('`', "'"))));
    let (outside, unknown) = strays(imported.usage);
    if !outside.is_empty() {
        let columns = ["operation", "who", "calls", "last"].map(|key| say(lang, key)).to_vec();
        let rows = outside.into_iter().map(|(who, called)| {
            let cells = row(called, lang);
            let who = who.map_or_else(|| say(lang, "nobody"), str::to_owned);
            vec![cells[0].clone(), Cell::text(who), cells[3].clone(), cells[4].clone()]
        });
        page.sections.push(Section {
            title: say(lang, "called-outside"),
            columns,
            rows: rows.collect(),
            ..Section::default()
        });
    }
    if !unknown.is_empty() {
        let columns = ["operation", "who", "sent"].map(|key| say(lang, key)).to_vec();
        let rows = unknown.into_iter().map(|(who, called)| {
            let who = who.map_or_else(|| say(lang, "nobody"), str::to_owned);
            let strange = called.params.iter().filter(|param| !param.documented);
            let names: Vec<String> =
                strange.map(|param| format!("{} {}", name(param, lang), number(lang, param.count))).collect();
            vec![Cell::code(called.operation.as_str()), Cell::text(who), Cell::text(names.join(", "))]
        });
        page.sections.push(Section {
            title: say(lang, "sent-unknown"),
            columns,
            rows: rows.collect(),
            ..Section::default()
        });
    }
    render(page, format, options)
}

type Stray<'a> = (Option<&'a str>, &'a Called);

/// Operations that no contract has, and those that are sent parameters the contract does not know, with who does.
fn strays(overview: &Overview) -> (Vec<Stray<'_>>, Vec<Stray<'_>>) {
    let partners = overview
        .partners
        .iter()
        .flat_map(|partner| partner.operations.iter().map(|called| (Some(partner.slug.as_str()), called)));
    let unknown = overview.unknown.operations.iter().map(|called| (None, called));
    let observed: Vec<Stray<'_>> = partners.chain(unknown).filter(|(_, called)| called.calls.last.is_some()).collect();
    let outside = observed.iter().filter(|(_, called)| !called.documented).copied().collect();
    let strange = |(_, called): &&Stray<'_>| called.documented && called.params.iter().any(|param| !param.documented);
    let unknown = observed.iter().filter(strange).copied().collect();
    (outside, unknown)
}
