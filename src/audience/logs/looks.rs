//! What a text of a request looks like: a word that a developer may have chosen, a value that somebody has, or neither.
//!
//! The shapes are data. A word has one form only, so that what no row of a table foresees is no word.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::RegexSet;

/// What a text looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Look {
    /// A word of a path or the name of a parameter, as far as its form tells.
    Word,
    /// A value: where it stands, others are values too.
    Value,
    /// Neither: a file name, mixed case, signs. It says nothing of its neighbours.
    Odd,
}

/// The most letters of a word between two joints.
const RUN: usize = 15;
/// The most words in one, as in `rooms-by-floor`.
const JOINED: usize = 4;
/// From this length on, a run of letters has to sound like a word.
const SOUND: usize = 5;
/// The shortest name that is looked for beside an initial, as in `jdupont`.
const BESIDE_INITIAL: usize = 5;
/// The shortest name that is looked for in `jeandupont`.
const HALF: usize = 3;

/// Shapes of values: what it is, how it is written. Texts that have the form of a word are asked about as well.
const VALUES: &[(&str, &str)] = &[
    ("number, date, time, phone number, range", r"^[-+(]*\d[-+()\d .,:/_]*$"),
    ("digits in a row", r"\d{4}"),
    ("UUID", r"(?i)^\{?[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}\}?$"),
    ("hexadecimal number", r"(?i)^(0x)?[\da-f]*\d[\da-f]*$"),
    ("hexadecimal number of letters alone", r"^[a-f]{8,}$"),
    ("e-mail address, account", "@|%40"),
    ("several escapes", r"%[\da-fA-F]{2}"),
    ("IBAN", r"(?i)^[a-z]{2}\d{2}[ ]?[a-z\d]"),
    ("JWT, or JSON in base64", r"^eyJ"),
    ("base64, an identifier of many letters", r"[A-Za-z\d+/=_]{20}"),
    ("AWS key", r"^(?i)(akia|asia)[a-z\d]"),
    (
        "key that its maker marks",
        r"^(?i)(gh[oprsu]|github_pat|glpat|xox[a-z]|xapp|shp[a-z]{2}|whsec|npm|pypi|hf|dop)[-_]",
    ),
    ("key or account of a payment service", r"^(?i)([rsp]k|cus|acct)[-_]"),
    ("key of a cloud", r"^(AIza|ya29\.|SG\.|AC[\da-f])"),
    ("initials and name, a name in capitals", r"^\p{Lu}[\p{L}'’-]*([ ._+-]\p{Lu}[\p{L}'’-]*)+$"),
    ("letters beyond ASCII", r"[^\x00-\x7F]"),
    ("session in a matrix parameter", r"(?i);.*="),
];

/// The letters that follow each letter, from `a` on, within words of English, French and the trade; other
/// pairs are rare there.
const FOLLOWERS: [&str; 26] = [
    "abcdefghijklmnopqrstuvwxyz",
    "abcehilorstuwy",
    "acehiklorstuy",
    "abdefghijlmorstuwy",
    "abcdefghijklmnopqrstuvwxyz",
    "adefilorstuy",
    "abdeghiklmnorstuwy",
    "aeilmnoqrtuy",
    "abcdefghijklmnopqrstuvwxyz",
    "aeiou",
    "aehilnoprsuwy",
    "abcdefgijklmnopstuvy",
    "abceilmnopstuw",
    "abcdefghijklmnoprstuvyz",
    "abcdefghijklmnopqrstuvwxyz",
    "acehiloprstuy",
    "au",
    "abcdefghiklmnoprstuvwy",
    "acefhiklmnopqrstuwy",
    "acdefhilmnoprstuwy",
    "abcdefgijklmnoprstuvwxyz",
    "aeioru",
    "aehinorsu",
    "aceipt",
    "aeilmnoprstu",
    "aeiou",
];

/// Names of people, apart by white space, and lines of remarks.
const PEOPLE: &str = include_str!("people.txt");

/// Says what a text looks like, once percent-decoded.
pub(super) fn look(text: &str) -> Look {
    let parts: Vec<&str> = text.split(['-', '_']).collect();
    if is_value(text) || is_person(text) {
        return Look::Value;
    }
    if is_version(text) || (parts.len() <= JOINED && parts.iter().all(|part| is_word(part))) {
        return Look::Word;
    }
    Look::Odd
}

