//! What differs between two versions, as `diff` shows it: all of it, or what reaches some operations, and whom that touches.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::touch::{Circle, Touching, tagged};
use super::{Project, ProjectError, Warning};
use crate::audience::{Registry, Usage};
use crate::compare::{Asked, Compared, Options, Pair, versions_seeing};
use crate::config::{Callers, Naming, Pattern, Tagged};
use crate::gate::Subject;
use crate::report::{Report, Touched};
use crate::rules::Reading;
use crate::source::Version;

/// What is asked of a difference.
pub(crate) struct DiffRequest<'a> {
    /// The documents, from the root of the repository; none: those of the configuration, else all that are found.
    pub(crate) specs: &'a [String],
    /// What is taken for a promise beside what the standard makes one.
    pub(crate) reading: Reading,
    /// How the versions are compared.
    pub(crate) options: Options,
    /// Which operations are looked at.
    pub(crate) only: Selection,
    /// Whether it is asked whom each change touches, and how partners are spoken of.
    pub(crate) partners: Option<Naming>,
}

/// Operations that are asked for: those at one of the paths that have one of the tags. None named: all.
#[derive(Default)]
pub(crate) struct Selection {
    /// Patterns of paths.
    pub(crate) paths: Vec<Pattern>,
    /// Tags.
    pub(crate) tags: Vec<String>,
}

impl Selection {
    fn is_everything(&self) -> bool {
        self.paths.is_empty() && self.tags.is_empty()
    }

    fn takes(&self, (name, tags): &Tagged) -> bool {
        (self.paths.is_empty() || self.paths.iter().any(|path| fits(path, name)))
            && (self.tags.is_empty() || tags.iter().any(|tag| self.tags.contains(tag)))
    }

    /// Whether a change is asked for. One that names no operation may reach any: something that cannot be read.
    fn wants(&self, operations: &[Tagged]) -> bool {
        self.is_everything() || operations.is_empty() || operations.iter().any(|operation| self.takes(operation))
    }

    /// A slip of the pen would find nothing, and be taken for good news.
    fn checked(&self, pairs: &[Pair]) -> Result<(), ProjectError> {
        let all = tagged(pairs);
        let lost = |what: &str, name: &str| ProjectError::NoOperation { what: format!("{what} {name}") };
        if let Some(path) = self.paths.iter().find(|path| !all.iter().any(|(name, _)| fits(path, name))) {
            return Err(lost("--path", path.text()));
        }
        match self.tags.iter().find(|tag| !all.iter().any(|(_, tags)| tags.contains(tag))) {
            Some(tag) => Err(lost("--tag", tag)),
            None => Ok(()),
        }
    }
}

/// Whether the path of an operation, `GET /users/{id}`, fits.
fn fits(path: &Pattern, name: &str) -> bool {
    name.split_once(' ').is_some_and(|(_, template)| path.fits(template))
}

impl Project {
    /// Compares two versions, and says what is odd about the question.
    ///
    /// # Errors
    /// Where they cannot be compared, where a path or a tag is no operation's, and where partner files are wrong.
    pub(crate) fn differences(
        &self,
        (base, head): (&Version, &Version),
        request: &DiffRequest<'_>,
    ) -> Result<(Compared, Vec<Warning>), ProjectError> {
        let asked = Asked { reading: request.reading, ..self.asked(request.specs) };
        // Contracts are large: they are kept only for who looks into them.
        let looked_into = request.partners.is_some() || !request.only.is_everything();
        let mut pairs = Vec::new();
        let mut see = |pair: Pair| pairs.extend(looked_into.then_some(pair));
        let mut compared = versions_seeing(base, head, asked, request.options, &mut see)?;
        if !looked_into {
            return Ok((compared, Vec::new()));
        }
        request.only.checked(&pairs)?;
        let (mut registry, mut usage) = (Registry::default(), Usage::default());
        if request.partners.is_some() {
            (registry, usage) = (self.partners()?, self.usage(None)?);
            self.settle_apis(&mut registry, &mut usage, &[base, head])?;
        }
        let age = i64::from(self.config.gate.evidence.max_age);
        let fresh = request.options.today.checked_sub(age.days()).unwrap_or(Date::MIN);
        let circles = vec![Circle { registry: &registry, usage: &usage }];
        let touching = Touching::new(&pairs, circles, &usage, (Vec::new(), fresh));
        compared.report = self.shown(&compared.report, request, &touching);
        let nobody = request.partners.is_some() && registry.partners().is_empty();
        Ok((compared, nobody.then_some(Warning::NoPartners).into_iter().collect()))
    }

    /// The report of the changes that are asked for, each with whom it touches.
    fn shown(&self, report: &Report, request: &DiffRequest<'_>, touching: &Touching<'_>) -> Report {
        let mut wanted = BTreeSet::new();
        let mut touches = BTreeMap::new();
        for (a, api) in report.apis.iter().enumerate() {
            for (c, change) in api.changes.iter().enumerate() {
                let subject = Subject { at: (a, c), api, change };
                if request.only.wants(&touching.operations(subject)) {
                    wanted.insert(change.fingerprint.clone());
                    let touched = request.partners.map(|naming| self.touched(subject, request, naming, touching));
                    touches.extend(touched.map(|touched| (change.fingerprint.clone(), touched)));
                }
            }
        }
        let mut out = if request.only.is_everything() {
            report.clone()
        } else {
            let paths = request.only.paths.iter().map(|path| path.text().to_owned()).collect();
            report.filtered(paths, request.only.tags.clone(), &|change| wanted.contains(&change.fingerprint))
        };
        for change in out.apis.iter_mut().flat_map(|api| &mut api.changes) {
            change.touches = touches.get(&change.fingerprint).cloned();
        }
        out
    }

    /// Whom a change touches: partners by their files, others where people call whom nobody knows.
    fn touched(
        &self,
        subject: Subject<'_>,
        request: &DiffRequest<'_>,
        naming: Naming,
        touching: &Touching<'_>,
    ) -> Touched {
        let touched = touching.touched(subject);
        let anyone = self.config.gate.callers == Callers::Public || touching.is_alone();
        let harmless = subject.api.view(subject.change).is_harmless(request.reading.strict_readers);
        Touched::said(&touched.partners, anyone && !harmless && !touched.unseen, naming)
    }
}
