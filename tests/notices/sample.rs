//! One invented notice of an appointments API, its facts, its readers.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use preavis::audience::{Evidence, Reason};
use preavis::config::{Mail, Site};
use preavis::notice::message::{Addressee, Envelope, Input, Layouts, NoticeView, Variant, view};
use preavis::notice::{Notice, Standing, State};
use preavis::report::Report;
use preavis::text::Lang;
use serde_json::json;

pub(super) const TODAY: Date = date(2024, 2, 6);

const NOTICE: &str = r#"+++
id = "N2024-003"
revision = REVISION
kind = "breaking"
api = "appointments"
announced_on = 2024-02-06
effective_on = 2024-03-07
testable_on = 2024-02-06
test_url = "https://staging.appointments.example.org"
overlap_until = 2024-04-04
covers = ["pv1-0000000000000001", "pv1-0000000000000002", "pv1-0000000000000003"]
EXTRA
[[acks]]
partner = "town-hall"
on = 2024-02-20

[[acks]]
partner = "secret-ministry"
on = 2024-02-21
+++

<!-- fr -->
# `online` devient `bookable_online`

L’information « réservable en ligne » d’un motif change de nom.

## Rectificatif

L’ancien message donnait un nom faux : `bookable`.

## Si vous ne faites rien

Le champ disparaît de nos réponses, **sans message d’erreur**.

## Ce que vous devez faire

