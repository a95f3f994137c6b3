//! Drafts of notices: of what changed between two versions, what no notice covers yet, with its facts beside it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::{Author, Production, Project, ProjectError};
use crate::audience::{Registry, Usage};
use crate::compare::{Asked, Compared, Options, versions};
use crate::notice::draft::{self, Draft, slug};
use crate::notice::{FOLDER, Kind, Notice, NoticeIndex};
use crate::report::{ApiReport, Change, Report};
use crate::rules::Level;
use crate::source::Version;
use crate::text::{Lang, json};

/// The draft of a notice, which is not written yet: people edit the text, the facts stay as they are.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub struct NoticeDraft {
    /// The id of the notice, such as `N2024-003`.
    pub id: String,
    /// Where it belongs, from the root of the repository, without an ending: the notice is `STEM.md`, its facts `STEM.json`.
    pub stem: String,
    /// How many changes it covers.
    pub changes: u64,
    /// The notice: facts between `+++` lines, then Markdown.
    pub text: String,
    /// The report of its changes and of what comes beside them, as JSON.
    pub facts: String,
}

/// What is to be drafted.
#[derive(Clone, Copy)]
pub struct DraftRequest<'a> {
    /// The fingerprints to be covered; none: all that no notice covers. That of an entry stands for all of it.
    pub only: &'a [String],
    /// Whether a fingerprint stands for its own change alone.
    pub part: bool,
    /// The least level covered.
    pub level: Level,
    /// What it announces, else the worst of its changes says so.
    pub kind: Option<Kind>,
    /// The title in the first language, else one is made.
    pub title: Option<&'a str>,
    /// The id, else the next of the year.
    pub id: Option<&'a str>,
    /// The languages, else that of reports and those of the partners.
    pub langs: &'a [Lang],
    /// Whether it is announced at once.
    pub announce: bool,
    /// The day it is planned to ship.
    pub effective_on: Option<Date>,
    /// The day of the notice.
    pub today: Date,
    /// Why it ships without notice, and where that is described, where it does.
    pub emergency: Option<(&'a str, &'a str)>,
}

impl<'a> DraftRequest<'a> {
    /// Of all that no notice covers, what is at least so bad.
    pub fn of_level(level: Level, today: Date) -> Self {
        Self {
            only: &[],
            part: false,
            level,
            kind: None,
            title: None,
            id: None,
            langs: &[],
            announce: false,
            effective_on: None,
            today,
            emergency: None,
        }
    }

    /// What is asked for by name, else what is bad enough and waits for no notice.
    fn wants(&self, covered: &BTreeSet<String>, change: &Change) -> bool {
        if !self.only.is_empty() {
            return self.only.iter().any(|id| change.is(id));
        }
        change.level <= self.level && !covered.contains(&change.fingerprint)
    }

    /// Those asked for, else that of reports and those that partners read.
    fn languages(&self, first: Lang, partners: &Registry) -> Vec<Lang> {
        let known = partners.partners().iter().flat_map(|partner| partner.languages.iter().copied());
        let all = std::iter::once(first).chain(known);
        let wanted: Vec<Lang> = if self.langs.is_empty() { all.collect() } else { self.langs.to_vec() };
        let mut out: Vec<Lang> = Vec::new();
        for lang in wanted {
            if !out.contains(&lang) {
                out.push(lang);
            }
        }
        out
    }

    /// A draft that has no place yet, and the notice that it is.
    fn drafted(
        &self,
        id: String,
        (facts, whole): (&Report, &Report),
        langs: &'a [Lang],
    ) -> Result<(NoticeDraft, Notice), ProjectError> {
        let drafted = Draft {
            id: &id,
            facts,
            whole,
            langs,
            title: self.title,
            kind: self.kind.unwrap_or_else(|| draft::kind(facts)),
            announced_on: self.announce.then_some(self.today),
            effective_on: self.effective_on,
            emergency: self.emergency,
        };
        let (text, beside) = (drafted.text(), drafted.remembered());
        let covered = facts.apis.iter().flat_map(|api| &api.changes).flat_map(Change::ids);
        let wanted: FxHashSet<&str> = covered.chain(beside.iter().map(String::as_str)).collect();
        let kept = whole.only(&|change| wanted.contains(change.fingerprint.as_str()));
        let notice = Notice::parse("draft", &text)?;
        let changes = facts.summary.count();
        // Every key of a report is a string, so that writing into memory does not fail.
        let facts = json::pretty(&kept);
        Ok((NoticeDraft { id, stem: String::new(), changes, text, facts }, notice))
    }
}

impl Project {
    /// What differs between two versions, under the ids that notices know: those of before a document moved too.
    pub(crate) fn changes_to_announce(
        &self,
        (base, head): (&Version, &Version),
        paths: &[String],
        today: Date,
    ) -> Result<Compared, ProjectError> {
        let renamed = self.renamed_apis(&self.notices()?);
        let asked = Asked { renamed: Some(&renamed), ..self.asked(paths) };
        Ok(versions(base, head, asked, Options::new(today))?)
    }

