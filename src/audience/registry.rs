//! All partners of a repository, and which of them a line of a log belongs to.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use toml::Spanned;

use super::expressions::{Allowance, Fault, compiled};
use super::partner::{Partner, is_presence};
use crate::text::InputError;

/// The partners, sorted by slug.
#[derive(Debug, Default)]
pub struct Registry {
    partners: Vec<Partner>,
    /// In the order of the partners, once a line of a log was asked for.
    marks: OnceCell<Vec<Marks>>,
    /// Name and text of each file, in the order of the partners.
    files: Vec<(String, String)>,
}

/// The compiled `[match]` of a partner.
#[derive(Debug, Default)]
struct Marks {
    suffixes: Vec<String>,
    agents: Vec<Regex>,
    /// Header names in lower case; `None` where presence is enough.
    headers: Vec<(String, Option<Regex>)>,
}

/// Who sent a request, as far as a line of a log says. Looked at, never kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct Visitor<'a> {
    /// What identifies the client: an e-mail address, an id.
    pub client: Option<&'a str>,
    /// The user agent.
    pub user_agent: Option<&'a str>,
    /// Headers, names in any case.
    pub headers: &'a [(&'a str, &'a str)],
}

/// Whom a request belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Who {
    /// The partner at this index of [`Registry::partners`].
    Partner(usize),
    /// Each of several partners fits.
    Several(Vec<usize>),
    /// Nobody known.
    Nobody,
}

impl Registry {
    /// Reads partner files, as pairs of the name in messages and the text. Slugs are unique.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, InputError> {
        let mut read: BTreeMap<String, (&str, &str, Partner)> = BTreeMap::new();
        let mut allowance = Allowance::default();
        for (file, text) in files {
            let partner = Partner::parse(file, text)?;
            if let Some((other, ..)) = read.get(partner.slug()) {
                let message = format!("the slug `{}` is that of {other}", partner.slug());
                let advice = "give each partner a slug of its own".to_owned();
                return Err(InputError::new(file, text, Some(partner.slug_span()), message).with_advice(advice));
            }
            for written in partner.matching.expressions() {
                allowance.take(written.get_ref()).map_err(|fault| at((file, text), written, fault))?;
            }
            read.insert(partner.slug().to_owned(), (file, text, partner));
        }
        let mut out = Self::default();
        for (file, text, partner) in read.into_values() {
            out.files.push((file.to_owned(), text.to_owned()));
            out.partners.push(partner);
        }
        Ok(out)
    }

    /// Checks that every API that a partner names is one of the `known`: a slip of the pen would tell the partner that
    /// nothing concerns it. Without any known id nothing can be checked.
    ///
    /// # Errors
    /// Shows the first name that is not known where it stands, with those there are.
    pub fn check_apis(&self, known: &BTreeSet<String>) -> Result<(), InputError> {
        if known.is_empty() {
            return Ok(());
        }
        for (partner, (file, text)) in self.partners.iter().zip(&self.files) {
            if let Some(api) = partner.apis().iter().find(|api| !known.contains(api.get_ref())) {
                let ids: Vec<String> = known.iter().map(|id| format!("`{id}`")).collect();
                let advice = format!("the ids of its APIs are {}", ids.join(", "));
                let message = format!("the repository has no API `{}`", api.get_ref());
                return Err(InputError::new(file, text, Some(api.span()), message).with_advice(advice));
            }
        }
        Ok(())
    }

    /// Names APIs by the ids they have now.
    pub fn rename_apis(&mut self, renamed: &BTreeMap<String, String>) {
        self.partners.iter_mut().for_each(|partner| partner.rename_apis(renamed));
    }

    /// The partners, sorted by slug.
    pub fn partners(&self) -> &[Partner] {
        &self.partners
    }

    /// The partner with a slug.
    pub fn find(&self, slug: &str) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.slug() == slug)
    }

    /// Whom a request belongs to: e-mail before headers before user agent; the first that leaves one partner decides.
    ///
    /// # Errors
    /// Where an expression cannot be compiled.
    pub fn who(&self, visitor: &Visitor<'_>) -> Result<Who, InputError> {
        let known = self.marks()?;
        let kinds: [&dyn Fn(&Marks) -> bool; 3] = [
            &|marks| visitor.client.is_some_and(|client| marks.suffixes.iter().any(|end| ends_with(client, end))),
            &|marks| marks.headers.iter().any(|(name, value)| has(visitor, name, value.as_ref())),
            &|marks| visitor.user_agent.is_some_and(|agent| marks.agents.iter().any(|known| known.is_match(agent))),
        ];
        let mut left: Vec<usize> = (0..known.len()).collect();
        let mut narrowed = false;
        for kind in kinds {
            let fit: Vec<usize> = left.iter().copied().filter(|&ix| kind(&known[ix])).collect();
            match fit[..] {
                [] => {}
                [one] => return Ok(Who::Partner(one)),
                [..] => {
                    left = fit;
                    narrowed = true;
                }
            }
        }
        Ok(if narrowed { Who::Several(left) } else { Who::Nobody })
    }

    /// How lines tell the partners apart.
    fn marks(&self) -> Result<&[Marks], InputError> {
        if let Some(known) = self.marks.get() {
            return Ok(known);
        }
        let files = self.files.iter().map(|(file, text)| (file.as_str(), text.as_str()));
        let marks = self.partners.iter().zip(files).map(|(partner, file)| marks(file, partner));
        let marks: Vec<Marks> = marks.collect::<Result<_, _>>()?;
        Ok(self.marks.get_or_init(|| marks))
    }
}

