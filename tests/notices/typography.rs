//! French as it is typeset, in all that is written around names and examples.

use preavis::render::notice::Medium;
use preavis::text::Lang;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::digest::both;
use super::sample::{layouts, stories, told};

/// Without tags, and without what stands in `pre` and `code`.
fn of_html(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut out = String::new();
    let mut inside = 0_usize;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag");
        match tag.split(' ').next().unwrap_or("") {
            "pre" | "code" => inside += 1,
            "/pre" | "/code" => inside -= 1,
            _ => {}
        }
        out.push_str(if inside == 0 { text } else { "" });
    }
    out.replace("&#39;", "'").replace("&quot;", "\"")
}

/// Without code and links.
fn of_markdown(markdown: &str) -> String {
    let mut inside = 0_usize;
    let mut out = String::new();
    for event in Parser::new(markdown) {
        if let Event::Text(text) = &event {
            out.push_str(if inside == 0 { text } else { "" });
            continue;
        }
        inside += usize::from(matches!(event, Event::Start(Tag::CodeBlock(_) | Tag::Link { .. })));
        inside -= usize::from(matches!(event, Event::End(TagEnd::CodeBlock | TagEnd::Link)));
        out.push_str(if matches!(event, Event::Code(_)) { "x" } else { "\n" });
    }
    out
}

/// Without the words that are code: paths, JSON, addresses.
fn of_text(text: &str) -> String {
    let code = |word: &&str| word.contains(['/', '"', '{', '[']);
    text.split([' ', '\n']).filter(|word| !code(word)).collect::<Vec<_>>().join(" ")
}

fn check(text: &str, whole: &str) {
    let letters: Vec<char> = text.replace(":\u{200b}//", "").replace("://", "").chars().collect();
    for (ix, letter) in letters.iter().enumerate() {
        let before = ix.checked_sub(1).and_then(|ix| letters.get(ix));
        let fits = match letter {
            ';' | '!' | '?' => before == Some(&'\u{202f}'),
            ':' | '»' => before == Some(&'\u{a0}'),
            '«' => letters.get(ix + 1) == Some(&'\u{a0}'),
            '"' => false,
            _ => true,
        };
        let around: String = letters[ix.saturating_sub(30)..(ix + 30).min(letters.len())].iter().collect();
        assert!(fits, "…{around}… in {whole}");
    }
    let lower = text.to_lowercase();
    for foreign in ["breaking", "risky", "endpoint", "rupture", "callback", "deprecated", "nothing", "before"] {
        assert!(!lower.contains(foreign), "{foreign} in {whole}");
    }
}

#[test]
fn french_is_typeset_as_french() {
    let layouts = layouts();
    let (digest, net) = both(Lang::Fr);
    for (medium, prose) in
        [(Medium::Html, of_html as fn(&str) -> String), (Medium::Md, of_markdown), (Medium::Text, of_text)]
    {
        let mut all: Vec<String> =
            stories().iter().map(|story| layouts.notice(medium, &told(story, Lang::Fr)).expect("rendered")).collect();
        all.push(layouts.digest(medium, &digest).expect("rendered"));
        all.push(layouts.net(medium, &net).expect("rendered"));
        for text in all {
            // The example is an English description.
            check(&prose(&text).replace("where left out", ""), &text);
        }
    }
}
