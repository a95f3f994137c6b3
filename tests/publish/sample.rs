//! A small history with everything in it that a site shows, and the site of any history in memory.

use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;

use jiff::civil::Date;
use preavis::compare::Asked;
use preavis::compare::history::{self, Stop};
use preavis::config;
use preavis::notice::{Kind, State};
use preavis::publish::site::{Built, NoticePage, NoticeText, Own, Plan, Sink, build};
use preavis::text::Lang;

use crate::harness::Memory;

/// The address that most tests publish at.
pub(crate) const URL: &str = "https://contract.example.org";

/// Paths and contents.
pub(crate) type Site = BTreeMap<String, String>;

/// The files whose name has an extension.
pub(crate) fn with<'s>(site: &'s Site, extension: &'s str) -> impl Iterator<Item = (&'s String, &'s String)> {
    site.iter().filter(move |(path, _)| path.rsplit_once('.').is_some_and(|(_, end)| end == extension))
}

/// Keeps files in memory; a second one of a name is an error.
#[derive(Default)]
pub(crate) struct Shelf(pub(crate) Site);

impl Sink for Shelf {
    fn put(&mut self, path: &str, content: &str) -> io::Result<()> {
        match self.0.insert(path.to_owned(), content.to_owned()) {
            Some(_) => Err(io::Error::other("twice")),
            None => Ok(()),
        }
    }
}

/// What a test publishes.
pub(crate) struct Given {
    pub(crate) stops: Vec<Stop>,
    /// The ids of the APIs, each of a document `ID.yaml`.
    pub(crate) apis: Vec<&'static str>,
    pub(crate) notices: Vec<NoticePage>,
    pub(crate) lang: Lang,
    /// Those of the site; none is the one above.
    pub(crate) languages: &'static [Lang],
    pub(crate) url: Option<&'static str>,
}

impl Given {
    /// The library, with a notice of what shipped and one of what is to come.
    pub(crate) fn library() -> Self {
        Self { notices: vec![notice(), coming()], ..Self::unannounced() }
    }
    fn unannounced() -> Self {
        Self {
            stops: library(),
            apis: vec!["library"],
            notices: Vec::new(),
            lang: Lang::Fr,
            languages: &[],
            url: Some(URL),
        }
    }
    /// Publishes into a sink.
    pub(crate) fn publish(&self, sink: &mut dyn Sink) -> Built {
        let specs: Vec<String> = self.apis.iter().map(|id| format!("{id}.yaml")).collect();
        let config = config::Config::default();
        let asked = Asked {
            config: &config,
            specs: &specs,
            lang: self.lang,
            reading: preavis::rules::Reading::default(),
            renamed: None,
            cache: None,
            progress: None,
        };
        let apis = history::apis(&self.stops, asked).expect("the documents");
        let site = config::Site { url: self.url.map(str::to_owned), ..config::Site::default() };
        let site = site.spoken(self.languages);
        let plan = Plan {
            site: &site,
            stops: &self.stops,
            apis: &apis,
            asked,
            notices: &self.notices,
            today: None,
            own: &Own::default(),
        };
        let built = build(&plan, sink).expect("a site");
        assert!(built.history.unread.is_empty());
        built
    }
    pub(crate) fn site(&self) -> Site {
        let mut shelf = Shelf::default();
        self.publish(&mut shelf);
        shelf.0
    }
}

/// A stop with the documents of some APIs.
pub(crate) fn stop(name: &str, day: &str, documents: &[(&str, String)]) -> Stop {
    let date: Date = day.parse().expect(day);
    let files = documents.iter().map(|(id, text)| (format!("{id}.yaml"), text.clone())).collect();
    Stop { name: name.to_owned(), date, commit: format!("{:0>40}", "c"), files: Rc::new(Memory(files)) }
}

const DOCUMENT: &str = r##"openapi: 3.0.3
info: {title: API de la médiathèque, version: "1"}
paths:
  /books:
    get:
      operationId: listBooks
      summary: Lists the books
      tags: [Books]
      parameters:
        - {name: page, in: query, schema: {type: integer}}
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/book"}}}
  /books/{id}:
    delete:
      tags: [Books, Admin & more]
      deprecated: true
      x-sunset: "2024-12-31"
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses: {"204": {description: gone}}
components:
  schemas:
    book:
      type: object
      required: [id, title]
      properties:
        id: {type: integer}
        title: {type: string}
        old: {type: string, deprecated: true}
        status: {type: string, enum: [free, lent, lost]}
