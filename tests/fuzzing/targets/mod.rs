//! What fuzzing runs, written once: the test binary has it as a module, the crate under `fuzz/` as its library.
//!
//! A target takes any bytes. It fails by panicking, for whoever finds the input: beside the panics of the code itself,
//! where a law is broken that holds for every document, hostile ones included. Time is not looked at here: what is made
//! of an input is counted, and bounded by its size.

#![allow(unreachable_pub, clippy::panic, clippy::expect_used, reason = "a library for fuzzing, a module for tests")]

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
fn contract(files: &Pages<'_>) -> Option<Contract> {
    let limits = Limits::default();
    let document =
        load(files, "a.yaml", &mut ParseCache::default(), &limits).map_err(|error| error.to_string()).ok()?;
    let contract = contract::read(Arc::new(document));
    let bytes: usize = files.0.iter().map(|page| page.len()).sum();
    // YAML makes a value of nothing, as in `a:`, and copies what aliases name.
    let (values, most) = (values(&contract), 2 * bytes + 1 + limits.aliases * files.0.len());
    assert!(values <= most, "{values} values of {bytes} bytes");
    Some(contract)
}

fn values(contract: &Contract) -> usize {
    contract.document.files().iter().map(|(_, file)| file.len()).sum()
}

/// Any bytes as a document, by the reader its first character asks for and by the YAML reader; references are followed
/// from page to page.
pub fn read(bytes: &[u8]) {
    for lead in [&b""[..], b"#\n"] {
        let whole = [lead, bytes].concat();
        if let Some(contract) = contract(&Pages::of(&whole)) {
            let problems = contract.problems.len();
            assert!(reached_holes(&contract).iter().all(|&hole| hole < problems || hole == u32::MAX as usize));
        }
    }
}

/// Two documents, compared both ways, judged and reported; some in the words of people.
pub fn compare(bytes: &[u8]) {
    let pages = Pages::of(bytes);
    let (Some(&base), Some(&head)) = (pages.0.first(), pages.0.get(1)) else { return };
    let (Some(base), Some(head)) = (contract(&Pages(vec![base])), contract(&Pages(vec![head]))) else { return };
    let changes = [one_way(&base, &head), one_way(&head, &base)];
    // Templates are parsed for each text, which costs more than all the rest.
    if bytes.len().is_multiple_of(16) {
        said(&report(&base, &head, &changes[0], Lang::En), Format::Text, Lang::En);
        said(&report(&head, &base, &changes[1], Lang::Fr), Format::Markdown, Lang::Fr);
    }
}

/// Two schemas that the bytes spell, as body, response and parameter of one operation.
pub fn schemas(bytes: &[u8]) {
    let [base, head] = frame::documents(bytes)
        .map(|text| contract(&Pages(vec![text.as_bytes()])).unwrap_or_else(|| panic!("not a document: {text}")));
    one_way(&base, &head);
    one_way(&head, &base);
}

/// The two documents that an input of [`schemas`] spells, as an input of [`compare`].
pub fn spelled(bytes: &[u8]) -> String {
    frame::documents(bytes).join(SEPARATOR)
}

/// Compares a document with itself and with another one, and reports that.
fn one_way(base: &Contract, head: &Contract) -> Changes {
    // What a hole hides is unknown, even where the same text stands in both: it may have led somewhere else.
    if base.problems.iter().all(|problem| problem.weight == Weight::Odd) {
        let itself = compared(base, base);
        assert!(itself.list.is_empty(), "a document differs from itself: {:#?}", itself.list);
    }
    let changes = compared(base, head);
    let (count, values) = (changes.list.len(), values(base) + values(head));
    assert!(count <= 4 * values, "{count} changes between {values} values");
    said(&report(base, head, &changes, Lang::En), Format::Json, Lang::En);
    changes
}

fn compared(base: &Contract, head: &Contract) -> Changes {
    diff::compare(base, head, &diff::Options { today: TODAY })
}

fn said(report: &Report, format: Format, lang: Lang) {
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
