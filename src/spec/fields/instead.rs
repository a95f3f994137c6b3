//! Where a field belongs that stands where it says nothing: those of 2.0 in 3.x and back, those of a schema beside it.

use super::super::document::SpecVersion;
use super::super::key::Key;
use super::row::{Object, Versions};
use super::table;

const V20: Versions = Versions::V20;
const FROM_30: Versions = Versions::FROM_30;

/// An object, a name in it, the versions that do not have it, and what they have.
const INSTEAD: &[(Object, &str, Versions, &str)] = &[
    (Object::Root, "definitions", FROM_30, "it belongs into `components.schemas`"),
    (Object::Root, "parameters", FROM_30, "it belongs into `components`"),
    (Object::Root, "responses", FROM_30, "it belongs into `components`"),
    (Object::Root, "securityDefinitions", FROM_30, "it belongs into `components.securitySchemes`"),
    (Object::Root, "host", FROM_30, "it belongs into `servers`"),
    (Object::Root, "basePath", FROM_30, "it belongs into `servers`"),
    (Object::Root, "schemes", FROM_30, "it belongs into `servers`"),
    (Object::Root, "consumes", FROM_30, "media types are the keys of `content`"),
    (Object::Root, "produces", FROM_30, "media types are the keys of `content`"),
    (Object::Root, "components", V20, "`definitions`, `parameters` and `responses` stand in the document"),
    (Object::Root, "servers", V20, "it has `host`, `basePath` and `schemes`"),
    (Object::PathItem, "servers", V20, "it has `host`, `basePath` and `schemes` for all"),
    (Object::Operation, "servers", V20, "it has `host`, `basePath` and `schemes` for all"),
    (Object::Operation, "requestBody", V20, "it has a parameter `in: body`"),
    (Object::Operation, "consumes", FROM_30, "media types are the keys of `content`"),
    (Object::Operation, "produces", FROM_30, "media types are the keys of `content`"),
    (Object::Parameter, "schema", V20, "only a parameter `in: body` has one"),
    (Object::Parameter, "content", V20, "only a parameter `in: body` has a `schema`"),
    (Object::Parameter, "style", V20, "it has `collectionFormat`"),
    (Object::Parameter, "explode", V20, "it has `collectionFormat`"),
    (Object::Parameter, "collectionFormat", FROM_30, "it has `style` and `explode`"),
    (Object::BodyParameter, "content", V20, "it has `schema`, and `consumes` for the media types"),
    (Object::Header, "collectionFormat", FROM_30, "it has `style` and `explode`"),
    (Object::Header, "schema", V20, "what it takes is said beside its name"),
    (Object::Body, "schema", FROM_30, "it belongs into `content`, below a media type"),
    (Object::Response, "schema", FROM_30, "it belongs into `content`, below a media type"),
    (Object::Response, "examples", FROM_30, "it belongs into `content`, below a media type"),
    (Object::Response, "content", V20, "it has `schema`, and `produces` for the media types"),
    (Object::Scheme, "flow", FROM_30, "it belongs into `flows`"),
    (Object::Scheme, "scopes", FROM_30, "it belongs into `flows`"),
    (Object::Scheme, "authorizationUrl", FROM_30, "it belongs into `flows`"),
    (Object::Scheme, "tokenUrl", FROM_30, "it belongs into `flows`"),
    (Object::Scheme, "flows", V20, "it has `flow`, `scopes` and addresses"),
    (Object::Flows, "application", FROM_30, "it is `clientCredentials`"),
    (Object::Flows, "accessCode", FROM_30, "it is `authorizationCode`"),
    (Object::Schema, "schema", Versions::ALL, "what stands below it belongs here"),
    (Object::Schema, "optional", Versions::ALL, "what is not `required` is"),
    (Object::Schema, "nullable", Versions::FROM_31, "`\"null\"` is one of its types"),
    (Object::Schema, "nullable", V20, "many read `x-nullable`"),
    (Object::Schema, "const", Versions::TO_30, "it has an `enum` of one value"),
];

/// What a version has instead of a field, to stand behind the sentence that it is ignored; empty where nobody knows.
pub(super) fn instead(object: Object, name: &str, key: Key, version: SpecVersion) -> String {
    let of_schemas = matches!(object, Object::Parameter | Object::Header | Object::Media | Object::Body)
        && version != SpecVersion::V20
        && table::holds(Object::Schema, key, version).is_some();
    let row = INSTEAD.iter().find(|(of, field, versions, _)| *of == object && *field == name && versions.has(version));
    match (row, table::near(object, name, version)) {
        (Some((.., words)), _) => format!(": {words}"),
        (None, Some(field)) if field != name => format!(": it has `{field}`"),
        (None, _) if of_schemas => ": it belongs into `schema`".to_owned(),
        (None, _) => String::new(),
    }
}
