//! Changed names in a partner's source: candidates with file and line, for a person to confirm.
//!
//! Whole words only, and only names that say something: `reservable_online` does, `status` does not. Files are ranked by
//! what they are likely to be, so that a model or a client stands before a test or a migration.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// Names that any program has.
const GENERIC: &str = "action address amount attributes body category city code color comment content count country created \
    created_at data date default description detail details display duration email enabled end error errors event \
    events false file filter first_name format from group groups header headers host identifier image index info \
    items key keys kind label language last_name length level limit link links list location message meta method \
    model name next note notes null number object offset options order organisation organisations organization \
    page pages parent password path per_page phone position previous price private public quantity query read \
    reason reference request response result results role roles search self show size slug sort source start state \
    status street string summary tags target team test text time timestamp title token total true type types \
    update updated updated_at user username users value values version visible width write zone";
/// What stands in the paths of files that are not about the API itself.
const ASIDE: &str = "test tests spec specs seed seeds fixture fixtures factories factory migrate migrations migration schema \
    doc docs changelog locales mock mocks cassettes snapshots";
/// What stands in the paths of files that are likely to be.
const CLOSE: &str = "client clients model models api service services serializer serializers dto entity entities webhook \
    webhooks adapter adapters sdk";
/// The endings of programs.
const CODE: &str = "rb py js ts tsx jsx java kt go rs php cs ex exs scala swift vue";
/// The least letters of a name.
const LEAST: usize = 5;
/// A name in more places of the contract tells nothing.
const PLACES: usize = 12;
/// A word on more lines of the source is one of its own words.
const LINES: usize = 200;
/// The most candidates of a name.
const KEPT: usize = 20;
/// Longer lines were written by programs.
const LONG: usize = 2_000;

/// A name that changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought {
    /// The name.
    pub word: String,
    /// At how many places of the contract it stands.
    pub places: usize,
    /// Words that make a file likelier to be about it: the component, the path of an operation.
    pub near: Vec<String>,
}

/// Why a name is not looked for, or its lines are not listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Any program has it.
    Generic,
    /// The contract has it at many places.
    Frequent,
    /// The source has it on many lines.
    Common,
}

/// A line that names something that changed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Candidate {
    /// The file, from the folder that was scanned.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// How likely it is, the more the likelier.
    pub score: u32,
}

/// What was found of a name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Found {
    /// The name.
    pub word: String,
    /// On how many lines it stands.
    pub lines: usize,
    /// The likeliest lines.
    pub candidates: Vec<Candidate>,
    /// Why nothing is listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refusal>,
}

/// True if a name says too little to be looked for.
fn refused(sought: &Sought) -> Option<Refusal> {
    let word = sought.word.to_ascii_lowercase();
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if word.len() < LEAST || !plain || GENERIC.split(' ').any(|known| known == word) {
        return Some(Refusal::Generic);
    }
    (sought.places > PLACES).then_some(Refusal::Frequent)
}

/// A scan under way.
pub struct Scan {
    sought: BTreeMap<String, Sought>,
    /// The names that are more than one word to a program: `X-Rate`.
    dashed: Vec<String>,
    found: BTreeMap<String, Found>,
}

impl Scan {
    /// A scan for some names; those that say too little are refused.
    pub fn new(sought: Vec<Sought>) -> Self {
        let mut scan = Self { sought: BTreeMap::new(), dashed: Vec::new(), found: BTreeMap::new() };
        for one in sought {
            let refused = refused(&one);
            let entry = Found { word: one.word.clone(), lines: 0, candidates: Vec::new(), refused };
            scan.found.insert(one.word.clone(), entry);
            if refused.is_none() {
                scan.dashed.extend(Some(one.word.clone()).filter(|word| word.contains('-')));
                scan.sought.insert(one.word.clone(), one);
            }
        }
        scan
    }

