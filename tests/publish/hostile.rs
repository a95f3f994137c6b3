//! Names and texts that want out: of a path, of an attribute, of a page.

use preavis::text::Lang;

use super::html::tags;
use super::sample::{Given, stop, with};

/// A document whose names are what an attacker would choose.
fn document(more: &str) -> String {
    let long = "x".repeat(4_000);
    format!(
        r#"openapi: 3.0.3
info: {{title: "</title><script>alert(1)</script>", version: "1"}}
paths:
  /a/{{id}}:
    get:
      operationId: "../../../etc/\"><img src=x onerror=alert(1)>"
      summary: "</style><script>alert(2)</script>"
      tags: ["../../x", "..", "CON", "con", "Motif", "motif", "a\"onmouseover=\"alert(3)", "{long}", "\u202e\u0007"]
      responses: {{"200": {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{
        "<b>\"'&": {{type: string, deprecated: true, x-sunset: "<script>"}}{more}}}}}}}}}}}}}
  /b:
    get: {{operationId: Get, responses: {{"200": {{description: ok}}}}}}
    put: {{operationId: get, responses: {{"200": {{description: ok}}}}}}
  /c:
    get: {{operationId: nul, responses: {{"200": {{description: ok}}}}}}
"#
    )
}

#[test]
fn names_stay_names() {
    let stops = vec![
        stop("v1/../../up", "2024-01-01", &[("a", document(""))]),
        stop("<script>", "2024-01-02", &[("a", document(", \"`</code><script>`\": {type: string}"))]),
        stop("COM1", "2024-01-03", &[("a", document(", \"</li></ul></main>\": {type: integer}"))]),
    ];
    let site = Given { stops, apis: vec!["a"], notices: Vec::new(), lang: Lang::Fr, languages: &[], url: None }.site();
    let mut lower: Vec<String> = site.keys().map(|path| path.to_lowercase()).collect();
    for path in &lower {
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap();
            assert!(part.len() < 200 && !part.starts_with('.') && !["con", "nul", "com1"].contains(&stem), "{path}");
            assert!(part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{path}");
        }
    }
    lower.sort();
    lower.dedup();
    assert_eq!(lower.len(), site.len(), "two files share a name where case does not count");
    for (page, text) in with(&site, "html") {
        for tag in tags(text) {
            assert!(tag.name != "script" || tag.get("src").is_some_and(|src| src.ends_with("filter.js")), "{page}");
            assert!(!["img", "b", "style", "iframe"].contains(&tag.name.as_str()), "{page}: {tag:?}");
            assert!(!tag.names().any(|name| name.starts_with("on")), "{page}: {tag:?}");
        }
        assert!(!text.contains(['\u{202e}', '\u{7}']), "{page}");
        assert_eq!(text.matches("</main>").count(), 1, "{page}");
    }
    for (path, text) in with(&site, "xml") {
        let feed = atom_syndication::Feed::read_from(text.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
        for entry in feed.entries {
            let html = entry.content().and_then(|content| content.value()).unwrap_or_default();
            assert!(tags(html).iter().all(|tag| tag.name != "script"), "{html}");
        }
    }
}
