//! Remembers what was looked up while a document was loaded.
//!
//! Loading depends on nothing but the answers of [`Files::find`], misses included: where all of them are the same
//! again, so is the document, and it need not be loaded.

use std::cell::{Cell, RefCell};

use crate::source::{BlobId, Files, SourceError};

/// Files whose look-ups are remembered.
pub(super) struct Recall<'f> {
    files: &'f dyn Files,
    asked: RefCell<Vec<(String, Option<BlobId>)>>,
    /// A look-up that failed says nothing about the next version.
    failed: Cell<bool>,
}

/// What was looked up, and what was found.
#[derive(Default)]
pub(super) struct Answers {
    asked: Vec<(String, Option<BlobId>)>,
}

impl<'f> Recall<'f> {
    pub(super) fn new(files: &'f dyn Files) -> Self {
        Self { files, asked: RefCell::default(), failed: Cell::default() }
    }

    pub(super) fn into_answers(self) -> Answers {
        if self.failed.get() { Answers::default() } else { Answers { asked: self.asked.into_inner() } }
    }
}

impl Answers {
    /// Whether other files would give the same answers. False where nothing was asked.
    pub(super) fn hold_in(&self, files: &dyn Files) -> bool {
        let same = |(path, id): &(String, Option<BlobId>)| files.find(path).is_ok_and(|found| found == *id);
        !self.asked.is_empty() && self.asked.iter().all(same)
    }
}

impl Files for Recall<'_> {
    fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
        let found = self.files.find(path);
        match &found {
            Ok(id) => self.asked.borrow_mut().push((path.to_owned(), id.clone())),
            Err(_) => self.failed.set(true),
        }
        found
    }

    fn read(&self, path: &str, id: &BlobId) -> Result<Vec<u8>, SourceError> {
        self.files.read(path, id)
    }
}
