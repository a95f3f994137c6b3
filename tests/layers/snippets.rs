//! The reader of names against snippets in which something is hidden.

use super::reader::names;

/// Asserts that a snippet in the module `audience::logs` names something.
#[track_caller]
fn names_it(text: &str, wanted: &str) {
    let found = names(text, &["audience".to_owned(), "logs".to_owned()]).expect(text);
    assert!(found.contains(wanted), "no {wanted} in {found:?} of {text}");
}

#[test]
fn every_form_of_import_is_read() {
    for (text, wanted) in [
        ("use crate::cli::run;", "crate::cli::run"),
        ("pub(crate) use crate::cli::run as go;", "crate::cli::run"),
        ("use crate::{text, cli};", "crate::cli"),
        ("use crate::{text::{self, Lang}, report::{a::{b, c}, cli::{self as d}}};", "crate::report::a::c"),
        ("use crate::{text::{self, Lang}, report::{cli::{self as d}}};", "crate::report::cli"),
        ("use crate::{self as root};", "crate"),
        ("use crate as root;\nfn f() { root::cli::run() }", "crate::cli::run"),
        ("use crate::*;", "crate::*"),
        ("extern crate self as me;\nfn f() { me::cli::run() }", "crate::cli::run"),
        ("use super::super::cli;", "crate::cli"),
        ("use super::super::{text, cli::run};", "crate::cli::run"),
        ("mod inner { use super::super::super::cli; }", "crate::cli"),
        ("use self::super::super::cli;", "crate::cli"),
        ("use super::routes;", "crate::audience::routes"),
        ("use preavis::cli;", "crate::cli"),
        ("fn f() { use crate::cli::run; run() }", "crate::cli::run"),
        ("use crate::report;\nfn f() { report::assemble() }", "crate::report::assemble"),
    ] {
        names_it(text, wanted);
    }
}

#[test]
fn paths_in_code_types_and_macros_are_read() {
    for (text, wanted) in [
        ("fn f() -> crate::cli::Exit { todo!() }", "crate::cli::Exit"),
        ("fn f(x: Vec<Option<crate::cli::Exit>>) {}", "crate::cli::Exit"),
        ("impl crate::cli::Run for u8 {}", "crate::cli::Run"),
        ("fn f() { match x { crate::cli::Exit::Clear => 1, _ => 2 }; }", "crate::cli::Exit::Clear"),
        ("#[derive(crate::cli::Made)] struct A;", "crate::cli::Made"),
        ("macro_rules! m { ($x:expr) => { $crate::cli::run($x) }; }", "crate::cli::run"),
        ("macro_rules! m { () => { use $crate::{text, cli::{Exit, run}}; }; }", "crate::cli::run"),
        ("fn f() { format!(\"{}\", super::super::cli::run()) }", "crate::cli::run"),
        ("thread_local! { static A: u8 = crate::cli::run(); }", "crate::cli::run"),
        ("fn f() { crate::cli::shout!(1) }", "crate::cli::shout!"),
        ("fn f() { vec![eprintln!(\"a\")]; }", "eprintln!"),
        ("fn f() { println!(\"a\") }", "println!"),
    ] {
        names_it(text, wanted);
    }
}

#[test]
fn what_touches_the_world_is_read() {
    for (text, wanted) in [
        ("use std::{fs, io};", "std::fs"),
        ("use std::io;\nfn f() { io::stdin() }", "std::io::stdin"),
        ("use std::io::{self as there, Write};\nfn f() { there::stdout() }", "std::io::stdout"),
        ("use jiff::Timestamp as T;\nfn f() { T::now() }", "jiff::Timestamp::now"),
        ("fn f() { jiff::Zoned::now() }", "jiff::Zoned::now"),
        ("fn f(path: &Path) { path.exists(); }", ".exists"),
        ("fn f(path: &Path) { assert!(path.exists()); }", ".exists"),
        ("fn f() { ::std::env::var(\"A\") }", "std::env::var"),
    ] {
        names_it(text, wanted);
    }
}

#[test]
fn comments_strings_and_tests_are_no_names() {
    for text in [
        "// use crate::cli;\nfn f() {}",
        "//! [`crate::cli`]\n/// [`crate::cli::run`]\nfn f() {}",
        "/* crate::cli */ fn f() { \"crate::cli\"; r#\"use crate::cli;\"#; b\"crate::cli\"; }",
        "fn f() { format!(\"crate::cli {}\", 1) }",
        "#[cfg(test)]\nuse crate::cli;",
        "#[cfg(test)]\nmod tests { use crate::cli; }",
        "impl A { #[cfg(test)] fn f() { crate::cli::run() } }",
        "fn f(cli: u8) { cli }",
        "pub(in crate::cli) struct A;",
    ] {
        let found = names(text, &["audience".to_owned()]).expect(text);
        assert!(!found.iter().any(|name| name.starts_with("crate::cli")), "{found:?} of {text}");
    }
    for text in ["pub(crate) struct A;", "thread_local! { pub(crate) static A: u8 = 1; }"] {
        let found = names(text, &[]).expect(text);
        assert!(!found.contains("crate"), "{found:?} of {text}");
    }
    assert!(names("fn f( {", &[]).is_err());
}
