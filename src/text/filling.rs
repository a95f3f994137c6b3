//! Placeholders filled, in one pass, so that braces inside a value (`/x/{id}`) are never taken for placeholders.

use super::arg::{Arg, Args};
use super::catalogue::{texts, word};
use super::lang::Lang;
use super::spot;
use super::words::{counted, date, number};

/// Up to how many values of a list are all named in a sentence.
const NAMED: usize = 6;
/// How many are named where there are more.
const FIRST: usize = 3;

/// A template with its `{name}` placeholders replaced; a placeholder without an argument stays as it is.
pub fn fill(template: &str, lang: Lang, args: &Args) -> String {
    expand(template, |name| args.get(name).map(|arg| shown(arg, lang)))
}

/// The same for several values of one list: `{value}` and `{values}` are the first of them, `{count}` is how many they are.
/// With fewer than two values it is the same.
pub(crate) fn fill_several(template: &str, lang: Lang, args: &Args, values: &[Arg]) -> String {
    if values.len() < 2 {
        return fill(template, lang, args);
    }
    let named = if values.len() <= NAMED { values.len() } else { FIRST };
    let mut list = values.iter().take(named).map(|value| shown(value, lang)).collect::<Vec<_>>().join(", ");
    if values.len() > named {
        list = format!("{list} {}", counted(lang, "ui", "and-more", (values.len() - named) as u64));
    }
    expand(template, |name| match name {
        "count" => Some(number(lang, values.len() as u64)),
        "value" | "values" => Some(list.clone()),
        name => args.get(name).map(|arg| shown(arg, lang)),
    })
}

/// What stands between braces is a placeholder where it has a value; else it stays.
pub(super) fn expand(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after.split_once('}').and_then(|(name, tail)| Some((value(name)?, tail)));
        if let Some((text, tail)) = found {
            append(&mut out, &text);
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// French contracts `de` and `à` with the article of what follows: « de le corps » is « du corps ».
const CONTRACTED: &[(&str, &str, &str)] =
    &[("de ", "le ", "du "), ("de ", "les ", "des "), ("à ", "le ", "au "), ("à ", "les ", "aux ")];

fn append(out: &mut String, text: &str) {
    for (word, article, both) in CONTRACTED {
        let Some(noun) = text.strip_prefix(article) else { continue };
        let Some(before) = out.strip_suffix(word).filter(|before| before.is_empty() || before.ends_with(' ')) else {
            continue;
        };
        out.truncate(before.len());
        out.push_str(both);
        out.push_str(noun);
        return;
    }
    out.push_str(text);
}

fn shown(arg: &Arg, lang: Lang) -> String {
    match arg {
        Arg::Code(text) => code(text),
        Arg::Count(count) => number(lang, *count),
        Arg::Named { term, name } => match texts(lang).get("terms", term) {
            Some(said) => put(said, &[("name", &code(name))]),
            None => code(name),
        },
        Arg::Term { term } => match texts(lang).get("terms", term) {
            Some(said) => said.to_owned(),
            None => term.parse().map_or_else(|_| code(term), |day| date(lang, day)),
        },
        Arg::Spot { path, spot } => spot::place(lang, path, spot),
    }
}

/// How many characters of a value a sentence shows; before and after hold the whole.
const SHOWN: usize = 120;

/// Markdown inline code: on one line, the fence longer than any run of backticks inside.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let mut line: String =
        text.chars().take(SHOWN).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push('…');
    }
    let longest = line.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let clings = |edge: Option<char>| matches!(edge, Some('`' | ' '));
    let pad = if clings(line.chars().next()) || clings(line.chars().last()) { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// The same with values that are text already.
pub(crate) fn put(template: &str, args: &[(&str, &str)]) -> String {
    expand(template, |name| args.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
}

/// A word of the section `ui`.
pub(crate) fn ui(lang: Lang, key: &str) -> String {
    word(lang, "ui", key).to_owned()
}

/// `label: value`, in French `label : value`; the label alone where there is no value.
pub(crate) fn labelled(lang: Lang, label: &str, value: &str) -> String {
    put(&ui(lang, "colon"), &[("label", label), ("value", value)]).trim_end().to_owned()
}

/// The text with its first letter as a capital.
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}
