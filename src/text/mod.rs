//! What preavis says, in each language: texts of rules, words, counted things, dates, places, and what changed in a text.
//!
//! Pure lookups and filling of named placeholders; names of the contract come out as Markdown inline code. Nothing here
//! decides what is said, and nothing fails: what is missing stays visible in the output, and tests exclude it.

mod arg;
mod catalogue;
pub(crate) mod commands;
mod filling;
mod hidden;
mod input_error;
pub(crate) mod json;
mod lang;
pub(crate) mod numbers;
pub(crate) mod prose;
mod reason;
mod spot;
#[cfg(test)]
mod tests;
mod unquoted;
mod words;

pub use arg::{Arg, Args};
pub use catalogue::{RuleTexts, page, say, say_several, texts, word};
pub use filling::{capitalised, fill};
pub(crate) use filling::{fill_several, labelled, put, ui};
pub(crate) use hidden::{is_hidden, painted, shown, spelt};
pub use input_error::InputError;
pub use lang::Lang;
pub use reason::Reason;
pub use spot::{Location, Spot, spot};
pub(crate) use unquoted::unquoted;
pub use words::{counted, date, full_date, number};
