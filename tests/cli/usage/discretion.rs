//! What may be somebody's (`corpus.txt`) is not written, wherever in a request it stands, in whichever format, however
//! often it is called; routes that many use are.

use std::collections::BTreeSet;
use std::fmt::Write;

use preavis::audience::logs::{Format, Importer};
use preavis::audience::{Registry, Usage};
use preavis::contract::Contract;

use super::{API, place};
use crate::harness::contract;

const CORPUS: &str = include_str!("corpus.txt");
/// Where a text `@` stands in a request.
const TARGETS: [&str; 16] = [
    "/@/files",
    "/internal/@",
    "/internal/files/@",
    "/internal/reports/files/@/view",
    "/books/@/loans",
    "/books/7/loans/@",
    "/books/7/loans/7/@.json",
    "/books;@/loans",
    "/books?@=1",
    "/books?@",
    "/books?page=1&@=@",
    "/books?filter[@]=1",
    "/books?page=@;@=1",
    "/internal/search?@=1",
    "https://@.example/internal/view#@",
    "//@/internal/view",
];
/// The words of those requests that are nobody's; the last are names before a `=` in a text.
const ALLOWED: [&str; 15] = [
    "books",
    "{id}",
    "{}",
    "files",
    "internal",
    "reports",
    "view",
    "loans",
    "search",
    "filter",
    "page",
    "ids[]",
    "title",
    "patient",
    "jsessionid",
];
const AGENTS: [&str; 4] = ["Hall/1", "School/2", "curl/8", "python-requests/2"];

/// The texts of a kind of the corpus.
fn texts(kind: &str) -> Vec<String> {
    let parts = CORPUS.split("\n[").skip(1).filter_map(|part| part.split_once('\n'));
    let lines = parts.filter(|(head, _)| head.starts_with(kind)).flat_map(|(_, lines)| lines.lines());
    lines.filter(|line| !line.is_empty()).map(|line| line.replace('~', "")).collect()
}

/// Every byte percent-encoded.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "%{byte:02X}");
        out
    })
}

/// A way to write a request: a format, and its line of a target, a text that stands elsewhere too, a day and an agent.
type Form = (&'static str, Option<&'static str>, fn(&str, &str, usize, &str) -> String);

const FORMS: [Form; 3] = [
    ("combined", None, |target, text, day, agent| {
        let quoted = |text: &str| text.replace('\\', "\\x5C").replace('"', "\\x22");
        let (target, text) = (quoted(target), quoted(text));
        let client = text.replace(' ', "");
        format!(
            "203.0.113.7 - {client} [{day:02}/Jul/2024:10:00:00 +0000] \"GET {target} HTTP/1.1\" 200 9 \"{text}\" \"{agent} ({text})\""
        )
    }),
    (
        "jsonl",
        Some("method=/verb,path=/url,time=/at,client=/who,params=/sent,header.x-key=/key"),
        |target, text, day, agent| {
            let mut line = serde_json::json!({
                "verb": "get", "url": target, "at": format!("2024-07-{day:02}T10:00:00Z"), "who": text, "key": text,
                "user_agent": format!("{agent} ({text})"), "sent": {}
            });
            line["sent"][text] = text.into();
            line.to_string()
        },
    ),
    ("rails-lograge", None, |target, text, day, agent| {
        let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let (target, text) = (quoted(target), quoted(text));
        format!(
            "I, [2024-07-{day:02}T10:00:00.1 #7] INFO -- : method=GET path=\"{target}\" status=200 user=\"{text}\" user_agent=\"{agent} ({text})\""
        )
    }),
];

/// The requests of a text: each target by some agents on some days.
fn lines(form: &Form, text: &str, variant: &str, agents: usize, days: usize) -> Vec<String> {
    let targets = TARGETS.iter().map(|target| target.replace('@', variant));
    let calls = (0..agents).flat_map(|agent| (1..=days).map(move |day| (AGENTS[agent], day)));
    let calls: Vec<(&str, usize)> = calls.collect();
    targets.flat_map(|target| calls.iter().map(move |(agent, day)| form.2(&target, text, *day, agent))).collect()
}

fn registry() -> Registry {
    let partner = |slug: &str, agent: &str| format!("slug = \"{slug}\"\n[match]\nuser_agent = [\"^{agent}/\"]\n");
    Registry::parse([("a", partner("hall", "Hall").as_str()), ("b", &partner("school", "School"))]).unwrap()
}

