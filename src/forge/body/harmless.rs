//! What a forge would act upon in a comment, made words: mentions, references, commands, comments of HTML.
//!
//! Each is broken by a zero-width space, which nobody sees and no forge skips. Mentions and references are looked for in
//! what a reader sees, as forges do, so that neither an entity (`&#64;`) nor a backslash hides one; code is left alone,
//! where forges find none. Commands are looked for at the start of every line, whatever stands around it: GitLab obeys
//! `/close` in what it does not take for code, and bots on other forges have commands of the same form.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::is_hidden;

const BREAK: char = '\u{200b}';
/// What starts a reference before digits: issues, merge requests, snippets, epics, milestones.
const SIGNS: &[char] = &['#', '!', '$', '&', '%'];

/// A text of Markdown that shows the same and acts upon nothing. Twice is once.
pub fn harmless(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|&c| matches!(c, '\n' | '\t') || !is_hidden(c)).collect();
    let text = uncommanded(&text).replace("<!--", &format!("<{BREAK}!--"));
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for at in breaks(&text) {
        out.push_str(&text[done..at]);
        out.push(BREAK);
        done = at;
    }
    out.push_str(&text[done..]);
    out
}

fn uncommanded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start();
        let command = rest.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic()));
        let before = if command { line.len() - rest.len() } else { line.len() };
        out.push_str(&line[..before]);
        if command {
            out.push(BREAK);
            out.push_str(rest);
        }
    }
    out
}

/// Where a break goes, ascending.
fn breaks(text: &str) -> Vec<usize> {
    let seen = seen(text);
    let mut out = Vec::new();
    for (ix, (c, range)) in seen.iter().enumerate() {
        let before = ix.checked_sub(1).and_then(|ix| seen.get(ix)).map_or('\n', |(c, _)| *c);
        let after = seen.get(ix + 1).map_or('\n', |(c, _)| *c);
        let mention = *c == '@' && (after.is_alphanumeric() || after == '_') && !is_word(before);
        let reference = SIGNS.contains(c) && after.is_ascii_digit();
        // GitHub reads `GH-12` as `#12`.
        let old = *c == '-' && after.is_ascii_digit() && matches!(before, 'H' | 'h');
        if mention || reference || old {
            out.push(range.end);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// What a reader sees outside of code, each character with the bytes that it is written in; a line break where something
/// else stands between two texts.
fn seen(text: &str) -> Vec<(char, Range<usize>)> {
    let mut out = Vec::new();
    let mut code = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = true,
            Event::End(TagEnd::CodeBlock) => code = false,
            Event::Text(words) if !code => written(text, &words, range, &mut out),
            Event::Html(_) | Event::InlineHtml(_) => in_html(text, range, &mut out),
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => out.push(('\n', range)),
        }
    }
    out
}

/// Words as they stand in the text; those of an entity all stand for the whole of it.
fn written(text: &str, words: &str, range: Range<usize>, out: &mut Vec<(char, Range<usize>)>) {
    let as_it_stands = text.get(range.clone()) == Some(words);
    for (at, c) in words.char_indices() {
        let start = range.start + at;
        out.push((c, if as_it_stands { start..start + c.len_utf8() } else { range.clone() }));
    }
}

/// What is seen between tags, where entities are read as in Markdown.
fn in_html(text: &str, range: Range<usize>, out: &mut Vec<(char, Range<usize>)>) {
    let mut at = range.start;
    while at < range.end {
        let rest = &text[at..range.end];
        if rest.starts_with('<') {
            at += rest.find('>').map_or(rest.len(), |end| end + 1);
            out.push(('\n', at..at));
            continue;
        }
        let piece = &rest[..rest.find('<').unwrap_or(rest.len())];
        let blank = piece.len() - piece.trim_start().len();
        let inner = seen(&piece[blank..]);
        let shift = at + blank;
        out.extend(inner.into_iter().map(|(c, range)| (c, range.start + shift..range.end + shift)));
        at += piece.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        harmless(text).replace(BREAK, "·")
    }

    #[test]
    fn what_acts_is_broken() {
        for (given, wanted) in [
            ("hello @anna and @team/core", "hello @·anna and @·team/core"),
            ("&#64;anna &commat;anna \\@anna", "&#64;·anna &commat;·anna \\@·anna"),
            ("fixes #12, o/r#3, !4, GH-5", "fixes #·12, o/r#·3, !·4, GH-·5"),
            ("<summary>by @anna #1 &#64;bob</summary>", "<summary>by @·anna #·1 &#64;·bob</summary>"),
            ("| a |\n|---|\n| @anna |", "| a |\n|---|\n| @·anna |"),
            ("/close\n  /merge\n```\n/label ~x\n```", "·/close\n  ·/merge\n```\n·/label ~x\n```"),
            ("a\r/close\rb", "a\n·/close\nb"),
            ("a <!-- b @c", "a <·!-- b @·c"),
            ("\u{202e}a\u{200b}b", "ab"),
            ("**@anna** and [@bob](https://x.example/@bob)", "**@·anna** and [@·bob](https://x.example/@bob)"),
        ] {
            assert_eq!(shown(given), wanted);
            assert_eq!(shown(&harmless(given)), wanted, "twice is once");
        }
    }

    #[test]
    fn what_does_not_act_stays() {
        for text in [
            "`@anna #12`",
            "```json\n{\"a\": \"@anna #1\"}\n```",
            "    @anna",
            "mail@example.org",
            "# Title\n\n* a / b\n\n1/2",
            "<a href=\"https://x.example/@me#1\">x</a>",
            "a & b, 5 % #x",
            "/\n//",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
