//! All of a notice: a file of a repository that announces changes, its draft, its state, its messages.
//!
//! A notice is `preavis/notices/DATE-slug.md`: facts as TOML between `+++` lines, then what people wrote, per language.
//! Beside it lies `DATE-slug.json`, the report of the changes it covers, so that it can be said for any partner long
//! after both versions are gone. State is derived from the contract in production, never typed. Pure: texts come in.

pub mod draft;
mod file;
mod front;
mod index;
pub mod message;
mod prose;
mod state;

pub use file::Notice;
#[cfg(feature = "internals")]
pub use front::front_schema;
pub use front::{Ack, Audience, Day, Front, Kind};
pub use index::{FOLDER, NoticeIndex};
pub use prose::{Part, Section};
pub use state::{Shipped, Standing, State};