fn imported(api: &Contract, registry: &Registry, form: &Form, lines: &[String]) -> Usage {
    let format = Format::named(form.0, form.1).unwrap().unwrap();
    let mut importer = Importer::new(registry, &[("a", api)], None);
    let requests = lines.iter().filter_map(|line| format.read(line.as_bytes()).ok().flatten());
    requests.for_each(|request| importer.add(&request).unwrap());
    importer.finish("logs").0
}

/// The words of paths and the names that an import keeps.
fn kept(usage: &Usage) -> BTreeSet<String> {
    let rows = usage.rows.iter();
    rows.flat_map(|row| {
        let (method, path) = row.operation.split_once(' ').unwrap();
        assert!(method == "GET" && row.params.keys().all(|name| ALLOWED.contains(&name.as_str())), "{row:?}");
        let words = path.split('/').filter(|word| !word.is_empty());
        words.chain(row.unknown_params.keys().map(String::as_str)).map(str::to_owned).collect::<Vec<_>>()
    })
    .collect()
}

/// The words kept of texts that are nobody's to keep.
fn leaked(usage: &Usage) -> Vec<String> {
    kept(usage).into_iter().filter(|word| !ALLOWED.contains(&word.as_str())).collect()
}

#[test]
fn the_corpus_is_as_large_as_it_is_said_to_be() {
    assert!(texts("recognised").len() >= 150 && texts("plain").len() >= 30);
}

