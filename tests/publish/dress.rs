//! What a team puts around its pages: a logo, a line at the end, a style sheet.

use std::fs;

use super::html::tags;
use super::pages::target;
use crate::cli::place::{Place, untitled};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

fn dressed(lines: &str) -> Place {
    let place = Place::two_commits(&untitled());
    place.write("preavis.toml", &format!("[site]\nlanguages = [\"en\", \"fr\"]\n{lines}\n"));
    place
}

#[test]
fn every_page_shows_what_the_team_put_around_it() {
    let place = dressed("logo = \"art/logo.svg\"\nstyle = \"art/own.css\"\nfooter = \"Q & <script>A</script>\"");
    place.write("art/logo.svg", SVG).write("art/own.css", "h1 { color: #123456 }\n");
    let run = place.run("publish --out site");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert_eq!((place.read("site/logo.svg"), place.read("site/own.css")), (SVG.into(), place.read("art/own.css")));
    for page in ["index.html", "api/api/index.html", "fr/index.html", "fr/api/api/index.html", "diff/api/v1..v2.html"] {
        let text = place.read(&format!("site/{page}"));
        let tags = tags(&text);
        // A script in a logo does not run where the page shows it as an image; the text is never part of the page.
        let image = tags.iter().find(|tag| tag.name == "img").and_then(|tag| tag.get("src")).expect(page);
        assert_eq!(target(page, image).0, "logo.svg", "{page}");
        assert!(!text.contains("alert(1)") && text.contains("default-src 'none'"), "{page}");
        let sheets = tags.iter().filter(|tag| tag.get("rel") == Some("stylesheet")).filter_map(|tag| tag.get("href"));
        let sheets: Vec<String> = sheets.map(|href| target(page, href).0).collect();
        assert_eq!(sheets, ["style.css", "own.css"], "{page}: the own one comes last, so that it wins");
        assert!(text.contains("<p>Q &amp; &lt;script&gt;A&lt;/script&gt;</p>"), "{page}");
    }
    // What is taken out of the configuration goes from the site.
    place.write("preavis.toml", "");
    assert_eq!(place.run("publish --out site").code, 0);
    assert!(!place.path().join("site/logo.svg").exists() && !place.path().join("site/own.css").exists());
    assert!(!place.read("site/index.html").contains("<img"));
}

#[test]
fn a_file_that_is_not_there_leaves_the_site_as_it_was() {
    for line in ["logo = \"art/none.svg\"", "style = \"art/none.css\""] {
        let place = dressed("");
        assert_eq!(place.run("publish --out site").code, 0);
        let before = place.read("site/index.html");
        place.write("preavis.toml", &format!("[site]\ntitle = \"Other\"\n{line}\n"));
        let run = place.run("publish --out site");
        assert!(run.code == 2 && run.err.contains("`art/none.") && run.err.contains("is not there"), "{run:?}");
        assert_eq!(place.read("site/index.html"), before);
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_published() {
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    fs::write(&secret, "hunter2").unwrap();
    for (line, name) in [("logo = \"art.svg\"", "art.svg"), ("style = \"art.css\"", "art.css")] {
        let place = dressed(line);
        std::os::unix::fs::symlink(&secret, place.path().join(name)).unwrap();
        let run = place.run("publish --out site");
        assert!(run.code == 2 && run.err.contains(name) && !run.err.contains("hunter2"), "{run:?}");
        assert!(!place.path().join("site").exists());
    }
}
