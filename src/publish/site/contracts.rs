//! The contracts themselves, bundled, and what programs find them by: `releases.json` of each API, `preavis.json` of the
//! site. They serve all languages and stand at the root only.
//!
//! Published formats: fields are only ever added within a version, and readers ignore those they do not know.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::book::{Book, SiteError};
use super::data::{address, pretty};
use super::model::Model;
use crate::compare::history::Seen;
use crate::render::slug::slug;
use crate::spec::bundle;
use crate::text::numbers::hex;

/// The bytes of the contracts of one API: the newest ones stay, the newest of all whatever its size. A site is published
/// whole each time, and a large document of many releases would be most of it.
const ROOM: usize = 4_000_000;

/// The versions of each API, oldest first.
#[derive(Default)]
pub(super) struct Shelf(Vec<Versions>);

#[derive(Clone, Default)]
struct Versions {
    all: Vec<Known>,
    /// The texts of the last ones.
    texts: VecDeque<String>,
    bytes: usize,
}

#[derive(Clone)]
struct Known {
    label: String,
    date: Option<String>,
    /// Nothing where it was too large.
    digest: Option<String>,
}

impl Shelf {
    pub(super) fn of(apis: usize) -> Self {
        Self(vec![Versions::default(); apis])
    }

    /// Whether the newest contract of an API is there.
    pub(super) fn has(&self, api: usize) -> bool {
        self.0.get(api).and_then(|it| it.texts.back()).is_some_and(|text| !text.is_empty())
    }

    /// Takes a version in; they come oldest first.
    pub(super) fn see(&mut self, seen: &Seen<'_>) {
        let Some(versions) = self.0.get_mut(seen.api) else { return };
        let text = bundle(&seen.contract.document).map(|text| text + "\n");
        let digest = text.as_deref().map(digest);
        let (label, date) = (seen.version.label.clone(), seen.version.date.clone());
        versions.all.push(Known { label, date, digest });
        let text = text.unwrap_or_default();
        versions.bytes += text.len();
        versions.texts.push_back(text);
        while versions.bytes > ROOM && versions.texts.len() > 1 {
            versions.bytes -= versions.texts.pop_front().map_or(0, |text| text.len());
        }
    }
}

fn digest(text: &str) -> String {
    format!("sha256:{}", hex(&Sha256::digest(text.as_bytes())))
}

/// The versions of one API, for programs: `api/ID/releases.json`.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
#[allow(clippy::struct_field_names, reason = "the names of a published format")]
pub(super) struct Releases {
    /// The version of this format: 1.
    pub version: u32,
    /// The id of the API.
    pub api: String,
    /// The day of the newest version the site was made from: a site that stands still is known by it.
    pub generated_from: String,
    /// The newest contract, always at this place; an address where the site has one, else a path from the root of the
    /// site.
    pub latest: Option<String>,
    /// The versions whose document differs from that of the one before, newest first.
    pub releases: Vec<PublishedVersion>,
}

/// One version of a contract.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct PublishedVersion {
    /// Its name.
    pub release: String,
    /// Its day.
    pub date: Option<String>,
    /// The version it was compared with; null where nothing changed but what is no contract, and of the first one.
    pub base: Option<String>,
    /// SHA-256 of the contract as it is, or was, published: the bytes of its file.
    pub digest: Option<String>,
    /// Its contract in one file; null where it is too old to be kept.
    pub contract: Option<String>,
    /// The page of what it changed.
    pub page: Option<String>,
    /// The same as data.
    pub report: Option<String>,
}

/// Where everything for programs is: `preavis.json` at the root.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct Directory {
    /// The version of this format: 1.
    pub version: u32,
    /// The title of the site.
    pub title: String,
    /// The languages of its pages, that of the root first.
    pub languages: Vec<String>,
    /// The day of the newest version the site was made from.
    pub generated_from: String,
    /// Its APIs. Links are addresses where the site has one, else paths from its root.
    pub apis: Vec<DirectoryApi>,
}

/// One API of the site.
#[derive(Clone, PartialEq, Debug, Serialize, JsonSchema)]
pub(super) struct DirectoryApi {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page.
    pub page: String,
    /// What is announced, and what shipped without.
    pub notices: String,
    /// Its versions.
    pub releases: String,
    /// Its newest contract.
    pub contract: Option<String>,
    /// Its feed (JSON Feed).
    pub feed: String,
}

/// `preavis.json`, and of each API `releases.json` and `openapi/`.
pub(super) fn write(book: &mut Book<'_>, model: &Model<'_>, shelf: &Shelf) -> Result<(), SiteError> {
    let mut apis = Vec::new();
    for (ix, api) in model.apis.iter().enumerate() {
        let latest = releases(book, model, shelf, ix)?;
        let folder = api.folder();
        let at = |file: &str| address(book, &format!("{folder}/{file}"));
        apis.push(DirectoryApi {
            id: api.id.clone(),
            title: api.title.clone(),
            page: at("index.html"),
            notices: at("notices.json"),
            releases: at("releases.json"),
            contract: latest,
            feed: at("feed.json"),
        });
    }
    let document = Directory {
        version: 1,
        title: book.title.clone(),
        languages: book.tongue.all.iter().map(|lang| lang.as_str().to_owned()).collect(),
        generated_from: model.newest.to_string(),
        apis,
    };
    book.put("preavis.json", &pretty(&document))
}

/// Writes the contracts of one API and the list of its versions; says where the newest is.
fn releases(book: &mut Book<'_>, model: &Model<'_>, shelf: &Shelf, ix: usize) -> Result<Option<String>, SiteError> {
    let api = &model.apis[ix];
    let Some(versions) = shelf.0.get(ix) else { return Ok(None) };
    let folder = format!("{}/openapi", api.folder());
    let dropped = versions.all.len() - versions.texts.len();
    let mut files: Vec<Option<String>> = vec![None; dropped];
    for (known, text) in versions.all[dropped..].iter().zip(&versions.texts) {
        let path = format!("{folder}/{}.json", slug(&known.label));
        if !text.is_empty() {
            book.put(&path, text)?;
        }
        files.push((!text.is_empty()).then(|| address(book, &path)));
    }
    let newest = versions.texts.back().filter(|text| !text.is_empty());
    let path = format!("{folder}/latest.json");
    if let Some(text) = newest {
        book.put(&path, text)?;
    }
    let latest = newest.map(|_| address(book, &path));
    let published = versions.all.iter().zip(files).rev().map(|(known, contract)| {
        let of = |release: &str| release == known.label;
        let shipment = model.shipments.iter().find(|it| it.api == ix && of(&it.release.name));
        let page = |end: &str| shipment.map(|it| address(book, &format!("{}.{end}", it.page)));
        PublishedVersion {
            release: known.label.clone(),
            date: known.date.clone(),
            base: shipment.map(|it| it.base.to_owned()),
            digest: known.digest.clone(),
            contract,
            page: page("html"),
            report: page("json"),
        }
    });
    let document = Releases {
        version: 1,
        api: api.id.clone(),
        generated_from: model.newest.to_string(),
        latest: latest.clone(),
        releases: published.collect(),
    };
    book.put(&format!("{}/releases.json", api.folder()), &pretty(&document))?;
    Ok(latest)
}

/// The JSON Schema of [`Releases`]; ends with a line break.
#[cfg(feature = "internals")]
pub fn releases_schema() -> String {
    crate::json_schema::of_output::<Releases>()
}

/// The JSON Schema of [`Directory`]; ends with a line break.
#[cfg(feature = "internals")]
pub fn directory_schema() -> String {
    crate::json_schema::of_output::<Directory>()
}
