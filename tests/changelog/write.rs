//! What stays in a file that people edit.

use preavis::compare::history::History;
use preavis::publish::changelog::merge;
use preavis::rules::Level;
use preavis::text::Lang;
use proptest::prelude::*;

use super::sample::{document, properties, rdv, read, stop, style};

fn written(old: &str, history: &History) -> String {
    let merged = merge(old, history, style(Lang::En, Level::Additive)).expect("closed");
    let again = merge(&merged.text, history, style(Lang::En, Level::Additive)).expect("closed");
    assert_eq!(again.text, merged.text, "twice is once");
    merged.text
}

fn history() -> History {
    read(rdv(), &["api.yaml"], Lang::En)
}

/// A text without the generated blocks and the headings inserted with them.
fn without_ours(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        inside |= line.starts_with("<!-- preavis:begin");
        if !inside {
            out.push_str(line);
        }
        inside &= !line.starts_with("<!-- preavis:end");
    }
    out
}

const HAND: &str = "\
# Our changes

Kept by hand since 2019.

```markdown
## [2024-05-14]
```

## [Unreleased]

* a note

## 2024-05-07 Spring

We renamed things.

## [2024-04-01] - older

- first

[2024-04-01]: https://example.org/1
[other]: https://example.org/2
";

#[test]
fn what_people_wrote_stays_byte_by_byte() {
    for text in [HAND.to_owned(), HAND.replace('\n', "\r\n"), HAND.trim_end().to_owned()] {
        let out = written(&text, &history());
        let crlf = text.contains("\r\n");
        assert_eq!(out.matches("\r\n").count(), if crlf { out.matches('\n').count() } else { 0 });
        let mut rest = out.as_str();
        for line in text.split_inclusive('\n') {
            let at = rest.find(line.trim_end()).unwrap_or_else(|| panic!("{line:?} is lost in\n{out}"));
            rest = &rest[at + line.trim_end().len()..];
        }
    }
}

#[test]
fn releases_stand_newest_first_at_their_place() {
    let out = written(HAND, &history());
    let at = |needle: &str| out.find(needle).unwrap_or_else(|| panic!("no {needle} in\n{out}"));
    let places = [
        at("## [Unreleased]"),
        at("<!-- preavis:begin 2024-05-14"),
        at("## 2024-05-07 Spring"),
        at("We renamed things."),
        at("<!-- preavis:begin 2024-05-07"),
        at("## [2024-05-06]"),
        at("## [2024-05-03]"),
        at("## [2024-04-01] - older"),
        at("[2024-04-01]: https://example.org/1"),
    ];
    assert!(places.is_sorted(), "{places:?}\n{out}");
    assert_eq!(out.matches("\n## ").count(), 7, "the fence keeps its heading, 2024-05-07 gets none\n{out}");
    assert!(!out.contains("2024-05-08"), "an empty release is left out");
    assert!(out.contains("Unreadable version skipped: api.yaml:"), "{out}");
    assert!(without_ours(&out).contains("We renamed things.\n\n\n## [2024-05-06]"), "{out}");
}

#[test]
fn older_releases_go_before_the_link_definitions() {
    let text = "# C\n\n## [2025-01-01]\n\n- new\n\n[2025-01-01]: https://example.org\n";
    let out = written(text, &history());
    assert!(out.ends_with("-->\n\n[2025-01-01]: https://example.org\n"), "{out}");
    assert!(out.starts_with("# C\n\n## [2025-01-01]\n\n- new\n\n## [2024-05-14]\n\n<!-- preavis:begin"), "{out}");
}

