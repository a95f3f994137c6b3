//! The catalogue of texts against the catalogue of rules, the typography of each language, and what is said.

use std::collections::BTreeSet;

use jiff::civil;

use super::catalogue::source;
use super::{Arg, Args, Lang, Spot, counted, date, fill, full_date, number, page, say, spot, texts, word};
use crate::gate::Kind;
use crate::rules::{Level, Rule, Status, Weigh, catalogue};

const SECTIONS: &[&str] = &[
    "levels",
    "effects",
    "proofs",
    "reasons",
    "sides",
    "actions",
    "evidence",
    "terms",
    "instead",
    "spots",
    "months",
    "weekdays",
    "several",
    "ui",
    "progress",
    "usage",
    "notice-parts",
    "drafts",
    "consequences",
    "states",
    "lists",
    "notices",
    "site",
    "gate",
    "findings",
    "post",
    "init",
    "demo",
    "recipients",
];

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

/// The text outside code spans and placeholders.
fn prose(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

fn all_texts(lang: Lang) -> impl Iterator<Item = (String, &'static str)> {
    let tables = texts(lang).tables();
    tables.flat_map(|(table, keys)| keys.iter().map(move |(key, text)| (format!("{table}.{key}"), text.as_str())))
}

#[test]
fn tables_are_the_rules_in_order_then_the_sections() {
    let wanted: Vec<&str> = catalogue().map(|rule| rule.id).chain(SECTIONS.iter().copied()).collect();
    for lang in Lang::ALL {
        let tables: Vec<&str> =
            source(lang).lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
        assert_eq!(tables, wanted, "{lang:?}");
        assert_eq!(texts(lang).tables().count(), wanted.len());
    }
    let keys = |lang| all_texts(lang).map(|(key, _)| key).collect::<Vec<_>>();
    assert_eq!(keys(Lang::En), keys(Lang::Fr));
}

#[test]
fn every_rule_says_four_texts_of_the_right_form() {
    for (rule, lang) in catalogue().flat_map(|rule| Lang::ALL.map(|lang| (rule, lang))) {
        let said = page(rule.id, lang).unwrap_or_else(|| panic!("{} in {lang:?}", rule.id));
        let reasons = usize::from(rule.status != Status::Stable);
        assert_eq!(texts(lang).get(rule.id, "deprecated").map_or(0, |_| 1), reasons, "{}", rule.id);
        assert_eq!(texts(lang).tables().find(|(name, _)| *name == rule.id).map(|(_, it)| it.len()), Some(4 + reasons));
        assert!((1..=8).contains(&said.title.split_whitespace().count()), "{}: {}", rule.id, said.title);
        assert!(!said.title.ends_with('.') && !said.sentence.ends_with('.'), "{}", rule.id);
        let sentences = said.explanation.split(". ").count();
        assert!((2..=4).contains(&sentences) && said.explanation.ends_with('.'), "{}: {}", rule.id, said.explanation);
        assert!((1..=2).contains(&said.advice.split(". ").count()) && said.advice.ends_with('.'), "{}", rule.id);
        for text in [said.title, said.explanation, said.advice] {
            assert!(placeholders(text).is_empty(), "the page of {} would show {text}", rule.id);
        }
        names_its_level(rule, lang, said.explanation);
    }
}

fn names_its_level(rule: &Rule, lang: Lang, explanation: &str) {
    let names = |level: &Level| explanation.contains(word(lang, "levels", level.as_str()));
    match rule.weigh {
        Weigh::Is(Level::Docs) => assert!(explanation.to_lowercase().contains("documentation"), "{}", rule.id),
        Weigh::Is(level) => assert!(names(&level), "{} is {level:?}: {explanation}", rule.id),
        Weigh::Read => assert!(Level::ALL.iter().any(names), "{}: {explanation}", rule.id),
    }
}

#[test]
fn sentences_use_the_placeholders_of_their_facet_alike_in_both_languages() {
    for rule in catalogue() {
        let [en, fr] = Lang::ALL.map(|lang| placeholders(page(rule.id, lang).unwrap().sentence));
        assert_eq!(en, fr, "{}", rule.id);
        assert!(!en.is_empty(), "{}", rule.id);
        let known = rule.on.0.placeholders();
        assert!(en.iter().all(|name| known.contains(name)), "{}: {en:?} not all in {known:?}", rule.id);
    }
    for ((key, en), (_, fr)) in all_texts(Lang::En).zip(all_texts(Lang::Fr)) {
        assert_eq!(placeholders(en), placeholders(fr), "{key}");
    }
}

#[test]
fn french_is_typeset_as_french() {
    for (key, text) in all_texts(Lang::Fr) {
        let letters: Vec<char> = prose(text).chars().collect();
        for (index, &letter) in letters.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| letters.get(before));
            let after = letters.get(index + 1);
            let fits = match letter {
                ';' | '!' | '?' => before == Some(&'\u{202f}'),
                ':' | '»' => before == Some(&'\u{a0}'),
                '«' => after == Some(&'\u{a0}'),
                '"' | '\'' => false,
                _ => true,
            };
            assert!(fits, "{key}: {text}");
        }
        let lower = prose(text).to_lowercase();
        for foreign in ["breaking", "risky", "additive", "docs", "endpoint", "callback", " ;", " :"] {
            assert!(!lower.contains(foreign), "{key}: {text}");
        }
    }
}

