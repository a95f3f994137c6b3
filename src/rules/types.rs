//! Rules about types, null, variants and what cannot be decided.

use super::rules;

rules! {
    pub(super) const ROWS
    "request-type-declared": Type Narrowed Request if untyped_before => Is(Risky);
    "request-type-narrowed": Type Narrowed Request => Read;
    "request-type-widened": Type Widened Request => Read;
    "request-type-replaced": Type Replaced Request => Read;
    "response-type-narrowed": Type Narrowed Response => Read;
    "response-type-widened": Type Widened Response => Read;
    "response-type-replaced": Type Replaced Response => Read;
    "request-null-added": Null Added Request => Read;
    "request-null-removed": Null Removed Request => Read;
    "response-null-added": Null Added Response => Read;
    "response-null-removed": Null Removed Response => Read;
    "request-schema-added": Schema Added Request => Is(Risky);
    "request-schema-removed": Schema Removed Request => Is(Additive);
    "response-schema-added": Schema Added Response => Is(Additive);
    "response-schema-removed": Schema Removed Response => Is(Breaking);
    "request-variant-added": Variant Added Request => Read;
    "request-variant-removed": Variant Removed Request => Read;
    "response-variant-added": Variant Added Response => Read;
    "response-variant-removed": Variant Removed Response => Read;
    "request-exclusivity-added": Exclusivity Added Request => Is(Risky);
    "request-exclusivity-removed": Exclusivity Removed Request => Is(Risky);
    "response-exclusivity-added": Exclusivity Added Response => Is(Risky);
    "response-exclusivity-removed": Exclusivity Removed Response => Is(Risky);
    "request-discriminator-added": Discriminator Added Request => Is(Risky);
    "request-discriminator-removed": Discriminator Removed Request => Is(Risky);
    "request-discriminator-replaced": Discriminator Replaced Request => Is(Risky);
    "response-discriminator-added": Discriminator Added Response => Is(Risky);
    "response-discriminator-removed": Discriminator Removed Response => Is(Risky);
    "response-discriminator-replaced": Discriminator Replaced Response => Is(Risky);
    "request-mapping-added": Mapping Added Request => Is(Additive);
    "response-mapping-added": Mapping Added Response => Is(Risky);
    "request-mapping-removed": Mapping Removed Request => Is(Risky);
    "request-mapping-replaced": Mapping Replaced Request => Is(Risky);
    "response-mapping-removed": Mapping Removed Response => Is(Risky);
    "response-mapping-replaced": Mapping Replaced Response => Is(Risky);
    "request-constraint-narrowed": Constraint Narrowed Request => Read;
    "request-constraint-widened": Constraint Widened Request => Read;
    "response-constraint-narrowed": Constraint Narrowed Response => Read;
    "response-constraint-widened": Constraint Widened Response => Read;
    "request-constraint-unknown": Constraint Unknown Request => Read;
    "response-constraint-unknown": Constraint Unknown Response => Read;
    "request-reference-unknown": Reference Unknown Request => Read;
    "response-reference-unknown": Reference Unknown Response => Read;
}
