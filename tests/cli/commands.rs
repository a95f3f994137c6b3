//! The commands beside `diff`: rules, init, demo.

use super::place::{BOOKS, Place, untitled};

#[test]
fn rules_are_listed_with_level_and_title() {
    let run = Place::new().run("rules");
    assert_eq!((run.code, run.out.lines().count()), (0, preavis::rules::catalogue().count()));
    let line = run.out.lines().find(|line| line.starts_with("operation-removed ")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>()[1], "breaking");
    let rules = Place::new().run("rules --format json --lang fr").json();
    assert_eq!(rules.as_array().unwrap().len(), preavis::rules::catalogue().count());
    assert_eq!(rules[0]["level"], serde_json::Value::Null);
}

#[test]
fn a_rule_has_a_page_with_its_example() {
    let run = Place::new().run("rules request-enum-value-removed");
    for part in ["request-enum-value-removed", "Example", "enum: [post, van, bike]", "After", "enum-value-removed"] {
        assert!(run.out.contains(part), "{part}: {run:?}");
    }
    let page = Place::new().run("rules request-enum-value-removed --format json").json();
    assert_eq!((&page["side"], &page["change"]), (&"request".into(), &"enum-value-removed".into()));
    assert!(page["example"]["before"].as_str().unwrap().contains("van"));
    assert!(Place::new().run("rules api-added --lang fr").out.contains("Exemple"));
}

#[test]
fn an_unknown_rule_could_not_tell() {
    Place::new().run("rules operation-remove").could_not_tell(
        "error: unknown rule `operation-remove`\n\
         help: did you mean `operation-removed`? `preavis rules` lists them all\n",
    );
}

#[test]
fn a_faulty_configuration_does_not_hide_the_rules() {
    let place = Place::two_commits(&untitled());
    place.write("preavis.toml", "nonsense");
    assert_eq!(place.run("rules").code, 0);
}

#[test]
fn init_writes_the_ids_that_diff_uses_and_never_overwrites() {
    let place = Place::repository();
    place.write("swagger/v1/api.yaml", BOOKS);
    place.release("v1");
    let run = place.run("init");
    assert_eq!(run.code, 0, "{run:?}");
    let files = [
        "preavis.toml",
        ".github/workflows/preavis.yml",
        ".github/workflows/preavis-post.yml",
        ".github/workflows/preavis-recheck.yml",
    ];
    let said = |verb: &str| files.map(|file| format!("{verb} {file}\n")).concat();
    assert!(run.out.starts_with(&format!("{}\n- Nothing shows on which forge", said("wrote"))), "{}", run.out);
    assert!(place.read("preavis.toml").contains("id = \"swagger-v1-api\"  # Books\npath = \"swagger/v1/api.yaml\"\n"));
    assert!(place.read(".github/workflows/preavis.yml").contains("fetch-depth: 0"));
    assert_eq!(place.run("diff --format json").json()["apis"][0]["id"], "swagger-v1-api");
    place.write("preavis.toml", "lang = \"fr\"\n");
    assert!(place.run("init --lang en").out.starts_with(&said("kept ")));
    assert_eq!(place.read("preavis.toml"), "lang = \"fr\"\n");
    let run = Place::repository().run("init");
    assert!(run.code == 2 && run.err.contains("`--spec PATH`"), "{run:?}");
}

#[test]
fn init_fills_in_what_the_repository_shows() {
    let place = Place::repository();
    place.write("api/carnet.yaml", &BOOKS.replace("All books", "La liste des livres pour les usagers"));
    place.release("v1");
    place.git(&["branch", "prod"]);
    place.write("api/carnet.yaml", &BOOKS.replace("All books", "La liste des livres et des revues"));
    place.release("v2");
    let run = place.run("init --ci none --lang fr");
    assert_eq!((run.code, run.out.lines().next()), (0, Some("écrit    preavis.toml")), "{run:?}");
    // Production has another version: the way to begin is told.
    assert!(run.out.contains("preavis accept --all --release --reason"), "{run:?}");
    let written = place.read("preavis.toml");
    for line in ["lang = \"fr\"\n", "production = \"prod\"\n", "time_zone = \"Europe/Paris\"\n", "#next = "] {
        assert!(written.contains(&format!("\n{line}")), "{line}: {written}");
    }
    assert_eq!(place.run("diff v1 v2").code, 0);

    // In a repository with a server, a branch that only this clone has is none.
    let place = Place::two_commits(&untitled());
    place.git(&["branch", "production"]);
    place.git(&["remote", "add", "origin", "git@gitlab.example.org:team/api.git"]);
    let run = place.run("init");
    assert!(run.out.contains("wrote .gitlab/preavis.yml\n") && !run.out.contains("accept --all"), "{run:?}");
    let written = place.read("preavis.toml");
    assert!(
        written.contains("\n#production = ") && written.contains("\n#lang = ") && written.contains("\n#time_zone = ")
    );
    place.git(&["update-ref", "refs/remotes/origin/production", "v1"]);
    std::fs::remove_file(place.path().join("preavis.toml")).unwrap();
    assert!(place.run("init").out.contains("accept --all"));
    assert!(place.read("preavis.toml").contains("\nproduction = \"origin/production\"\n"));
}