#[test]
fn edited_text_is_left_alone_and_what_it_never_named_is_added_below() {
    let versions = rdv();
    let before = read(&versions[..2], &["api.yaml"], Lang::En);
    let first = written("", &before);
    let edited = first.replace("is no longer sent", "is gone for good");
    assert_ne!(edited, first);
    assert_eq!(written(&edited, &before), edited);
    // The day goes on: a property goes too.
    let grown = vec![
        versions[0].clone(),
        stop(
            "2024-05-03",
            "2024-05-03",
            &[(
                "api.yaml",
                document(
                    "page",
                    "        status: {type: string, enum: [seen], description: What the new desk says of it}\n",
                ),
            )],
        ),
    ];
    let out = written(&edited, &read(grown.clone(), &["api.yaml"], Lang::En));
    assert!(out.starts_with(edited.trim_end()), "{out}");
    assert_eq!(out.matches("<!-- preavis:begin 2024-05-03").count(), 2);
    assert!(out[edited.len()..].contains("`users`") && !out[edited.len()..].contains("waiting"), "{out}");
    // An entry that people took out does not come back.
    let cut: String = first.lines().filter(|line| !line.contains("waiting")).flat_map(|line| [line, "\n"]).collect();
    assert_eq!(written(&cut, &before), cut);
    // Text that nobody edited is written anew.
    let renewed = written(&first, &read(grown, &["api.yaml"], Lang::En));
    assert_eq!(renewed.matches("<!-- preavis:begin").count(), 1);
    assert!(renewed.contains("`users`") && renewed.contains("waiting"));
}

#[test]
fn a_broken_marker_is_told_and_nothing_is_lost() {
    let history = history();
    let whole = written("", &history);
    let end = whole.find("<!-- preavis:end").expect("there is a block");
    let line_end = end + whole[end..].find('\n').expect("it ends") + 1;
    let broken = format!("{}{}", &whole[..end], &whole[line_end..]);
    let merged = merge(&broken, &history, style(Lang::En, Level::Additive)).expect("closed");
    assert!(merged.warnings[0].contains("without its other half"), "{:?}", merged.warnings);
    assert_eq!(merged.text, broken, "its facts are named there already");
}

#[test]
fn a_listing_pasted_by_hand_is_recognised() {
    let history = history();
    let listing = preavis::publish::changelog::render(&history.changelog, style(Lang::En, Level::Additive));
    assert_eq!(written(&listing, &history), listing);
}

#[test]
fn what_was_unreleased_moves_to_its_release() {
    let doc = |line: &str| vec![("api.yaml", document("page", &properties(&[line])))];
    let first = stop("v1.0.0", "2024-01-01", &doc("id: {type: integer}"));
    let last = |name: &str| stop(name, "2024-02-01", &doc("id: {type: string}"));
    let open = written("", &read(vec![first.clone(), last("unreleased")], &["api.yaml"], Lang::En));
    assert!(open.contains("\n## [Unreleased]\n\n<!-- preavis:begin unreleased "), "{open}");
    let released = read(vec![first, last("v1.1.0")], &["api.yaml"], Lang::En);
    let out = written(&open, &released);
    assert!(out.contains("\n## [v1.1.0] - 2024-02-01\n\n<!-- preavis:begin v1.1.0 "), "{out}");
    assert!(!out.contains("begin unreleased") && out.contains("## [Unreleased]\n"), "{out}");
    let edited = merge(&open.replace("**Breaking:**", "**Sorry:**"), &released, style(Lang::En, Level::Additive))
        .expect("closed");
    assert!(edited.text.contains("**Sorry:**") && edited.warnings[0].contains("by hand"), "{}", edited.text);
}

#[test]
fn a_release_that_became_empty_goes_with_its_heading() {
    let history = history();
    let out = written("", &history);
    let merged = merge(&out, &history, style(Lang::En, Level::Breaking)).expect("closed");
    assert!(out.contains("## [2024-05-03]") && !merged.text.contains("## [2024-05-03]"), "{}", merged.text);
    let nothing = read(Vec::new(), &["api.yaml"], Lang::En);
    assert_eq!(merge("", &nothing, style(Lang::En, Level::Additive)).expect("closed").text, "");
}

