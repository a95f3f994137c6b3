//! Security requirements as sets: alternatives (OR) of credentials (AND), each by what it is on the wire.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Unread;
use crate::spec::{Document, Key, Kind, Loc, SpecVersion, Target};
use crate::text::numbers::hex;

/// The sign of a scheme that nothing declares.
const UNDECLARED: &str = "undeclared";

impl Credential {
    /// True of a name that no scheme has: another credential than any of another name.
    pub fn is_undeclared(&self) -> bool {
        self.unread.as_ref().is_some_and(|unread| unread.sign == UNDECLARED)
    }

    /// What kind of credential it is; of schemes whose tokens come from elsewhere, without the address.
    fn kind(&self) -> &str {
        if self.content.starts_with(OPEN_ID) { OPEN_ID } else { &self.content }
    }

    /// True of a credential that serves for the other: the same on the wire, and of tokens, from the same place or under
    /// the same name (that they come from elsewhere now is a change of its own).
    pub fn is_same(&self, other: &Self) -> bool {
        let unknown = self.addresses.is_empty() || other.addresses.is_empty();
        let shared = || self.addresses.iter().any(|address| other.addresses.contains(address));
        self.kind() == other.kind() && (unknown || self.name == other.name || shared())
    }

    /// The header that it travels in, in lower case.
    pub fn header(&self) -> Option<&str> {
        let by_token = ["http ", "oauth2", OPEN_ID].iter().any(|kind| self.content.starts_with(kind));
        if by_token { Some("authorization") } else { self.content.strip_prefix("apiKey header ") }
    }
}

/// The first word of what `OpenID` Connect puts on the wire.
const OPEN_ID: &str = "openIdConnect";

/// One credential of a set: the scheme by its content, so that renaming it in `components` changes nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Credential {
    /// The name in the document, for people.
    pub name: String,
    /// What is sent: `apiKey header X-Key`, `http bearer`, `oauth2`…
    pub content: String,
    /// Where its tokens come from.
    pub addresses: Vec<String>,
    /// Scopes or roles asked for, sorted.
    pub scopes: Vec<String>,
    /// What of the scheme cannot be read, or that no scheme has the name.
    pub unread: Option<Unread>,
}

/// Credentials that together open an operation; empty means anyone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Alternative {
    /// Sorted by content.
    pub credentials: Vec<Credential>,
    /// For identities: contents and scopes, the end of very many as a hash.
    pub identity: String,
}

/// Credentials of a set, and scopes of each, that a sentence lists.
const LISTED: usize = 20;
/// Bytes of an identity that are written out.
const WRITTEN: usize = 20_000;

impl Alternative {
    /// A set of credentials, sorted by content.
    fn of(credentials: Vec<Credential>) -> Self {
        let texts: Vec<String> = credentials.iter().map(|c| format!("{}({})", c.content, c.scopes.join(","))).collect();
        Self { credentials, identity: bounded(texts.join(" + ")) }
    }
    /// True if whoever holds `held` satisfies this alternative too: each credential asked is held with at least its scopes.
    pub fn satisfied_by(&self, held: &Self) -> bool {
        self.credentials.iter().all(|asked| {
            let has = |scopes: &[String], scope| scopes.binary_search(scope).is_ok();
            held.credentials.iter().any(|h| h.is_same(asked) && asked.scopes.iter().all(|scope| has(&h.scopes, scope)))
        })
    }
    /// What it costs to go through it once.
    pub fn weight(&self) -> usize {
        let of = |text: &String| 1 + text.len() / 32;
        self.credentials.iter().map(|c| of(&c.content) + c.scopes.iter().map(of).sum::<usize>()).sum::<usize>() + 1
    }
    /// True of the same credentials with the same scopes, whatever their names.
    pub fn is_same(&self, other: &Self) -> bool {
        let parts = |it: &Credential, other: &Credential| it.is_same(other) && it.scopes == other.scopes;
        self.credentials.len() == other.credentials.len()
            && self.credentials.iter().zip(&other.credentials).all(|(it, other)| parts(it, other))
    }
    /// For people: `ApiKey + OAuth2(read, write)`, `none`; of many the first.
    pub fn text(&self) -> String {
        if self.credentials.is_empty() {
            return "none".to_owned();
        }
        let text = |c: &Credential| {
            let scopes = || listed(c.scopes.iter().cloned(), ", ");
            if c.scopes.is_empty() { c.name.clone() } else { format!("{}({})", c.name, scopes()) }
        };
        listed(self.credentials.iter().map(text), " + ")
    }

