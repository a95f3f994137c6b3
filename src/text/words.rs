//! Words that follow a grammar: dates, numbers and counted things.

use jiff::civil::Date;

use super::catalogue::word;
use super::filling::expand;
use super::lang::Lang;

/// A day in words: `14 May 2024`, `1er mai 2024`.
pub fn date(lang: Lang, date: Date) -> String {
    let day = match (lang, date.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (Lang::En | Lang::Fr, day) => day.to_string(),
    };
    format!("{day} {} {}", word(lang, "months", &date.month().to_string()), date.year())
}

/// A day in words with its weekday: `Tuesday 14 May 2024`, `mardi 14 mai 2024`.
pub fn full_date(lang: Lang, day: Date) -> String {
    let weekday = word(lang, "weekdays", &day.weekday().to_monday_one_offset().to_string());
    format!("{weekday} {}", date(lang, day))
}

/// A number with its thousands apart: `1,240`, or with U+202F in French.
pub fn number(lang: Lang, number: u64) -> String {
    let gap = match lang {
        Lang::En => ',',
        Lang::Fr => '\u{202f}',
    };
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(gap);
        }
        out.push(digit);
    }
    out
}

/// A count in words: the text `KEY-one` or `KEY-many` of a section, its `{count}` filled. In French zero is singular.
pub fn counted(lang: Lang, section: &str, key: &str, count: u64) -> String {
    let singular = match lang {
        Lang::En => count == 1,
        Lang::Fr => count < 2,
    };
    let template = word(lang, section, &format!("{key}-{}", if singular { "one" } else { "many" }));
    expand(template, |name| (name == "count").then(|| number(lang, count)))
}
