//! How much of a contract a comparison can speak about.

use super::Coverage;
use crate::contract::{Contract, Operation, Response};
use crate::spec::Weight;

impl Coverage {
    /// Counts a contract.
    pub fn of(contract: &Contract) -> Self {
        let silent = |operation: &Operation| operation.responses.iter().filter(|response| is_silent(response)).count();
        // HEAD has no body to describe (RFC 9110, 9.3.2).
        let operations = contract.operations.iter().filter(|operation| operation.key.method != "HEAD");
        let holes = contract.document.problems.iter().filter(|problem| problem.weight == Weight::Hole);
        Self {
            operations: contract.operations.len() as u64,
            responses_without_schema: operations.map(silent).sum::<usize>() as u64,
            unresolved_refs: holes.count() as u64,
        }
    }
}

/// A success that says nothing of its body, though it may have one.
fn is_silent(response: &Response) -> bool {
    let bodiless = matches!(response.status.as_str(), "204" | "205");
    let described = |media: &crate::contract::Media| media.schema.is_some() || media.item_schema.is_some();
    response.status.starts_with('2') && !bodiless && !response.media.iter().any(described)
}
