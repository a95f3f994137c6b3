//! One lowering from any supported version into the contract model.
//!
//! Unknown keys are simply still there: nothing is deserialised into a typed tree first, so nothing is lost.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::home::{Home, Homes};
use super::operation::{OpKey, Operation};
use super::security::{Asked, asked};
use super::{Contract, Dialect, SchemaAt, Server, Side, Unread, crowd, listed_values, read_v2, read_v3};
use crate::spec::{Document, FileIx, Key, Kind, Loc, NodeIx, Problem, SpecVersion, Target, Weight};

/// Reads a document. Cannot fail: what is odd becomes a problem, what is unreadable a hole.
pub fn read(document: Arc<Document>) -> Contract {
    let dialect = match document.version {
        SpecVersion::V20 => Dialect::V20,
        SpecVersion::V30 => Dialect::V30,
        SpecVersion::V31 | SpecVersion::V32 => Dialect::V31,
    };
    let root = document.root();
    let title =
        document.get(root, Key::INFO).and_then(|info| document.string(info, Key::TITLE)).unwrap_or("").to_owned();
    let contract = Contract {
        problems: document.problems.clone(),
        document,
        dialect,
        title,
        operations: Vec::new(),
        veils: Vec::new(),
        servers: Vec::new(),
        unread_servers: None,
        made: Vec::new(),
        holes: Vec::new(),
        homes: Homes::default(),
        discriminators: OnceLock::new(),
    };
    let mut reader = Reader {
        contract,
        known: FxHashSet::default(),
        junk: FxHashMap::default(),
        digest: None,
        asked: FxHashMap::default(),
        links: FxHashSet::default(),
        bodiless: FxHashSet::default(),
        parts: crowd::ALL,
        crowds: FxHashSet::default(),
    };
    reader.components();
    match dialect {
        Dialect::V20 => read_v2::paths(&mut reader),
        Dialect::V30 | Dialect::V31 => read_v3::paths(&mut reader),
    }
    reader.links_lead_somewhere();
    reader.shared_files();
    listed_values::report(&mut reader);
    let document = reader.doc();
    reader.contract.homes.seal(&document);
    reader.contract
}

/// A contract under construction.
pub(super) struct Reader {
    pub(super) contract: Contract,
    known: FxHashSet<String>,
    /// Problems of values that are no objects, by where they are asked for.
    pub(super) junk: FxHashMap<Loc, usize>,
    digest: Option<u64>,
    /// What `security` says, by where it stands: many operations share the document's.
    asked: FxHashMap<Option<Loc>, Asked>,
    /// Links that operations offer.
    pub(super) links: FxHashSet<Loc>,
    /// Contents of answers that have no body, which were told.
    pub(super) bodiless: FxHashSet<Loc>,
    /// What the parts of further operations may cost.
    pub(super) parts: usize,
    /// Operations with the path items above them that have too many parts.
    pub(super) crowds: FxHashSet<(Loc, Loc)>,
}

/// Problems whose lines are counted.
const LINES: usize = 1_000;

/// What a path item hands down to its operations.
#[derive(Clone)]
pub(super) struct Above {
    pub(super) item: Loc,
    pub(super) servers: Vec<Server>,
    pub(super) unread_servers: Option<Unread>,
    pub(super) security_at: Option<Loc>,
    pub(super) sends: Side,
}

impl Reader {
    pub(super) fn doc(&self) -> Arc<Document> {
        Arc::clone(&self.contract.document)
    }

    /// The object that a part's references end at. A part shared by reference becomes a home of its own.
    pub(super) fn part(&mut self, at: Loc, section: &'static str) -> Result<Loc, Unread> {
        let found = self.node(at)?;
        if found != at && !self.contract.homes.is_home(found) && self.is_shared(found) {
            let name = self.file_name(found);
            self.contract.homes.add(found, Home::Component { section, name });
        }
        Ok(found)
    }

    /// The object that references end at; what leads nowhere, or is no object, is unread.
    pub(super) fn node(&mut self, at: Loc) -> Result<Loc, Unread> {
        let found = self.end(at)?;
        if self.contract.document.kind(found) == Kind::Object { Ok(found) } else { Err(self.no_object(at, found)) }
    }

    /// The map, or list, under a keyword; `None` where the keyword is absent. An empty list is how some writers spell an
    /// empty map; `null` is neither.
    pub(super) fn holder(&mut self, owner: Loc, key: Key, list: bool) -> Result<Option<Loc>, Unread> {
        let document = self.doc();
        let Some(listed) = document.get(owner, key) else { return Ok(None) };
        let at = self.end(listed)?;
        match document.kind(at) {
            Kind::Object => Ok(Some(at)),
            Kind::Array if list || document.children(at).next().is_none() => Ok(Some(at)),
            Kind::Null | Kind::Array | Kind::False | Kind::True | Kind::Number | Kind::String => {
                Err(self.no_object(listed, at))
            }
        }
    }

