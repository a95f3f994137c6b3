//! What travels alike is one contract: every spelling of a parameter, header or form field that gives the same text, by
//! the table of styles itself, and single keys beside the objects that spell them.

use preavis::contract::{Place, Row, STYLES, Style};

use super::noise;
use crate::harness::contract;

/// A document with one operation that takes these parameters and answers with this header, as JSON.
fn document(version: &str, path: &str, parameters: &str, header: &str) -> String {
    let root = if version == "2.0" { "swagger: '2.0'".to_owned() } else { format!("openapi: {version}") };
    let headers = if header.is_empty() { String::new() } else { format!(", headers: {{X-Ids: {header}}}") };
    let schemas = "Paging: {type: object, properties: {page: {type: integer}, size: {type: integer}, sort: {type: array, items: {type: string}}}}";
    let shared = if version == "2.0" { "" } else { "components: {schemas: {SCHEMAS}}\n" };
    format!(
        "{root}\ninfo: {{title: Shelf, version: '1'}}\npaths:\n  {path}:\n    post:\n      parameters: [{parameters}]\n      \
         responses: {{'200': {{description: Ok{headers}}}}}\n{}",
        shared.replace("SCHEMAS", schemas)
    )
}

/// What is found between two documents, in both directions.
fn between(one: &str, other: &str) -> Vec<String> {
    noise(&contract(one), &contract(other))
}

/// A parameter or response header of 3.x in a style.
fn spelled(row: &Row, place: Place, schema: &str) -> String {
    let style = format!("style: {}, explode: {}, schema: {schema}", row.style, row.explode);
    let (location, path) = match place {
        Place::Query => ("query", "/ids"),
        Place::Path => ("path", "'/ids/{ids}'"),
        Place::Header => ("header", "/ids"),
        Place::Cookie => ("cookie", "/ids"),
        Place::Form => unreachable!("forms have encodings"),
    };
    let header = if place == Place::Header { format!("{{{style}}}") } else { String::new() };
    document("3.2.0", path, &format!("{{name: ids, in: {location}, required: true, {style}}}"), &header)
}

#[test]
fn styles_are_one_contract_where_they_write_the_same_text() {
    let kinds = [
        ("{type: integer}", false, false),
        ("{type: array, items: {type: integer}}", true, false),
        ("{type: object, properties: {a: {type: string}}}", false, true),
    ];
    for place in [Place::Query, Place::Path, Place::Header, Place::Cookie] {
        let rows: Vec<&Row> = STYLES.iter().filter(|row| row.places.contains(&place)).collect();
        for (schema, list, object) in kinds {
            let word = |row: &Row| Style::written(Some(row.style), Some(row.explode), place).word(list, object);
            for one in &rows {
                for other in &rows {
                    let found = between(&spelled(one, place, schema), &spelled(other, place, schema));
                    let alike = word(one) == word(other);
                    assert_eq!(found.is_empty(), alike, "{place:?} {schema}: {one:?} and {other:?} give {found:#?}");
                }
            }
        }
    }
}

#[test]
fn what_is_not_written_is_the_default_of_the_place() {
    for (location, style, explode) in
        [("query", "form", true), ("cookie", "form", true), ("header", "simple", false), ("path", "simple", false)]
    {
        let path = if location == "path" { "'/ids/{ids}'" } else { "/ids" };
        for schema in
            ["{type: string}", "{type: array, items: {type: string}}", "{$ref: '#/components/schemas/Paging'}"]
        {
            let bare = format!("name: ids, in: {location}, required: true, schema: {schema}");
            let full = format!("{{{bare}, style: {style}, explode: {explode}}}");
            let documents = [format!("{{{bare}}}"), full].map(|text| document("3.0.3", path, &text, ""));
            assert_eq!(between(&documents[0], &documents[1]), Vec::<String>::new(), "{location} {schema}");
        }
    }
}

#[test]
fn a_collection_of_2_0_is_the_style_that_it_became() {
    let places = [("query", Place::Query), ("path", Place::Path), ("header", Place::Header), ("formData", Place::Form)];
    for (location, place) in places {
        let path = if location == "path" { "'/ids/{ids}'" } else { "/ids" };
        let spelled = |format: &str| {
            let list = format!("type: array, items: {{type: string}}{format}");
            let header = if place == Place::Header { format!("{{{list}}}") } else { String::new() };
            document("2.0", path, &format!("{{name: ids, in: {location}, required: true, {list}}}"), &header)
        };
        let formats = ["", "csv", "ssv", "tsv", "pipes", "multi"];
        for one in formats {
            for other in formats {
                let style = |format| Style::collection(Some(format), None, place);
                let [old, new] = [one, other].map(|format| match format {
                    "" => spelled(""),
                    format => spelled(&format!(", collectionFormat: {format}")),
                });
                let found = between(&old, &new);
                assert_eq!(
                    found.is_empty(),
                    style(one) == style(other),
                    "{location}: {one} and {other} give {found:#?}"
                );
            }
        }
    }
}

