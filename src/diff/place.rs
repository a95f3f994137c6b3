//! Addresses: a node, or a part of an operation, as people and fingerprints read it.
//!
//! An address starts at the deepest named component around the node, else at the operation. `allOf` leaves no step, so
//! wrapping is no move.

use crate::contract::{Contract, Home};
use crate::schema::local::Step;
use crate::spec::{Key, Loc};

use super::Arg;

/// An address under construction.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Address {
    /// `schema:rdv`, `responses/NotFound`, `GET /x#response:200:application/json`, `GET /x?query:page`.
    pub(super) prefix: String,
    /// The component, bare for schemas.
    pub(super) component: Option<String>,
    /// Where inline places lie in their operation: `response 200 body`.
    pub(super) spot: String,
    /// What `at.path` begins with for parts that have a name of their own: `query:page`.
    pub(super) lead: String,
    /// Members, `[]`, `[0]`, `{}`, `|Name`.
    pub(super) segments: Vec<String>,
}

fn is_mark(segment: &str) -> bool {
    segment.starts_with(['[', '{', '|'])
}

impl Address {
    /// An address of an operation or of the API.
    pub(super) fn plain(prefix: impl Into<String>, spot: impl Into<String>) -> Self {
        Self { prefix: prefix.into(), spot: spot.into(), ..Self::default() }
    }
    /// The same with more of a prefix and a path of its own (`query:page`).
    #[must_use]
    pub(super) fn with(mut self, more: &str, lead: &str) -> Self {
        self.prefix.push_str(more);
        lead.clone_into(&mut self.lead);
        self
    }
    fn joined(&self, separator: char) -> String {
        let mut out = String::new();
        for segment in &self.segments {
            if !out.is_empty() && !is_mark(segment) {
                out.push(separator);
            }
            out.push_str(segment);
        }
        out
    }
    /// The text of fingerprints.
    pub(super) fn text(&self) -> String {
        if self.segments.is_empty() { self.prefix.clone() } else { format!("{}/{}", self.prefix, self.joined('/')) }
    }
    /// `at.path` of reports.
    pub(super) fn path(&self) -> String {
        let path = self.joined('.');
        match (self.lead.is_empty(), path.is_empty()) {
            (true, _) => path,
            (false, true) => self.lead.clone(),
            (false, false) => format!("{}.{path}", self.lead),
        }
    }
    /// The path of members alone.
    pub(super) fn members(&self) -> String {
        self.joined('.')
    }
    /// Goes one step down.
    pub(super) fn push(&mut self, step: Step<'_>) {
        self.segments.push(match step {
            Step::Property(name) => name.to_owned(),
            Step::Items => "[]".to_owned(),
            Step::Item(place) => format!("[{place}]"),
            Step::Map => "{}".to_owned(),
            Step::Pattern(pattern) => format!("{{{pattern}}}"),
        });
    }
    /// The place as an argument of a sentence: `rdv.status`, or a path in a part of an operation.
    pub(super) fn arg(&self) -> Arg {
        let path = self.members();
        match &self.component {
            Some(component) if path.is_empty() => Arg::Code(component.clone()),
            Some(component) if is_mark(&path) => Arg::Code(format!("{component}{path}")),
            Some(component) => Arg::Code(format!("{component}.{path}")),
            None if self.spot == "operation" => Arg::Code(self.prefix.clone()),
            None => Arg::Spot { path, spot: self.spot.clone() },
        }
    }
    /// The container as an argument: the component or the part, without the path.
    pub(super) fn container(&self) -> Arg {
        match &self.component {
            Some(component) => Arg::Code(component.clone()),
            None => Arg::Spot { path: String::new(), spot: self.spot.clone() },
        }
    }
}

/// What the steps of a route mean where the walk stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Operation,
    Parameters,
    Parameter,
    Body,
    Responses,
    Response,
    Headers,
    Header,
    Content,
    Media,
    Schema,
    Members,
    Patterns,
    Union,
    Places,
    Skip,
}

/// The address of a node.
pub(super) fn of_node(contract: &Contract, at: Loc) -> Address {
    let place = contract.homes.place(&contract.document, at);
    let mut out = Address { component: place.home.component(), ..Address::default() };
    let mut mode = Mode::Schema;
    match &place.home {
        Home::Component { section, name } => {
            out.prefix = if *section == "schemas" { format!("schema:{name}") } else { format!("{section}/{name}") };
            mode = match *section {
                "responses" => Mode::Response,
                "parameters" => Mode::Parameter,
                "requestBodies" => Mode::Body,
                "headers" => Mode::Header,
                "mediaTypes" => Mode::Media,
                "pathItems" | "callbacks" => Mode::Operation,
                _ => Mode::Schema,
            };
        }
        Home::Operation(key) => {
            out.prefix = key.address();
            "operation".clone_into(&mut out.spot);
            mode = Mode::Operation;
        }
        Home::Path(shape) => {
            out.prefix.clone_from(shape);
            "operation".clone_into(&mut out.spot);
            mode = Mode::Operation;
        }
        Home::Root => {}
    }
    let mut parent = place.home_at;
    for &at in &place.route {
        mode = step(contract, &mut out, mode, parent, at);
        parent = at;
    }
    out
}

