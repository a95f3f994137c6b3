//! The APIs of some versions: their ids, now and then, and where their documents stand.

use indexmap::IndexSet;
use rustc_hash::FxHashMap;

use super::asked::{Asked, FORMER};
use super::contracts::Contracts;
use super::find::Finder;
use super::follow::follow;
use super::identity;
use super::trail::Trail;
use crate::config::ApiConfig;
use crate::source::{Listing, SourceError};
use crate::spec::{Problem, Weight};

/// One API through some versions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Api {
    /// What identifies it: the configuration's id, else that of its path in the newest version that has it.
    pub id: String,
    /// The title that the configuration gives it.
    pub title: Option<String>,
    /// Where it stands in each version, oldest first; `None` where it has no document.
    pub places: Vec<Option<Place>>,
    /// The places that somebody named: that it moved between them is no news.
    known: Vec<String>,
    /// Other documents of the newest version whose paths make the same id.
    twins: Vec<String>,
}

/// Where an API stands in a version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The path of its root document.
    pub path: String,
    /// The id that a comparison with this version as its head gives it.
    pub id: String,
}

/// The APIs of some versions, and the documents asked for that none of them has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Apis {
    /// In the order asked for, else by path.
    pub list: Vec<Api>,
    /// Paths asked for that lead nowhere.
    pub absent: Vec<String>,
}

impl Api {
    /// The path in the newest version that has it.
    pub fn path(&self) -> &str {
        self.places.iter().rev().flatten().next().map_or("", |place| &place.path)
    }

    /// Its place in a version.
    pub fn place(&self, version: usize) -> Option<&Place> {
        self.places.get(version)?.as_ref()
    }

    /// Whether an id is, or was in one of the versions, its own.
    pub fn is(&self, id: &str) -> bool {
        self.id == id || self.places.iter().flatten().any(|place| place.id == id)
    }

    /// The same API in two of the versions.
    #[must_use]
    pub fn between(&self, one: usize, other: usize) -> Self {
        let places = [one, other].map(|version| self.place(version).cloned()).to_vec();
        Self { places, ..self.clone() }
    }

    /// The ids that it had in other versions, newest first: the fingerprints of then are made of them.
    pub fn former(&self) -> Vec<String> {
        let ids: IndexSet<&String> = self.places.iter().rev().flatten().map(|place| &place.id).collect();
        ids.into_iter().filter(|id| **id != self.id).cloned().collect()
    }

    /// That it had more ids than it is recognised by.
    pub fn forgotten(&self) -> Option<String> {
        let ids = self.former().len();
        let said = || {
            format!(
                "`{}` had {ids} other ids: what was written under any but the newest {FORMER} may not be recognised; `[[api]]` \
                 with an `id` and its `paths` in preavis.toml keeps one",
                self.path()
            )
        };
        (ids > FORMER).then(said)
    }

    /// The ids that its paths make, where the configuration gives it another one: what was written before it did holds.
    pub fn unconfigured_ids(&self) -> Vec<String> {
        if self.known.is_empty() {
            return Vec::new();
        }
        let places = self.places.iter().flatten().map(|place| &place.path);
        let paths: IndexSet<&String> = self.known.iter().chain(places).collect();
        let ids: IndexSet<String> = paths.into_iter().map(|path| identity::of_path(path)).collect();
        ids.into_iter().filter(|id| *id != self.id).collect()
    }

    /// What a maintainer must know of its identity.
    pub(super) fn problems(&self) -> Vec<Problem> {
        self.moved().into_iter().chain(self.ambiguous()).map(|message| odd(self.path(), message)).collect()
    }

    /// That its document stands elsewhere now, where nobody said so.
    fn moved(&self) -> Option<String> {
        let first = self.places.iter().flatten().next()?;
        let path = self.path();
        let told = [path, &first.path].iter().all(|path| self.known.iter().any(|known| known == path));
        if first.path == path || told {
            return None;
        }
        let moved = format!("compared with `{}`, which is gone: the document seems to have moved", first.path);
        if first.id == self.id {
            return Some(moved);
        }
        let keep = format!("`id = \"{}\"`, `path = \"{path}\"` and `paths = [\"{}\"]`", first.id, first.path);
        Some(format!("{moved}; `[[api]]` with {keep} in preavis.toml keeps its identity"))
    }

    /// That another document would have the same id.
    fn ambiguous(&self) -> Option<String> {
        let twins: Vec<String> = self.twins.iter().map(|twin| format!("`{twin}`")).collect();
        let said = || {
            format!("{} would have the same id: give each an `[[api]]` with an `id` in preavis.toml", twins.join(", "))
        };
        (!twins.is_empty()).then(said)
    }

    /// The API of two versions that are documents, or one of which is: `trees` where they stand among others.
    pub(super) fn of_two(
        paths: &[Option<String>; 2],
        trees: [Option<&dyn Listing>; 2],
        asked: Asked<'_>,
        finder: &mut Finder,
    ) -> Result<Self, SourceError> {
        let holds = |api: &&ApiConfig, path: &Option<String>| api.places().any(|place| Some(place) == path.as_deref());
        let apis = &asked.config.apis;
        let configured = [1, 0].into_iter().find_map(|side| apis.iter().find(|api| holds(api, &paths[side])));
        Naming { trees: &trees, found: &[], asked, finder }.api(paths, configured)
    }

