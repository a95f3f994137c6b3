//! What fuzzing runs, written once: the test binary has it as a module, the crate under `fuzz/` as its library.
//!
//! A target takes any bytes. It fails by panicking, for whoever finds the input: beside the panics of the code itself,
//! where a law is broken that holds for every document, hostile ones included. Time is not looked at here: what is made
//! of an input is counted, and bounded by its size. It answers with what was said of the input, in few words, so that a
//! loop without an eye on the code sees which inputs lead to something new.

#![allow(unreachable_pub, clippy::panic, clippy::expect_used, reason = "a library for fuzzing, a module for tests")]

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, date};
use preavis::contract::{self, Contract};
use preavis::diff::{self, Changes};
use preavis::render::{self, Format, render};
use preavis::report::{ApiInput, Coverage, Report, Version, assemble};
use preavis::rules::{self, Level};
use preavis::schema::reached_holes;
use preavis::source::{BlobId, Files, SourceError};
use preavis::spec::{Limits, ParseCache, Weight, load};
use preavis::text::Lang;

mod frame;

/// A line of its own that ends one document and begins the next.
const SEPARATOR: &str = "\n=====\n";
const TODAY: Date = date(2030, 1, 1);

/// Errors, problems, rules and how sure they are; without names and numbers of the input.
pub type Said = BTreeSet<String>;

/// What the input consists of, by the names references may use: `a.yaml`, `b.yaml`, …
struct Pages<'i>(Vec<&'i [u8]>);

impl<'i> Pages<'i> {
    fn of(bytes: &'i [u8]) -> Self {
        let (mut pages, mut rest) = (Vec::new(), bytes);
        while let Some(at) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR.as_bytes()) {
            pages.push(&rest[..=at]);
            rest = &rest[at + SEPARATOR.len()..];
        }
        pages.push(rest);
        Self(pages)
    }

    fn page(&self, path: &str) -> Option<&'i [u8]> {
        let letter = path.strip_suffix(".yaml").filter(|name| name.len() == 1)?.bytes().next()?;
        self.0.get(usize::from(letter.checked_sub(b'a')?)).copied()
    }
}

impl Files for Pages<'_> {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        Ok(self.page(path).map(|_| BlobId(path.into())))
    }
    fn read(&self, path: &str, _: &BlobId) -> Result<Vec<u8>, SourceError> {
        Ok(self.page(path).unwrap_or_default().to_vec())
    }
}

/// The contract of the first page, if it is a document at all.
fn contract(files: &Pages<'_>, said: &mut Said) -> Option<Contract> {
    let limits = Limits::default();
    let document = load(files, "a.yaml", &mut ParseCache::default(), &limits)
        .map_err(|error| said.insert(kind(&error.to_string())))
        .ok()?;
    let contract = contract::read(Arc::new(document));
    let bytes: usize = files.0.iter().map(|page| page.len()).sum();
    // YAML makes a value of nothing, as in `a:`, and copies what aliases name.
    let (values, most) = (values(&contract), 2 * bytes + 1 + limits.aliases * files.0.len());
    assert!(values <= most, "{values} values of {bytes} bytes");
    said.extend(contract.problems.iter().map(|problem| kind(&problem.message)));
    Some(contract)
}

/// A message without what it quotes and counts.
fn kind(message: &str) -> String {
    let words: String = message.split('`').step_by(2).collect();
    words.chars().filter(|sign| !sign.is_ascii_digit()).take(80).collect()
}

fn values(contract: &Contract) -> usize {
    contract.document.files().iter().map(|(_, file)| file.len()).sum()
}

/// Any bytes as a document, by the reader its first character asks for and by the YAML reader; references are followed
/// from page to page.
pub fn read(bytes: &[u8]) -> Said {
    let mut said = Said::new();
    for lead in [&b""[..], b"#\n"] {
        let whole = [lead, bytes].concat();
        if let Some(contract) = contract(&Pages::of(&whole), &mut said) {
            let problems = contract.problems.len();
            assert!(reached_holes(&contract).iter().all(|&hole| hole < problems || hole == u32::MAX as usize));
        }
    }
    said
}

