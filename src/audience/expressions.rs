//! The regular expressions of partner files: whether each is one, and what all of them may cost, before any is compiled.
//!
//! Few commands ever hold an expression against a line of a log, and a short one may compile to a megabyte. So syntax is
//! checked where a file is read, what compiling would take is added up, and only who reads logs compiles.

use std::convert::Infallible;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{self, Ast, ClassPerl, ClassPerlKind, ClassSetItem};
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind};

/// The longest expression, in bytes: what its syntax means may take 3,000 times as much.
const LENGTH: usize = 4096;
/// The most bytes that one compiled expression may take.
const ONE: usize = 5 << 19;
/// The most bytes that all of them together may take: 900 of `\w+`, 3,000 short ones.
const ALL: usize = 64 << 20;
/// What every expression takes, however short.
const EACH: usize = 20 << 10;
/// The most bytes that an expression may remember of what it has met.
const REMEMBERED: usize = 64 << 10;
/// The most letters that the classes of all expressions name: with `(?i)` each letter is looked up.
const LETTERS: usize = 250_000_000;
/// The letters of a class that leaves out a few.
const EVERY: usize = 0x11_0000;

/// What is left for the expressions that are still to be read.
#[derive(Debug)]
pub(super) struct Allowance {
    bytes: usize,
    letters: usize,
}

/// What is wrong with an expression, and the way out where it is not plain.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) advice: Option<&'static str>,
}

impl Default for Allowance {
    fn default() -> Self {
        Self { bytes: ALL, letters: LETTERS }
    }
}

impl Allowance {
    /// Takes what an expression would cost.
    ///
    /// # Errors
    /// Where the text is no expression, and where it costs more than one may, or more than is left.
    pub(super) fn take(&mut self, text: &str) -> Result<(), Fault> {
        let shorter =
            "write a shorter one, or several: one part of a user agent is enough to tell a partner from others";
        if text.len() > LENGTH {
            return Err(too_much(format!("the regular expression is longer than {LENGTH} bytes"), shorter));
        }
        let ast = Parser::new().parse(text).map_err(|error| no_expression(text, &error))?;
        let fewer = "use fewer expressions, and fewer of `\\w`, `\\p{…}`, `(?i)` and `{n}` in them";
        let together = || too_much(format!("all partners together match by too much, up to `{text}`"), fewer);
        self.letters = self.letters.checked_sub(letters(&ast)).ok_or_else(together)?;
        let meaning = Translator::new().translate(text, &ast).map_err(|error| no_expression(text, &error))?;
        let size = size(&meaning);
        if size > ONE {
            return Err(too_much(format!("`{text}` would take more than {ONE} bytes"), "repeat less with `{n}`"));
        }
        self.bytes = self.bytes.checked_sub(EACH + size).ok_or_else(together)?;
        Ok(())
    }
}

/// An expression that may be held against lines.
///
/// # Errors
/// Where the text is no expression, or a larger one than was foreseen.
pub(super) fn compiled(text: &str) -> Result<Regex, Fault> {
    let made = RegexBuilder::new(text).size_limit(2 * ONE).dfa_size_limit(REMEMBERED).build();
    made.map_err(|error| no_expression(text, &error))
}

fn no_expression(text: &str, error: &dyn std::fmt::Display) -> Fault {
    let said = error.to_string();
    let cause = said.lines().last().unwrap_or_default().trim_start_matches("error: ");
    Fault { message: format!("`{text}` is not a regular expression: {cause}"), advice: None }
}

fn too_much(message: String, advice: &'static str) -> Fault {
    Fault { message, advice: Some(advice) }
}

/// How many letters the classes of an expression name; at least as many as are looked at one by one.
fn letters(ast: &Ast) -> usize {
    let Ok(letters) = ast::visit(ast, Letters::default());
    letters
}

#[derive(Default)]
struct Letters(usize);

impl ast::Visitor for Letters {
    type Output = usize;
    type Err = Infallible;

    fn finish(self) -> Result<usize, Infallible> {
        Ok(self.0)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), Infallible> {
        if let Ast::ClassUnicode(_) = ast {
            self.0 += EVERY;
        }
        Ok(())
    }

    fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Infallible> {
        self.0 += match item {
            ClassSetItem::Range(range) => (range.end.c as usize).saturating_sub(range.start.c as usize) + 1,
            ClassSetItem::Perl(ClassPerl { negated: false, kind: ClassPerlKind::Word, .. }) => 40_000,
            ClassSetItem::Perl(class) if !class.negated => 1_000,
            ClassSetItem::Ascii(class) if !class.negated => 100,
            ClassSetItem::Bracketed(class) if !class.negated => 1,
            ClassSetItem::Perl(_) | ClassSetItem::Ascii(_) | ClassSetItem::Bracketed(_) | ClassSetItem::Unicode(_) => {
                EVERY
            }
            ClassSetItem::Empty(_) | ClassSetItem::Literal(_) | ClassSetItem::Union(_) => 1,
        };
        Ok(())
    }
}

/// About how many bytes an expression takes when it is compiled.
fn size(meaning: &Hir) -> usize {
    let own = match meaning.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len() * 32,
        HirKind::Class(Class::Unicode(class)) => class.ranges().iter().copied().map(size_of_range).sum(),
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() * 24,
        HirKind::Repetition(repeated) => {
            let times = repeated.max.unwrap_or(repeated.min).max(1);
            size(&repeated.sub).saturating_mul(usize::try_from(times).unwrap_or(usize::MAX))
        }
        HirKind::Capture(group) => 64 + size(&group.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().map(size).fold(0, usize::saturating_add),
    };
    own.saturating_add(32)
}

/// A range of letters is several ranges of bytes, where their lengths differ.
fn size_of_range(range: ClassUnicodeRange) -> usize {
    let width = (range.end() as usize).saturating_sub(range.start() as usize);
    match range.end() {
        ..='\u{7f}' => 24,
        _ if width > 0x800 => 460,
        _ => 60,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes the same expression so often, until it is refused.
    fn taken(text: &str, times: usize) -> Result<(), String> {
        let mut allowance = Allowance::default();
        (0..times).try_for_each(|_| allowance.take(text)).map_err(|fault| fault.message)
    }

    #[test]
    fn what_teams_write_is_taken_hundreds_of_times() {
        for text in ["^Faraday", "(?i)^faraday/[0-9.]+", r"Hall-\w+/\d+", "^[a-zA-Z0-9._-]+$", "^(Hall|School) .*bot"] {
            assert_eq!(taken(text, 700), Ok(()), "{text}");
            assert!(compiled(text).is_ok());
        }
    }

    #[test]
    fn what_is_no_expression_is_told_as_it_is_where_it_is_compiled() {
        for text in ["(", r"\p{Nothing}", "a{2,1}", r"(?-u:\xff)", "[b-a]", "*", r"[\w--", "(?x", "a**{9999999999}"] {
            let said = taken(text, 1).unwrap_err();
            assert_eq!(compiled(text).map_err(|fault| fault.message).unwrap_err(), said, "{text}");
            assert!(said.starts_with(&format!("`{text}` is not a regular expression: ")), "{said}");
        }
    }

    #[test]
    fn what_grows_is_refused_alone_and_together() {
        for text in [r"\w{100}".to_owned(), "(a{1000}){1000}".to_owned(), "((((.{9}){9}){9}){9}){9}".to_owned()] {
            assert!(taken(&text, 1).unwrap_err().contains("would take more than"), "{text}");
        }
        assert!(taken(&r"\w".repeat(LENGTH), 1).unwrap_err().contains("longer than 4096 bytes"));
        for text in ["^.{0,300}7$", "(?i)[\u{0}-\u{10ffff}]", r"(?i)\p{L}", r"[\W]", "[[^a]]", r"^\w{9}$"] {
            assert!(taken(text, 10_000).unwrap_err().contains("all partners together"), "{text}");
        }
    }

    /// No estimate is a third of what it is for, and none is five times as much where it matters.
    #[test]
    fn what_is_refused_is_what_would_be_large() {
        for text in ["^.{0,300}7$", r"^\w{20}$", "(?i)caf\u{e9}", "a{1000}", "(ab|cd|){100}", "[\u{7f}-\u{10ffff}]{10}"]
        {
            let size = size(&regex_syntax::parse(text).unwrap());
            let fits = |limit: usize| RegexBuilder::new(text).size_limit(limit).build().is_ok();
            assert!(fits(3 * size) && !fits(size / 5), "{text}: {size}");
        }
    }
}
