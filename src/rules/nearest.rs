//! Ids that look like a text, for messages about a misspelt one.

use strsim::levenshtein;

use super::catalogue;

/// At most so many are offered.
const OFFERED: usize = 3;

/// The ids nearest to a text by edit distance and by shared words, best first; none where nothing is near.
pub fn nearest(text: &str) -> Vec<&'static str> {
    let text = text.to_ascii_lowercase().replace(['_', ' ', '.'], "-");
    let mut scored: Vec<(usize, &str)> = catalogue()
        .map(|rule| (levenshtein(&text, rule.id), rule.id))
        .filter(|&(distance, id)| distance <= id.len().max(text.len()) / 2)
        .collect();
    scored.sort_unstable();
    let best = scored.first().map_or(0, |&(distance, _)| distance);
    scored.into_iter().take_while(|&(distance, _)| distance <= best + 4).take(OFFERED).map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_ids_find_theirs() {
        assert_eq!(nearest("operation-removd").first(), Some(&"operation-removed"));
        assert_eq!(nearest("request_enum_value_removed").first(), Some(&"request-enum-value-removed"));
        assert!(nearest("zzzzzzzzzz").is_empty());
    }
}
