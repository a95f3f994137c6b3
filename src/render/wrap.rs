//! Lines that fit a terminal: a long one goes on below, under its own text. Values are cut elsewhere, and commands, which
//! people copy, stay on their line.

use std::iter::Peekable;
use std::str::Chars;

/// The least width that is kept to.
const LEAST: usize = 40;
/// What begins a line that stays as it is: values, exchanges, commands.
const WHOLE: [&str; 4] = ["- ", "+ ", "│ ", "→ "];

/// The text with no line longer than a width, where it can be broken between words; 0 for no limit.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    if width == 0 {
        return text.to_owned();
    }
    text.split_inclusive('\n').map(|line| fitted(line, width.max(LEAST))).collect()
}

fn fitted(line: &str, width: usize) -> String {
    let bare = visible(line);
    let start = bare.trim_start();
    if bare.trim_end().chars().count() <= width || WHOLE.iter().any(|mark| start.starts_with(mark)) {
        return line.to_owned();
    }
    let indent = " ".repeat((bare.chars().count() - start.chars().count()).max(4));
    let mut out = String::with_capacity(line.len() + 16);
    let mut at = 0;
    let mut first = true;
    for word in line.split_inclusive(' ') {
        let long = visible(word).trim_end().chars().count();
        if at + long > width && !first {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(&indent);
            at = indent.len();
        }
        first &= word.trim().is_empty();
        out.push_str(word);
        at += visible(word).chars().count();
    }
    out
}

/// A text without the sequences that set colours.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' { skip(&mut letters) } else { out.push(letter) }
    }
    out
}

fn skip(letters: &mut Peekable<Chars<'_>>) {
    letters.by_ref().find(char::is_ascii_alphabetic);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_go_on_under_their_text() {
        let line = format!("    {}end\n", "word ".repeat(12));
        let said = wrapped(&line, 44);
        assert_eq!(said.lines().map(|line| line.chars().count()).collect::<Vec<_>>(), [43, 27]);
        assert!(said.lines().all(|line| line.starts_with("    word")) && said.ends_with("end\n"), "{said}");
        assert_eq!(wrapped(&line, 0), line);
    }

    #[test]
    fn colours_take_no_room_and_commands_stay_whole() {
        let red = format!("\u{1b}[1;31m{}\u{1b}[0m\n", "x".repeat(40));
        assert_eq!(wrapped(&red, 40), red);
        let command = format!("    → preavis accept {}\n", "pv1-0000 ".repeat(20));
        assert_eq!(wrapped(&command, 40), command);
        let name = format!("    GET /{}\n", "x".repeat(80));
        assert_eq!(wrapped(&name, 40).lines().count(), 2);
    }
}
