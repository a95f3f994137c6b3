//! Notices: files of a repository that announce changes, one decision of the reader each.
//!
//! A notice is `preavis/notices/DATE-slug.md`: facts as TOML between `+++` lines, then what people wrote, per language.
//! Beside it lies `DATE-slug.json`, the report of the changes it covers, so that it can be said for any partner long
//! after both versions are gone. State is derived from the contract in production, never typed. Pure: texts come in.

mod file;
mod front;
mod ledger;
mod prose;
mod state;

pub use file::Notice;
pub use front::{Ack, Audience, Day, Emergency, Front, Kind, front_schema};
pub use ledger::{FOLDER, Ledger};
pub use prose::{Part, Prose, Section};
pub use state::{Shipped, Standing, State};
