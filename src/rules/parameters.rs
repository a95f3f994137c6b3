//! Rules about parameters and how they are written on the wire.

use super::rules;

rules! {
    pub(super) const ROWS
    "parameter-removed-after-sunset": Parameter Removed Request if sunset_passed => Is(Risky);
    "required-parameter-added": Parameter Added Request if required => Read;
    "parameter-added" / "sent-parameter-added": Parameter Added Request / Response => Read;
    "parameter-removed" / "sent-parameter-removed": Parameter Removed Request / Response => Read;
    "parameter-required" / "sent-parameter-required": Parameter Required Request / Response => Read;
    "parameter-optional" / "sent-parameter-optional": Parameter Optional Request / Response => Read;
    "parameter-moved" / "sent-parameter-moved": Parameter Moved Request / Response => Read;
    "parameter-unknown" / "sent-parameter-unknown": Parameter Unknown Request / Response => Read;
    "serialization-replaced" / "sent-serialization-replaced": Serialization Replaced Request / Response => Is(Breaking);
    "separator-added" / "sent-separator-added": Serialization Added Request / Response => Is(Risky);
    "separator-removed" / "sent-separator-removed": Serialization Removed Request / Response => Is(Risky);
    "allow-reserved-added": AllowReserved Added Request => Is(Additive);
    "allow-reserved-removed": AllowReserved Removed Request => Is(Risky);
    "allow-empty-value-added": AllowEmptyValue Added Request => Is(Additive);
    "allow-empty-value-removed": AllowEmptyValue Removed Request => Is(Breaking);
}
