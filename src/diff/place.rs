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
    /// What sentences say in place of some segments, by their index: `|with iban` for `|1`.
    pub(super) words: Vec<(usize, String)>,
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
    fn joined(&self, separator: char, nameless: &str, worded: bool) -> String {
        let mut out = String::new();
        for (index, segment) in self.segments.iter().enumerate() {
            let word = self.words.iter().find(|(at, _)| worded && *at == index);
            let segment = word.map_or(segment, |(_, word)| word);
            if !out.is_empty() && !is_mark(segment) {
                out.push(separator);
            }
            out.push_str(if segment.is_empty() { nameless } else { segment });
        }
        out
    }
    /// The text of fingerprints.
    pub(super) fn text(&self) -> String {
        if self.segments.is_empty() {
            self.prefix.clone()
        } else {
            format!("{}/{}", self.prefix, self.joined('/', "", false))
        }
    }
    /// `at.path` of reports.
    pub(super) fn path(&self) -> String {
        let path = self.joined('.', "\"\"", false);
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
    fn shared(&self) -> Option<&String> {
        self.component.as_ref().filter(|_| !matches!(self.spot, Some(Spot::ResponseHeader(..))))
    }
    fn known_spot(&self) -> Spot {
        self.spot.clone().unwrap_or_else(|| Spot::Other(String::new()))
    }
    /// The path of members alone as sentences say it, in which a member whose name is empty is seen.
    pub(super) fn members(&self) -> String {
        self.joined('.', "\"\"", true)
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
    /// How many steps from the beginning, and to the end, lead to no member.
    fn marks(&self) -> (usize, usize) {
        let count = |it: &mut dyn Iterator<Item = &String>| it.take_while(|segment| is_mark(segment)).count();
        (count(&mut self.segments.iter()), count(&mut self.segments.iter().rev()))
    }
    fn part(&self, from: usize, to: usize) -> String {
        let within = |(at, word): &(usize, String)| Some((at.checked_sub(from)?, word.clone()));
        let words = self.words.iter().filter_map(within).collect();
        Self { segments: self.segments[from..to].to_vec(), words, ..Self::default() }.members()
    }
    /// The component, or the part of an operation, as what a path is in.
    fn root(&self) -> Spot {
        self.shared().cloned().map_or_else(|| self.known_spot(), Spot::Other)
    }
    /// A member and what it is in, as arguments of a sentence: items and values have no name, so they are what it is in.
    pub(super) fn named(&self, container: Arg) -> (String, Arg) {
        let (lead, count) = (self.marks().0, self.segments.len());
        if lead == 0 || lead == count {
            return (self.members(), container);
        }
        (self.part(lead, count), Arg::Spot { path: self.part(0, lead), spot: self.root() })
    }
    /// The place as an argument of a sentence: `rdv.status`, the items of `rdv.list`, or a path in a part of an operation.
    pub(super) fn arg(&self) -> Arg {
        let path = self.members();
        let (lead, tail) = self.marks();
        match self.shared() {
            Some(component) if path.is_empty() => Arg::Code(component.clone()),
            Some(_) if lead > 0 => Arg::Spot { path, spot: self.root() },
            Some(component) if tail > 0 => {
                let (end, count) = (self.segments.len() - tail, self.segments.len());
                let spot = Spot::Other(format!("{component}.{}", self.part(0, end)));
                Arg::Spot { path: self.part(end, count), spot }
            }
            Some(component) => Arg::Code(format!("{component}.{path}")),
            None if self.spot == Some(Spot::Operation) => Arg::Code(self.prefix.clone()),
            None => Arg::Spot { path, spot: self.known_spot() },
        }
    }
    /// The container as an argument: the component or the part, without the path.
    pub(super) fn container(&self) -> Arg {
        match self.shared() {
            Some(component) => Arg::Code(component.clone()),
            None => Arg::Spot { path: String::new(), spot: self.known_spot() },
        }
    }
}
