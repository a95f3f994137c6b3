//! What was written of an API under the id that it had before its document moved, said of the id that it has now.

use std::collections::BTreeMap;

use crate::compare::Api;
use crate::compare::history::History;
use crate::notice::{Notice, NoticeIndex};
use crate::report::Report;

/// Ids and fingerprints of before, and those of now.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Renamed {
    pub(super) apis: BTreeMap<String, String>,
    fingerprints: BTreeMap<String, String>,
}

impl Renamed {
    /// The ids that APIs had. One that another API has now is that one's.
    pub(super) fn of_apis(apis: &[Api]) -> Self {
        let mut out = Self::default();
        for api in apis {
            for former in api.former().into_iter().chain(api.unconfigured_ids()) {
                if apis.iter().all(|other| other.id != former) {
                    out.apis.insert(former, api.id.clone());
                }
            }
        }
        out
    }

    /// Of the ids only those that notices name.
    pub(super) fn named_by(mut self, notices: &NoticeIndex) -> Self {
        self.apis.retain(|then, _| notices.notices.iter().any(|notice| notice.front.api == *then));
        self
    }

    /// The same with the fingerprints of a history.
    pub(super) fn with(mut self, history: &History) -> Self {
        let reports = history.changelog.releases.iter().map(|release| &release.report);
        for change in reports.flat_map(|report| &report.apis).flat_map(|api| &api.changes) {
            for former in change.former_fingerprints.values() {
                self.fingerprints.insert(former.clone(), change.fingerprint.clone());
            }
        }
        self
    }

    /// Notices that name APIs and changes as they are called now.
    pub(super) fn notices(&self, mut notices: NoticeIndex) -> NoticeIndex {
        notices.notices.iter_mut().for_each(|notice| self.notice(notice));
        notices
    }

    fn notice(&self, notice: &mut Notice) {
        renew(&mut notice.front.api, &self.apis);
        notice.front.covers.iter_mut().for_each(|id| renew(id, &self.fingerprints));
    }

    /// A report that was written down, in the same terms.
    pub(super) fn report(&self, mut report: Report) -> Report {
        for api in &mut report.apis {
            renew(&mut api.id, &self.apis);
            for change in &mut api.changes {
                renew(&mut change.fingerprint, &self.fingerprints);
                if let Some(hint) = &mut change.hint {
                    renew(&mut hint.fingerprint, &self.fingerprints);
                }
            }
        }
        report
    }
}

fn renew(text: &mut String, renamed: &BTreeMap<String, String>) {
    if let Some(now) = renamed.get(text) {
        now.clone_into(text);
    }
}
