//! Which keywords of a node a change shows as before and after: only those it is about, so that a reader sees the
//! difference and the size of a report follows the number of causes.

use crate::contract::Facet;
use crate::spec::Key;

/// What says how a parameter is written.
const WRITTEN: &[Key] =
    &[Key::STYLE, Key::EXPLODE, Key::COLLECTION_FORMAT, Key::TYPE, Key::ITEMS, Key::SCHEMA, Key::CONTENT];

/// The keywords a facet is about; none for facets that show the whole node.
pub(super) fn keywords(facet: Facet) -> &'static [Key] {
    match facet {
        Facet::Type | Facet::Null => &[Key::TYPE, Key::NULLABLE, Key::X_NULLABLE, Key::REF, Key::ONE_OF, Key::ANY_OF],
        Facet::Enum | Facet::EnumValue | Facet::Const => &[Key::ENUM, Key::CONST],
        Facet::OpenEnum | Facet::OpenEnumValue => &[Key::X_EXTENSIBLE_ENUM],
        Facet::Format => &[Key::TYPE, Key::FORMAT],
        Facet::Minimum => &[Key::MINIMUM, Key::EXCLUSIVE_MINIMUM],
        Facet::Maximum => &[Key::MAXIMUM, Key::EXCLUSIVE_MAXIMUM],
        Facet::MinLength => &[Key::MIN_LENGTH],
        Facet::MaxLength => &[Key::MAX_LENGTH],
        Facet::MinItems => &[Key::MIN_ITEMS],
        Facet::MaxItems => &[Key::MAX_ITEMS],
        Facet::MinProperties => &[Key::MIN_PROPERTIES],
        Facet::MaxProperties => &[Key::MAX_PROPERTIES],
        Facet::MultipleOf => &[Key::MULTIPLE_OF],
        Facet::Pattern => &[Key::PATTERN],
        Facet::UniqueItems => &[Key::UNIQUE_ITEMS],
        Facet::AdditionalProperties => &[Key::ADDITIONAL_PROPERTIES, Key::UNEVALUATED_PROPERTIES],
        Facet::ReadOnly => &[Key::READ_ONLY],
        Facet::WriteOnly => &[Key::WRITE_ONLY],
        Facet::Discriminator | Facet::Mapping => &[Key::DISCRIMINATOR],
        Facet::Default => &[Key::DEFAULT],
        Facet::Deprecated => &[Key::DEPRECATED],
        Facet::Sunset => &[Key::X_SUNSET],
        Facet::Stability => &[Key::X_STABILITY],
        Facet::Description => &[Key::TITLE, Key::SUMMARY, Key::DESCRIPTION],
        Facet::Example => &[Key::EXAMPLE, Key::EXAMPLES],
        Facet::OperationId => &[Key::OPERATION_ID],
        Facet::Tag => &[Key::TAGS],
        Facet::Name => &[Key::NAME],
        Facet::Link => &[Key::LINKS],
        Facet::Serialization => WRITTEN,
        Facet::ServerVariable => &[Key::DEFAULT, Key::ENUM],
        Facet::Xml => &[Key::XML],
        Facet::AllowReserved => &[Key::ALLOW_RESERVED],
        Facet::AllowEmptyValue => &[Key::ALLOW_EMPTY_VALUE],
        Facet::Api
        | Facet::Operation
        | Facet::Webhook
        | Facet::Callback
        | Facet::Server
        | Facet::PathSlash
        | Facet::Security
        | Facet::Parameter
        | Facet::Body
        | Facet::MediaType
        | Facet::Charset
        | Facet::Encoding
        | Facet::Status
        | Facet::Header
        | Facet::Property
        | Facet::Variant
        | Facet::Exclusivity
        | Facet::Constraint
        | Facet::Schema
        | Facet::Reference
        | Facet::About
        | Facet::Extension
        | Facet::Component => &[],
    }
}
