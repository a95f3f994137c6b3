//! What makes a maintainer's day easier: messages for all partners at once, hints, and a second run that costs less.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use sha2::{Digest as _, Sha256};

use super::announced::{NOTICE, announced, edit, rendered};
use super::place::{BOOKS, Place, untitled};

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn each_partner_gets_its_message_and_the_team_the_list() {
    let place = announced();
    for (format, ending) in [("md", "md"), ("eml", "eml"), ("text", "txt")] {
        let run = place
            .run(&format!("notice render N2024-001 --today 2024-05-02 --all --out out/{format} --format {format}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        assert!(run.out.contains("messages for 4 of 5 partners"), "{run:?}");
        let told = ["desk", "hall", "port", "post"];
        let mut expected = vec!["_recipients.json".to_owned(), "_recipients.md".to_owned()];
        expected.extend(told.map(|slug| format!("{slug}.{ending}")));
        assert_eq!(names(&place.path().join("out").join(format)), expected);
        for slug in told {
            let text = place.read(&format!("out/{format}/{slug}.{ending}"));
            assert_eq!(text, rendered(&place, &format!("--partner {slug} --format {format}")), "{slug}");
        }
    }
    let list = place.read("out/md/_recipients.md");
    let heading = list.lines().next().unwrap();
    assert!(heading.contains('`') && !heading.contains("\\`"), "names are code: {heading}");
    assert!(list.contains("| hall | fr | `hall.md` |") && list.contains("| mill | Nothing for you"), "{list}");
    let data: serde_json::Value = serde_json::from_str(&place.read("out/md/_recipients.json")).unwrap();
    assert_eq!(data["partners"][1]["file"], "hall.md");
    assert_eq!(data["partners"][2]["file"], serde_json::Value::Null);
    assert_eq!((&data["draft"], &data["partners"][1]["reasons"][0]["kind"]), (&false.into(), &"reads".into()));
}

#[test]
fn messages_to_all_are_written_as_a_whole_or_not_at_all() {
    let place = announced();
    place.write("out/mine.txt", "mine");
    place
        .run("notice render N2024-001 --all --out out")
        .could_not_tell("error: `out` is no empty folder\nhelp: name a new folder, or remove this one first\n");
    assert_eq!(names(&place.path().join("out")), ["mine.txt"]);
    // The last of the messages cannot be rendered.
    place.write("preavis.toml", "templates = \"mine\"\n[mail]\nfrom = \"api@library.example\"\n");
    place.write("mine/md/notice.hbs", "{{#if partner}}{{partner.slug}}{{broken (oops)}}{{/if}}");
    let run = place.run("notice render N2024-001 --all --out new");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(!place.path().join("new").exists());
    let words = place.run("notice render N2024-001 --all");
    assert_eq!(words.code, 2, "{words:?}");
}

#[test]
fn a_mail_of_a_draft_says_so() {
    let place = announced();
    let subject = |lang: &str| {
        let run = place.run(&format!("notice render N2024-001 --today 2024-05-02 --lang {lang} --format eml"));
        let mail = mail_parser::MessageParser::default().parse(run.out.as_bytes()).unwrap().into_owned();
        mail.subject().unwrap().to_owned()
    };
    assert!(!subject("en").contains('[') && !subject("fr").contains('['));
    edit(&place, NOTICE, "announced_on = 2024-05-02\n", "");
    assert!(subject("en").starts_with("[DRAFT] ") && subject("fr").starts_with("[BROUILLON] "));
}

/// Two releases; the site of them.
fn library() -> Place {
    let place = Place::repository();
    place.write("api.yaml", BOOKS);
    place.release("v1.0.0");
    place.write("api.yaml", &untitled());
    place.release("v1.1.0");
    place
}

fn texts(folder: &Path, into: &mut Vec<(String, String)>) {
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            texts(&path, into);
        } else {
            into.push((
                path.display().to_string().split_once("site-").unwrap().1[1..].to_owned(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

/// A file of the cache with its right hash, written by somebody else.
fn forged(name: &str, content: &[u8]) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(content).unwrap();
    let packed = packed.finish().unwrap();
    let mut hash = Sha256::new();
    for part in [name.as_bytes(), &packed] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let hash = hash.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    [b"preavis report 1\n", hash.as_bytes(), &packed].concat()
}

#[test]
fn what_is_published_is_the_same_with_and_without_a_cache() {
    let place = library();
    let reports = place.path().join(".git/preavis/reports");
    let publish = |to: &str, words: &str| {
        let run = place.run(&format!("publish --out site-{to} -q {words}"));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
        let mut found = Vec::new();
        texts(&place.path().join(format!("site-{to}")), &mut found);
        found.retain(|(path, _)| !path.ends_with(".preavis-lock"));
        found
    };
    let plain = publish("a", "--no-cache");
    assert!(!reports.exists() && !plain.is_empty());
    assert_eq!(publish("b", ""), plain);
    let kept = names(&reports);
    assert!(!kept.is_empty());
    assert_eq!(publish("c", ""), plain);
    assert_eq!(names(&reports), kept, "the second run found everything");
    for name in &kept {
        fs::write(reports.join(name), "preavis report 1\nbroken").unwrap();
    }
    assert_eq!(publish("d", ""), plain);
    // Whole files with other content: one in the place of another, and one whose hash is right and whose content is none.
    let whole: Vec<Vec<u8>> = kept.iter().map(|name| fs::read(reports.join(name)).unwrap()).collect();
    for (name, other) in kept.iter().zip(whole.iter().cycle().skip(1)) {
        fs::write(reports.join(name), other).unwrap();
    }
    assert_eq!(publish("f", ""), plain);
    for name in &kept {
        fs::write(reports.join(name), forged(name, b"{\"changes\": 7}")).unwrap();
    }
    assert_eq!(publish("g", ""), plain);
    let changelog = |words: &str| place.run(&format!("changelog {words}")).out;
    let said = changelog("--no-cache");
    assert!(said.contains("v1") && said == changelog("") && said == changelog(""), "{said}");
    fs::remove_dir_all(&reports).unwrap();
    assert_eq!(publish("e", ""), plain);
}

#[test]
fn a_cache_is_not_kept_where_a_proposed_change_could_fill_it() {
    let place = library();
    place.run("publish --out site --cache cached").could_not_tell(
        "error: `cached` lies in the work tree, where whoever proposes a change could put results into the cache\nhelp: \
         name a folder outside of it; without `--cache` it is in git's own folder\n",
    );
    assert!(!place.path().join("cached").exists());
}

#[test]
fn a_misspelt_ref_finds_its_own() {
    let place = library();
    let run = place.run("diff v1.0.1 v1.1.0");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("help: did you mean `v1.0.0`"), "{run:?}");
    let run = place.run("diff nowhere v1.1.0");
    assert!(run.err.contains("help: a version is REF"), "{run:?}");
}

#[test]
fn words_without_quotes_are_told_so() {
    let place = library();
    place.write("preavis.toml", "lang = fr\n");
    let run = place.run("diff v1.0.0 v1.1.0");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("help: words stand in quotes: `lang = \"fr\"`"), "{run:?}");
}

#[test]
fn notices_are_listed_in_a_repository_only() {
    let place = Place::new();
    let run = place.run("notice list");
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("is not in a git repository") && run.err.contains("--repo DIR"), "{run:?}");
}

#[test]
fn logs_are_read_against_production() {
    let place = library();
    place.write("preavis.toml", "production = \"HEAD\"\n");
    place.write("api.yaml", &untitled().replace("/books", "/volumes"));
    let line = |path: &str| {
        format!("203.0.113.7 - - [01/May/2024:10:00:00 +0000] \"GET {path} HTTP/1.1\" 200 9 \"-\" \"x\"\n").repeat(4)
    };
    let log = line("/books") + &line("/assets/app.js") + &line("/favicon.ico");
    let run = place.run_with("usage import - --report json", &[], &log);
    assert_eq!(run.code, 0, "{run:?}");
    let said: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&said["tally"]["matched"], &said["tally"]["unlisted"]), (&4.into(), &8.into()), "{said}");
    let run = place.run_with("usage import - --report json --at . --dry-run", &[], &log);
    let said: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(said["tally"]["matched"], 0, "{said}");
}