/// True of `v1` to `v99`.
fn is_version(text: &str) -> bool {
    let digits = text.strip_prefix('v').unwrap_or_default();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// True of a run of lower-case letters that sounds like a word.
fn is_word(run: &str) -> bool {
    (2..=RUN).contains(&run.len())
        && run.bytes().all(|byte| byte.is_ascii_lowercase())
        && (run.len() < SOUND || rare_pairs(run) < 2)
}

/// How many letters are followed by one that rarely follows them.
fn rare_pairs(run: &str) -> usize {
    let is_usual = |first: u8, next: u8| {
        let followers = FOLLOWERS.get(usize::from(first.wrapping_sub(b'a')));
        followers.is_some_and(|followers| followers.as_bytes().contains(&next))
    };
    run.as_bytes().windows(2).filter(|pair| matches!(pair, [first, next] if !is_usual(*first, *next))).count()
}

/// True where a shape of the table fits. Without the table nothing is known to be no value.
fn is_value(text: &str) -> bool {
    static SHAPES: OnceLock<Option<RegexSet>> = OnceLock::new();
    let shapes = SHAPES.get_or_init(|| RegexSet::new(VALUES.iter().map(|(_, shape)| shape)).ok());
    shapes.as_ref().is_none_or(|shapes| shapes.is_match(text))
}

/// True where a part is the name of a person, with or without another or an initial before it.
fn is_person(text: &str) -> bool {
    static NAMES: OnceLock<BTreeSet<&str>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let lines = PEOPLE.lines().filter(|line| !line.starts_with('#'));
        lines.flat_map(str::split_ascii_whitespace).collect()
    });
    if text.len() > 2 * RUN || !text.is_ascii() {
        return false;
    }
    let text = text.to_ascii_lowercase();
    text.split(|c: char| !c.is_ascii_alphabetic()).any(|part| {
        let is_name = |text: &str| names.contains(text);
        let rests = [part.get(1..), part.get(..part.len().saturating_sub(1))];
        let initial = rests.into_iter().flatten().any(|rest| rest.len() >= BESIDE_INITIAL && is_name(rest));
        let halves = |at: usize| is_name(&part[..at]) && is_name(&part[at..]);
        is_name(part) || initial || (HALF..(part.len() + 1).saturating_sub(HALF)).any(halves)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_a_regular_expression() {
        assert!(RegexSet::new(VALUES.iter().map(|(_, shape)| shape)).is_ok());
        assert_eq!(FOLLOWERS.concat().bytes().filter(u8::is_ascii_lowercase).count(), FOLLOWERS.concat().len());
    }

    #[test]
    fn names_of_people_are_plain_and_said_once() {
        let lines = PEOPLE.lines().filter(|line| !line.starts_with('#'));
        let names: Vec<&str> = lines.flat_map(str::split_ascii_whitespace).collect();
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase())), "lower case");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "once");
    }

    #[test]
    fn words_of_paths_are_words() {
        for text in [
            "internal",
            "health",
            "healthcheck",
            "healthz",
            "metrics",
            "users",
            "avatar",
            "api",
            "v1",
            "v12",
            "loans",
            "sign-in",
            "rdv",
            "rdvs",
            "graphql",
            "oauth",
            "utm_source",
            "per_page",
            "updated_since",
            "etablissements",
            "participations",
            "motifs",
            "statistiques",
            "organisations",
            "webhooks",
            "csv",
            "export",
            "search",
            "transcript",
            "postscript",
            "workshops",
            "jobs",
            "sidekiq",
            "assets",
            "download",
            "pdf",
            "per",
            "sort",
            "agents",
            "login",
            "password",
            "lieux",
            "creneaux",
            "departements",
            "abonnements",
            "suppression",
        ] {
            assert_eq!(look(text), Look::Word, "{text}");
        }
    }

    #[test]
    fn values_and_odd_texts_are_told_apart() {
        for (text, said) in [
            ("12", Look::Value),
            ("jean-dupont", Look::Value),
            ("j-dupont", Look::Value),
            ("jdupont", Look::Value),
            ("dupontj", Look::Value),
            ("jeandupont", Look::Value),
            ("Jean.Dupont", Look::Value),
            ("zoé", Look::Value),
            ("ghp_abcdefghijklmnop", Look::Value),
            ("qzkxvbw", Look::Odd),
            ("abcdefghijklmnop", Look::Odd),
            ("userProfiles", Look::Odd),
            ("favicon.ico", Look::Odd),
            ("oauth2", Look::Odd),
            ("", Look::Odd),
        ] {
            assert_eq!(look(text), said, "{text}");
        }
    }
}
