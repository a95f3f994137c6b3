//! Rules about members of objects.

use super::rules;

rules! {
    pub(super) const ROWS
    "request-required-property-added": Property Added Request if required => Read;
    "request-property-added": Property Added Request => Read;
    "request-property-removed": Property Removed Request => Read;
    "request-property-required": Property Required Request => Read;
    "request-property-optional": Property Optional Request => Read;
    "response-property-added": Property Added Response => Read;
    "response-property-removed": Property Removed Response => Read;
    "response-property-required": Property Required Response => Read;
    "response-property-optional": Property Optional Response => Read;
    "request-read-only-added": ReadOnly Added Request => Read;
    "request-read-only-removed": ReadOnly Removed Request => Read;
    "response-write-only-added": WriteOnly Added Response => Read;
    "response-write-only-removed": WriteOnly Removed Response => Read;
    "request-additional-properties-narrowed": AdditionalProperties Narrowed Request => Read;
    "request-additional-properties-widened": AdditionalProperties Widened Request => Read;
    "response-additional-properties-narrowed": AdditionalProperties Narrowed Response => Read;
    "response-additional-properties-widened": AdditionalProperties Widened Response => Read;
}
