//! The JSON types as a bit set; `number` is `integer` and the fractions apart, so that integer ⊂ number is set inclusion.

use std::fmt;

/// A set of JSON types.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Types(pub u8);

impl Types {
    /// No type: nothing is admitted.
    pub const NONE: Self = Self(0);
    /// `null`
    pub const NULL: Self = Self(1);
    /// `boolean`
    pub const BOOLEAN: Self = Self(2);
    /// `integer`, `1.0` included (JSON Schema 2020-12, Validation 6.1.1).
    pub const INTEGER: Self = Self(4);
    /// Numbers that are not whole.
    pub const FRACTION: Self = Self(8);
    /// `number`
    pub const NUMBER: Self = Self(12);
    /// `string`
    pub const STRING: Self = Self(16);
    /// `array`
    pub const ARRAY: Self = Self(32);
    /// `object`
    pub const OBJECT: Self = Self(64);
    /// The types whose values have parts.
    pub const COMPOSITE: Self = Self(96);
    /// Every type.
    pub const ALL: Self = Self(127);
    /// The types that differ in their constraints, one by one.
    pub const CLASSES: [Self; 6] = [Self::NULL, Self::BOOLEAN, Self::NUMBER, Self::STRING, Self::ARRAY, Self::OBJECT];

    /// The type a keyword value names.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::NULL,
            "boolean" => Self::BOOLEAN,
            "integer" => Self::INTEGER,
            "number" => Self::NUMBER,
            // Swagger 2.0 `file` is a body part of bytes.
            "string" | "file" => Self::STRING,
            "array" => Self::ARRAY,
            "object" => Self::OBJECT,
            _ => return None,
        })
    }
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// What is in this one only.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
    /// True if nothing is in it.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
    /// True if some type is in both.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl fmt::Display for Types {
    /// `integer | null`, or `any type`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ALL {
            return f.write_str("any type");
        }
        let mut names = Vec::new();
        for (types, name) in
            [(Self::BOOLEAN, "boolean"), (Self::STRING, "string"), (Self::ARRAY, "array"), (Self::OBJECT, "object")]
        {
            if self.meets(types) {
                names.push(name);
            }
        }
        if self.meets(Self::FRACTION) {
            names.push("number");
        } else if self.meets(Self::INTEGER) {
            names.push("integer");
        }
        if self.meets(Self::NULL) {
            names.push("null");
        }
        f.write_str(&names.join(" | "))
    }
}
