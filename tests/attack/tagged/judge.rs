//! Which schema a tag selects, by rules of the judge's own (OpenAPI 3.x, Discriminator Object), and whether it takes a value.

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::grammar::{Place, Union, inner};

/// One version: the schema of each tag, and the union as JSON Schema reads it.
pub(super) struct Side {
    pub(super) union: Union,
    /// Tag, index of the variant.
    table: Vec<(String, usize)>,
    variants: Vec<Validator>,
    plain: Validator,
}

impl Side {
    /// `None` where the outside validator cannot read a schema.
    pub(super) fn new(union: Union) -> Option<Self> {
        let build = |schema: &Value| {
            let root = json!({"$ref": "#/$defs/root", "$defs": definitions(&union, schema)});
            let root: Value =
                serde_json::from_str(&root.to_string().replace("#/components/schemas/", "#/$defs/")).ok()?;
            jsonschema::draft202012::options().should_validate_formats(false).build(&root).ok()
        };
        let variants =
            union.variants.iter().map(|variant| build(&union.schema_of(variant))).collect::<Option<Vec<_>>>()?;
        let plain = build(&union.root())?;
        Some(Self { table: table(&union), variants, plain, union })
    }

    /// All tags that select something.
    pub(super) fn tags(&self) -> impl Iterator<Item = &String> {
        self.table.iter().map(|(tag, _)| tag)
    }

    /// Whether the version takes a payload.
    pub(super) fn takes(&self, payload: &Value) -> bool {
        match self.union.place {
            Place::Root => self.takes_one(payload),
            Place::Member => payload.get("pet").is_some_and(|value| self.takes_one(value)),
            Place::Items => payload.as_array().is_some_and(|items| items.iter().all(|item| self.takes_one(item))),
        }
    }

    /// Whether the version may send a payload. What a value without a tag means where a discriminator asks for one is undefined
    /// (OpenAPI 3.1.1, Discriminator Object), so nobody sends it.
    pub(super) fn sends(&self, payload: &Value) -> bool {
        let tagged = self.union.property.is_none() || self.tag(inner(payload, self.union.place)).is_some();
        tagged && self.takes(payload)
    }

    fn takes_one(&self, value: &Value) -> bool {
        match self.tag(value) {
            Some(tag) => self.selected(tag).is_some_and(|at| self.variants[at].is_valid(value)),
            None => self.plain.is_valid(value),
        }
    }

    /// The tag of a value; `None` where nothing says that it has one.
    fn tag<'v>(&self, value: &'v Value) -> Option<&'v str> {
        self.union.property.as_ref().and_then(|property| value.get(property)?.as_str())
    }

    fn selected(&self, tag: &str) -> Option<usize> {
        self.table.iter().find(|(known, _)| known == tag).map(|(_, at)| *at)
    }

    /// Whether a value has only members that a schema it is meant for mentions.
    pub(super) fn is_declared(&self, value: &Value) -> bool {
        let names = |at: usize| -> Vec<&str> {
            let own = self.union.variants[at].members.iter().map(|member| member.name.as_str());
            own.chain(self.union.property.as_deref()).collect()
        };
        let within =
            |at: usize| value.as_object().is_some_and(|all| all.keys().all(|n| names(at).contains(&n.as_str())));
        match self.tag(value).and_then(|tag| self.selected(tag)) {
            Some(at) => within(at),
            None => (0..self.variants.len()).any(|at| within(at) && self.variants[at].is_valid(value)),
        }
    }
}

/// The rows of the mapping, then the names of the components that it does not lead to.
fn table(union: &Union) -> Vec<(String, usize)> {
    let at = |name: &str| union.variants.iter().position(|variant| variant.name == name);
    let mapped = union.mapping.iter().filter_map(|(tag, target)| Some((tag.clone(), at(target)?)));
    let mut out: Vec<(String, usize)> = mapped.collect();
    for (ix, variant) in union.variants.iter().enumerate() {
        let told = out.iter().any(|(tag, target)| *target == ix || *tag == variant.name);
        if !told {
            out.push((variant.name.clone(), ix));
        }
    }
    out
}

fn definitions(union: &Union, root: &Value) -> Map<String, Value> {
    let mut out = union.components();
    out.insert("root".to_owned(), root.clone());
    out
}