    /// The set as callers know it, who send headers and never see the name of a scheme: a word of the table of terms, and
    /// the names. `None` where more than keys of one kind, or a permission, is asked for.
    pub fn sent(&self) -> Option<(&'static str, Option<String>)> {
        let bare = self.credentials.iter().all(|one| one.scopes.is_empty() && one.unread.is_none());
        if let [one] = self.credentials.as_slice() {
            match one.content.as_str() {
                "http bearer" if bare => return Some(("credential-bearer", None)),
                "http basic" if bare => return Some(("credential-basic", None)),
                _ => {}
            }
        }
        let keys = |kind: &str| {
            let names = self.credentials.iter().map(|one| one.content.strip_prefix(kind).map(str::to_owned));
            names.collect::<Option<Vec<String>>>().filter(|names| bare && !names.is_empty())
        };
        let (term, names) = match (keys("apiKey header "), keys("apiKey query "), keys("apiKey cookie ")) {
            (Some(names), ..) if names.len() == 1 => ("credential-header", names),
            (Some(names), ..) => ("credential-headers", names),
            (None, Some(names), _) if names.len() == 1 => ("credential-query", names),
            (None, None, Some(names)) if names.len() == 1 => ("credential-cookie", names),
            _ => return None,
        };
        Some((term, Some(listed(names.into_iter(), " + "))))
    }
}

/// The texts in a row; of many the first, and how many follow.
pub(crate) fn listed(texts: impl ExactSizeIterator<Item = String>, between: &str) -> String {
    let more = texts.len().saturating_sub(LISTED);
    let mut out = texts.take(LISTED).collect::<Vec<_>>().join(between);
    if more > 0 {
        out.push_str(&format!("{between}… (+{more})"));
    }
    out
}

/// A text of an identity: of a very long one its beginning, and a hash of all of it.
pub(crate) fn bounded(text: String) -> String {
    if text.len() <= WRITTEN {
        return text;
    }
    let hash = hex(&Sha256::digest(text.as_bytes()));
    let end = (0..=WRITTEN).rev().find(|&end| text.is_char_boundary(end)).unwrap_or_default();
    format!("{}… {hash}", &text[..end])
}

/// What opens an operation, as `security` says it.
#[derive(Clone, Default)]
pub(super) struct Asked {
    /// The alternatives that can be read.
    pub(super) alternatives: Arc<[Alternative]>,
    /// The places, beside references, where something else stands than belongs there.
    pub(super) odd: Vec<Loc>,
    /// The list, or the first requirement in it, that cannot be read; then the alternatives may not be all.
    pub(super) unread: Option<Unread>,
}

/// Reads a `security` array. `{}` among the alternatives, or an empty array, lets anyone in; what is no list of objects
/// is unknown. Schemes behind references that lead nowhere are added to the holes.
pub(super) fn asked(document: &Document, at: Option<Loc>, holes: &mut Vec<usize>) -> Asked {
    let anyone = || Alternative::of(Vec::new());
    let Some(at) = at else { return Asked { alternatives: Arc::new([anyone()]), ..Asked::default() } };
    let mut out = Asked::default();
    let mut alternatives = Vec::new();
    if document.kind(at) == Kind::Array {
        for requirement in document.children(at) {
            if is_requirement(document, requirement) {
                alternatives.push(alternative(document, requirement, holes));
            } else {
                out.odd.push(requirement);
            }
        }
    } else {
        out.odd.push(at);
    }
    let signs: Vec<String> = out.odd.iter().map(|at| document.file(at.file).value(at.node).to_string()).collect();
    out.unread = out.odd.first().map(|&at| Unread { at, sign: signs.join(", ") });
    if alternatives.is_empty() && out.unread.is_none() {
        alternatives.push(anyone());
    }
    out.alternatives = alternatives.into();
    let schemes = out.alternatives.iter().flat_map(|asked| &asked.credentials);
    // A scheme that is no object; elsewhere the list of scopes stands there, or a reference.
    let lost = schemes.filter_map(|credential| Some(credential.unread.as_ref()?.at));
    let plain = |at: &Loc| matches!(document.kind(*at), Kind::Null | Kind::String | Kind::Number);
    out.odd.extend(lost.filter(plain));
    out
}

/// True of an object of lists. Many writers leave the list of a scheme without scopes empty (`key:`).
fn is_requirement(document: &Document, at: Loc) -> bool {
    let listed = |scopes| matches!(document.kind(scopes), Kind::Array | Kind::Null);
    document.kind(at) == Kind::Object && document.children(at).all(listed)
}

