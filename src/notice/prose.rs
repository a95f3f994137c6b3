//! What people wrote in a notice, per language: a title, a summary, and sections under the headings of that language.

use serde::Serialize;

use crate::text;
use crate::text::Lang;

/// What a section is for. The order is that of messages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// What was wrong in the revision before.
    Correction,
    /// What happens to who does nothing.
    IfNothing,
    /// What changes, with before and after.
    Changes,
    /// What to do.
    ToDo,
    /// What stays as it is.
    Unchanged,
    /// Why it changes.
    Reason,
    /// The effect for people who do not read contracts.
    Plainly,
    /// Anything else.
    Other,
}

/// Headings that are read and no longer written.
const FORMER: &[(Lang, Part, &str)] = &[(Lang::Fr, Part::Plainly, "En clair")];

impl Part {
    /// Every part that has a heading of its own.
    pub const NAMED: [Self; 7] =
        [Self::Correction, Self::IfNothing, Self::Changes, Self::ToDo, Self::Unchanged, Self::Reason, Self::Plainly];

    /// The key of its heading among the texts.
    pub fn key(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::IfNothing => "if-nothing",
            Self::Changes => "changes",
            Self::ToDo => "to-do",
            Self::Unchanged => "unchanged",
            Self::Reason => "reason",
            Self::Plainly => "plainly",
            Self::Other => "other",
        }
    }

    /// Its heading in a language.
    pub fn heading(self, lang: Lang) -> &'static str {
        text::word(lang, "notice-parts", self.key())
    }

    /// The part under a heading, of now or of notices that were drafted before it was worded anew.
    fn of(lang: Lang, heading: &str) -> Option<Self> {
        let former =
            |part: &Self| FORMER.iter().any(|(old, of, said)| (of, old) == (part, &lang) && same_words(said, heading));
        Self::NAMED.into_iter().find(|part| same_words(part.heading(lang), heading) || former(part))
    }
}

/// One section.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// What it is for.
    pub part: Part,
    /// The heading as written.
    pub heading: String,
    /// The Markdown below it.
    pub body: String,
}

/// What people wrote in one language.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prose {
    /// The language.
    pub lang: Lang,
    /// One line: the subject of messages, the title of pages.
    pub title: String,
    /// One sentence or two.
    pub summary: String,
    /// The sections, in the order they are written.
    pub sections: Vec<Section>,
}

impl Prose {
    /// The Markdown of a part; nothing where it was not written, or left empty.
    pub fn part(&self, part: Part) -> Option<&str> {
        let section = self.sections.iter().find(|section| section.part == part)?;
        Some(section.body.as_str()).filter(|body| !body.is_empty())
    }

    /// Reads the text of one language: `# Title`, a summary, `## Heading` sections. Headings in code stay text.
    pub(super) fn read(lang: Lang, text: &str) -> Self {
        let mut out = Self { lang, title: String::new(), summary: String::new(), sections: Vec::new() };
        let mut body = String::new();
        let mut fence: Option<String> = None;
        for line in text.lines() {
            let marks: String = line.trim_start().chars().take_while(|c| matches!(c, '`' | '~')).collect();
            match &fence {
                Some(open) if marks.starts_with(open.as_str()) => fence = None,
                None if marks.len() >= 3 => fence = Some(marks),
                Some(_) | None => {}
            }
            let heading = |level: &str| line.strip_prefix(level).filter(|_| fence.is_none()).map(str::trim);
            if let Some(heading) = heading("## ") {
                out.take(&mut body);
                let part = Part::of(lang, heading);
                let part = part.unwrap_or(Part::Other);
                out.sections.push(Section { part, heading: heading.to_owned(), body: String::new() });
            } else if let (Some(title), true) = (heading("# "), out.title.is_empty()) {
                title.clone_into(&mut out.title);
            } else {
                body.push_str(line);
                body.push('\n');
            }
        }
        out.take(&mut body);
        out
    }

    /// Gives the lines read so far to the section they stand in.
    fn take(&mut self, body: &mut String) {
        let text = without_comments(body);
        match self.sections.last_mut() {
            Some(section) => section.body = text,
            None => self.summary = text,
        }
        body.clear();
    }
}

/// Headings are the same whatever their case, spaces and final marks.
fn same_words(one: &str, two: &str) -> bool {
    let words = |text: &str| {
        let letters =
            text.chars().map(|c| if c.is_alphanumeric() { c.to_lowercase().to_string() } else { " ".to_owned() });
        letters.collect::<String>().split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    words(one) == words(two)
}

/// Without HTML comments, which are hints for whoever writes.
fn without_comments(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        // What never ends is no comment.
        let Some((_, tail)) = after.split_once("-->") else { break };
        out.push_str(before);
        rest = tail;
    }
    out.push_str(rest);
    out.trim().to_owned()
}
