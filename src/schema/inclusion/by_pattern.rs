//! Local differences of the members of objects that only patterns name (`patternProperties`).

use super::difference::{Child, Local, Step, What};
use super::engine::Engine;
use crate::contract::{Facet, Grade};
use crate::schema::node::{Additional, Answer, SchemaId};
use crate::schema::states::{Branch, StateId};

/// Steps that a question about two patterns costs, whatever it finds.
const PAIR: usize = 400;

/// Members by pattern, a sample name standing for each pattern that only one side has. True if the sub side has some.
pub(in crate::schema) fn patterns<'c>(
    engine: &mut Engine<'c>,
    sub: &Branch<'c>,
    sup: &Branch<'c>,
    invited: Option<StateId>,
    out: &mut Local<'c>,
) -> bool {
    let list = |branch: &Branch<'c>| -> Vec<(&'c str, SchemaId, SchemaId)> {
        let layers = branch.objects.iter();
        layers.flat_map(|layer| layer.patterns.iter().map(|&(pattern, id)| (pattern, id, layer.id))).collect()
    };
    let (known, asked) = (list(sub), list(sup));
    if !engine.space.nodes.meter.work(known.len() * (known.len() + asked.len()) * PAIR) {
        out.lose(What::Opaque(crate::spec::Key::PATTERN_PROPERTIES), Grade::Undecided, None, None);
        return true;
    }
    for &(pattern, id, layer) in &known {
        let same = asked.iter().any(|(other, ..)| *other == pattern);
        if !same && engine.space.patterns.sample(pattern).is_none() {
            out.lose(What::Opaque(crate::spec::Key::PATTERN_PROPERTIES), Grade::Undecided, None, None);
            continue;
        }
        let mut counterpart: Vec<SchemaId> = Vec::new();
        let mut refused: Option<(Grade, SchemaId)> = None;
        let mut told = false;
        for layer in &sup.objects {
            let (mut shared, mut covered) = (false, false);
            for &(other, id) in &layer.patterns {
                // A name may match both this pattern and another one of the sup side, which then speaks of it too.
                let own = other != pattern && known.iter().any(|(own, ..)| *own == other);
                if other == pattern || engine.space.patterns.disjoint(&[pattern, other]) != Answer::Yes {
                    covered |= other == pattern || engine.space.patterns.within(&[pattern], other) == Answer::Yes;
                    (shared, told) = (true, true);
                    counterpart.extend((!own).then_some(id));
                }
            }
            match layer.additional() {
                Additional::Written(id) if !covered => {
                    told |= !engine.space.nodes.admits_all(id);
                    counterpart.push(id);
                }
                // Several patterns together may still take every name.
                Additional::Closed if !covered => {
                    refused = refused.max(Some((if shared { Grade::Undecided } else { Grade::Value }, layer.id)));
                }
                Additional::Written(_) | Additional::Closed | Additional::Absent | Additional::Presumed => {}
            }
        }
        match refused {
            Some((grade, owner)) => out.lose(What::Of(Facet::AdditionalProperties), grade, None, Some(owner)),
            None if !told => out.lose(What::Member(pattern), Grade::Unlisted, Some(layer), None),
            None => super::arrays::part(engine, Step::Pattern(pattern), vec![id], counterpart, out),
        }
    }
    for &(pattern, id, _) in asked.iter().filter(|(pattern, ..)| !known.iter().any(|(other, ..)| other == pattern)) {
        if let Some(sub) = invited {
            let sup = engine.space.state(vec![id]);
            out.children.push(Child { step: Step::Pattern(pattern), sub, sup, instead: None });
        }
    }
    !known.is_empty()
}