    /// A draft for each API, of which nothing is written.
    ///
    /// # Errors
    /// Where a fingerprint is no change's, where an id is taken, and where a team file is wrong.
    pub(crate) fn drafts(
        &self,
        report: &Report,
        (base, head): (&Version, &Version),
        request: &DraftRequest<'_>,
    ) -> Result<Vec<NoticeDraft>, ProjectError> {
        if let Some(unknown) = request.only.iter().find(|id| find(report, id).is_none()) {
            return Err(ProjectError::NotAChange { fingerprint: unknown.clone() });
        }
        let mut taken = self.notices()?;
        let named = named(report, &taken, request);
        let request = &DraftRequest { only: &named, ..*request };
        let covered = if request.only.is_empty() { self.waiting(&taken, report)? } else { BTreeSet::new() };
        let wanted = report.only(&|change| request.wants(&covered, change));
        if wanted.apis.is_empty() {
            return Ok(Vec::new());
        }
        // With what has its notice already, so that a run that goes on after one that was killed gives the same names.
        let waits = |api: &&ApiReport| api.changes.iter().any(|change| request.wants(&BTreeSet::new(), change));
        let several = report.apis.iter().filter(waits).count() > 1;
        let mut partners = self.partners()?;
        self.settle_apis(&mut partners, &mut Usage::default(), &[base, head])?;
        let langs = request.languages(self.lang, &partners);
        let mut drafts = Vec::new();
        let alone = |api: ApiReport| Report::new(report.base.clone(), report.head.clone(), vec![api]);
        let count = wanted.apis.len();
        for api in wanted.apis {
            let many = report.apis.len() > 1;
            let whole = report.apis.iter().find(|one| many && one.id == api.id).cloned().map(alone);
            let facts = alone(api);
            let api = &facts.apis[0];
            let drafted = |id: String| request.drafted(id, (&facts, whole.as_ref().unwrap_or(report)), &langs);
            let (draft, notice) =
                drafted(request.id.map_or_else(|| taken.next_id(request.today.year()), str::to_owned))?;
            let api = if several { format!("{}-", api.id) } else { String::new() };
            let title = slug(notice.title(langs.first().copied().unwrap_or_default()));
            let stem = format!("{FOLDER}/{}-{api}{title}", request.today);
            // A run that was killed at its very end may have written just this.
            let there = taken.notices.iter().find(|there| there.path == format!("{stem}.md"));
            if let Some(id) =
                there.map(|there| &there.front.id).filter(|id| request.id.is_none_or(|asked| asked == *id))
                && self.is_written(&stem, &drafted(id.clone())?.0)?
            {
                continue;
            }
            if let Some(id) = request.id.filter(|id| count > 1 || taken.find(id).is_some()) {
                return Err(ProjectError::TakenId { id: id.to_owned() });
            }
            taken.notices.push(notice);
            drafts.push(NoticeDraft { stem, ..draft });
        }
        Ok(drafts)
    }

    /// Whether a draft is there as it would be written.
    fn is_written(&self, stem: &str, draft: &NoticeDraft) -> Result<bool, ProjectError> {
        let is = |ending: &str, text: &str| -> Result<bool, ProjectError> {
            let known = self.files.read(&format!("{stem}.{ending}"), Author::Preavis)?;
            Ok(known.is_some_and(|known| known == text))
        };
        Ok(is("md", &draft.text)? && is("json", &draft.facts)?)
    }

    /// The changes that a notice speaks for already. One that shipped and was taken back is done with: the same change
    /// needs another.
    fn waiting(&self, notices: &NoticeIndex, report: &Report) -> Result<BTreeSet<String>, ProjectError> {
        let all = report.apis.iter().flat_map(|api| &api.changes);
        let known: Vec<&Change> =
            all.filter(|change| change.ids().any(|id| notices.waiting_for(id).is_some())).collect();
        if known.is_empty() {
            return Ok(BTreeSet::new());
        }
        let production = Production::read(self, None)?;
        let notices = production.notices()?;
        let over = |change: &&&Change| {
            let notice = notices.waiting_for(&change.fingerprint);
            let shipped = notice.and_then(|notice| production.shipped(&notices, notice, &change.fingerprint));
            shipped.is_some_and(|shipped| shipped.reverted_on.is_some())
        };
        Ok(known.iter().filter(|change| !over(change)).map(|change| change.fingerprint.clone()).collect())
    }
}

/// What is asked for by name: of an entry all that no other notice speaks for.
fn named(report: &Report, notices: &NoticeIndex, request: &DraftRequest<'_>) -> Vec<String> {
    let mut out = request.only.to_vec();
    if request.part || out.is_empty() {
        return out;
    }
    for entry in report.in_entries(Lang::En).apis.iter().flat_map(|api| &api.changes) {
        let asked = out.iter().position(|id| *id == entry.fingerprint);
        let free = entry.fingerprints().filter(|id| notices.waiting_for(id).is_none());
        let mut free: Vec<String> = free.map(str::to_owned).collect();
        if let Some(asked) = asked.filter(|_| !free.is_empty()) {
            out.swap_remove(asked);
            out.append(&mut free);
        }
    }
    out
}

fn find<'r>(report: &'r Report, fingerprint: &str) -> Option<&'r Change> {
    report.apis.iter().flat_map(|api| &api.changes).find(|change| change.is(fingerprint))
}
