//! The reasons for and against a change touching one partner.

use std::collections::BTreeSet;

use super::concern::{Audience, ChangeView, Concern, Reached, Reason};
use super::evidence::Evidence;
use super::known::{Dossier, Known, WINDOW, key};
use super::partner::{Partner, Profile};
use super::path::stem;
use super::usage::HOLE;
use crate::contract::{Location, Scope};
use crate::rules::Level;
use crate::text::Spot;

/// One partner and one change.
pub(super) struct Case<'a> {
    audience: &'a Audience<'a>,
    partner: &'a Partner,
    dossier: &'a Dossier,
    change: &'a ChangeView<'a>,
    touching: BTreeSet<(Evidence, Reason)>,
    sparing: BTreeSet<(Evidence, Reason)>,
}

impl<'a> Case<'a> {
    pub(super) fn new(
        audience: &'a Audience<'a>,
        partner: &'a Partner,
        dossier: &'a Dossier,
        change: &'a ChangeView<'a>,
    ) -> Self {
        Self { audience, partner, dossier, change, touching: BTreeSet::new(), sparing: BTreeSet::new() }
    }

    pub(super) fn decide(mut self) -> Concern {
        let change = self.change;
        if change.operations.is_empty() && change.component.is_none() {
            self.touch(Evidence::Assumed, Reason::WholeApi);
        }
        for at in &change.operations {
            self.reached(at);
        }
        self.webhooks();
        self.decided()
    }

    fn decided(self) -> Concern {
        let touched = !self.touching.is_empty();
        let found = if touched { self.touching } else { self.sparing };
        let evidences = || found.iter().map(|(evidence, _)| *evidence);
        let evidence = if touched { evidences().min() } else { evidences().max() };
        let mut reasons: Vec<Reason> = found.iter().map(|(_, reason)| reason.clone()).collect();
        let undocumented = self.dossier.operations.values().filter(|known| !known.documented).count();
        if !touched && undocumented > 0 && self.change.component.is_some() {
            reasons.push(Reason::Undocumented { operations: undocumented });
        }
        reasons.sort();
        reasons.dedup();
        Concern { touched, evidence: evidence.unwrap_or(Evidence::Declared), reasons }
    }

    fn touch(&mut self, evidence: Evidence, reason: Reason) {
        self.touching.insert((evidence, reason));
    }

    fn spare(&mut self, evidence: Evidence, reason: Reason) {
        self.sparing.insert((evidence, reason));
    }

    fn reached(&mut self, at: &Reached<'_>) {
        let strict = self.partner.profile == Profile::Strict;
        if let Spot::Webhook(name, _) = at.spot {
            return self.pushed("webhook", name);
        }
        if let Spot::Callback(name, _) = at.spot {
            return self.pushed("callback", name);
        }
        let Some(known) = self.dossier.operations.get(&key(at.method, at.path)) else { return self.uncalled(at) };
        if let Spot::Parameter(location @ (Location::Query | Location::Header | Location::Cookie), name) = at.spot {
            return self.parameter(known, *location, name);
        }
        let read = matches!(at.spot, Spot::ResponseBody(status) if status.starts_with(['2', 'd']));
        let field = self.field();
        if read && strict && self.is_new() {
            self.touch(known.best(), Reason::Strict { operation: known.name.clone() });
            return self.calls(known);
        }
        if read && field.is_some() && !known.reads.is_empty() | known.reads_are_all {
            return self.answer(known);
        }
        self.calls(known);
        if let Some(field) = field.filter(|_| read || *at.spot == Spot::RequestBody) {
            let operation = known.name.clone();
            self.touch(Evidence::Assumed, Reason::FieldUnknown { operation, field });
        }
    }

    /// True of what a strict reader meets for the first time, wherever in an answer it decodes.
    fn is_new(&self) -> bool {
        self.change.level == Level::Additive || self.change.rule.ends_with("-value-added")
    }

    /// What is read or sent, where the change is about a part of a payload.
    fn field(&self) -> Option<String> {
        match (self.change.component, self.change.path) {
            (None, "") => None,
            (Some(component), "") => Some(component.to_owned()),
            (None, path) => Some(path.to_owned()),
            (Some(component), path) => Some(format!("{component}.{path}")),
        }
    }

    fn calls(&mut self, known: &Known) {
        let calls = known.calls;
        let evidence = known.best();
        let reason = Reason::Calls {
            operation: known.name.clone(),
            evidence,
            count: calls.count,
            attempts: calls.attempts,
            window: self.audience.window,
            last: calls.last,
        };
        self.touch(evidence, reason);
    }

