//! What a parameter is called, and where it travels.

use super::read::Reader;
use super::{Location, Unread};
use crate::spec::{Key, Kind, Loc};

/// Where a parameter travels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum In {
    At(Location),
    /// It is the body (2.0).
    Body,
    /// It is a member of a form (2.0).
    Form,
}

/// Name and place of a parameter. One without a name, or at a place that nobody knows, cannot be read: it may be any that
/// the other version lists. Other capitals, and a number for a name, are read as they are meant.
pub(super) fn called(reader: &mut Reader, at: Loc) -> Result<(String, In), Unread> {
    let document = reader.doc();
    let name = document.get(at, Key::NAME).map_or("", |name| document.text(name)).to_owned();
    let word = document.string(at, Key::IN).unwrap_or_default();
    let Some(place) = place(word) else {
        let shown: String = word.chars().take(40).collect();
        let why = if document.get(at, Key::IN).is_some_and(|place| document.kind(place) == Kind::String) {
            format!("parameter `{name}` has no `in` of the standard but `{shown}`: what it stands for is unknown")
        } else {
            format!("parameter `{name}` has no `in`: what it stands for is unknown")
        };
        return Err(reader.unlike(at, why));
    };
    if name.is_empty() && place != In::Body {
        return Err(reader.unlike(at, "a parameter without a `name`: what it stands for is unknown".to_owned()));
    }
    if !is_exact(word) {
        reader.problem_once(at, format!("parameter `{name}` has `in: {word}`, which is read in lower case"));
    }
    Ok((name, place))
}

impl Reader {
    /// An object that cannot be read, as a problem says.
    fn unlike(&mut self, at: Loc, why: String) -> Unread {
        self.problem_once(at, why);
        let document = self.doc();
        Unread { at, sign: document.file(at.file).value(at.node).to_string() }
    }

    /// A problem of an object that many may share.
    pub(super) fn problem_once(&mut self, at: Loc, message: String) {
        if !self.junk.contains_key(&at) {
            self.junk.insert(at, self.contract.problems.len());
            self.problem(at, message);
        }
    }
}

fn place(word: &str) -> Option<In> {
    match word.to_ascii_lowercase().as_str() {
        "body" => Some(In::Body),
        "formdata" => Some(In::Form),
        lower => Location::named(lower).map(In::At),
    }
}

fn is_exact(word: &str) -> bool {
    matches!(word, "body" | "formData") || Location::named(word).is_some()
}
