//! Where the document of one API stands, version by version.

use super::identity;

/// Where the document of one API stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Trail {
    /// The place of the API among those that somebody named.
    pub(super) named: Option<usize>,
    /// Its path by version; `None` where there is none.
    pub(super) paths: Vec<Option<String>>,
    /// Its path in the newest version that has it, and the id that this path makes.
    newest: (String, String),
}

impl Trail {
    /// A trail that has led nowhere in so many versions.
    pub(super) fn through(versions: usize, named: Option<usize>) -> Self {
        Self { named, paths: vec![None; versions], newest: (String::new(), String::new()) }
    }

    /// The id that its path in the newest version that has it makes.
    pub(super) fn id(&self) -> &str {
        &self.newest.1
    }

    /// Its path in the newest version that has it.
    pub(super) fn newest(&self) -> &str {
        &self.newest.0
    }

    /// Leads to a document in the newest version.
    pub(super) fn lead(&mut self, path: &str) {
        if let Some(newest) = self.paths.last_mut() {
            *newest = Some(path.to_owned());
        }
        if self.newest.0 != path {
            self.newest = (path.to_owned(), identity::of_path(path));
        }
    }

    /// Its path in the version last looked at.
    pub(super) fn stands(&self) -> Option<&str> {
        self.paths.last()?.as_deref()
    }
}
