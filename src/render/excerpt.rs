//! Before and after as short JSON: on one line for a terminal, over lines for a fenced block.

use serde_json::Value;

use crate::text::json;

/// The most characters of a line of a block.
const LINE: usize = 200;
/// The most characters of a block.
const BLOCK: usize = 4_000;
/// Characters kept before the first difference of two long lines.
const LEAD: usize = 24;

/// A text of at most `most` characters, `…` where it was cut; 0 for no limit.
pub(crate) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) if most > 0 => text.chars().take(most - 1).chain(['…']).collect(),
        Some(_) | None => text.to_owned(),
    }
}

/// Two values on a line each, cut around their first difference.
pub(crate) fn lines(before: Option<&Value>, after: Option<&Value>, width: usize) -> [Option<String>; 2] {
    let texts = [before, after].map(|value| value.map(json::compact));
    let [Some(old), Some(new)] = &texts else {
        return texts.map(|text| text.map(|text| clip(&text, width)));
    };
    let longest = old.chars().count().max(new.chars().count());
    let same = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).count();
    if width == 0 || longest <= width || same <= LEAD {
        return [Some(clip(old, width)), Some(clip(new, width))];
    }
    [old, new]
        .map(|text| Some(clip(&std::iter::once('…').chain(text.chars().skip(same - LEAD)).collect::<String>(), width)))
}

/// A value over lines, cut where it is long.
pub(crate) fn block(value: &Value) -> String {
    let pretty = json::pretty(value);
    let mut out = String::new();
    let mut left = BLOCK;
    for line in pretty.lines() {
        let line = clip(line, LINE);
        let size = line.chars().count() + 1;
        if size > left {
            out.push_str("…\n");
            break;
        }
        left -= size;
        out.push_str(&line);
        out.push('\n');
    }
    out.pop();
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn long_lines_show_their_difference() {
        let long = "a".repeat(100);
        let (old, new) = (json!({"name": long, "max": 1}), json!({"name": long, "max": 2}));
        let [Some(one), Some(two)] = lines(Some(&old), Some(&new), 40) else { panic!("both are there") };
        assert!(one.ends_with("\"max\":1}") && two.ends_with("\"max\":2}"), "{one} {two}");
        assert!(one.chars().count() <= 40);
        assert_eq!(lines(Some(&json!([1])), None, 40), [Some("[1]".to_owned()), None]);
    }

    #[test]
    fn blocks_have_an_end() {
        let wide: Vec<_> = (0..3_000).collect();
        assert!(block(&json!(wide)).chars().count() <= BLOCK + 2);
        assert_eq!(clip("abcd", 3), "ab…");
        assert_eq!(clip("abcd", 0), "abcd");
    }
}
