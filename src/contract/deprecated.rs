//! What a document marks as deprecated, or gives an end, whether or not anything about it changes.

use super::Contract;
use crate::spec::{File, Key, Kind, NodeIx};

/// Something marked as deprecated, or with a day of its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deprecated {
    /// Where it stands, as people say it: `rdv › users`, `GET /rdvs`.
    pub what: String,
    /// Whether it is marked; else it only has a day.
    pub marked: bool,
    /// As written under `x-sunset`.
    pub sunset: Option<String>,
    /// The file.
    pub file: String,
    /// Whether it stands outside what a whole document names: in a file that is a schema, or holds some.
    pub is_part: bool,
}

impl Deprecated {
    /// Where it stands for a reader who does not see the file: `book › old`, also where `book.yaml` is the schema.
    pub fn named(&self) -> String {
        let file = self.file.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        match self.what.as_str() {
            what if !self.is_part || stem.is_empty() => what.to_owned(),
            "" => stem.to_owned(),
            what => format!("{stem} › {what}"),
        }
    }
}

/// The most that are listed.
const MOST: usize = 300;
/// The steps of a pointer that only say in which part of a document or schema it is.
const PARTS: &[&str] = &[
    "paths",
    "components",
    "definitions",
    "schemas",
    "parameters",
    "headers",
    "responses",
    "properties",
    "content",
    "schema",
    "requestBody",
    "requestBodies",
];

/// The members of a document below which everything has a name.
const WHOLE: &[&str] = &["paths", "webhooks", "components", "definitions", "parameters", "responses"];

/// Everything marked as deprecated in the files of a contract, in their order.
pub fn deprecated(contract: &Contract) -> Vec<Deprecated> {
    let files = contract.document.files().iter();
    files.flat_map(|(path, file)| marked(path, file)).take(MOST).collect()
}

fn marked(path: &str, file: &File) -> Vec<Deprecated> {
    let mut out: Vec<Deprecated> = Vec::new();
    collect(file, NodeIx::ROOT, &mut Vec::new(), &mut out);
    for one in &mut out {
        path.clone_into(&mut one.file);
    }
    out
}

/// Nesting is bounded by the reader of documents.
fn collect<'f>(file: &'f File, at: NodeIx, path: &mut Vec<&'f str>, out: &mut Vec<Deprecated>) {
    if out.len() >= MOST {
        return;
    }
    let is_marked = file.get(at, Key::DEPRECATED).is_some_and(|flag| file.kind(flag) == Kind::True);
    let scalar = |day: &NodeIx| matches!(file.kind(*day), Kind::String | Kind::Number);
    let sunset = file.get(at, Key::X_SUNSET).filter(scalar).map(|day| file.text(day));
    if file.kind(at) == Kind::Object
        && (is_marked || sunset.is_some())
        && !path.iter().any(|step| matches!(*step, "example" | "examples" | "default" | "enum" | "const"))
    {
        let name = file.member(at, "name").and_then(|name| file.string(name));
        let (what, sunset) = (said(path, name), sunset.map(str::to_owned));
        let is_part = path.iter().find(|step| !step.is_empty()).is_none_or(|step| !WHOLE.contains(step));
        out.push(Deprecated { what, marked: is_marked, sunset, file: String::new(), is_part });
    }
    for child in file.children(at) {
        let name = file.name(child);
        path.push(name);
        collect(file, child, path, out);
        path.pop();
    }
}

/// `/paths/~1rdvs/get/parameters/0` with the name `page` is `GET /rdvs › page`.
fn said(path: &[&str], name: Option<&str>) -> String {
    let mut steps: Vec<String> = Vec::new();
    for step in path.iter().filter(|step| !step.is_empty() && !PARTS.contains(step)) {
        match steps.last_mut() {
            Some(last) if last.starts_with('/') && step.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                *last = format!("{} {last}", step.to_ascii_uppercase());
            }
            Some(_) | None => steps.push((*step).to_owned()),
        }
    }
    steps.extend(name.filter(|name| steps.last().is_none_or(|last| last != name)).map(str::to_owned));
    steps.join(" › ")
}
