//! Text put into text: replacements and insertions at offsets, blank lines around what is inserted, line breaks as the
//! file has them. Every byte that is not replaced stays.

use std::collections::BTreeMap;
use std::ops::Range;

/// Edits of one text.
#[derive(Default)]
pub(super) struct Edits {
    replaced: BTreeMap<usize, (usize, String)>,
    inserted: BTreeMap<usize, Vec<String>>,
}

impl Edits {
    /// Replaces a range; ranges never overlap.
    pub(super) fn replace(&mut self, range: Range<usize>, by: String) {
        self.replaced.insert(range.start, (range.end, by));
    }

    /// Inserts a piece at the beginning of a line, after those inserted there before.
    pub(super) fn insert(&mut self, at: usize, piece: String) {
        self.inserted.entry(at).or_default().push(piece);
    }

    /// The text with all edits made.
    pub(super) fn apply(&self, text: &str) -> String {
        let crlf = text.find('\n').is_some_and(|at| text[..at].ends_with('\r'));
        let native = |piece: &str| if crlf { piece.replace('\n', "\r\n") } else { piece.to_owned() };
        let mut out = String::with_capacity(text.len() * 2);
        let mut at = 0;
        let mut stops: Vec<usize> = self.replaced.keys().chain(self.inserted.keys()).copied().collect();
        stops.sort_unstable();
        stops.dedup();
        for stop in stops {
            // An insertion inside what is replaced cannot be; were it so, it would follow it.
            out.push_str(text.get(at..stop).unwrap_or_default());
            at = at.max(stop);
            for piece in self.inserted.get(&stop).into_iter().flatten() {
                out.push_str(&native(gap(&out)));
                out.push_str(&native(piece));
            }
            if self.inserted.contains_key(&stop) && !is_blank_next(&text[stop..]) {
                out.push_str(&native("\n"));
            }
            if let Some((end, by)) = self.replaced.get(&stop) {
                out.push_str(&native(by));
                at = *end;
            }
        }
        out.push_str(text.get(at..).unwrap_or_default());
        out
    }
}

/// What stands between the text so far and a piece: a blank line, but not at the beginning.
fn gap(before: &str) -> &'static str {
    let blank = before.ends_with("\n\n") || before.ends_with("\n\r\n");
    match before {
        "" => "",
        _ if blank => "",
        _ if before.ends_with('\n') => "\n",
        _ => "\n\n",
    }
}

/// Whether a text is empty or begins with a blank line.
fn is_blank_next(text: &str) -> bool {
    text.is_empty() || text.lines().next().is_some_and(|line| line.trim().is_empty())
}
