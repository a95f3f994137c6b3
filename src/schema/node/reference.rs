//! What a reference leads to, and what says nothing.

use super::keyword;
use crate::contract::{Contract, Dialect, SchemaAt};
use crate::spec::{Key, Kind, Loc, Target};

/// True of `nullable: true`. Beside a reference 3.0 ignores it, yet whoever writes it there means null, and says so in
/// the upgrade to 3.1 (`oneOf: [$ref, {type: null}]`): read as meant, the upgrade is no change.
fn is_nullable(contract: &Contract, key: Key, at: Loc) -> bool {
    matches!(key, Key::NULLABLE | Key::X_NULLABLE) && contract.document.kind(at) == Kind::True
}

/// True of a member of a union that says `nullable: true` and nothing else: whoever writes it means "or null", as the upgrade to
/// 3.1 spells it. The standard would have it take any value.
pub(in crate::schema) fn means_null(contract: &Contract, at: Loc) -> bool {
    let document = &contract.document;
    let told: Vec<(Key, Loc)> = document
        .children(at)
        .map(|child| (document.file(child.file).key(child.node), child))
        .filter(|(key, _)| matches!(*key, Key::NULLABLE | Key::X_NULLABLE) || !keyword::is_annotation(*key))
        .collect();
    contract.dialect != Dialect::V31
        && document.kind(at) == Kind::Object
        && matches!(told.as_slice(), [(key, child)] if is_nullable(contract, *key, *child))
}

/// Follows references that say nothing beside themselves: siblings are ignored before 3.1 (OpenAPI 3.0, Reference
/// Object), and annotations change no set.
pub(in crate::schema) fn follow(contract: &Contract, mut at: Loc) -> SchemaAt {
    let document = &contract.document;
    for _ in 0..64 {
        let Some(target) = document.target(at) else { return SchemaAt::Node(at) };
        let alone = document.draft(at).ignores_siblings();
        let bare = document.children(at).all(|child| {
            let key = document.file(child.file).key(child.node);
            match contract.dialect {
                Dialect::V31 => alone || key == Key::REF || keyword::is_annotation(key),
                Dialect::V20 | Dialect::V30 => !is_nullable(contract, key, child),
            }
        });
        if !bare {
            return SchemaAt::Node(at);
        }
        match target {
            Target::At(next) => at = next,
            Target::Missing(problem) => return SchemaAt::Hole(u32::try_from(problem).unwrap_or(u32::MAX)),
        }
    }
    // A reference cycle without anything else admits nothing that could be said.
    SchemaAt::Hole(u32::MAX)
}

/// True of the schemas `true` and `{}`, which say nothing.
pub(in crate::schema) fn says_nothing(contract: &Contract, at: Loc) -> bool {
    let document = &contract.document;
    match document.kind(at) {
        Kind::True => true,
        Kind::Object => document.children(at).all(|child| {
            let key = document.file(child.file).key(child.node);
            keyword::is_annotation(key)
        }),
        Kind::Null | Kind::False | Kind::Number | Kind::String | Kind::Array => false,
    }
}
