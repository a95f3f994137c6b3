//! Headers of the parts of a multipart body (Encoding Object, `headers`).

use super::bodies::Part;
use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use super::site::{Site, Way};
use super::unread::{Sight, sight};
use super::{Differ, Question, annotations, scope};
use crate::contract::{Action, Encoding, Facet, Grade, Header, Run};
use crate::text::Arg;

pub(super) fn compare<'c>(
    differ: &mut Differ<'c>,
    pair: Pair<'c>,
    part: Part<'_>,
    (address, name): (&Address, &str),
    sides: [Option<&'c Encoding>; 2],
) {
    let [olds, news] = sides.map(|side| side.map_or(&[] as &[Header], |encoding| &encoding.headers));
    let same = |one: &Header, other: &Header| one.name.eq_ignore_ascii_case(&other.name);
    let at = |header: &Header| {
        let path = format!("header:{}", header.name);
        Address { spot: Some(part.spot.clone()), ..address.clone().with(&format!(":{name}:{path}"), &path) }
    };
    let fact = |action, header: &Header, nodes: [Option<&Header>; 2]| {
        Draft::new(Facet::Header, action, scope(part.side), at(header))
            .code("header", header.name.clone())
            .code("place", name)
            .at(nodes[0].map(|header| header.at), nodes[1].map(|header| header.at))
            .used([pair.part(part.spot.clone())])
    };
    for old in olds {
        let Some(new) = news.iter().find(|new| same(old, new)) else {
            let draft = fact(Action::Removed, old, [Some(old), None]).lost(Run::Forward, Grade::Unlisted).lost_if(
                old.required,
                Run::Backward,
                Grade::Shape,
            );
            differ.drafts.push(draft);
            continue;
        };
        if sight(old.unread.as_ref(), new.unread.as_ref()) != Sight::Clear {
            continue;
        }
        if old.required != new.required {
            let action = if new.required { Action::Required } else { Action::Optional };
            let run = if new.required { Run::Forward } else { Run::Backward };
            differ.drafts.push(fact(action, old, [Some(old), Some(new)]).lost(run, Grade::Shape));
        }
        annotations::said(differ, pair, (old.at, new.at), (&at(old), &Arg::Code(old.name.clone())), part.spot);
        let way = Way { around: Some(part.site), own: Site::from((old, new)) };
        let question = Question {
            base: old.schema,
            head: new.schema,
            site: old.at,
            way,
            side: part.side,
            text: old.media.is_none(),
            flat: true,
        };
        differ.ask(question, pair.part(part.spot.clone()));
    }
    for new in news.iter().filter(|new| !olds.iter().any(|old| same(old, new))) {
        let draft = fact(Action::Added, new, [None, Some(new)])
            .lost_if(new.required, Run::Forward, Grade::Shape)
            .lost(Run::Backward, Grade::Unlisted);
        differ.drafts.push(draft);
    }
}
