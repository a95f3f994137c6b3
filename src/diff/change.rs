//! What the differ says: one [`Change`] a cause, with everything to its right needs and no sentence in it.

use crate::contract::SchemaAt;
use crate::contract::vocabulary::{Action, Effect, Facet, Grade, Run, Scope};
use crate::schema::{Lens, Share, Why};
use crate::spec::{Loc, Problem};
use crate::text::{Args, Reason, Spot};

/// Facts about a change that guards of rules ask for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is an independent question a guard asks by name")]
pub struct Traits {
    /// The part added or removed is required.
    pub required: bool,
    /// Base said nothing at all about the type of the place.
    pub untyped_before: bool,
    /// The schema says that consumers must tolerate new values (`x-extensible-enum`).
    pub extensible_enum: bool,
    /// The announced end (`x-sunset`) lies at or before the day of judgement.
    pub sunset_passed: bool,
    /// The status is neither 1xx, 2xx nor 3xx, nor `default`.
    pub error_status: bool,
    /// The status was or is covered by a range (`2XX`) or by `default` all the same.
    pub covered: bool,
    /// No success status of base is left in head.
    pub only_success: bool,
    /// Base named no success status at all.
    pub first_success: bool,
    /// Another thing of the same kind takes its place.
    pub replaced: bool,
    /// Only permissions differ, not how a token is obtained.
    pub scopes_only: bool,
    /// What it asks for was described as a header parameter before.
    pub described: bool,
    /// The server sends it unasked (webhooks, callbacks): whoever receives it does not choose.
    pub pushed: bool,
}

impl Traits {
    /// What holds of either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            required: self.required || other.required,
            untyped_before: self.untyped_before || other.untyped_before,
            extensible_enum: self.extensible_enum || other.extensible_enum,
            sunset_passed: self.sunset_passed || other.sunset_passed,
            error_status: self.error_status || other.error_status,
            covered: self.covered || other.covered,
            only_success: self.only_success || other.only_success,
            first_success: self.first_success || other.first_success,
            replaced: self.replaced || other.replaced,
            scopes_only: self.scopes_only || other.scopes_only,
            // Of operations that share a fact, the worst counts.
            described: self.described && other.described,
            pushed: self.pushed || other.pushed,
        }
    }
}

/// How sure a change is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Proof {
    /// A validator confirmed a payload that one contract allows and the other refuses.
    Proven,
    /// Follows from the protocol.
    Structural,
    /// Decided by the engine; nobody asked for a payload.
    NotTried,
    /// Decided by the engine without a confirmed payload, or not decided.
    Unproven(Why),
}

/// A spot of an operation where the changed part is sent.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Use {
    /// Upper case; for a webhook the method of its request.
    pub method: String,
    /// With a leading slash and the parameter names of head (of base where removed).
    pub path: String,
    /// The part of it; for webhooks and callbacks with their name around it.
    pub spot: Spot,
}

/// What shows a change: a payload, and the exchange it travels in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exhibit {
    /// What one version allows and the other refuses; `None` where the exchange shows it without a payload.
    pub payload: Option<serde_json::Value>,
    /// The nearest payload that both allow; `None` where there is none.
    pub control: Option<serde_json::Value>,
    /// Forward: allowed by base and refused by head; backward the other way round.
    pub run: Run,
    /// Not refused but no longer declared: whoever refuses undeclared members refuses it.
    pub declared_only: bool,
    /// What the validator said; empty where none was asked.
    pub error: String,
    /// The same as data; `None` where none was asked.
    pub reason: Option<Reason>,
    /// The schemas of base and head that the payload is sent under, and how it travels.
    pub under: Option<([SchemaAt; 2], Lens)>,
    /// The HTTP message that carries it.
    pub exchange: Option<String>,
    /// The same as a command, for requests.
    pub curl: Option<String>,
}

/// Presentation only: this removal and that addition look like one move.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hint {
    /// The name at the other end of the rename.
    pub renamed: String,
    /// The index in [`Changes::list`] of the other change.
    pub other: usize,
    /// Whether only the place and the shape say so: neither the spelling of the names nor a description.
    pub perhaps: bool,
}

/// One difference of meaning.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The facet of the coordinate.
    pub facet: Facet,
    /// The action of the coordinate.
    pub action: Action,
    /// What flows there.
    pub scope: Scope,
    /// How it moves what is admitted.
    pub effect: Effect,
    /// The inclusions that fail and how badly; empty for what is not a set.
    pub losses: Vec<(Run, Grade)>,
    /// What guards ask for.
    pub traits: Traits,
    /// The address as fingerprints write it: `schema:rdv/status`, `GET /x?query:page`, `GET /x#response:200:application/json/a`.
    pub address: String,
    /// The shared component that owns it: bare schema name, or `section/Name`; `None` inline.
    pub component: Option<String>,
    /// The place inside the component or the operation (`items[].id`, `query:page`).
    pub path: String,
    /// Enum value, status, media type or scheme; else empty.
    pub subject: String,
    /// The old constraint, normalised; empty on additions and removals.
    pub from: String,
    /// The new constraint, normalised; empty on additions and removals.
    pub to: String,
    /// The placeholders of its sentence.
    pub args: Args,
    /// The node that carries it in base.
    pub base: Option<Loc>,
    /// The node that carries it in head.
    pub head: Option<Loc>,
    /// The index in [`Changes::reaches`].
    pub reach: usize,
    /// How sure it is.
    pub proof: Proof,
    /// What shows it, where that was asked for.
    pub exhibit: Option<Exhibit>,
    /// Presentation only.
    pub hint: Option<Hint>,
}

impl Change {
    /// True if the side that does not have the changed thing has nothing to show: it came or went as a whole, and the
    /// node named there is only where it would stand.
    pub fn absent(&self, action: Action) -> bool {
        let whole = matches!(
            self.facet,
            Facet::Property
                | Facet::Operation
                | Facet::Webhook
                | Facet::Callback
                | Facet::Parameter
                | Facet::Body
                | Facet::MediaType
                | Facet::Status
                | Facet::Header
                | Facet::Server
                | Facet::Api
        );
        whole && self.action == action
    }

    /// True if nothing is known but that one of the versions cannot be read here.
    pub fn is_unread(&self) -> bool {
        self.proof == Proof::Unproven(Why::Hole)
    }

    /// The coordinate, e.g. `property-removed`: part of the identity.
    pub fn coordinate(&self) -> String {
        format!("{}-{}", self.facet.as_str(), self.action.as_str())
    }
}

impl Changes {
    /// Leaves out some of the changes. Hints name changes by index, so that none is left.
    pub fn leave_out(&mut self, unwanted: impl Fn(&Change) -> bool) {
        self.list.retain(|change| !unwanted(change));
        self.list.iter_mut().for_each(|change| change.hint = None);
    }
}

/// The result of a comparison, in a fixed order.
#[derive(Default, Debug)]
pub struct Changes {
    /// One entry a cause.
    pub list: Vec<Change>,
    /// The distinct sets of uses, each in document order.
    pub reaches: Vec<Vec<Use>>,
    /// Odd spots found while comparing.
    pub problems: Vec<Problem>,
    /// The part of the limits that it did cost.
    pub spent: Share,
}
