//! The one error of the door.

use crate::compare::CompareError;
use crate::project::ProjectError;
use crate::source::SourceError;
use crate::source::confined::ConfinedError;
use crate::text::InputError;

/// Why there is no answer. Displayed it says what and where, in English; [`Error::advice`] gives the way out.
///
/// Documents, file names and refs are quoted as they are: whoever shows a message on a terminal or a page escapes it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(Box<ProjectError>);

impl Error {
    /// What to do about it, as a sentence without a capital and a full stop; `None` where the message says it all.
    #[must_use]
    pub fn advice(&self) -> Option<String> {
        self.0.advice()
    }
}

impl From<ProjectError> for Error {
    fn from(error: ProjectError) -> Self {
        Self(Box::new(error))
    }
}

macro_rules! from {
    ($($cause:ty),+) => {
        $(impl From<$cause> for Error {
            fn from(cause: $cause) -> Self {
                ProjectError::from(cause).into()
            }
        })+
    };
}

from!(CompareError, ConfinedError, InputError, SourceError);
