//! Sparse checkouts: what they leave out of the work tree is not deleted.

use super::place::{BOOKS, Place, untitled};

/// Two documents in folders of their own, of which the one needs a file of a third.
fn place() -> Place {
    let place = Place::repository();
    let far = BOOKS.replace("title: {type: string}", "title: {$ref: ../shared/title.yaml}");
    place.write("far/openapi.yaml", &far).write("near/openapi.yaml", BOOKS);
    place.write("shared/title.yaml", "type: string\n");
    place.release("v1");
    place
}

#[test]
fn what_a_sparse_checkout_leaves_out_is_no_change() {
    for how in ["--no-cone /near/", "--cone near", "--cone --sparse-index near"] {
        let place = place();
        let args: Vec<&str> = ["sparse-checkout", "set"].into_iter().chain(how.split(' ')).collect();
        place.git(&args);
        assert!(!place.path().join("far").exists(), "{how}");
        let run = place.run("diff v1 --format json");
        assert_eq!(run.code, 0, "{how}: {run:?}");
        let report = run.json();
        assert_eq!((&report["verdict"], report["apis"].as_array().map(Vec::len)), (&"none".into(), Some(2)), "{how}");
    }
}

#[test]
fn what_is_staged_outside_of_the_cone_is_read() {
    let place = place();
    place.write("far/openapi.yaml", &untitled());
    place.git(&["add", "far"]);
    place.git(&["update-index", "--skip-worktree", "far/openapi.yaml"]);
    std::fs::remove_file(place.path().join("far/openapi.yaml")).unwrap();
    assert_eq!(place.run("diff v1 --format json").json()["verdict"], "breaking");
}

#[test]
fn what_is_deleted_within_the_cone_is_gone() {
    let place = place();
    place.git(&["sparse-checkout", "set", "--cone", "near"]);
    std::fs::remove_file(place.path().join("near/openapi.yaml")).unwrap();
    let report = place.run("diff v1 --format json").json();
    let rules = report["apis"].as_array().unwrap().iter().filter_map(|api| api["changes"].as_array()).flatten();
    let rules: Vec<_> = rules.map(|change| (&change["rule"], &change["source"]["base"]["file"])).collect();
    assert_eq!(rules, [(&"api-removed".into(), &"near/openapi.yaml".into())]);
}
