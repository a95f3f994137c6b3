//! What is said of an entry: its own sentence, and one for each thing that its other changes say.

use indexmap::{IndexMap, IndexSet};

use super::Part;
use crate::contract::vocabulary::{Action, Facet};
use crate::report::Change;
use crate::rules::{self, Level};
use crate::text::{self, Arg, Args, Lang};

/// The placeholder that names a value of a list.
const VALUE: &str = "value";

/// A sentence of an entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// How bad what it says is.
    pub level: Level,
    /// The sentence; names stand between backticks.
    pub sentence: String,
}

/// Whether a rule speaks of values of a list, so that several are said in one sentence.
pub(super) fn is_listed(rule: &str) -> bool {
    text::texts(Lang::En).get("several", rule).is_some()
}

/// The sentence of an entry.
pub(crate) fn summary(lang: Lang, change: &Change) -> String {
    said(lang, change).into_iter().next().map_or_else(|| change.summary.clone(), |said| said.sentence)
}

/// The sentences of an entry, its own first. What took the place of something that went is told by the hint; that the
/// other side of the same edit does no harm is not told.
pub fn said(lang: Lang, change: &Change) -> Vec<Said> {
    if change.parts.is_empty() {
        let rule = rules::find(&change.rule);
        let sentence = rule.map_or_else(|| change.summary.clone(), |rule| text::say(rule.id, lang, &change.args));
        return vec![Said { level: change.level, sentence }];
    }
    let mut sentences: IndexMap<(&str, Args), Values> = IndexMap::new();
    for part in &change.parts {
        let mut args = change.args.clone();
        args.extend(part.args.clone());
        let value = if is_listed(&part.rule) { args.remove(VALUE) } else { None };
        let values = sentences.entry((&part.rule, args)).or_insert_with(|| Values::of(part.level));
        values.level = values.level.min(part.level);
        values.all.extend(value);
    }
    let own = |rule: &str, args: &Args| {
        rule == change.rule && args.iter().all(|(name, arg)| change.args.get(name) == Some(arg))
    };
    sentences.sort_by(|one, of_one, two, of_two| {
        (!own(one.0, &one.1), of_one.level).cmp(&(!own(two.0, &two.1), of_two.level))
    });
    let mut told: Vec<(Option<Kind>, Args)> = Vec::new();
    let mut out = Vec::new();
    for ((rule, args), values) in sentences {
        let kind = kind(rule);
        let harmless =
            values.level > Level::Risky && kind.is_some() && told.iter().any(|it| (&it.0, &it.1) == (&kind, &args));
        if !harmless && !is_told_by_hint(change, kind) {
            let said = values.said(lang, rule, args.clone());
            out.extend((!out.iter().any(|known: &Said| known.sentence == said.sentence)).then_some(said));
        }
        told.push((kind, args));
    }
    out
}

/// The values of a list that the sentence of an entry names, where they are several.
pub(crate) fn values(change: &Change) -> Vec<Arg> {
    let alike = change.parts.iter().filter(|part| part.rule == change.rule && is_listed(&part.rule));
    let value = |part: &Part| part.args.get(VALUE).or_else(|| change.args.get(VALUE)).cloned();
    alike.filter_map(value).collect::<IndexSet<Arg>>().into_iter().collect()
}

/// What a rule speaks of, on whichever side.
type Kind = (Facet, Action);

fn kind(rule: &str) -> Option<Kind> {
    rules::find(rule).map(|rule| (rule.on.0, rule.on.1))
}

/// Whether something is the other end of a rename that the entry tells.
fn is_told_by_hint(change: &Change, other: Option<Kind>) -> bool {
    let renamed = change.hint.as_ref().is_some_and(|hint| hint.renamed_to.is_some() && !hint.perhaps);
    renamed && matches!((kind(&change.rule), other), (Some((one, _)), Some((two, Action::Added))) if one == two)
}

/// The values that one sentence names.
struct Values {
    level: Level,
    all: IndexSet<Arg>,
}

impl Values {
    fn of(level: Level) -> Self {
        Self { level, all: IndexSet::new() }
    }

    fn said(self, lang: Lang, rule: &str, mut args: Args) -> Said {
        let sentence = if self.all.len() > 1 {
            text::say_several(rule, lang, &args, &self.all.into_iter().collect::<Vec<_>>())
        } else {
            args.extend(self.all.into_iter().map(|value| (VALUE.to_owned(), value)));
            text::say(rule, lang, &args)
        };
        Said { level: self.level, sentence }
    }
}
