//! Which words of requests may be written down. The words of the contract may; any other may be somebody's.
//!
//! A word outside the contract is kept only if it looks like one (`looks.rs`), if several callers used it on several days,
//! and if the place where it stands is not one where values stand: few words stand there, not most of them of few callers, and
//! nothing that is plainly a value. A caller is a recognised partner or a user agent, never an address or an account. All
//! of this is decided within one import: to count across imports, the words themselves would have to be kept.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

/// As many callers and days are several.
const SEVERAL: usize = 3;
/// As many partners are several: they are organisations that have told their names.
const PARTNERS: usize = 2;
/// More different words than these at one place are values.
const FAN: usize = 8;
/// As many words of the form of a title (`garden-party`) at one place are values.
const TITLES: usize = 3;

/// Who used a word. Forgotten at the end of an import.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Caller {
    /// A partner, by its index in the registry.
    Partner(usize),
    /// The hash of a user agent.
    Agent(u64),
}

impl Caller {
    /// The caller of a request; `None` where nothing but an address or an account tells it.
    pub(super) fn of(partner: Option<usize>, user_agent: Option<&str>) -> Option<Self> {
        let agent = |text: &str| {
            let mut hasher = DefaultHasher::new();
            text.hash(&mut hasher);
            Self::Agent(hasher.finish())
        };
        partner.map(Self::Partner).or_else(|| user_agent.map(agent))
    }
}

/// A use of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    pub(super) caller: Option<Caller>,
    pub(super) day: Date,
}

/// Who used a word, and when: no more than it takes to be several.
#[derive(Debug, Default)]
struct Support {
    callers: BTreeSet<Caller>,
    days: BTreeSet<Date>,
}

impl Support {
    fn add(&mut self, caller: Option<Caller>, day: Option<Date>) {
        if self.callers.len() < SEVERAL {
            self.callers.extend(caller);
        }
        if self.days.len() < SEVERAL {
            self.days.extend(day);
        }
    }

    fn is_several(&self) -> bool {
        let partners = self.callers.iter().filter(|caller| matches!(caller, Caller::Partner(_))).count();
        (self.callers.len() >= SEVERAL || partners >= PARTNERS) && self.days.len() >= SEVERAL
    }
}

/// A place where words stand that the contract does not have: after the same words of a path, or as the names of
/// parameters of one operation. It holds few words, whatever is noted.
#[derive(Debug, Default)]
pub(super) struct Place {
    words: BTreeMap<String, Support>,
    has_values: bool,
}

impl Place {
    /// Notes the use of a word. True where the word may still be kept; false where values stand.
    pub(super) fn note(&mut self, word: &str, by: Use) -> bool {
        if self.has_values {
            return false;
        }
        if !self.words.contains_key(word) {
            self.words.insert(word.to_owned(), Support::default());
        }
        if let Some(support) = self.words.get_mut(word) {
            support.add(by.caller, Some(by.day));
        }
        !self.is_full()
    }

    /// Takes in what was noted at another place, which is the same one.
    pub(super) fn join(&mut self, other: Self) {
        self.has_values |= other.has_values;
        for (word, support) in other.words {
            let own = self.words.entry(word).or_default();
            support.callers.into_iter().for_each(|caller| own.add(Some(caller), None));
            support.days.into_iter().for_each(|day| own.add(None, Some(day)));
        }
    }

    /// True where so many words stand that they are values.
    pub(super) fn is_full(&self) -> bool {
        let titles = self.words.keys().filter(|word| word.contains('-')).count();
        self.has_values || self.words.len() > FAN || titles >= TITLES
    }

    /// From now on this is a place of values; the words that stood here.
    pub(super) fn close(&mut self) -> Vec<String> {
        self.has_values = true;
        std::mem::take(&mut self.words).into_keys().collect()
    }

    /// The words that may not be kept, once all is noted: all of them where far most are of few.
    pub(super) fn withheld(&self) -> Vec<String> {
        let several = self.words.values().filter(|support| support.is_several()).count();
        let all = self.is_full() || self.words.len() - several > 2 * several;
        self.words.iter().filter(|(_, support)| all || !support.is_several()).map(|(word, _)| word.clone()).collect()
    }

    /// The words that may be kept, once all is noted.
    pub(super) fn kept(self) -> BTreeSet<String> {
        let withheld = self.withheld();
        self.words.into_keys().filter(|word| !withheld.contains(word)).collect()
    }
}
