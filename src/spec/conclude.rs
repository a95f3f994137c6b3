//! Problems in document order, and the targets of references that refer to them.

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::arena::{File, Kind, NodeIx};
use super::document::{Loc, Target};
use super::key::Key;
use super::load::Loaded;
use super::other::no_schema;
use super::problem::{Cursor, Odd, Problem, Weight};

/// Why a reference leads nowhere.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    pub(super) why: String,
    /// What stands there instead: equal signs in two versions are taken for equal unreadable things.
    pub(super) sign: String,
}

impl From<String> for Lost {
    fn from(why: String) -> Self {
        Self { why, sign: String::new() }
    }
}

/// For each file, for each site, where it leads or why nowhere.
pub(super) type Outcomes = Vec<Vec<Result<Loc, Lost>>>;

/// What is known of a document once its references are resolved.
#[derive(Default)]
pub(super) struct Concluded {
    pub(super) problems: Vec<Problem>,
    /// For each problem that is a lost reference, what tells it from others; else empty.
    pub(super) signs: Vec<String>,
    /// For each file, the targets of its references; `None` for what is data.
    pub(super) targets: Vec<Vec<Option<Target>>>,
}

/// The text of the `$ref` of an object.
pub(super) fn reference(file: &File, holder: NodeIx) -> &str {
    file.get(holder, Key::REF).map_or("", |node| file.text(node))
}

/// Gathers what is odd; `root` is what the version said of the root file.
pub(super) fn conclude(loaded: &[Loaded], root: Vec<Odd>, outcomes: &Outcomes) -> Concluded {
    let mut out = Concluded::default();
    let mut root = Some(root);
    for (at, outcomes) in loaded.iter().zip(outcomes) {
        let mut odd: Vec<Odd> = root.take().unwrap_or_default();
        odd.extend(at.parsed.odd.iter().cloned());
        odd.extend(junk(at));
        odd.sort_by_key(|odd| odd.at);
        out.file(at, odd, outcomes);
    }
    out
}

/// What stands in the place of a schema and is none.
fn junk(at: &Loaded) -> impl Iterator<Item = Odd> {
    let file = &at.parsed.file;
    at.parsed.sites(at.root).junk.iter().map(|&node| {
        let kind = file.kind(node);
        let found = no_schema(kind).unwrap_or(if kind == Kind::Object { "an object" } else { "a boolean" });
        let wanted = match file.key(node) {
            Key::REF => "the text of a reference",
            Key::ENUM | Key::REQUIRED if kind != Kind::Array => "a list",
            _ => "a schema",
        };
        Odd::new(file.offset(node), format!("{found} where {wanted} belongs: what it allows is unknown"))
    })
}

impl Concluded {
    fn file(&mut self, at: &Loaded, odd: Vec<Odd>, outcomes: &[Result<Loc, Lost>]) {
        let file = &at.parsed.file;
        // One problem for each distinct text, where it stands first; it is a hole if any place needs it.
        let mut lost: IndexMap<&str, (usize, Weight, &Lost), FxBuildHasher> = IndexMap::default();
        for (site, outcome) in at.sites.iter().zip(outcomes) {
            let Err(why) = outcome else { continue };
            let weight = if site.prose { Weight::Odd } else { Weight::Hole };
            let offset = file.get(site.node, Key::REF).map_or(0, |node| file.offset(node));
            let entry = lost.entry(reference(file, site.node)).or_insert((offset, weight, why));
            entry.1 = entry.1.max(weight);
        }
        lost.sort_by(|_, (one, ..), _, (other, ..)| one.cmp(other));
        let mut cursor = Cursor::new(file.source());
        let mut odd = odd.into_iter().peekable();
        let mut numbers: IndexMap<&str, usize, FxBuildHasher> = IndexMap::default();
        for (text, (offset, weight, why)) in lost {
            while let Some(earlier) = odd.next_if(|odd| odd.at < offset) {
                self.push(cursor.problem(&at.path, earlier.at, earlier.message, Weight::Odd), String::new());
            }
            numbers.insert(text, self.problems.len());
            let message = format!("unresolved reference: {}", why.why);
            self.push(cursor.problem(&at.path, offset, message, weight), format!("{text} {}", why.sign));
        }
        for odd in odd {
            self.push(cursor.problem(&at.path, odd.at, odd.message, Weight::Odd), String::new());
        }
        let mut of_file = vec![None; file.refs().len()];
        for (site, outcome) in at.sites.iter().zip(outcomes) {
            let Ok(ix) = file.refs().binary_search(&site.node) else { continue };
            of_file[ix] = match outcome {
                Ok(target) => Some(Target::At(*target)),
                Err(_) => numbers.get(reference(file, site.node)).map(|&number| Target::Missing(number)),
            };
        }
        self.targets.push(of_file);
    }

    fn push(&mut self, problem: Problem, sign: String) {
        self.problems.push(problem);
        self.signs.push(sign);
    }
}
