//! What an attack counted, and the table of it.

use preavis::contract::{Contract, Facet, Grade};
use preavis::diff::{Change, Changes, Proof, Why};

use super::meter::Cost;
use super::witness::{Second, second};
use crate::harness::judged;

/// The counts of one attack on one API.
#[derive(Default)]
pub(crate) struct Score {
    pub(crate) api: String,
    pub(crate) attack: &'static str,
    /// Comparisons, rewritings, mutations, values or pairs.
    pub(crate) checks: usize,
    /// Schema findings, or answers the engine was asked for; and how many of them it left undecided.
    pub(crate) asked: usize,
    pub(crate) undecided: usize,
    /// Breaking and risky ones among them that the engine decided.
    pub(crate) hurting: usize,
    /// Those of them with a payload that validators confirmed, and those whose control is valid too.
    pub(crate) proven: Option<usize>,
    pub(crate) isolated: Option<usize>,
    /// Values that refute a "contained", or answers that another engine contradicts.
    pub(crate) counterexamples: Option<usize>,
    /// Payloads shown as proof that a validator does not confirm.
    pub(crate) refuted: Option<usize>,
    /// Something said where nothing changed.
    pub(crate) alarms: Option<usize>,
    /// Mutations that were not found at their level.
    pub(crate) missed: Option<usize>,
    pub(crate) cost: Cost,
    /// What people should look at, a paragraph each.
    pub(crate) details: Vec<String>,
}

impl Score {
    pub(crate) fn new(api: &str, attack: &'static str) -> Self {
        Self { api: api.to_owned(), attack, ..Self::default() }
    }

    /// The same, with witnesses.
    pub(crate) fn with_witnesses(self) -> Self {
        Self { proven: Some(0), isolated: Some(0), refuted: Some(0), ..self }
    }

    /// True if everything that must be 0 is.
    pub(crate) fn holds(&self) -> bool {
        [self.counterexamples, self.refuted, self.alarms].iter().flatten().all(|count| *count == 0)
    }

    /// Counts the findings of a comparison that are about schemas.
    pub(crate) fn count(&mut self, changes: &Changes, contracts: [&Contract; 2]) {
        for change in changes.list.iter().filter(|change| is_about_schemas(change)) {
            self.asked += 1;
            if is_undecided(change) {
                self.undecided += 1;
                let coordinate = format!("{} {} {}", change.coordinate(), change.address, change.subject);
                self.details.push(format!("undecided: {coordinate} ({:?})", change.proof));
            }
            if hurts(change) {
                self.hurting += usize::from(!is_undecided(change));
                if change.proof == Proof::Proven {
                    self.witness(change, contracts);
                } else if !is_undecided(change) {
                    let coordinate = format!("{} {} {}", change.coordinate(), change.address, change.subject);
                    self.details.push(format!("no witness: {coordinate}"));
                }
            }
        }
    }

    /// Counts a witness, and has it looked at again.
    fn witness(&mut self, change: &Change, contracts: [&Contract; 2]) {
        let told = |what: &str| format!("{what}: {} {} {}", change.coordinate(), change.address, change.subject);
        let Some(exhibit) = &change.exhibit else { return };
        self.proven = self.proven.map(|count| count + 1);
        self.isolated = self.isolated.map(|count| count + usize::from(exhibit.control.is_some()));
        match second(exhibit, contracts) {
            Second::Confirmed => {}
            Second::Refuted(why) => {
                self.refuted = self.refuted.map(|count| count + 1);
                self.details.push(format!("{} ({why})", told("refuted")));
            }
            Second::Unreadable(why) => self.details.push(format!("{} ({why})", told("one validator only"))),
        }
    }

