//! The edits of the documentation: counted in one line, the edited texts below it in words.

use serde::Serialize;
use serde_json::Value;

use super::Style;
use super::entry::{sentence, title};
use super::grouping::is_deprecation;
use crate::report::{ApiReport, Change};
use crate::rules::Level;
use crate::text;
use crate::text::numbers;
use crate::text::prose::{Segment, segments};

/// How many edited texts are shown in words.
const EDITED: usize = 5;

#[derive(Clone, PartialEq, Debug, Serialize)]
pub(super) struct Docs {
    api: Option<String>,
    count: String,
    edited: Vec<Edited>,
    more: Option<String>,
}

/// A text that was edited, and the passages that went and came.
#[derive(Clone, PartialEq, Debug, Serialize)]
struct Edited {
    sentence: String,
    prose: Vec<Segment>,
    /// `Numbers: 20 → 100`, where such changed.
    numbers: Option<String>,
}

/// The edits of the documentation in one line, and below it what changed in words.
pub(super) fn docs(api: &ApiReport, style: Style<'_>) -> Option<Docs> {
    if style.show < Level::Docs {
        return None;
    }
    // What belongs to an entry of another level is told there.
    let edited_only = |it: &Change| it.level == Level::Docs && !is_deprecation(it);
    let joined = api.in_entries(style.lang, &|change| is_deprecation(change));
    let changes: Vec<&Change> = joined.changes.iter().filter(|it| edited_only(it)).collect();
    if changes.is_empty() {
        return None;
    }
    let mut edited: Vec<Edited> = changes.iter().flat_map(|change| edits(style, change)).collect();
    let left = edited.len().saturating_sub(EDITED);
    edited.truncate(EDITED);
    Some(Docs {
        api: style.several.then(|| title(api)),
        count: text::counted(style.lang, "levels", "docs", changes.len() as u64),
        edited,
        more: (left > 0).then(|| text::counted(style.lang, "ui", "and-more", left as u64)),
    })
}

/// The texts of a node that were edited, in words.
fn edits(style: Style<'_>, change: &Change) -> Vec<Edited> {
    let text = |value: &Option<Value>, key: &str| value.as_ref()?.get(key)?.as_str().map(str::to_owned);
    let both = ["summary", "description"].map(|key| Some((text(&change.before, key)?, text(&change.after, key)?)));
    let differ = both.into_iter().flatten().filter(|(before, after)| before != after);
    let edited = |(old, new): (String, String)| Edited {
        sentence: sentence(style, change),
        prose: segments(&old, &new),
        numbers: numbers::said(style.lang, &old, &new),
    };
    differ.map(edited).collect()
}
