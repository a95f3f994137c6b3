//! A history bridges a version that could not be read wholly.

use preavis::diff::{Change, Options, across};

use crate::harness::{TODAY, contract, lines};

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Ferries, version: '1'}\npaths:\n";
const LOST: &str = "  /ferries: {$ref: ferries.yaml}\n";
const PORTS: &str = "  /ports: {get: {responses: {'200': {description: Ports}}}}\n";

fn ferries(parameter: &str) -> String {
    format!("  /ferries: {{get: {{parameters: [{parameter}], responses: {{'200': {{description: Ferries}}}}}}}}\n")
}

fn bridged(whole: &str, broken: &str, head: &str) -> Vec<String> {
    let read = |paths: &str| contract(&format!("{HEAD}{paths}"));
    let mut found = across(&read(whole), &read(broken), &read(head), &Options::on(TODAY));
    found.now.leave_out(Change::is_unread);
    lines(&found.now).into_iter().chain(lines(&found.since)).collect()
}

#[test]
fn what_is_readable_again_and_the_same_is_no_change() {
    let whole = ferries("") + PORTS;
    assert_eq!(bridged(&whole, &(LOST.to_owned() + PORTS), &whole), [""; 0]);
}

#[test]
fn what_changed_meanwhile_is_told_once_it_can_be_read() {
    let whole = ferries("") + PORTS;
    let head = ferries("{name: day, in: query, required: true, schema: {type: string}}") + PORTS;
    let told = ["breaking required-parameter-added GET /ferries query:day"];
    assert_eq!(bridged(&whole, &(LOST.to_owned() + PORTS), &head), told);
    let gone = bridged(&whole, &(LOST.to_owned() + PORTS), PORTS);
    assert_eq!(gone, ["breaking operation-removed GET /ferries"]);
}

#[test]
fn what_could_be_read_all_along_is_told_when_it_happens() {
    let whole = ferries("") + PORTS;
    assert_eq!(bridged(&whole, LOST, &ferries("")), [""; 0]);
    let removed = bridged(&whole, &(LOST.to_owned() + PORTS), &ferries(""));
    assert_eq!(removed, ["breaking operation-removed GET /ports"]);
}
