//! Which notice speaks for a change, by its fingerprint or by what it says of operations.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::answer::Answer;
use super::atoms::atoms;
use super::decide::Desk;
use super::known::Subject;
use super::{Finding, Kind};
use crate::config::Wanted;
use crate::notice::Notice;
use crate::report::Change;

impl<E> Desk<'_, E> {
    /// The notice that speaks for a change to come.
    pub(super) fn notice(&mut self, subject: Subject<'_>) -> Result<Option<Answer>, E> {
        let index = Rc::clone(&self.index);
        for id in subject.ids() {
            let covers = |notice: &Notice| notice.front.covers.iter().any(|known| known == id);
            if !index.notices.iter().any(covers) {
                continue;
            }
            let mut days = self.known.shipped(id)?;
            days.push(self.input.today);
            let owners = index.owners(id, &days);
            let is_told = |notice: &&Notice| notice.front.withdrawn_on.is_none() && !self.is_draft(notice);
            let owner = owners.last().copied().flatten().filter(is_told);
            let is_over = owner.map_or(Ok(false), |owner| self.known.is_over(owner, subject))?;
            if let Some(owner) = owner.filter(|_| !is_over) {
                let used = |notice: &Notice| owners[..owners.len() - 1].contains(&Some(notice));
                let others = index.notices.iter().filter(|notice| covers(notice) && is_told(notice) && !used(notice));
                let others: Vec<&Notice> = others.collect();
                let binding = self.binding(owner, &others, id);
                let drafts = index.notices.iter().filter(|notice| covers(notice) && self.counts_as_draft(notice));
                let together: Vec<&Notice> = others.into_iter().chain(drafts).chain([&binding]).collect();
                return self.told(&binding, &together, subject, Some(id)).map(Some);
            }
            let drafts: Vec<&Notice> =
                index.notices.iter().filter(|notice| covers(notice) && self.counts_as_draft(notice)).collect();
            if let Some(draft) = drafts.first() {
                return self.told(draft, &drafts, subject, Some(id)).map(Some);
            }
        }
        self.by_atoms(subject)
    }

    /// Of several announced notices of one change the one with the later day.
    fn binding(&mut self, owner: &Notice, others: &[&Notice], fingerprint: &str) -> Notice {
        let day = |notice: &Notice| notice.front.effective_on.map(|day| day.0);
        let binding = others.iter().copied().chain([owner]).max_by_key(|notice| day(notice)).unwrap_or(owner).clone();
        for other in others.iter().filter(|other| other.front.id != binding.front.id) {
            let args = [("other", other.front.id.clone()), ("fingerprint", fingerprint.to_owned())];
            self.findings.push(Finding::new(Kind::AnnouncedTwice, &binding.front.id, args).in_file(&binding.path));
        }
        binding
    }

    /// A notice that speaks of the same thing under another name, of some operations at least. One that names the change itself
    /// was judged by that.
    fn by_atoms(&self, subject: Subject<'_>) -> Result<Option<Answer>, E> {
        if self.index.notices.is_empty() {
            return Ok(None);
        }
        let wanted = atoms(subject.api, subject.change);
        let mut best: Option<Answer> = None;
        for notice in &self.index.notices {
            let front = &notice.front;
            let counts = front.withdrawn_on.is_none() && (!self.is_draft(notice) || self.accepts_drafts());
            // One that names the change was asked already.
            let named = subject.ids().any(|id| front.covers.iter().any(|known| known == id));
            if !counts || named || !subject.is_of(&front.api) || best.as_ref().is_some_and(Answer::is_whole) {
                continue;
            }
            let spoken = self.spoken(notice, subject, None)?;
            if wanted.keys().any(|atom| spoken.contains_key(atom)) && !self.is_used_up(notice)? {
                best = Some(self.told(notice, &[notice], subject, None)?);
            }
        }
        Ok(best)
    }

    /// The atoms of what a notice covers of an API, of one fingerprint or of all.
    fn spoken(
        &self,
        notice: &Notice,
        subject: Subject<'_>,
        fingerprint: Option<&str>,
    ) -> Result<BTreeMap<String, String>, E> {
        let covers = |change: &&Change| match fingerprint {
            Some(id) => change.fingerprint == id,
            None => notice.front.covers.contains(&change.fingerprint),
        };
        let Some(facts) = self.known.facts(notice)? else { return Ok(BTreeMap::new()) };
        Ok(facts
            .apis
            .iter()
            .filter(|api| subject.is_of(&api.id))
            .flat_map(|api| api.changes.iter().filter(covers).flat_map(|one| atoms(api, one)))
            .collect())
    }

    fn is_draft(&self, notice: &Notice) -> bool {
        notice.front.withdrawn_on.is_none() && notice.front.announced_on.is_none_or(|day| day.0 > self.input.today)
    }

    fn counts_as_draft(&self, notice: &Notice) -> bool {
        self.is_draft(notice) && self.accepts_drafts()
    }

    /// At a release a draft announces nothing to anybody.
    fn accepts_drafts(&self) -> bool {
        !self.input.ships && self.input.policy.answer() == Wanted::Draft
    }

    /// Whether all that a notice covers has shipped.
    fn is_used_up(&self, notice: &Notice) -> Result<bool, E> {
        for id in &notice.front.covers {
            if self.known.shipped(id)?.is_empty() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A notice as an answer, with the operations that neither it nor others of the same change speak of. One without facts
    /// speaks of all.
    fn told(
        &self,
        notice: &Notice,
        together: &[&Notice],
        subject: Subject<'_>,
        fingerprint: Option<&str>,
    ) -> Result<Answer, E> {
        let mut silent = atoms(subject.api, subject.change);
        for other in together {
            let spoken = self.spoken(other, subject, fingerprint)?;
            silent.retain(|atom, _| !spoken.is_empty() && !spoken.contains_key(atom));
        }
        let mut open: Vec<String> = silent.into_values().collect();
        open.sort();
        open.dedup();
        Ok(Answer::Notice {
            id: notice.front.id.clone(),
            until: notice.front.effective_on.map(|day| day.0),
            announced: !self.is_draft(notice),
            open_operations: open,
        })
    }
}