    /// The same of which nobody need be told that its two documents stand at different places.
    #[must_use]
    pub(super) fn known_to_stand_apart(mut self) -> Self {
        self.known.extend(self.places.iter().flatten().map(|place| place.path.clone()));
        self
    }
}

fn odd(file: &str, message: String) -> Problem {
    Problem { file: file.to_owned(), offset: None, line: 1, column: 1, message, weight: Weight::Odd }
}

/// Follows and names the APIs that are asked for.
///
/// # Errors
/// Where the files of a version cannot be listed.
pub(crate) fn apis(
    versions: &[&dyn Listing],
    asked: Asked<'_>,
    finder: &mut Finder,
    contracts: &mut Contracts,
) -> Result<Apis, SourceError> {
    let named = asked.named();
    let followed = follow(versions, &named, finder, contracts)?;
    let stood = |trail: &Trail, place: &str| trail.paths.iter().flatten().any(|path| path == place);
    let lost = |ix: usize| {
        let is_its =
            |trail: &Trail| trail.named == Some(ix) || named[ix].places.iter().any(|place| stood(trail, place));
        !followed.trails.iter().any(is_its)
    };
    let absent = named.iter().enumerate().filter(|(ix, api)| api.wanted && lost(*ix));
    let absent = absent.map(|(_, api)| api.places[0].to_owned()).collect();
    let everything = !named.iter().any(|api| api.wanted);
    let is_wanted = |trail: &&Trail| everything || trail.named.is_some_and(|ix| named[ix].wanted);
    let mut wanted: Vec<&Trail> = followed.trails.iter().filter(is_wanted).collect();
    wanted.sort_by_key(|trail| (trail.named, trail.newest()));
    let trees: Vec<Option<&dyn Listing>> = versions.iter().copied().map(Some).collect();
    let found: Vec<Option<Slugs>> = followed.found.iter().map(|found| found.as_deref().map(slugs)).collect();
    let mut naming = Naming { trees: &trees, found: &found, asked, finder };
    let configured = |trail: &Trail| trail.named.and_then(|ix| named[ix].config);
    let list: Result<Vec<Api>, SourceError> =
        wanted.into_iter().map(|trail| naming.api(&trail.paths, configured(trail))).collect();
    Ok(Apis { list: list?, absent })
}

/// The documents of a version by the ids that their paths make; only where several make one.
type Slugs<'a> = FxHashMap<String, Vec<&'a String>>;

fn slugs(found: &[String]) -> Slugs<'_> {
    let mut out = Slugs::default();
    for path in found {
        out.entry(identity::of_path(path)).or_default().push(path);
    }
    out.retain(|_, paths| paths.len() > 1);
    out
}

/// What the ids of APIs depend on, by version.
struct Naming<'a> {
    /// The trees that documents stand in; `None` for files by themselves.
    trees: &'a [Option<&'a dyn Listing>],
    /// All documents by the ids of their paths, where somebody looked for them.
    found: &'a [Option<Slugs<'a>>],
    asked: Asked<'a>,
    finder: &'a mut Finder,
}

impl Naming<'_> {
    fn api(&mut self, paths: &[Option<String>], configured: Option<&ApiConfig>) -> Result<Api, SourceError> {
        let mut places = Vec::new();
        let mut twins = Vec::new();
        for (version, path) in paths.iter().enumerate() {
            let Some(path) = path else {
                places.push(None);
                continue;
            };
            let id = if let Some(api) = configured {
                api.id().to_owned()
            } else {
                let id = identity::of_path(path);
                twins = self.twins(path, &id, version)?;
                if twins.is_empty() { id } else { identity::hashed(path) }
            };
            places.push(Some(Place { path: path.clone(), id }));
        }
        let id = places.iter().rev().flatten().next().map_or_else(String::new, |place| place.id.clone());
        let known = configured.map(|api| api.places().map(str::to_owned).collect()).unwrap_or_default();
        Ok(Api { id, title: configured.and_then(|api| api.title.clone()), places, known, twins })
    }

    /// The other documents of a version whose paths make the same id, and those of configured APIs that have it.
    fn twins(&mut self, path: &str, id: &str, version: usize) -> Result<Vec<String>, SourceError> {
        let configured = &self.asked.config.apis;
        let named = |path: &str| configured.iter().any(|api| api.places().any(|place| place == path));
        let alike = |other: &str| other != path && !named(other) && identity::of_path(other) == id;
        let Some(tree) = self.trees[version] else { return Ok(Vec::new()) };
        let mut twins = match self.found.get(version) {
            Some(Some(found)) => {
                let others = found.get(id).into_iter().flatten().copied();
                others.filter(|other| *other != path && !named(other)).cloned().collect()
            }
            Some(None) | None => self.finder.found_where(tree, &alike)?,
        };
        twins.extend(configured.iter().filter(|api| api.id() == id).map(|api| api.path().to_owned()));
        Ok(twins)
    }
}
