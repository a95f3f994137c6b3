//! Patterns in the words of the solver: they are ECMA-262 and unanchored (JSON Schema 2020-12, Core 6.4), it is anchored
//! and reads Rust's dialect.

/// Longer patterns are not looked into.
const LENGTH: usize = 2_000;

/// The pattern over whole strings in the solver's dialect; `None` where it has no such form.
pub(in crate::schema) fn whole(pattern: &str) -> Option<String> {
    if pattern.len() > LENGTH || has_look_around(pattern) {
        return None;
    }
    let translated = translate(pattern)?;
    let parts: Option<Vec<String>> = alternatives(&translated).into_iter().map(anchor).collect();
    Some(parts?.join("|"))
}

/// What stands between the ends of a pattern that names both, so that it can be made part of another one.
pub(in crate::schema) fn fragment(pattern: &str) -> Option<&str> {
    let inner = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let escaped = inner.chars().rev().take_while(|&c| c == '\\').count() % 2 == 1;
    (!escaped && alternatives(inner).len() == 1 && whole(pattern).is_some()).then_some(inner)
}

/// One top-level alternative: `^` and `$` at its ends are dropped, a missing one becomes "anything".
fn anchor(part: &str) -> Option<String> {
    let (open, part) = part.strip_prefix('^').map_or(("(.*)", part), |rest| ("", rest));
    let escaped =
        part.strip_suffix('$').is_some_and(|rest| rest.chars().rev().take_while(|&c| c == '\\').count() % 2 == 1);
    let (part, close) = match part.strip_suffix('$') {
        Some(rest) if !escaped => (rest, ""),
        _ => (part, "(.*)"),
    };
    // An anchor elsewhere, as in `(^a|b)`, has no plain whole-string form.
    let mut chars = part.chars().peekable();
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => {
                class = true;
                if chars.peek() == Some(&'^') {
                    chars.next();
                }
            }
            ']' => class = false,
            '^' | '$' if !class => return None,
            _ => {}
        }
    }
    Some(format!("{open}({part}){close}"))
}

/// Splits at `|` outside groups and classes.
fn alternatives(pattern: &str) -> Vec<&str> {
    let (mut out, mut depth, mut class, mut start) = (Vec::new(), 0_i32, false, 0);
    let mut chars = pattern.char_indices();
    while let Some((ix, c)) = chars.next() {
        match c {
            '\\' => drop(chars.next()),
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth -= 1,
            '|' if !class && depth == 0 => {
                out.push(&pattern[start..ix]);
                start = ix + 1;
            }
            _ => {}
        }
    }
    out.push(&pattern[start..]);
    out
}

fn has_look_around(pattern: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|group| pattern.contains(group))
}

/// ECMA-262 classes in Rust's words: `\d` and `\w` are ASCII there, `.` stops at line ends, `\/` is a slash.
fn translate(pattern: &str) -> Option<String> {
    let mut out = String::new();
    let mut class = false;
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => escape(chars.next()?, class, &mut chars, &mut out)?,
            '[' if !class => {
                class = true;
                out.push('[');
                if chars.peek() == Some(&'^') {
                    out.push('^');
                    chars.next();
                }
            }
            '[' => out.push_str("\\["),
            ']' => {
                class = false;
                out.push(']');
            }
            '&' | '~' if class => {
                out.push('\\');
                out.push(c);
            }
            '.' if !class => out.push_str("[^\\n\\r\\x{2028}\\x{2029}]"),
            _ => out.push(c),
        }
    }
    Some(out)
}

fn escape(c: char, class: bool, chars: &mut std::iter::Peekable<std::str::Chars<'_>>, out: &mut String) -> Option<()> {
    let ranges = match c {
        'd' => "0-9",
        'w' => "A-Za-z0-9_",
        's' => "\\t\\n\\x0B\\x0C\\r \\x{A0}\\x{FEFF}",
        _ => "",
    };
    match c {
        'd' | 'w' | 's' if class => out.push_str(ranges),
        'd' | 'w' | 's' => out.push_str(&format!("[{ranges}]")),
        'D' => out.push_str("[^0-9]"),
        'W' => out.push_str("[^A-Za-z0-9_]"),
        'S' => out.push_str("[^\\t\\n\\x0B\\x0C\\r \\x{A0}\\x{FEFF}]"),
        'b' | 'B' | 'k' | '1'..='9' => return None,
        '0' => out.push_str("\\x00"),
        'u' => {
            let digits: String = chars.by_ref().take(4).collect();
            u32::from_str_radix(&digits, 16).ok()?;
            out.push_str(&format!("\\x{{{digits}}}"));
        }
        'x' => {
            let digits: String = chars.by_ref().take(2).collect();
            u32::from_str_radix(&digits, 16).ok()?;
            out.push_str(&format!("\\x{{{digits}}}"));
        }
        'n' | 'r' | 't' | 'f' | 'v' | 'p' | 'P' => {
            out.push('\\');
            out.push(c);
        }
        _ if c.is_ascii_punctuation() => {
            out.push('\\');
            out.push(c);
        }
        _ => out.push(c),
    }
    Some(())
}
