//! The operators of semantics.md 5.2 on operations, with the levels of its table.

use preavis::rules::Level::{self, Additive as A, Breaking as B, Risky as R};

/// Name, the path item of base, that of head, worst level.
pub(super) const OPERATIONS: &[(&str, &str, &str, Level)] = &[
    (
        "required query parameter",
        "{get: {responses: {'200': {description: D}}}}",
        "{get: {parameters: [{name: q, in: query, required: true, schema: {type: string}}], responses: {'200': {description: D}}}}",
        B,
    ),
    (
        "optional parameter",
        "{get: {responses: {'200': {description: D}}}}",
        "{get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: D}}}}",
        A,
    ),
    (
        "parameter drop",
        "{get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: D}}}}",
        "{get: {responses: {'200': {description: D}}}}",
        R,
    ),
    (
        "parameter type",
        "{get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {'200': {description: D}}}}",
        "{get: {parameters: [{name: q, in: query, schema: {type: integer}}], responses: {'200': {description: D}}}}",
        B,
    ),
    (
        "explode flip",
        "{get: {parameters: [{name: q, in: query, explode: false, schema: {type: array, items: {type: integer}}}], responses: {'200': {description: D}}}}",
        "{get: {parameters: [{name: q, in: query, explode: true, schema: {type: array, items: {type: integer}}}], responses: {'200': {description: D}}}}",
        B,
    ),
    (
        "body required",
        "{put: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {'200': {description: D}}}}",
        "{put: {requestBody: {required: true, content: {application/json: {schema: {type: string}}}}, responses: {'200': {description: D}}}}",
        B,
    ),
    (
        "request media type drop",
        "{put: {requestBody: {content: {application/json: {schema: {type: string}}, text/plain: {schema: {type: string}}}}, responses: {'200': {description: D}}}}",
        "{put: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {'200': {description: D}}}}",
        B,
    ),
    (
        "response media type drop",
        "{get: {responses: {'200': {description: D, content: {application/json: {schema: {type: string}}, text/csv: {schema: {type: string}}}}}}}",
        "{get: {responses: {'200': {description: D, content: {application/json: {schema: {type: string}}}}}}}",
        B,
    ),
    ("200 to 202", "{get: {responses: {'200': {description: D}}}}", "{get: {responses: {'202': {description: D}}}}", B),
    (
        "404 added",
        "{get: {responses: {'200': {description: D}}}}",
        "{get: {responses: {'200': {description: D}, '404': {description: N}}}}",
        A,
    ),
    (
        "scope added",
        "{get: {security: [{o: [read]}], responses: {'200': {description: D}}}}",
        "{get: {security: [{o: [read, write]}], responses: {'200': {description: D}}}}",
        B,
    ),
    (
        "operation drop",
        "{get: {responses: {'200': {description: D}}}, put: {responses: {'200': {description: D}}}}",
        "{get: {responses: {'200': {description: D}}}}",
        B,
    ),
];
