//! Attacks on the verdict over real documents. The long form is `tests/scorecard.rs`; the short form, here, is the same
//! code over the laws' own documents.

pub(crate) mod differential;
pub(crate) mod documents;
pub(crate) mod drawn;
mod edits;
pub(crate) mod equivalences;
pub(crate) mod histories;
mod lowering;
pub(crate) mod meter;
pub(crate) mod mutants;
mod operations;
mod operators;
mod reach;
pub(crate) mod sampling;
pub(crate) mod score;
pub(crate) mod tagged;
pub(crate) mod travel;
mod values;
pub(crate) mod witness;

#[cfg(test)]
mod short;