fn ends_with(text: &str, end: &str) -> bool {
    let start = text.len().checked_sub(end.len()).and_then(|start| text.get(start..));
    !end.is_empty() && start.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

fn has(visitor: &Visitor<'_>, name: &str, value: Option<&Regex>) -> bool {
    let mut headers = visitor.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    headers.any(|(_, text)| value.is_none_or(|value| value.is_match(text)))
}

/// What is wrong with an expression, where it stands.
fn at((file, text): (&str, &str), written: &Spanned<String>, fault: Fault) -> InputError {
    let error = InputError::new(file, text, Some(written.span()), fault.message);
    match fault.advice {
        Some(advice) => error.with_advice(advice.to_owned()),
        None => error,
    }
}

fn marks(file: (&str, &str), partner: &Partner) -> Result<Marks, InputError> {
    let compiled = |written: &Spanned<String>| compiled(written.get_ref()).map_err(|fault| at(file, written, fault));
    let matching = &partner.matching;
    let mut out = Marks { suffixes: matching.agent_email_suffix.clone(), ..Marks::default() };
    for agent in &matching.user_agent {
        out.agents.push(compiled(agent)?);
    }
    for (name, value) in &matching.headers {
        let value = if is_presence(value) { None } else { Some(compiled(value)?) };
        out.headers.push((name.clone(), value));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_belongs_to_one_partner_or_to_nobody() {
        let one = "slug = \"one\"\n[match]\nagent_email_suffix = [\"@one.example\"]\nuser_agent = [\"^Faraday\"]\n";
        let two = "slug = \"two\"\n[match]\nuser_agent = [\"^Faraday\"]\nheaders = { X-Two = \"present\" }\n";
        let registry = Registry::parse([("b", two), ("a", one)]).unwrap();
        let who = |client, user_agent, headers| registry.who(&Visitor { client, user_agent, headers }).unwrap();
        assert_eq!(registry.partners()[0].slug(), "one");
        assert_eq!(who(Some("Ada@ONE.example"), Some("Faraday 2"), &[]), Who::Partner(0));
        assert_eq!(who(None, Some("Faraday 2"), &[("x-two", "k")]), Who::Partner(1));
        assert_eq!(who(None, Some("Faraday 2"), &[]), Who::Several(vec![0, 1]));
        assert_eq!(who(Some("ada@other.example"), Some("curl"), &[]), Who::Nobody);
    }

    #[test]
    fn slugs_and_expressions_are_checked() {
        let said = Registry::parse([("a.toml", "slug = \"x\"\n"), ("b.toml", "slug = \"x\"\n")]).unwrap_err();
        assert!(said.to_string().starts_with("b.toml:1:8: the slug `x` is that of a.toml"), "{said}");
        let said = Registry::parse([("a.toml", "slug = \"x\"\n[match]\nuser_agent = [\"(\"]\n")]).unwrap_err();
        assert!(said.to_string().starts_with("a.toml:3:15: `(` is not a regular expression: unclosed group"), "{said}");
    }

    #[test]
    fn all_expressions_together_are_bounded_and_the_first_too_many_is_shown() {
        let many = |start: usize| {
            let headers =
                (0..300).map(|n| format!("X-{n:03} = \"^.{{0,300}}{}$\"\n", start + n)).collect::<Vec<_>>().concat();
            format!("slug = \"p{start}\"\n[match.headers]\n{headers}")
        };
        let (one, two) = (many(0), many(1));
        assert!(Registry::parse([("a.toml", one.as_str())]).is_ok());
        let said = Registry::parse([("a.toml", one.as_str()), ("b.toml", &two)]).unwrap_err();
        assert!(said.file == "b.toml" && said.line > 10, "{said}");
        assert!(said.to_string().contains("all partners together"), "{said}");
        assert!(said.advice().unwrap().contains("use fewer expressions"), "{said}");
    }
}
