//! Whom a message is for, and why it concerns them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{Project, ProjectError, named_partner};
use crate::audience::{Concern, Partner, Reason, Registry, Usage};
use crate::compare::Contracts;
use crate::contract::Contract;
use crate::notice::message::{Addressee, say_reason};
use crate::notice::{Audience, Front};
use crate::report::{ApiReport, Report};
use crate::source::{Version, VersionArg};
use crate::text::{self, Lang};

/// A commit, nothing for the work tree, and a path in it.
type At = (Option<String>, String);

/// The reader of a message: a partner, or everyone.
pub struct Reader {
    /// The language it reads.
    pub lang: Lang,
    partner: Option<Addressee>,
    registry: Registry,
    usage: Usage,
    /// Contracts of commits (nothing: of the work tree) by path, so that each is read once for all partners.
    read: RefCell<BTreeMap<At, Option<Rc<Contract>>>>,
}

/// Why a notice concerns its reader.
pub struct Told {
    /// False only where it is shown that it does not.
    pub touched: bool,
    /// The changes that do.
    pub facts: Report,
    /// Why, each reason once.
    pub why: Vec<Reason>,
}

impl Told {
    /// The reasons in words; where nothing changed at all, that.
    pub fn said(&self, lang: Lang) -> String {
        if self.why.is_empty() {
            return text::word(lang, "notices", "net-nothing").to_owned();
        }
        let mut said: Vec<String> = self.why.iter().map(|reason| say_reason(reason, lang)).collect();
        let mut known = BTreeSet::new();
        said.retain(|sentence| known.insert(sentence.clone()));
        said.join("\n")
    }
}

impl Reader {
    /// The partner of a slug, else everyone.
    pub fn open(project: &Project, slug: Option<&str>, lang: Option<Lang>) -> Result<Self, ProjectError> {
        let (mut registry, mut usage) = (project.partners()?, project.usage(None)?);
        if slug.is_some() {
            project.settle_apis(&mut registry, &mut usage, &[])?;
        }
        let partner = named_partner(&registry, slug)?;
        let (lang, addressee) = (language(partner, lang, project), partner.map(addressee));
        Ok(Self { lang, partner: addressee, registry, usage, read: RefCell::default() })
    }

    /// Everyone, to be turned to each partner in its turn.
    pub fn of_all(project: &Project) -> Result<Self, ProjectError> {
        let (mut registry, mut usage) = (project.partners()?, project.usage(None)?);
        project.settle_apis(&mut registry, &mut usage, &[])?;
        Ok(Self { lang: project.lang, partner: None, registry, usage, read: RefCell::default() })
    }

    /// The partners that have a file, by slug.
    pub fn slugs(&self) -> Vec<String> {
        self.registry.partners().iter().map(|partner| partner.slug().to_owned()).collect()
    }

    /// Becomes the partner of a slug.
    pub fn turn_to(&mut self, project: &Project, slug: &str, lang: Option<Lang>) {
        let partner = self.registry.find(slug);
        (self.lang, self.partner) = (language(partner, lang, project), partner.map(addressee));
    }

    /// The partner, if it is for one.
    pub fn addressee(&self) -> Option<&Addressee> {
        self.partner.as_ref()
    }

    /// The partners that a notice names and that have no file: a slip of the pen would leave somebody untold.
    pub fn strangers<'n>(&self, front: &'n Front) -> BTreeSet<&'n str> {
        let named: &[String] = if let Audience::Named(slugs) = &front.audience { slugs } else { &[] };
        let all = named.iter().chain(front.acks.iter().map(|ack| &ack.partner));
        all.map(String::as_str).filter(|slug| self.registry.find(slug).is_none()).collect()
    }

    /// Whether and why the changes of a report concern the reader.
    pub fn concern(&self, project: &Project, audience: &Audience, facts: &Report) -> Told {
        let facts = facts.clone().say_in(self.lang);
        let Some(partner) = &self.partner else { return Told { touched: true, facts, why: Vec::new() } };
        let (mut touching, mut sparing) = (Vec::new(), Vec::new());
        let mut touched: Vec<String> = Vec::new();
        for api in &facts.apis {
            let [base, head] = [&facts.base, &facts.head].map(|version| self.contract(project, version, api));
            let members = self.registry.audience(&self.usage, &api.id, base.as_deref(), head.as_deref());
            for change in &api.changes {
                let concerned = members.concerned(&api.view(change));
                let concern = concerned.into_iter().find(|(known, _)| known.slug() == partner.slug);
                let concern = concern.map_or_else(Concern::assumed, |(_, concern)| concern);
                if concern.touched {
                    touched.push(change.fingerprint.clone());
                    touching.extend(concern.reasons);
                } else {
                    sparing.extend(concern.reasons);
                }
            }
        }
        let told_all_the_same = match audience {
            Audience::Uses => false,
            Audience::All => true,
            Audience::Named(slugs) => slugs.contains(&partner.slug),
        };
        if touched.is_empty() && !told_all_the_same {
            // That nothing that worked changes is said of some of the changes only.
            if sparing.iter().any(|reason| *reason != Reason::Harmless) {
                sparing.retain(|reason| *reason != Reason::Harmless);
            }
            return Told { touched: false, facts, why: once(sparing) };
        }
        let facts =
            if touched.is_empty() { facts } else { facts.only(&|change| touched.contains(&change.fingerprint)) };
        Told { touched: true, facts, why: once(touching) }
    }

    /// The contract of an API at a version of a report, where it can still be read; without it less is known, not more.
    fn contract(&self, project: &Project, version: &crate::report::Version, api: &ApiReport) -> Option<Rc<Contract>> {
        let key = (version.commit.clone(), api.path.clone());
        if let Some(known) = self.read.borrow().get(&key) {
            return known.clone();
        }
        let found = contract(project, version, api).map(Rc::new);
        self.read.borrow_mut().insert(key, found.clone());
        found
    }
}

fn addressee(partner: &Partner) -> Addressee {
    Addressee { slug: partner.slug().to_owned(), name: partner.name().to_owned() }
}

/// The language asked for, else the first one of the partner, else that of reports.
fn language(partner: Option<&Partner>, asked: Option<Lang>, project: &Project) -> Lang {
    let reads = partner.and_then(|partner| partner.languages.first().copied());
    asked.or(reads).unwrap_or(project.lang)
}

/// Each reason once. What is known of a name answers the question whether it is used.
fn once(mut reasons: Vec<Reason>) -> Vec<Reason> {
    let last = |path: &str| path.rsplit(['.', ':']).next().unwrap_or(path).to_owned();
    let mut known = BTreeSet::new();
    for reason in &reasons {
        if let Reason::Reads { field: name, .. } | Reason::Sends { param: name, .. } = reason {
            known.insert(last(name));
        }
    }
    reasons.retain(|reason| !matches!(reason, Reason::FieldUnknown { field, .. } if known.contains(&last(field))));
    reasons.sort();
    reasons.dedup();
    reasons
}

fn contract(project: &Project, version: &crate::report::Version, api: &ApiReport) -> Option<Contract> {
    let at: Version = match &version.commit {
        Some(commit) => project.resolver.open(&VersionArg::parse(commit).ok()?).ok()?,
        None => project.resolver.work_tree().ok()?,
    };
    Contracts::default().read(at.files.as_ref(), &api.path).ok()
}
