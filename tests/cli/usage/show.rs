//! Who uses what.

use super::{log, place};
use crate::cli::place::Place;

#[test]
fn declared_and_observed_stand_in_one_table() {
    let place = place();
    place.write("access.log", &log());
    place.run("usage import access.log");
    let run = place.run("usage show");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let said: Vec<String> = run.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for part in [
        "Logs cover 3 days from 1 July 2024 to 3 July 2024.",
        "The hall (hall)",
        "4 operations, 2 matched, 2 undocumented",
        "GET /books api declared, observed 2 2024-07-01 ids[] 1, page 2, other names 1 (not in the contract), → [].title, → [].isbn \
         (not in the contract)",
        "PATCH /books/{id} api observed 1 (1 failed) 2024-07-02",
        "DELETE /books/{book} not in the contract declared",
        "POST /books/{}/loans not in the contract observed 3 2024-07-02",
        "Receives by webhook: `book`",
        "school",
    ] {
        assert!(said.iter().any(|line| line == part), "{part}\n{}", said.join("\n"));
    }
    let json = place.run("usage show --partner school --format json").json();
    assert_eq!(json["partners"].as_array().unwrap().len(), 1);
    assert_eq!(
        json["partners"][0]["operations"][0]["calls"],
        serde_json::json!({"count": 1, "attempts": 0, "last": "2024-07-01"})
    );
    let french = place.run("usage show --lang fr --format markdown").out;
    assert!(
        french.contains("## Qui utilise quoi") && french.contains("| `GET /books` | api | déclaré, relevé |"),
        "{french}"
    );
}

#[test]
fn without_partners_or_logs_it_says_so() {
    let place = Place::two_commits(super::API);
    let run = place.run("usage show");
    assert!(
        run.code == 0 && run.out.contains("everyone is taken to be concerned") && run.out.contains("No logs"),
        "{run:?}"
    );
}

#[test]
fn faulty_partner_files_could_not_tell() {
    let place = place();
    place.write("preavis/partners/town.toml", "slug = \"town\"\n[[uses]]\noperation = \"GET /books\"\n");
    place.run("usage show").could_not_tell(
        "error: preavis/partners/town.toml:3:1: unknown field `operation`, expected one of `op`, `params`, `reads`, `evidence`\n  \
           |\n\
         3 | operation = \"GET /books\"\n  \
           | ^^^^^^^^^\n",
    );
    place.write("preavis/partners/town.toml", "slug = \"hall\"\n");
    assert!(place.run("usage show").err.contains("the slug `hall` is that of preavis/partners/hall.toml"));
    place.write("preavis/partners/town.toml", "slug = \"town\"\n");
    place.run("usage show --partner nobody").could_not_tell(
        "error: no partner `nobody`\nhelp: write a file for it, or use one of the slugs that `preavis usage show` lists\n",
    );
}
