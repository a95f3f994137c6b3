//! Rules about parameters and how they are written on the wire.

use super::rules;

rules! {
    pub(super) const ROWS
    "parameter-removed-after-sunset": Parameter Removed Request if sunset_passed => Is(Risky);
    "required-parameter-added": Parameter Added Request if required => Read;
    "parameter-added": Parameter Added Request => Read;
    "parameter-removed": Parameter Removed Request => Read;
    "parameter-required": Parameter Required Request => Read;
    "parameter-optional": Parameter Optional Request => Read;
    "parameter-moved": Parameter Moved Request => Read;
    "parameter-unknown": Parameter Unknown Request => Read;
    "serialization-replaced": Serialization Replaced Request => Is(Breaking);
    "sent-parameter-added": Parameter Added Response => Read;
    "sent-parameter-removed": Parameter Removed Response => Read;
    "sent-parameter-required": Parameter Required Response => Read;
    "sent-parameter-optional": Parameter Optional Response => Read;
    "sent-parameter-moved": Parameter Moved Response => Read;
    "sent-parameter-unknown": Parameter Unknown Response => Read;
    "sent-serialization-replaced": Serialization Replaced Response => Is(Breaking);
    "allow-reserved-added": AllowReserved Added Request => Is(Additive);
    "allow-reserved-removed": AllowReserved Removed Request => Is(Risky);
    "allow-empty-value-added": AllowEmptyValue Added Request => Is(Additive);
    "allow-empty-value-removed": AllowEmptyValue Removed Request => Is(Breaking);
}
