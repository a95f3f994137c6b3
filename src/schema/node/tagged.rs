//! What the discriminator beside a union asks of each of its members: the tag that selects it.
//!
//! Decoders go by the tag, so a value belongs to one member, however much of it the others would take. Only tags that both
//! versions know are asked for. A member that none of them selects holds other tags: a component that was renamed keeps its
//! values, and who compares the tables says that its name changed.

use std::rc::Rc;

use super::literal::{Literal, Literals, quoted};
use super::nodes::{Nodes, SchemaId, Which};
use super::types::Types;
use crate::contract::SchemaAt;
use crate::spec::Key;

impl Nodes<'_> {
    /// The schema of the tag that selects a member of a union, where a discriminator stands beside it.
    pub(in crate::schema) fn tag_of(&mut self, owner: SchemaId, member: SchemaId) -> Option<SchemaId> {
        let ((which, SchemaAt::Node(at)), (_, SchemaAt::Node(target))) = (self.place(owner), self.place(member)) else {
            return None;
        };
        let other = self.contract(if which == Which::Base { Which::Head } else { Which::Base });
        let tags = self.contract(which).tags(at).filter(|tags| tags.union)?;
        let list = |texts: Vec<&str>| -> Rc<Literals> {
            let one = |text: &str| {
                let value = Literal { types: Types::STRING, plain: Box::from(text), at, meant: false };
                (quoted(text).into_boxed_str(), value)
            };
            Rc::new(texts.into_iter().map(one).collect())
        };
        let known = |text: &&str| other.knows_tag(&tags.property, text);
        let common: Vec<&str> = tags.list.iter().map(|tag| tag.text.as_str()).filter(known).collect();
        let own: Vec<&str> = tags.of(target).filter(known).collect();
        if common.is_empty() || own.is_empty() && tags.of(target).next().is_none() {
            return None;
        }
        let (selecting, values) = if own.is_empty() { (false, list(common)) } else { (true, list(own)) };
        let value = self.meaning((owner, Key::DISCRIMINATOR, 2 * member.0), |reading| {
            if selecting {
                reading.literals = Some(values);
            } else {
                reading.denied = Some(values);
            }
        });
        Some(self.meaning((owner, Key::DISCRIMINATOR, 2 * member.0 + 1), |reading| {
            reading.properties.insert(&tags.property, value);
        }))
    }

    /// True of a schema that [`Self::tag_of`] made.
    pub(in crate::schema) fn is_tag(&self, id: SchemaId) -> bool {
        self.meaning_of(id).is_some_and(|(_, key, _)| key == Key::DISCRIMINATOR)
    }
}