/// Two documents, compared both ways, judged and reported; some with proofs, some in the words of people.
pub fn compare(bytes: &[u8]) -> Said {
    let mut said = Said::new();
    let pages = Pages::of(bytes);
    let (Some(&base), Some(&head)) = (pages.0.first(), pages.0.get(1)) else { return said };
    // Errors are the matter of [`read`].
    let Some(base) = contract(&Pages(vec![base]), &mut said) else { return Said::new() };
    let Some(head) = contract(&Pages(vec![head]), &mut said) else { return Said::new() };
    let changes = [one_way(&base, &head, &mut said), one_way(&head, &base, &mut said)];
    // Templates are parsed for each text, and a validator is built for each proof: that costs more than all the rest.
    if bytes.len().is_multiple_of(16) {
        rendered(&report(&base, &head, &changes[0], Lang::En), Format::Text, Lang::En);
        rendered(&report(&head, &base, &changes[1], Lang::Fr), Format::Markdown, Lang::Fr);
    }
    if bytes.len() % 8 == 1 {
        proven(&base, &head, &changes[0], &mut said);
    }
    said
}

/// Two schemas that the bytes spell, as body, response and parameter of one operation.
pub fn schemas(bytes: &[u8]) -> Said {
    let mut said = Said::new();
    let [base, head] = frame::documents(bytes).map(|text| {
        contract(&Pages(vec![text.as_bytes()]), &mut said).unwrap_or_else(|| panic!("not a document: {text}"))
    });
    let changes = one_way(&base, &head, &mut said);
    one_way(&head, &base, &mut said);
    if bytes.len() % 8 == 1 {
        proven(&base, &head, &changes, &mut said);
    }
    said
}

/// The two documents that an input of [`schemas`] spells, as an input of [`compare`].
pub fn spelled(bytes: &[u8]) -> String {
    frame::documents(bytes).join(SEPARATOR)
}

/// Compares a document with itself and with another one, and reports that.
fn one_way(base: &Contract, head: &Contract, said: &mut Said) -> Changes {
    // What a hole hides is unknown, even where the same text stands in both: it may have led somewhere else.
    if base.problems.iter().all(|problem| problem.weight == Weight::Odd) {
        let itself = compared(base, base);
        assert!(itself.list.is_empty(), "a document differs from itself: {:#?}", itself.list);
    }
    let changes = compared(base, head);
    let (count, values) = (changes.list.len(), values(base) + values(head));
    assert!(count <= 4 * values, "{count} changes between {values} values");
    let report = report(base, head, &changes, Lang::En);
    rendered(&report, Format::Json, Lang::En);
    said.extend(report.apis.iter().flat_map(|api| &api.changes).map(|change| change.rule.clone()));
    said.extend(changes.list.iter().map(|change| format!("{:?}", change.proof)));
    changes
}

/// Shows all changes, which leaves them what they are.
fn proven(base: &Contract, head: &Contract, changes: &Changes, said: &mut Said) {
    let shown = diff::prove(base, head, &diff::Options::on(TODAY), &|_| true);
    let all = |changes: &Changes| -> Vec<_> {
        changes.list.iter().map(|change| (change.facet, change.action, change.address.clone())).collect()
    };
    assert_eq!(all(changes), all(&shown), "what is shown is not what was found");
    said.extend(shown.list.iter().map(|change| format!("{:?} shown", change.proof)));
}

fn compared(base: &Contract, head: &Contract) -> Changes {
    diff::compare(base, head, &diff::Options::on(TODAY))
}

fn rendered(report: &Report, format: Format, lang: Lang) {
    let text = render(report, format, &render::Options { lang, show: Level::Docs, ..Default::default() });
    assert!(text.ends_with('\n'), "{text}");
}

/// What a report says of changes.
pub fn report(base: &Contract, head: &Contract, changes: &Changes, lang: Lang) -> Report {
    let levels = |change: &diff::Change| {
        let (rule, level) = rules::judge(change).unwrap_or_else(|| panic!("no rule for {change:#?}"));
        (rule.id, level)
    };
    let api = assemble(&ApiInput {
        id: "api",
        then_id: None,
        former: &[],
        path: "a.yaml",
        title: &head.title,
        base: Some(&base.document),
        head: Some(&head.document),
        changes,
        levels: &levels,
        coverage: Coverage::of(head),
        lang,
    });
    Report::new(Version::default(), Version::default(), vec![api])
}
