//! Logs into aggregates.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{line, log, place};
use crate::cli::place::{Place, Run};

fn rows(place: &Place) -> Vec<String> {
    let text = place.read("preavis/usage.json");
    let usage: serde_json::Value = serde_json::from_str(&text).unwrap();
    let row = |row: &serde_json::Value| {
        format!(
            "{} {} {} {}/{} {} {}",
            row["day"].as_str().unwrap(),
            row["partner"].as_str().unwrap_or("-"),
            row["operation"].as_str().unwrap(),
            row["count"],
            row["attempts"],
            row["params"],
            row["unknown_params"]
        )
    };
    usage["rows"].as_array().unwrap().iter().map(row).collect()
}

const EXPECTED: [&str; 7] = [
    "2024-07-01 hall POST /books/{}/loans 2/0 null null",
    "2024-07-01 hall GET /books 2/0 {\"ids[]\":1,\"page\":2} {\"{}\":1}",
    "2024-07-01 school GET /books 1/0 null null",
    "2024-07-02 hall POST /books/{}/loans 1/0 null null",
    "2024-07-02 hall PATCH /books/{id} 1/1 null null",
    "2024-07-03 school POST /books/{}/loans 1/0 null null",
    "",
];

fn expected() -> Vec<&'static str> {
    EXPECTED.into_iter().filter(|row| !row.is_empty()).collect()
}

fn imported(place: &Place, args: &str, stdin: &str) -> Run {
    let run = place.run_with(args, &[], stdin);
    assert_eq!(run.code, 0, "{run:?}");
    run
}

#[test]
fn requests_become_operations_days_and_counts() {
    let place = place();
    place.write("access.log", &log());
    let run = imported(&place, "usage import access.log", "");
    assert_eq!(rows(&place), expected());
    for part in [
        "13 requests read",
        "Logs cover 3 days from 1 July 2024 to 3 July 2024.",
        "7 requests outside the contract",
        "3 requests outside the contract not listed",
        "1 request ignored",
        "POST /books/{}/loans  The hall",
    ] {
        assert!(run.out.contains(part) || part.starts_with("POST"), "{part}: {}", run.out);
    }
    assert!(run.out.contains("POST /books/{}/loans  hall") && run.out.contains("other names 1"), "{}", run.out);
    let said = imported(&place, "usage import access.log --lang fr --dry-run", "").out;
    assert!(
        said.contains("Appelé, mais hors contrat")
            && said.contains("13 requêtes lues")
            && said.contains("autres noms 1"),
        "{said}"
    );
}

#[test]
fn importing_again_changes_nothing_and_other_days_are_added() {
    let place = place();
    place.write("access.log", &log());
    imported(&place, "usage import access.log", "");
    let once = place.read("preavis/usage.json");
    imported(&place, "usage import -", &log());
    assert_eq!(place.read("preavis/usage.json"), once);
    imported(&place, "usage import -", &line(3, "ada@hall.example", "GET /books", 200, "x"));
    assert_eq!(rows(&place).len(), expected().len() + 1);
    let all = place.read("preavis/usage.json");
    imported(&place, "usage import -", &line(1, "ada@hall.example", "GET /books", 200, "x"));
    assert_eq!(place.read("preavis/usage.json"), all);
    imported(&place, "usage import - --replace", &line(1, "ada@hall.example", "GET /books", 200, "x"));
    assert_eq!(rows(&place)[0], "2024-07-01 hall GET /books 1/0 null null");
    assert_eq!(rows(&place).len(), expected().len() - 1);
    imported(&place, "usage import - --source edge --partner school", &line(1, "-", "GET /books", 200, "x"));
    assert!(rows(&place).contains(&"2024-07-01 school GET /books 1/0 null null".to_owned()));
}

