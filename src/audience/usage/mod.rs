//! What logs show, as aggregates: operations, names of parameters, partners, days and counts. No line of a log, no value,
//! no client ever comes in here.
//!
//! The file is JSON with one row a line, sorted. An import never takes anything away: of each count the larger one stays,
//! so importing again, in parts or overlapping is safe in any order, and counts are lower bounds. Days may be replaced on
//! demand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::known::{WINDOW, key_of};
use crate::text::json;

mod join;

/// What stands for the words and names that are not kept, and for parameters.
pub(super) const HOLE: &str = "{}";
/// The version of the file.
const VERSION: u32 = 1;

/// The aggregates of logs.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "preavis/usage.json", description = "What logs show of the use of the APIs: aggregates only.")]
pub struct Usage {
    /// The version of this format: 1.
    version: u32,
    /// The days that logs were imported of.
    pub covered: Vec<Covered>,
    /// A row for each operation, partner and day.
    pub rows: Vec<Row>,
}

/// A day of a source of logs.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Covered {
    /// The day, in UTC.
    #[schemars(with = "String", regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub day: Date,
    /// The name that the import gave the logs.
    pub source: String,
    /// How many requests they hold.
    pub requests: u64,
}

/// The calls of one operation by one partner on one day.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The day, in UTC.
    #[schemars(with = "String", regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub day: Date,
    /// The name that the import gave the logs.
    pub source: String,
    /// The id of the API; null where no contract has the operation.
    pub api: Option<String>,
    /// The method and the path: the contract's template, or with `{}` for what varies or may be somebody's.
    pub operation: String,
    /// The slug of the partner; null where nobody known called.
    pub partner: Option<String>,
    /// Calls that were answered.
    pub count: u64,
    /// Calls that found nothing, or were not let in: 404, 405, 401.
    pub attempts: u64,
    /// Calls that may have been these, or of another operation or partner.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub ambiguous: u64,
    /// How many calls sent a parameter of the contract, by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, u64>,
    /// How many calls sent a parameter that the contract does not know, by its name; `{}` for all names together that may
    /// be somebody's.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unknown_params: BTreeMap<String, u64>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// Calls added up.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, JsonSchema)]
pub struct Calls {
    /// Calls that were answered.
    pub count: u64,
    /// Calls that found nothing, or were not let in.
    pub attempts: u64,
    /// The last day of a call.
    #[schemars(with = "Option<String>")]
    pub last: Option<Date>,
}

impl Row {
    /// The same row without any count.
    fn identity(&self) -> Self {
        Self {
            day: self.day,
            source: self.source.clone(),
            api: self.api.clone(),
            operation: self.operation.clone(),
            partner: self.partner.clone(),
            ..Self::default()
        }
    }
}

impl Calls {
    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row) {
        if row.count == 0 && row.attempts == 0 {
            return;
        }
        self.count = self.count.saturating_add(row.count);
        self.attempts = self.attempts.saturating_add(row.attempts);
        self.last = self.last.max(Some(row.day));
    }
}

/// Why a file of aggregates cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum UsageError {
    /// It is not what the schema says.
    #[error("{file}:{line}:{column}: {message}")]
    Malformed {
        /// The file as messages name it.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// It is of a later version.
    #[error("{file}: version {version} of the format is not known")]
    Version {
        /// The file as messages name it.
        file: String,
        /// The version that it says.
        version: u32,
    },
}

impl UsageError {
    /// What to do about it, as a sentence without a full stop.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "restore the file, or remove it and import the logs again",
            Self::Version { .. } => "use a newer preavis, or another file with `--usage`",
        }
    }
}

impl Default for Usage {
    fn default() -> Self {
        Self { version: VERSION, covered: Vec::new(), rows: Vec::new() }
    }
}

impl Usage {
    /// The ids of APIs in it.
    pub fn apis(&self) -> BTreeSet<&str> {
        self.rows.iter().filter_map(|row| row.api.as_deref()).collect()
    }

