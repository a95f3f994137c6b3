//! The JSON Schemas (draft 2020-12) of public formats, as `schemas/` holds them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

/// The schema of what is read; ends with a line break.
#[cfg(feature = "internals")]
pub(crate) fn of_input<T: JsonSchema>() -> String {
    generated::<T>(SchemaSettings::draft2020_12())
}

/// The schema of what is written, where fields that may be null are there all the same; ends with a line break.
pub(crate) fn of_output<T: JsonSchema>() -> String {
    generated::<T>(SchemaSettings::draft2020_12().for_serialize())
}

fn generated<T: JsonSchema>(settings: SchemaSettings) -> String {
    let schema = settings.into_generator().into_root_schema_for::<T>();
    let mut out = serde_json::to_string_pretty(&schema).unwrap_or_default();
    out.push('\n');
    out
}