1. Lire `bookable_online`, et `online` si le premier est absent.
2. Vérifier sur la [plateforme d’essai](https://staging.appointments.example.org).

## Ce qui ne change pas

L’adresse des opérations, l’authentification et le sens de la valeur.

## Pourquoi ce changement

Un même nom désignait deux règles différentes.

## Accompagnement

Une réunion est ouverte à tous.

<!-- en -->
# `online` becomes `bookable_online`

The "can be booked online" flag of a reason is renamed.

## What was wrong

The message before gave a wrong name: `bookable`.

## If you do nothing

The field disappears from our responses, **without an error message**.

## What to do

1. Read `bookable_online`, and `online` where the first is absent.
2. Try it on the [staging site](https://staging.appointments.example.org).

## What stays

Addresses of operations, authentication, and the meaning of the value.

## Why

One name stood for two rules.

## Company

A meeting is open to all.
"#;

/// A notice of that text, with a revision and more lines of facts.
pub(super) fn notice(revision: u32, extra: &str) -> Notice {
    let text = NOTICE.replace("REVISION", &revision.to_string()).replace("EXTRA", extra);
    Notice::parse("preavis/notices/2024-02-06-online.md", &text).expect("a notice")
}

/// The same without a word of people.
pub(super) fn bare() -> Notice {
    let mut notice = notice(1, "");
    notice.prose.clear();
    notice
}

fn change(end: &str, rule: &str, level: &str, path: &str, more: &serde_json::Value) -> serde_json::Value {
    let mut change = json!({
        "fingerprint": format!("pv1-000000000000000{end}"), "rule": rule, "level": level, "side": "response",
        "effect": "widened", "summary": "", "at": {"component": "reason", "path": path, "pointer": ""},
        "operations": [], "operations_total": 1, "reach": "r1", "cause": "pv1c-0", "args": {}, "hint": null,
        "before": null, "after": null, "before_payload": null, "after_payload": null,
        "source": {"base": null, "head": null}, "proof": "structural", "witness": null,
    });
    let members = more.as_object().expect("members").clone();
    change.as_object_mut().expect("a change").extend(members);
    change
}

/// The facts of the notice: a rename seen as removal and addition, and an edited text.
pub(super) fn facts() -> Report {
    let removed = change(
        "1",
        "response-property-removed",
        "breaking",
        "online",
        &json!({
            "args": {"property": "online", "schema": "reason"},
            "hint": {"renamed_to": "bookable_online", "fingerprint": "pv1-0000000000000002"},
            "before": {"type": "boolean"},
            "before_payload": [{"id": 12, "name": "Passport", "online": true}],
            "after_payload": [{"id": 12, "name": "Passport"}],
            "proof": "proven",
            "witness": {
                "payload": [{"id": 12, "name": "Passport"}], "control": [{"id": 12, "name": "Passport", "online": true}],
                "allowed_by": "head", "refused_by": "base", "error": "\"online\" is a required property",
                "exchange": "HTTP/1.1 200 OK\nContent-Type: application/json\n\n[{\"id\":12,\"name\":\"Passport\"}]"
            }
        }),
    );
    let added = change(
        "2",
        "response-property-added",
        "additive",
        "bookable_online",
        &json!({"args": {"property": "bookable_online", "schema": "reason"}, "after": {"type": "boolean"}}),
    );
    let edited = change(
        "3",
        "description-edited",
        "docs",
        "query:per_page",
        &json!({
            "args": {"place": "per_page"}, "at": {"component": null, "path": "query:per_page", "pointer": ""},
            "before": {"description": "Reasons on a page, 20 where left out."},
            "after": {"description": "Reasons on a page, 100 where left out."}
        }),
    );
    let reach =
        json!([{"method": "GET", "path": "/organisations/{organisation_id}/reasons", "where": "response 200 body"}]);
    let report = json!({
        "version": 1,
        "base": {"label": "2024-01-11", "commit": null, "date": "2024-01-11"},
        "head": {"label": "2024-03-07", "commit": null, "date": "2024-03-07"},
        "summary": {"breaking": 1, "risky": 0, "additive": 1, "docs": 1, "unproven": 0},
        "verdict": "breaking",
        "apis": [{
            "id": "appointments", "path": "openapi.yaml", "title": "Appointments API", "format": "openapi 3.0.3",
            "coverage": {"operations": 3, "responses_without_schema": 0, "unresolved_refs": 0},
            "problems": [], "changes": [removed, added, edited], "reaches": {"r1": reach}
        }]
    });
    serde_json::from_value(report).expect("a report")
}

pub(super) fn site() -> Site {
    Site {
        url: Some("https://contract.example.org".to_owned()),
        title: Some("Contract".to_owned()),
        tag: Some("contract.example.org,2024".to_owned()),
        ..Site::default()
    }
}

pub(super) fn mail() -> Mail {
    Mail {
        name: Some("Équipe API Rendez-vous".to_owned()),
        from: Some("api-changes@contract.example.org".to_owned()),
        reply_to: Some("contact@appointments.example.org".to_owned()),
        list_id: Some("api-changes.contract.example.org".to_owned()),
        unsubscribe: Some("mailto:api-changes@contract.example.org?subject=unsubscribe".to_owned()),
    }
}

pub(super) fn partner() -> Addressee {
    Addressee { slug: "town-hall".to_owned(), name: "Mairie de Saint-Éloi".to_owned() }
}

pub(super) fn why() -> Vec<Reason> {
    let operation = || "GET /organisations/{organisation_id}/reasons".to_owned();
    let (field, param) = (|name: &str| format!("reason.{name}"), || "per_page".to_owned());
    let (declared, observed) = (Evidence::Declared, Evidence::Observed);
    let calls = |evidence, count, attempts| Reason::Calls {
        operation: operation(),
        evidence,
        count,
        attempts,
        window: 30,
        last: None,
    };
    vec![
        calls(declared, 1_240, 0),
        calls(declared, 0, 0),
        calls(observed, 0, 2),
        Reason::Reads { operation: operation(), field: field("online"), evidence: declared },
        Reason::Sends { operation: operation(), param: param(), count: 3, evidence: observed },
        Reason::Omits { operation: operation(), param: param() },
        Reason::Webhook { model: "reason".to_owned(), field: None, evidence: declared },
        Reason::Strict { operation: operation() },
        Reason::FieldUnknown { operation: operation(), field: field("name") },
        Reason::Unseen { operation: operation(), window: 12 },
        Reason::Unmatched { model: "reason".to_owned(), schema: "reason".to_owned() },
        Reason::WholeApi,
        Reason::Assumed,
        Reason::OtherApi,
        Reason::Harmless,
        Reason::NotCalled { evidence: observed, window: 40 },
        Reason::NotRead { operation: operation() },
        Reason::NotSent { operation: operation(), param: param(), evidence: declared },
        Reason::Undocumented { operations: 7 },
    ]
}

/// Each variant with the notice and the day it fits.
pub(super) fn stories() -> Vec<(Variant, Notice, Option<Standing>, Date)> {
    let standing = |state, shipped_on: Option<Date>, late_by| Standing {
        state,
        shipped_on,
        release: None,
        reverted_on: None,
        shipped: Vec::new(),
        late_by,
        early_by: None,
        despite_withdrawal: false,
    };
    let announced = || Some(standing(State::Announced, None, None));
    let shipped = |late| Some(standing(State::Shipped, Some(date(2024, 3, 7)), late));
    let emergency = "[emergency]\nreason = \"Une faille permettait de lire les rendez-vous d’autrui.\"\n\
                     incident = \"https://status.example.org/i/7\"\n";
    vec![
        (Variant::Announcement, notice(1, ""), announced(), TODAY),
        (Variant::Reminder, notice(1, ""), announced(), date(2024, 2, 29)),
        (Variant::Correction, notice(2, ""), announced(), date(2024, 2, 9)),
        (
            Variant::Postponement,
            notice(2, "postponed_from = [2024-02-28]\n").without_correction(),
            announced(),
            date(2024, 2, 12),
        ),
        (
            Variant::Cancellation,
            notice(2, "withdrawn_on = 2024-02-12\n"),
            Some(standing(State::Withdrawn, None, None)),
            date(2024, 2, 12),
        ),
        (Variant::Shipped, notice(1, ""), shipped(Some(7)), date(2024, 3, 7)),
        (Variant::Emergency, notice(1, emergency), shipped(None), date(2024, 3, 7)),
    ]
}

trait WithoutCorrection {
    fn without_correction(self) -> Self;
}

impl WithoutCorrection for Notice {
    fn without_correction(mut self) -> Self {
        for prose in &mut self.prose {
            prose.sections.retain(|section| section.part != preavis::notice::Part::Correction);
        }
        self
    }
}

/// The view of a story for the one partner.
pub(super) fn told(story: &(Variant, Notice, Option<Standing>, Date), lang: Lang) -> NoticeView {
    let (variant, notice, standing, today) = story;
    view(&Input {
        notice,
        facts: &facts(),
        standing: standing.as_ref(),
        variant: *variant,
        partner: Some(&partner()),
        why: &why(),
        lang,
        today: *today,
        site: &site(),
        mail: &mail(),
    })
}

/// The view of a notice nobody in particular reads.
pub(super) fn public(notice: &Notice, lang: Lang) -> NoticeView {
    view(&Input {
        notice,
        facts: &facts(),
        standing: None,
        variant: Variant::Announcement,
        partner: None,
        why: &[],
        lang,
        today: TODAY,
        site: &site(),
        mail: &mail(),
    })
}

pub(super) fn layouts() -> Layouts {
    Layouts::new(&std::collections::BTreeMap::new()).expect("our own templates")
}

pub(super) fn at() -> Timestamp {
    "2024-02-06T10:00:03Z".parse().expect("an instant")
}

/// The envelope of the sample's sender.
pub(super) fn envelope<'a>(mail: &'a Mail, site: &'a Site) -> Envelope<'a> {
    Envelope { to: Some("Bureau API <api@town-hall.example>"), mail, site, at: at() }
}
