//! References of every kind.

use super::*;

const HEAD: &str = "openapi: 3.1.0\ninfo: {}\npaths: {}\n";

fn with(body: &str, files: &[(&str, &str)]) -> Document {
    let root = format!("{HEAD}{body}");
    let mut all = vec![("api/root.yaml", root.as_str())];
    all.extend(files);
    document(&all).unwrap()
}

#[test]
fn pointers_lead_through_escapes_and_items() {
    let document = with(
        "components:\n  schemas:\n    a/b~c: {type: string}\n    'sp ace': {x: [{y: 1}]}\n    'per%20cent': {}\nthings:\n    p1: {$ref: '#/components/schemas/a~1b~0c'}\n    \
         p2: {$ref: '#/components/schemas/sp%20ace/x/0/y'}\n    p3: {$ref: '#/components/schemas/per%20cent'}\n    p4: {$ref: '#'}\n    p5: {$ref: '#/components/schemas/sp%20ace/x/00'}\n",
        &[],
    );
    let to = |name: &str| target(&document, "api/root.yaml", &format!("/things/{name}"));
    assert_eq!(to("p1"), "api/root.yaml#/components/schemas/a~1b~0c");
    assert_eq!(to("p2"), "api/root.yaml#/components/schemas/sp ace/x/0/y");
    assert_eq!(to("p3"), "api/root.yaml#/components/schemas/per%20cent");
    assert_eq!(to("p4"), "api/root.yaml#");
    assert_eq!(to("p5"), "unresolved reference: `#/components/schemas/sp%20ace/x/00` leads nowhere");
}

#[test]
fn files_are_numbered_by_first_reference() {
    let document = with(
        "components:\n  schemas:\n    a: {$ref: 'sub/a.yaml'}\nthings:\n    b: {$ref: '../b%20b.json#/x'}\n    c: {$ref: './sub/../root.yaml#/info'}\n",
        &[
            ("api/sub/a.yaml", "{$ref: ../../c.yml}"),
            ("b b.json", "{\"x\": 1}"),
            ("c.yml", "type: string"),
            ("unused.yml", "a: 1"),
        ],
    );
    let paths: Vec<&str> = document.files().iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["api/root.yaml", "api/sub/a.yaml", "b b.json", "c.yml"]);
    assert_eq!(target(&document, "api/root.yaml", "/things/b"), "b b.json#/x");
    assert_eq!(target(&document, "api/root.yaml", "/things/c"), "api/root.yaml#/info");
    assert_eq!(target(&document, "api/sub/a.yaml", ""), "c.yml#");
    let end = document.follow(at(&document, "api/root.yaml", "/components/schemas/a")).unwrap();
    assert_eq!(end, at(&document, "c.yml", ""));
    assert_eq!(holes(&document), [""; 0]);
}

#[test]
fn pointers_lead_through_other_references() {
    let document = with(
        "x: {$ref: '#/components/schemas/B/properties/x'}\ncomponents:\n  schemas: {$ref: schemas.yaml}\n  parameters:\n    p: {schema: {$ref: '#/components/schemas/B/properties/x'}}\n    \
         q: {schema: {$ref: '#/components/schemas/B/properties/none'}}\n    r: {$ref: '#/components/parameters/r/x'}\n",
        &[("api/schemas.yaml", "A: {properties: {x: {type: string}}}\nB: {$ref: '#/A'}\nexample: {$ref: '#/A'}\n")],
    );
    let to = |pointer: &str| target(&document, "api/root.yaml", pointer);
    assert_eq!(to("/components/parameters/p/schema"), "api/schemas.yaml#/A/properties/x");
    assert!(to("/components/parameters/q/schema").ends_with("leads nowhere"));
    assert!(to("/components/parameters/r").contains("leads nowhere"), "{}", to("/components/parameters/r"));
    // A file that stands for a map of schemas has names at its top, `example` among them.
    assert_eq!(target(&document, "api/schemas.yaml", "/example"), "api/schemas.yaml#/A");
    assert_eq!(holes(&document).len(), 2);
}

