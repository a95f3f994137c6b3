//! Which unresolved references operations need: those in the parts of operations, and those in schemas they lead to.

use rustc_hash::FxHashSet;

use super::keyword::{Role, role};
use crate::contract::{Contract, Dialect, Media, Operation, SchemaAt};
use crate::spec::{Key, Kind, Loc, Target, Weight};

/// The indices in [`Contract::problems`] of the holes that operations reach, sorted. Costs nothing where the document
/// has no hole; otherwise each node is visited once.
pub fn reached_holes(contract: &Contract) -> Vec<usize> {
    let mut reached = contract.holes.clone();
    if contract.document.problems.iter().any(|problem| problem.weight == Weight::Hole) {
        let mut walk = Walk { contract, seen: FxHashSet::default(), open: Vec::new(), reached };
        contract.operations.iter().for_each(|operation| walk.operation(operation));
        reached = walk.reached;
    }
    reached.sort_unstable();
    reached.dedup();
    reached
}

struct Walk<'c> {
    contract: &'c Contract,
    seen: FxHashSet<Loc>,
    open: Vec<Loc>,
    reached: Vec<usize>,
}

impl Walk<'_> {
    fn operation(&mut self, operation: &Operation) {
        operation.parameters.iter().for_each(|parameter| self.schema(parameter.schema));
        operation.body.iter().flat_map(|body| &body.media).for_each(|media| self.media(media));
        for response in &operation.responses {
            response.media.iter().for_each(|media| self.media(media));
            response.headers.iter().for_each(|header| self.schema(header.schema));
        }
        while let Some(at) = self.open.pop() {
            self.node(at);
        }
    }

    fn media(&mut self, media: &Media) {
        media.schema.iter().chain(&media.item_schema).for_each(|&schema| self.schema(schema));
    }

    fn schema(&mut self, at: SchemaAt) {
        match at {
            SchemaAt::Node(at) => self.visit(at),
            SchemaAt::Made(made) => {
                let members = self.contract.made.get(made as usize).map_or(&[][..], |made| &made.members);
                for &(_, at, _) in members {
                    self.visit(at);
                }
            }
            SchemaAt::Hole(problem) => self.reached.push(problem as usize),
            SchemaAt::Any => {}
        }
    }

    fn visit(&mut self, at: Loc) {
        if self.seen.insert(at) {
            self.open.push(at);
        }
    }

    fn node(&mut self, at: Loc) {
        let document = &self.contract.document;
        match document.target(at) {
            Some(Target::At(next)) => self.visit(next),
            Some(Target::Missing(problem)) => self.reached.push(problem),
            None => {}
        }
        // Before 3.1 the siblings of a reference mean nothing.
        if self.contract.dialect != Dialect::V31 && document.target(at).is_some() {
            return;
        }
        if document.kind(at) != Kind::Object {
            return;
        }
        for part in document.children(at) {
            match role(document.file(part.file).key(part.node)) {
                Role::Schema => self.visit(part),
                // Nobody may refer to a map of schemas, and some do.
                Role::Schemas | Role::Map => match document.follow(part) {
                    Ok(part) => document.children(part).for_each(|inner| self.visit(inner)),
                    Err(problem) => self.reached.push(problem),
                },
                Role::Mixed => self.mixed(part),
                Role::Annotation | Role::Value | Role::Set => {}
            }
        }
    }

    /// `items` is a schema or a list of them, `dependencies` holds schemas by name.
    fn mixed(&mut self, part: Loc) {
        let document = &self.contract.document;
        let by_name = document.file(part.file).key(part.node) == Key::DEPENDENCIES;
        if by_name || document.kind(part) == Kind::Array {
            document.children(part).for_each(|inner| self.visit(inner));
        } else {
            self.visit(part);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::contract::read;
    use crate::source::Single;
    use crate::spec::{Limits, ParseCache, load};

    /// The lines of the holes that the one schema of a body reaches, which stands in line 10.
    fn lines(version: &str, schema: &str, rest: &str) -> Vec<usize> {
        let text = format!(
            "openapi: {version}\ninfo: {{title: A, version: '1'}}\npaths:\n  /a:\n    post:\n      requestBody:\n        \
             content:\n          a/b:\n            schema:\n              {schema}\n      responses: {{}}\n{rest}"
        );
        let document =
            load(&Single::new("a.yaml", text.into_bytes()), "a.yaml", &mut ParseCache::default(), &Limits::default());
        let contract = read(Arc::new(document.unwrap()));
        reached_holes(&contract).into_iter().map(|index| contract.problems[index].line).collect()
    }

    #[test]
    fn holes_are_found_under_every_keyword() {
        let hole = "{$ref: '#/nowhere'}";
        assert_eq!(lines("3.1.0", hole, ""), [10]);
        for schema in [
            format!("{{properties: {{x: {hole}}}}}"),
            format!("{{items: {hole}}}"),
            format!("{{prefixItems: [{hole}]}}"),
            format!("{{allOf: [{{type: string}}, {{not: {hole}}}]}}"),
            format!("{{additionalProperties: {{anyOf: [{hole}]}}}}"),
            format!("{{dependentSchemas: {{x: {hole}}}}}"),
            format!("{{if: {{}}, then: {hole}}}"),
        ] {
            assert_eq!(lines("3.1.0", &schema, ""), [10], "{schema}");
        }
    }

    #[test]
    fn what_no_operation_needs_is_not_reached() {
        let rest = "components:\n  schemas:\n    a: {items: {$ref: '#/components/schemas/a'}, not: {$ref: '#/components/schemas/b'}}\n    \
                    b: {type: string}\n    c: {$ref: '#/nowhere'}\n";
        assert_eq!(lines("3.0.3", "{$ref: '#/components/schemas/a'}", rest), [0; 0]);
        let rest = rest.replace("{type: string}", "{$ref: '#/components/schemas/c'}");
        assert_eq!(lines("3.0.3", "{$ref: '#/components/schemas/a'}", &rest), [16]);
        assert_eq!(lines("3.0.3", "{default: {$ref: '#/nowhere'}}", ""), [0; 0]);
        assert_eq!(
            lines(
                "3.0.3",
                "{$ref: '#/components/schemas/b', not: {$ref: '#/nowhere'}}",
                "components: {schemas: {b: {}}}\n"
            ),
            [0; 0]
        );
    }
}
