//! Whether a state admits a value, as the search for a witness asks it.
//!
//! It shares the scalar keywords with the engine's membership (`states/membership.rs`) and nothing more: what made the
//! engine speak of a difference shall not choose its proof as well. So it has no budget that other questions use up, it
//! asks for every format that the validator knows, and it leaves out the members that the lens drops. It only guides; the
//! validator, which knows nothing of branches, has the last word.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::readings::{is_nothing, spread};
use super::text;
use crate::contract::Lists;
use crate::schema::inclusion::Engine;
use crate::schema::node::{Additional, Answer, Decimal, Literal, SchemaId, Types, format};
use crate::schema::states::{Branch, Lens, StateId, admits, expand, speaks_of};
use crate::spec::{FileIx, Loc, NodeIx};

/// Exclusions that may stand in one another, so that the stack holds them.
const DEPTH: usize = 500;

/// How the members of `oneOf` are read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum OneOf {
    /// One of them takes the value, and no other: who sends it.
    Exactly,
    /// One of them takes the value: who refuses it has another reason than that there are two.
    Any,
}

/// What was asked of one value so far. What is still being asked counts as not decided: so a schema that excludes itself
/// comes to an end.
struct Asked {
    one_of: OneOf,
    answers: FxHashMap<StateId, Answer>,
    depth: usize,
}

impl Asked {
    fn new(one_of: OneOf) -> Self {
        Self { one_of, answers: FxHashMap::default(), depth: 0 }
    }
}

/// Whether a state admits a value.
pub(super) fn accepts(engine: &mut Engine<'_>, state: StateId, value: &Value, lens: Lens, one_of: OneOf) -> Answer {
    state_accepts(engine, state, value, lens, &mut Asked::new(one_of))
}

/// Whether one branch admits a value, whatever its sisters do.
pub(super) fn branch_accepts(engine: &mut Engine<'_>, branch: &Branch<'_>, value: &Value, lens: Lens) -> Answer {
    one_accepts(engine, branch, value, lens, &mut Asked::new(OneOf::Any))
}

fn state_accepts(engine: &mut Engine<'_>, state: StateId, value: &Value, lens: Lens, asked: &mut Asked) -> Answer {
    if lens.flat && is_nothing(value) {
        return Answer::No;
    }
    if state == StateId::ANY {
        return Answer::Yes;
    }
    if let Some(&answer) = asked.answers.get(&state) {
        return answer;
    }
    if asked.depth == DEPTH {
        return Answer::Costly;
    }
    asked.depth += 1;
    // A sister that takes it many times over takes it all the same.
    let mut sisters = Asked::new(OneOf::Any);
    asked.answers.insert(state, Answer::Costly);
    let expansion = expand(&mut engine.space, state);
    let mut answer = if expansion.overflow { Answer::Costly } else { Answer::No };
    let inner = Lens { lists: None, ..lens };
    let others = if value.is_object() || lens.lists.is_none() { Vec::new() } else { spread(value, lens.lists) };
    let sent = lens.lists != Some(Lists::Repeated) || !value.as_array().is_some_and(Vec::is_empty);
    let forms = [value].into_iter().filter(|_| sent).chain(others.iter().skip(1));
    for (form, branch) in forms.flat_map(|form| expansion.branches.iter().map(move |branch| (form, branch))) {
        let lens = if form.is_object() { lens } else { inner };
        let mut one = one_accepts(engine, branch, form, lens, asked);
        if one != Answer::No && asked.one_of == OneOf::Exactly {
            for &sister in engine.space.sisters(branch).iter() {
                if one == Answer::No {
                    break;
                }
                let sister = engine.space.state(vec![sister]);
                one = one.and(state_accepts(engine, sister, form, lens, &mut sisters).not());
            }
        }
        answer = answer.or(one);
        if answer == Answer::Yes {
            break;
        }
    }
    asked.answers.insert(state, answer);
    asked.depth -= 1;
    answer
}

