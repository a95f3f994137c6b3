//! Which document of base is which of head: by option, by configuration, else whatever is found.

use super::compare::Reader;
use super::error::CliError;
use super::exit;
use super::session::{Session, root};
use super::similar::moves;
use super::specs::Sniffer;
use crate::config::ApiConfig;
use crate::source::{SourceError, Version};

/// One API: its document in each version that has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    /// What identifies the API.
    pub(super) id: String,
    /// The title that the configuration gives it.
    pub(super) title: Option<String>,
    /// The path in base.
    pub(super) base: Option<String>,
    /// The path in head.
    pub(super) head: Option<String>,
    /// Found at another path though nobody said so.
    pub(super) moved: bool,
}

/// Pairs the documents of two versions; at least one pair, in a fixed order.
pub(super) fn pairs(
    session: &Session,
    specs: &[String],
    (base, head): (&Version, &Version),
    reader: &mut Reader,
) -> anyhow::Result<Vec<Pair>> {
    let mut search = Search { base, head, sniffer: Sniffer::default(), reader };
    let mut found = match (&base.document, &head.document) {
        (Some(_), Some(_)) if !specs.is_empty() => return Err(CliError::SpecTwice.into()),
        (Some(one), Some(two)) => vec![pair(Some(one.clone()), Some(two.clone()))],
        (Some(path), None) => {
            let other = search.other(path, base, head, specs)?;
            vec![Pair { moved: other.as_ref().is_some_and(|other| other != path), ..pair(Some(path.clone()), other) }]
        }
        (None, Some(path)) => {
            let other = search.other(path, head, base, specs)?;
            vec![Pair { moved: other.as_ref().is_some_and(|other| other != path), ..pair(other, Some(path.clone())) }]
        }
        (None, None) => {
            let wanted = wanted(session, specs)?;
            if wanted.is_empty() { search.discovered()? } else { search.wanted(&wanted, specs.is_empty())? }
        }
    };
    name(&mut found, &session.config.apis);
    Ok(found)
}

fn pair(base: Option<String>, head: Option<String>) -> Pair {
    Pair { id: String::new(), title: None, base, head, moved: false }
}

/// The paths of `--spec`, else those of the configuration.
pub(super) fn wanted(session: &Session, specs: &[String]) -> Result<Vec<String>, CliError> {
    if specs.is_empty() {
        return Ok(session.config.apis.iter().map(|api| api.path().to_owned()).collect());
    }
    let mut paths = Vec::new();
    for spec in specs {
        let path = in_repository(session, spec)?;
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// A path from the root of the repository; one that starts with a dot is seen from the working directory, as git has it.
fn in_repository(session: &Session, spec: &str) -> Result<String, CliError> {
    let outside = || CliError::Outside { path: spec.to_owned() };
    let mut segments: Vec<String> = Vec::new();
    if spec.starts_with("./") || spec.starts_with("../") {
        let real = |path: &std::path::Path| path.canonicalize().map_err(|_| outside());
        let (cwd, top) = (real(&session.workplace.cwd)?, real(&root(&session.workplace))?);
        let below = cwd.strip_prefix(&top).map_err(|_| outside())?;
        segments.extend(below.iter().map(|segment| segment.to_string_lossy().into_owned()));
    }
    for segment in spec.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop().ok_or_else(outside)?),
            name => segments.push(name.to_owned()),
        }
    }
    if segments.is_empty() { Err(outside()) } else { Ok(segments.join("/")) }
}

struct Search<'a> {
    base: &'a Version,
    head: &'a Version,
    sniffer: Sniffer,
    reader: &'a mut Reader,
}

