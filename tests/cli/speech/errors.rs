//! Team files that are wrong, and what git and the system say.

use std::fs;

use super::super::announced::{NOTICE, announced, edit};
use super::super::place::{Place, untitled};
use super::{HOSTILE, harmless, quoted, run};

/// Texts of a configuration that are wrong in `%`, quoted where `"%"`.
const CONFIGS: &[&str] = &[
    "%",
    "lang = \"%\"\n",
    "\"%\" = 1\n",
    "[levels]\n\"%\" = \"docs\"\n",
    "[levels]\napi-added = \"%\"\n",
    "[[api]]\nid = \"%\"\npath = \"api.yaml\"\n",
    "[[api]]\nid = \"a\"\npath = \"%\"\n",
    "[[api]]\nid = \"a\"\npath = \"api.yaml\"\ntitle = \"%\"\n[site]\nurl = \"%\"\n",
    "templates = \"%\"\n",
    "production = \"%\"\n",
    "[mail]\nfrom = \"%\"\n",
];

/// Partner files likewise.
const PARTNERS: &[&str] = &[
    "%",
    "slug = \"%\"\n",
    "slug = \"a\"\nname = \"%\"\n[[uses]]\nop = \"GET /books\"\nparams = [\"%\"]\nreads = [\"a\", \"%\"]\n",
    "slug = \"a\"\n[[uses]]\nop = \"%\"\n",
    "slug = \"a\"\napis = [\"%\"]\n",
    "slug = \"a\"\n[[webhooks]]\nmodel = \"%\"\nreads = [\"%\"]\n",
    "slug = \"a\"\n[match]\nuser_agent = [\"(%\"]\n",
    "slug = \"a\"\ncontacts = [\"%\"]\n",
    "slug = \"a\"\n\"%\" = 1\n",
];

/// The text with what wants to speak in it, as it is where it stands alone.
fn filled(text: &str, hostile: &str) -> String {
    text.replace("\"(%\"", &quoted(&format!("({hostile}"))).replace("\"%\"", &quoted(hostile)).replace('%', hostile)
}

#[test]
fn a_configuration_says_nothing() {
    let place = Place::two_commits(&untitled());
    for (ix, text) in CONFIGS.iter().enumerate() {
        for hostile in HOSTILE.iter().skip(ix % 2).step_by(2) {
            place.write("preavis.toml", &filled(text, hostile));
            let args = ["diff v1 v2", "diff v1 v2 --format md", "changelog", "notice list", "publish --out site"];
            harmless(
                &run(&mut place.command(args[ix % 5])),
                &format!("{} with {text:?} and {hostile:?}", args[ix % 5]),
            );
            harmless(&run(&mut place.command("notice render --since v1")), &format!("{text:?} and {hostile:?}"));
        }
    }
}

#[test]
fn partner_files_say_nothing() {
    let place = announced();
    place.release("v2");
    for (ix, text) in PARTNERS.iter().enumerate() {
        for hostile in HOSTILE.iter().skip(ix % 2).step_by(2) {
            place.write("preavis/partners/a.toml", &filled(text, hostile));
            for args in ["usage show", "usage show --format md", "notice render --since v1 --partner a --format text"] {
                harmless(&run(&mut place.command(args)), &format!("{args} with {text:?} and {hostile:?}"));
            }
        }
    }
    fs::remove_file(place.path().join("preavis/partners/a.toml")).unwrap();
    for hostile in HOSTILE {
        let name = format!("preavis/partners/{}.toml", hostile.replace('/', ""));
        place.write(&name, "slug = \"b\"\n");
        harmless(&run(&mut place.command("usage show")), &format!("{name:?}"));
        fs::remove_file(place.path().join(&name)).unwrap();
    }
}

#[test]
fn notices_templates_and_aggregates_that_are_wrong_say_nothing() {
    let place = announced();
    let (notice, config) = (place.read(NOTICE), place.read("preavis.toml"));
    for hostile in HOSTILE {
        let said = quoted(hostile);
        for (from, to) in [
            ("audience = \"uses\"", format!("audience = {said}")),
            ("audience = \"uses\"", format!("audience = [{said}]")),
            ("audience = \"uses\"", format!("audience = \"uses\"\n{said} = 1")),
            ("audience = \"uses\"", format!("audience = \"uses\"\n{hostile}")),
            ("kind = \"breaking\"", format!("kind = {said}")),
            ("id = \"N2024-001\"", format!("id = {said}")),
            ("effective_on = ", format!("withdrawn_on = {said}\neffective_on = ")),
        ] {
            place.write(NOTICE, &notice);
            edit(&place, NOTICE, from, &to);
            for args in ["notice list", "notice render N2024-001 --format text"] {
                harmless(&run(&mut place.command(args)), &format!("{args} with {to:?}"));
            }
        }
        place.write(NOTICE, &notice);
        for text in [
            format!("{{{{{hostile}}}}}"),
            format!("{{{{> {hostile}}}}}"),
            format!("{{{{#if {hostile}}}}}"),
            format!("{{{{id}}}}{{{{[{hostile}]}}}}"),
        ] {
            place
                .write("preavis.toml", &format!("templates = \"words\"\n{config}"))
                .write("words/text/notice.hbs", &text);
            harmless(&run(&mut place.command("notice render N2024-001 --format text")), &format!("{text:?}"));
        }
        place.write("preavis.toml", &config);
        for text in [hostile.to_string(), format!("{{{said}: 1}}"), format!("{{\"version\": 1, \"rows\": [{said}]}}")] {
            place.write("usage.json", &text);
            harmless(&run(&mut place.command("usage show --usage usage.json")), &format!("{text:?}"));
        }
    }
}

#[test]
fn a_broken_repository_says_nothing() {
    for hostile in HOSTILE {
        let place = Place::two_commits(&untitled());
        place.write(".git/HEAD", &format!("ref: refs/heads/{hostile}\n"));
        harmless(&run(&mut place.command("diff v1 HEAD")), hostile);
        place.write(".git/HEAD", hostile);
        harmless(&run(&mut place.command("diff v1 HEAD")), hostile);
        place
            .write(".git/HEAD", "ref: refs/heads/main\n")
            .write(".git/config", &format!("[core]\n\trepositoryformatversion = {hostile}\n[{hostile}"));
        harmless(&run(&mut place.command("diff v1 v2")), hostile);
    }
}

#[test]
fn partners_are_no_matter_for_a_log() {
    let run = announced().run("usage show --partner nobody");
    assert_eq!(run.code, 2);
    assert!(["hall", "mill", "port", "post", "desk"].iter().all(|slug| !run.err.contains(slug)), "{run:?}");
}
