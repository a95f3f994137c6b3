//! The templates of messages: those of ours, or a team's own in their place, a registry a medium.

use std::collections::BTreeMap;
use std::io::{self, Write};

use handlebars::{Handlebars, RenderErrorReason, Template};
use serde::Serialize;

use super::digest::DigestView;
use super::guard;
use super::since::SinceView;
use super::view::NoticeView;
use crate::render::safe;
use crate::render::template::{helper, in_language};
use crate::text::is_hidden;

/// What a text is written for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Medium {
    /// Markdown.
    Md,
    /// HTML.
    Html,
    /// Plain text.
    Text,
}

/// A wrong template: unknown, unreadable, without an end, or naming what is not there.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("template `{name}`{}: {message}", place(*.line, *.column))]
pub struct TemplateError {
    /// `html/notice`
    pub name: String,
    /// From 1, where it is known.
    pub line: Option<usize>,
    /// From 1, where it is known.
    pub column: Option<usize>,
    /// What is wrong, and the way out.
    pub message: String,
    /// Whether what it writes is too long, which may be the notice's doing.
    pub too_long: bool,
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (Some(line), None) => format!(", line {line}"),
        (None, _) => String::new(),
    }
}

/// The templates of every medium, by name.
const FILES: &[(Medium, &str, &str)] = &[
    (Medium::Md, "notice", include_str!("../../../templates/notice/md/notice.hbs")),
    (Medium::Md, "fact", include_str!("../../../templates/notice/md/fact.hbs")),
    (Medium::Md, "digest", include_str!("../../../templates/notice/md/digest.hbs")),
    (Medium::Md, "net", include_str!("../../../templates/notice/md/net.hbs")),
    (Medium::Html, "notice", include_str!("../../../templates/notice/html/notice.hbs")),
    (Medium::Html, "body", include_str!("../../../templates/notice/html/body.hbs")),
    (Medium::Html, "fact", include_str!("../../../templates/notice/html/fact.hbs")),
    (Medium::Html, "head", include_str!("../../../templates/notice/html/head.hbs")),
    (Medium::Html, "digest", include_str!("../../../templates/notice/html/digest.hbs")),
    (Medium::Html, "net", include_str!("../../../templates/notice/html/net.hbs")),
    (Medium::Text, "notice", include_str!("../../../templates/notice/text/notice.hbs")),
    (Medium::Text, "fact", include_str!("../../../templates/notice/text/fact.hbs")),
    (Medium::Text, "digest", include_str!("../../../templates/notice/text/digest.hbs")),
    (Medium::Text, "net", include_str!("../../../templates/notice/text/net.hbs")),
];