    fn row(&self) -> [String; 12] {
        let part_of = |part: usize, all: usize| {
            let percent = 100.0 * as_f64(part) / as_f64(all.max(1));
            if all == 0 { "–".to_owned() } else { format!("{percent:.2} %") }
        };
        let share = |part: usize| part_of(part, self.asked);
        let of = |count: Option<usize>| count.map_or("–".to_owned(), |count| count.to_string());
        [
            self.api.clone(),
            self.attack.to_owned(),
            self.checks.to_string(),
            self.asked.to_string(),
            share(self.asked - self.undecided.min(self.asked)),
            self.proven.map_or("–".to_owned(), |count| part_of(count, self.hurting)),
            self.isolated.map_or("–".to_owned(), |count| part_of(count, self.proven.unwrap_or_default())),
            of(self.counterexamples),
            of(self.refuted),
            of(self.alarms),
            self.missed.map_or("–".to_owned(), |missed| {
                let found = self.checks - missed.min(self.checks);
                format!("{:.2} %", 100.0 * as_f64(found) / as_f64(self.checks.max(1)))
            }),
            format!(
                "{:.1} s{}",
                self.cost.seconds,
                self.cost.peak_mb.map_or(String::new(), |peak| format!(", {peak:.0} MB"))
            ),
        ]
    }
}

/// True of a change of schemas: one that says which values are lost, and is no matter of the protocol.
pub(crate) fn is_about_schemas(change: &Change) -> bool {
    let protocol = matches!(
        change.facet,
        Facet::Parameter | Facet::Body | Facet::Header | Facet::Status | Facet::MediaType | Facet::Security
    );
    !change.losses.is_empty() && !protocol
}

/// True of a change of schemas that is breaking or risky: whoever relies on the contract wants to see it.
pub(crate) fn hurts(change: &Change) -> bool {
    is_about_schemas(change)
        && preavis::rules::judge(change).is_some_and(|(_, level)| level <= preavis::rules::Level::Risky)
}

/// A count as a float, for shares.
pub(crate) fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// True if the engine could not tell. A finding that lacks its witness alone is decided.
pub(crate) fn is_undecided(change: &Change) -> bool {
    let why = match change.proof {
        Proof::Unproven(Why::NoWitness | Why::Disagree) => false,
        Proof::Unproven(_) => true,
        Proof::Proven | Proof::Structural | Proof::NotTried => false,
    };
    why || change.losses.iter().any(|(_, grade)| *grade == Grade::Undecided)
}

/// `level rule place` of everything above `docs`, and whether the engine at least knew.
pub(crate) fn loud(changes: &Changes) -> Vec<(String, bool)> {
    let judged = judged(changes).into_iter().filter(|(level, ..)| *level <= preavis::rules::Level::Additive);
    let line = |rule: &str, change: &Change| format!("{rule} {} {} {}", change.address, change.subject, change.from);
    judged
        .map(|(level, rule, change)| (format!("{} {}", level.as_str(), line(rule, change)), !is_undecided(change)))
        .collect()
}

const HEAD: [&str; 12] = [
    "API",
    "attack",
    "checks",
    "asked",
    "decided",
    "proven",
    "isolated",
    "counterexamples",
    "refuted witnesses",
    "false alarms",
    "detected",
    "CPU, peak memory",
];

/// The table, in Markdown.
pub(crate) fn table(scores: &[Score]) -> String {
    let rows: Vec<[String; 12]> =
        std::iter::once(HEAD.map(ToOwned::to_owned)).chain(scores.iter().map(Score::row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..HEAD.len()).map(width).collect();
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.chars().count());
            let cell = if column < 2 { format!("{cell}{padding}") } else { format!("{padding}{cell}") };
            out.push_str(&format!("| {cell} "));
        }
        out.push_str("|\n");
        if number == 0 {
            for (column, width) in widths.iter().enumerate() {
                out.push_str(&if column < 2 {
                    format!("|{}", "-".repeat(width + 2))
                } else {
                    format!("|{}:", "-".repeat(width + 1))
                });
            }
            out.push_str("|\n");
        }
    }
    out
}
