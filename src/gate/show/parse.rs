//! A result that another job wrote, read again. Nothing of it is trusted: its size is bounded, counts, decision, sentences
//! and commands are made anew from the changes and findings in it, and renderers escape the rest.

use super::result::{CheckReport, CheckedApi, Found};
use super::{Options, commands, words};
use crate::gate::{Decision, Question};
use crate::render::excerpt::clip;
use crate::report::summary as sentence;
use crate::report::{ApiReport, Change, Report};
use crate::text::{Lang, spelt};

/// Why a result cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParseError {
    /// It is longer than what is asked for.
    #[error("it is longer than {limit} bytes")]
    TooLong {
        /// The most bytes.
        limit: usize,
    },
    /// It is no JSON, or none of this form.
    #[error("{}", spelt(.message))]
    Form {
        /// What is wrong, and where.
        message: String,
    },
    /// It has a name that no result has.
    #[error("no result has the {what} `{}`", spelt(.value))]
    Name {
        /// What the name is of.
        what: &'static str,
        /// The name, cut.
        value: String,
    },
}

/// The most characters of an id, and of a value in an error.
const NAME: usize = 200;

impl CheckReport {
    /// Reads a result of at most so many bytes. Sentences come in the language asked for.
    ///
    /// # Errors
    /// Where it is too long, is no JSON of this form, or names what no result of ours names.
    pub fn parse(text: &str, limit: usize, options: &Options) -> Result<Self, ParseError> {
        if text.len() > limit {
            return Err(ParseError::TooLong { limit });
        }
        let mut read: Self =
            serde_json::from_str(text).map_err(|error| ParseError::Form { message: clip(&error.to_string(), NAME) })?;
        read.names()?;
        read.settle(options.lang);
        Ok(read)
    }

    /// What is pasted into a shell, or looked up, is what we write.
    fn names(&self) -> Result<(), ParseError> {
        let name = |what: &'static str, value: &str, fits: &dyn Fn(char) -> bool| {
            let value: String = value.chars().take(NAME + 1).collect();
            let good = !value.is_empty() && value.chars().count() <= NAME && value.chars().all(fits);
            if good { Ok(()) } else { Err(ParseError::Name { what, value }) }
        };
        let id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.version != 1 {
            return Err(ParseError::Name { what: "version", value: self.version.to_string() });
        }
        if let Some(option) = self.versions.iter().find(|version| commands::is_option(version)) {
            return Err(ParseError::Name { what: "version", value: option.chars().take(NAME).collect() });
        }
        for (_, it) in self.changes() {
            let parts = it.change.parts.iter().map(|part| (&part.fingerprint, &part.rule));
            for (fingerprint, rule) in parts.chain([(&it.change.fingerprint, &it.change.rule)]) {
                name("fingerprint", fingerprint.strip_prefix("pv1-").unwrap_or_default(), &id)?;
                name("rule", rule, &id)?;
            }
        }
        Ok(())
    }

    /// Makes anew what follows from the changes and findings. What could not be told stays so.
    fn settle(&mut self, lang: Lang) {
        let (today, question) = (self.today, self.question);
        self.ships |= question == Question::Release;
        for it in self.apis.iter_mut().flat_map(|api| &mut api.changes) {
            it.waits.retain(|wait| it.gated.is_some() && wait.until > today);
            it.change.summary = sentence(lang, &it.change);
            it.commands = commands::of_change(it, &self.versions, question);
        }
        self.findings.iter_mut().for_each(|found| said_anew(found, question, lang));
        self.findings.sort_by_key(|found| !found.closes);
        let open = self.changes().filter(|(_, change)| change.is_open()).count();
        self.commands = commands::of_all(open, &self.versions, question);
        let whole: Vec<ApiReport> = self.apis.iter().map(|api| api.with(|_| true)).collect();
        (self.summary, self.verdict) = Report::summarise(&whole);
        self.apis.iter_mut().for_each(counted);
        let waits = self.changes().flat_map(|(_, it)| &it.waits).map(|wait| wait.until).max();
        self.first_day =
            self.first_day.filter(|_| self.ships && open == 0).map(|day| Some(day).max(waits).unwrap_or(day));
        let gated = self.changes().any(|(_, change)| change.gated.is_some());
        let early = self.ships && self.first_day.is_none_or(|day| day > today);
        let closed = open > 0 || gated && early || waits.is_some() || self.findings.iter().any(|found| found.closes);
        self.decision = match self.decision {
            Decision::Unknown => Decision::Unknown,
            Decision::Open | Decision::Closed if closed => Decision::Closed,
            Decision::Open | Decision::Closed => Decision::Open,
        };
    }
}

fn said_anew(found: &mut Found, question: Question, lang: Lang) {
    found.closes |= found.kind.closes();
    found.args.insert("subject".to_owned(), found.subject.clone());
    (found.message, found.advice) = (words::finding(lang, found), words::way_out(lang, found));
    found.commands = commands::of_finding(found.kind, &found.args, question);
}

/// How many operations each change reaches.
fn counted(api: &mut CheckedApi) {
    let reaches = &api.reaches;
    let total = |change: &Change| reaches.get(&change.reach).unwrap_or(&change.operations).len() as u64;
    for it in &mut api.changes {
        it.change.operations_total = total(&it.change);
    }
}
