//! The published schema is the one the types give, and the sample keeps it.

use preavis::render::{Format, Options, render};
use preavis::report::report_schema;

use super::sample;

/// Writes the schema where `UPDATE_SCHEMAS` is set, else says how to.
#[test]
fn the_published_schema_is_fresh() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report.schema.json");
    let fresh = report_schema();
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &fresh).expect("schemas/ can be written");
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(published == fresh, "schemas/report.schema.json is stale: run `UPDATE_SCHEMAS=1 cargo test schema`");
}

#[test]
fn every_required_field_is_there() {
    let schema: serde_json::Value = serde_json::from_str(&report_schema()).expect("the schema is JSON");
    let report = render(&sample::report(), Format::Json, &Options::default());
    let report: serde_json::Value = serde_json::from_str(&report).expect("the report is JSON");
    let required = |schema: &serde_json::Value| schema["required"].as_array().cloned().unwrap_or_default();
    for name in required(&schema) {
        assert!(report.get(name.as_str().unwrap_or_default()).is_some(), "{name}");
    }
    for name in required(&schema["$defs"]["Change"]) {
        assert!(report["apis"][0]["changes"][0].get(name.as_str().unwrap_or_default()).is_some(), "{name}");
    }
}
