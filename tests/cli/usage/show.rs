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

#[test]
fn a_name_of_any_length_widens_no_other_row() {
    let place = place();
    let long = vec!["a"; 40_000].join(".");
    let more = (0..200).map(|n| format!("[[uses]]\nop = \"GET /more/{n}\"\n")).collect::<Vec<_>>().concat();
    place.write(
        "preavis/partners/town.toml",
        &format!("slug = \"town\"\n[[uses]]\nop = \"GET /books\"\nreads = [\"{long}\"]\n{more}"),
    );
    let run = place.run("usage show --partner town");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(run.out.contains(&long) && run.out.len() < 2 * long.len(), "{}", run.out.len());
}

#[test]
fn expressions_that_would_fill_the_memory_are_refused_by_name_wherever_partners_are_read() {
    let place = place();
    let headers = (0..600).map(|n| format!("X-{n} = \"^.{{0,300}}{n}$\"\n")).collect::<Vec<_>>().concat();
    place.write("preavis/partners/town.toml", &format!("slug = \"town\"\n[match.headers]\n{headers}"));
    place.write("access.log", &log()).write("api.yaml", &super::API.replace("name: page", "name: pages"));
    for words in ["usage show", "usage import access.log", "notice new v1"] {
        let run = place.run(words);
        run.could_not_tell_of("preavis/partners/town.toml:");
        assert!(run.err.contains("all partners together match by too much"), "{run:?}");
        assert!(run.err.contains("use fewer expressions"), "{run:?}");
    }
}

#[test]
fn an_expression_that_is_none_is_an_error_wherever_partners_are_read() {
    let place = place();
    place.write("preavis/partners/town.toml", "slug = \"town\"\n[match]\nheaders = { X-Key = \"\\\\p{Nothing}\" }\n");
    place.write("access.log", &log()).write("api.yaml", &super::API.replace("name: page", "name: pages"));
    for words in ["usage show", "usage import access.log --dry-run", "notice new v1"] {
        place.run(words).could_not_tell_of("preavis/partners/town.toml:3:");
    }
}
