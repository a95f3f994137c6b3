//! For a comment on a pull request and for the summary of a job: the decision, the changes in a table, how to open the
//! gate, the message to partners, and what could not be checked. Within the size that forges accept.

use std::sync::OnceLock;

use serde::Serialize;

use super::Options;
use super::gather::{title, view};
use super::result::{CheckReport, CheckedChange};
use super::view::{Item, Shape, View};
use super::words;
use crate::notice::draft::{self, Draft};
use crate::render::entry::Style;
use crate::render::safe;
use crate::render::template::Templates;
use crate::report::Report;
use crate::text::Lang;

const FILES: &[(&str, &str)] = &[
    ("main", include_str!("../../../templates/gate/markdown.hbs")),
    ("table", include_str!("../../../templates/gate/table.hbs")),
    ("finding", include_str!("../../../templates/gate/item.hbs")),
];

/// A text with its limits.
struct Size {
    /// How much it says.
    shape: Shape,
    /// The most bytes.
    most: usize,
}

/// GitHub takes 65,536 characters.
const COMMENT: Size = Size { shape: Shape { changes: 10, findings: 10, apis: 10 }, most: 60_000 };
/// GitHub takes 1 MiB, and shows nothing of what is longer.
const SUMMARY: Size = Size { shape: Shape { changes: 500, findings: 200, apis: 100 }, most: 900 * 1024 };
/// The worst changes, where even ten are too long.
const FEW: Shape = Shape { changes: 3, findings: 3, apis: 3 };
/// What is said where even a short text is too long.
const LEAST: Shape = Shape { changes: 0, findings: 0, apis: 0 };
/// The most APIs for whose partners a message is written.
const MESSAGES: usize = 5;

/// A view with what only Markdown says.
#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    view: View,
    /// The changes whose commands are shown.
    ways: Vec<Item>,
    messages: Vec<Message>,
    cut: Option<&'static str>,
}

/// What partners of one API may be sent.
#[derive(Clone, Serialize)]
struct Message {
    api: String,
    text: String,
}

/// The check as a comment; at most 60,000 bytes.
pub(super) fn comment(report: &CheckReport, options: &Options) -> String {
    fitted(report, options.lang, &COMMENT)
}

/// The check as the summary of a job; at most 900 KiB.
pub fn summary(report: &CheckReport, options: &Options) -> String {
    fitted(report, options.lang, &SUMMARY)
}

/// The whole, else without the messages, else the decision alone; what was left out is said.
fn fitted(report: &CheckReport, lang: Lang, size: &Size) -> String {
    let messages = messages(report, lang);
    let cut = Some(words::word(lang, "too-long"));
    let none = Vec::new;
    let tries = [(size.shape, messages, None), (size.shape, none(), cut), (FEW, none(), cut), (LEAST, none(), cut)];
    let mut texts = tries.into_iter().map(|(shape, messages, cut)| written(report, lang, &shape, messages, cut));
    let fits = |text: &String| text.len() <= size.most;
    texts.find(fits).unwrap_or_else(|| format!("{}\n", safe::markdown(&words::status(report, lang))))
}

fn written(
    report: &CheckReport,
    lang: Lang,
    shape: &Shape,
    messages: Vec<Message>,
    cut: Option<&'static str>,
) -> String {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    let templates = TEMPLATES.get_or_init(|| {
        Templates::new(FILES, safe::markdown)
            .with("code", safe::code)
            .with("cell", safe::cell)
            .with("say", safe::sentence)
            .with("say_cell", safe::sentence_cell)
            .with("markdown", |text| safe::fence("markdown", text))
    });
    let style = Style { lang, width: 0, blocks: false };
    let view = view(report, &style, shape);
    let ways = view.open.iter().chain(&view.waiting).filter(|item| !item.commands.is_empty()).cloned().collect();
    let page = Page { view, ways, messages, cut };
    templates.fill("main", &page).unwrap_or_else(|error| error + "\n")
}

/// What partners would be told of the changes that nothing answers, an API each.
fn messages(report: &CheckReport, lang: Lang) -> Vec<Message> {
    let open = report.apis.iter().filter(|api| api.changes.iter().any(CheckedChange::is_open));
    let message = |api: &super::result::CheckedApi| {
        let of = |api| Report::new(report.base.clone(), report.head.clone(), vec![api]);
        let (facts, whole) = (of(api.with(CheckedChange::is_open)), of(api.with(|_| true)));
        let draft = Draft {
            emergency: None,
            id: &api.id,
            facts: &facts,
            whole: &whole,
            langs: &[lang],
            title: None,
            kind: draft::kind(&facts),
            announced_on: None,
            effective_on: None,
        };
        Message { api: title(api), text: draft.message(lang).trim_end().to_owned() }
    };
    open.take(MESSAGES).map(message).collect()
}
