//! Untrusted text made harmless: whatever a document says, it stays text in a terminal and in Markdown.
//!
//! Control and direction characters go everywhere. In Markdown nothing of it becomes a tag, a link, a heading, a table
//! cell, a mention or a reference to an issue.

use crate::text::{self, Lang, is_hidden};

/// On one line, without control characters.
pub(crate) fn line(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).filter(|&c| !is_hidden(c)).collect()
}

/// Without control characters other than line breaks.
pub(crate) fn block(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !is_hidden(c)).collect()
}

/// Text for a line of Markdown.
pub(crate) fn markdown(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (ix, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A mention or a reference would tell people and issues that have nothing to do with this.
            '@' | '#' => {
                out.extend(['\\', c]);
                out.push_str("&#8203;");
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            // GitHub links bare addresses.
            ':' if text[ix..].starts_with("://") => out.push_str(":&#8203;"),
            '.' if text[..ix].to_ascii_lowercase().ends_with("www") => out.push_str("&#8203;."),
            // At the beginning these would open a list or underline a heading.
            '-' | '+' | '=' if ix == 0 => out.extend(['\\', c]),
            '.' | ')' if digits > 0 && ix == digits => out.extend(['\\', c]),
            other => out.push(other),
        }
    }
    out
}

/// A code span of Markdown; nothing for nothing. In a cell of a table write [`cell`].
pub(crate) fn code(text: &str) -> String {
    let text = line(text);
    if text.trim().is_empty() {
        return String::new();
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// A code span in a cell of a table: GFM reads `\|` there as `|` before it looks for code, and only there.
pub(crate) fn cell(text: &str) -> String {
    code(text).replace('|', "\\|")
}

/// A sentence whose names are code spans of Markdown, in a cell of a table.
pub(crate) fn sentence_cell(text: &str) -> String {
    written(text, markdown, cell)
}

/// A fenced block of Markdown, whose fence is longer than any run of backticks inside.
pub(crate) fn fence(language: &str, text: &str) -> String {
    let text = block(text);
    let fence = "`".repeat((longest_run(&text) + 1).max(3));
    format!("{fence}{language}\n{text}\n{fence}")
}

fn longest_run(text: &str) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// A sentence whose names are code spans of Markdown: they are written anew, the rest becomes text.
pub(crate) fn sentence(text: &str) -> String {
    written(text, markdown, code)
}

/// Text for HTML, in elements and in quoted attributes; line breaks stay.
pub(crate) fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in block(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A name as a code element of HTML; nothing for nothing.
pub(crate) fn html_code(text: &str) -> String {
    let text = html(&line(text));
    if text.trim().is_empty() { String::new() } else { format!("<code>{text}</code>") }
}

/// A sentence whose names are code spans of Markdown, as HTML.
pub(crate) fn html_sentence(text: &str) -> String {
    written(text, html, html_code)
}

/// A sentence whose names are code spans of Markdown, without their marks.
pub(crate) fn plain_sentence(text: &str) -> String {
    written(text, line, line)
}

/// A sentence as plain text. Where a name in it could be read as a word, names stand in quotes: may now be "absent".
pub(crate) fn spoken(lang: Lang, text: &str) -> String {
    let text = line(text);
    let pieces = spans(&text);
    let is_word = |piece: &str| !piece.is_empty() && piece.chars().all(char::is_alphabetic);
    let confusing = pieces.iter().any(|(named, piece)| *named && is_word(piece));
    let quote = text::word(lang, "ui", "quote");
    let write = |(named, piece): &(bool, &str)| {
        let piece = line(piece);
        if *named && confusing && is_quoted(&piece) { text::put(quote, &[("text", &piece)]) } else { piece }
    };
    pieces.iter().map(write).collect()
}

/// True of a name that stands in quotes among words. An operation is no word, and has a form of its own.
pub(super) fn is_quoted(name: &str) -> bool {
    !name.is_empty() && !name.contains([' ', '/'])
}

/// A sentence whose code spans are written in one way and the rest in another.
fn written(text: &str, plain: fn(&str) -> String, code: fn(&str) -> String) -> String {
    spans(&line(text)).into_iter().map(|(named, piece)| if named { code(piece) } else { plain(piece) }).collect()
}

/// The pieces of a sentence, and whether each is a name between backticks.
pub(crate) fn spans(text: &str) -> Vec<(bool, &str)> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let (before, tail) = rest.split_at(start);
        out.push((false, before));
        let run = tail.len() - tail.trim_start_matches('`').len();
        let (fence, inside) = tail.split_at(run);
        if let Some(end) = closing(inside, run) {
            out.push((true, content(&inside[..end])));
            rest = &inside[end + run..];
        } else {
            out.push((false, fence));
            rest = inside;
        }
    }
    out.push((false, rest));
    out
}

/// Where a run of exactly `run` backticks begins.
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`') {
        let start = at + start;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        if length == run {
            return Some(start);
        }
        at = start + length;
    }
    None
}

/// What a code span holds: without the space on either side that keeps backticks off its fence.
fn content(inside: &str) -> &str {
    let stripped = inside.strip_prefix(' ').and_then(|text| text.strip_suffix(' '));
    stripped.filter(|text| !text.trim().is_empty()).unwrap_or(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_stays_text() {
        for (given, expected) in [
            ("<img src=x onerror=a>", "&lt;img src=x onerror=a&gt;"),
            ("[a](javascript:b)", "\\[a\\](javascript:b)"),
            ("a | b", "a \\| b"),
            ("# head\n- item", "\\#&#8203; head - item"),
            ("- item", "\\- item"),
            ("12. item", "12\\. item"),
            (
                "see https://evil.example and www.evil.example",
                "see https:&#8203;//evil.example and www&#8203;.evil.example",
            ),
            ("@team \u{1b}[31mred\u{202e}", "\\@&#8203;team \\[31mred"),
            ("&lt;b&gt; $x$", "&amp;lt;b&amp;gt; \\$x\\$"),
        ] {
            assert_eq!(markdown(given), expected);
        }
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\n\n# b"), "`a  # b`");
        assert_eq!(fence("json", "```\n<b>"), "````json\n```\n<b>\n````");
    }

    #[test]
    fn sentences_keep_their_names_as_code() {
        assert_eq!(sentence("`a*b` is <b>no</b> more"), "`a*b` is &lt;b&gt;no&lt;/b&gt; more");
        assert_eq!(sentence("a ` b <i>"), "a \\` b &lt;i&gt;");
        assert_eq!(sentence("`x`<img>`y`"), "`x`&lt;img&gt;`y`");
        assert_eq!(sentence("``a`<b>`` of `` ` ``"), "``a`<b>`` of `` ` ``");
    }
}
