//! `x-extensible-enum` as a list of its own: values that are known today, of a list that may grow. Beside `enum` it only says
//! that the values of that may grow.

use super::Differ;
use super::draft::Draft;
use crate::contract::{Action, Contract, Facet, Scope};
use crate::schema::{Note, canonical};
use crate::spec::{Key, Kind, Loc};

/// What became of an open list, and of each of its values.
pub(super) fn facts(differ: &mut Differ<'_>, note: Note, blank: &Draft) -> Vec<Draft> {
    let closed = [(differ.base, note.base), (differ.head, note.head)]
        .iter()
        .any(|(contract, at)| [Key::ENUM, Key::CONST].iter().any(|&key| contract.document.get(*at, key).is_some()));
    if closed {
        return Vec::new();
    }
    let whole = |action| Draft { facet: Facet::OpenEnum, action, ..blank.clone() };
    let (was, is) = match (values(differ.base, note.base), values(differ.head, note.head)) {
        (Some(was), Some(is)) => (was, is),
        (Some(was), None) => return vec![whole(Action::Removed).code("from", was.join(", "))],
        (None, Some(is)) => return vec![whole(Action::Added).code("to", is.join(", "))],
        (None, None) => return Vec::new(),
    };
    let one = |value: &String, action| {
        let mut draft = Draft { facet: Facet::OpenEnumValue, action, ..blank.clone() };
        // Of a new value sent there is one thing to say, however the list is spelt.
        if action == Action::Added && blank.scope == Scope::Response {
            draft.facet = Facet::EnumValue;
            draft.traits.extensible_enum = true;
        }
        draft.subject(value.clone()).code("value", value.clone())
    };
    let gone = was.iter().filter(|value| !is.contains(value)).map(|value| one(value, Action::Removed));
    let new = is.iter().filter(|value| !was.contains(value)).map(|value| one(value, Action::Added));
    gone.chain(new).collect()
}

/// The values of the list, texts without their quotes; `None` where there is no list.
fn values(contract: &Contract, at: Loc) -> Option<Vec<String>> {
    let document = &contract.document;
    let list = document.get(at, Key::X_EXTENSIBLE_ENUM).filter(|&list| document.kind(list) == Kind::Array)?;
    let value = |at: Loc| {
        let mut out = String::new();
        match document.kind(at) {
            Kind::String => document.text(at).clone_into(&mut out),
            Kind::Null | Kind::False | Kind::True | Kind::Number | Kind::Array | Kind::Object => {
                canonical(document, at, &mut out);
            }
        }
        out
    };
    Some(document.children(list).map(value).collect())
}