/// Lists of parameters that are one contract, the first spelling of each told apart from the others by name only.
const ALIKE: &[&[&str]] = &[
    // Single keys, an exploded object by any name, and the two beside each other.
    &[
        "{name: page, in: query, schema: {type: integer}}, {name: size, in: query, schema: {type: integer}}, {name: sort, in: query, schema: {type: array, items: {type: string}}}",
        "{name: paging, in: query, schema: {$ref: '#/components/schemas/Paging'}}",
        "{name: pageable, in: query, required: true, style: form, explode: true, schema: {$ref: '#/components/schemas/Paging'}}",
        "{name: paging, in: query, schema: {allOf: [{type: object, properties: {page: {type: integer}}}, {type: object, properties: {size: {type: integer}}}]}}, {name: sort, in: query, schema: {type: array, items: {type: string}}}",
    ],
    // The same where one must be sent.
    &[
        "{name: page, in: query, required: true, schema: {type: integer}}, {name: size, in: query, schema: {type: integer}}",
        "{name: p, in: query, required: true, schema: {type: object, required: [page], properties: {page: {type: integer}, size: {type: integer}}}}",
        "{name: page, in: query, required: true, schema: {type: integer}}, {name: p, in: query, schema: {type: object, properties: {size: {type: integer}}}}",
    ],
    // Keys in brackets.
    &[
        "{name: 'filter[a]', in: query, schema: {type: string}}, {name: 'filter[b]', in: query, schema: {type: boolean}}",
        "{name: filter, in: query, style: deepObject, schema: {type: object, properties: {a: {type: string}, b: {type: boolean}}}}",
        "{name: filter, in: query, style: deepObject, explode: true, schema: {type: object, properties: {b: {type: boolean}}}}, {name: 'filter[a]', in: query, schema: {type: string}}",
    ],
    // Cookies are keys too.
    &[
        "{name: a, in: cookie, schema: {type: string}}",
        "{name: all, in: cookie, schema: {type: object, properties: {a: {type: string}}}}",
    ],
    // A text is a text, and what JSON does not quote is one too.
    &[
        "{name: q, in: query, schema: {type: string}}",
        "{name: q, in: query, content: {text/plain: {schema: {type: string}}}}",
        "{name: q, in: query, content: {'text/plain; charset=utf-8': {schema: {type: string}}}}",
    ],
    &[
        "{name: X-N, in: header, schema: {type: integer}}",
        "{name: X-N, in: header, content: {text/plain: {schema: {type: integer}}}}",
        "{name: X-N, in: header, content: {application/json: {schema: {type: integer}}}}",
        "{name: x-n, in: header, schema: {type: string, pattern: '^(0|-?[1-9][0-9]*)$'}}",
    ],
    // The texts of an enumeration, whatever type they are spelled as.
    &[
        "{name: n, in: query, schema: {type: string, enum: ['1', '2']}}",
        "{name: n, in: query, schema: {type: string, enum: [1, 2]}}",
        "{name: n, in: query, schema: {type: integer, enum: [1, 2]}}",
        "{name: n, in: query, schema: {type: integer, enum: ['1', '2']}}",
        "{name: n, in: query, schema: {enum: [1, '2']}}",
    ],
    &[
        "{name: b, in: query, schema: {type: boolean}}",
        "{name: b, in: query, schema: {type: string, enum: [true, false]}}",
        "{name: b, in: query, schema: {type: string, pattern: '^(true|false)$'}}",
    ],
    // A list with separators is a text that spells them.
    &[
        "{name: ids, in: query, explode: false, schema: {type: array, items: {type: string, pattern: '^[a-z]+$'}}}",
        "{name: ids, in: query, schema: {type: string, pattern: '^[a-z]+(,[a-z]+)*$'}}",
    ],
    // One item of a repeated list is written as a single value; a list of none is not written.
    &[
        "{name: id, in: query, schema: {type: array, items: {type: integer}}}",
        "{name: id, in: query, schema: {type: array, minItems: 1, items: {type: integer}}}",
        "{name: id, in: query, schema: {oneOf: [{type: integer}, {type: array, items: {type: integer}}]}}",
    ],
];

#[test]
fn parameters_that_travel_alike_are_one_contract() {
    for group in ALIKE {
        for (ix, one) in group.iter().enumerate() {
            for other in &group[ix + 1..] {
                for version in ["3.0.3", "3.1.0"] {
                    let found = between(&document(version, "/a", one, ""), &document(version, "/a", other, ""));
                    assert_eq!(found, Vec::<String>::new(), "{version}\n{one}\n{other}");
                }
            }
        }
    }
}