#[test]
fn data_holds_no_references() {
    let document = with(
        "x-a: {$ref: no1.yaml}\ncomponents:\n  schemas:\n    s:\n      properties:\n        example: {$ref: '#/components/schemas/t'}\n        x-y: {$ref: '#/components/schemas/t'}\n        $ref: {type: string}\n      \
         example: {$ref: no2.yaml}\n      default: [{$ref: no3.yaml}]\n      enum: [{$ref: no4.yaml}]\n      const: {$ref: no5.yaml}\n      examples: {a: {$ref: no6.yaml}}\n    t: {type: string}\n  \
         responses:\n    default: {$ref: '#/components/responses/ok'}\n    x-z: {$ref: no7.yaml}\n    ok: {description: ok}\n",
        &[],
    );
    assert_eq!(document.problems, []);
    let to = |pointer: &str| target(&document, "api/root.yaml", &format!("/components/{pointer}"));
    assert_eq!(to("schemas/s/properties/example"), "api/root.yaml#/components/schemas/t");
    assert_eq!(to("schemas/s/properties/x-y"), "api/root.yaml#/components/schemas/t");
    assert_eq!(to("schemas/s/properties"), "no reference");
    assert_eq!(to("schemas/s/example"), "no reference");
    assert_eq!(to("responses/default"), "api/root.yaml#/components/responses/ok");
}

#[test]
fn data_that_is_referenced_counts() {
    let document = with(
        "x-defs: {a: {$ref: a.yaml}}\ncomponents: {schemas: {s: {$ref: '#/x-defs/a'}}}\n",
        &[("api/a.yaml", "{$ref: none.yaml}")],
    );
    assert_eq!(target(&document, "api/root.yaml", "/x-defs/a"), "api/a.yaml#");
    assert_eq!(holes(&document), ["unresolved reference: no file `api/none.yaml`"]);
}

#[test]
fn data_behind_data_is_followed_or_a_hole() {
    let chain = |length: usize| {
        let mut links = String::from("x-defs:\n");
        for link in 0..length {
            writeln!(links, "  d{link}: {{items: {{$ref: '#/x-defs/d{}'}}}}", link + 1).unwrap();
        }
        with(&format!("{links}  d{length}: {{}}\ncomponents: {{schemas: {{s: {{$ref: '#/x-defs/d0'}}}}}}\n"), &[])
    };
    assert_eq!(holes(&chain(5)).len(), 0);
    assert_eq!(holes(&chain(20)).len(), 1);
}

#[test]
fn ids_and_anchors_are_addresses() {
    let document = with(
        "components:\n  schemas:\n    pet:\n      $id: https://example.com/schemas/pet\n      $defs: {n: {$anchor: name}, d: {$dynamicAnchor: node}}\n      properties: {n: {$ref: '#name'}, o: {$ref: owner}, w: {$ref: '#/$defs/n'}, r: {$ref: '#/components/schemas/owner'}, i: {$id: {type: string}}}\n    \
         owner: {$id: 'https://example.com/schemas/owner'}\n    u1: {$ref: 'https://example.com/schemas/pet#node'}\n    u2: {$ref: 'https://example.com/schemas/none'}\n    u3: {$ref: 'urn:none'}\n    u4: {$ref: '#name'}\n    u5: {$ref: '#none'}\n",
        &[],
    );
    let to = |pointer: &str| target(&document, "api/root.yaml", &format!("/components/schemas/{pointer}"));
    let here = |pointer: &str| format!("api/root.yaml#/components/schemas/{pointer}");
    assert_eq!(to("pet/properties/n"), here("pet/$defs/n"));
    assert_eq!(to("pet/properties/w"), here("pet/$defs/n"));
    assert_eq!(to("pet/properties/o"), here("owner"));
    assert_eq!(to("pet/properties/r"), here("owner"));
    assert_eq!(to("u1"), here("pet/$defs/d"));
    assert_eq!(
        to("u2"),
        "unresolved reference: `https://example.com/schemas/none` is not fetched: only relative references of a document behind a URL are"
    );
    assert_eq!(to("u3"), "unresolved reference: no part of the document has the `$id` `urn:none`");
    assert_eq!(to("u4"), here("pet/$defs/n"));
    assert_eq!(to("u5"), "unresolved reference: `#none`: no such anchor");
    let owner = at(&document, "api/root.yaml", "/components/schemas/owner");
    assert_eq!(document.lookup(document.root(), "#/components/schemas/owner"), Some(owner));
    assert_eq!(document.lookup(document.root(), "#/none"), None);
}

