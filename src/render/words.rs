//! The fixed words of reports, and the few phrases made of them; all of them come from the texts of a language.

use std::collections::BTreeMap;

use super::excerpt::clip;
use crate::report::{Coverage, Filtered, Proof, Report, Summary, Touched, Verdict, Version};
use crate::rules::Level;
use crate::text::{self, Lang, labelled, put, ui};

/// The labels that templates use by name.
const LABELS: &[&str] = &["list-all", "before", "after", "details", "fingerprints", "problems", "base-version"];

/// The most characters of a name in a sentence.
const NAME: usize = 160;
/// How many names a sentence has.
const NAMED: usize = 5;

/// The labels by name, with `_` for `-`.
pub(crate) fn labels(lang: Lang) -> BTreeMap<String, String> {
    LABELS.iter().map(|&key| (key.replace('-', "_"), ui(lang, key))).collect()
}

/// A phrase of the section `ui` with a number.
pub(crate) fn counted(lang: Lang, key: &str, count: u64) -> String {
    text::counted(lang, "ui", key, count)
}

/// `1 breaking change, 2 additions`; levels without a change are left out.
pub(crate) fn counts(lang: Lang, summary: &Summary) -> Option<String> {
    let said: Vec<_> = of_levels(lang, summary, Level::ALL).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

fn of_levels(lang: Lang, summary: &Summary, levels: impl IntoIterator<Item = Level>) -> impl Iterator<Item = String> {
    let counts = levels.into_iter().map(|level| (level, summary.of(level)));
    counts
        .filter(|&(_, count)| count > 0)
        .map(move |(level, count)| text::counted(lang, "levels", level.as_str(), count))
}

/// How many of the breaking and risky changes are unproven, where some are.
pub(crate) fn unproven(lang: Lang, summary: &Summary) -> Option<String> {
    (summary.unproven > 0).then(|| counted(lang, "unproven", summary.unproven))
}

/// What lies below the level from which entries are listed, where something does.
pub(crate) fn hidden(lang: Lang, summary: &Summary, show: Level) -> Option<String> {
    let below = || Level::ALL.into_iter().filter(|&level| level > show);
    let least = below().rfind(|&level| summary.of(level) > 0)?;
    let what: Vec<_> = of_levels(lang, summary, below()).collect();
    let what = what.join(&format!(" {} ", ui(lang, "and")));
    let count = below().map(|level| summary.of(level)).sum();
    Some(put(&counted(lang, "not-shown", count), &[("what", &what), ("level", least.as_str())]))
}

/// What was compared, names between backticks.
pub(crate) fn compared(lang: Lang, report: &Report) -> String {
    let said = [&report.base, &report.head].map(|version| self::version(lang, version));
    put(&ui(lang, "compared"), &[("base", &said[0]), ("head", &said[1])])
}

/// Of how many changes some are shown, and what is left out; nothing where all were asked for.
pub(crate) fn filtered(lang: Lang, report: &Report) -> Option<String> {
    let Filtered { paths, tags, left_out } = report.filtered.as_ref()?;
    let any = |list: &[String]| {
        let said: Vec<String> = list.iter().map(|name| code(name)).collect();
        said.join(&format!(" {} ", ui(lang, "or")))
    };
    let key = match (paths.is_empty(), tags.is_empty()) {
        (_, true) => "filter-paths",
        (true, false) => "filter-tags",
        (false, false) => "filter-both",
    };
    let what = put(&ui(lang, key), &[("paths", &any(paths)), ("tags", &any(tags))]);
    let (shown, left) = (report.summary.count(), left_out.count());
    let said = put(&counted(lang, "filtered", shown + left), &[("shown", &shown.to_string()), ("what", &what)]);
    let left = counts(lang, left_out).map(|counts| put(&ui(lang, "left-out"), &[("what", &counts)]));
    Some(std::iter::once(said).chain(left).collect::<Vec<_>>().join(" "))
}

/// Whom a change touches, as far as that may be said.
pub(crate) fn touches(lang: Lang, touched: &Touched) -> Option<String> {
    let partners = match (&touched.partners, touched.count) {
        (Some(partners), _) => (!partners.is_empty()).then(|| names(lang, partners)),
        (None, count) => count.filter(|count| *count > 0).map(|count| text::counted(lang, "gate", "partners", count)),
    };
    let public = touched.public.then(|| text::word(lang, "gate", "public").to_owned());
    let said: Vec<String> = partners.into_iter().chain(public).collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// `Touches: 2 partners`, or that nobody is; nothing where that may not be said.
pub(crate) fn audience(lang: Lang, touched: &Touched) -> Option<String> {
    let nobody = || touched.count.is_some().then(|| text::word(lang, "gate", "nobody").to_owned());
    let whom = touches(lang, touched).or_else(nobody)?;
    Some(labelled(lang, text::word(lang, "gate", "touches"), &whom))
}

/// Some names: the first few, and how many there are beside them.
pub(crate) fn names(lang: Lang, names: &[String]) -> String {
    let mut out: Vec<String> = names.iter().take(NAMED).map(|name| code(name)).collect();
    let left = names.len().saturating_sub(NAMED);
    out.extend((left > 0).then(|| counted(lang, "and-more", left as u64)));
    out.join(", ")
}

/// A name as a sentence holds it.
pub(crate) fn code(name: &str) -> String {
    text::fill("{name}", Lang::En, &BTreeMap::from([("name".to_owned(), text::Arg::Code(clip(name, NAME)))]))
}

/// `` `v1` (9330d08, 14 May 2024) ``
fn version(lang: Lang, version: &Version) -> String {
    let commit = version.commit.as_ref().map(|id| id.chars().take(7).collect::<String>());
    let date =
        version.date.as_ref().map(|date| date.parse().map_or_else(|_| date.clone(), |day| text::date(lang, day)));
    let notes: Vec<_> = commit.filter(|id| !version.label.starts_with(id.as_str())).into_iter().chain(date).collect();
    let label = version.label.replace('`', "'");
    let said = named(lang, &label);
    if said != label {
        return if notes.is_empty() { said } else { format!("{said} ({})", notes.join(", ")) };
    }
    if notes.is_empty() { format!("`{label}`") } else { format!("`{label}` ({})", notes.join(", ")) }
}

/// What we call a version that has no name of its own; any other name stays as it is.
fn named(lang: Lang, label: &str) -> String {
    let key = |key: &str| ui(lang, key);
    match label.strip_prefix("merge base of ").and_then(|both| both.rsplit_once(" and ")) {
        Some((one, two)) => put(&key("merge-base-of"), &[("one", &code(one)), ("two", &code(two))]),
        None => match (label, label.strip_prefix("merge base with ")) {
            ("work tree", _) => key("worktree"),
            ("standard input", _) => key("stdin"),
            (_, Some(branch)) => put(&key("merge-base-with"), &[("name", &code(branch))]),
            (_, None) => label.to_owned(),
        },
    }
}

/// The word of a level.
pub(crate) fn level(lang: Lang, verdict: Verdict) -> String {
    text::word(lang, "levels", verdict.level().map_or("none", Level::as_str)).to_owned()
}

/// The title of a level.
pub(crate) fn title(lang: Lang, level: Level) -> String {
    text::word(lang, "levels", &format!("{}-title", level.as_str())).to_owned()
}

/// What a report of one or more contracts is called, and its verdict: `API contract: 🔴 breaking`.
pub(crate) fn headline(lang: Lang, verdict: Verdict) -> String {
    let value = format!("{} {}", icon(verdict), level(lang, verdict));
    labelled(lang, &ui(lang, "contract-changes"), &value)
}

/// How sure a change is; what follows from the protocol, and what nobody asked to be proven, needs no word.
pub(crate) fn proof(lang: Lang, proof: Proof) -> Option<String> {
    match proof {
        Proof::Proven => Some(text::word(lang, "proofs", "proven").to_owned()),
        Proof::Structural | Proof::NotTried => None,
        Proof::Unproven => Some(text::word(lang, "proofs", "unproven").to_owned()),
    }
}

/// How much of a contract could be compared.
pub(crate) fn coverage(lang: Lang, coverage: &Coverage) -> String {
    let parts = [
        ("coverage-operations", coverage.operations),
        ("coverage-without", coverage.responses_without_schema),
        ("coverage-unresolved", coverage.unresolved_refs),
    ];
    parts.map(|(key, count)| text::counted(lang, "ui", key, count)).join(", ")
}

/// The mark of a level; never stands without its word.
pub(crate) fn icon(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Breaking => "🔴",
        Verdict::Risky => "🟠",
        Verdict::Additive => "🟢",
        Verdict::Docs | Verdict::None => "⚪",
    }
}
