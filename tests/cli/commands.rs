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
    assert_eq!(
        run.out,
        "wrote preavis.toml\nwrote .github/workflows/preavis.yml\n\nCommit both files, then try `preavis diff`.\n"
    );
    assert!(place.read("preavis.toml").contains("id = \"swagger-v1-api\"  # Books\npath = \"swagger/v1/api.yaml\"\n"));
    assert!(place.read(".github/workflows/preavis.yml").contains("fetch-depth: 0"));
    assert_eq!(place.run("diff --format json").json()["apis"][0]["id"], "swagger-v1-api");
    place.write("preavis.toml", "lang = \"fr\"\n");
    assert!(place.run("init").out.starts_with("kept  preavis.toml\nkept  .github/workflows/preavis.yml\n"));
    assert_eq!(place.read("preavis.toml"), "lang = \"fr\"\n");
    let run = Place::repository().run("init");
    assert!(run.code == 2 && run.err.contains("`--spec PATH`"), "{run:?}");
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
        "$ preavis diff 2024-03-05 main~3\n\nno change\n",
        "`online` is no longer sent in `reason`",
        "Looks like a rename to `bookable_online`",
        "`per_page`",
        "`no_show` may now be sent",
        "(exit code 1)",
        "WHY THIS CONCERNS YOU (Town hall of Montreuil)\n- You read [].online, as your team declared.",
        "Nothing for you:",
        "N2024-001  shipped",
        "**`online` becomes `bookable_online`",
    ] {
        assert!(demo.out.contains(part), "{part}\n{}", demo.out);
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1);
    let page = place.read("preavis-demo-site/n/N2024-001.html");
    assert!(page.contains("bookable_online") && !page.contains("town-hall") && !page.contains("Montreuil"));
    assert_eq!(run("demo").out, demo.out);
    assert!(run("demo --lang fr").out.contains("rupture"));
    let kept = run("demo --keep");
    let (_, kept) = kept.out.trim().rsplit_once("The repository is in ").unwrap();
    assert!(std::path::Path::new(kept).join("appointments.yaml").is_file());
}
