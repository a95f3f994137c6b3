//! SARIF against its own schema, which the crate `serde-sarif` carries.

use std::path::PathBuf;
use std::process::Command;

use preavis::gate::show::{CheckReport, Format, Options, render};
use serde_json::Value;

use super::alike::checks;
use super::hostile;

/// The schema of SARIF 2.1.0, as OASIS publishes it.
fn schema() -> Value {
    let cargo = |args: &[&str]| {
        let output = Command::new(env!("CARGO")).args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let output = output.expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let about = cargo(&["-vV"]);
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform");
    // What other platforms need was perhaps never fetched.
    let metadata = cargo(&["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&metadata).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("a dev-dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).expect("the schema");
    let mut schema: Value = serde_json::from_str(&text).expect("JSON");
    // The pattern of a language has a bracket that ECMA-262 does not take.
    for of in ["run", "toolComponent"] {
        schema["definitions"][of]["properties"]["language"].as_object_mut().expect("a member").remove("pattern");
    }
    schema
}

fn logs() -> Vec<(CheckReport, Value)> {
    let options = Options::default();
    let reports = checks().into_iter().map(|(check, ..)| CheckReport::of(&check, &options)).chain(hostile::reports());
    let all = reports.flat_map(|report| {
        [Format::Sarif, Format::SarifGithub].map(|format| (report.clone(), render(&report, format, &options)))
    });
    all.map(|(report, text)| (report, serde_json::from_str(&text).expect("JSON"))).collect()
}

#[test]
fn every_log_follows_the_schema() {
    let validator = jsonschema::options().should_validate_formats(true).build(&schema()).expect("a schema");
    for (_, log) in logs() {
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let typed: serde_sarif::sarif::Sarif = serde_json::from_value(log).expect("a log to another reader");
        assert_eq!(typed.runs.len(), 1);
    }
    let broken = serde_json::json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert!(!validator.is_valid(&broken), "the schema refuses something");
}

#[test]
fn rules_results_and_suppressions_belong_together() {
    for (report, log) in logs() {
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        for rule in rules {
            assert!(rule["help"]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
        }
        for result in run["results"].as_array().expect("results") {
            let ix = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(rules[ix]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a file");
            assert!(!uri.starts_with('/') && !uri.contains("..") && !uri.contains(' '), "{uri}");
            assert!(place["region"]["startLine"].as_u64() >= Some(1));
            assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
            let known = report.apis.iter().flat_map(|api| &api.changes);
            let found = known.clone().find(|it| result["fingerprints"]["preavis/v1"] == it.change.fingerprint.as_str());
            let answered = found.is_some_and(preavis::gate::show::CheckedChange::is_answered);
            assert_eq!(result.get("suppressions").is_some(), answered, "{result}");
        }
    }
}
