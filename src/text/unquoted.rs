//! What a line of TOML lacks whose value is a word without quotes.

/// The advice for the line of an offset, where its value is a bare word: `write it with quotes: lang = "fr"`.
pub(crate) fn unquoted(text: &str, at: usize) -> Option<String> {
    let at = (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at))?;
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let line = text[start..].lines().next()?;
    let (key, value) = line.split_once('=')?;
    // A value in quotes may hold a `#`; one without that is no word.
    let (key, value) = (key.trim(), value.split('#').next()?.trim());
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | ':' | '*');
    let known = ["true", "false", "inf", "nan"].contains(&value);
    let word = value.starts_with(char::is_alphabetic) && value.chars().all(is_word) && !known;
    let said = word && !key.is_empty() && key.chars().all(is_key) && line.len() <= 200;
    said.then(|| format!("words stand in quotes: `{key} = \"{value}\"`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_word_is_told_with_its_quotes() {
        let said = |text: &str| unquoted(text, 0);
        assert_eq!(said("lang = fr\n").as_deref(), Some("words stand in quotes: `lang = \"fr\"`"));
        assert_eq!(
            said("production=origin/live # the ref").as_deref(),
            Some("words stand in quotes: `production = \"origin/live\"`")
        );
        assert_eq!(unquoted("a = 1\nlang = fr\n", 13).as_deref(), Some("words stand in quotes: `lang = \"fr\"`"));
        for right in ["lang = \"fr\"", "a = true", "a = 2024-01-01", "a = [fr]", "= fr", "[a]", "", "a = a b"] {
            assert_eq!(said(right), None, "{right}");
        }
    }
}
