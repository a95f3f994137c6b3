//! Books whose title goes, a notice that says so, and partners that use the books in different ways.

use super::place::{BOOKS, Place, untitled};

/// What `notice new` writes.
pub(crate) const NOTICE: &str = "preavis/notices/2024-05-02-title-is-no-longer-sent-in-book.md";
/// The facts beside it.
pub(crate) const FACTS: &str = "preavis/notices/2024-05-02-title-is-no-longer-sent-in-book.json";

const CONFIG: &str = "[site]\nurl = \"https://contract.example.org\"\n[mail]\nfrom = \"api@library.example\"\n";

/// A partner file each: the hall reads the title, the mill the id, of the port it is not known, the post gets webhooks,
/// of the desk nothing is known.
const PARTNERS: [(&str, &str); 5] = [
    ("hall", "languages = [\"fr\"]\n[[uses]]\nop = \"GET /books\"\nreads = [\"title\"]\n"),
    ("mill", "[[uses]]\nop = \"GET /books\"\nreads = [\"id\"]\n"),
    ("port", "[[uses]]\nop = \"GET /books\"\n"),
    ("post", "[[webhooks]]\nmodel = \"book\"\n"),
    ("desk", ""),
];

/// `v1`, of 1 May, is in production; on disk the title is gone, which `N2024-001` announced on 2 May for 1 June.
pub(crate) fn announced() -> Place {
    let place = Place::repository();
    place.write("preavis.toml", CONFIG).write("api.yaml", BOOKS);
    place.release("v1");
    for (slug, uses) in PARTNERS {
        place.write(&format!("preavis/partners/{slug}.toml"), &format!("slug = \"{slug}\"\n{uses}"));
    }
    place.write("api.yaml", &untitled());
    let run = place.run("notice new v1 --announce --today 2024-05-02 --effective 2024-06-01 --langs en,fr");
    assert_eq!(run.code, 0, "{run:?}");
    place
}

/// Replaces a text that must be there.
#[track_caller]
pub(crate) fn edit(place: &Place, path: &str, from: &str, to: &str) {
    let text = place.read(path);
    assert!(text.contains(from), "no {from:?} in {text}");
    place.write(path, &text.replace(from, to));
}

/// Adds a line to the facts that the notice begins with.
pub(crate) fn add(place: &Place, line: &str) {
    edit(place, NOTICE, "audience = ", &format!("{line}\naudience = "));
}

/// What `notice render` says of the notice.
#[track_caller]
pub(crate) fn rendered(place: &Place, words: &str) -> String {
    let run = place.run(&format!("notice render N2024-001 --today 2024-05-02 {words}"));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    run.out
}
