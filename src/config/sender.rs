//! Who speaks to partners: the published site, the sender of messages, templates of one's own.

use schemars::JsonSchema;
use serde::Deserialize;

/// The published site.
#[derive(Clone, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its address, `https://contract.example.org`; messages and feeds link to it. Without one, links are relative.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What permanent ids are made of, `contract.example.org,2024`: never change it [default: the host of `url`,
    /// else of the sender, and 2024].
    pub tag: Option<String>,
}

/// The sender of messages.
#[derive(Clone, Default, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The name that is shown.
    pub name: Option<String>,
    /// The address that messages come from.
    pub from: Option<String>,
    /// Where people answer.
    pub reply_to: Option<String>,
    /// The id of the mailing list (RFC 2919), `api-changes.contract.example.org`.
    pub list_id: Option<String>,
    /// Where to unsubscribe (RFC 2369), a `mailto:` or `https:` address.
    pub unsubscribe: Option<String>,
}