/// What may have been somebody's is no proof that it was not.
#[test]
fn requests_of_several_partners_are_marked_for_each() {
    let place = place();
    place.write("preavis/partners/other.toml", "slug = \"other\"\n[match]\nuser_agent = [\"School\"]\n");
    let run = imported(&place, "usage import -", &line(1, "-", "GET /books?page=1", 200, "School/2"));
    assert!(run.out.contains("1 request that several partners may have sent"), "{run:?}");
    let text = place.read("preavis/usage.json");
    for partner in ["other", "school"] {
        let row = format!(
            "\"operation\":\"GET /books\",\"partner\":\"{partner}\",\"count\":0,\"attempts\":0,\"ambiguous\":1}}"
        );
        assert!(text.contains(&row), "{text}");
    }
}

#[test]
fn archives_and_several_files_are_one_import() {
    let place = place();
    let text = log();
    let (first, second) = text.split_at(text.find("203.0.113.7 - bob").unwrap());
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(first.as_bytes()).unwrap();
    std::fs::write(place.path().join("old.log"), encoder.finish().unwrap()).unwrap();
    imported(&place, "usage import old.log - --out counts.json", second);
    let counts = place.read("counts.json");
    imported(&place, "usage import - --out whole.json", &text);
    assert_eq!(counts, place.read("whole.json"));
    assert!(!place.path().join("preavis/usage.json").exists());
}

#[test]
fn formats_of_ones_own() {
    let place = place();
    let json =
        "{\"verb\":\"get\",\"url\":\"/books?page=1\",\"at\":\"2024-07-01T08:00:00Z\",\"who\":\"ada@hall.example\"}\n";
    imported(&place, "usage import - --map method=/verb,path=/url,time=/at,client=/who", json);
    assert_eq!(rows(&place), ["2024-07-01 hall GET /books 1/0 {\"page\":1} null"]);
    let nginx = "[2024-07-01T08:00:00Z]|GET|/books?page=1|200";
    imported(&place, "usage import - --log-format [$time_iso8601]|$request_method|$request_uri|$status", nginx);
    place.run("usage import x.log --log-format $status").could_not_tell(
        "error: `--log-format` has no `$request`\nhelp: it needs `$request` (or `$request_method` and `$request_uri`) and \
         `$time_local`, `$time_iso8601` or `$msec`\n",
    );
}

#[test]
fn bad_lines_are_counted_and_placed() {
    let place = place();
    let good = line(1, "-", "GET /books", 200, "x");
    let no_such_hour = good.replacen(":10:", ":55:", 1);
    assert_ne!(good, no_such_hour);
    let text = format!("{good}secret\n{}\n{no_such_hour}", "x".repeat(2 << 20));
    let run = imported(&place, "usage import -", &text);
    assert_eq!(
        run.err,
        "warning: standard input:2: the line does not have the form of the format\n\
         warning: standard input:3: the line is longer than 1 MiB\n\
         warning: standard input:4: the time of the line cannot be read\n"
    );
    assert!(run.out.contains("3 lines that cannot be read"), "{run:?}");
    assert_eq!(rows(&place).len(), 1);
    place.run_with("usage import -", &[], "secret\n").could_not_tell(
        "error: no line of the logs can be read, the first of 1: standard input:1: the line does not have the form of the \
         format\nhelp: name the form of the lines with `--format` or `--log-format`\n",
    );
}

#[test]
fn what_cannot_be_read_writes_nothing() {
    let place = place();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(log().repeat(200).as_bytes()).unwrap();
    let bytes = encoder.finish().unwrap();
    std::fs::write(place.path().join("cut.gz"), &bytes[..bytes.len() - 30]).unwrap();
    for args in ["usage import cut.gz", "usage import nowhere.log", "usage import - --partner nobody"] {
        let run = place.run_with(args, &[], "");
        assert!(run.code == 2 && run.out.is_empty() && run.err.starts_with("error: "), "{run:?}");
        assert!(!place.path().join("preavis/usage.json").exists());
    }
    place.write("preavis/usage.json", "{}");
    let run = place.run_with("usage import -", &[], &log());
    assert!(run.code == 2 && run.err.starts_with("error: preavis/usage.json:1:2: missing field"), "{run:?}");
    assert_eq!(place.read("preavis/usage.json"), "{}");
}
