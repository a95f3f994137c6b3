//! Where a notice speaks for changes, its words stand in the changelog, and the facts below them.

use serde::Serialize;

use super::Style;
use super::entry::Line;
use crate::compare::history::Release;
use crate::notice::{Kind, Notice};
use crate::render::slug::cited;
use crate::text;

/// What a notice says of changes.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Voice {
    /// Its id.
    pub(super) id: String,
    /// Its title.
    title: String,
    /// Its first paragraph, Markdown of the maintainers.
    summary: String,
    /// `Reference: N2024-007`, and when it was announced.
    reference: String,
    /// Where it is published.
    url: Option<String>,
}

/// The entries of a release, those that one notice speaks for joined.
pub(super) fn spoken<'k>(
    lines: impl Iterator<Item = (&'k str, Line)>,
    release: &Release,
    style: Style<'_>,
) -> Vec<(&'k str, Line)> {
    let mut out: Vec<(&str, Line)> = Vec::new();
    for (key, mut line) in lines {
        let Some(notice) = line.now.iter().find_map(|id| notice(id, release, style)) else {
            out.push((key, line));
            continue;
        };
        let same = |line: &Line| line.voice.as_ref().is_some_and(|voice| voice.id == notice.front.id);
        if let Some((_, known)) = out.iter_mut().find(|(_, line)| same(line)) {
            known.speak_for(line);
        } else {
            // What the server does is what it did: whatever the document lost, nobody loses it.
            let fix = notice.front.kind == Kind::DocFix;
            if fix {
                line.unmark();
            }
            line.spoken_by(voice(notice, release, style));
            out.push((if fix { "fixed" } else { key }, line));
        }
    }
    out
}

/// The notice that speaks for a change of a release; for what is not released, the one that waits for it.
pub(super) fn notice<'a>(id: &str, release: &Release, style: Style<'a>) -> Option<&'a Notice> {
    let said = match release.day().filter(|_| !release.is_unreleased()) {
        Some(day) => style.index.speaking_for(id, day),
        None => style.index.waiting_for(id),
    };
    // A draft is nobody's word yet.
    said.filter(|notice| notice.front.announced_on.is_some())
}

fn voice(notice: &Notice, release: &Release, style: Style<'_>) -> Voice {
    let lang = style.lang;
    let prose = notice.prose(lang);
    let summary = prose.map_or("", |prose| prose.summary.as_str());
    let id = &notice.front.id;
    let mut reference = text::labelled(lang, &text::ui(lang, "reference"), id);
    if let Some(announced) = notice.front.announced_on.map(|day| day.0) {
        let date = text::date(lang, announced);
        let said = match release.day() {
            Some(day) if day < announced => {
                let days = u64::from((announced - day).get_days().unsigned_abs());
                text::counted(lang, "lists", "late-by", days)
            }
            Some(_) | None => text::ui(lang, "notice-announced"),
        };
        reference.push_str(&format!(" · {}", text::put(&said, &[("date", &date)])));
    }
    Voice {
        id: id.clone(),
        title: notice.title(lang).trim_end_matches('.').to_owned(),
        summary: summary.split("\n\n").next().unwrap_or_default().to_owned(),
        reference,
        url: style.site.and_then(|site| page(site, id)),
    }
}

/// Where a notice is published: an address that is one holds nothing that means something in Markdown.
fn page(site: &str, id: &str) -> Option<String> {
    let url = url::Url::parse(&format!("{}/n/{}.html", site.trim_end_matches('/'), cited(id))).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}