fn alternative(document: &Document, requirement: Loc, holes: &mut Vec<usize>) -> Alternative {
    let named = document.members(requirement);
    let mut credentials: Vec<Credential> =
        named.map(|(name, scopes)| credential(document, name, scopes, holes)).collect();
    credentials.sort_by(|a, b| (&a.content, &a.scopes).cmp(&(&b.content, &b.scopes)));
    Alternative::of(credentials)
}

fn credential(document: &Document, name: &str, scopes_at: Loc, holes: &mut Vec<usize>) -> Credential {
    let mut scopes: Vec<String> = document.children(scopes_at).map(|at| document.text(at).to_owned()).collect();
    scopes.sort();
    let (content, addresses, unread) = match scheme(document, name, holes) {
        Ok(at) => (content(document, at), addresses(document, at), None),
        Err((at, sign)) => (format!("unknown {name}"), Vec::new(), Some(Unread { at: at.unwrap_or(scopes_at), sign })),
    };
    // Before 3.1 only OAuth and OpenID Connect know scopes; a list beside another scheme has no meaning.
    let scoped = ["oauth2", "openIdConnect", "unknown"].iter().any(|kind| content.starts_with(kind));
    if !scoped && document.version < SpecVersion::V31 {
        scopes.clear();
    }
    Credential { name: name.to_owned(), content, addresses, scopes, unread }
}

/// The scheme of a name; else the last node of it that can be read, and what stands there.
fn scheme(document: &Document, name: &str, holes: &mut Vec<usize>) -> Result<Loc, (Option<Loc>, String)> {
    let root = document.root();
    let mut lost = |at: Loc, problem: usize| {
        holes.push(problem);
        (Some(at), document.sign(problem).unwrap_or_default().to_owned())
    };
    let parts = document.get(root, Key::COMPONENTS).map(|at| document.follow(at).map_err(|problem| lost(at, problem)));
    let section = match parts.transpose()? {
        Some(components) => document.get(components, Key::SECURITY_SCHEMES),
        None => document.get(root, Key::SECURITY_DEFINITIONS),
    };
    let section = section.map(|at| document.follow(at).map_err(|problem| lost(at, problem))).transpose()?;
    let Some(mut at) = section.and_then(|section| document.member(section, name)) else {
        return Err((None, UNDECLARED.to_owned()));
    };
    while let Some(target) = document.target(at) {
        match target {
            Target::At(next) => at = next,
            Target::Missing(problem) => return Err(lost(at, problem)),
        }
    }
    match document.kind(at) {
        Kind::Object => Ok(at),
        Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::String | Kind::Array => {
            Err((Some(at), document.file(at.file).value(at.node).to_string()))
        }
    }
}

/// Where the tokens of a scheme come from, in any of its flows.
fn addresses(document: &Document, at: Loc) -> Vec<String> {
    const KEYS: [Key; 5] = [
        Key::AUTHORIZATION_URL,
        Key::TOKEN_URL,
        Key::DEVICE_AUTHORIZATION_URL,
        Key::OPEN_ID_CONNECT_URL,
        Key::OAUTH2_METADATA_URL,
    ];
    let kind = document.string(at, Key::TYPE).unwrap_or_default();
    if !["oauth2", OPEN_ID].contains(&kind) {
        return Vec::new();
    }
    let flows = document.get(at, Key::FLOWS).into_iter().flat_map(|flows| document.children(flows));
    let places: Vec<Loc> = std::iter::once(at).chain(flows).collect();
    let mut out: Vec<String> = places
        .iter()
        .flat_map(|&at| KEYS.iter().filter_map(move |&key| document.string(at, key)))
        .map(str::to_owned)
        .collect();
    out.sort();
    out.dedup();
    out
}

/// What the scheme puts on the wire. Flows and their addresses stay out: how a token is obtained is not what a
/// request must carry, and 2.0 spells them otherwise.
fn content(document: &Document, at: Loc) -> String {
    let text = |key| document.string(at, key).unwrap_or("");
    match text(Key::TYPE) {
        "apiKey" => {
            let (place, name) = (text(Key::IN), text(Key::NAME));
            // Header names compare without case (RFC 9110, 5.1); query and cookie names do not.
            let name = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
            format!("apiKey {place} {name}")
        }
        "basic" => "http basic".to_owned(),
        "http" => format!("http {}", text(Key::SCHEME).to_ascii_lowercase()),
        "openIdConnect" => format!("openIdConnect {}", text(Key::OPEN_ID_CONNECT_URL)),
        other => other.to_owned(),
    }
}
