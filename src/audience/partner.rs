//! A partner file, `preavis/partners/NAME.toml`: who a partner is, what it uses, how logs tell it from others.
//!
//! Every key is known: one that silently does nothing would silence a notice. Nothing personal belongs here: contacts are
//! names of entries that are kept outside the repository.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::evidence::Evidence;
use super::path::Target;
use crate::text::InputError;
use crate::text::Lang;

/// A partner: who uses the API.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "preavis/partners/*.toml", description = "A partner of the API, and what it uses.")]
pub struct Partner {
    #[schemars(with = "String", regex(pattern = r"^[a-z0-9][a-z0-9._-]*$"))]
    slug: Spanned<String>,
    /// Its name for people; the slug where left out.
    name: Option<String>,
    /// The languages it is written to in, the first one first.
    #[serde(default)]
    pub languages: Vec<Lang>,
    /// The ids of the APIs it uses; all of them where left out.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    apis: Vec<Spanned<String>>,
    /// How its software reads answers.
    #[serde(default)]
    pub profile: Profile,
    /// Names of contacts that are kept outside the repository.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    contacts: Vec<Spanned<String>>,
    /// The operations it calls.
    #[serde(default)]
    pub uses: Vec<Use>,
    /// The webhooks it receives.
    #[serde(default)]
    pub webhooks: Vec<Webhook>,
    /// How logs tell it from others.
    #[serde(default, rename = "match")]
    pub matching: Match,
}

/// How a partner's software reads answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// It ignores what it does not know.
    #[default]
    Tolerant,
    /// It refuses properties and values it does not know.
    Strict,
}

/// An operation that a partner calls.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// The method and the path, `GET /users/{id}`.
    #[schemars(with = "String")]
    op: Spanned<String>,
    /// The parameters it sends; unknown where left out.
    pub params: Option<Vec<String>>,
    /// What it reads of a success answer, `users[].name`; unknown where left out, nothing where empty.
    #[schemars(with = "Option<Vec<String>>")]
    reads: Option<Vec<Spanned<String>>>,
    /// How we know.
    #[serde(default)]
    pub evidence: Evidence,
}

/// A webhook that a partner receives.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// What the webhook calls the thing it sends.
    pub model: String,
    /// The schema component that it sends; the model's name where left out.
    pub schema: Option<String>,
    /// What the partner reads of it; unknown where left out.
    pub reads: Option<Vec<String>>,
    /// How we know.
    #[serde(default)]
    pub evidence: Evidence,
}

impl Webhook {
    /// The schema component that it sends.
    pub fn schema(&self) -> &str {
        self.schema.as_deref().unwrap_or(&self.model)
    }
}

/// How logs tell a partner from others. The first of e-mail, headers and user agent that fits one partner alone decides.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Match {
    /// How the e-mail address of its agents ends.
    pub agent_email_suffix: Vec<String>,
    /// Regular expressions for its user agents.
    #[schemars(with = "Vec<String>")]
    pub(super) user_agent: Vec<Spanned<String>>,
    /// Headers it sends: `"present"`, or a regular expression for the value.
    #[schemars(with = "BTreeMap<String, String>")]
    pub(super) headers: BTreeMap<String, Spanned<String>>,
}

impl Match {
    /// The regular expressions, as they stand in the file.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.user_agent.iter().chain(self.headers.values().filter(|value| !is_presence(value)))
    }
}

/// Whether it is enough that a header is there.
pub(super) fn is_presence(value: &Spanned<String>) -> bool {
    value.get_ref() == "present"
}

impl Partner {
    /// Reads the text of a partner file; `file` is its name in messages.
    pub fn parse(file: &str, text: &str) -> Result<Self, InputError> {
        let partner: Self = toml::from_str(text)
            .map_err(|error| InputError::new(file, text, error.span(), error.message().replace('\n', ", ")))?;
        partner.check(file, text)?;
        Ok(partner)
    }

    fn check(&self, file: &str, text: &str) -> Result<(), InputError> {
        let fault = |at: &Spanned<String>, message: String, advice: &str| {
            Err(InputError::new(file, text, Some(at.span()), message).with_advice(advice.to_owned()))
        };
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let slug = self.slug();
        if !slug.starts_with(letter) || !slug.chars().all(|c| letter(c) || matches!(c, '-' | '_' | '.')) {
            let advice = "use lower-case letters, digits, `-`, `_` and `.`, e.g. `town-hall`";
            return fault(&self.slug, format!("`{slug}` is not a slug"), advice);
        }
        for one in &self.uses {
            if one.method().is_empty() || Target::parse(one.path()).is_none() {
                let message = format!("`{}` is not an operation", one.op.get_ref());
                return fault(&one.op, message, "write the method and the path, e.g. `GET /users/{id}`");
            }
            let mut reads = one.reads.iter().flatten();
            if let Some(read) = reads.find(|read| read.get_ref().split('.').any(str::is_empty)) {
                let message = format!("`{}` is not a field", read.get_ref());
                return fault(read, message, "write the way from the top of the answer, e.g. `users[].name`");
            }
        }
        if let Some(contact) = self.contacts.iter().find(|contact| contact.get_ref().contains('@')) {
            let advice = "name an entry that is kept outside the repository, e.g. `town-hall-api`";
            return fault(contact, "an address of a contact stands in the repository".to_owned(), advice);
        }
        Ok(())
    }