#[test]
fn only_what_is_newer_than_the_newest_entry_is_poured_in_unless_asked() {
    let history = history();
    let newer = preavis::publish::changelog::Style { older: false, ..style(Lang::En, Level::Additive) };
    let merged = merge(HAND, &history, newer).expect("closed");
    assert!(merged.text.contains("<!-- preavis:begin 2024-05-14"), "{}", merged.text);
    assert!(merged.text.contains("<!-- preavis:begin 2024-05-07"), "the newest entry may grow: {}", merged.text);
    assert!(!merged.text.contains("2024-05-06") && !merged.text.contains("2024-05-03"), "{}", merged.text);
    assert_eq!(merged.left_out, 2);
    let again = merge(&merged.text, &history, newer).expect("closed");
    assert_eq!((again.text, again.left_out), (merged.text, 2));
    // A file that begins with us has everything.
    assert_eq!(merge("", &history, newer).expect("closed").text, written("", &history));
}

#[test]
fn what_is_coming_has_many_names_and_one_place() {
    let doc = |line: &str| vec![("api.yaml", document("page", &properties(&[line])))];
    let stops = vec![
        stop("v1.0.0", "2024-01-01", &doc("id: {type: integer}")),
        stop("unreleased", "2024-02-01", &doc("id: {type: string}")),
    ];
    let history = read(stops, &["api.yaml"], Lang::En);
    for heading in ["À venir", "[À venir]", "Unreleased", "[unreleased] (2.7)", "Prochaine version", "Non publié"] {
        let out = written(&format!("# C\n\n## {heading}\n\n- by hand\n\n## 1.0.0\n"), &history);
        assert!(out.contains("- by hand\n\n<!-- preavis:begin unreleased"), "{heading}: {out}");
        assert_eq!(out.matches("\n## ").count(), 2, "{heading}: {out}");
    }
    let out = written("# C\n\n## Upcoming events\n\n- by hand\n", &history);
    assert!(out.contains("\n## [Unreleased]\n"), "{out}");
}

const PIECES: &[&str] = &[
    "# Title\n",
    "\n",
    "text\n",
    "## [Unreleased]\n",
    "## [2024-05-14] yes\n",
    "## 2024-05-06\n",
    "## [1.0.0] - 2023-01-01\n",
    "## Conventions\n",
    "2024-05-07\n----------\n",
    "```\n",
    "> ## [2024-05-03]\n",
    "- item\n  more\n",
    "<!-- a comment\n",
    "-->\n",
    "[x]: https://example.org\n",
    "<!-- preavis:begin 2024-05-14 0000000000 -->\n",
    "<!-- preavis:end -->\n",
    "    code\n",
    "é \u{1F7E0} <b>\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the file is: its lines stay, in order, and a second run changes nothing.
    #[test]
    fn any_file_keeps_its_lines(picks in proptest::collection::vec(0..PIECES.len(), 0..14), crlf: bool, cut: bool) {
        let mut text: String = picks.iter().map(|&ix| PIECES[ix]).collect();
        if crlf {
            text = text.replace('\n', "\r\n");
        }
        if cut {
            text.truncate(text.trim_end().len());
        }
        let style = style(Lang::En, Level::Additive);
        HISTORY.with(|history| {
            let Ok(once) = merge(&text, history, style) else {
                let opens = ["```", "<!-- a"].iter().any(|open| text.contains(open));
                prop_assert!(opens, "refused\n{}", text);
                return Ok(());
            };
            let once = once.text;
            prop_assert_eq!(&merge(&once, history, style).expect("closed").text, &once);
            if text.trim().is_empty() {
                return Ok(());
            }
            let mut rest = once.as_str();
            for line in text.split_inclusive('\n') {
                let at = rest.find(line);
                prop_assert!(at.is_some(), "{:?} is lost in\n{}", line, once);
                rest = &rest[at.unwrap_or(0) + line.len()..];
            }
            Ok(())
        })?;
    }
}

thread_local! {
    static HISTORY: History = history();
}
