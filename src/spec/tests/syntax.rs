//! JSON and YAML mean the same and keep their places.

use serde_json::json;

use super::*;

/// In JSON, the text of each node can be read again at its offset.
fn assert_offsets(text: &str) {
    let file = parsed(text).file;
    for ix in 0..u32::try_from(file.len()).unwrap() {
        let node = NodeIx(ix);
        let mut rest = &text[file.offset(node)..];
        if file.key(node) != crate::spec::Key::NONE {
            let mut keys = serde_json::Deserializer::from_str(rest).into_iter::<String>();
            assert_eq!(keys.next().unwrap().unwrap(), file.name(node));
            rest = rest[keys.byte_offset()..].trim_start().strip_prefix(':').unwrap();
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
        assert_eq!(values.next().unwrap().unwrap(), file.value(node), "{rest}");
        if file.kind(node) == Kind::Number {
            assert!(rest.trim_start().starts_with(file.text(node)));
        }
    }
}

#[test]
fn offsets_of_every_json_node_are_exact() {
    assert_offsets(r#"{"a":1,"b":[true,false,null,-1.50e+3,"x",[],{}],"c":{"d":{"e":[[[1]],[]]}},"f":"é\n"}"#);
    assert_offsets(
        "\u{feff} {\r\n\t\"\\/users\" : [ 1 , {\"\\u00e9\\\"\": \"a\\\\\"} , [ [ ] , [ ] ] , \"}\" ] ,\n \"z\":\"]\\\"\"} \n",
    );
    assert_offsets(r#"[[],[[]],{"a":{}},{"a":[]},"\t",0]"#);
    assert_offsets(" \"\\u0041\" ");
    assert_offsets(" 12 ");
}

#[test]
fn numbers_keep_their_spelling() {
    let file = parsed("[18446744073709551617, 1.10, 1e400, -0, 1E+2]").file;
    let texts: Vec<&str> = file.children(NodeIx::ROOT).map(|node| file.text(node)).collect();
    assert_eq!(texts, ["18446744073709551617", "1.10", "1e400", "-0", "1E+2"]);
    assert_eq!(kinds(&file), [Kind::Number; 5]);
}

#[test]
fn json_and_yaml_give_equal_arenas() {
    let pairs = [
        (
            "{\"a\": [1, 2.5, \"x\", null, true], \"200\": {\"b\": \"\"}}",
            "a:\n- 1\n- 2.5\n- x\n- ~\n- true\n200:\n  b: ''\n",
        ),
        ("{\"a\": \"one\\ntwo\\n\", \"b\": \"one two\"}", "a: |\n  one\n  two\nb: >-\n  one\n  two\n"),
        ("{\"on\": \"off\", \"null\": \"0755\", \"d\": \"2001-12-14\"}", "on: off\nnull: 0755\nd: 2001-12-14\n"),
        ("[31, 15, 0.5, 1, 1.0]", "- 0x1F\n- 0o17\n- .5\n- +1\n- 1.\n"),
        ("{\"$ref\": \"#/a\", \"é\": \"\u{1f600}\"}", "$ref: '#/a'\n\u{e9}: \"\\ud83d\\ude00\"\n"),
        ("{\"a\": {}, \"b\": []}", "a: {}\nb: []\n"),
        ("{\"a\": \"1\", \"b\": 1}", "a: !!str 1\nb: !!int '1'\n"),
        ("\"hello: world\"", "'hello: world'"),
    ];
    for (json, yaml) in pairs {
        let (json, yaml) = (parsed(json), parsed(yaml));
        assert_eq!(shape(&json.file), shape(&yaml.file));
        assert_eq!(json.file.refs(), yaml.file.refs());
        assert!(yaml.odd.is_empty(), "{:?}", yaml.odd);
    }
}

#[test]
fn yaml_offsets_are_those_of_keys_and_items() {
    let text = "a: 1\n\"b\":\n  - x\n  - c: &n 'y'\n    d: *n\n";
    let file = parsed(text).file;
    let starts = [(1, "a: 1"), (2, "\"b\":"), (3, "x\n"), (4, "c: &n"), (5, "c: &n"), (6, "d: *n")];
    for (node, start) in starts {
        assert!(text[file.offset(NodeIx(node))..].starts_with(start), "{node}");
    }
    assert_value(&file, &json!({"a": 1, "b": ["x", {"c": "y", "d": "y"}]}));
}

#[test]
fn of_duplicate_keys_the_last_counts_and_is_named() {
    for text in [
        r##"{"a":{"x":[1,{"$ref":"#/q"}]},"b":[1],"a":{"$ref":"#/b"},"c":{"d":1,"d":2}}"##,
        "a: {x: [1, {$ref: '#/q'}]}\nb: [1]\n\"a\": {$ref: '#/b'}\nc: {d: 1, d: 2}\n",
    ] {
        let parsed = parsed(text);
        let a = parsed.file.member(NodeIx::ROOT, "a").unwrap();
        assert_value(&parsed.file, &json!({"b": [1], "a": {"$ref": "#/b"}, "c": {"d": 2}}));
        assert_eq!(parsed.file.refs(), [a]);
        assert_eq!(parsed.odd.len(), 2);
        assert!(text[parsed.odd[0].at..].trim_start_matches('"').starts_with('a') && parsed.odd[0].at > 10);
    }
    let keys = parsed("200: a\n\"200\": b\n");
    assert_value(&keys.file, &json!({"200": "b"}));
    assert_eq!(keys.odd[0].message, "duplicate key `200`: the last one counts");
}

#[test]
fn many_duplicates_are_counted_not_listed() {
    let text = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(5000));
    let parsed = parsed(&text);
    assert_value(&parsed.file, &json!({"a": 1}));
    assert_eq!(parsed.odd.len(), 101);
}

#[test]
fn merge_keys_are_applied_and_own_keys_win() {
    let text = "base: &b {x: 1, y: {$ref: '#/z'}}\nmore: &m {x: 3, w: 4}\none:\n  x: 2\n  <<: *b\ntwo:\n  <<: [*m, *b]\nthree:\n  <<: {q: 1}\n  r: 2\n\
                four: {'<<': 1, <<: 2}\n";
    let parsed = parsed(text);
    let value = parsed.file.value(NodeIx::ROOT);
    assert_eq!(value["one"], json!({"x": 2, "y": {"$ref": "#/z"}}));
    assert_eq!(value["two"], json!({"x": 3, "w": 4, "y": {"$ref": "#/z"}}));
    assert_eq!(value["three"], json!({"r": 2, "q": 1}));
    assert_eq!(value["four"], json!({"<<": 2}));
    assert_eq!(parsed.file.refs().len(), 3);
}

#[test]
fn aliases_stand_for_their_anchors() {
    let file = parsed("a: &x [1, {b: 2}]\nc: *x\nd: [*x]\n? &k key\n: *k\n").file;
    assert_value(&file, &json!({"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": [[1, {"b": 2}]], "key": "key"}));
}

#[test]
fn lenient_yaml_is_read_and_said_to_be_so() {
    let text = "a: \"one\ntwo\"\nb: 1\n";
    let parsed = parsed(text);
    assert_value(&parsed.file, &json!({"a": "one two", "b": 1}));
    assert!(parsed.odd[0].message.starts_with("not strict YAML 1.2: "), "{:?}", parsed.odd);
}

#[test]
fn flow_style_that_is_no_json_is_read_as_yaml() {
    let parsed = parsed("{a: 1, b: [x,],}");
    assert_value(&parsed.file, &json!({"a": 1, "b": ["x"]}));
    assert!(parsed.odd[0].message.starts_with("not JSON, read as YAML: "));
}

#[test]
fn yaml_numbers_that_json_cannot_say_become_strings() {
    let parsed = parsed("[.inf, .nan, -.INF, !custom 1]");
    assert_value(&parsed.file, &json!([".inf", ".nan", "-.INF", 1]));
    // The three, and that the text is no JSON.
    assert_eq!(parsed.odd.len(), 4);
}