fn one_accepts(engine: &mut Engine<'_>, branch: &Branch<'_>, value: &Value, lens: Lens, asked: &mut Asked) -> Answer {
    let types = text::types(value);
    let composite = types.meets(Types::COMPOSITE);
    let weight = if composite { 64 } else { 64 + value.as_str().map_or(0, str::len) };
    if !engine.space.nodes.meter.work(weight) {
        return Answer::Costly;
    }
    // The text of a composite is long, and only lists of values ask for it.
    let plain = composite && branch.literals.is_none() && branch.denied.is_empty();
    let own = if plain { Answer::from(branch.types.meets(types)) } else { itself(engine, branch, value, types, lens) };
    if own == Answer::No {
        return own;
    }
    let excluded = excludes(engine, branch, value, lens, asked);
    if excluded == Answer::No {
        return excluded;
    }
    let parts = match value {
        Value::Array(items) => array(engine, branch, items, lens, asked.one_of),
        Value::Object(_) => object(engine, branch, value, lens, asked.one_of),
        Value::String(text) if branch.types.meets(Types::STRING) => formats(branch, text),
        Value::Number(_) => {
            let mut windows = branch.formats.iter().filter_map(|(name, _)| format::window(name));
            Answer::from(windows.all(|window| is_within(&window, value)))
        }
        Value::Null | Value::Bool(_) | Value::String(_) => Answer::Yes,
    };
    let opaque = branch.opaque.iter().any(|(key, _)| speaks_of(*key).meets(types));
    let answer = own.and(excluded).and(parts);
    if opaque || !branch.holes.is_empty() { answer.unsure() } else { answer }
}

/// Whether none of the schemas that a branch excludes admits the value.
fn excludes(engine: &mut Engine<'_>, branch: &Branch<'_>, value: &Value, lens: Lens, asked: &mut Asked) -> Answer {
    let mut out = Answer::Yes;
    for (schema, _) in &branch.excluded {
        let state = engine.space.state(vec![*schema]);
        out = out.and(state_accepts(engine, state, value, lens, asked).not());
    }
    out
}

/// Whether as many items as asked match what an array must contain.
fn contains(engine: &mut Engine<'_>, branch: &Branch<'_>, items: &[Value], lens: Lens, one_of: OneOf) -> Answer {
    let mut out = Answer::Yes;
    for (asked, _) in &branch.contains {
        let state = engine.space.state(vec![asked.schema]);
        let answers: Vec<Answer> = items.iter().map(|item| accepts(engine, state, item, lens, one_of)).collect();
        let sure = answers.iter().filter(|answer| **answer == Answer::Yes).count() as u64;
        let most = answers.iter().filter(|answer| **answer != Answer::No).count() as u64;
        let enough = if sure >= asked.least {
            Answer::Yes
        } else if most < asked.least {
            Answer::No
        } else {
            Answer::Open
        };
        let few = match asked.most {
            Some(limit) if sure > limit => Answer::No,
            Some(limit) if most > limit => Answer::Open,
            _ => Answer::Yes,
        };
        out = out.and(enough).and(few);
    }
    out
}

/// The value as a whole, its parts aside.
fn itself(engine: &Engine<'_>, branch: &Branch<'_>, value: &Value, types: Types, lens: Lens) -> Answer {
    let at = Loc { file: FileIx(0), node: NodeIx::ROOT };
    let literal = Literal { types, plain: text::plain(value).into(), at, meant: false };
    let answer = admits(&engine.space, branch, &text::canonical(value), &literal, lens);
    let listed = branch.literals.is_some() || !branch.types.meets(types);
    // Of a composite that no list names only its parts can say more.
    let parts = types.meets(Types::COMPOSITE) && !listed;
    if parts && answer != Answer::No { Answer::Yes } else { answer }
}

fn formats(branch: &Branch<'_>, text: &str) -> Answer {
    let relevant = branch.formats.iter().filter(|(name, _)| !format::is_hint(name));
    relevant.map(|(name, _)| format::admits(name, text)).fold(Answer::Yes, Answer::and)
}

/// True if a number lies within a format's least and greatest.
pub(super) fn is_within((low, high): &(Value, Value), value: &Value) -> bool {
    let number = |value: &Value| Decimal::parse(&value.to_string());
    match (number(value), number(low), number(high)) {
        (Some(n), Some(low), Some(high)) => n.compare(low).is_ge() && n.compare(high).is_le(),
        _ => true,
    }
}

