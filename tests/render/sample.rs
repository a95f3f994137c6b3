//! A report by hand: two APIs, every level, every proof.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use preavis::report::{
    ApiReport, At, Change, Coverage, Effect, Hint, Operation, Place, Problem, Proof, Report, Side, Source, Version,
    Witness,
};
use preavis::rules::Level;
use preavis::text::{Arg, Args, Lang, Spot, say};
use serde_json::json;

pub(super) fn operation(method: &str, path: &str, spot: &str) -> Operation {
    let Ok(spot) = spot.parse();
    Operation { method: method.to_owned(), path: path.to_owned(), spot }
}

fn code(text: &str) -> Arg {
    Arg::Code(text.to_owned())
}

/// A change with the fields that most samples leave alone.
pub(super) fn change(rule: &str, level: Level, fingerprint: &str, args: &[(&str, Arg)]) -> Change {
    let args: Args = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
    Change {
        fingerprint: fingerprint.to_owned(),
        former_fingerprints: BTreeMap::default(),
        rule: rule.to_owned(),
        level,
        side: Side::Response,
        effect: Effect::Widened,
        summary: say(rule, Lang::En, &args),
        at: At::default(),
        operations: Vec::new(),
        operations_total: 0,
        reach: "r1".to_owned(),
        cause: "pv1c-0000000000000000".to_owned(),
        args,
        hint: None,
        before: None,
        after: None,
        before_payload: None,
        after_payload: None,
        source: Source::default(),
        proof: Proof::Structural,
        unproven_because: None,
        witness: None,
        parts: Vec::new(),
        touches: None,
    }
}

fn place(line: u64) -> Place {
    Place { file: "swagger/v1/api.json".to_owned(), line, column: 11 }
}

fn removed() -> Change {
    Change {
        at: At {
            component: Some("rdv".to_owned()),
            path: "rdvs_users".to_owned(),
            pointer: "/components/schemas/rdv/properties/rdvs_users".to_owned(),
        },
        hint: Some(Hint {
            perhaps: true,
            renamed_to: Some("participations".to_owned()),
            renamed_from: None,
            fingerprint: "pv1-2222222222222222".to_owned(),
        }),
        before: Some(json!({"type": "array", "items": {"$ref": "#/components/schemas/rdvs_user"}})),
        before_payload: Some(json!({"rdvs_users": [{"status": "seen"}]})),
        after_payload: Some(json!({})),
        source: Source { base: Some(place(122)), head: None },
        proof: Proof::Proven,
        witness: Some(Witness {
            payload: json!({}),
            control: json!({"rdvs_users": [{"status": "seen"}]}),
            allowed_by: "head".to_owned(),
            refused_by: "base".to_owned(),
            error: "\"rdvs_users\" is a required property".to_owned(),
            reason: None,
            exchange: Some("HTTP/1.1 200 OK\nContent-Type: application/json\n\n{}".to_owned()),
            declared_only: false,
            curl: None,
        }),
        ..change(
            "response-property-removed",
            Level::Breaking,
            "pv1-4tn7h4anjef1xhj7",
            &[("property", code("rdvs_users")), ("schema", code("rdv"))],
        )
    }
}

fn enum_value() -> Change {
    let spot = Arg::Spot { path: "created_by".to_owned(), spot: Spot::ResponseBody("200".to_owned()) };
    Change {
        at: At { component: None, path: "created_by".to_owned(), pointer: "/paths/~1rdvs/get".to_owned() },
        reach: "r2".to_owned(),
        before: Some(json!(["agent", "user"])),
        after: Some(json!(["agent", "user", "prescripteur"])),
        source: Source { base: Some(place(300)), head: Some(place(310)) },
        proof: Proof::Unproven,
        unproven_because: Some("no-witness".to_owned()),
        ..change(
            "response-enum-value-added",
            Level::Risky,
            "pv1-1111111111111111",
            &[("value", code("prescripteur")), ("place", spot)],
        )
    }
}

