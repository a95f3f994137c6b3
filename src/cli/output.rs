//! Where results go: standard output, or a file that is replaced at once or not at all.
//!
//! Jobs print results, and CI reads what they print. So whatever a renderer let through, no line of a text for people is a
//! command of CI or acts on a terminal. In a file it reads the same.

use std::borrow::Cow;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::error::CliError;
use crate::gate::show;
use crate::notice::message;
use crate::project::TeamFiles;
use crate::render;
use crate::text::commands::{backslashed, disarmed, numbered};
use crate::text::painted;

/// What a result is written in, which says how it is made harmless.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// Text for a terminal, and Markdown.
    Text,
    /// HTML and XML, whose writers leave nothing hidden in it.
    Markup,
    /// JSON, which its writer has made harmless, and mails and calendars, which are files by nature and stay as they are.
    Data,
    /// Commands that annotate lines: the door for what `gate::show` writes as such, and for no other command.
    Commands,
}

/// The commands that a text of commands may hold, each at the start of a line.
const ANNOTATIONS: &[&str] = &["::error ", "::warning ", "::notice "];

impl Form {
    fn harmless(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Text => {
                // The line ends of a file that came from Windows are no more than that.
                let lines: Vec<_> = text.split("\r\n").map(painted).collect();
                disarmed(&lines.join("\r\n"), backslashed).into_owned().into()
            }
            Self::Markup => disarmed(text, numbered),
            Self::Data => text.into(),
            Self::Commands => text.split_inclusive('\n').map(annotated).collect::<String>().into(),
        }
    }
}

/// A line whose command stays, where it is an annotation; everything behind it is no command.
fn annotated(line: &str) -> String {
    let start = ANNOTATIONS.iter().find(|start| line.starts_with(**start)).copied().unwrap_or_default();
    format!("{start}{}", Form::Text.harmless(&line[start.len()..]))
}

impl From<show::Format> for Form {
    fn from(format: show::Format) -> Self {
        match format {
            show::Format::Text | show::Format::Markdown => Self::Text,
            show::Format::Github => Self::Commands,
            show::Format::Junit => Self::Markup,
            show::Format::Json | show::Format::CodeQuality | show::Format::Sarif | show::Format::SarifGithub => {
                Self::Data
            }
        }
    }
}

impl From<render::Format> for Form {
    fn from(format: render::Format) -> Self {
        match format {
            render::Format::Text | render::Format::Markdown => Self::Text,
            render::Format::Json => Self::Data,
        }
    }
}

impl From<message::Format> for Form {
    fn from(format: message::Format) -> Self {
        match format {
            message::Format::Md | message::Format::Text => Self::Text,
            message::Format::Html => Self::Markup,
            message::Format::Eml | message::Format::Ics | message::Format::Context => Self::Data,
        }
    }
}

/// Writes a result to a file where one was named, else to standard output.
pub(super) fn put(
    files: &TeamFiles,
    file: Option<&Path>,
    out: &mut dyn Write,
    (form, text): (Form, &str),
) -> anyhow::Result<()> {
    match file {
        Some(file) => Ok(files.write_named(file, &form.harmless(text))?),
        None => write(out, form, text),
    }
}

/// Writes results to a folder that is made as a whole, each file with its name and its form.
pub(super) fn fill(files: &TeamFiles, folder: &Path, results: &[(String, Form, String)]) -> anyhow::Result<()> {
    let made = |(name, form, text): &(String, Form, String)| (name.clone(), form.harmless(text).into_owned());
    let made: Vec<(String, String)> = results.iter().map(made).collect();
    Ok(files.fill(folder, &made)?)
}

/// Writes a result. A reader that has seen enough and closed the pipe is no error.
pub(super) fn write(out: &mut dyn Write, form: Form, text: &str) -> anyhow::Result<()> {
    match out.write_all(form.harmless(text).as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(CliError::Write { path: "standard output".to_owned(), source: error }.into())
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_renderer_let_through_is_no_command() {
        let given = "a\u{1b}]0;x\u{7}\r\n ::error::b\rc\n";
        assert_eq!(Form::Text.harmless(given), "a\\u{1b}]0;x\\u{7}\r\n \\::error::b\\u{d}c\n");
        assert_eq!(Form::Markup.harmless("<p>\n::x##[y]</p>"), "<p>\n&#58;:x##&#91;y]</p>");
        let given = "::error file=a::##[x]\n::add-mask::b\n ::notice title=c::d\n::notice title=c::::stop-commands::d";
        let expected =
            "::error file=a::##\\[x]\n\\::add-mask::b\n \\::notice title=c::d\n::notice title=c::::stop-commands::d";
        assert_eq!(Form::Commands.harmless(given), expected);
        let coloured = "\u{1b}[1;31mbreaking\u{1b}[0m\n";
        assert_eq!(Form::Text.harmless(coloured), coloured);
    }
}