#[test]
fn init_writes_for_the_forge_that_is_there() {
    for (origin, there, args, wanted) in [
        (
            "https://github.com/o/r.git",
            "",
            "",
            &[
                ".github/workflows/preavis.yml",
                ".github/workflows/preavis-post.yml",
                ".github/workflows/preavis-recheck.yml",
            ][..],
        ),
        (
            "https://github.com/o/r.git",
            ".gitlab-ci.yml",
            "",
            &[
                ".github/workflows/preavis.yml",
                ".github/workflows/preavis-post.yml",
                ".github/workflows/preavis-recheck.yml",
            ],
        ),
        ("https://git.example.org/o/r.git", ".gitea/x", "", &[".gitea/workflows/preavis.yml"]),
        ("https://codeberg.org/o/r.git", "", "", &[".forgejo/workflows/preavis.yml"]),
        ("https://git.example.org/o/r.git", ".gitlab-ci.yml", "", &[".gitlab/preavis.yml"]),
        ("https://github.com/o/r.git", ".gitea/x", "--ci forgejo", &[".gitea/workflows/preavis.yml"]),
        ("https://github.com/o/r.git", "", "--ci none", &[]),
    ] {
        let place = Place::two_commits(BOOKS);
        place.git(&["remote", "add", "origin", origin]);
        if !there.is_empty() {
            place.write(there, "");
        }
        let run = place.run(&format!("init {args}"));
        assert!(run.code == 0 && !run.out.contains("Nothing shows"), "{run:?}");
        let wrote: Vec<_> = run.out.lines().filter_map(|line| line.strip_prefix("wrote ")).collect();
        assert_eq!(wrote, [&["preavis.toml"][..], wanted].concat(), "{origin} {there} {args}");
    }
    // Files of several forges and a server that nobody knows: all of them.
    let place = Place::two_commits(BOOKS);
    place.write(".github/CODEOWNERS", "").write(".gitlab-ci.yml", "").write(".forgejo/x", "");
    let run = place.run("init");
    for file in [".github/workflows/preavis.yml", ".gitlab/preavis.yml", ".forgejo/workflows/preavis.yml"] {
        assert!(run.out.contains(&format!("wrote {file}\n")), "{run:?}");
    }
    let run = place.run("init --from https://user:secret@forge.example/r.git@v1");
    assert!(run.code == 2 && run.out.is_empty() && run.err.contains("GIT-URL@REVISION"), "{run:?}");
}

#[test]
fn the_demo_shows_the_loop_and_leaves_nothing_behind() {
    let place = Place::new();
    place.write("temporary/.keep", "");
    let folder = place.path().join("temporary");
    let run = |args: &str| place.run_with(args, &[("TMPDIR", folder.to_str().unwrap())], "");
    let demo = run("demo");
    assert_eq!((demo.code, demo.err.as_str()), (0, ""), "{demo:?}");
    for part in [
        "$ preavis diff main pages~3\n\nno change\n",
        "`online` is no longer sent in `reason`",
        "Renamed to `bookable_online`",
        "`per_page`",
        "`no_show` may now be sent",
        "$ preavis check\n\nclosed: 1 breaking change, 2 risky changes are not answered\n",
        "$ preavis notice new --only pv1-xzrskzv375m08ezw\n\nwrote preavis/notices/2024-03-08-",
        "$ preavis accept pv1-1vj80nk6sara4bf5 --reason \"the town hall",
        "$ preavis check\n\nopen: 1 breaking change, 2 risky changes are answered\n",
        "$ preavis check --release\n\nclosed: 1 breaking change waits for those it touches, it may ship on 9 April 2024\n",
        "$ preavis check --release\n\nopen: 1 breaking change, 2 risky changes are answered, it may ship today\n",
        "(exit code 1)",
        "WHY THIS CONCERNS YOU (Town hall of Montreuil)\n- You read [].online, as your team declared.",
        "Nothing for you:",
        "N2024-001  shipped",
        "**`online` becomes `bookable_online`",
    ] {
        assert!(demo.out.contains(part), "{part}\n{}", demo.out);
    }
    // What is run as an answer was printed before, but for the reason, which people write.
    let answers = demo.out.lines().filter_map(|line| line.strip_prefix("$ ")?.split(" --reason").next());
    for answer in answers.filter(|line| line.contains(" pv1-")) {
        assert!(demo.out.contains(&format!("    → {answer}")), "{answer}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    let page = place.read("preavis-demo-site/n/N2024-001.html");
    assert!(page.contains("bookable_online") && !page.contains("town-hall") && !page.contains("Montreuil"));
    assert_eq!(run("demo").out, demo.out);
    let french = run("demo --lang fr");
    assert_eq!((french.code, french.err.as_str()), (0, ""), "{french:?}");
    for part in
        ["rupture", "# La branche peut-elle être fusionnée", "bloqué\u{a0}: ", "réussi\u{a0}: ", "(code de sortie 1)"]
    {
        assert!(french.out.contains(part), "{part}\n{}", french.out);
    }
    let kept = run("demo --keep");
    let (_, kept) = kept.out.trim().rsplit_once("The repository is in ").unwrap();
    assert!(std::path::Path::new(kept).join("appointments.yaml").is_file());
}