    /// Names APIs by the ids they have now.
    pub fn rename_apis(&mut self, renamed: &BTreeMap<String, String>) {
        for api in self.rows.iter_mut().filter_map(|row| row.api.as_mut()) {
            if let Some(now) = renamed.get(api) {
                now.clone_into(api);
            }
        }
    }

    /// Reads the text of a file; `file` is its name in messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, UsageError> {
        let usage: Self = serde_json::from_str(text).map_err(|error| {
            let said = error.to_string();
            let message = said.rsplit_once(" at line ").map_or(said.as_str(), |(message, _)| message).to_owned();
            UsageError::Malformed { file: file.to_owned(), line: error.line(), column: error.column(), message }
        })?;
        if usage.version == VERSION {
            Ok(usage)
        } else {
            Err(UsageError::Version { file: file.to_owned(), version: usage.version })
        }
    }

    /// The text of the file: one row a line.
    pub fn text(&self) -> String {
        let list = |rows: Vec<String>| {
            if rows.is_empty() { "[]".to_owned() } else { format!("[\n    {}\n  ]", rows.join(",\n    ")) }
        };
        let covered = list(self.covered.iter().map(json::compact).collect());
        let rows = list(self.rows.iter().map(json::compact).collect());
        format!("{{\n  \"version\": {},\n  \"covered\": {covered},\n  \"rows\": {rows}\n}}\n", self.version)
    }

    /// The days that logs were imported of, each once.
    pub fn days(&self) -> BTreeSet<Date> {
        self.covered.iter().map(|at| at.day).collect()
    }

    /// Whether logs show that nobody calls an operation: they cover the API for 35 days and up to a day, and have no row of
    /// it, not even of calls that may have been meant for it. Of what the server calls itself logs show nothing.
    pub fn proves_silence(&self, api: &str, method: &str, path: &str, fresh: Date) -> bool {
        let operation = key_of(&format!("{method} {path}"));
        let recent = self.covered.iter().any(|at| at.day >= fresh);
        let ours = |row: &&Row| row.api.as_deref() == Some(api);
        // Where no call of the API was seen at all, the logs may be those of something else.
        let covers = self.rows.iter().filter(ours).any(|row| row.count > 0);
        let called = self.rows.iter().any(|row| match row.api.as_deref() {
            Some(known) => known == api && key_of(&row.operation) == operation,
            // Outside the contract words are not kept, so that a hole there may be any word.
            None => may_be(&key_of(&row.operation), &operation),
        });
        path.starts_with('/') && recent && self.window() >= WINDOW && covers && !called
    }

    /// The last day that logs were imported of.
    pub fn last_day(&self) -> Option<Date> {
        self.covered.iter().map(|at| at.day).max()
    }

    /// The most days of any one source: logs of different sources see different calls, so their days do not add up.
    pub fn window(&self) -> usize {
        let mut days: BTreeMap<&str, BTreeSet<Date>> = BTreeMap::new();
        for at in &self.covered {
            days.entry(&at.source).or_default().insert(at.day);
        }
        days.values().map(BTreeSet::len).max().unwrap_or(0)
    }
}

/// Whether two operations are of one shape where a hole stands for any word.
fn may_be(one: &str, two: &str) -> bool {
    let alike = |(one, two): (&str, &str)| one == two || one == HOLE || two == HOLE;
    one.split('/').count() == two.split('/').count() && one.split('/').zip(two.split('/')).all(alike)
}

/// The JSON Schema of [`Usage`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn usage_schema() -> String {
    crate::json_schema::of_output::<Usage>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_is_refused_with_its_place() {
        let said = Usage::parse("u.json", "{\n  \"version\": 1,\n  \"row\": []}").unwrap_err().to_string();
        assert!(said.starts_with("u.json:3:7: unknown field `row`"), "{said}");
        let said = Usage::parse("u.json", "{\"version\": 2, \"covered\": [], \"rows\": []}").unwrap_err().to_string();
        assert_eq!(said, "u.json: version 2 of the format is not known");
    }
}