    /// Looks at a file of the source; `path` is from the folder that is scanned.
    pub fn file(&mut self, path: &str, text: &str) {
        let role = role(path);
        for (ix, line) in text.lines().enumerate().filter(|(_, line)| line.len() <= LONG) {
            for word in self.words(line) {
                let Some((sought, found)) = self.sought.get(&word).zip(self.found.get_mut(&word)) else { continue };
                found.lines += 1;
                if found.lines > LINES {
                    continue;
                }
                let near = sought.near.iter().any(|word| path.contains(word.as_str()) || text.contains(word.as_str()));
                let rarity = match sought.places {
                    0..=2 => 2,
                    3..=5 => 1,
                    _ => 0,
                };
                let score = role * 4 + rarity + u32::from(near);
                found.candidates.push(Candidate { file: path.to_owned(), line: ix + 1, score });
            }
        }
    }

    /// The names that stand in a line as whole words.
    fn words(&self, line: &str) -> BTreeSet<String> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let plain = line.split(|c| !is_part(c)).filter(|word| self.sought.contains_key(*word)).map(str::to_owned);
        let dashed = self.dashed.iter().filter(|word| {
            line.match_indices(word.as_str()).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                let after = line[at + word.len()..].chars().next();
                ![before, after].into_iter().flatten().any(|c| is_part(c) || c == '-')
            })
        });
        plain.chain(dashed.cloned()).collect()
    }

    /// What was found, by name; the likeliest lines first.
    pub fn finish(self) -> Vec<Found> {
        let mut out: Vec<Found> = self.found.into_values().collect();
        for found in &mut out {
            if found.lines > LINES {
                found.refused = Some(Refusal::Common);
                found.candidates.clear();
            }
            found.candidates.sort_by(|one, two| {
                two.score.cmp(&one.score).then_with(|| one.file.cmp(&two.file)).then(one.line.cmp(&two.line))
            });
            found.candidates.truncate(KEPT);
        }
        out
    }
}

/// How likely a file is to be about the API: 3 for models and clients, 0 for tests, migrations and the like.
fn role(path: &str) -> u32 {
    let path = path.to_ascii_lowercase();
    let has = |words: &str| path.split(['/', '.', '_', '-']).any(|part| words.split(' ').any(|word| word == part));
    if has(ASIDE) {
        return 0;
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_code = CODE.split(' ').any(|known| known == ending);
    1 + u32::from(is_code) + u32::from(has(CLOSE))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(word: &str, places: usize) -> Sought {
        Sought { word: word.to_owned(), places, near: vec!["motif".to_owned()] }
    }

    #[test]
    fn models_stand_before_migrations_and_words_are_whole() {
        let mut scan = Scan::new(vec![
            sought("reservable_online", 1),
            sought("status", 1),
            sought("everywhere", 40),
            sought("X-Rate", 1),
        ]);
        scan.file("db/migrate/1_add.rb", "add :motifs, :reservable_online\n");
        scan.file(
            "app/models/motif.rb",
            "class Motif\n  # reservable_online_now\n  attr :reservable_online, :status\n",
        );
        scan.file("app/views/a.erb", "= motif.reservable_online\n'X-Rate-Left' X-Rate\n");
        let found = scan.finish();
        let refused: Vec<_> = found.iter().map(|it| (it.word.as_str(), it.refused)).collect();
        assert_eq!(
            refused,
            [
                ("X-Rate", None),
                ("everywhere", Some(Refusal::Frequent)),
                ("reservable_online", None),
                ("status", Some(Refusal::Generic))
            ]
        );
        let places: Vec<_> = found[2].candidates.iter().map(|it| format!("{}:{}", it.file, it.line)).collect();
        assert_eq!(places, ["app/models/motif.rb:3", "app/views/a.erb:1", "db/migrate/1_add.rb:1"]);
        assert_eq!((found[0].lines, found[0].candidates[0].line), (1, 2));
    }

    #[test]
    fn what_is_everywhere_is_not_listed() {
        let mut scan = Scan::new(vec![sought("appointment_kind", 1)]);
        scan.file("a.rb", &"appointment_kind\n".repeat(300));
        let found = scan.finish();
        assert_eq!((found[0].lines, found[0].refused, found[0].candidates.len()), (300, Some(Refusal::Common), 0));
    }
}
