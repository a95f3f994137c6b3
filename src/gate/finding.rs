//! What the gate says beside the changes: each kind once, as a row of one table.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares the kinds: name, whether the gate is closed by it, the placeholders of its sentence beside `subject`, meaning.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal $closes:ident ($($arg:literal),*);)*) => {
        /// A kind of finding; its name is also the key of its texts.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        const KINDS: &[(Kind, &str, bool, &[&str])] = &[$((Kind::$kind, $name, $closes, &[$($arg),*]),)*];

        impl Kind {
            /// Its name.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }
            /// Whether the gate is closed by it.
            pub fn closes(self) -> bool {
                match self {
                    $(Self::$kind => $closes,)*
                }
            }
        }
    };
}

/// Of a row whose finding closes the gate.
const CLOSES: bool = true;
/// Of a row whose finding is told only.
const TOLD: bool = false;

kinds! {
    /// An acceptance has run out while its change is still to be merged, or to ship. Subject: its file.
    AcceptanceRanOut = "acceptance-ran-out" CLOSES ("fingerprint", "day");
    /// A notice was removed, or its announcement taken away, while a change it covers has not shipped. Subject: its id.
    NoticeDeleted = "notice-deleted" CLOSES ();
    /// A notice covers less than it did. Subject: its id.
    NoticeShrunk = "notice-shrunk" CLOSES ("fingerprints");
    /// A notice promises an earlier day than partners were told. Subject: its id.
    NoticeMovedEarlier = "notice-moved-earlier" CLOSES ("from", "to", "earliest");
    /// Two versions have different notices under one id. Subject: the id.
    NoticeTwice = "notice-twice" CLOSES ();
    /// No release day is left in the calendar. Subject: the configuration.
    NoReleaseDay = "no-release-day" CLOSES ();
    /// A date of a deprecation or a sunset is none. Subject: the place, `GET /users`.
    DateUnreadable = "date-unreadable" CLOSES ("field", "value");
    /// A sunset leaves less than the period. Subject: the place.
    SunsetTooSoon = "sunset-too-soon" CLOSES ("date", "earliest", "days");
    /// `info.version` did not move as far as the changes do. Subject: the id of the API.
    VersionTooSmall = "version-too-small" CLOSES ("from", "to", "wanted");
    /// Something went before the sunset that its document promised. Subject: the place.
    RemovedBeforeSunset = "removed-before-sunset" TOLD ("date");
    /// An acceptance was used up: its change was merged, or shipped. Subject: its file.
    AcceptanceSpent = "acceptance-spent" TOLD ("fingerprint");
    /// An acceptance lets nothing through that is there. Subject: its file.
    AcceptanceStale = "acceptance-stale" TOLD ();
    /// A notice covers a change that is not there yet. Subject: its id.
    NoticeAhead = "notice-ahead" TOLD ();
    /// A notice covers a change that was there and went before it shipped. Subject: its id.
    NoticeOrphaned = "notice-orphaned" TOLD ();
    /// The day that a notice announced has passed and nothing of it shipped. Subject: its id.
    PostponementDue = "postponement-due" TOLD ("day");
    /// Some of what a notice covers has shipped, some has not. Subject: its id.
    PartiallyShipped = "partially-shipped" TOLD ("shipped", "total");
    /// Two announced notices have one change; the later day binds. Subject: the id of the one that binds.
    AnnouncedTwice = "announced-twice" TOLD ("other", "fingerprint");
    /// Its sunset has passed and logs show no call: it may go. Subject: the place.
    Overdue = "overdue" TOLD ("date");
    /// A document is in no `[[api]]`. Subject: its path.
    DocumentUnnamed = "document-unnamed" TOLD ();
    /// An operation went from one document and came to another. Subject: the operation.
    OperationMoved = "operation-moved" TOLD ("from", "to");
    /// What makes a document changed, the document did not. Subject: the id of the API.
    SourceWithoutDocument = "source-without-document" TOLD ("path", "document");
    /// A rule that came after the pinned catalogue found something. Subject: the rule.
    CatalogueNewer = "catalogue-newer" TOLD ("since", "count");
    /// Logs are too old to prove anything. Subject: the aggregate.
    EvidenceOld = "evidence-old" TOLD ("day", "days");
    /// The version to come is the one in production. Subject: its name.
    NothingToShip = "nothing-to-ship" TOLD ();
    /// What decides would be read otherwise in head; the stricter of both binds. Subject: the file.
    PolicyChanged = "policy-changed" TOLD ();
}

impl Kind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }
    /// The placeholders of its sentences, beside `subject`.
    pub fn placeholders(self) -> &'static [&'static str] {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or(&[], |(.., args)| args)
    }
}

/// What the gate says beside the changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// Whether the gate is closed by it.
    pub closes: bool,
    /// What it is about: a notice, a file, a place, as the kind says.
    pub subject: String,
    /// A file of head in which it can be shown, from the root of the repository.
    pub file: Option<String>,
    /// The placeholders of its sentence, `subject` among them.
    pub args: BTreeMap<&'static str, String>,
}

impl Finding {
    /// A finding of a kind about something, with the placeholders of its sentence.
    pub fn new(kind: Kind, subject: &str, args: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        let mut args: BTreeMap<&'static str, String> = args.into_iter().collect();
        args.insert("subject", subject.to_owned());
        Self { kind, closes: kind.closes(), subject: subject.to_owned(), file: None, args }
    }

    /// The same, shown in a file.
    #[must_use]
    pub fn in_file(self, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..self }
    }
}
