//! How members of a form body are written: compared where both versions have the member.

use super::bodies::{Part, address};
use super::draft::Draft;
use super::operations::Pair;
use super::place::Address;
use super::{Differ, scope};
use crate::contract::{Action, Encoding, Facet, Media, SchemaAt};
use crate::schema::{Types, Which};
use crate::text::Arg;

pub(super) fn compare<'c>(differ: &mut Differ<'c>, pair: Pair<'c>, part: Part<'_>, old: &'c Media, new: &'c Media) {
    let mut names: Vec<&str> =
        old.encoding.iter().chain(&new.encoding).map(|encoding| encoding.property.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let (Some(base), Some(head)) = (old.schema, new.schema) else { return };
    for name in names {
        let (Some(was_default), Some(is_default)) =
            (differ.default_content(Which::Base, base, name), differ.default_content(Which::Head, head, name))
        else {
            continue;
        };
        let find = |media: &'c Media| media.encoding.iter().find(|encoding| encoding.property == name);
        let (was, is) = (find(old), find(new));
        let text = |encoding: Option<&Encoding>, default: &str| encoding.map_or(default, |e| &e.text).to_owned();
        let (from, to) = (text(was, was_default), text(is, is_default));
        let parts = |text: &str| -> Vec<String> { text.split([',', '|']).map(|part| part.trim().to_owned()).collect() };
        let (mut olds, mut news) = (parts(&from), parts(&to));
        olds.sort_unstable();
        news.sort_unstable();
        if olds == news {
            continue;
        }
        // Content types only: a longer list takes all that the shorter one took.
        let types = olds.iter().chain(&news).all(|part| part.contains('/'));
        let wider = types && olds.iter().all(|part| news.contains(part));
        let action = if wider { Action::Widened } else { Action::Replaced };
        let address = address(differ, pair, part).with(&format!(":{}", old.range), "");
        let draft =
            Draft::new(Facet::Encoding, action, scope(part.side), Address { spot: Some(part.spot.clone()), ..address })
                .subject(name)
                .values(&from, &to)
                .code("media_type", old.range.clone())
                .code("property", name)
                .arg("place", Arg::Spot { path: String::new(), spot: part.spot.clone() })
                .at(Some(was.map_or(old.at, |e| e.at)), Some(is.map_or(new.at, |e| e.at)))
                .used([pair.part(part.spot.clone())]);
        differ.drafts.push(draft);
    }
}

impl Differ<'_> {
    /// The content type of a member where none is written (OpenAPI 3.x, Encoding Object); `None` if the schema does
    /// not have the member.
    fn default_content(&mut self, which: Which, schema: SchemaAt, name: &str) -> Option<&'static str> {
        let expansion = self.expansion(which, schema);
        let member = expansion.member(name)?;
        let expansion = self.engine.expansion(member);
        Some(match expansion.types() {
            _ if expansion.may_be_bytes() => "application/octet-stream",
            types if types.meets(Types::OBJECT) => "application/json",
            _ => "text/plain",
        })
    }
}
