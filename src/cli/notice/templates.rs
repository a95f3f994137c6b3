//! A team's own templates, and where a wrong one stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::super::error::CliError;
use super::super::exit;
use super::super::session::Session;
use crate::render::notice::{Layouts, Medium, RenderError, TemplateError};

/// The templates, those of the configured folder in place of ours: `md/notice.hbs`, `html/digest.hbs`, …
pub(super) fn layouts(session: &Session, top: &Path) -> anyhow::Result<Layouts> {
    let mut own = BTreeMap::new();
    if let Some(folder) = &session.config.templates {
        for medium in Medium::ALL {
            let below = format!("{folder}/{}", medium.as_str());
            let Ok(entries) = fs::read_dir(top.join(&below)) else { continue };
            for entry in entries {
                let name = entry?.file_name().to_string_lossy().into_owned();
                let Some(stem) = name.strip_suffix(".hbs") else { continue };
                let path = format!("{below}/{name}");
                let text = fs::read_to_string(top.join(&path)).map_err(|source| CliError::Read { path, source })?;
                own.insert(format!("{}/{stem}", medium.as_str()), text);
            }
        }
        if own.is_empty() {
            exit::warn(&format!("no templates in `{folder}`: they are named md/notice.hbs, html/digest.hbs and so on"));
        }
    }
    Layouts::new(&own).map_err(|error| placed(session, error.into()))
}

/// What is wrong with a template of a team's own, with its file.
pub(super) fn placed(session: &Session, error: anyhow::Error) -> anyhow::Error {
    let found = match error.downcast_ref::<RenderError>() {
        Some(RenderError::Template(found)) => Some(found),
        _ => error.downcast_ref::<TemplateError>(),
    };
    let (Some(found), Some(folder)) = (found, &session.config.templates) else { return error };
    let numbers = [found.line, found.column].into_iter().flatten();
    let place: String = numbers.flat_map(|number| [":".to_owned(), number.to_string()]).collect();
    CliError::Template { place: format!("{folder}/{}.hbs{place}", found.name), message: found.message.clone() }.into()
}
