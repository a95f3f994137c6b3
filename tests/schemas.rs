//! The published JSON Schemas are those the types give.

use std::path::Path;

/// Every public format, by the name of its file in `schemas/`.
fn published() -> Vec<(&'static str, String)> {
    vec![
        ("acceptance", preavis::gate::acceptance_schema()),
        ("check", preavis::gate::show::check_schema()),
        ("config", preavis::config::config_schema()),
        ("embed", preavis::publish::site::embedded_schema()),
        ("notice", preavis::notice::front_schema()),
        ("notice-context", preavis::notice::message::context_schema()),
        ("partner", preavis::audience::partner_schema()),
        ("notices", preavis::publish::site::published_schema()),
        ("recipients", preavis::notice::message::recipients_schema()),
        ("releases", preavis::publish::site::releases_schema()),
        ("site", preavis::publish::site::directory_schema()),
        ("report", preavis::report::report_schema()),
        ("usage", preavis::audience::usage_schema()),
        ("usage-import", preavis::render::usage::imported_schema()),
        ("usage-scan", preavis::render::usage::scanned_schema()),
        ("usage-show", preavis::audience::overview_schema()),
    ]
}

/// Writes the schemas where `UPDATE_SCHEMAS` is set, else says how to.
#[test]
fn the_published_schemas_are_fresh() {
    for (name, fresh) in published() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(format!("{name}.schema.json"));
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &fresh).expect("schemas/ can be written");
        }
        let stored = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(stored == fresh, "{name}.schema.json is stale: run `UPDATE_SCHEMAS=1 cargo test schemas`");
        assert!(jsonschema::validator_for(&serde_json::from_str(&fresh).expect("JSON")).is_ok(), "{name}");
    }
}
