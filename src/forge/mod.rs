//! The result of a check on GitHub, GitLab, Forgejo and Gitea: one comment a name, labels, the status of a commit.
//!
//! What was decided comes in as text and is never read again here: a forge that fails changes nothing of it. What is
//! written is written once: a second run with the same result writes nothing, two runs at once leave one comment, and a
//! comment is ours only where the forge says that we wrote it and its first line is our marker.
//!
//! The token goes to the server of [`Place::api`] alone, in one header, and into no text. Calls are rows of
//! [`calls::CALLS`]; nothing else is ever asked.

mod author;
mod body;
pub mod calls;
mod clock;
mod comment;
mod detect;
mod labels;
mod pages;
mod patience;
mod place;
mod post;
mod read;
mod request;
mod session;
mod status;
mod trouble;
mod waiting;
mod wire;

#[cfg(feature = "internals")]
pub use body::{Marker, harmless, hash};
#[cfg(feature = "internals")]
pub use clock::Clock;
pub use clock::Stopwatch;
#[cfg(feature = "internals")]
pub use detect::ForgeError;
pub use detect::detect;
pub use place::{Kind, Place};
#[cfg(feature = "internals")]
pub use place::{Run, Token};
#[cfg(feature = "internals")]
pub use post::Outcome;
pub use post::{DryRun, Labels, Posting, State, Status, Terms, post};
pub use trouble::Failure;
pub use waiting::{Waiting, waiting};
