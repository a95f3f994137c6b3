//! A comment that is longer than a forge takes.

use crate::forge::place::Kind;

/// How many bytes a comment may have. GitHub takes 65,536 characters and GitLab 1,000,000; Forgejo has no limit that a
/// comment reaches, and a page has.
pub(in crate::forge) fn limit(kind: Kind) -> usize {
    match kind {
        Kind::GitHub => 60_000,
        Kind::GitLab | Kind::Forgejo => 900_000,
    }
}

/// A text of at most so many bytes: without its folded blocks from the last on, as far as it takes, then cut at a line.
/// `told` is the line that says so.
pub(in crate::forge) fn fitting(text: &str, limit: usize, told: &str) -> String {
    let mut text = text.to_owned();
    let mut folded = false;
    let room = limit.saturating_sub(told.len() + 4);
    while text.len() > if folded { room } else { limit } {
        let Some((start, end)) = last_fold(&text) else { return cut(&text, limit, told) };
        text.replace_range(start..end, "");
        folded = true;
    }
    if folded { format!("{}\n\n{told}\n", text.trim_end()) } else { text }
}

/// The lines that fit; what is open behind them (a fence, a folded block) is closed, and `told` stands last.
pub(in crate::forge) fn cut(text: &str, limit: usize, told: &str) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    // Room for what closes: the longest fence that is open, and as many blocks.
    let mut room = limit.saturating_sub(told.len() + 4);
    loop {
        let mut end = room;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let kept = text[..end].rfind('\n').map_or("", |at| &text[..=at]);
        let all = format!("{}{}\n{told}\n", kept.trim_end(), closing(kept));
        if all.len() <= limit || kept.is_empty() {
            return all;
        }
        room = kept.len().saturating_sub(1 + all.len() - limit);
    }
}

/// What closes a text that ends in the middle.
fn closing(text: &str) -> String {
    let (mut fence, mut open) = (None::<&str>, 0_usize);
    for line in text.lines().map(str::trim) {
        match fence {
            Some(mark) => {
                if line.starts_with(mark) && line.trim_start_matches('`').is_empty() {
                    fence = None;
                }
            }
            None if line.starts_with("```") => {
                fence = Some(&line[..line.len() - line.trim_start_matches('`').len()]);
            }
            None => {
                open += line.matches("<details").count();
                open = open.saturating_sub(line.matches("</details>").count());
            }
        }
    }
    let mut out = String::from("\n");
    if let Some(mark) = fence {
        out.push_str(mark);
        out.push('\n');
    }
    for _ in 0..open {
        out.push_str("\n</details>\n");
    }
    out
}

/// The last folded block that stands in no other, by its bytes.
fn last_fold(text: &str) -> Option<(usize, usize)> {
    let (mut open, mut start, mut at, mut found) = (0_usize, 0, 0, None);
    for line in text.split_inclusive('\n') {
        let opened = line.matches("<details").count();
        if open == 0 && opened > 0 {
            start = at;
        }
        open += opened;
        at += line.len();
        let closed = line.matches("</details>").count();
        if closed > 0 && open > 0 {
            open = open.saturating_sub(closed);
            if open == 0 {
                found = Some((start, at));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_blocks_go_first_and_from_the_last_on() {
        let fold = |name: &str| format!("<details><summary>{name}</summary>\n\n{}\n\n</details>\n", "x".repeat(40));
        let text = format!("head\n\n{}\n{}\ntail\n", fold("one"), fold("two"));
        let less = fitting(&text, text.len() - 1, "… more");
        assert!(less.contains("one") && !less.contains("two") && less.ends_with("tail\n\n… more\n"), "{less}");
        let least = fitting(&text, 60, "… more");
        assert_eq!(least, "head\n\n\n\ntail\n\n… more\n");
        assert_eq!(fitting(&text, text.len(), "… more"), text);
    }

    #[test]
    fn what_is_cut_is_closed_and_fits() {
        let text = format!("<details>\n\n````json\n{}````\n\n</details>", "line é\n".repeat(50));
        for limit in 40..text.len() {
            let less = cut(&text, limit, "… more");
            assert!(less.len() <= limit, "{limit}: {less}");
            assert!(less.ends_with("… more\n"));
            assert_eq!(less.matches("````").count() % 2, 0, "{less}");
            assert_eq!(less.matches("<details>").count(), less.matches("</details>").count(), "{less}");
        }
    }
}