/// History pages, changelogs and messages of what has shipped say these too.
#[test]
fn what_is_said_after_the_fact_names_no_future() {
    let future = |lang| match lang {
        Lang::En => &[
            "before the change",
            "before then",
            "until then",
            "change ships",
            "has shipped",
            " will ",
            " goes",
            "today",
            "not yet",
            "for now",
        ][..],
        Lang::Fr => &[
            "avant la mise",
            "dès la mise",
            "jusqu’à la mise",
            "d’ici là",
            "avant que",
            "avant son",
            "avant sa",
            "sera ",
            "sera supprim",
            "seront",
            "disparaîtr",
            "aujourd’hui",
            "bientôt",
            "pas encore",
            "pour l’instant",
            "dans l’immédiat",
        ][..],
    };
    let timeless = ["sentence", "explanation", "advice"];
    for (key, text, lang) in
        Lang::ALL.into_iter().flat_map(|lang| all_texts(lang).map(move |(key, text)| (key, text, lang)))
    {
        let (table, name) = key.split_once('.').expect("a table and a key");
        let of_rule = crate::rules::find(table).is_some() && timeless.contains(&name);
        let drafted = table == "drafts" && !name.starts_with("hint-");
        if of_rule || drafted || ["consequences", "several", "instead", "terms"].contains(&table) {
            let said = prose(text).to_lowercase();
            assert_eq!(future(lang).iter().find(|word| said.contains(**word)), None, "{key}: {text}");
        }
    }
}

#[test]
fn french_contracts_articles() {
    let schema =
        |arg: Arg| say("response-property-removed", Lang::Fr, &args(&[("property", code("a")), ("schema", arg)]));
    assert_eq!(schema(code("motif")), "Le champ `a` disparaît de `motif`");
    assert_eq!(schema(at("", "response 200 body")), "Le champ `a` disparaît du corps de la réponse 200");
    assert_eq!(schema(at("", "security")), "Le champ `a` disparaît des identifiants");
    assert_eq!(schema(at("", "response 200")), "Le champ `a` disparaît de la réponse 200");
}

fn args(pairs: &[(&str, Arg)]) -> Args {
    pairs.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect()
}

fn code(text: &str) -> Arg {
    Arg::Code(text.to_owned())
}

fn term(term: &str) -> Arg {
    Arg::Term { term: term.to_owned() }
}

fn read(text: &str) -> Spot {
    let Ok(spot) = text.parse();
    spot
}

fn at(path: &str, spot: &str) -> Arg {
    Arg::Spot { path: path.to_owned(), spot: read(spot) }
}

#[test]
fn sentences_read_well_with_names_spots_and_terms() {
    let both = |id, pairs: &[(&str, Arg)]| Lang::ALL.map(|lang| say(id, lang, &args(pairs)));
    assert_eq!(
        both("response-property-removed", &[("property", code("rdvs_users")), ("schema", code("rdv"))]),
        ["`rdvs_users` is no longer sent in `rdv`", "Le champ `rdvs_users` disparaît de `rdv`"]
    );
    assert_eq!(
        both("response-null-added", &[("place", at("status", "response 200 body"))]),
        [
            "`status` in the response 200 body may now be `null`",
            "`status` dans le corps de la réponse 200 peut désormais valoir `null`"
        ]
    );
    let bounds = [("place", at("", "query parameter q")), ("from", term("unlimited")), ("to", code("50"))];
    assert_eq!(
        both("request-max-length-lowered", &bounds),
        [
            "The query parameter `q` takes at most `50` characters, was unlimited",
            "Le paramètre d’URL `q` accepte au plus `50` caractères (auparavant illimité)"
        ]
    );
    let moved = [("parameter", code("token")), ("from", term("query")), ("to", term("header"))];
    assert_eq!(
        both("parameter-moved", &moved),
        [
            "`token` is now a header parameter, was a query parameter",
            "`token` devient un paramètre d’en-tête (auparavant d’URL)"
        ]
    );
    let open = [("credentials", term("anonymous")), ("operation", code("GET /x/{id}"))];
    assert_eq!(
        both("security-narrowed", &open),
        [
            "Calling without credentials no longer suffices for `GET /x/{id}`",
            "Un appel sans identification ne suffit plus pour `GET /x/{id}`"
        ]
    );
    let end = [("place", code("GET /x")), ("to", term("2024-05-01"))];
    assert_eq!(
        both("sunset-added", &end),
        ["`GET /x` is to end on 1 May 2024", "`GET /x` doit prendre fin le 1er mai 2024"]
    );
    assert_eq!(say("no-such-rule", Lang::Fr, &Args::new()), "no-such-rule");
}

