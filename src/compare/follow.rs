//! One API through any number of versions: where its document stands in each, over moves.
//!
//! Two versions or a whole history are followed alike, so that a comparison, a changelog and a site agree on what moved,
//! what is gone and what is new. An API is followed where the team says it stands, else where its document stays, else to
//! the document that came when its own went and is like it.

use indexmap::IndexSet;
use rustc_hash::{FxHashMap, FxHashSet};

use super::alike::{Left, moves};
use super::asked::Named;
use super::contracts::Contracts;
use super::find::Finder;
use super::identity;
use super::trail::Trail;
use crate::source::{Listing, SourceError};

/// So many versions of a document that is gone are looked at for one that can be read.
const LOOKED_BACK: usize = 20;

/// A document that no trail has led to yet.
struct Newcomer {
    named: Option<usize>,
    path: String,
}

/// Where every API stands, and the documents of the versions that were searched for some.
#[derive(Default)]
pub(super) struct Followed {
    pub(super) trails: Vec<Trail>,
    /// The paths found, by version; `None` where nobody had to look.
    pub(super) found: Vec<Option<Vec<String>>>,
}

/// Follows every API through the versions, oldest first.
///
/// # Errors
/// Where the files of a version cannot be listed.
pub(super) fn follow(
    versions: &[&dyn Listing],
    named: &[Named<'_>],
    finder: &mut Finder,
    contracts: &mut Contracts,
) -> Result<Followed, SourceError> {
    let mut out = Followed::default();
    let mut before = contracts.reads();
    for at in 0..versions.len() {
        let seats: Vec<Option<&str>> = named.iter().map(|api| seat(versions[at], api)).collect();
        // Nobody need look further than where everything is that was named.
        let some = named.iter().any(|api| api.wanted);
        let complete = named.iter().zip(&seats).all(|(api, seat)| !api.wanted || seat.is_some());
        let found = if some && complete { None } else { Some(documents(versions[at], &out.trails, finder)?) };
        let of_others = |path: &String| named.iter().any(|api| api.places.contains(&path.as_str()));
        let unnamed = found.iter().flatten().filter(|path| !of_others(path)).cloned().collect();
        let now = contracts.reads();
        step(&mut out.trails, at, versions, (named, &seats), unnamed, contracts);
        // What moved in this version, or in the one before, may be looked at again.
        contracts.keep_last(contracts.reads() - before);
        before = now;
        out.found.push(found);
    }
    Ok(out)
}

/// The documents of a version. What a trail led to in the version before is one as long as it is there; nobody need look into
/// it once more.
fn documents(files: &dyn Listing, trails: &[Trail], finder: &mut Finder) -> Result<Vec<String>, SourceError> {
    let standing: IndexSet<&str> = trails.iter().filter_map(Trail::stands).collect();
    let mut found = finder.found_where(files, &|path| !standing.contains(path))?;
    found.extend(standing.into_iter().filter(|path| exists(files, path)).map(str::to_owned));
    found.sort_unstable();
    Ok(found)
}

/// The first of an API's places that holds a file. One that cannot be looked up is there all the same: whoever reads it
/// says what is wrong.
fn seat<'a>(files: &dyn Listing, api: &Named<'a>) -> Option<&'a str> {
    api.places.iter().copied().find(|path| exists(files, path))
}

fn exists(files: &dyn Listing, path: &str) -> bool {
    !matches!(files.find(path), Ok(None))
}

