//! What is said where nothing can be said about the contract: the cause with its place, then the way out.

use super::place::{BOOKS, Place, untitled};

const VERSIONS: &str = "help: a version is REF, REF:path, a file, an https URL, `-`, or `.` for the work tree\n";

#[test]
fn versions_that_are_not_there() {
    let place = Place::two_commits(&untitled());
    place.run("diff nope v2").could_not_tell(&format!("error: `nope` is neither a ref nor a file\n{VERSIONS}"));
    place.run("diff nope:api.yaml v2").could_not_tell(
        "error: ref `nope` not found\n\
         help: list what there is with `git branch --all` and `git tag`, or fetch it first\n",
    );
    place.run("diff v1:swagger.json v2").could_not_tell(
        "error: no file `swagger.json` at `v1`\n\
         help: paths start at the root of the repository; `git ls-tree -r --name-only REF` lists them\n",
    );
    place.run("diff v1 v2 --spec swagger.json").could_not_tell(
        "error: no file `swagger.json` in v1 and v2\n\
         help: paths start at the root of the repository; check the path and its case; where it \
         was earlier stands in `paths` of its `[[api]]`\n",
    );
    place.run("diff v1 ./swagger.json").could_not_tell("error: no file `./swagger.json`\n");
}

#[test]
fn a_name_with_two_meanings() {
    let place = Place::two_commits(&untitled());
    place.write("v1", BOOKS);
    place.run("diff v1 v2").could_not_tell(
        "error: `v1` is both a ref and a file\n\
         help: write `v1:` for the ref or `./v1` for the file\n",
    );
    assert_eq!(place.run("diff v1: v2 --fail-on breaking").code, 1);
    assert_eq!(place.run("diff ./v1 v2:api.yaml --fail-on breaking").code, 1);
}

#[test]
fn an_address_without_encryption() {
    Place::new().run("diff http://example.org/a.yaml b.yaml").could_not_tell(
        "error: `http://example.org/a.yaml` is not encrypted, so anyone on the way could change it\n\
         help: use `https://example.org/a.yaml`, or fetch the file yourself\n",
    );
}

#[test]
fn a_shallow_clone() {
    let origin = Place::two_commits(&untitled());
    let clone = Place::new();
    let url = format!("file://{}", origin.path().display());
    clone.git(&["clone", "--quiet", "--depth", "1", &url, "."]);
    clone.run("diff HEAD~1 HEAD").could_not_tell(
        "error: history is cut off at `HEAD~1`, because the clone is shallow\n\
         help: run `git fetch --unshallow --tags`, or set `fetch-depth: 0` on actions/checkout (`GIT_DEPTH: 0` on \
         GitLab)\n",
    );
}

#[test]
fn nothing_to_compare_with() {
    let place = Place::repository();
    place.git(&["checkout", "--quiet", "-b", "work"]);
    place.write("api.yaml", BOOKS);
    place.release("v1");
    let run = place.run("diff");
    assert!(run.err.starts_with("error: no base to compare with: none of `origin/HEAD`"), "{run:?}");
    assert!(run.err.contains("\nhelp: name the base"), "{run:?}");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn outside_repositories_there_are_files_only() {
    let place = Place::new();
    let here = place.path();
    place.run("diff").could_not_tell(&format!(
        "error: `{}` is not in a git repository\nhelp: give two files, or the repository with `--repo DIR`\n",
        here.display()
    ));
    place.run("diff HEAD~1 HEAD").could_not_tell(&format!("error: `HEAD~1` is neither a ref nor a file\n{VERSIONS}"));
}

#[test]
fn no_document_at_all() {
    let place = Place::repository();
    place.write("package.json", "{\"openapi\": {\"not\": \"one\"}}");
    place.release("v1");
    place.run("diff v1 HEAD").could_not_tell(
        "error: no OpenAPI document found in v1 and HEAD\n\
         help: name it with `--spec PATH`, or under `[[api]]` in preavis.toml; a file that git ignores is not \
         looked for\n",
    );
}

#[test]
fn documents_that_are_none() {
    let place = Place::new();
    place.write("old.yaml", BOOKS);
    for (text, said) in [
        (
            "hello: world\n".to_owned(),
            "error: new.yaml: not an OpenAPI document: no `openapi` or `swagger` field, but `hello`\n\
             help: name the root document, whose first lines have an `openapi:` or `swagger:` field (see `--spec`)\n",
        ),
        (
            BOOKS.replace("3.0.3", "4.9.9"),
            "error: new.yaml:1:1: `openapi: 4.9.9` is not a version this tool reads\n\
             help: use `swagger: \"2.0\"`, or `openapi:` 3.0.x, 3.1.x or 3.2.x; a newer preavis may know more\n",
        ),
        (
            BOOKS.replace("paths:", "<<<<<<< ours\npaths:"),
            "error: new.yaml:3:1: git conflict marker `<<<<<<<`\n\
             help: finish the merge: keep one side and remove the markers, then commit the file again\n",
        ),
    ] {
        place.write("new.yaml", &text);
        place.run("diff old.yaml new.yaml").could_not_tell(said);
    }
}

#[test]
fn the_version_of_a_document_is_named() {
    let place = Place::two_commits("openapi: 3.0.3\n\tpaths: {}\n");
    let run = place.run("diff v1 v2");
    assert!(run.err.starts_with("error: api.yaml:2:") && run.err.contains(" (in v2)\nhelp: repair"), "{run:?}");
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn a_reference_that_operations_need() {
    let lost = BOOKS.replace("id: {type: integer}", "id: {$ref: \"#/components/schemas/id\"}");
    let place = Place::two_commits(&lost);
    place.run("diff v1 v2").could_not_tell(
        "error: api.yaml:18:14: unresolved reference: `#/components/schemas/id` leads nowhere (in v2)\n\
         help: repair the references, or compare what can be read with `--keep-going`\n",
    );
    let report = place.run("diff v1 v2 --keep-going --format json").json();
    assert_eq!(report["apis"][0]["coverage"]["unresolved_refs"], 1);
    assert_eq!((&report["verdict"], &report["summary"]["unproven"]), (&"risky".into(), &1.into()));
}

#[test]
fn a_reference_that_nobody_needs_is_a_problem() {
    let spare = format!("{BOOKS}    spare: {{$ref: \"missing.yaml\"}}\n");
    let place = Place::two_commits(&spare);
    let run = place.run("diff v1 v2 --format json");
    assert_eq!(run.code, 0, "{run:?}");
    let problem = &run.json()["apis"][0]["problems"][0];
    assert_eq!((&problem["file"], &problem["line"]), (&"api.yaml".into(), &20.into()));
}
