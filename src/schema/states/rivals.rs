//! Members of `oneOf` that may take each other's values: exactly one must take a value (JSON Schema 2020-12, Core 10.2.1.3).

use std::rc::Rc;

use super::branch::Branch;
use super::expand::expand;
use super::space::Space;
use crate::schema::node::{Additional, SchemaId, Types};

impl<'c> Space<'c> {
    /// The other members of the `oneOf` lists that a branch took a member of, where no discriminator selects it; the member
    /// itself where a list repeats it.
    pub(in crate::schema) fn sisters(&mut self, branch: &Branch<'_>) -> Rc<[SchemaId]> {
        if branch.choices.is_empty() {
            return Rc::from([]);
        }
        if let Some(known) = self.sisters.get(&branch.id) {
            return Rc::clone(known);
        }
        let mut out: Vec<SchemaId> = branch.choices.iter().flat_map(|&choice| self.beside(choice)).collect();
        out.sort_unstable();
        out.dedup();
        let out: Rc<[SchemaId]> = out.into();
        self.sisters.insert(branch.id, Rc::clone(&out));
        out
    }

    fn beside(&mut self, (owner, taken): (SchemaId, SchemaId)) -> Vec<SchemaId> {
        let loc = self.nodes.loc(owner);
        if loc.is_some_and(|(which, at)| self.nodes.contract(which).tags(at).is_some()) {
            return Vec::new(); // a tag says which one is meant
        }
        let reading = self.nodes.reading(owner);
        let mut lists = reading.unions.iter().filter(|union| union.exclusive && union.members.contains(&taken));
        let Some(union) = lists.next() else { return Vec::new() };
        let own = union.members.iter().position(|&member| member == taken);
        union.members.iter().enumerate().filter(|(at, _)| Some(*at) != own).map(|(_, &member)| member).collect()
    }

    /// Those sisters of a branch that nothing tells apart at a glance, neither type nor member.
    pub(in crate::schema) fn rivals(&mut self, branch: &Branch<'c>) -> Rc<[SchemaId]> {
        if branch.choices.is_empty() {
            return Rc::from([]);
        }
        if let Some(known) = self.rivals.get(&branch.id) {
            return Rc::clone(known);
        }
        let sisters = self.sisters(branch);
        let out: Vec<SchemaId> = sisters.iter().copied().filter(|&sister| !self.is_apart(branch, sister)).collect();
        let out: Rc<[SchemaId]> = out.into();
        self.rivals.insert(branch.id, Rc::clone(&out));
        out
    }

    /// The `oneOf` list in which a schema is a rival of a branch, by its owner, and the rivals of the branch in lists within the
    /// member that it took there.
    pub(in crate::schema) fn rivals_within(
        &mut self,
        branch: &Branch<'c>,
        rival: SchemaId,
    ) -> Option<(SchemaId, Vec<SchemaId>)> {
        let mut levels = branch.choices.iter();
        let (list, _) = *levels.by_ref().find(|&&choice| self.beside(choice).contains(&rival))?;
        let deeper: Vec<SchemaId> = levels.flat_map(|&choice| self.beside(choice)).collect();
        let rivals = self.rivals(branch);
        Some((list, rivals.iter().copied().filter(|rival| deeper.contains(rival)).collect()))
    }

    /// True if no value of a branch is one of a schema, by type, by a required member with other values, or by one that is
    /// shut out.
    fn is_apart(&mut self, branch: &Branch<'c>, schema: SchemaId) -> bool {
        let state = self.state(vec![schema]);
        let expansion = expand(self, state);
        !expansion.overflow
            && expansion.branches.iter().all(|other| {
                let shared = branch.types.and(other.types);
                shared.is_empty()
                    || shared == Types::OBJECT && self.is_told_apart(branch, other)
                    || !shared.meets(Types::COMPOSITE) && are_formats_apart(branch, other)
            })
    }

    fn is_told_apart(&mut self, one: &Branch<'c>, other: &Branch<'c>) -> bool {
        let closed = |branch: &Branch<'c>, name: &str| {
            branch.objects.iter().any(|layer| {
                let open = layer.patterns.is_empty() && !layer.properties.contains_key(name);
                open && layer.additional() == Additional::Closed
            })
        };
        let shut = |of: &Branch<'c>, by: &Branch<'c>| of.required.keys().any(|name| closed(by, name));
        if shut(one, other) || shut(other, one) {
            return true;
        }
        let names: Vec<&'c str> =
            one.required.keys().filter(|name| other.required.contains_key(*name)).copied().collect();
        names.into_iter().any(|name| match (self.tags(one, name), self.tags(other, name)) {
            (Some(own), Some(others)) => !own.iter().any(|text| others.contains(text)),
            _ => false,
        })
    }

    /// The values of a member that has a list of them.
    pub(in crate::schema) fn tags(&mut self, branch: &Branch<'c>, name: &str) -> Option<Vec<Box<str>>> {
        let members = branch.objects.iter().filter_map(|layer| layer.properties.get(name).copied()).collect();
        let state = self.state(members);
        let expansion = expand(self, state);
        let mut out = Vec::new();
        for one in expansion.branches.iter().filter(|_| !expansion.overflow) {
            out.extend(one.literals.as_ref()?.0.keys().cloned());
        }
        (!expansion.overflow).then_some(out)
    }
}

/// Both have a format, and not the same: whoever wrote them means two kinds of values, though formats are no assertions.
fn are_formats_apart(one: &Branch<'_>, other: &Branch<'_>) -> bool {
    let formats = |branch: &Branch<'_>| branch.formats.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>();
    let (one, other) = (formats(one), formats(other));
    !one.is_empty() && !other.is_empty() && one != other
}
