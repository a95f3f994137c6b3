//! The Markdown of a release, from templates: everything from documents and tags is made harmless for the format.

use std::sync::OnceLock;

use serde::Serialize;

use super::Style;
use super::heading::Headings;
use super::section::Section;
use crate::compare::history::{Changelog, Release};
use crate::render::safe;
use crate::render::template::Templates;
use crate::text;
use crate::text::Lang;

const FILES: &[(&str, &str)] = &[
    ("section", include_str!("../../../templates/changelog/section.hbs")),
    ("preamble", include_str!("../../../templates/changelog/preamble.hbs")),
];

fn templates() -> &'static Templates {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        Templates::new(FILES, safe::markdown).with("code", safe::code).with("say", safe::sentence).with("own", own)
    })
}

/// A paragraph of the maintainers' own Markdown, on one line; the comments that mark generated text stay ours.
fn own(text: &str) -> String {
    safe::line(text).replace("<!--", "&lt;!--")
}

/// A template that fails, which only a defect of ours can cause, says so in the text.
fn fill(name: &str, view: &impl Serialize) -> String {
    templates().fill(name, view).unwrap_or_else(|error| format!("{error}\n"))
}

/// What stands below the heading of a release; empty where there is nothing to say. Ends with a line break.
pub(super) fn render_section(release: &Release, style: Style<'_>) -> String {
    body(&Section::new(release, style, &|_| true))
}

pub(super) fn body(section: &Section) -> String {
    if section.is_empty() { String::new() } else { fill("section", section) }
}

/// What a new file begins with. Ends with a line break.
pub(super) fn preamble(lang: Lang) -> String {
    #[derive(Serialize)]
    struct Preamble {
        title: String,
        intro: String,
    }
    fill("preamble", &Preamble { title: text::ui(lang, "changelog"), intro: text::ui(lang, "changelog-intro") })
}

/// The releases as Markdown, newest first, without preamble or markers; releases with nothing to list are left out.
pub fn render(changelog: &Changelog, style: Style<'_>) -> String {
    let headings = Headings::default();
    let said = changelog.releases.iter().map(|release| (release, render_section(release, style)));
    let said = said.filter(|(_, body)| !body.is_empty());
    let sections: Vec<_> =
        said.map(|(release, body)| format!("{}\n\n{body}", headings.write(release, style.lang))).collect();
    sections.join("\n")
}