    /// What identifies the partner.
    pub fn slug(&self) -> &str {
        self.slug.get_ref()
    }

    /// Its name for people.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(self.slug())
    }

    /// True if it may use an API.
    pub fn uses_api(&self, api: &str) -> bool {
        self.apis.is_empty() || self.apis.iter().any(|id| id.get_ref() == api)
    }

    /// Names APIs by the ids they have now.
    pub(super) fn rename_apis(&mut self, renamed: &BTreeMap<String, String>) {
        for api in &mut self.apis {
            if let Some(now) = renamed.get(api.get_ref()) {
                now.clone_into(api.get_mut());
            }
        }
    }

    /// The APIs that it names, with the place of each in its file.
    pub(super) fn apis(&self) -> &[Spanned<String>] {
        &self.apis
    }

    /// True if it has said which operations or webhooks it uses: what is not among them is not used.
    pub fn has_declared(&self) -> bool {
        self.uses.iter().map(|one| one.evidence).chain(self.webhooks.iter().map(|one| one.evidence)).any(declared)
    }

    pub(super) fn slug_span(&self) -> std::ops::Range<usize> {
        self.slug.span()
    }
}

fn declared(evidence: Evidence) -> bool {
    evidence == Evidence::Declared
}

impl Use {
    /// The method, upper case; empty where the text is no operation.
    pub fn method(&self) -> String {
        let (method, _) = self.op.get_ref().trim().split_once(' ').unwrap_or_default();
        let is_method = !method.is_empty() && method.chars().all(|c| c.is_ascii_alphabetic());
        if is_method { method.to_ascii_uppercase() } else { String::new() }
    }

    /// The path as written.
    pub fn path(&self) -> &str {
        self.op.get_ref().trim().split_once(' ').map_or("", |(_, path)| path.trim())
    }

    /// What is read of a success answer; `None` where that is not known.
    pub fn reads(&self) -> Option<impl Iterator<Item = &str>> {
        self.reads.as_ref().map(|reads| reads.iter().map(|read| read.get_ref().as_str()))
    }
}

/// The JSON Schema of [`Partner`], as published; ends with a line break.
#[cfg(feature = "internals")]
pub fn partner_schema() -> String {
    crate::json_schema::of_input::<Partner>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        Partner::parse("a.toml", text).unwrap_err().to_string()
    }

    #[test]
    fn a_whole_file_is_read() {
        let text = "slug = \"town-hall\"\nlanguages = [\"fr\"]\napis = [\"a\"]\nprofile = \"strict\"\ncontacts = [\"hall-api\"]\n\
                    [[uses]]\nop = \"get api/users/{id}\"\nparams = [\"page\"]\nreads = [\"users[].name\"]\n\
                    [[webhooks]]\nmodel = \"user\"\n[match]\nuser_agent = [\"^Hall\"]\nheaders = { X-Key = \"present\" }\n";
        let partner = Partner::parse("a.toml", text).unwrap();
        assert_eq!((partner.slug(), partner.name(), partner.profile), ("town-hall", "town-hall", Profile::Strict));
        let one = &partner.uses[0];
        assert_eq!((one.method().as_str(), one.path(), one.evidence), ("GET", "api/users/{id}", Evidence::Declared));
        assert_eq!(partner.webhooks[0].schema(), "user");
        assert!(partner.has_declared() && partner.uses_api("a") && !partner.uses_api("b"));
    }

    #[test]
    fn what_is_wrong_is_shown_where_it_stands() {
        for (text, start) in [
            ("slug = \"A b\"\n", "1:8: `A b` is not a slug"),
            ("name = \"a\"\n", "1:1: missing field `slug`"),
            ("slug = \"a\"\nuse = []\n", "2:1: unknown field `use`"),
            ("slug = \"a\"\nprofile = \"lax\"\n", "2:11: unknown variant `lax`, expected `tolerant` or `strict`"),
            ("slug = \"a\"\n[[uses]]\nop = \"/users\"\n", "3:6: `/users` is not an operation"),
            ("slug = \"a\"\n[[uses]]\nop = \"GET /u\"\nreads = [\"a..b\"]\n", "4:10: `a..b` is not a field"),
            ("slug = \"a\"\ncontacts = [\"ada@example.org\"]\n", "2:13: an address of a contact"),
        ] {
            let said = refused(text);
            assert!(said.starts_with(&format!("a.toml:{start}")), "{said}");
        }
    }
}