/// One call, and several callers on several days; as it is, encoded, and encoded twice.
#[test]
fn what_is_recognised_is_never_kept() {
    let (api, registry) = (contract(API), registry());
    let mut wrong = Vec::new();
    for text in texts("recognised") {
        let (once, twice) = (encoded(&text), encoded(&encoded(&text)));
        for (form, variant, agents, days) in [
            (&FORMS[0], &text, 1, 1),
            (&FORMS[1], &once, 1, 1),
            (&FORMS[0], &text, 4, 3),
            (&FORMS[1], &once, 4, 3),
            (&FORMS[2], &twice, 4, 3),
        ] {
            let leaked = leaked(&imported(&api, &registry, form, &lines(form, &text, variant, agents, days)));
            if !leaked.is_empty() {
                wrong.push(format!("{text} as {variant} in {}: {leaked:?}", form.0));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A word that looks like any other is not kept where few callers use it, or on few days, or beside many others.
#[test]
fn plain_words_are_kept_only_where_they_are_words_of_routes() {
    let (api, registry) = (contract(API), registry());
    for form in &FORMS {
        let mut all = Vec::new();
        for text in texts("plain") {
            for variant in [text.clone(), encoded(&text)] {
                for (agents, days) in [(1, 1), (1, 5), (4, 1), (4, 2)] {
                    let leaked = leaked(&imported(&api, &registry, form, &lines(form, &text, &variant, agents, days)));
                    assert!(leaked.is_empty(), "{text} of {agents} on {days} days in {}: {leaked:?}", form.0);
                }
            }
            all.extend(lines(form, &text, &text, 4, 3));
        }
        let leaked = leaked(&imported(&api, &registry, form, &all));
        assert!(leaked.is_empty(), "{}: {leaked:?}", form.0);
    }
}

/// Routes and names that several callers use on several days are told; what stands in them is not.
#[test]
fn routes_and_names_of_several_are_told() {
    let (api, registry) = (contract(API), registry());
    let form = &FORMS[0];
    let mut lines = Vec::new();
    for (ix, agent) in AGENTS.iter().enumerate() {
        for day in 1..=3 {
            for target in [
                "/internal/health".to_owned(),
                format!("/api/v2/users/{}/avatar", 100 * ix + day),
                format!("/api/v2/people/{}/avatar?per=5", ["jean-dupont", "ada", "zoé"][day - 1]),
                format!("/books?per=5&updated_since=2024&jean_{}=1", ["dupont", "durand", "martin"][day - 1]),
                format!("/books/{ix}/loans/{day}"),
            ] {
                lines.push((form.2)(&target, "x", day, agent));
            }
        }
    }
    let usage = imported(&api, &registry, form, &lines);
    let operations: BTreeSet<&str> = usage.rows.iter().map(|row| row.operation.as_str()).collect();
    let said = [
        "GET /api/v2/people/{}/avatar",
        "GET /api/v2/users/{}/avatar",
        "GET /books",
        "GET /books/{}/loans/{}",
        "GET /internal/health",
    ];
    assert_eq!(operations, said.into_iter().collect());
    let names: BTreeSet<&str> =
        usage.rows.iter().flat_map(|row| row.unknown_params.keys()).map(String::as_str).collect();
    assert_eq!(names, ["per", "updated_since", "{}"].into_iter().collect());
    // A monitor that nobody else joins, however often it calls, tells no word.
    lines.retain(|line| line.contains("curl"));
    assert!(kept(&imported(&api, &registry, form, &lines)).iter().all(|word| ["{}", "books"].contains(&word.as_str())));
}

/// However many different words are called: few rows, and none of the words.
#[test]
fn a_flood_of_words_leaves_nothing() {
    let (api, registry) = (contract(API), registry());
    let format = Format::named("combined", None).unwrap().unwrap();
    let mut importer = Importer::new(&registry, &[("a", &api)], None);
    let word = |mut ix: usize| -> String {
        let mut out = String::from("ma");
        while ix > 0 {
            out.push_str(["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru"][ix % 10]);
            ix /= 10;
        }
        out
    };
    for ix in 0..30_000 {
        let target = ["/@", "/internal/@/@/@/@", "/books?@=1", "/books/1/@?@=2"][ix % 4].replace('@', &word(ix));
        let line = (FORMS[0].2)(&target, "x", 1 + ix % 28, AGENTS[ix / 7 % 4]);
        importer.add(&format.read(line.as_bytes()).unwrap().unwrap()).unwrap();
    }
    let (usage, _) = importer.finish("logs");
    assert!(usage.rows.len() < 1_000, "{}", usage.rows.len());
    assert!(leaked(&usage).is_empty(), "{:?}", leaked(&usage));
}

/// The program says no more than it writes: on standard output and error, in every format, and when it shows the file.
#[test]
fn nothing_is_printed_of_the_corpus() {
    let place = place();
    let texts: Vec<String> = texts("recognised").into_iter().chain(texts("plain")).collect();
    for form in &FORMS {
        let mut log: Vec<String> = texts.iter().flat_map(|text| lines(form, text, &encoded(text), 2, 1)).collect();
        log.extend(texts.iter().map(|text| format!("{text} is no line")));
        let how = form.1.map_or_else(|| format!("--format {}", form.0), |map| format!("--map {map}"));
        let mut said = String::new();
        for report in ["text", "markdown", "json"] {
            let run = place.run_with(&format!("usage import - {how} --report {report}"), &[], &log.join("\n"));
            assert_eq!(run.code, 0, "{run:?}");
            let show = place.run(&format!("usage show --format {report}"));
            said.push_str(&[run.out, run.err, show.out, show.err, place.read("preavis/usage.json")].concat());
        }
        let bad = place.run_with(&format!("usage import - {how}"), &[], "jean-dupont, ghp_abcdefghijklmnop\n");
        assert!(bad.code == 2 && bad.err.contains("no line of the logs can be read"), "{bad:?}");
        said.push_str(&bad.err);
        for text in texts.iter().filter(|text| text.len() > 3) {
            assert!(!said.contains(text.as_str()), "{text}");
            let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() > 4);
            parts
                .filter(|part| !["books", "example"].contains(part))
                .for_each(|part| assert!(!said.contains(part), "{part}"));
        }
    }
}

/// What another version wrote is cleaned at the next import, and its calls stay.
#[test]
fn a_file_of_before_is_cleaned() {
    let place = place();
    let row = |day: u8, operation: &str, names: &str| {
        format!(
            "{{\"day\":\"2024-06-0{day}\",\"source\":\"logs\",\"api\":null,\"operation\":\"{operation}\",\"partner\":\"hall\",\
             \"count\":3,\"attempts\":0,\"unknown_params\":{{{names}}}}}"
        )
    };
    let rows = [
        row(1, "GET /patients/jean-dupont", ""),
        row(1, "GET /patients/AKIA8471", ""),
        row(1, "GET /internal/health", "\"jean_dupont\":2,\"per\":3"),
        row(1, "GET /", ""),
    ];
    place.write("preavis/usage.json", &format!("{{\"version\":1,\"covered\":[],\"rows\":[{}]}}", rows.join(",")));
    let shown = place.run("usage show").out;
    assert!(shown.contains("GET /patients/{}") && !shown.contains("dupont") && !shown.contains("AKIA"), "{shown}");
    let run = place.run_with("usage import -", &[], &super::line(1, "-", "GET /books", 200, "x"));
    assert_eq!(run.code, 0, "{run:?}");
    let text = place.read("preavis/usage.json");
    assert!(!text.contains("dupont") && !text.contains("AKIA"), "{text}");
    assert!(text.contains("\"operation\":\"GET /patients/{}\",\"partner\":\"hall\",\"count\":6"), "{text}");
    assert!(text.contains("GET /internal/health") && text.contains("{\"per\":3,\"{}\":2}"), "{text}");
    assert!(text.contains("\"operation\":\"GET /\""), "{text}");
}
