//! `preavis usage` in real repositories: import, show, scan, and what must never be written.

mod discretion;
mod import;
mod privacy;
mod report;
mod scan;
mod show;

use super::place::Place;

/// Books that can be searched and changed.
const API: &str = r##"openapi: 3.0.3
info: {title: Books, version: "1"}
paths:
  /books:
    get:
      parameters: [{name: page, in: query, schema: {type: integer}}, {name: "ids[]", in: query, schema: {type: array, items: {type: integer}}}]
      responses:
        "200": {description: "", content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/book"}}}}}
  /books/{id}:
    patch:
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/book"}}}}
      responses: {"200": {description: ""}}
components:
  schemas:
    book: {type: object, required: [id, title], properties: {id: {type: integer}, title: {type: string}, reservable_online: {type: boolean}}}
"##;

const HALL: &str = "slug = \"hall\"\nname = \"The hall\"\nlanguages = [\"fr\"]\n\
    [[uses]]\nop = \"GET books\"\nparams = [\"page\"]\nreads = [\"[].title\", \"[].isbn\"]\n\
    [[uses]]\nop = \"DELETE /books/{book}\"\n\
    [[webhooks]]\nmodel = \"book\"\n\
    [match]\nagent_email_suffix = [\"@hall.example\"]\n";

/// A repository with the books and two partners.
fn place() -> Place {
    let place = Place::repository();
    place.write("api.yaml", API).write("preavis/partners/hall.toml", HALL);
    place.write("preavis/partners/school.toml", "slug = \"school\"\n[match]\nuser_agent = [\"^School/\"]\n");
    place.release("v1");
    place
}

/// A line of a combined log.
fn line(day: u8, client: &str, request: &str, status: u16, agent: &str) -> String {
    format!(
        "203.0.113.7 - {client} [{day:02}/Jul/2024:10:00:00 +0000] \"{request} HTTP/1.1\" {status} 9 \"-\" \"{agent}\"\n"
    )
}

/// Three days of requests.
fn log() -> String {
    [
        line(1, "ada@hall.example", "GET /books?page=2&ids[]=1&ids[]=2&per=20", 200, "x"),
        line(1, "ada@hall.example", "GET /books?page=3", 200, "x"),
        line(2, "bob@hall.example", "PATCH /books/12", 422, "x"),
        line(2, "bob@hall.example", "PATCH /books/8471", 404, "x"),
        line(1, "-", "GET /api//books/", 200, "School/2 (bob@school.example)"),
        line(1, "-", "GET /books/", 200, "School/2 (bob@school.example)"),
        line(2, "-", "OPTIONS /books", 204, "browser"),
        line(2, "-", "GET /wp-login.php", 404, "scanner"),
        line(1, "ada@hall.example", "POST /books/12/loans", 201, "x"),
        line(1, "ada@hall.example", "POST /books/13/loans", 201, "x"),
        line(2, "ada@hall.example", "POST /books/14/loans", 201, "x"),
        line(2, "ada@hall.example", "GET /people/ada-lovelace", 200, "x"),
        line(3, "-", "POST /books/15/loans", 201, "School/2 (bob@school.example)"),
    ]
    .concat()
}
