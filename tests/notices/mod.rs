//! Notices as messages: goldens of every format, and what independent readers make of mails and calendars.

mod access;
mod calendar;
mod digest;
mod formats;
mod hostile;
mod letter;
mod sample;
mod templates;
mod typography;