/// How a medium writes `{{x}}`, and its helpers.
type Ways = (fn(&str) -> String, [(&'static str, fn(&str) -> String); 8]);

/// The most bytes of one message.
const MOST: usize = 4 << 20;

impl Medium {
    /// Every medium.
    pub const ALL: [Self; 3] = [Self::Md, Self::Html, Self::Text];

    /// The folder of its templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Text => "text",
        }
    }

    fn ways(self) -> Ways {
        match self {
            Self::Md => (
                safe::markdown,
                [
                    ("say", safe::sentence),
                    ("code", safe::code),
                    ("cell", safe::cell),
                    ("say_cell", safe::sentence_cell),
                    ("json", |text| safe::fence("json", text)),
                    ("http", |text| safe::fence("http", text)),
                    ("shell", |text| safe::fence("sh", text)),
                    ("upper", |text| safe::markdown(&text.to_uppercase())),
                ],
            ),
            Self::Html => (
                safe::html,
                [
                    ("say", safe::html_sentence),
                    ("code", safe::html_code),
                    ("cell", safe::html_code),
                    ("say_cell", safe::html_sentence),
                    ("json", pre),
                    ("http", pre),
                    ("shell", pre),
                    ("upper", |text| safe::html(&text.to_uppercase())),
                ],
            ),
            Self::Text => (
                safe::line,
                [
                    ("say", safe::plain_sentence),
                    ("code", safe::line),
                    ("cell", safe::line),
                    ("say_cell", safe::plain_sentence),
                    ("json", indented),
                    ("http", indented),
                    ("shell", indented),
                    ("upper", |text| safe::line(&text.to_uppercase())),
                ],
            ),
        }
    }
}

/// A block that keyboards reach, since it may scroll.
fn pre(text: &str) -> String {
    format!("<pre tabindex=\"0\"><code>{}</code></pre>", safe::html(text))
}

fn indented(text: &str) -> String {
    safe::block(text).lines().map(|line| format!("      {line}")).collect::<Vec<_>>().join("\n")
}

/// The templates of messages, checked.
#[derive(Debug)]
pub struct Layouts {
    media: BTreeMap<Medium, Handlebars<'static>>,
}

impl Layouts {
    /// The built-in templates, where `overrides` has no text of that name (`html/notice`, `md/fact`, …).
    ///
    /// # Errors
    /// Names the template, and the line where it is known: of an unknown name, of a text that is no template or too
    /// long, and of one whose work has no bound.
    pub fn new(overrides: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        let known: Vec<String> = FILES.iter().map(|(medium, name, _)| path(*medium, name)).collect();
        if let Some(odd) = overrides.keys().find(|name| !known.contains(name)) {
            let message = format!("no message uses it; the names are {}", known.join(", "));
            return Err(TemplateError { name: odd.clone(), line: None, column: None, message, too_long: false });
        }
        let mut media = BTreeMap::new();
        for medium in Medium::ALL {
            let files = FILES.iter().filter(|(of, ..)| *of == medium);
            let texts = files.map(|(_, name, text)| {
                let own = overrides.get(&path(medium, name)).map_or(*text, String::as_str);
                Ok((*name, compile(medium, name, own)?))
            });
            let texts: BTreeMap<&str, Template> = texts.collect::<Result<_, TemplateError>>()?;
            guard::bounded(&texts).map_err(|(name, line, message)| TemplateError {
                name: path(medium, &name),
                line,
                column: None,
                message,
                too_long: false,
            })?;
            media.insert(medium, registry(medium, texts));
        }
        Ok(Self { media })
    }

    /// A notice in a medium; ends with a line break.
    ///
    /// # Errors
    /// Names a template that asks for what is not there, with its line.
    pub fn notice(&self, medium: Medium, view: &NoticeView) -> Result<String, TemplateError> {
        self.fill(medium, "notice", view)
    }

    /// What stands below the title of a notice, as HTML whose headings begin at the second level.
    ///
    /// # Errors
    /// As [`Self::notice`].
    pub fn body(&self, view: &NoticeView) -> Result<String, TemplateError> {
        self.fill(Medium::Html, "body", view)
    }

    /// A digest in a medium; ends with a line break.
    ///
    /// # Errors
    /// As [`Self::notice`].
    pub fn digest(&self, medium: Medium, view: &DigestView) -> Result<String, TemplateError> {
        self.fill(medium, "digest", view)
    }

    /// What differs since a version, in a medium; ends with a line break.
    ///
    /// # Errors
    /// As [`Self::notice`].
    pub fn since(&self, medium: Medium, view: &SinceView) -> Result<String, TemplateError> {
        self.fill(medium, "net", view)
    }

    fn fill(&self, medium: Medium, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let mut page = Page(Vec::new());
        let Some(registry) = self.media.get(&medium) else { return Ok(String::new()) };
        registry.render_to_write(name, view, &mut page).map_err(|error| TemplateError {
            name: path(medium, error.template_name.as_deref().unwrap_or(name)),
            line: error.line_no,
            column: error.column_no,
            message: reason(error.reason()),
            too_long: matches!(error.reason(), RenderErrorReason::IOError(_)),
        })?;
        Ok(tidy(&String::from_utf8_lossy(&page.0)))
    }
}

fn registry(medium: Medium, texts: BTreeMap<&str, Template>) -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    let (escape, helpers) = medium.ways();
    registry.register_escape_fn(escape);
    for (name, write) in helpers {
        registry.register_helper(name, helper(write));
    }
    if medium == Medium::Text {
        for name in ["say", "say_cell"] {
            registry.register_helper(name, in_language(safe::spoken));
        }
    }
    for (name, template) in texts {
        registry.register_template(name, template);
    }
    registry
}

fn path(medium: Medium, name: &str) -> String {
    format!("{}/{name}", medium.as_str())
}

fn compile(medium: Medium, name: &str, text: &str) -> Result<Template, TemplateError> {
    let fault =
        |line, column, message| TemplateError { name: path(medium, name), line, column, message, too_long: false };
    guard::shallow(text).map_err(|(line, message)| fault(line, None, message))?;
    Template::compile_with_name(text, name.to_owned()).map_err(|error| {
        let (line, column) = error.pos().unzip();
        // The parser's own picture of the place has several lines; the last one says what it expected.
        let reason = error.reason().to_string();
        fault(line, column, reason.lines().last().unwrap_or("no template").trim_start_matches([' ', '=']).to_owned())
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the engine's own words serve for what a template rarely does")]
fn reason(reason: &RenderErrorReason) -> String {
    match reason {
        RenderErrorReason::MissingVariable(Some(name)) => {
            format!("there is no `{name}` here; `--format context` shows what there is")
        }
        RenderErrorReason::IOError(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// A message that grows no further than it should.
struct Page(Vec<u8>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > MOST {
            return Err(io::Error::other(format!("it writes more than {MOST} bytes")));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Without what a team's template took over as it is and nobody sees; at most one blank line in a row, none at the ends.
fn tidy(text: &str) -> String {
    let text: String = text.chars().filter(|&c| matches!(c, '\n' | '\t') || !is_hidden(c)).collect();
    let mut out = String::with_capacity(text.len());
    for line in text.trim().lines().map(|line| if line.trim().is_empty() { "" } else { line }) {
        if !(line.is_empty() && out.ends_with("\n\n")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}