#[test]
fn what_cannot_be_reached_is_a_hole_with_its_place() {
    let document = with(
        "components:\n  schemas:\n    a: {$ref: '../../etc/passwd'}\n    b: {$ref: 'Case.yaml'}\n    c: {$ref: 'bad.yaml#/x'}\n    d: {$ref: 'file:///etc/passwd'}\n    e: {$ref: 'case.yaml#/none'}\n    f: {$ref: 'Case.yaml'}\n",
        &[("api/case.yaml", "a: 1"), ("api/bad.yaml", "a: [\n")],
    );
    let expected = [
        "`../../etc/passwd` lies outside of the repository",
        "no file `api/Case.yaml`",
        "`api/bad.yaml` cannot be read: api/bad.yaml:2:1: ",
        "no part of the document has the `$id` `file:///etc/passwd`",
        "`case.yaml#/none` leads nowhere",
    ];
    assert_eq!(holes(&document).len(), expected.len());
    for (problem, (line, message)) in document.problems.iter().zip((6..).zip(expected)) {
        assert!(problem.message.starts_with(&format!("unresolved reference: {message}")), "{}", problem.message);
        assert_eq!((problem.file.as_str(), problem.line, problem.column), ("api/root.yaml", line, 9));
    }
}

#[test]
fn prose_in_other_files_is_no_hole() {
    let document = with(
        "tags:\n- description: {$ref: intro.md}\n- description: {$ref: 'd.yml#/x'}\n- description: {$ref: none.yml}\n",
        &[("api/intro.md", "# [Hi"), ("api/d.yml", "x: text")],
    );
    assert_eq!(target(&document, "api/root.yaml", "/tags/1/description"), "api/d.yml#/x");
    let messages: Vec<_> = document.problems.iter().map(|problem| (problem.weight, problem.message.as_str())).collect();
    assert_eq!(
        messages,
        [
            (Weight::Odd, "unresolved reference: `api/intro.md` is neither JSON nor YAML"),
            (Weight::Odd, "unresolved reference: no file `api/none.yml`")
        ]
    );
    assert_eq!(document.files().len(), 2);
}

#[test]
fn circles_of_references_are_cut() {
    let document = with(
        "components:\n  schemas:\n    a: {$ref: '#/components/schemas/b'}\n    b: {$ref: '#/components/schemas/a'}\n    c: {$ref: '#/components/schemas/c'}\n    d: {$ref: '#/components/schemas/a'}\n    \
         tree: {properties: {child: {$ref: '#/components/schemas/tree'}}}\n    e: {$ref: '#/components/schemas/e/x'}\n    f: {$ref: '#/components/schemas/g/x'}\n    g: {$ref: '#/components/schemas/f/x'}\n",
        &[],
    );
    let follow = |name: &str| document.follow(at(&document, "api/root.yaml", &format!("/components/schemas/{name}")));
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        assert_eq!(document.problems[follow(name).unwrap_err()].weight, Weight::Hole);
    }
    assert!(
        target(&document, "api/root.yaml", "/components/schemas/a")
            .ends_with("leads back to itself through references alone")
    );
    assert_eq!(follow("tree/properties/child"), follow("tree"));
    assert_eq!(holes(&document).len(), 6);
}

#[test]
fn chains_end_after_a_hundred() {
    let chain = |length: usize| {
        let mut links = String::new();
        for link in 0..length {
            writeln!(links, "    s{link}: {{$ref: '#/components/schemas/s{}'}}", link + 1).unwrap();
        }
        with(&format!("components:\n  schemas:\n{links}    s{length}: {{}}\n"), &[])
    };
    assert_eq!(holes(&chain(100)).len(), 0);
    assert_eq!(holes(&chain(101)).len(), 1);
    let long = chain(30_000);
    assert!(long.follow(at(&long, "api/root.yaml", "/components/schemas/s0")).is_err());
}

#[test]
fn each_content_is_parsed_once_and_dropped_when_unused() {
    let root = |name: &str| format!("{HEAD}x: {{$ref: {name}}}\n");
    let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
    let one = Memory(vec![file("r", &root("a")), file("a", "x: 1")]);
    let two = Memory(vec![file("r", &root("b")), file("b", "x: 1")]);
    let mut cache = ParseCache::default();
    let first = load(&one, "r", &mut cache, &Limits::default()).unwrap();
    let second = load(&two, "r", &mut cache, &Limits::default()).unwrap();
    assert!(Arc::ptr_eq(&first.files()[1].1, &second.files()[1].1));
    cache.keep_last(2);
    assert_eq!(cache.len(), 3);
    cache.keep_last(1);
    assert_eq!(cache.len(), 2);
    cache.keep_used();
    assert_eq!(cache.len(), 2);
    drop(second);
    cache.keep_used();
    assert_eq!(cache.len(), 1);
    drop(first);
    cache.keep_used();
    assert_eq!(cache.len(), 0);
}
