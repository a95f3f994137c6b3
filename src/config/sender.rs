//! Who speaks to partners: the sender of messages.

use schemars::JsonSchema;
use serde::Deserialize;

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
