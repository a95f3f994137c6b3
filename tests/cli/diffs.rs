//! What `diff` may be asked beside the difference: how contracts are read, for some operations alone, for whom.

use super::place::Place;

/// Two operations that share a schema, one that does not, and a webhook; the second version breaks some of each.
const OLD: &str = r##"openapi: 3.1.0
info: {title: Ferries, version: "1"}
servers: [{url: "https://ferries.example.org"}]
paths:
  /ferries:
    get:
      tags: [public]
      responses: {"200": {description: All, content: {application/json: {schema: {$ref: "#/components/schemas/ferry"}}}}}
  /ferries/{id}:
    get:
      tags: [public, single]
      responses: {"200": {description: One, content: {application/json: {schema: {$ref: "#/components/schemas/ferry"}}}}}
  /internal/crew/{name}:
    put:
      tags: [internal]
      requestBody: {content: {application/json: {schema: {type: object, properties: {born: {type: string}, rank: {type: string}}}}}}
      responses: {"204": {description: Done}}
webhooks:
  late:
    post:
      tags: [news]
      requestBody: {content: {application/json: {schema: {type: object, required: [why], properties: {why: {type: string}}}}}}
      responses: {"204": {description: Heard}}
components:
  schemas:
    ferry: {type: object, required: [name], properties: {name: {type: string}, state: {type: string, enum: [sails, waits]}}}
"##;

fn new() -> String {
    OLD.replace("required: [name], properties: {name: {type: string}, state", "properties: {state")
        .replace("enum: [sails, waits]", "enum: [sails, waits, sunk]")
        .replace("{born: {type: string}, rank: {type: string}}", "{born: {type: string, format: date}}")
        .replace("/internal/crew/{name}", "/internal/crew/{member}")
        .replace("required: [why], properties: {why: {type: string}}", "properties: {}")
        .replace("https://ferries.example.org", "https://boats.example.org")
}

fn place() -> Place {
    let place = Place::repository();
    place.write("api.yaml", OLD);
    place.release("v1");
    place.write("api.yaml", &new());
    place.release("v2");
    place
}