fn added() -> Change {
    Change {
        at: At { component: Some("rdv".to_owned()), path: "participations".to_owned(), pointer: String::new() },
        hint: Some(Hint {
            perhaps: true,
            renamed_to: None,
            renamed_from: Some("rdvs_users".to_owned()),
            fingerprint: "pv1-4tn7h4anjef1xhj7".to_owned(),
        }),
        after: Some(json!({"type": "array"})),
        source: Source { base: None, head: Some(place(122)) },
        ..change(
            "response-property-added",
            Level::Additive,
            "pv1-2222222222222222",
            &[("property", code("participations")), ("schema", code("rdv"))],
        )
    }
}

pub(super) fn described(before: &str, after: &str) -> Change {
    Change {
        side: Side::Operation,
        effect: Effect::None,
        at: At { component: Some("rdv".to_owned()), path: "status".to_owned(), pointer: String::new() },
        before: Some(json!({"description": before})),
        after: Some(json!({"description": after})),
        source: Source { base: Some(place(12)), head: Some(place(13)) },
        ..change("description-edited", Level::Docs, "pv1-3333333333333333", &[("place", code("rdv.status"))])
    }
}

fn operation_removed() -> Change {
    Change {
        side: Side::Operation,
        reach: "r1".to_owned(),
        operations: vec![operation("GET", "/api/visioplainte/rdvs", "operation")],
        operations_total: 1,
        before: Some(json!({"summary": "Lister les rendez-vous", "responses": {"200": {"…": "2 members"}}})),
        source: Source { base: Some(place(40)), head: None },
        ..change(
            "operation-removed",
            Level::Breaking,
            "pv1-4444444444444444",
            &[("operation", code("GET /api/visioplainte/rdvs"))],
        )
    }
}

pub(super) fn api(id: &str, title: &str, mut changes: Vec<Change>, reaches: Vec<Vec<Operation>>) -> ApiReport {
    let reaches: IndexMap<_, _> =
        reaches.into_iter().enumerate().map(|(ix, set)| (format!("r{}", ix + 1), set)).collect();
    for change in &mut changes {
        let set = &reaches[&change.reach];
        change.operations = set.iter().take(20).cloned().collect();
        change.operations_total = set.len() as u64;
    }
    ApiReport {
        id: id.to_owned(),
        then_id: None,
        path: format!("swagger/{id}/api.json"),
        title: title.to_owned(),
        format: "openapi 3.0.1".to_owned(),
        coverage: Coverage { operations: 26, responses_without_schema: 3, unresolved_refs: 0 },
        problems: Vec::new(),
        changes,
        reaches,
    }
}

pub(super) fn versions() -> [Version; 2] {
    let version = |label: &str, commit: &str, date: &str| Version {
        label: label.to_owned(),
        commit: Some(commit.to_owned()),
        date: Some(date.to_owned()),
    };
    [
        version("production", "34139bb8b0d14aa0a6f0000000000000000000aa", "2023-02-13"),
        version("HEAD", "9330d08fa0d14aa0a6f0000000000000000000bb", "2024-05-14"),
    ]
}

/// The report every golden shows.
pub(super) fn report() -> Report {
    let wide = (0..12)
        .map(|n| operation("GET", &format!("/api/v1/organisations/{{organisation_id}}/r{n}"), "response 200 body"));
    let one = vec![operation("GET", "/api/v1/rdvs", "response 200 body")];
    let edited = described("Le statut du rendez-vous, tel quel.", "Le statut actuel du rendez-vous.");
    let more = Change {
        fingerprint: "pv1-5555555555555555".to_owned(),
        former_fingerprints: BTreeMap::default(),
        before: None,
        before_payload: None,
        after_payload: None,
        hint: None,
        ..removed()
    };
    let changes = vec![removed(), more, enum_value(), added(), edited];
    let mut first = api("v1", "API RDV", changes, vec![wide.collect(), one]);
    first.problems.push(Problem {
        file: "swagger/v1/api.json".to_owned(),
        line: 7,
        column: 3,
        message: "`nullable` is no boolean".to_owned(),
    });
    let second = api(
        "visioplainte",
        "",
        vec![operation_removed()],
        vec![vec![operation("GET", "/api/visioplainte/rdvs", "operation")]],
    );
    let [base, head] = versions();
    Report::new(base, head, vec![first, second])
}