fn step(
    trails: &mut Vec<Trail>,
    at: usize,
    versions: &[&dyn Listing],
    (named, seats): (&[Named<'_>], &[Option<&str>]),
    found: Vec<String>,
    contracts: &mut Contracts,
) {
    let mut free: Vec<bool> = seats.iter().map(Option::is_some).collect();
    let mut gone: Vec<usize> = Vec::new();
    for (ix, trail) in trails.iter_mut().enumerate() {
        let here = continued(trail, versions[at], seats);
        if let Some(named) = trail.named.filter(|named| here.is_some() && seats[*named].is_some()) {
            free[named] = false;
        }
        if here.is_none() && trail.stands().is_some() {
            gone.push(ix);
        }
        trail.paths.push(None);
        if let Some(path) = here {
            trail.lead(&path);
        }
    }
    let standing: FxHashSet<&str> = trails.iter().filter_map(Trail::stands).collect();
    let unnamed =
        found.into_iter().filter(|path| !standing.contains(path.as_str())).map(|path| Newcomer { named: None, path });
    let seated = seats.iter().enumerate().filter(|(named, _)| free[*named]);
    let seated = seated.filter_map(|(named, seat)| Some(Newcomer { named: Some(named), path: (*seat)?.to_owned() }));
    let mut new: Vec<Newcomer> = seated.chain(unnamed).collect();
    new.retain(|newcomer| !is_back(trails, at, newcomer));
    join_moved(trails, versions, named, &gone, &mut new, contracts);
    for newcomer in new {
        let mut trail = Trail::through(at + 1, newcomer.named);
        // What is a document now was no other file before, only an unreadable one.
        for before in (0..at).rev().take_while(|before| exists(versions[*before], &newcomer.path)) {
            trail.paths[before] = Some(newcomer.path.clone());
        }
        trail.lead(&newcomer.path);
        trails.push(trail);
    }
}

/// Where a trail leads to in the next version without any search.
fn continued(trail: &Trail, files: &dyn Listing, seats: &[Option<&str>]) -> Option<String> {
    if let Some(seat) = trail.named.and_then(|named| seats[named]) {
        return Some(seat.to_owned());
    }
    let path = trail.paths.last()?.as_ref()?;
    let others = seats.iter().flatten().any(|seat| seat == path);
    (!others && exists(files, path)).then(|| path.clone())
}

/// Continues the trail of a document that was away and stands where it stood, or under the same id.
fn is_back(trails: &mut [Trail], at: usize, newcomer: &Newcomer) -> bool {
    let id = identity::of_path(&newcomer.path);
    let away = trails.iter_mut().find(|trail| {
        let left = trail.paths[at].is_none() && at > 0 && trail.paths[at - 1].is_none();
        let same = trail.named == newcomer.named || newcomer.named.is_none();
        left && same && trail.id() == id
    });
    let found = away.is_some();
    if let Some(trail) = away {
        trail.lead(&newcomer.path);
    }
    found
}

/// Continues the trails whose document went to a place that is new; those are no newcomers any more. The best likeness
/// counts, else the same id: whatever an id leads to is one API.
fn join_moved(
    trails: &mut [Trail],
    versions: &[&dyn Listing],
    named: &[Named<'_>],
    gone: &[usize],
    new: &mut Vec<Newcomer>,
    contracts: &mut Contracts,
) {
    let Some(at) = gone.first().map(|&ix| trails[ix].paths.len() - 1) else { return };
    let left: Vec<Left<'_>> = gone.iter().filter_map(|&ix| left(&trails[ix], versions)).collect();
    let came: Vec<String> = new.iter().map(|newcomer| newcomer.path.clone()).collect();
    let mut pairs = moves(contracts, &left, (versions[at], &came));
    let ids: FxHashMap<String, usize> =
        came.iter().enumerate().rev().map(|(two, path)| (identity::of_path(path), two)).collect();
    for (one, gone) in left.iter().enumerate() {
        let same = ids.get(&identity::of_path(gone.path()));
        pairs.extend(same.map(|&two| (one, two)));
    }
    let configured = |ix: Option<usize>| ix.is_some_and(|ix| named[ix].config.is_some());
    let mut joined = Vec::new();
    for (one, two) in pairs {
        let (trail, newcomer) = (&mut trails[gone[one]], &new[two]);
        let taken = trail.paths[at].is_some() || joined.contains(&two);
        // Two APIs that the team tells apart are two.
        if taken || configured(trail.named) && configured(newcomer.named) {
            continue;
        }
        trail.named = if configured(newcomer.named) { newcomer.named } else { trail.named.or(newcomer.named) };
        trail.lead(&newcomer.path);
        joined.push(two);
    }
    let mut ix = 0..;
    new.retain(|_| !ix.next().is_some_and(|ix| joined.contains(&ix)));
}

/// Where a document that is gone was, newest first: the last version of it may be the one that cannot be read.
fn left<'v>(trail: &Trail, versions: &[&'v dyn Listing]) -> Option<Left<'v>> {
    let stood = trail.paths.iter().zip(versions).rev().skip(1).map_while(|(path, files)| Some((path.clone()?, *files)));
    let was: Vec<(String, &dyn Listing)> = stood.take(LOOKED_BACK).collect();
    (!was.is_empty()).then_some(Left { was })
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::source::{BlobId, Files};

    struct Memory(Vec<(&'static str, String)>);

    impl Files for Memory {
        fn find(&self, path: &str) -> Result<Option<BlobId>, SourceError> {
            Ok(self.0.iter().find(|(known, _)| *known == path).map(|(_, text)| BlobId(text.as_str().into())))
        }
        fn read(&self, path: &str, _: &BlobId) -> Result<Vec<u8>, SourceError> {
            let text = self.0.iter().find(|(known, _)| *known == path);
            Ok(text.map(|(_, text)| text.clone().into_bytes()).unwrap_or_default())
        }
    }

    impl Listing for Memory {
        fn paths(&self) -> Result<Vec<String>, SourceError> {
            Ok(self.0.iter().map(|(path, _)| (*path).to_owned()).collect())
        }
    }

    fn document(title: &str, paths: &[&str]) -> String {
        let item = |path: &&str| format!("  {path}: {{get: {{responses: {{'200': {{description: ok}}}}}}}}\n");
        let paths = paths.iter().map(item).collect::<Vec<_>>().concat();
        format!("openapi: 3.0.3\ninfo: {{title: {title}, version: '1'}}\npaths:\n{paths}")
    }

    /// Trails as `a.yaml - b.yaml`, one a line, with `*` before those of a named API.
    fn trails(versions: &[Vec<(&'static str, String)>], places: &[&'static str]) -> Vec<String> {
        let files: Vec<Rc<Memory>> = versions.iter().map(|files| Rc::new(Memory(files.clone()))).collect();
        let files: Vec<&dyn Listing> = files.iter().map(|files| &**files as &dyn Listing).collect();
        let named = Named { config: None, places: places.to_vec(), wanted: true };
        let named = if places.is_empty() { Vec::new() } else { vec![named] };
        let found = follow(&files, &named, &mut Finder::default(), &mut Contracts::default()).unwrap();
        let said = found.trails.into_iter().map(|trail| {
            let paths: Vec<String> =
                trail.paths.into_iter().map(|path| path.unwrap_or_else(|| "-".to_owned())).collect();
            format!("{}{}", if trail.named.is_some() { "*" } else { "" }, paths.join(" "))
        });
        said.collect()
    }

    #[test]
    fn a_document_is_followed_over_moves() {
        let (one, two) = (document("ParseCache", &["/a"]), document("ParseCache", &["/a", "/b"]));
        let other = document("Desk", &["/d"]);
        let moved =
            [vec![("api.yaml", one.clone())], vec![("Api.yaml", one.clone())], vec![("v1/api.yml", two.clone())]];
        assert_eq!(trails(&moved, &[]), ["api.yaml Api.yaml v1/api.yml"]);
        assert_eq!(trails(&moved, &["v1/api.yml"]), ["*api.yaml Api.yaml v1/api.yml"]);
        // Two documents change their folder at once, and each is known again.
        let both = [
            vec![("a/x.yaml", one.clone()), ("a/y.yaml", other.clone())],
            vec![("b/y.yaml", other.clone()), ("b/x.yaml", two.clone())],
        ];
        assert_eq!(trails(&both, &[]), ["a/x.yaml b/x.yaml", "a/y.yaml b/y.yaml"]);
        let unlike = [vec![("a.yaml", one.clone())], vec![("b.yaml", other.clone())]];
        assert_eq!(trails(&unlike, &[]), ["a.yaml -", "- b.yaml"]);
    }

    #[test]
    fn earlier_places_are_known_where_nothing_is_alike() {
        let (one, other) = (document("ParseCache", &["/a"]), document("Desk", &["/d"]));
        let versions =
            [vec![("a.yaml", one.clone())], vec![("a.yaml", one), ("b.yaml", other.clone())], vec![("b.yaml", other)]];
        assert_eq!(trails(&versions, &["b.yaml", "a.yaml"]), ["*a.yaml b.yaml b.yaml"]);
        assert_eq!(trails(&versions, &["b.yaml"]), ["a.yaml a.yaml -", "*- b.yaml b.yaml"]);
    }

    #[test]
    fn what_became_junk_or_came_back_is_the_same_document() {
        let one = document("ParseCache", &["/a"]);
        let junk = vec![("api.yaml", "hello: world\n".to_owned())];
        let versions = [junk.clone(), vec![("api.yaml", one.clone())], junk, Vec::new(), vec![("api.json", one)]];
        assert_eq!(trails(&versions, &[]), ["api.yaml api.yaml api.yaml - api.json"]);
    }
}
