//! Remembers what was looked up while a document was loaded.
//!
//! Loading depends on nothing but the answers of [`Files::find`], misses included: where all of them are the same
//! again, so is the document, and it need not be loaded.

use std::cell::{Cell, RefCell};

use sha2::{Digest as _, Sha256};

use crate::compare::Contracts;
use crate::contract::Contract;
use crate::source::{BlobId, Files, SourceError};
use crate::spec::SpecError;
use crate::text::numbers::hex;

/// Files whose look-ups are remembered.
struct Recall<'f> {
    files: &'f dyn Files,
    asked: RefCell<Vec<(String, Option<BlobId>)>>,
    /// A look-up that failed says nothing about the next version.
    failed: Cell<bool>,
}

/// What was looked up, and what was found.
#[derive(Default)]
pub(crate) struct Answers {
    asked: Vec<(String, Option<BlobId>)>,
}

impl<'f> Recall<'f> {
    fn new(files: &'f dyn Files) -> Self {
        Self { files, asked: RefCell::default(), failed: Cell::default() }
    }

    fn into_answers(self) -> Answers {
        if self.failed.get() { Answers::default() } else { Answers { asked: self.asked.into_inner() } }
    }
}

impl Answers {
    /// Whether other files would give the same answers. False where nothing was asked.
    pub(super) fn hold_in(&self, files: &dyn Files) -> bool {
        let same = |(path, id): &(String, Option<BlobId>)| files.find(path).is_ok_and(|found| found == *id);
        !self.asked.is_empty() && self.asked.iter().all(same)
    }

    /// What stands for the content of the document at a path: another document has another. Nothing where that is not known.
    pub(crate) fn id(&self, path: &str) -> Option<String> {
        let mut asked: Vec<_> = self.asked.iter().map(|(path, id)| (path, id.as_ref().map(|id| &*id.0))).collect();
        asked.sort();
        asked.dedup();
        (!asked.is_empty()).then(|| hex(&Sha256::digest(format!("{:?}", (path, asked)))))
    }
}

/// The contract at a path, and what it was made of.
pub(crate) fn read(contracts: &mut Contracts, files: &dyn Files, path: &str) -> (Result<Contract, SpecError>, Answers) {
    let recall = Recall::new(files);
    let read = contracts.read(&recall, path);
    (read, recall.into_answers())
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
