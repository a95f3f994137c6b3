//! `preavis.toml`: the APIs of a repository and what their owner decides otherwise than the catalogue.
//!
//! Every key is known, every rule id exists, every path is one: what is not is an error with its place, because a
//! setting that silently does nothing is worse than none.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::documents::{Documents, Paths};
use super::gate::Gate;
use super::levels::Levels;
use super::{Mail, Site};
use crate::text::InputError;
use crate::text::Lang;

/// The configuration of a repository: what stands in its `preavis.toml`.
#[derive(Clone, Default, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "preavis.toml", description = "The configuration of preavis, at the root of a repository.")]
pub struct Config {
    /// The language of reports.
    pub(crate) lang: Option<Lang>,
    /// The APIs of the repository; without any, every document that is found is compared.
    #[serde(default, rename = "api")]
    pub(crate) apis: Vec<ApiConfig>,
    /// Levels of rules that differ from the catalogue's.
    #[serde(default)]
    pub(crate) levels: Levels,
    /// The ref that production runs, such as `origin/production` [default: the default branch].
    pub(crate) production: Option<String>,
    /// A folder of templates that replace those of the same name, from the root of the repository.
    #[schemars(with = "Option<String>")]
    pub(super) templates: Option<Spanned<String>>,
    /// Which documents are found where nobody names them.
    #[serde(default)]
    pub(crate) documents: Documents,
    /// The published site.
    #[serde(default)]
    pub site: Site,
    /// The sender of messages.
    #[serde(default)]
    pub(crate) mail: Mail,
    /// What `preavis check` decides by.
    #[serde(default)]
    pub(crate) gate: Gate,
    /// The ref of what will run, such as `origin/recette` [default: the default branch].
    pub(crate) next: Option<String>,
}

/// One API.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiConfig {
    /// What identifies the API in reports and fingerprints; never change it.
    #[schemars(with = "String", regex(pattern = r"^[a-z0-9][a-z0-9._-]*$"))]
    id: Spanned<String>,
    /// Its document, from the root of the repository.
    #[schemars(with = "String", length(min = 1))]
    path: Spanned<String>,
    /// Where its document was earlier, so that histories follow it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    paths: Vec<Spanned<String>>,
    /// Its title in reports, in place of the document's own.
    pub title: Option<String>,
    /// What its document is made of, `app/controllers/**`: where that changes and the document does not, it is told.
    #[serde(default)]
    pub(crate) watch: Vec<Paths>,
    /// How `info.version` counts: `semver` asks that it moves as far as the changes do.
    pub(crate) version: Option<Versioning>,
}

impl ApiConfig {
    /// What identifies the API.
    pub fn id(&self) -> &str {
        self.id.get_ref()
    }
    /// Its document, from the root of the repository.
    pub fn path(&self) -> &str {
        self.path.get_ref()
    }
    /// Where its document is, then where it was earlier.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.path).chain(&self.paths).map(|path| path.get_ref().as_str())
    }
    /// Takes the places of the same API in another configuration for earlier ones, and what it asks for.
    pub(super) fn bind(&mut self, other: &Self) {
        self.version = self.version.or(other.version);
        self.watch.extend(other.watch.iter().cloned());
        let new: Vec<_> = std::iter::once(&other.path).chain(&other.paths).cloned().collect();
        for path in new {
            if !self.places().any(|own| own == path.get_ref()) {
                self.paths.push(path);
            }
        }
    }
}

/// How a version counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Versioning {
    /// MAJOR.MINOR.PATCH, as <https://semver.org> has it.
    Semver,
}

impl Config {
    /// Reads the text of a configuration; `file` is its name in messages.
    pub(crate) fn parse(file: &str, text: &str) -> Result<Self, InputError> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let fault = InputError::new(file, text, error.span(), error.message().replace('\n', ", "));
            if let Some(advice) = error.span().and_then(|span| crate::text::unquoted(text, span.start)) {
                return fault.with_advice(advice);
            }
            if fault.message.starts_with("unknown rule") {
                return fault.with_advice("`preavis rules` lists them all".to_owned());
            }
            fault
        })?;
        config.check(file, text)?;
        Ok(config)
    }

    /// The folder of templates that replace those of the same name, from the root of the repository.
    pub(crate) fn templates(&self) -> Option<&str> {
        self.templates.as_ref().map(|folder| folder.get_ref().as_str())
    }

    fn check(&self, file: &str, text: &str) -> Result<(), InputError> {
        if let Some(folder) = self.templates.as_ref().filter(|folder| !stays_below(folder.get_ref())) {
            let message = format!("`{}` is not a folder in the repository", folder.get_ref());
            let advice = "paths start at the root of the repository and stay in it".to_owned();
            return Err(InputError::new(file, text, Some(folder.span()), message).with_advice(advice));
        }
        self.site.check(file, text)?;
        for (index, api) in self.apis.iter().enumerate() {
            let earlier = &self.apis[..index];
            let fault = |at: &Spanned<String>, message| Err(InputError::new(file, text, Some(at.span()), message));
            let id = api.id();
            if !is_id(id) {
                let advice = "use lower-case letters, digits, `-`, `_` and `.`, e.g. `orders-v1`".to_owned();
                return fault(&api.id, format!("`{id}` is not an id")).map_err(|error| error.with_advice(advice));
            }
            if earlier.iter().any(|other| other.id() == id) {
                return fault(&api.id, format!("two APIs have the id `{id}`"));
            }
            for path in std::iter::once(&api.path).chain(&api.paths) {
                if !is_path(path.get_ref()) {
                    let advice = "paths start at the root of the repository and stay in it".to_owned();
                    let message = format!("`{}` is not a path in the repository", path.get_ref());
                    return fault(path, message).map_err(|error| error.with_advice(advice));
                }
                if earlier.iter().any(|other| other.places().any(|known| known == path.get_ref())) {
                    return fault(path, format!("two APIs have the path `{}`", path.get_ref()));
                }
            }
        }
        Ok(())
    }
}

