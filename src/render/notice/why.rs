//! Why a partner is told, or need not care, in sentences that never claim more than is known.

use super::view::WhyView;
use super::words::{counted, name, said};
use crate::audience::{Evidence, Reason};
use crate::text::{self, Lang};

/// How a reason is known, where it claims something.
fn evidence(reason: &Reason) -> Option<Evidence> {
    match reason {
        Reason::Reads { evidence, .. }
        | Reason::Sends { evidence, .. }
        | Reason::Webhook { evidence, .. }
        | Reason::NotCalled { evidence, .. }
        | Reason::NotSent { evidence, .. }
        | Reason::Calls { evidence, .. } => Some(*evidence),
        Reason::Omits { .. } | Reason::Strict { .. } | Reason::NotRead { .. } | Reason::OtherApi => {
            Some(Evidence::Declared)
        }
        Reason::Assumed => Some(Evidence::Assumed),
        Reason::FieldUnknown { .. }
        | Reason::Unseen { .. }
        | Reason::Unmatched { .. }
        | Reason::WholeApi
        | Reason::Harmless
        | Reason::Undocumented { .. } => None,
    }
}

/// The sentence of a reason, names between backticks.
pub fn say_reason(reason: &Reason, lang: Lang) -> String {
    let days = |window: usize| counted(lang, "day", window as u64, &[]);
    match reason {
        Reason::Reads { field, evidence, .. } => {
            said(lang, &format!("why-reads-{}", evidence.as_str()), &[("field", &name(field))])
        }
        Reason::Sends { operation, param, evidence, .. } => {
            let names = [("parameter", &*name(param)), ("operation", &*name(operation))];
            said(lang, &format!("why-sends-{}", evidence.as_str()), &names)
        }
        Reason::Omits { operation, param } => {
            said(lang, "why-omits", &[("operation", &name(operation)), ("parameter", &name(param))])
        }
        Reason::Calls { operation, evidence, count, attempts, window, .. } => {
            let operation = name(operation);
            match (*count, *attempts) {
                (0, 0) => said(lang, &format!("why-calls-{}", evidence.as_str()), &[("operation", &operation)]),
                (0, attempts) => counted(lang, "why-attempts", attempts, &[("operation", &operation)]),
                (count, _) => counted(lang, "why-calls", count, &[("operation", &operation), ("days", &days(*window))]),
            }
        }
        Reason::Webhook { model, .. } => said(lang, "why-webhook", &[("model", &name(model))]),
        Reason::Strict { operation } => said(lang, "why-strict", &[("operation", &name(operation))]),
        Reason::FieldUnknown { field, .. } => said(lang, "why-unknown-field", &[("field", &name(field))]),
        Reason::Unseen { operation, window } => {
            said(lang, "why-unseen", &[("operation", &name(operation)), ("days", &days(*window))])
        }
        Reason::Unmatched { model, .. } => said(lang, "why-unmatched", &[("model", &name(model))]),
        Reason::WholeApi => said(lang, "why-whole-api", &[]),
        Reason::Assumed => said(lang, "why-everyone", &[]),
        Reason::OtherApi => said(lang, "why-not-other-api", &[]),
        Reason::Harmless => said(lang, "why-not-harmless", &[]),
        Reason::NotCalled { evidence, window } => {
            said(lang, &format!("why-not-called-{}", evidence.as_str()), &[("days", &days(*window))])
        }
        Reason::NotRead { operation } => said(lang, "why-not-read", &[("operation", &name(operation))]),
        Reason::NotSent { param, .. } => said(lang, "why-not-sent", &[("parameter", &name(param))]),
        Reason::Undocumented { operations } => counted(lang, "why-undocumented", *operations as u64, &[]),
    }
}

/// The reasons in words. Of several operations the same may be said, which is said once.
pub(super) fn views(reasons: &[Reason], lang: Lang) -> Vec<WhyView> {
    let mut out: Vec<WhyView> = Vec::new();
    for view in reasons.iter().map(|reason| view(reason, lang)) {
        if !out.iter().any(|known| known.sentence == view.sentence) {
            out.push(view);
        }
    }
    out
}

fn view(reason: &Reason, lang: Lang) -> WhyView {
    let evidence = evidence(reason);
    let evidence_word = evidence.map(|known| text::word(lang, "evidence", known.as_str()).to_owned());
    WhyView { sentence: say_reason(reason, lang), evidence, evidence_word }
}
