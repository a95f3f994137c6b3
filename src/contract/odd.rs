//! What a document says that HTTP has no place for, or that leads to no operation.

use rustc_hash::FxHashSet;

use super::home::Home;
use super::read::Reader;
use crate::spec::{Key, Kind, Loc, NodeIx};

impl Reader {
    /// A link that leads to no operation of the document is a problem, unless something may hide the operation.
    pub(super) fn links_lead_somewhere(&mut self) {
        let document = self.doc();
        let is_hidden =
            !self.contract.veils.is_empty() || self.contract.operations.iter().any(|it| it.unread.is_some());
        let mut links: Vec<Loc> = self.links.iter().copied().filter(|_| !is_hidden).collect();
        links.sort_unstable();
        let named: FxHashSet<&str> =
            self.contract.operations.iter().filter_map(|it| document.string(it.at, Key::OPERATION_ID)).collect();
        for link in links {
            let lost = match document.string(link, Key::OPERATION_ID) {
                Some(id) => Some(id).filter(|id| !named.contains(id)),
                None => document
                    .string(link, Key::OPERATION_REF)
                    .filter(|text| text.starts_with('#') && document.lookup(link, text).is_none()),
            };
            if let Some(name) = lost {
                self.problem(link, format!("a link leads to the operation `{name}`, which is nowhere in the document"));
            }
        }
    }

    /// True of an answer that HTTP gives no body (RFC 9110, 6.4.1 and 9.3.2); a body that is described there is told once.
    pub(super) fn has_no_body(&mut self, method: &str, status: &str, content: Option<Loc>) -> bool {
        let none = status.starts_with('1') || ["204", "205", "304"].contains(&status);
        if !none && method != "HEAD" {
            return false;
        }
        let document = self.doc();
        let written = content.filter(|&at| document.kind(at) != Kind::Object || document.children(at).next().is_some());
        // What answers of other methods share is no slip of `HEAD`.
        if let Some(at) = written.filter(|&at| none || !self.is_in_component(at))
            && self.bodiless.insert(at)
        {
            let of = if none { status } else { method };
            self.problem(
                at,
                format!("an answer to `{of}` has no body in HTTP: what is described here is not compared"),
            );
        }
        true
    }

    fn is_in_component(&self, at: Loc) -> bool {
        let document = &self.contract.document;
        let homes = document.file(at.file).lineage(NodeIx::ROOT, at.node);
        let is_component =
            |node: NodeIx| matches!(self.contract.homes.at(Loc { node, ..at }), Some(Home::Component { .. }));
        homes.iter().any(|(node, _)| is_component(*node))
    }
}