#[test]
fn calls_of_other_hosts_are_no_calls_that_the_contract_lacks() {
    let servers = "servers: [{url: \"https://api.example/\"}]\npaths:";
    let place = Place::two_commits(&BOOKS.replace("paths:", servers));
    let line = |target: &str| {
        let day = |day: u32| {
            format!("203.0.113.7 - - [0{day}/May/2024:10:00:00 +0000] \"GET {target} HTTP/1.1\" 200 9 \"-\" \"x\"\n")
        };
        (1..=4).map(day).collect::<String>()
    };
    let log = line("https://shop.example/carts") + &line("http://api.example/books") + &line("/books");
    let run = place.run_with("usage import - --report json --at . --dry-run", &[], &log);
    let said: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let tally = &said["tally"];
    assert_eq!((&tally["matched"], &tally["elsewhere"], &tally["undocumented"]), (&8.into(), &4.into(), &0.into()));
    let run = place.run_with("usage import - --lang fr --at . --dry-run", &[], &log);
    assert!(run.out.contains("4 requêtes vers d’autres hôtes") && !run.out.contains("shop"), "{run:?}");
    // Where the contract names no host, any may be its own.
    place.write("api.yaml", BOOKS);
    let run = place.run_with("usage import - --report json --at . --dry-run", &[], &log);
    let said: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&said["tally"]["elsewhere"], &said["tally"]["undocumented"]), (&0.into(), &4.into()), "{said}");
}
