//! Who gets which message of a notice, and why: for the team that sends them, never for a partner.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::Variant;
use crate::audience::Reason;
use crate::render::{markdown_cell, markdown_line, markdown_sentence};
use crate::text::{self, Lang, json};

/// Who gets what of a notice, and why.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[schemars(title = "Recipients of a notice", description = "Who gets which message of a notice, and why.")]
pub struct Recipients {
    /// The version of this format: 1. Fields are only ever added within a version.
    pub version: u32,
    /// The id of the notice.
    pub notice: String,
    /// Its revision, from 1.
    pub revision: u32,
    /// Its title, in the language of reports.
    pub title: String,
    /// The day the messages were written.
    pub date: String,
    /// Whether it was not announced yet: nothing of it is to be sent.
    pub draft: bool,
    /// Every partner, by slug.
    pub partners: Vec<Recipient>,
}

/// What one partner gets.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub struct Recipient {
    /// Its slug.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// The language of its message.
    pub lang: Lang,
    /// The file of its message, beside the list; null where the notice is nothing for it.
    pub file: Option<String>,
    /// What the message does.
    pub variant: Option<Variant>,
    /// The one line people read.
    pub subject: Option<String>,
    /// The fingerprints of the changes that it is told.
    pub changes: Vec<String>,
    /// Why it is told, or why it need not be; empty where the notice is addressed to it whatever it uses.
    pub reasons: Vec<Reason>,
    /// The reasons in words, as they are said to the partner.
    pub why: Vec<String>,
}

impl Recipients {
    /// As JSON; ends with a line break.
    pub fn json(&self) -> String {
        json::pretty(self)
    }

    /// As a table, those first who get something.
    pub fn markdown(&self, lang: Lang) -> String {
        let word = |key: &str| text::word(lang, "recipients", key);
        let title = if self.title.is_empty() { &self.notice } else { &self.title };
        let mut out = format!("# {}\n\n", markdown_sentence(&word("heading").replace("{title}", title)));
        let written = word("written").replace("{id}", &self.notice).replace("{date}", &self.date);
        let _ = writeln!(out, "{} {}", markdown_line(&written), word("private"));
        if self.draft {
            let _ = writeln!(out, "\n**{}**", word("draft"));
        }
        let (told, spared): (Vec<_>, Vec<_>) = self.partners.iter().partition(|partner| partner.file.is_some());
        let count = |key: &str, of: &[&Recipient]| text::counted(lang, "recipients", key, of.len() as u64);
        let _ = writeln!(out, "\n## {}\n", count("told", &told));
        if !told.is_empty() {
            row(&mut out, &["partner", "lang", "file", "subject", "why"].map(|key| word(key).to_owned()));
            row(&mut out, &["---"; 5].map(str::to_owned));
            for one in told {
                let file = format!("`{}`", one.file.as_deref().unwrap_or_default());
                let subject = markdown_cell(one.subject.as_deref().unwrap_or_default());
                row(&mut out, &[named(one), one.lang.as_str().to_owned(), file, subject, why(one, lang)]);
            }
            out.push('\n');
        }
        let _ = writeln!(out, "## {}\n", count("spared", &spared));
        if !spared.is_empty() {
            row(&mut out, &["partner", "why"].map(|key| word(key).to_owned()));
            row(&mut out, &["---"; 2].map(str::to_owned));
            for one in spared {
                row(&mut out, &[named(one), why(one, lang)]);
            }
        }
        out.truncate(out.trim_end().len());
        out + "\n"
    }
}

/// The name, and the slug where it is another word.
fn named(one: &Recipient) -> String {
    let name = markdown_line(&one.name);
    if one.name == one.slug { name } else { format!("{name} (`{}`)", one.slug) }
}

fn why(one: &Recipient, lang: Lang) -> String {
    if one.why.is_empty() {
        return text::word(lang, "recipients", "addressed").to_owned();
    }
    // Names stand between backticks already.
    one.why.iter().map(|sentence| sentence.replace('|', "\\|")).collect::<Vec<_>>().join("<br>")
}

fn row(out: &mut String, cells: &[String]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// The schema of the list.
#[cfg(feature = "internals")]
pub fn recipients_schema() -> String {
    crate::json_schema::of_output::<Recipients>()
}
