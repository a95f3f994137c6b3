//! Operations and what identifies them: the origin, the method and the shape of the path template.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::Server;
use super::parts::{Body, Parameter, Response};
use super::security::Alternative;
use super::spelling;
use super::unread::Unread;
use super::vocabulary::Side;
use crate::spec::Loc;

/// An HTTP method in upper case, as `additionalOperations` may also name it.
pub(super) type Method = String;

/// A path template: compares by shape (`/users/{}`), keeps its names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Template {
    /// As written.
    pub raw: String,
    /// As written, with a leading slash: `/users/{user_id}`.
    pub text: String,
    /// With every parameter as `{}`, in one spelling, without a trailing slash: `/users/{}`. The slash stays where the
    /// document has the path without it too.
    pub shape: String,
    /// The parameter names in order.
    pub names: Vec<String>,
}

impl Template {
    /// Reads a key of `paths`; a missing leading slash is added.
    pub fn new(path: &str) -> Self {
        let text = format!("/{}", path.trim().trim_start_matches('/'));
        let (shape, names) = shape(&text);
        let shape = spelling::path(&shape);
        let trimmed = shape.trim_end_matches('/');
        let shape = if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() };
        Self { raw: path.to_owned(), text, shape, names }
    }

    /// The templates of the keys of one `paths`: `/x` and `/x/` are two where both stand there.
    pub(super) fn all<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<Self> {
        let mut out: Vec<Self> = paths.map(Self::new).collect();
        let plain: FxHashSet<String> =
            out.iter().filter(|template| !template.is_slashed()).map(|template| template.shape.clone()).collect();
        for template in out.iter_mut().filter(|template| template.is_slashed()) {
            if plain.contains(&template.shape) {
                template.shape.push('/');
            }
        }
        out
    }

    /// True of a path that ends in a slash, other than the root.
    pub fn is_slashed(&self) -> bool {
        self.text.len() > 1 && self.text.ends_with('/')
    }

    /// The shape with the trailing slash, where one is written.
    pub fn slashed(&self) -> String {
        let plain = self.shape.trim_end_matches('/');
        if self.is_slashed() || plain.is_empty() { format!("{plain}/") } else { plain.to_owned() }
    }

    /// True if a path, as changes name it, means this template.
    pub fn is(&self, path: &str) -> bool {
        let other = Self::new(path);
        self.shape == other.shape || self.slashed() == other.slashed()
    }

    /// What stands for a path where there is none: a callback's expression, nothing for a webhook.
    pub fn plain(text: &str) -> Self {
        Self { raw: text.to_owned(), text: text.to_owned(), shape: text.to_owned(), names: Vec::new() }
    }
}

/// A path with every parameter as `{}`, and their names in order.
pub fn shape(path: &str) -> (String, Vec<String>) {
    let (mut shape, mut names, mut rest) = (String::new(), Vec::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        shape.push_str(before);
        shape.push_str("{}");
        names.push(name.to_owned());
        rest = tail;
    }
    shape.push_str(rest);
    (shape, names)
}

/// Where an operation comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Origin {
    /// A path of the API.
    Path,
    /// A webhook, by name.
    Webhook(String),
    /// A callback: the key of the operation that declares it, its name.
    Callback(String, String),
}

/// What identifies an operation across versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpKey {
    /// Path, webhook or callback.
    pub origin: Origin,
    /// The method.
    pub method: Method,
    /// The path (a webhook's is empty, a callback's its runtime expression).
    pub template: Template,
}

impl OpKey {
    /// The text that names one operation of one document: the template as written.
    pub fn exact(&self) -> String {
        match self.origin {
            Origin::Path => format!("{} {}", self.method, self.template.raw),
            Origin::Webhook(_) | Origin::Callback(..) => self.matching(),
        }
    }
    /// The text that operations are matched by.
    pub fn matching(&self) -> String {
        match &self.origin {
            Origin::Path => format!("{} {}", self.method, self.template.shape),
            Origin::Webhook(name) => format!("webhook:{name} {}", self.method),
            // The expression is where the call goes; the name in the document is for people.
            Origin::Callback(parent, _) => format!("{parent} callback {} {}", self.method, self.template.text),
        }
    }
    /// The same without regard to a slash at the end of the path.
    pub fn plain(&self) -> String {
        self.matching().trim_end_matches('/').to_owned()
    }
    /// The same with the slash at the end of the path, where one is written.
    pub fn slashed(&self) -> String {
        match self.origin {
            Origin::Path => format!("{} {}", self.method, self.template.slashed()),
            Origin::Webhook(_) | Origin::Callback(..) => self.matching(),
        }
    }
    /// The address in fingerprints: `GET /users/{}`, `webhook:created POST`.
    pub fn address(&self) -> String {
        self.matching()
    }
}

/// One operation of a contract.
#[derive(Debug)]
pub struct Operation {
    /// Its identity.
    pub key: OpKey,
    /// The operation object.
    pub at: Loc,
    /// What of it cannot be read, if it cannot be read at all; then all other fields are empty.
    pub unread: Option<Unread>,
    /// Its own parameters and those of its path that it does not replace.
    pub parameters: Vec<Parameter>,
    /// Names, in lower case, of the headers that parameters say are sent: required ones, and those that 3.x leaves to other
    /// objects (`Accept`, `Content-Type`, `Authorization`).
    pub described_headers: Vec<String>,
    /// The path item that lists it.
    pub item: Loc,
    /// Parameters that cannot be read: without a name, so that each may be any other. In 2.0 they may be the body.
    pub unread_parameters: Vec<Unread>,
    /// The request body.
    pub body: Option<Body>,
    /// Responses in document order.
    pub responses: Vec<Response>,
    /// `responses` as a whole, where it cannot be read.
    pub unread_responses: Option<Unread>,
    /// Credential sets any of which opens the operation; one empty set where none is asked.
    pub security: Arc<[Alternative]>,
    /// What of `security` cannot be read; then other credentials may open the operation too.
    pub unread_security: Option<Unread>,
    /// The `security` array that decides (the operation's or the document's); `None` where none is written.
    pub security_at: Option<Loc>,
    /// Servers of its own or of its path; empty where the API's serve.
    pub servers: Vec<Server>,
    /// Servers of its own or of its path that cannot be read.
    pub unread_servers: Option<Unread>,
    /// What flows in its request: `Request`, or `Response` for webhooks and callbacks, where the server calls.
    pub sends: Side,
    /// The key that the same node was listed by before, nearer to the path or webhook; of callbacks alone. Where both
    /// versions have the same, its content is compared there.
    pub first: Option<String>,
}

impl Operation {
    /// An operation of which only the name is known.
    pub(super) fn unread(key: OpKey, at: Loc, unread: Unread, sends: Side) -> Self {
        Self {
            key,
            at,
            unread: Some(unread),
            parameters: Vec::new(),
            described_headers: Vec::new(),
            item: at,
            unread_parameters: Vec::new(),
            body: None,
            responses: Vec::new(),
            unread_responses: None,
            security: Arc::new([]),
            unread_security: None,
            security_at: None,
            servers: Vec::new(),
            unread_servers: None,
            sends,
            first: None,
        }
    }
}
