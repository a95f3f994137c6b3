//! Rules about values: enumerations, formats, patterns, bounds, defaults.

use super::rules;

rules! {
    pub(super) const ROWS
    "response-extensible-enum-value-added": EnumValue Added Response if extensible_enum => Is(Additive);
    "request-enum-value-added" / "response-enum-value-added": EnumValue Added Request / Response => Read;
    "request-enum-value-removed" / "response-enum-value-removed": EnumValue Removed Request / Response => Read;
    "request-extensible-enum-value-added": OpenEnumValue Added Request => Is(Additive);
    "request-extensible-enum-value-removed": OpenEnumValue Removed Request => Is(Risky);
    "response-extensible-enum-value-removed": OpenEnumValue Removed Response => Is(Additive);
    "request-extensible-enum-added": OpenEnum Added Request => Is(Risky);
    "response-extensible-enum-added": OpenEnum Added Response => Is(Additive);
    "request-extensible-enum-removed": OpenEnum Removed Request => Is(Additive);
    "response-extensible-enum-removed": OpenEnum Removed Response => Is(Additive);
    "request-enum-added" / "response-enum-added": Enum Added Request / Response => Read;
    "request-enum-removed" / "response-enum-removed": Enum Removed Request / Response => Read;
    "request-const-replaced" / "response-const-replaced": Const Replaced Request / Response => Read;
    "request-format-added": Format Added Request => Is(Risky);
    "response-format-added": Format Added Response => Is(Additive);
    "request-format-removed": Format Removed Request => Is(Additive);
    "response-format-removed": Format Removed Response => Is(Risky);
    "request-format-narrowed": Format Narrowed Request => Is(Risky);
    "response-format-narrowed": Format Narrowed Response => Is(Additive);
    "request-format-widened": Format Widened Request => Is(Additive);
    "response-format-widened": Format Widened Response => Is(Risky);
    "request-format-replaced" / "response-format-replaced": Format Replaced Request / Response => Read;
    "request-pattern-added" / "response-pattern-added": Pattern Added Request / Response => Read;
    "request-pattern-removed" / "response-pattern-removed": Pattern Removed Request / Response => Read;
    "request-pattern-narrowed" / "response-pattern-narrowed": Pattern Narrowed Request / Response => Read;
    "request-pattern-widened" / "response-pattern-widened": Pattern Widened Request / Response => Read;
    "request-pattern-replaced" / "response-pattern-replaced": Pattern Replaced Request / Response => Read;
    "request-minimum-raised" / "response-minimum-raised": Minimum Raised Request / Response => Read;
    "request-minimum-lowered" / "response-minimum-lowered": Minimum Lowered Request / Response => Read;
    "request-maximum-raised" / "response-maximum-raised": Maximum Raised Request / Response => Read;
    "request-maximum-lowered" / "response-maximum-lowered": Maximum Lowered Request / Response => Read;
    "request-min-length-raised" / "response-min-length-raised": MinLength Raised Request / Response => Read;
    "request-min-length-lowered" / "response-min-length-lowered": MinLength Lowered Request / Response => Read;
    "request-max-length-raised" / "response-max-length-raised": MaxLength Raised Request / Response => Read;
    "request-max-length-lowered" / "response-max-length-lowered": MaxLength Lowered Request / Response => Read;
    "request-min-items-raised" / "response-min-items-raised": MinItems Raised Request / Response => Read;
    "request-min-items-lowered" / "response-min-items-lowered": MinItems Lowered Request / Response => Read;
    "request-max-items-raised" / "response-max-items-raised": MaxItems Raised Request / Response => Read;
    "request-max-items-lowered" / "response-max-items-lowered": MaxItems Lowered Request / Response => Read;
    "request-min-properties-raised" / "response-min-properties-raised": MinProperties Raised Request / Response => Read;
    "request-min-properties-lowered" / "response-min-properties-lowered":
        MinProperties Lowered Request / Response => Read;
    "request-max-properties-raised" / "response-max-properties-raised": MaxProperties Raised Request / Response => Read;
    "request-max-properties-lowered" / "response-max-properties-lowered":
        MaxProperties Lowered Request / Response => Read;
    "request-multiple-of-narrowed" / "response-multiple-of-narrowed": MultipleOf Narrowed Request / Response => Read;
    "request-multiple-of-widened" / "response-multiple-of-widened": MultipleOf Widened Request / Response => Read;
    "request-multiple-of-replaced" / "response-multiple-of-replaced": MultipleOf Replaced Request / Response => Read;
    "request-unique-items-added" / "response-unique-items-added": UniqueItems Added Request / Response => Read;
    "request-unique-items-removed" / "response-unique-items-removed": UniqueItems Removed Request / Response => Read;
    "request-default-added": Default Added Request => Is(Risky);
    "response-default-added": Default Added Response => Is(Docs);
    "request-default-removed": Default Removed Request => Is(Risky);
    "response-default-removed": Default Removed Response => Is(Docs);
    "request-default-replaced": Default Replaced Request => Is(Risky);
    "response-default-replaced": Default Replaced Response => Is(Docs);
}
