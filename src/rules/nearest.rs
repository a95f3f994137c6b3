//! Ids that look like a text, for messages about a misspelt one.

use super::catalogue;

/// At most so many are offered.
const OFFERED: usize = 3;

/// The ids nearest to a text by edit distance and by shared words, best first; none where nothing is near.
pub fn nearest(text: &str) -> Vec<&'static str> {
    let text = text.to_ascii_lowercase().replace(['_', ' ', '.'], "-");
    let mut scored: Vec<(usize, &str)> = catalogue()
        .map(|rule| (distance(&text, rule.id), rule.id))
        .filter(|&(distance, id)| distance <= id.len().max(text.len()) / 2)
        .collect();
    scored.sort_unstable();
    let best = scored.first().map_or(0, |&(distance, _)| distance);
    scored.into_iter().take_while(|&(distance, _)| distance <= best + 4).take(OFFERED).map(|(_, id)| id).collect()
}

/// Levenshtein's distance in bytes.
fn distance(one: &str, two: &str) -> usize {
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.bytes().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, b) in two.bytes().enumerate() {
            let replaced = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[two.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_ids_find_theirs() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(nearest("operation-removd").first(), Some(&"operation-removed"));
        assert_eq!(nearest("request_enum_value_removed").first(), Some(&"request-enum-value-removed"));
        assert!(nearest("zzzzzzzzzz").is_empty());
    }
}
