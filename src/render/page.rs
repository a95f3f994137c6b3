//! Pages that are no reports: a title, notes, and tables. The templates under `templates/usage` write them.

use serde::Serialize;

use super::columns::aligned;
use super::safe;
use super::template::Templates;
use super::text::painted;
use super::{Format, Options};

/// What is written.
#[derive(Default, Debug, Serialize)]
pub(super) struct Page {
    pub(super) title: String,
    /// Sentences, names between backticks.
    pub(super) notes: Vec<String>,
    pub(super) sections: Vec<Section>,
}

/// A table with a title.
#[derive(Default, Debug, Serialize)]
pub(super) struct Section {
    pub(super) title: String,
    /// Sentences, names between backticks.
    pub(super) notes: Vec<String>,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// The rows with their columns aligned, the header first.
    pub(super) lines: Vec<String>,
}

/// A cell of a table.
#[derive(Clone, Default, Debug, Serialize)]
pub(super) struct Cell {
    text: String,
    code: bool,
}

impl Cell {
    /// A name of the contract.
    pub(super) fn code(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: true }
    }
    /// Words.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: false }
    }
}

const TEXT: &[(&str, &str)] = &[("main", include_str!("../../templates/usage/text.hbs"))];
const MARKDOWN: &[(&str, &str)] = &[("main", include_str!("../../templates/usage/markdown.hbs"))];

/// The page in a format for people; ends with a line break.
pub(super) fn render(mut page: Page, format: Format, options: &Options) -> String {
    let templates = match format {
        Format::Markdown => {
            Templates::new(MARKDOWN, safe::markdown).with("cell", safe::cell).with("say", safe::sentence)
        }
        Format::Text | Format::Json => {
            page.sections.iter_mut().for_each(Section::align);
            let paint = if options.color { painted } else { |_: &str, text: &str| safe::line(text) };
            Templates::new(TEXT, safe::line).with("say", safe::line).with_two("paint", paint)
        }
    };
    templates.fill("main", &page).unwrap_or_else(|error| error + "\n")
}

impl Section {
    fn align(&mut self) {
        let header: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect());
        let rows: Vec<Vec<&str>> = (!self.rows.is_empty()).then_some(header).into_iter().chain(rows).collect();
        self.lines = aligned(&rows);
    }
}
