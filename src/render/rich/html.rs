//! Filtered events as HTML: these tags, these attributes, nothing else.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::safe;

pub(super) fn write(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    let mut head = false;
    for event in events {
        match event {
            Event::Start(tag) => {
                head |= matches!(tag, Tag::TableHead);
                out.push_str(&open(tag, head));
            }
            Event::End(end) => {
                out.push_str(close(*end, head));
                head &= !matches!(end, TagEnd::TableHead);
            }
            Event::Code(text) => out.push_str(&format!("<code>{}</code>", safe::html(text))),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>\n"),
            Event::Rule => out.push_str("<hr>\n"),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&safe::html(text)),
            // Extensions that are not asked of the parser.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    out.trim_end().to_owned()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "tags of extensions that are not asked of the parser")]
fn open(tag: &Tag<'_>, head: bool) -> String {
    let fixed = match tag {
        Tag::Paragraph => "<p>",
        Tag::BlockQuote(_) => "<blockquote>\n",
        // Keyboards must reach what scrolls.
        Tag::CodeBlock(_) => "<pre tabindex=\"0\"><code>",
        Tag::List(None) => "<ul>\n",
        Tag::Item => "<li>",
        Tag::Table(_) => "<table>\n",
        Tag::TableHead => "<thead><tr>",
        Tag::TableRow => "<tr>",
        Tag::TableCell if head => "<th scope=\"col\">",
        Tag::TableCell => "<td>",
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::List(Some(1)) => "<ol>\n",
        Tag::List(Some(first)) => return format!("<ol start=\"{first}\">\n"),
        Tag::Heading { level, .. } => return format!("<{level}>"),
        Tag::Link { dest_url, .. } => return format!("<a href=\"{}\">", safe::html(dest_url)),
        _ => "",
    };
    fixed.to_owned()
}

#[expect(clippy::wildcard_enum_match_arm, reason = "tags of extensions that are not asked of the parser")]
fn close(end: TagEnd, head: bool) -> &'static str {
    match end {
        TagEnd::Paragraph => "</p>\n",
        TagEnd::Heading(level) => match level as u8 {
            3 => "</h3>\n",
            4 => "</h4>\n",
            5 => "</h5>\n",
            _ => "</h6>\n",
        },
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::Table => "</tbody></table>\n",
        TagEnd::TableHead => "</tr></thead>\n<tbody>",
        TagEnd::TableRow => "</tr>\n",
        TagEnd::TableCell if head => "</th>",
        TagEnd::TableCell => "</td>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Link => "</a>",
        _ => "",
    }
}