impl Search<'_> {
    fn versions(&self) -> String {
        format!("{} and {}", self.base.label, self.head.label)
    }

    /// The document of the version that names none, where the other one is a document itself.
    fn other(
        &mut self,
        path: &str,
        named: &Version,
        other: &Version,
        specs: &[String],
    ) -> anyhow::Result<Option<String>> {
        let wanted = specs.first().map_or(path, String::as_str);
        if other.files.find(wanted).is_ok_and(|found| found.is_some()) {
            return Ok(Some(wanted.to_owned()));
        }
        let mut found = self.sniffer.found(other)?;
        match found.len() {
            1 if specs.is_empty() => Ok(found.pop()),
            // A document of the same history may really be gone, or new.
            0 if specs.is_empty() && named.commit.is_some() => Ok(None),
            0 => Err(CliError::NoDocument { versions: other.label.clone() }.into()),
            _ => {
                let (version, path) = (other.label.clone(), wanted.to_owned());
                Err(CliError::SeveralDocuments { version, path, found: listed(&found) }.into())
            }
        }
    }

    /// Every document of either version.
    fn discovered(&mut self) -> anyhow::Result<Vec<Pair>> {
        let (olds, news) = (self.sniffer.found(self.base)?, self.sniffer.found(self.head)?);
        // A document that lost its version line, or became junk, is still the same file.
        let here = |version: &Version, path: &String| exists(version, path);
        let mut both = Vec::new();
        let (mut gone, mut new) = (Vec::new(), Vec::new());
        for path in &olds {
            if here(self.head, path)? { both.push(path.clone()) } else { gone.push(path.clone()) }
        }
        for path in &news {
            if both.contains(path) {
                continue;
            }
            if here(self.base, path)? { both.push(path.clone()) } else { new.push(path.clone()) }
        }
        let mut pairs: Vec<Pair> = both.into_iter().map(|path| pair(Some(path.clone()), Some(path))).collect();
        pairs.extend(self.moved(gone, new));
        if pairs.is_empty() {
            return Err(CliError::NoDocument { versions: self.versions() }.into());
        }
        pairs.sort_by(|one, two| one.head.as_ref().or(one.base.as_ref()).cmp(&two.head.as_ref().or(two.base.as_ref())));
        Ok(pairs)
    }

    /// The documents asked for; one that only one version has may have another path in the other.
    fn wanted(&mut self, wanted: &[String], configured: bool) -> anyhow::Result<Vec<Pair>> {
        let mut pairs = Vec::new();
        let (mut gone, mut new, mut absent) = (Vec::new(), Vec::new(), Vec::new());
        for path in wanted {
            match (exists(self.base, path)?, exists(self.head, path)?) {
                (true, true) => pairs.push(pair(Some(path.clone()), Some(path.clone()))),
                (true, false) => gone.push(path.clone()),
                (false, true) => new.push(path.clone()),
                (false, false) => absent.push(path.clone()),
            }
        }
        // The configuration of today may name what two old versions do not have yet.
        let early = configured && absent.len() < wanted.len();
        match absent.first() {
            Some(path) if !early => {
                return Err(CliError::NotInEither { path: path.clone(), versions: self.versions() }.into());
            }
            _ => exit::warn(absent.iter().map(|path| format!("no file `{path}` in {}", self.versions()))),
        }
        let asked = |path: &Option<String>| path.as_ref().is_some_and(|path| wanted.contains(path));
        let (mut gone_too, mut new_too) = (gone.clone(), new.clone());
        if !new.is_empty() {
            gone_too.extend(self.only_in(true, &gone)?);
        }
        if !gone.is_empty() {
            new_too.extend(self.only_in(false, &new)?);
        }
        pairs.extend(self.moved(gone_too, new_too).into_iter().filter(|pair| asked(&pair.base) || asked(&pair.head)));
        let place = |path: &Option<String>| wanted.iter().position(|known| Some(known) == path.as_ref());
        pairs.sort_by_key(|pair| place(&pair.head).or(place(&pair.base)));
        Ok(pairs)
    }

    /// Documents that only base (or only head) has, beside those known.
    fn only_in(&mut self, base: bool, known: &[String]) -> Result<Vec<String>, SourceError> {
        let (one, two) = if base { (self.base, self.head) } else { (self.head, self.base) };
        let mut out = Vec::new();
        for path in self.sniffer.found(one)? {
            if !known.contains(&path) && !exists(two, &path)? {
                out.push(path);
            }
        }
        Ok(out)
    }

    fn moved(&mut self, gone: Vec<String>, new: Vec<String>) -> Vec<Pair> {
        let moves = moves(self.reader, (self.base, &gone), (self.head, &new));
        let mut gone: Vec<Option<String>> = gone.into_iter().map(Some).collect();
        let mut new: Vec<Option<String>> = new.into_iter().map(Some).collect();
        let mut pairs: Vec<Pair> = moves
            .into_iter()
            .map(|(left, right)| Pair { moved: true, ..pair(gone[left].take(), new[right].take()) })
            .collect();
        pairs.extend(gone.into_iter().flatten().map(|path| pair(Some(path), None)));
        pairs.extend(new.into_iter().flatten().map(|path| pair(None, Some(path))));
        pairs
    }
}

fn exists(version: &Version, path: &str) -> Result<bool, SourceError> {
    Ok(version.files.find(path)?.is_some())
}

fn listed(paths: &[String]) -> String {
    let mut names: Vec<String> = paths.iter().take(5).map(|path| format!("`{path}`")).collect();
    if paths.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// Gives each pair the id and title of the configuration, else the slug of its path.
fn name(pairs: &mut [Pair], apis: &[ApiConfig]) {
    let mut known: Vec<String> = apis.iter().map(|api| api.id().to_owned()).collect();
    for pair in pairs {
        let configured = |path: &Option<String>| apis.iter().find(|api| Some(api.path()) == path.as_deref());
        if let Some(api) = configured(&pair.head).or_else(|| configured(&pair.base)) {
            api.id().clone_into(&mut pair.id);
            pair.title.clone_from(&api.title);
            continue;
        }
        let path = pair.head.as_ref().or(pair.base.as_ref()).map_or("", String::as_str);
        pair.id = unique(&slug(path), &known);
        known.push(pair.id.clone());
    }
}

/// The id of an API by its path: `swagger/v1/api.json` is `swagger-v1-api`.
pub(super) fn slug(path: &str) -> String {
    let name_start = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path[name_start..].rfind('.').filter(|&at| at > 0).map_or(path, |at| &path[..name_start + at]);
    let mut out = String::new();
    for letter in stem.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "api".to_owned() } else { out.to_owned() }
}

pub(super) fn unique(id: &str, known: &[String]) -> String {
    let mut numbers = 2..;
    let mut candidate = id.to_owned();
    while known.contains(&candidate) {
        candidate = format!("{id}-{}", numbers.next().unwrap_or(u32::MAX));
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_made_of_the_path() {
        assert_eq!(slug("swagger/v1/api.json"), "swagger-v1-api");
        assert_eq!(slug("openapi.yaml"), "openapi");
        assert_eq!(slug("API v1.2/open_api.yml"), "api-v1-2-open-api");
        assert_eq!(slug(".hidden"), "hidden");
        assert_eq!(slug("é.json"), "api");
        assert_eq!(unique("a", &["a".to_owned(), "a-2".to_owned()]), "a-3");
    }
}
