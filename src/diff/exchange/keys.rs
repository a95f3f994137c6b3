//! Messages about a key that a version spells as a member of an object.

use super::spot::Found;
use super::style;
use super::{Carried, Writer};
use crate::contract::{Location, Parameter, Place, Style};
use crate::schema::{Lens, Which};

impl<'c> Writer<'_, '_, 'c> {
    /// A parameter beside a key of an object: an object that may be left out asks for its keys only where it is sent.
    pub(super) fn beside<'f>(
        &self,
        found: &Found<'f, '_>,
        location: Location,
        name: &str,
    ) -> Option<(Location, &'f str)> {
        let head = self.operations.matching(Which::Head, &found.operation.key.matching())?;
        let listed = |parameter: &&Parameter| parameter.location == location && parameter.name == name;
        let others = || found.operation.parameters.iter().filter(|p| p.location == location && p.name != name);
        head.parameters
            .iter()
            .all(|parameter| !listed(&parameter))
            .then(others)?
            .next()
            .map(|p| (location, p.name.as_str()))
    }

    /// A key of an object that is asked for by its own name, in place of what the object would send under it.
    pub(super) fn key(
        &mut self,
        found: &Found<'c, '_>,
        carried: Carried<'_>,
        (query, cookies): (&mut Vec<String>, &mut Vec<String>),
    ) {
        let Some((location @ (Location::Query | Location::Cookie), name)) = carried.parameter else { return };
        let parameters = || found.operation.parameters.iter().filter(|parameter| parameter.location == location);
        if parameters().any(|parameter| parameter.name == name) {
            return;
        }
        let lens = Lens { text: true, flat: true, ..self.lenses[0] };
        let member = |holder: &Parameter| {
            let inner =
                name.strip_prefix(holder.name.as_str()).and_then(|rest| rest.strip_prefix('[')?.strip_suffix(']'));
            inner.unwrap_or(name).to_owned()
        };
        let made = || parameters().find_map(|p| self.prover.member(found.which, p.schema, &member(p), lens));
        let Some(value) = carried.payload.cloned().or_else(made) else { return };
        let pairs = if location == Location::Query { query } else { cookies };
        // An object that was left out asks for its other keys once one of them is sent.
        let holds = |p: &&Parameter| !p.required && self.prover.lists(found.which, p.schema, &member(p));
        if let Some(holder) = parameters().find(holds) {
            let others = self.parameter(found.which, holder, true);
            pairs.extend(style::pairs(&holder.name, &holder.style, &others, holder.allow_reserved));
        }
        let form = Style::written(None, None, Place::Query);
        let sent = style::pairs(name, &form, &value, false);
        pairs.retain(|pair| sent.iter().all(|sent| pair.split('=').next() != sent.split('=').next()));
        pairs.extend(sent);
    }
}
