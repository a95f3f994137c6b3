//! What the page of two versions shows of an entry beside its words: before and after side by side, and the exchange that
//! proves it.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

use super::book::{Book, SiteError};
use crate::publish::changelog::Line;
use crate::text;

/// How many lines stand around a line that changed; the others are folded.
const AROUND: usize = 3;

/// As the template `proof` sees it.
#[derive(Serialize)]
struct View<'a> {
    sides: Vec<Side>,
    exchange: Option<&'a str>,
    exchange_label: String,
    refusal: Option<&'a str>,
    curl: Option<&'a str>,
}

#[derive(Serialize)]
struct Side {
    label: String,
    lines: Vec<Shown>,
}

#[derive(Clone, Serialize)]
struct Shown {
    text: String,
    changed: bool,
}

/// What is shown, as HTML; nothing where there is nothing to show.
pub(super) fn proof(book: &Book<'_>, line: &Line) -> Result<String, SiteError> {
    let entry = &line.entry;
    let [before, after] = [&entry.before_block, &entry.after_block].map(|block| block.as_deref().unwrap_or_default());
    let (old, new) = sides(before, after);
    let side = |key: &str, lines| Side { label: text::capitalised(&text::ui(book.lang, key)), lines };
    let sides = [side("before", old), side("after", new)].into_iter().filter(|side| !side.lines.is_empty()).collect();
    let view = View {
        exchange: entry.exchange_block.as_deref(),
        exchange_label: text::ui(book.lang, "exchange"),
        refusal: entry.refusal.as_deref(),
        curl: entry.curl.as_deref(),
        sides,
    };
    let View { sides, exchange, curl, .. } = &view;
    if sides.is_empty() && exchange.is_none() && curl.is_none() {
        return Ok(String::new());
    }
    book.fill("proof", &view)
}

/// The lines of both texts, what differs marked, and what is the same far from it folded.
fn sides(before: &str, after: &str) -> (Vec<Shown>, Vec<Shown>) {
    if before.is_empty() || after.is_empty() {
        let all = |text: &str| text.lines().map(|line| Shown { text: line.to_owned(), changed: false }).collect();
        return (all(before), all(after));
    }
    let diff = TextDiff::from_lines(before, after);
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for change in diff.iter_all_changes() {
        let shown = |changed| Shown { text: change.value().trim_end_matches('\n').to_owned(), changed };
        match change.tag() {
            ChangeTag::Equal => {
                old.push(shown(false));
                new.push(shown(false));
            }
            ChangeTag::Delete => old.push(shown(true)),
            ChangeTag::Insert => new.push(shown(true)),
        }
    }
    (folded(&old), folded(&new))
}

/// The lines around those that changed; `…` for the others.
fn folded(lines: &[Shown]) -> Vec<Shown> {
    let near = |ix: usize| {
        let around = ix.saturating_sub(AROUND)..(ix + AROUND + 1).min(lines.len());
        lines[around].iter().any(|line| line.changed)
    };
    let kept: Vec<bool> = (0..lines.len()).map(near).collect();
    if !kept.contains(&true) {
        return lines.to_vec();
    }
    let mut out: Vec<Shown> = Vec::new();
    let mut skipping = false;
    for (line, kept) in lines.iter().zip(kept) {
        if kept {
            out.push(line.clone());
        } else if !skipping {
            out.push(Shown { text: "…".to_owned(), changed: false });
        }
        skipping = !kept;
    }
    out
}
