//! `preavis rules`: the catalogue, and the page of one rule with its example.

use std::fmt::Write as _;
use std::io::Write;

use serde_json::{Value, json};

use super::args::{Listing, RulesArgs};
use super::error::CliError;
use super::exit::Exit;
use super::output::{self, Form};
use super::session;
use super::surroundings::Surroundings;
use crate::rules::{self, Named, RETIRED, Retired, Rule, Status, Weigh};
use crate::text::{self, Lang, RuleTexts, json, put, word};
use example::example;

mod example;

pub(super) fn run(args: &RulesArgs, surroundings: &Surroundings, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let lang = session::lang(&args.common, surroundings);
    let form = match args.format {
        Listing::Text => Form::Text,
        Listing::Json => Form::Data,
    };
    let text = match (&args.id, args.format) {
        (None, Listing::Text) => list(lang),
        (None, Listing::Json) => json::pretty(&rules::catalogue().map(|rule| row(rule, lang)).collect::<Vec<_>>()),
        (Some(id), format) => one(id, RETIRED, format, lang)?,
    };
    output::write(out, form, &text)?;
    Ok(Exit::Clear)
}

/// What there is to say of an id.
fn one(id: &str, retired: &[Retired], format: Listing, lang: Lang) -> Result<String, CliError> {
    Ok(match (rules::named(id, retired), format) {
        (Named::Rule(rule), Listing::Text) => page(rule, lang),
        (Named::Rule(rule), Listing::Json) => json::pretty(&whole(rule, lang)),
        (Named::Retired(gone), Listing::Text) => page_of_retired(&gone, lang),
        (Named::Retired(gone), Listing::Json) => json::pretty(
            &json!({"id": gone.id, "status": "retired", "retired": gone.since, "replaced_by": gone.replaced_by}),
        ),
        (Named::Unknown(near), _) => return Err(CliError::UnknownRule { id: id.to_owned(), near }),
    })
}

fn texts(rule: &Rule, lang: Lang) -> RuleTexts {
    let none = RuleTexts { title: rule.id, sentence: "", explanation: "", advice: "" };
    text::page(rule.id, lang).unwrap_or(none)
}

fn level(rule: &Rule, lang: Lang) -> &'static str {
    match rule.weigh {
        Weigh::Is(level) => word(lang, "levels", level.as_str()),
        Weigh::Read => word(lang, "ui", "by-loss"),
    }
}

fn list(lang: Lang) -> String {
    let rows: Vec<[&str; 4]> =
        rules::catalogue().map(|rule| [rule.id, level(rule, lang), rule.since, texts(rule, lang).title]).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (ids, levels, versions) = (width(0), width(1), width(2));
    rows.iter().fold(String::new(), |mut out, [id, level, since, title]| {
        let _ = writeln!(out, "{id:ids$}  {level:levels$}  {since:versions$}  {title}");
        out
    })
}

fn page(rule: &Rule, lang: Lang) -> String {
    let RuleTexts { title, explanation, advice, .. } = texts(rule, lang);
    let (facet, action, side) = rule.on;
    let side = json!(side);
    let side = word(lang, "sides", side.as_str().unwrap_or_default());
    let ui = |key| word(lang, "ui", key);
    let mut out = format!("{title} ({})\n\n", rule.id);
    let mut facts = vec![
        (ui("level"), level(rule, lang).to_owned()),
        (ui("change"), format!("{}-{}", facet.as_str(), action.as_str())),
        (ui("side"), side.to_owned()),
        (ui("since"), rule.since.to_owned()),
    ];
    if let Status::Deprecated { since } = rule.status {
        facts.push((ui("status"), of_version("rule-deprecated", since, lang)));
    }
    put_facts(&mut out, &facts);
    if let Some(reason) = reason(rule, lang) {
        let _ = write!(out, "\n{}\n", indented(reason));
    }
    let _ =
        write!(out, "\n{}\n{}\n\n{}\n{}\n", ui("explanation"), indented(explanation), ui("advice"), indented(advice));
    if let Some(example) = example(rule.id) {
        let _ = write!(out, "\n{}\n{}\n", ui("example"), indented(&example.prose));
        for (name, text) in [("before", &example.base), ("after", &example.head)] {
            let none = word(lang, "terms", "nothing");
            let text = if text.trim().is_empty() { none } else { text };
            let _ = write!(out, "\n  {}\n{}\n", ui(name), set(text, "      "));
        }
    }
    out
}

fn put_facts(out: &mut String, facts: &[(&str, String)]) {
    let width = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, fact) in facts {
        let _ = writeln!(out, "  {name:width$}  {fact}");
    }
}

