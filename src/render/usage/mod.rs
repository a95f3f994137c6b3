//! Who uses what, what an import read, what a scan found: for people. The JSON form is the value itself.

use super::page::{Cell, Page, Section, render};
use super::{Format, Options};
use crate::audience::{Called, NamedParameter, Overview, PartnerOverview};
use crate::text::Lang;
use crate::text::put;
use crate::text::{self, json, number};

#[cfg(feature = "internals")]
pub use import::imported_schema;
pub use import::{Imported, imported};
#[cfg(feature = "internals")]
pub use scan::scanned_schema;
pub use scan::{Scanned, ScannedName, scanned};

mod import;
mod scan;

fn say(lang: Lang, key: &str) -> String {
    text::word(lang, "usage", key).to_owned()
}

fn count(lang: Lang, key: &str, count: u64) -> String {
    text::counted(lang, "usage", key, count)
}

fn of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Who uses what.
pub fn overview(overview: &Overview, format: Format, options: &Options) -> String {
    if format == Format::Json {
        return json::pretty(overview);
    }
    let lang = options.lang;
    let mut page = Page { title: say(lang, "show-title"), notes: window(overview, lang), ..Page::default() };
    if overview.partners.is_empty() {
        page.notes.push(say(lang, "no-partners"));
    }
    page.sections.extend(overview.partners.iter().map(|partner| of_partner(partner, lang)));
    let unknown = &overview.unknown.operations;
    if !unknown.is_empty() {
        page.sections.push(Section { title: say(lang, "nobody"), ..table(unknown, lang) });
    }
    render(page, format, options)
}

fn window(overview: &Overview, lang: Lang) -> Vec<String> {
    let window = &overview.window;
    let (Some(first), Some(last)) = (window.first, window.last) else { return vec![say(lang, "window-none")] };
    let dates = [first, last].map(|day| text::date(lang, day));
    let said = put(&count(lang, "window", of(window.days)), &[("first", &dates[0]), ("last", &dates[1])]);
    let short = (!window.long_enough).then(|| say(lang, "window-short"));
    std::iter::once(said).chain(short).collect()
}

fn of_partner(partner: &PartnerOverview, lang: Lang) -> Section {
    let mut section = table(&partner.operations, lang);
    section.title = if partner.name == partner.slug {
        partner.slug.clone()
    } else {
        format!("{} ({})", partner.name, partner.slug)
    };
    if partner.operations.is_empty() && partner.webhooks.is_empty() {
        section.notes.push(say(lang, "nothing-known"));
    } else {
        let counts = [
            count(lang, "operations", of(partner.operations.len())),
            count(lang, "matched", of(partner.matched)),
            count(lang, "undocumented", of(partner.undocumented)),
        ];
        section.notes.push(counts.join(", "));
    }
    if !partner.webhooks.is_empty() {
        let webhooks: Vec<String> =
            partner.webhooks.iter().map(|read| named(&read.field, read.documented, lang)).collect();
        section.notes.push(put(&say(lang, "webhooks"), &[("webhooks", &webhooks.join(", "))]));
    }
    section
}

/// A name between backticks, and whether the contract does not have it.
fn named(name: &str, documented: bool, lang: Lang) -> String {
    let name = name.replace('`', "'");
    if documented { format!("`{name}`") } else { format!("`{name}` ({})", say(lang, "outside")) }
}

/// The name of a parameter; `{}` stands for those that are not told.
fn name(param: &NamedParameter, lang: Lang) -> String {
    if param.name == "{}" { say(lang, "other-names") } else { param.name.clone() }
}

fn table(operations: &[Called], lang: Lang) -> Section {
    let columns = ["operation", "contract", "known-by", "calls", "last", "params"];
    Section {
        columns: columns.map(|key| say(lang, key)).to_vec(),
        rows: operations.iter().map(|called| row(called, lang)).collect(),
        ..Section::default()
    }
}

fn row(called: &Called, lang: Lang) -> Vec<Cell> {
    let evidence: Vec<&str> =
        called.evidence.iter().map(|evidence| text::word(lang, "evidence", evidence.as_str())).collect();
    let calls = called.calls;
    let observed = calls.last.is_some();
    let mut counts = if observed { number(lang, calls.count) } else { String::new() };
    if calls.attempts > 0 {
        counts = format!("{counts} ({})", count(lang, "attempts", calls.attempts));
    }
    let outside = |documented: bool| if documented { String::new() } else { format!(" ({})", say(lang, "outside")) };
    let params = called.params.iter().map(|param| {
        let times = if param.count > 0 { format!(" {}", number(lang, param.count)) } else { String::new() };
        format!("{}{times}{}", name(param, lang), outside(param.documented))
    });
    let reads = called.reads.iter().map(|read| format!("→ {}{}", read.field, outside(read.documented)));
    let contract = if called.documented { called.api.clone().unwrap_or_default() } else { say(lang, "outside") };
    vec![
        Cell::code(called.operation.as_str()),
        Cell::text(contract),
        Cell::text(evidence.join(", ")),
        Cell::text(counts),
        Cell::text(calls.last.map(|day| day.to_string()).unwrap_or_default()),
        Cell::text(params.chain(reads).collect::<Vec<_>>().join(", ")),
    ]
}
