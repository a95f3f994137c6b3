//! The configuration that `preavis init` writes: every key with its default, and what the repository shows filled in.

use std::fmt::Write as _;

use crate::compare::Api;
use crate::contract::Contract;
use crate::render::plain_line;
use crate::text::Lang;

/// Every key, behind a `#`; tables stand open, so that a key takes effect where its `#` goes.
const TEMPLATE: &str = include_str!("../../../templates/init/preavis.toml");

/// What a repository shows.
pub(super) struct Shown<'a> {
    pub(super) lang: Option<Lang>,
    pub(super) production: Option<&'a str>,
    pub(super) apis: &'a [(Api, Contract)],
}

/// The text of `preavis.toml`.
pub(super) fn text(shown: &Shown<'_>) -> String {
    let zone = (shown.lang == Some(Lang::Fr)).then_some("Europe/Paris");
    let settings = [("lang", shown.lang.map(Lang::as_str)), ("production", shown.production), ("time_zone", zone)];
    let mut text = String::new();
    for line in TEMPLATE.lines() {
        let key = line.strip_prefix('#').and_then(|line| line.split_once(" = "));
        let set = key.and_then(|(key, _)| settings.iter().find(|(known, _)| *known == key));
        match set {
            Some((key, Some(value))) => {
                let _ = writeln!(text, "{key} = {}", quoted(value));
            }
            Some((_, None)) | None => {
                let _ = writeln!(text, "{line}");
            }
        }
    }
    for (api, contract) in shown.apis {
        let comment = plain_line(&contract.title);
        let comment = if comment.is_empty() { comment } else { format!("  # {comment}") };
        let _ = write!(text, "\n[[api]]\nid = {}{comment}\npath = {}\n", quoted(&api.id), quoted(api.path()));
    }
    text
}

/// A string of TOML; JSON's escapes are all TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::config::Config;

    /// The template with each key that `take` chooses set, by the number of its line.
    fn with(take: &dyn Fn(usize) -> bool) -> String {
        let keys = |(at, line): (usize, &'static str)| match line.strip_prefix('#') {
            Some(key) if !key.starts_with(' ') && take(at) => key,
            _ => line,
        };
        TEMPLATE.lines().enumerate().map(keys).collect::<Vec<_>>().join("\n")
    }

    fn read(text: &str) -> Config {
        Config::parse("preavis.toml", text).unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn what_is_written_is_the_default() {
        assert_eq!(format!("{:?}", read(TEMPLATE)), format!("{:?}", Config::default()));
    }

    #[test]
    fn each_key_is_one_alone_and_with_all_others() {
        let lines: Vec<&str> = TEMPLATE.lines().collect();
        let mut table = None;
        for (at, line) in lines.iter().enumerate() {
            let Some(key) = line.strip_prefix('#').filter(|key| !key.starts_with(' ') && !key.is_empty()) else {
                continue;
            };
            if key.starts_with("[[") {
                table = Some(at);
            }
            // A row of a table is read as a whole: its keys need each other.
            match table {
                Some(start) => drop(read(&with(&|line| (start..=lines.len()).contains(&line) || line == at))),
                None => drop(read(&with(&|line| line == at))),
            }
        }
        read(&with(&|_| true));
    }

    /// The keys of tables that a schema names, each with those above it.
    fn keys(schema: &Value, root: &Value, above: &str, out: &mut BTreeSet<String>) {
        let target =
            schema.get("$ref").and_then(Value::as_str).and_then(|name| root.pointer(name.trim_start_matches('#')));
        let schema = target.unwrap_or(schema);
        for part in ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten() {
            keys(part, root, above, out);
        }
        if let Some(items) = schema.get("items") {
            keys(items, root, above, out);
        }
        for (key, schema) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let name = format!("{above}{key}");
            keys(schema, root, &format!("{name}."), out);
            out.insert(name);
        }
    }

    fn set(value: &toml::Value, above: &str, out: &mut BTreeSet<String>) {
        for (key, value) in value.as_table().into_iter().flatten() {
            out.insert(format!("{above}{key}"));
            set(value, &format!("{above}{key}."), out);
        }
        for row in value.as_array().into_iter().flatten() {
            set(row, above, out);
        }
    }

    #[test]
    #[cfg(feature = "internals")]
    fn every_key_of_the_configuration_is_there() {
        let schema: Value = serde_json::from_str(&crate::config::config_schema()).unwrap();
        let (mut known, mut written) = (BTreeSet::new(), BTreeSet::new());
        keys(&schema, &schema, "", &mut known);
        set(&toml::from_str(&with(&|_| true)).unwrap(), "", &mut written);
        let missing: Vec<_> = known.difference(&written).collect();
        assert!(known.len() > 30 && missing.is_empty(), "not in templates/init/preavis.toml: {missing:?}");
    }
}
