//! What must be answered, and how long notice is: of both versions of a pull request the stricter, for each change.

use jiff::civil::Date;

use crate::config::{Callers, Config, Gate, LevelRow, Matched, Naming, ShipsOn, Wanted};
use crate::rules::{self, Level};

/// As often as the calendars of two versions are asked for a day they agree on.
const ROUNDS: usize = 400;

/// The configurations that bind: that of the merge base, where it has one, and that of head. Nobody opens the gate by the
/// change that the gate is about.
pub(crate) struct Policy<'a> {
    configs: Vec<&'a Config>,
}

impl<'a> Policy<'a> {
    /// From one configuration or two.
    pub(crate) fn new(configs: Vec<&'a Config>) -> Self {
        Self { configs }
    }

    fn gates(&self) -> impl Iterator<Item = &'a Gate> {
        self.configs.iter().map(|config| &config.gate)
    }

    /// The level at which a change is gated; nothing where no version gates it. What cannot be read always is, but where a
    /// row says otherwise: nobody knows what it hides.
    pub(crate) fn gated(&self, change: &Matched<'_>, level: Level) -> Option<Level> {
        let by = |gate: &Gate| {
            let level = gate.reading().level(change.rule, change.effect, level);
            let row = gate.rows.iter().find(|row| row.fits(change));
            let level = row.map_or(Some(level), |row| row.level.level())?;
            let unknown = row.is_none() && change.rule.ends_with("-unknown");
            (gate.knows(since(change.rule)) && (unknown || gate.levels.contains(&level))).then_some(level)
        };
        self.gates().filter_map(by).min()
    }

    /// Whether any row looks at the operations that a change reaches.
    pub(crate) fn asks_for_operations(&self) -> bool {
        self.gates().any(|gate| gate.rows.iter().any(LevelRow::asks_for_operations))
    }

    /// The version in which a rule came, where no version's catalogue has it.
    pub(crate) fn later(&self, rule: &str) -> Option<&'static str> {
        let since = since(rule);
        (!self.gates().any(|gate| gate.knows(since))).then_some(since)
    }

    /// Whether a word of stability frees a change in every version.
    pub(crate) fn is_exempt(&self, word: &str) -> bool {
        self.configs.iter().all(|config| config.gate.stability.days(word) == Some(0))
    }

    /// The fields that say a stability.
    pub(crate) fn stability_fields(&self) -> Vec<&'a str> {
        let mut fields: Vec<&str> = self.gates().filter_map(|gate| gate.stability.counting_field()).collect();
        fields.dedup();
        fields
    }

    /// Days between announcement and production, of a change at the words of stability; the longest that any of them asks for.
    pub(crate) fn days(&self, level: Level, words: &[String]) -> u16 {
        let by = |gate: &Gate| {
            let usual = gate.notice.of(level);
            words.iter().map(|word| gate.stability.days(word).unwrap_or(usual)).max().unwrap_or(usual)
        };
        self.gates().map(by).max().unwrap_or_default()
    }

    /// Days from the mark that something is deprecated to its end.
    pub(crate) fn deprecation(&self) -> u16 {
        self.gates().map(|gate| gate.notice.deprecation).max().unwrap_or_default()
    }

    /// The day at a moment, in seconds since 1970; where calendars differ the later one.
    pub(crate) fn day_at(&self, seconds: i64) -> Date {
        self.gates().map(|gate| gate.calendar.day_at(seconds)).max().unwrap_or_default()
    }

    /// What a notice must be for a change to be merged.
    pub(crate) fn answer(&self) -> Wanted {
        self.gates().map(|gate| gate.answer).max().unwrap_or_default()
    }

    /// Who calls the API.
    pub(crate) fn callers(&self) -> Callers {
        self.gates().map(|gate| gate.callers).max().unwrap_or_default()
    }

    /// When what is merged is live.
    pub(crate) fn ships_on(&self) -> ShipsOn {
        self.gates().map(|gate| gate.ships_on).max().unwrap_or_default()
    }

    /// How partners are spoken of.
    pub(crate) fn naming(&self) -> Naming {
        self.gates().map(|gate| gate.partners_in_public).max().unwrap_or_default()
    }

    /// Days after which logs prove nothing.
    pub(crate) fn max_age(&self) -> u16 {
        self.gates().map(|gate| gate.evidence.max_age).min().unwrap_or_default()
    }

    /// The first release day of every version, on or after a day.
    pub(crate) fn release_day_from(&self, mut day: Date) -> Option<Date> {
        for _ in 0..ROUNDS {
            let next = self.gates().try_fold(day, |day, gate| gate.calendar.release_day_from(day))?;
            if next == day {
                return Some(day);
            }
            day = next;
        }
        None
    }
}

/// The version of preavis in which a rule came.
fn since(rule: &str) -> &'static str {
    rules::find(rule).map_or("0", |rule| rule.since)
}
