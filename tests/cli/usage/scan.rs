//! Changed names in the source of a partner.

use super::{API, place};

#[test]
fn changed_names_are_found_by_file_and_line() {
    let place = place();
    place.write("api.yaml", &API.replace("reservable_online", "bookable_publicly").replace(", title]", "]"));
    place.release("v2");
    place.write("theirs/app/models/book.rb", "class Book\n  FIELDS = %w[id title reservable_online]\nend\n");
    place.write("theirs/db/migrate/1.rb", "add_column :books, :reservable_online\n");
    place.write("theirs/node_modules/x.js", "reservable_online\n").write("theirs/.git/x", "reservable_online\n");
    std::fs::write(place.path().join("theirs/photo.jpg"), b"\xff\xd8reservable_online").unwrap();
    let run = place.run("usage scan theirs v1 v2");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    let (first, second) = (run.out.find("app/models/book.rb:2"), run.out.find("db/migrate/1.rb:1"));
    assert!(first.is_some() && first < second, "{run:?}");
    assert!(run.out.contains("2 files read") && run.out.contains("1 file skipped"), "{run:?}");
    assert!(run.out.contains("Too general to be looked for: `title`") && !run.out.contains("node_modules"), "{run:?}");
    let json = place.run("usage scan theirs v1 v2 --format json").json();
    let name = json["names"].as_array().unwrap().iter().find(|name| name["word"] == "reservable_online").unwrap();
    assert_eq!((&name["lines"], name["candidates"].as_array().unwrap().len()), (&2.into(), 2));
    let run = place.run("usage scan nowhere v1 v2");
    assert!(run.code == 2 && run.err.starts_with("error: cannot read `nowhere`: "), "{run:?}");
}
