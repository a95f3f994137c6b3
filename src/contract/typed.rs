//! Contracts from the typed model of the `openapiv3` crate, for callers that hold one already.

use std::sync::Arc;

use openapiv3::OpenAPI;

use super::{Contract, read};
use crate::source::Single;
use crate::spec::{Document, Limits, ParseCache, SpecError, load};

/// The name of the one file of such a document.
const NAME: &str = "openapi.json";

impl TryFrom<&OpenAPI> for Document {
    type Error = SpecError;

    /// The document as the typed model writes it; what it does not know was lost before it came here.
    fn try_from(typed: &OpenAPI) -> Result<Self, SpecError> {
        // A type whose fields are all JSON cannot fail to be written; an empty text would be refused by its reader.
        let text = serde_json::to_value(typed).map(|value| value.to_string()).unwrap_or_default();
        load(&Single::new(NAME, text.into_bytes()), NAME, &mut ParseCache::default(), &Limits::default())
    }
}

impl TryFrom<&OpenAPI> for Contract {
    type Error = SpecError;

    fn try_from(typed: &OpenAPI) -> Result<Self, SpecError> {
        Document::try_from(typed).map(|document| read(Arc::new(document)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_document_is_a_contract() {
        let mut typed = OpenAPI { openapi: "3.0.3".to_owned(), ..OpenAPI::default() };
        "Books".clone_into(&mut typed.info.title);
        let item = openapiv3::PathItem { get: Some(openapiv3::Operation::default()), ..Default::default() };
        typed.paths.paths.insert("/books".to_owned(), openapiv3::ReferenceOr::Item(item));
        let contract = Contract::try_from(&typed).unwrap();
        let operations: Vec<String> = contract.operations.iter().map(|operation| operation.key.matching()).collect();
        assert_eq!((contract.title.as_str(), operations), ("Books", vec!["GET /books".to_owned()]));
        typed.openapi = "4.9.9".to_owned();
        assert!(matches!(Document::try_from(&typed), Err(SpecError::UnknownVersion { .. })));
    }
}