    /// A change of a success answer, of an operation of which some reads are known.
    fn answer(&mut self, known: &Known) {
        let operation = &known.name;
        let (component, path) = (self.change.component, self.change.path);
        let mut hit = false;
        for (field, _, evidence) in known.reads.iter().filter(|(_, reach, _)| reach.touches(component, path)) {
            hit = true;
            let reason = Reason::Reads { operation: operation.clone(), field: field.clone(), evidence: *evidence };
            self.touch(*evidence, reason);
        }
        if hit {
            self.calls(known);
        } else if known.reads_are_all && known.reads.iter().all(|(_, reach, _)| !reach.is_empty()) {
            self.spare(Evidence::Declared, Reason::NotRead { operation: operation.clone() });
        } else {
            self.calls(known);
            let field = self.field().unwrap_or_default();
            self.touch(Evidence::Assumed, Reason::FieldUnknown { operation: operation.clone(), field });
        }
    }

    fn parameter(&mut self, known: &Known, location: Location, name: &str) {
        let (operation, param) = (known.name.clone(), name.to_owned());
        let asked = self.change.rule.ends_with("parameter-required") || self.change.rule == "required-parameter-added";
        let count = known.sent.get(name).map_or(0, |(count, _)| *count);
        let declared = known.params.as_ref().map(|names| names.iter().any(|it| stem(it) == stem(name)));
        if asked {
            // Whoever always sends it is safe, but no list says "always".
            if declared == Some(false) {
                self.touch(Evidence::Declared, Reason::Omits { operation, param });
            }
            return self.calls(known);
        }
        match declared {
            Some(true) => {
                self.touch(Evidence::Declared, Reason::Sends { operation, param, count, evidence: Evidence::Declared });
            }
            _ if count > 0 => {
                self.touch(Evidence::Observed, Reason::Sends { operation, param, count, evidence: Evidence::Observed });
            }
            Some(false) => {
                self.spare(Evidence::Declared, Reason::NotSent { operation, param, evidence: Evidence::Declared });
            }
            None if location == Location::Query && self.shows_names(known) => {
                self.spare(Evidence::Observed, Reason::NotSent { operation, param, evidence: Evidence::Observed });
            }
            None => {
                self.calls(known);
                self.touch(Evidence::Assumed, Reason::FieldUnknown { operation, field: param });
            }
        }
    }

    /// True if a parameter that logs do not show was not sent; it may be among names that are not told.
    fn shows_names(&self, known: &Known) -> bool {
        let all_told = !known.doubtful && !known.sent.contains_key(HOLE);
        known.calls.count > 0 && all_told && self.dossier.names_logged && self.is_long_enough()
    }

    fn is_long_enough(&self) -> bool {
        self.audience.window >= WINDOW
    }

    /// An operation that the partner is not known to call.
    fn uncalled(&mut self, at: &Reached<'_>) {
        let window = self.audience.window;
        let operation = key(at.method, at.path);
        if self.partner.has_declared() {
            self.spare(Evidence::Declared, Reason::NotCalled { evidence: Evidence::Declared, window });
        } else if self.dossier.seen && self.is_long_enough() && self.audience.seen.contains(&operation) {
            self.spare(Evidence::Observed, Reason::NotCalled { evidence: Evidence::Observed, window });
        } else {
            let operation = format!("{} {}", at.method, at.path);
            self.touch(Evidence::Assumed, Reason::Unseen { operation, window });
        }
    }

    /// A webhook or callback of the contract: known only by declaration.
    fn pushed(&mut self, kind: &str, name: &str) {
        let declared = self.partner.webhooks.iter().find(|webhook| webhook.model == name);
        let window = self.audience.window;
        match declared {
            Some(webhook) if self.change.component.is_none() => {
                let reason = Reason::Webhook { model: name.to_owned(), field: None, evidence: webhook.evidence };
                self.touch(webhook.evidence, reason);
            }
            // What the component of a declared webhook touches is looked at once, with the others.
            Some(_) => {}
            None if self.partner.has_declared() => {
                self.spare(Evidence::Declared, Reason::NotCalled { evidence: Evidence::Declared, window });
            }
            None => {
                let operation = format!("{kind} {name}");
                self.touch(Evidence::Assumed, Reason::Unseen { operation, window });
            }
        }
    }

    /// Webhooks send components: a change there touches whoever receives them, also without any call.
    fn webhooks(&mut self) {
        let (component, path) = (self.change.component, self.change.path);
        if self.change.side == Scope::Request || component.is_none() {
            return;
        }
        let strict = self.partner.profile == Profile::Strict && self.is_new();
        for (webhook, hook) in self.partner.webhooks.iter().zip(&self.dossier.webhooks) {
            let (model, evidence) = (&webhook.model, webhook.evidence);
            if hook.whole.is_empty() {
                let (model, schema) = (model.clone(), webhook.schema().to_owned());
                self.touching.insert((Evidence::Assumed, Reason::Unmatched { model, schema }));
            } else if strict && hook.whole.touches(component, path) {
                self.touching.insert((evidence, Reason::Webhook { model: model.clone(), field: None, evidence }));
                continue;
            }
            for (read, _) in hook.reads.iter().filter(|(_, reach)| reach.touches(component, path)) {
                let field = Some(read.clone()).filter(|read| !read.is_empty());
                self.touching.insert((evidence, Reason::Webhook { model: model.clone(), field, evidence }));
            }
        }
    }
}