fn step(contract: &Contract, out: &mut Address, mode: Mode, parent: Loc, at: Loc) -> Mode {
    let document = &contract.document;
    let key = document.file(at.file).key(at.node);
    let name = document.name(at);
    let index = || document.children(parent).position(|child| child == at).unwrap_or(0);
    match mode {
        Mode::Operation => match key {
            Key::PARAMETERS => Mode::Parameters,
            Key::REQUEST_BODY => {
                out.prefix.push_str("#request");
                "request body".clone_into(&mut out.spot);
                Mode::Body
            }
            Key::RESPONSES => Mode::Responses,
            _ => Mode::Skip,
        },
        Mode::Parameters => parameter(contract, out, at),
        Mode::Parameter => match key {
            Key::CONTENT => Mode::Content,
            _ => schema_step(contract, out, key, index),
        },
        Mode::Responses => {
            out.prefix.push_str(&format!("#response:{name}"));
            out.spot = format!("response {name}");
            Mode::Response
        }
        Mode::Body | Mode::Response => match key {
            Key::CONTENT => Mode::Content,
            Key::HEADERS => Mode::Headers,
            Key::SCHEMA => {
                body_spot(out);
                Mode::Schema
            }
            _ => Mode::Skip,
        },
        Mode::Headers => {
            out.prefix.push_str(&format!(":header:{name}"));
            out.lead = format!("header:{name}");
            out.spot = format!("{} header {name}", out.spot);
            Mode::Header
        }
        Mode::Content => {
            if out.lead.is_empty() {
                out.prefix.push_str(&format!(":{}", name.to_ascii_lowercase()));
                body_spot(out);
            }
            Mode::Media
        }
        Mode::Header | Mode::Media if key == Key::CONTENT => Mode::Content,
        Mode::Header | Mode::Media | Mode::Schema => schema_step(contract, out, key, index),
        Mode::Members => {
            out.segments.push(name.to_owned());
            Mode::Schema
        }
        Mode::Patterns => {
            out.segments.push(format!("{{{name}}}"));
            Mode::Schema
        }
        Mode::Union => {
            let label = match contract.resolve(at) {
                crate::contract::SchemaAt::Node(target) => contract.homes.at(target).and_then(Home::component),
                _ => None,
            };
            out.segments.push(format!("|{}", label.unwrap_or_else(|| index().to_string())));
            Mode::Schema
        }
        Mode::Places => {
            out.segments.push(format!("[{}]", index()));
            Mode::Schema
        }
        Mode::Skip => Mode::Skip,
    }
}

fn body_spot(out: &mut Address) {
    if out.spot.starts_with("response") && !out.spot.ends_with("body") {
        out.spot.push_str(" body");
    }
}

fn parameter(contract: &Contract, out: &mut Address, at: Loc) -> Mode {
    let document = &contract.document;
    let name = document.string(at, Key::NAME).unwrap_or("");
    match document.string(at, Key::IN).unwrap_or("") {
        "body" => {
            out.prefix.push_str("#request");
            "request body".clone_into(&mut out.spot);
            Mode::Body
        }
        "formData" => {
            out.prefix.push_str("#request:form");
            "request body".clone_into(&mut out.spot);
            out.segments.push(name.to_owned());
            Mode::Schema
        }
        place => {
            out.prefix.push_str(&format!("?{place}:{name}"));
            out.lead = format!("{place}:{name}");
            out.spot = format!("{place} parameter {name}");
            Mode::Parameter
        }
    }
}

fn schema_step(contract: &Contract, out: &mut Address, key: Key, index: impl Fn() -> usize) -> Mode {
    let _ = (contract, &index);
    match key {
        Key::PROPERTIES => Mode::Members,
        Key::PATTERN_PROPERTIES => Mode::Patterns,
        Key::ADDITIONAL_PROPERTIES | Key::UNEVALUATED_PROPERTIES => {
            out.segments.push("{}".to_owned());
            Mode::Schema
        }
        Key::ITEMS | Key::ADDITIONAL_ITEMS | Key::CONTAINS | Key::ITEM_SCHEMA => {
            out.segments.push("[]".to_owned());
            Mode::Schema
        }
        Key::PREFIX_ITEMS => Mode::Places,
        Key::ANY_OF | Key::ONE_OF => Mode::Union,
        // `allOf`, its members and `schema` are no places of their own.
        _ => Mode::Schema,
    }
}
