//! Parts that cannot be read: what stands there is unknown, and unknown is nowhere absent.

use super::operation::{OpKey, Origin, Template};
use crate::spec::Loc;

/// A part that cannot be read: its reference leads nowhere, or what is written there is no such object.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Unread {
    /// The last node that can be read: the reference that leads nowhere, or the value that is no object.
    pub at: Loc,
    /// What stands there: equal signs in two versions are one unreadable thing, of which nothing shows a change.
    pub sign: String,
}

/// Where an unreadable part may hide operations that are not listed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Hiding {
    /// `paths` as a whole.
    Paths,
    /// `webhooks` as a whole.
    Webhooks,
    /// A path item: of a path, a webhook or a callback.
    Item(Origin, Template),
    /// A callback, by the operation that declares it and its name.
    Callback(String, String),
    /// All callbacks of an operation.
    Callbacks(String),
}

/// An unreadable part that may hide operations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Veil {
    /// Where it lies.
    pub over: Hiding,
    /// What cannot be read.
    pub unread: Unread,
}

impl Veil {
    /// True if an operation of another version may stand behind it.
    pub fn hides(&self, key: &OpKey) -> bool {
        // A callback goes with the operation that declares it.
        let parent = match &key.origin {
            Origin::Callback(parent, _) => parent.as_str(),
            Origin::Path | Origin::Webhook(_) => "",
        };
        match &self.over {
            Hiding::Paths => key.origin == Origin::Path || !parent.is_empty() && !parent.starts_with("webhook:"),
            Hiding::Webhooks => matches!(key.origin, Origin::Webhook(_)) || parent.starts_with("webhook:"),
            Hiding::Item(Origin::Path, template) => {
                key.origin == Origin::Path && key.template.shape == template.shape
                    || parent.split_once(' ').is_some_and(|(_, shape)| is_within(shape, &template.shape))
            }
            Hiding::Item(Origin::Webhook(name), _) => {
                key.origin == Origin::Webhook(name.clone()) || parent.starts_with(&format!("webhook:{name} "))
            }
            Hiding::Item(Origin::Callback(owner, _), template) => {
                parent == owner && key.template.text == template.text || is_below(parent, owner)
            }
            Hiding::Callback(owner, name) => {
                key.origin == Origin::Callback(owner.clone(), name.clone()) || is_below(parent, owner)
            }
            Hiding::Callbacks(owner) => is_within(parent, owner),
        }
    }
}

/// True of an operation's key, and of the keys of the callbacks below it.
pub(crate) fn is_within(key: &str, owner: &str) -> bool {
    key == owner || is_below(key, owner)
}

fn is_below(key: &str, owner: &str) -> bool {
    key.strip_prefix(owner).is_some_and(|rest| rest.starts_with(" callback "))
}
