//! The sample keeps the published schema.

use preavis::render::{Format, Options, render};
use preavis::report::report_schema;

use super::sample;

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