fn level(report: &serde_json::Value, rule: &str) -> String {
    let changes = report["apis"][0]["changes"].as_array().unwrap();
    let found = changes.iter().find(|change| change["rule"] == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {report}"))["level"].as_str().unwrap().to_owned()
}

fn rules(report: &serde_json::Value) -> Vec<String> {
    let apis = report["apis"].as_array().unwrap().iter();
    let mut out: Vec<String> = apis
        .flat_map(|api| api["changes"].as_array().unwrap())
        .map(|change| change["rule"].as_str().unwrap().to_owned())
        .collect();
    out.sort();
    out
}

#[test]
fn a_reading_raises_levels_and_is_asked_for() {
    let place = place();
    let run = |args: &str| place.run(&format!("diff v1 v2 --format json {args}")).json();
    let usual = run("");
    assert_eq!(usual, run("--readers tolerant --formats hint"));
    for (option, rule) in [
        ("--readers strict", "response-enum-value-added"),
        ("--formats assert", "request-format-added"),
        ("--servers", "server-removed"),
    ] {
        assert_ne!(level(&usual, rule), "breaking", "{rule}");
        let asked = run(option);
        assert_eq!(level(&asked, rule), "breaking", "{option}");
        assert_eq!(rules(&asked), rules(&usual));
    }
    // What the gate of the repository promises is no concern of `diff`.
    place.write("preavis.toml", "[gate]\nservers = true\nreaders = \"strict\"\nformats = \"assert\"\n");
    assert_eq!(run("")["summary"], usual["summary"]);
}

#[test]
fn only_what_reaches_an_operation_is_listed_and_counted() {
    let place = place();
    let run = |args: &str| place.run(&format!("diff v1 v2 --format json {args}")).json();
    let whole = run("");
    assert!(whole.get("filtered").is_none());
    let count = |report: &serde_json::Value| rules(report).len() as u64;
    let all = |summary: &serde_json::Value| -> u64 {
        ["breaking", "risky", "additive", "docs"].iter().map(|level| summary[level].as_u64().unwrap()).sum()
    };
    for (args, rule, without) in [
        ("--path /internal/**", "request-format-added", "response-property-removed"),
        ("--path /internal/crew/{anyone}", "request-format-added", "response-property-removed"),
        ("--path /ferries/*", "response-property-removed", "request-format-added"),
        ("--tag single", "response-property-removed", "request-format-added"),
        ("--tag internal", "request-format-added", "response-property-removed"),
        ("--path /ferries* --tag single --tag public", "response-property-removed", "request-format-added"),
        ("--tag news", "response-property-removed", "request-format-added"),
        ("--path /late", "response-property-removed", "request-format-added"),
    ] {
        let report = run(args);
        let found = rules(&report);
        assert!(found.iter().any(|one| one == rule) && !found.iter().any(|one| one == without), "{args}: {found:?}");
        assert_eq!(all(&report["summary"]), count(&report), "{args}");
        assert_eq!(all(&report["filtered"]["left_out"]) + count(&report), count(&whole), "{args}");
    }
    let both = run("--path /internal/** --path /ferries");
    assert!(count(&both) > count(&run("--path /internal/**")) && count(&both) > count(&run("--path /ferries")));
    assert_eq!(both["filtered"]["paths"], serde_json::json!(["/internal/**", "/ferries"]));
    // An operation must fit both, not one the path and another the tag.
    assert_eq!(rules(&run("--path /internal/** --tag news")), rules(&run("--path /internal/** --tag single")));
}

#[test]
fn a_part_says_that_it_is_one() {
    let place = place();
    let whole = place.run("diff v1 v2 --level docs").out;
    assert!(!whole.contains("Shown:"), "{whole}");
    for format in ["text", "markdown"] {
        let run = place.run(&format!("diff v1 v2 --path /internal/** --format {format}"));
        assert!(run.out.contains("changes, those that reach operations at "), "{run:?}");
        assert!(run.out.contains("Left out: 2 breaking changes"), "{run:?}");
        let run = place.run(&format!("diff v1 v2 --tag internal --lang fr --format {format}"));
        assert!(run.out.contains("Non retenus\u{a0}: 2 ruptures"), "{run:?}");
    }
}

#[test]
fn a_threshold_looks_at_what_is_left() {
    let place = place();
    let code = |args: &str| place.run(&format!("diff v1 v2 --quiet --fail-on breaking {args}")).code;
    assert_eq!((code(""), code("--path /ferries"), code("--path /internal/**")), (1, 1, 0));
    assert_eq!(code("--path /internal/** --formats assert"), 1);
}

#[test]
fn a_slip_of_the_pen_is_no_good_news() {
    let place = place();
    place.run("diff v1 v2 --path /ferry/**").could_not_tell(
        "error: no operation of either version fits `--path /ferry/**`\nhelp: a pattern of paths is written like \
         `/books/**`, where `*` is one segment and `**` any; a tag as in the document\n",
    );
    place.run("diff v1 v2 --tag publik").could_not_tell_of("no operation of either version fits `--tag publik`");
    place.run("diff v1 v2 --path ferries").could_not_tell_of("a path begins with `/`, as in `/books/**`");
    place.run("diff v1 v2 --path /ferries/[").could_not_tell_of("is no pattern of operations");
}

#[test]
fn what_cannot_be_read_is_never_left_out() {
    let place = place();
    place.write("api.yaml", &new().replace("  /ferries/{id}:\n    get:", "  /ferries/{id}:\n    get: 3\n    x:"));
    let run = place.run("diff v1 . --path /ferries/* --format json --keep-going");
    assert!(rules(&run.json()).contains(&"operation-unknown".to_owned()), "{run:?}");
}

const PARTNERS: [(&str, &str); 2] = [
    ("hall", "[[uses]]\nop = \"GET /ferries\"\nreads = [\"name\"]\n"),
    ("mill", "[[uses]]\nop = \"PUT /internal/crew/{name}\"\nparams = []\n"),
];

fn with_partners(config: &str) -> Place {
    let place = place();
    place.write("preavis.toml", config);
    for (slug, uses) in PARTNERS {
        place.write(&format!("preavis/partners/{slug}.toml"), &format!("slug = \"{slug}\"\n{uses}"));
    }
    place
}

fn touches(report: &serde_json::Value, rule: &str) -> serde_json::Value {
    let changes = report["apis"][0]["changes"].as_array().unwrap();
    changes.iter().find(|change| change["rule"] == rule && change["operations_total"] != 0).unwrap()["touches"].clone()
}

#[test]
fn each_change_says_whom_it_touches_as_the_policy_allows() {
    let of = |config: &str| with_partners(config).run("diff v1 v2 --partners --format json").json();
    let counted = of("");
    let nothing = serde_json::Value::Null;
    let expected = |partners: &serde_json::Value, count: &serde_json::Value, public: bool| serde_json::json!({"partners": partners, "count": count, "public": public});
    assert_eq!(touches(&counted, "request-format-added"), expected(&nothing, &1.into(), true));
    let named = of("[gate]\npartners_in_public = \"names\"\ncallers = \"known\"\n");
    let mill = serde_json::json!(["mill"]);
    assert_eq!(touches(&named, "request-format-added"), expected(&mill, &1.into(), false));
    let unsaid = of("[gate]\npartners_in_public = \"none\"\n");
    assert_eq!(touches(&unsaid, "request-format-added"), expected(&nothing, &nothing, true));
    let plain = with_partners("").run("diff v1 v2 --format json").json();
    assert!(plain["apis"][0]["changes"].as_array().unwrap().iter().all(|change| change.get("touches").is_none()));
}

#[test]
fn text_and_markdown_say_whom_it_touches_in_both_languages() {
    let place = with_partners("[gate]\ncallers = \"known\"\n");
    for format in ["text", "markdown"] {
        let run =
            |lang: &str| place.run(&format!("diff v1 v2 --partners --level docs --format {format} --lang {lang}"));
        let (en, fr) = (run("en"), run("fr"));
        assert!(en.out.contains("Touches: 1 partner") && en.out.contains("Touches: nobody"), "{en:?}");
        assert!(
            fr.out.contains("Concerne\u{a0}: 1 partenaire") && fr.out.contains("Concerne\u{a0}: personne"),
            "{fr:?}"
        );
    }
}

#[test]
fn without_partner_files_it_says_so() {
    let run = place().run("diff v1 v2 --partners --level risky");
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.err.contains("there are no partner files in preavis/partners"), "{run:?}");
    assert!(run.out.contains("Touches: callers we do not know") && !run.out.contains("nobody"), "{run:?}");
}
