//! Member names as small integers: the keywords of `OpenAPI` and JSON Schema have fixed ids, so that a keyword
//! test is an integer comparison; all other names are numbered per file after them.

/// The id of a member name in one file; ids below `FIXED.len()` mean the same name in every file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key(pub u32);

impl Key {
    /// The key of what stands under no name: items and the root.
    pub const NONE: Self = Self(u32::MAX);

    /// The text of a fixed key; empty for others, which only their file can name.
    pub fn fixed(self) -> &'static str {
        FIXED.get(self.0 as usize).copied().unwrap_or("")
    }
}

macro_rules! keys {
    ($($id:ident $text:literal)+) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "an ordinal for each keyword, never named elsewhere")]
        #[repr(u32)]
        enum Ordinal { $($id),+ }
        impl Key {
            $(#[doc = concat!("`", $text, "`")] pub const $id: Self = Self(Ordinal::$id as u32);)+
        }
        /// The texts of the fixed keys, in the order of their ids.
        pub const FIXED: &[&str] = &[$($text),+];
    };
}

keys! {
    REF "$ref" ID "$id" ANCHOR "$anchor" DYNAMIC_REF "$dynamicRef" DYNAMIC_ANCHOR "$dynamicAnchor" DEFS "$defs" SCHEMA_URI "$schema"
    COMMENT "$comment" VOCABULARY "$vocabulary"
    TYPE "type" FORMAT "format" ENUM "enum" CONST "const" DEFAULT "default" NULLABLE "nullable" TITLE "title" DESCRIPTION "description"
    EXAMPLE "example" EXAMPLES "examples" DEPRECATED "deprecated" READ_ONLY "readOnly" WRITE_ONLY "writeOnly" XML "xml"
    EXTERNAL_DOCS "externalDocs" DISCRIMINATOR "discriminator" PROPERTY_NAME "propertyName" MAPPING "mapping" DEFAULT_MAPPING "defaultMapping"
    PROPERTIES "properties" PATTERN_PROPERTIES "patternProperties" ADDITIONAL_PROPERTIES "additionalProperties" REQUIRED "required"
    MIN_PROPERTIES "minProperties" MAX_PROPERTIES "maxProperties" PROPERTY_NAMES "propertyNames"
    ITEMS "items" PREFIX_ITEMS "prefixItems" ADDITIONAL_ITEMS "additionalItems" MIN_ITEMS "minItems" MAX_ITEMS "maxItems" UNIQUE_ITEMS "uniqueItems"
    CONTAINS "contains" MIN_CONTAINS "minContains" MAX_CONTAINS "maxContains"
    MINIMUM "minimum" MAXIMUM "maximum" EXCLUSIVE_MINIMUM "exclusiveMinimum" EXCLUSIVE_MAXIMUM "exclusiveMaximum" MULTIPLE_OF "multipleOf"
    MIN_LENGTH "minLength" MAX_LENGTH "maxLength" PATTERN "pattern"
    CONTENT_ENCODING "contentEncoding" CONTENT_MEDIA_TYPE "contentMediaType" CONTENT_SCHEMA "contentSchema"
    ALL_OF "allOf" ANY_OF "anyOf" ONE_OF "oneOf" NOT "not" IF "if" THEN "then" ELSE "else"
    DEPENDENT_SCHEMAS "dependentSchemas" DEPENDENT_REQUIRED "dependentRequired" DEPENDENCIES "dependencies"
    UNEVALUATED_PROPERTIES "unevaluatedProperties" UNEVALUATED_ITEMS "unevaluatedItems" DEFINITIONS "definitions"
    OPENAPI "openapi" SWAGGER "swagger" SELF "$self" INFO "info" VERSION "version" SERVERS "servers" URL "url" VARIABLES "variables" NAME "name"
    PATHS "paths" WEBHOOKS "webhooks" COMPONENTS "components" SECURITY "security" TAGS "tags" SCHEMAS "schemas" RESPONSES "responses"
    PARAMETERS "parameters" REQUEST_BODIES "requestBodies" HEADERS "headers" SECURITY_SCHEMES "securitySchemes" LINKS "links"
    CALLBACKS "callbacks" PATH_ITEMS "pathItems" MEDIA_TYPES "mediaTypes"
    GET "get" PUT "put" POST "post" DELETE "delete" OPTIONS "options" HEAD "head" PATCH "patch" TRACE "trace" QUERY "query"
    ADDITIONAL_OPERATIONS "additionalOperations" SUMMARY "summary" OPERATION_ID "operationId" REQUEST_BODY "requestBody" CONTENT "content"
    SCHEMA "schema" ITEM_SCHEMA "itemSchema" ENCODING "encoding" PREFIX_ENCODING "prefixEncoding" ITEM_ENCODING "itemEncoding"
    IN "in" STYLE "style" EXPLODE "explode" ALLOW_RESERVED "allowReserved" ALLOW_EMPTY_VALUE "allowEmptyValue" CONTENT_TYPE "contentType"
    COLLECTION_FORMAT "collectionFormat" CONSUMES "consumes" PRODUCES "produces" SCHEMES "schemes" HOST "host" BASE_PATH "basePath"
    SECURITY_DEFINITIONS "securityDefinitions" SCHEME "scheme" FLOWS "flows" FLOW "flow" SCOPES "scopes" AUTHORIZATION_URL "authorizationUrl"
    TOKEN_URL "tokenUrl" REFRESH_URL "refreshUrl" OPEN_ID_CONNECT_URL "openIdConnectUrl" BEARER_FORMAT "bearerFormat"
    X_SUNSET "x-sunset" X_EXTENSIBLE_ENUM "x-extensible-enum" X_NULLABLE "x-nullable" X_WEBHOOKS "x-webhooks" X_STABILITY "x-stability-level" OPERATION_REF "operationRef"
    JSON_SCHEMA_DIALECT "jsonSchemaDialect" VALUE "value" PARENT "parent" KIND "kind"
    TERMS_OF_SERVICE "termsOfService" CONTACT "contact" LICENSE "license" EMAIL "email" IDENTIFIER "identifier" SERVER "server"
    DATA_VALUE "dataValue" SERIALIZED_VALUE "serializedValue" EXTERNAL_VALUE "externalValue" IMPLICIT "implicit" PASSWORD "password"
    CLIENT_CREDENTIALS "clientCredentials" AUTHORIZATION_CODE "authorizationCode" DEVICE_AUTHORIZATION "deviceAuthorization"
    DEVICE_AUTHORIZATION_URL "deviceAuthorizationUrl" OAUTH2_METADATA_URL "oauth2MetadataUrl" NAMESPACE "namespace" PREFIX "prefix"
    ATTRIBUTE "attribute" WRAPPED "wrapped" NODE_TYPE "nodeType"
}
