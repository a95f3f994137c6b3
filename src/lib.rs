//! Advance notice for API partners: a semantic diff of OpenAPI contracts between two versions.
//!
//! preavis says what changed between two versions of an API's contract, each change at its true level, once per cause: what
//! breaks programs, what may, what is new, what is words alone. This library is the door to it for other programs: it
//! compares, judges and renders, and drafts the notices that partners get. It reads neither the clock nor the environment:
//! the day at which deprecations and sunsets are judged is an argument.
//!
//! Two versions of a repository, with the levels and APIs of its `preavis.toml`:
//!
//! ```
//! use preavis::{CompareOptions, Date, Error, Format, Project, RenderOptions, render};
//!
//! /// What a pull request from `v1` to `v2` says of the contract.
//! fn comment(repository: &str, today: Date) -> Result<String, Error> {
//!     let project = Project::open(repository)?;
//!     let found = project.compare("v1", "v2", &CompareOptions::new(today))?;
//!     Ok(render(&found.report, Format::Markdown, &RenderOptions::default()))
//! }
//!
//! let error = comment("no/such/folder", Date::constant(2030, 1, 31)).unwrap_err();
//! println!("{error}: {}", error.advice().unwrap_or_default());
//! ```
//!
//! Two files, and what is found as data (module [`report`]), whose JSON form is published and only grows:
//!
//! ```
//! use preavis::{CompareOptions, Config, Date, Level, compare};
//!
//! # let folder = tempfile::tempdir()?;
//! # let [old, new] = ["old.yaml", "new.yaml"].map(|name| folder.path().join(name));
//! # let head = "openapi: 3.1.0\ninfo: {title: Ferries, version: '1'}\npaths:\n  /ports: {}\n";
//! # std::fs::write(&old, format!("{head}  /ferries: {{get: {{responses: {{'200': {{description: All}}}}}}}}\n"))?;
//! # std::fs::write(&new, head)?;
//! let config = Config::from_toml("[levels]\noperation-removed = \"risky\"\n")?;
//! let found = compare(&old, &new, &config, &CompareOptions::new(Date::constant(2030, 1, 31)))?;
//! let change = &found.report.apis[0].changes[0];
//! assert_eq!((change.rule.as_str(), change.level), ("operation-removed", Level::Risky));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Whole programs stand in `examples/`. What follows is for whoever works on preavis itself.
//!
#![doc = include_str!("../ARCHITECTURE.md")]
#![cfg_attr(
    not(feature = "internals"),
    allow(unreachable_pub, reason = "what is `pub` in a room is reached with `internals`, by the tests")
)]

/// The day of a judgement, as `jiff` has it.
pub use jiff::civil::Date;

#[doc(hidden)]
pub use cli::main as command_line;
pub use compare::Options as CompareOptions;
pub use config::Config;
pub use door::{Comparison, Error, compare};
pub use project::{NoticeDraft, Project};
pub use render::{Format, Options as RenderOptions, render};
pub use report::Report;
pub use rules::Level;
pub use text::Lang;

pub mod report;

// The rooms behind the door. With the feature `internals` the tests and programs of this repository reach them.
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod audience;
#[cfg(not(feature = "internals"))]
mod audience;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod cli;
#[cfg(not(feature = "internals"))]
mod cli;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod compare;
#[cfg(not(feature = "internals"))]
mod compare;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod config;
#[cfg(not(feature = "internals"))]
mod config;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod contract;
#[cfg(not(feature = "internals"))]
mod contract;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod diff;
#[cfg(not(feature = "internals"))]
mod diff;
mod door;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod forge;
#[cfg(not(feature = "internals"))]
mod forge;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod gate;
#[cfg(not(feature = "internals"))]
mod gate;
mod json_schema;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod notice;
#[cfg(not(feature = "internals"))]
mod notice;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod project;
#[cfg(not(feature = "internals"))]
mod project;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod publish;
#[cfg(not(feature = "internals"))]
mod publish;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod render;
#[cfg(not(feature = "internals"))]
mod render;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod rules;
#[cfg(not(feature = "internals"))]
mod rules;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod schema;
#[cfg(not(feature = "internals"))]
mod schema;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod source;
#[cfg(not(feature = "internals"))]
mod source;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod spec;
#[cfg(not(feature = "internals"))]
mod spec;
#[cfg(feature = "internals")]
#[doc(hidden)]
pub mod text;
#[cfg(not(feature = "internals"))]
mod text;
