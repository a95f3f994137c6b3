//! Pages that everyone can read: headings in order, tables with captions, colours far enough apart.

use preavis::render::notice::Medium;
use preavis::text::Lang;

use super::digest::both;
use super::sample::{layouts, stories, told};

fn pages() -> Vec<(Lang, String)> {
    let layouts = layouts();
    let mut out = Vec::new();
    for lang in Lang::ALL {
        out.extend(
            stories().iter().map(|story| (lang, layouts.notice(Medium::Html, &told(story, lang)).expect("HTML"))),
        );
        let (digest, net) = both(lang);
        out.push((lang, layouts.digest(Medium::Html, &digest).expect("HTML")));
        out.push((lang, layouts.net(Medium::Html, &net).expect("HTML")));
    }
    out
}

#[test]
fn pages_have_a_language_an_outline_and_tables_with_captions() {
    for (lang, page) in pages() {
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{}\">", lang.as_str())), "{page}");
        let levels: Vec<u32> =
            page.match_indices("<h").filter_map(|(at, _)| page[at + 2..].chars().next()?.to_digit(10)).collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert_eq!(levels.first(), Some(&1));
        assert!(levels.windows(2).all(|two| two[1] <= two[0] + 1), "{levels:?}");
        for table in page.split("<table>").skip(1) {
            let table = table.split("</table>").next().unwrap_or("");
            assert!(table.starts_with("\n<caption>") && table.contains("<th scope=\"col\">"), "{table}");
            assert!(!table.replace("<th scope=\"col\">", "").contains("<th>"), "{table}");
        }
        assert!(page.contains("<main>") && page.contains("<title>") && !page.contains("<img"), "{page}");
        assert!(!page.contains("href=\"\"") && !page.contains("></a>") && !page.contains("<p></p>"), "{page}");
    }
}

/// Relative luminance and contrast of WCAG 2.1, §1.4.3.
fn contrast(one: &str, two: &str) -> f64 {
    let luminance = |colour: &str| {
        let hex = colour.trim_start_matches('#');
        let hex = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("a colour")) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(2) + 0.0722 * part(4)
    };
    let (a, b) = (luminance(one), luminance(two));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn colours_stand_apart_in_light_and_in_dark() {
    let (_, page) = pages().remove(0);
    let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    let (light, dark) = style.split_once("@media (prefers-color-scheme: dark)").expect("a dark style");
    for mode in [light, dark] {
        let of = |rule: &str, property: &str| {
            let body = mode.split(&format!("\n{rule} {{")).nth(1).and_then(|rest| rest.split('}').next()).expect(rule);
            let value = body.split([';', '{']).find_map(|line| line.trim().strip_prefix(&format!("{property}: ")));
            value.unwrap_or_else(|| panic!("{property} of {rule} in {body}")).trim().to_owned()
        };
        for (text, ground) in [
            (of("body", "color"), of("body", "background")),
            (of("pre", "color"), of("pre", "background")),
            (of("a", "color"), of("body", "background")),
        ] {
            assert!(contrast(&text, &ground) >= 4.5, "{text} on {ground}");
        }
    }
    assert!((contrast("#000", "#ffffff") - 21.0).abs() < 0.01);
}
