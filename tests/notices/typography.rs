//! French as it is typeset, in all that is written around names and examples.

use preavis::render::notice::Medium;
use preavis::rules::Lang;

use super::sample::{layouts, stories, told};

/// Without tags, and without what stands in `pre` and `code`.
fn prose(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut out = String::new();
    let mut inside = 0_usize;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag");
        let name = tag.split(' ').next().unwrap_or("");
        match name {
            "pre" | "code" => inside += 1,
            "/pre" | "/code" => inside -= 1,
            _ => {}
        }
        out.push_str(if inside == 0 { text } else { "" });
    }
    out.replace("&#39;", "'").replace("&quot;", "\"").replace("://", "")
}

#[test]
fn french_is_typeset_as_french() {
    for story in stories() {
        // Titles and prose of people are theirs: the sample writes them well but for its colons.
        let html = layouts().notice(Medium::Html, &told(&story, Lang::Fr)).expect("HTML");
        let text = prose(&html).replace("un nom faux : ", "");
        let letters: Vec<char> = text.chars().collect();
        for (ix, letter) in letters.iter().enumerate() {
            let before = ix.checked_sub(1).and_then(|ix| letters.get(ix));
            let fits = match letter {
                ';' | '!' | '?' => before == Some(&'\u{202f}'),
                ':' => {
                    before == Some(&'\u{a0}') || before.is_some_and(char::is_ascii_lowercase) && text.contains("mailto")
                }
                '"' => false,
                _ => true,
            };
            let around: String = letters[ix.saturating_sub(30)..(ix + 30).min(letters.len())].iter().collect();
            assert!(fits, "{:?}: …{around}…", story.0);
        }
        let lower = text.to_lowercase();
        for foreign in ["breaking", "risky", "endpoint", "rupture", "callback", "deprecated"] {
            assert!(!lower.contains(foreign), "{foreign} in {lower}");
        }
    }
}
