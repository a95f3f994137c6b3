//! A team's own templates, and where a wrong one stands.

use std::collections::BTreeMap;

use super::{Project, ProjectError, Warning};
use crate::notice::Notice;
use crate::notice::message::{Layouts, Medium, TemplateError};

impl Project {
    /// The templates, those of the configured folder in place of ours: `md/notice.hbs`, `html/digest.hbs`, …
    pub(crate) fn layouts(&self) -> Result<(Layouts, Option<Warning>), ProjectError> {
        let mut own = BTreeMap::new();
        let mut warning = None;
        if let Some(folder) = self.config.templates() {
            for medium in Medium::ALL {
                let below = format!("{}/{}", folder.trim_end_matches('/'), medium.as_str());
                for (path, text) in self.files.read_all(&below, "hbs", &[])?.unwrap_or_default() {
                    let name = path.strip_prefix(&format!("{below}/")).and_then(|name| name.strip_suffix(".hbs"));
                    own.insert(format!("{}/{}", medium.as_str(), name.unwrap_or_default()), text);
                }
            }
            if own.is_empty() {
                warning = Some(Warning::NoTemplates { folder: folder.to_owned() });
            }
        }
        let layouts = Layouts::new(&own).map_err(|error| self.misplaced(&error))?;
        Ok((layouts, warning))
    }

    /// What is wrong with a template, with the file of the team where it is one of its own.
    pub(crate) fn misplaced(&self, found: &TemplateError) -> ProjectError {
        let Some(folder) = self.config.templates() else { return ProjectError::OurTemplate(found.clone()) };
        let numbers = [found.line, found.column].into_iter().flatten();
        let place: String = numbers.flat_map(|number| [":".to_owned(), number.to_string()]).collect();
        let folder = folder.trim_end_matches('/');
        ProjectError::Template { place: format!("{folder}/{}.hbs{place}", found.name), message: found.message.clone() }
    }

    /// The same where a notice was to be written: one whose message is too long may be so by itself.
    pub(super) fn unwritten(&self, notice: &Notice, found: &TemplateError) -> ProjectError {
        let error = self.misplaced(found);
        if !found.too_long {
            return error;
        }
        ProjectError::TooLong { path: notice.path.clone(), why: error.to_string() }
    }
}