fn is_id(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.starts_with(letter) && text.chars().all(|c| letter(c) || matches!(c, '-' | '_' | '.'))
}

pub(super) fn is_path(text: &str) -> bool {
    !text.is_empty() && !text.contains('\\') && text.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}

/// Whether a path starts at the root and never goes up; `./words/` does.
fn stays_below(text: &str) -> bool {
    let leaves = |part: &str| part == ".." || part.eq_ignore_ascii_case(".git");
    !text.is_empty() && !text.starts_with('/') && !text.contains(['\\', ':', '\0']) && !text.split('/').any(leaves)
}

/// The JSON Schema of [`Config`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn config_schema() -> String {
    crate::json_schema::of_input::<Config>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Level;

    fn refused(text: &str) -> String {
        Config::parse("preavis.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn what_is_known_is_read() {
        let text = "lang = \"fr\"\n[[api]]\nid = \"rdv-v1\"\npath = \"swagger/v1/api.json\"\n[levels]\n\
                    enum-value-removed = \"risky\"\n"
            .replace("enum-value-removed", "request-enum-value-removed");
        let config = Config::parse("preavis.toml", &text).unwrap();
        assert_eq!((config.lang, config.apis[0].id()), (Some(Lang::Fr), "rdv-v1"));
        assert_eq!(config.levels.level("request-enum-value-removed", Level::Breaking), Level::Risky);
        assert_eq!(config.levels.level("request-enum-value-added", Level::Additive), Level::Additive);
    }

    #[test]
    fn what_is_not_is_shown_where_it_stands() {
        assert_eq!(
            refused("lang = \"fr\"\napis = []\n"),
            "preavis.toml:2:1: unknown field `apis`, expected one of `lang`, `api`, `levels`, `production`, `templates`, `documents`, `site`, `mail`, `gate`, `next`\n  |\n2 | apis = []\n  | ^^^^"
        );
        assert_eq!(
            refused("[levels]\nbody-added = \"fatal\"\n"),
            "preavis.toml:2:14: unknown variant `fatal`, expected one of `breaking`, `risky`, `additive`, `docs`\n  |\n\
             2 | body-added = \"fatal\"\n  |              ^^^^^^^"
        );
        for (text, start) in [
            ("lang = \"de\"\n", "1:8: unknown variant `de`, expected `en` or `fr`"),
            ("[levels]\nbody-aded = \"docs\"\n", "2:1: unknown rule `body-aded`, did you mean `body-added`"),
            ("[[api]]\nid = \"a\"\n", "1:1: missing field `path`"),
            ("[[api]]\nid = \"A b\"\npath = \"a.json\"\n", "2:6: `A b` is not an id"),
            ("[[api]]\nid = \"a\"\npath = \"../a.json\"\n", "3:8: `../a.json` is not a path in the repository"),
            ("[[api]]\nid = \"a\"\npath = \"a.json\"\ntitel = \"A\"\n", "4:1: unknown field `titel`"),
            ("lang = \n", "1:8: "),
            ("templates = \"../../../etc\"\n", "1:13: `../../../etc` is not a folder in the repository"),
            ("templates = \"/etc\"\n", "1:13: `/etc` is not a folder in the repository"),
            ("templates = \"words/../..\"\n", "1:13: `words/../..` is not"),
            ("templates = \"C:\\\\words\"\n", "1:13: `C:\\words` is not"),
            ("templates = \".git\"\n", "1:13: `.git` is not"),
            ("templates = \"\"\n", "1:13: `` is not"),
        ] {
            let said = refused(text);
            assert!(said.starts_with(&format!("preavis.toml:{start}")), "{said}");
        }
    }

    #[test]
    fn two_apis_are_two() {
        let api = |id: &str, path: &str| format!("[[api]]\nid = \"{id}\"\npath = \"{path}\"\n");
        assert!(refused(&[api("a", "a.json"), api("a", "b.json")].concat()).contains(":5:6: two APIs have the id `a`"));
        assert!(refused(&[api("a", "a.json"), api("b", "a.json")].concat()).contains("two APIs have the path"));
    }
}