"##;

/// Versions: an operation comes, a value goes, comes back and goes again, a property goes, an operation goes.
pub(crate) fn library() -> Vec<Stop> {
    let first = DOCUMENT.to_owned();
    let second = first.replace(
        "components:",
        "  /loans:\n    post:\n      operationId: lend\n      tags: [Loans]\n      responses: {\"201\": {description: ok}}\ncomponents:",
    );
    let lost = second.replace(", lost]", "]");
    let untitled =
        lost.replace("required: [id, title]", "required: [id]").replace("        title: {type: string}\n", "");
    let fewer = untitled.replace("operationId: listBooks", "operationId: getBooks").replace("delete:", "put:");
    let versions = [
        ("v1.0.0", "2023-01-10", &first),
        ("v1.1.0", "2023-02-14", &second),
        ("v1.2.0", "2023-03-01", &lost),
        ("v1.2.1", "2023-03-02", &second),
        ("2023-05-04", "2023-05-04", &lost),
        ("v2.0.0", "2024-01-09", &untitled),
        ("v3.0.0", "2024-06-20", &fewer),
    ];
    versions.iter().map(|(name, day, text)| stop(name, day, &[("library", (*text).clone())])).collect()
}

/// The fingerprint of the title that goes with `v2.0.0`, as published.
pub(crate) fn title_removed() -> String {
    let feed: serde_json::Value = serde_json::from_str(&Given::unannounced().site()["feed.json"]).expect("JSON");
    let items = feed["items"].as_array().expect("items");
    let found = items.iter().find(|item| item["title"].as_str().is_some_and(|title| title.contains("title")));
    let facts = &found.expect("the title goes")["_preavis"];
    assert_eq!(facts["release"], "v2.0.0");
    facts["fingerprints"][0].as_str().expect("a fingerprint").to_owned()
}

/// What announces it.
pub(crate) fn notice() -> NoticePage {
    let text = |title: &str, word: &str| NoticeText {
        title: title.to_owned(),
        html: format!("<h2>{word}</h2>\n<p>{title}.</p>"),
        markdown: format!("# {title}\n"),
        plainly: Some(format!("<p>{word}.</p>")),
        event: Some("BEGIN:VEVENT\r\nUID:N2023-001@contract.example.org\r\nEND:VEVENT\r\n".to_owned()),
    };
    NoticePage {
        id: "N2023-001".to_owned(),
        revision: 1,
        kind: Kind::Breaking,
        api: "library".to_owned(),
        state: State::Shipped,
        announced_on: Some("2023-11-02".parse().expect("a day")),
        revised_on: None,
        effective_on: Some("2024-01-09".parse().expect("a day")),
        covers: vec![title_removed()],
        report: None,
        texts: [(Lang::Fr, text("Le titre disparaît", "En clair")), (Lang::En, text("The title goes", "In short"))]
            .into(),
        json: "{}\n".to_owned(),
    }
}

/// A notice of what is still to come.
pub(crate) fn coming() -> NoticePage {
    NoticePage {
        id: "N2024-002".to_owned(),
        state: State::Announced,
        kind: Kind::Deprecation,
        announced_on: Some("2024-06-01".parse().expect("a day")),
        effective_on: Some("2024-09-03".parse().expect("a day")),
        covers: vec!["pv1-0000000000000000".to_owned()],
        ..blank_notice()
    }
}

fn blank_notice() -> NoticePage {
    let text = NoticeText {
        title: "Old goes in autumn".to_owned(),
        html: "<p>It will go.</p>".to_owned(),
        ..NoticeText::default()
    };
    NoticePage {
        id: String::new(),
        revision: 1,
        kind: Kind::Additive,
        api: "library".to_owned(),
        state: State::Announced,
        announced_on: None,
        revised_on: None,
        effective_on: None,
        covers: Vec::new(),
        report: None,
        texts: [(Lang::En, text)].into(),
        json: "{}\n".to_owned(),
    }
}
