//! Each kind of spot, there and back, with names that hold what separates parts.

use super::super::Lang;
use super::{Location, Spot, place, spot};

/// Names that documents may hold, harmless ones first.
const NAMES: [&str; 9] = [
    "page",
    "X-Total",
    "données",
    "数 量",
    "a: b",
    "x (text/csv)",
    "p parameter q",
    "response 200 body",
    "webhook w: x",
];

fn parts(name: &str) -> Vec<(Spot, String)> {
    let response = |status: &str| {
        [
            (Spot::Response(status.to_owned()), format!("response {status}")),
            (Spot::ResponseBody(status.to_owned()), format!("response {status} body")),
            (Spot::ResponseHeader(status.to_owned(), name.to_owned()), format!("response {status} header {name}")),
            (
                Spot::InMediaType(Box::new(Spot::ResponseBody(status.to_owned())), "text/csv".to_owned()),
                format!("response {status} body (text/csv)"),
            ),
        ]
    };
    let parameter = |location| (Spot::parameter(location, name), format!("{} parameter {name}", location.as_str()));
    let mut out = vec![
        (Spot::Operation, "operation".to_owned()),
        (Spot::Security, "security".to_owned()),
        (Spot::RequestBody, "request body".to_owned()),
        (
            Spot::InMediaType(Box::new(Spot::RequestBody), "text/csv; a=\"b (c)\"".to_owned()),
            "request body (text/csv; a=\"b (c)\")".to_owned(),
        ),
    ];
    out.extend(["200", "2XX", "default"].into_iter().flat_map(response));
    out.extend(Location::ALL.map(parameter));
    out
}

fn read(text: &str) -> Spot {
    let Ok(spot) = text.parse();
    spot
}

#[test]
fn every_kind_has_one_text_and_is_read_back_from_it() {
    for name in NAMES {
        for (part, text) in parts(name) {
            let hook = Spot::Webhook(name.to_owned(), Box::new(part.clone()));
            let back = Spot::Callback(name.to_owned(), Box::new(part.clone()));
            assert_eq!(hook.to_string(), format!("webhook {name}: {text}"));
            assert_eq!(back.to_string(), format!("callback {name}: {text}"));
            assert_eq!(part.to_string(), text);
            for spot in [part, hook, back] {
                assert_eq!(read(&spot.to_string()), spot, "{spot}");
            }
        }
    }
}

#[test]
fn any_text_survives_being_read() {
    let odd = [
        "",
        " ",
        "response ",
        "response",
        "response  body",
        "response 200 trailer X",
        "response 2 00 body",
        "webhook ",
        "webhook x",
        "webhook : ",
        "webhook x: ",
        "webhook a: b: trailer",
        "callback a: callback b: operation",
        "body parameter x",
        " parameter ",
        "request body (text)",
        "request body (a/b) (c/d)",
        "query parameter x (a/b)",
        "Operation",
        "une opération",
    ];
    for text in odd {
        assert_eq!(read(text).to_string(), text);
        let json = serde_json::to_string(text).unwrap();
        let spot: Spot = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::to_string(&spot).unwrap(), json);
    }
    for text in ["", "response 200 trailer X", "webhook x", "body parameter x", "Operation"] {
        assert_eq!(read(text), Spot::Other(text.to_owned()));
    }
    let inner = Box::new(Spot::Other("b: trailer".to_owned()));
    assert_eq!(read("webhook a: b: trailer"), Spot::Webhook("a".to_owned(), inner));
}

#[test]
fn names_are_names_whatever_they_hold() {
    for name in NAMES {
        let part = Spot::parameter(Location::Header, name);
        assert_eq!(spot(Lang::En, &part), format!("header parameter `{name}`"));
        let header = Spot::ResponseHeader("default".to_owned(), name.to_owned());
        assert_eq!(spot(Lang::En, &header), format!("default response header `{name}`"));
        let hook = Spot::Webhook(name.to_owned(), Box::new(Spot::RequestBody));
        assert_eq!(spot(Lang::Fr, &hook), format!("webhook `{name}`, corps de la requête"));
    }
    let range = "text/csv; a=\"b (c)\"".to_owned();
    let body = Spot::InMediaType(Box::new(Spot::RequestBody), range.clone());
    assert_eq!(spot(Lang::En, &body), format!("request body (`{range}`)"));
}

#[test]
fn items_values_and_variants_are_told_as_what_they_are_of() {
    let body = Spot::RequestBody;
    for (path, en, fr) in [
        ("", "the request body", "le corps de la requête"),
        ("a.b", "`a.b` in the request body", "`a.b` dans le corps de la requête"),
        ("a[].b", "`a[].b` in the request body", "`a[].b` dans le corps de la requête"),
        ("[]", "each item of the request body", "chaque élément dans le corps de la requête"),
        ("[].a", "`a` in each item of the request body", "`a` dans chaque élément dans le corps de la requête"),
        ("{}", "each value of the request body", "chaque valeur dans le corps de la requête"),
        ("m{}", "each value of `m` in the request body", "chaque valeur de `m` dans le corps de la requête"),
        ("m[0]", "the item 0 of `m` in the request body", "l’élément 0 de `m` dans le corps de la requête"),
        (
            "m[]{}",
            "each value of each item of `m` in the request body",
            "chaque valeur dans chaque élément de `m` dans le corps de la requête",
        ),
        (
            "{^x}",
            "each value of the request body whose name matches `^x`",
            "chaque valeur dont le nom suit `^x` dans le corps de la requête",
        ),
        ("|Card", "the variant `Card` of the request body", "la variante `Card` dans le corps de la requête"),
        (
            "|with iban.bic",
            "`bic` in the variant with `iban` of the request body",
            "`bic` dans la variante avec `iban` dans le corps de la requête",
        ),
        ("|of string", "the text variant of the request body", "la variante texte dans le corps de la requête"),
        ("|3", "one of the variants of the request body", "une des variantes dans le corps de la requête"),
    ] {
        assert_eq!(place(Lang::En, path, &body), en, "{path}");
        assert_eq!(place(Lang::Fr, path, &body), fr, "{path}");
    }
    for odd in ["[", "{", "|", "]", "}", "[é", "a|", "a.|", "||", "[]]", "{}}", ".", "|é|"] {
        assert!(!place(Lang::En, odd, &body).is_empty(), "{odd}");
    }
}
