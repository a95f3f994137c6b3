//! Why a partner is told, in sentences that never claim more than is known.

use schemars::JsonSchema;
use serde::Serialize;

use super::view::WhyView;
use super::words::{counted, name, said};
use crate::rules::{Lang, texts};

/// How something is known of a partner.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The partner said so.
    Declared,
    /// Logs show it.
    Observed,
    /// The partner's source names it.
    Inferred,
    /// Nothing is known, so it is taken for granted.
    Assumed,
}

impl Evidence {
    /// Its name in output, and the key of its word among the texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Observed => "observed",
            Self::Inferred => "inferred",
            Self::Assumed => "assumed",
        }
    }
}

/// One reason to tell a partner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Why {
    /// Logs show that it calls an operation.
    Calls {
        /// `GET /api/v1/rdvs`
        operation: String,
        /// How often, in the window.
        count: u64,
        /// The window that was looked at, in days.
        days: u64,
    },
    /// It declared that it calls an operation.
    DeclaresOperation {
        /// `GET /api/v1/rdvs`
        operation: String,
    },
    /// It reads a field.
    Reads {
        /// `motif.category`
        field: String,
        /// How that is known.
        evidence: Evidence,
    },
    /// It sends a parameter or a field of a body.
    Sends {
        /// `per_page`
        parameter: String,
        /// How that is known.
        evidence: Evidence,
    },
    /// It declared that it receives a model by webhook.
    Webhook {
        /// `motif`
        model: String,
    },
    /// Nobody knows whether it reads a field.
    UnknownField {
        /// `motif.category`
        field: String,
    },
    /// A name stands in its source.
    Inferred {
        /// `category`
        name: String,
        /// The file, relative to its repository.
        file: String,
        /// From 1.
        line: u64,
    },
    /// Nothing is known, so everyone is told.
    Everyone,
    /// Nothing of what changes is known to be used.
    NothingForYou,
}

impl Why {
    /// How it is known, where it is.
    pub fn evidence(&self) -> Option<Evidence> {
        match self {
            Self::Calls { .. } => Some(Evidence::Observed),
            Self::DeclaresOperation { .. } | Self::Webhook { .. } => Some(Evidence::Declared),
            Self::Reads { evidence, .. } | Self::Sends { evidence, .. } => Some(*evidence),
            Self::Inferred { .. } => Some(Evidence::Inferred),
            Self::Everyone => Some(Evidence::Assumed),
            Self::UnknownField { .. } | Self::NothingForYou => None,
        }
    }

    /// The sentence, names between backticks.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Self::Calls { operation, count, days } => {
                let days = counted(lang, "day", *days, &[]);
                counted(lang, "why-calls", *count, &[("operation", &name(operation)), ("days", &days)])
            }
            Self::DeclaresOperation { operation } => said(lang, "why-declares", &[("operation", &name(operation))]),
            Self::Reads { field, evidence } => {
                said(lang, &format!("why-reads-{}", evidence.as_str()), &[("field", &name(field))])
            }
            Self::Sends { parameter, evidence } => {
                said(lang, &format!("why-sends-{}", evidence.as_str()), &[("parameter", &name(parameter))])
            }
            Self::Webhook { model } => said(lang, "why-webhook", &[("model", &name(model))]),
            Self::UnknownField { field } => said(lang, "why-unknown-field", &[("field", &name(field))]),
            Self::Inferred { name: found, file, line } => {
                let place = name(&format!("{file}:{line}"));
                said(lang, "why-named-in-source", &[("name", &name(found)), ("place", &place)])
            }
            Self::Everyone => said(lang, "why-everyone", &[]),
            Self::NothingForYou => said(lang, "why-nothing", &[]),
        }
    }

    pub(super) fn view(&self, lang: Lang) -> WhyView {
        let evidence = self.evidence();
        let evidence_word = evidence.map(|known| texts::word(lang, "evidence", known.as_str()).to_owned());
        WhyView { sentence: self.say(lang), evidence, evidence_word }
    }
}
