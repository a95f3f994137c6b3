//! Rules about members of objects.

use super::rules;

rules! {
    pub(super) const ROWS
    "request-required-property-added": Property Added Request if required => Read;
    "request-property-added" / "response-property-added": Property Added Request / Response => Read;
    "request-property-removed" / "response-property-removed": Property Removed Request / Response => Read;
    "request-property-required" / "response-property-required": Property Required Request / Response => Read;
    "request-property-optional" / "response-property-optional": Property Optional Request / Response => Read;
    "request-read-only-added": ReadOnly Added Request => Read;
    "request-read-only-required": ReadOnly Removed Request if required => Read;
    "request-read-only-removed": ReadOnly Removed Request => Read;
    "response-write-only-added": WriteOnly Added Response => Read;
    "response-write-only-removed": WriteOnly Removed Response => Read;
    "request-additional-properties-replaced" / "response-additional-properties-replaced":
        AdditionalProperties Narrowed Request / Response if replaced => Read;
    "request-additional-properties-narrowed" / "response-additional-properties-narrowed":
        AdditionalProperties Narrowed Request / Response => Read;
    "request-additional-properties-widened" / "response-additional-properties-widened":
        AdditionalProperties Widened Request / Response => Read;
}