fn counted(count: usize, low: Option<u64>, high: Option<u64>) -> bool {
    let count = count as u64;
    low.is_none_or(|low| count >= low) && high.is_none_or(|high| count <= high)
}

fn array(engine: &mut Engine<'_>, branch: &Branch<'_>, items: &[Value], lens: Lens, one_of: OneOf) -> Answer {
    let mut out =
        Answer::from(counted(items.len(), branch.min_items.map(|(n, _)| n), branch.max_items.map(|(n, _)| n)));
    if branch.unique.is_some() {
        let mut texts: Vec<String> = items.iter().map(text::canonical).collect();
        texts.sort_unstable();
        out = out.and(texts.windows(2).all(|pair| pair[0] != pair[1]).into());
    }
    out = out.and(contains(engine, branch, items, lens, one_of));
    for (place, item) in items.iter().enumerate() {
        if out == Answer::No {
            return out;
        }
        let ids = branch.items_at(place);
        let state = engine.space.state(ids);
        out = out.and(accepts(engine, state, item, lens, one_of));
    }
    out
}

fn object(engine: &mut Engine<'_>, branch: &Branch<'_>, value: &Value, lens: Lens, one_of: OneOf) -> Answer {
    let Some(members) = value.as_object() else { return Answer::No };
    let mut out = Answer::from(counted(
        members.len(),
        branch.min_properties.map(|(n, _)| n),
        branch.max_properties.map(|(n, _)| n),
    ));
    for name in branch.required.keys() {
        if !members.contains_key(*name) && !is_dropped(engine, branch, name, lens) {
            return Answer::No;
        }
    }
    for (name, member) in members {
        if out == Answer::No {
            return out;
        }
        let Some(ids) = member_ids(engine, branch, name) else { return Answer::No };
        for (schema, _) in &branch.names {
            let state = engine.space.state(vec![*schema]);
            out = out.and(accepts(engine, state, &Value::String(name.clone()), lens, one_of));
        }
        if drops(engine, &ids, lens) {
            continue;
        }
        let state = engine.space.state(ids);
        out = out.and(accepts(engine, state, member, lens, one_of));
    }
    out
}

/// The schemas that a member must satisfy; `None` where a layer forbids it.
pub(super) fn member_ids(engine: &Engine<'_>, branch: &Branch<'_>, name: &str) -> Option<Vec<SchemaId>> {
    let patterns: usize = branch.objects.iter().map(|layer| layer.patterns.len()).sum();
    if !engine.space.nodes.meter.work(2 * branch.objects.len() + 32 * patterns) {
        return None;
    }
    let mut out = Vec::new();
    for layer in &branch.objects {
        let before = out.len();
        out.extend(layer.properties.get(name));
        let matching = |pattern: &str| engine.space.patterns.matches(pattern, name) == Answer::Yes;
        out.extend(layer.patterns.iter().filter(|(pattern, _)| matching(pattern)).map(|(_, id)| *id));
        if out.len() == before {
            match layer.additional() {
                Additional::Absent | Additional::Presumed => {}
                Additional::Closed => return None,
                Additional::Written(id) => out.push(id),
            }
        }
    }
    Some(out)
}

/// True if the lens drops a member: it is neither sent nor required there.
pub(super) fn is_dropped(engine: &mut Engine<'_>, branch: &Branch<'_>, name: &str, lens: Lens) -> bool {
    if !lens.drop_read_only && !lens.drop_write_only {
        return false;
    }
    member_ids(engine, branch, name).is_some_and(|ids| drops(engine, &ids, lens))
}

/// True if the lens drops a member of these schemas.
fn drops(engine: &mut Engine<'_>, ids: &[SchemaId], lens: Lens) -> bool {
    (lens.drop_read_only || lens.drop_write_only)
        && ids.iter().any(|&id| {
            let (read_only, write_only) = engine.space.nodes.access(id);
            lens.drop_read_only && read_only || lens.drop_write_only && write_only
        })
}
