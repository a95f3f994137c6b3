//! Other ways to write a pattern.

/// The same language written differently, piece by piece outside character classes.
pub(super) fn other_pattern(pattern: &str) -> String {
    let pairs = [
        ("[0-9]", "\\d"),
        ("\\d", "[0-9]"),
        ("(A|B)", "[AB]"),
        ("(97|98)", "(9[78])"),
        ("[A-Z]", "([A-NM-Z])"),
        ("[a-z]", "(?:[a-m]|[l-z])"),
    ];
    let (mut out, mut rest, mut class) = (String::new(), pattern, false);
    while let Some(first) = rest.chars().next() {
        let known = pairs.iter().find(|(from, _)| !class && rest.starts_with(from));
        let (taken, written) = match (first, known) {
            (_, Some((from, to))) => (from.len(), (*to).to_owned()),
            ('\\', None) => {
                let escape: String = rest.chars().take(2).collect();
                (escape.len(), escape)
            }
            ('+', None) if !class => (1, "{1,}".to_owned()),
            _ => (first.len_utf8(), first.to_string()),
        };
        class = match first {
            '[' if known.is_none() => true,
            ']' if known.is_none() => false,
            _ => class,
        };
        out.push_str(&written);
        rest = &rest[taken..];
    }
    out
}