/// The words of a key of `ui` about a version of preavis.
fn of_version(key: &str, version: &str, lang: Lang) -> String {
    put(word(lang, "ui", key), &[("version", version)])
}

/// Why a rule is to go.
fn reason(rule: &Rule, lang: Lang) -> Option<&'static str> {
    text::texts(lang).get(rule.id, "deprecated").filter(|_| rule.status != Status::Stable)
}

fn page_of_retired(gone: &Retired, lang: Lang) -> String {
    let none = [word(lang, "terms", "nothing")];
    let instead = if gone.replaced_by.is_empty() { &none } else { gone.replaced_by };
    let status = of_version("rule-retired", gone.since, lang);
    let mut out = format!("{}\n\n", gone.id);
    put_facts(&mut out, &[(word(lang, "ui", "status"), status), (word(lang, "ui", "use-instead"), instead.join(", "))]);
    out
}

fn row(rule: &Rule, lang: Lang) -> Value {
    let (facet, action, side) = rule.on;
    let level = match rule.weigh {
        Weigh::Is(level) => json!(level),
        Weigh::Read => Value::Null,
    };
    let change = format!("{}-{}", facet.as_str(), action.as_str());
    let status = match rule.status {
        Status::Stable => "stable",
        Status::Deprecated { .. } => "deprecated",
    };
    let title = texts(rule, lang).title;
    json!({
        "id": rule.id, "level": level, "change": change, "side": side, "since": rule.since, "status": status, "title": title,
    })
}

fn whole(rule: &Rule, lang: Lang) -> Value {
    let mut value = row(rule, lang);
    let RuleTexts { explanation, advice, .. } = texts(rule, lang);
    let example = example(rule.id).map(|it| json!({"text": it.prose, "before": it.base, "after": it.head}));
    if let Value::Object(fields) = &mut value {
        let more = [("explanation", json!(explanation)), ("advice", json!(advice)), ("example", json!(example))];
        fields.extend(more.map(|(name, value)| (name.to_owned(), value)));
        if let Status::Deprecated { since } = rule.status {
            fields.insert("deprecated".to_owned(), json!({"since": since, "reason": reason(rule, lang)}));
        }
    }
    value
}

/// Prose in lines of readable length.
fn indented(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column == 0 {
            out.push_str("  ");
        } else if column + length > 90 {
            out.push_str("\n  ");
            column = 0;
        } else {
            out.push(' ');
        }
        out.push_str(word);
        column += length + 1;
    }
    out
}

fn set(text: &str, indent: &str) -> String {
    text.trim_end().lines().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GONE: &[Retired] = &[
        Retired { id: "api-gone", since: "0.3.0", replaced_by: &["api-added", "api-removed"] },
        Retired { id: "api-lost", since: "0.4.0", replaced_by: &[] },
    ];

    fn said(id: &str, lang: Lang) -> String {
        one(id, GONE, Listing::Text, lang).unwrap()
    }

    #[test]
    fn a_rule_that_went_is_answered_with_what_took_its_place() {
        let en = "api-gone\n\n  Status       retired since 0.3.0\n  Use instead  api-added, api-removed\n";
        assert_eq!(said("api-gone", Lang::En), en);
        let fr = "api-lost\n\n  État        retirée depuis 0.4.0\n  À la place  rien\n";
        assert_eq!(said("api-lost", Lang::Fr), fr);
        let json: Value = serde_json::from_str(&one("api-gone", GONE, Listing::Json, Lang::En).unwrap()).unwrap();
        let wanted = json!({
            "id": "api-gone", "status": "retired", "retired": "0.3.0", "replaced_by": ["api-added", "api-removed"],
        });
        assert_eq!(json, wanted);
        assert!(matches!(one("api-gon", GONE, Listing::Text, Lang::En), Err(CliError::UnknownRule { .. })));
    }

    #[test]
    fn a_page_says_since_when_and_whether_the_rule_is_to_go() {
        let stable = *rules::find("api-added").unwrap();
        assert!(page(&stable, Lang::En).contains("\n  Since   0.1.0\n"));
        assert!(!page(&stable, Lang::En).contains("Status"));
        let rule = Rule { since: "0.2.0", status: Status::Deprecated { since: "0.3.0" }, ..stable };
        assert!(page(&rule, Lang::En).contains("\n  Since   0.2.0\n  Status  deprecated since 0.3.0\n"));
        assert!(page(&rule, Lang::Fr).contains("dépréciée depuis 0.3.0"));
        let json = whole(&rule, Lang::En);
        assert_eq!((&json["since"], &json["status"]), (&json!("0.2.0"), &json!("deprecated")));
        assert_eq!(json["deprecated"], json!({"since": "0.3.0", "reason": null}));
        assert!(whole(&stable, Lang::En).get("deprecated").is_none());
    }
}
