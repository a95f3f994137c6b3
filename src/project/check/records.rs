//! Team files as single commits have them; what cannot be read there promised nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::shelf::listed;
use crate::audience::Registry;
use crate::notice::{FOLDER, Notice};
use crate::project::{PARTNERS, ProjectError, notices};
use crate::source::git::Snapshot;
use crate::source::{BlobId, Files as _};

/// Notices that were read, by the content of their files.
#[derive(Default)]
pub(super) struct Records {
    notices: RefCell<BTreeMap<BlobId, Option<Rc<Notice>>>>,
}

impl Records {
    /// The notice of an id in a commit.
    pub(super) fn notice(&self, files: &Snapshot, id: &str) -> Result<Option<Rc<Notice>>, ProjectError> {
        for path in listed(files, FOLDER, "md", notices::ASIDE)? {
            let Some(blob) = files.find_plain(&path)? else { continue };
            let known = self.notices.borrow().get(&blob).cloned();
            let notice = if let Some(known) = known {
                known
            } else {
                let read = text(files, &path, &blob)?;
                let parsed = read.and_then(|text| Notice::parse(&path, &text).ok()).map(Rc::new);
                self.notices.borrow_mut().insert(blob, parsed.clone());
                parsed
            };
            if let Some(found) = notice.filter(|notice| notice.front.id == id) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

/// The file of a partner in a commit, alone in a registry.
pub(super) fn partner_file(files: &Snapshot, slug: &str) -> Result<Option<Registry>, ProjectError> {
    for path in listed(files, PARTNERS, "toml", &[])? {
        let Some(blob) = files.find_plain(&path)? else { continue };
        let read = text(files, &path, &blob)?;
        let registry = read.and_then(|text| Registry::parse([(path.as_str(), text.as_str())]).ok());
        if let Some(found) = registry.filter(|registry| registry.find(slug).is_some()) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn text(files: &Snapshot, path: &str, blob: &BlobId) -> Result<Option<String>, ProjectError> {
    Ok(String::from_utf8(files.read(path, blob)?).ok())
}
