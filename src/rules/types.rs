//! Rules about types, null, variants and what cannot be decided.

use super::rules;

rules! {
    pub(super) const ROWS
    "request-type-declared": Type Narrowed Request if untyped_before => Is(Risky);
    "request-type-narrowed" / "response-type-narrowed": Type Narrowed Request / Response => Read;
    "request-type-widened" / "response-type-widened": Type Widened Request / Response => Read;
    "request-type-replaced" / "response-type-replaced": Type Replaced Request / Response => Read;
    "request-null-added" / "response-null-added": Null Added Request / Response => Read;
    "request-null-removed" / "response-null-removed": Null Removed Request / Response => Read;
    "request-schema-added": Schema Added Request => Is(Risky);
    "response-schema-added": Schema Added Response => Is(Additive);
    "request-schema-removed": Schema Removed Request => Is(Additive);
    "response-schema-removed": Schema Removed Response => Is(Breaking);
    "request-variant-added" / "response-variant-added": Variant Added Request / Response => Read;
    "request-variant-removed" / "response-variant-removed": Variant Removed Request / Response => Read;
    "request-exclusivity-added": Exclusivity Added Request => Read;
    "response-exclusivity-added": Exclusivity Added Response => Is(Risky);
    "request-exclusivity-removed": Exclusivity Removed Request => Read;
    "response-exclusivity-removed": Exclusivity Removed Response => Is(Risky);
    "request-discriminator-added" / "response-discriminator-added": Discriminator Added Request / Response => Is(Risky);
    "request-discriminator-removed" / "response-discriminator-removed":
        Discriminator Removed Request / Response => Is(Risky);
    "request-discriminator-replaced" / "response-discriminator-replaced":
        Discriminator Replaced Request / Response => Is(Risky);
    "request-mapping-added" / "response-mapping-added": Mapping Added Request / Response => Read;
    "request-mapping-removed" / "response-mapping-removed": Mapping Removed Request / Response => Read;
    "request-mapping-replaced" / "response-mapping-replaced": Mapping Replaced Request / Response => Is(Risky);
    "request-constraint-replaced" / "response-constraint-replaced":
        Constraint Narrowed Request / Response if replaced => Read;
    "request-constraint-narrowed" / "response-constraint-narrowed": Constraint Narrowed Request / Response => Read;
    "request-constraint-widened" / "response-constraint-widened": Constraint Widened Request / Response => Read;
    "request-constraint-unknown" / "response-constraint-unknown": Constraint Unknown Request / Response => Read;
    "request-reference-unknown" / "response-reference-unknown": Reference Unknown Request / Response => Read;
}