    fn end(&mut self, at: Loc) -> Result<Loc, Unread> {
        let mut last = at;
        loop {
            match self.contract.document.target(last) {
                None => return Ok(last),
                Some(Target::At(next)) => last = next,
                Some(Target::Missing(problem)) => {
                    self.contract.holes.push(problem);
                    let sign = self.contract.document.sign(problem).unwrap_or_default().to_owned();
                    return Err(Unread { at: last, sign });
                }
            }
        }
    }

    /// A value that is no object as is asked for: a problem where it is written; behind a reference, a hole.
    pub(super) fn no_object(&mut self, at: Loc, found: Loc) -> Unread {
        let document = self.doc();
        let sign = document.file(found.file).value(found.node).to_string();
        let inline = at == found;
        let problem = self.junk.get(&at).copied().unwrap_or_else(|| {
            let shown: String = sign.chars().take(40).collect();
            let weight = if inline { Weight::Odd } else { Weight::Hole };
            self.problem_of(at, format!("`{shown}` is not what belongs here: what it stands for is unknown"), weight);
            self.contract.problems.len() - 1
        });
        self.junk.insert(at, problem);
        if !inline {
            self.contract.holes.push(problem);
        }
        Unread { at, sign }
    }

    /// True of a referenced node that lies in no component, path or operation already.
    fn is_shared(&self, at: Loc) -> bool {
        let document = &self.contract.document;
        let inside = |(node, _): &(NodeIx, usize)| self.contract.homes.is_home(Loc { node: *node, ..at });
        at.file != FileIx(0)
            || at.node != NodeIx::ROOT && !document.file(at.file).lineage(NodeIx::ROOT, at.node).iter().any(inside)
    }

    /// The schema at a node. The engine follows its references, as what stands beside one may count.
    pub(super) fn schema(&mut self, at: Loc) -> SchemaAt {
        match self.contract.resolve(at) {
            SchemaAt::Node(_) => SchemaAt::Node(at),
            other @ (SchemaAt::Made(_) | SchemaAt::Any | SchemaAt::Hole(_)) => other,
        }
    }

    pub(super) fn problem(&mut self, at: Loc, message: String) {
        self.problem_of(at, message, Weight::Odd);
    }

    fn problem_of(&mut self, at: Loc, message: String, weight: Weight) {
        let document = self.doc();
        let file = document.file(at.file);
        let offset = file.offset(at.node);
        // Of very many nobody reads the lines, and each costs a look at the whole file.
        let counted = self.contract.problems.len() < LINES;
        let (line, column) = if counted { file.line_column(offset) } else { (0, 0) };
        let file = document.path(at.file).to_owned();
        self.contract.problems.push(Problem { file, offset: Some(offset), line, column, message, weight });
    }

    /// Adds an operation; a second one with the same method and template shape is a problem, and the first stays. True
    /// if it was added.
    pub(super) fn push(&mut self, operation: Operation) -> bool {
        let key = operation.key.exact();
        if self.known.contains(&key) {
            self.problem(operation.at, format!("`{key}` is declared twice; the first declaration counts"));
            return false;
        }
        self.known.insert(key);
        self.contract.operations.push(operation);
        true
    }

    /// What tells the whole document from others, wherever its files lie.
    pub(super) fn digest(&mut self) -> String {
        let document = self.doc();
        let digest = self.digest.get_or_insert_with(|| {
            let mut hasher = FxHasher::default();
            document.files().iter().for_each(|(_, file)| file.source().hash(&mut hasher));
            hasher.finish()
        });
        format!("{digest:016x}")
    }

    /// The security that decides for an operation, and where it is written.
    pub(super) fn security(&mut self, operation: Loc, above: &Above) -> (Asked, Option<Loc>) {
        let document = self.doc();
        let at = document.get(operation, Key::SECURITY).or(above.security_at);
        if let Some(known) = self.asked.get(&at) {
            return (known.clone(), at);
        }
        let asked = asked(&document, at, &mut self.contract.holes);
        for &at in &asked.odd {
            self.no_object(at, at);
        }
        self.asked.insert(at, asked.clone());
        (asked, at)
    }

    /// Registers an operation's home, so that inline parts are addressed by it.
    pub(super) fn home(&mut self, at: Loc, key: &OpKey) {
        self.contract.homes.add(at, Home::Operation(key.clone()));
    }
}
