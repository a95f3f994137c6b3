//! Addresses: a node, or a part of an operation, as people and fingerprints read it.
//!
//! An address starts at the deepest named component around the node, else at the operation. `allOf` leaves no step, so
//! wrapping is no move.

use crate::schema::Step;

use crate::text::{Arg, Spot};

/// An address under construction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Address {
    /// `schema:rdv`, `responses/NotFound`, `GET /x#response:200:application/json`, `GET /x?query:page`.
    pub(super) prefix: String,
    /// The component, bare for schemas.
    pub(super) component: Option<String>,
    /// Where inline places lie in their operation: `response 200 body`; `None` where nobody knows.
    pub(super) spot: Option<Spot>,
    /// What `at.path` begins with for parts that have a name of their own: `query:page`.
    pub(super) lead: String,
    /// Members, `[]`, `[0]`, `{}`, `|Name`.
    pub(super) segments: Vec<String>,
}

fn is_mark(segment: &str) -> bool {
    segment.starts_with(['[', '{', '|'])
}

/// The name of a member; an empty one is a name, too, and not its object.
pub(super) fn member(name: &str) -> String {
    if name.is_empty() { "\"\"".to_owned() } else { name.to_owned() }
}

impl Address {
    /// An address of an operation or of the API.
    pub(super) fn plain(prefix: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), spot: Some(Spot::Operation), ..Self::default() }
    }
    /// The same with more of a prefix and a path of its own (`query:page`).
    #[must_use]
    pub(super) fn with(mut self, more: &str, lead: &str) -> Self {
        self.prefix.push_str(more);
        lead.clone_into(&mut self.lead);
        self
    }
    fn joined(&self, separator: char, nameless: &str) -> String {
        let mut out = String::new();
        for segment in &self.segments {
            if !out.is_empty() && !is_mark(segment) {
                out.push(separator);
            }
            out.push_str(if segment.is_empty() { nameless } else { segment });
        }
        out
    }
    /// The path for people, in which a member whose name is empty is seen.
    fn shown(&self) -> String {
        self.joined('.', "\"\"")
    }
    /// The text of fingerprints.
    pub(super) fn text(&self) -> String {
        if self.segments.is_empty() { self.prefix.clone() } else { format!("{}/{}", self.prefix, self.joined('/', "")) }
    }
    /// `at.path` of reports.
    pub(super) fn path(&self) -> String {
        let path = self.shown();
        match (self.lead.is_empty(), path.is_empty()) {
            (true, _) => path,
            (false, true) => self.lead.clone(),
            (false, false) => format!("{}.{path}", self.lead),
        }
    }
    /// True of a component that is a response header, or holds it.
    pub(super) fn is_header(&self) -> bool {
        self.component.as_ref().is_some_and(|name| name.starts_with("headers/") || self.lead.starts_with("header:"))
    }
    /// The component to name, where the part of an operation says no more: a header is named with its response.
    fn named(&self) -> Option<&String> {
        self.component.as_ref().filter(|_| !matches!(self.spot, Some(Spot::ResponseHeader(..))))
    }
    fn known_spot(&self) -> Spot {
        self.spot.clone().unwrap_or_else(|| Spot::Other(String::new()))
    }
    /// The path of members alone.
    pub(super) fn members(&self) -> String {
        self.shown()
    }
    /// Goes one step down.
    pub(super) fn push(&mut self, step: Step<'_>) {
        self.segments.push(match step {
            Step::Property(name) => member(name),
            Step::Items => "[]".to_owned(),
            Step::Item(place) => format!("[{place}]"),
            Step::Map => "{}".to_owned(),
            Step::Pattern(pattern) => format!("{{{pattern}}}"),
        });
    }
    /// The place as an argument of a sentence: `rdv.status`, or a path in a part of an operation.
    pub(super) fn arg(&self) -> Arg {
        let path = self.members();
        match self.named() {
            Some(component) if path.is_empty() => Arg::Code(component.clone()),
            Some(component) if is_mark(&path) => Arg::Code(format!("{component}{path}")),
            Some(component) => Arg::Code(format!("{component}.{path}")),
            None if self.spot == Some(Spot::Operation) => Arg::Code(self.prefix.clone()),
            None => Arg::Spot { path, spot: self.known_spot() },
        }
    }
    /// The container as an argument: the component or the part, without the path.
    pub(super) fn container(&self) -> Arg {
        match self.named() {
            Some(component) => Arg::Code(component.clone()),
            None => Arg::Spot { path: String::new(), spot: self.known_spot() },
        }
    }
}