#[test]
fn names_of_the_contract_stay_code_whatever_they_hold() {
    let shown = |text: &str| fill("{a}", Lang::En, &args(&[("a", code(text))]));
    assert_eq!(shown("^`a``$"), "```^`a``$```");
    assert_eq!(shown("`"), "`` ` ``");
    assert_eq!(shown("{a}\n<b>"), "`{a} <b>`");
    assert_eq!(shown(""), "`\"\"`");
    assert_eq!(shown(&"é".repeat(500)).chars().count(), 123);
    assert_eq!(fill("{b} {a", Lang::En, &Args::new()), "{b} {a");
}

#[test]
fn spots_are_said_in_both_languages() {
    for (raw, en, fr) in [
        ("operation", "operation", "opération"),
        ("security", "credentials", "identifiants"),
        ("request body", "request body", "corps de la requête"),
        ("response 2XX", "response 2XX", "réponse 2XX"),
        ("response default body", "default response body", "corps de la réponse par défaut"),
        ("response 200 header X-Total", "response 200 header `X-Total`", "en-tête `X-Total` de la réponse 200"),
        ("query parameter page", "query parameter `page`", "paramètre d’URL `page`"),
        ("path parameter id", "path parameter `id`", "paramètre de chemin `id`"),
        ("cookie parameter s", "cookie parameter `s`", "cookie `s`"),
        (
            "response 200 body (application/xml)",
            "response 200 body (`application/xml`)",
            "corps de la réponse 200 (`application/xml`)",
        ),
        ("webhook rdv: request body", "webhook `rdv`, request body", "webhook `rdv`, corps de la requête"),
        ("something else", "`something else`", "`something else`"),
    ] {
        assert_eq!([spot(Lang::En, &read(raw)), spot(Lang::Fr, &read(raw))], [en, fr]);
    }
    let inside = args(&[("a", at("items[]", "callback done: header parameter X-Sum"))]);
    assert_eq!(
        fill("{a}", Lang::En, &inside),
        "each item of `items` in the header parameter `X-Sum` of the callback `done`"
    );
}

#[test]
fn dates_and_numbers_follow_the_language() {
    let day = civil::date(2024, 5, 14);
    assert_eq!([date(Lang::En, day), date(Lang::Fr, day)], ["14 May 2024", "14 mai 2024"]);
    assert_eq!(full_date(Lang::En, day), "Tuesday 14 May 2024");
    assert_eq!(full_date(Lang::Fr, civil::date(2024, 3, 1)), "vendredi 1er mars 2024");
    assert_eq!([number(Lang::En, 1_240), number(Lang::Fr, 12_401_000)], ["1,240", "12\u{202f}401\u{202f}000"]);
    assert_eq!(counted(Lang::En, "levels", "breaking", 0), "0 breaking changes");
    assert_eq!(counted(Lang::Fr, "levels", "breaking", 0), "0 rupture");
    assert_eq!(counted(Lang::Fr, "ui", "operations", 2), "2 opérations");
    assert_eq!("fr".parse(), Ok(Lang::Fr));
    assert_eq!("de".parse::<Lang>().unwrap_err().to_string(), "unknown language `de`: use `en` or `fr`");
}

#[test]
fn consequences_are_said_of_rules_with_their_names() {
    for lang in Lang::ALL {
        let (_, said) = texts(lang).tables().find(|(name, _)| *name == "consequences").expect("a table");
        for (id, text) in said {
            let rule = crate::rules::find(id).unwrap_or_else(|| panic!("no rule {id}"));
            let known: BTreeSet<&str> = rule.on.0.placeholders().iter().copied().collect();
            assert!(placeholders(text).is_subset(&known), "{lang:?} {id}");
            assert!(text.ends_with('.'), "{lang:?} {id}");
        }
    }
}

#[test]
fn findings_are_said_with_their_placeholders() {
    for (kind, lang) in Kind::all().flat_map(|kind| Lang::ALL.map(|lang| (kind, lang))) {
        let known: BTreeSet<&str> = kind.placeholders().iter().copied().chain(["subject"]).collect();
        let said =
            texts(lang).get("findings", kind.as_str()).unwrap_or_else(|| panic!("{} in {lang:?}", kind.as_str()));
        assert!(!said.ends_with('.') && placeholders(said).is_subset(&known), "{said}");
        let way = texts(lang).get("findings", &format!("{}-advice", kind.as_str()));
        assert!(way.is_none_or(|way| way.ends_with('.') && placeholders(way).is_subset(&known)), "{way:?}");
        assert!(way.is_some() || !kind.closes(), "{} has no way out", kind.as_str());
    }
    let names: BTreeSet<&str> = Kind::all().map(Kind::as_str).collect();
    let (_, said) = texts(Lang::En).tables().find(|(name, _)| *name == "findings").expect("a table");
    assert!(said.keys().all(|key| names.contains(key.strip_suffix("-advice").unwrap_or(key))));
}
