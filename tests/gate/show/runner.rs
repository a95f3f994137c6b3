//! The runner's two parsers of commands, written again from its source (`ActionCommand.cs`): `::name k=v,…::message` at the
//! start of a line, and the earlier `##[name k=v;…]message` anywhere in it.

use std::collections::BTreeMap;

/// A command as the runner understands it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Command {
    pub(super) name: String,
    pub(super) properties: BTreeMap<String, String>,
    pub(super) message: String,
}

fn unescaped(text: &str, property: bool) -> String {
    let mut out = text.replace("%0D", "\r").replace("%0A", "\n");
    if property {
        out = out.replace("%3A", ":").replace("%2C", ",");
    }
    out.replace("%25", "%")
}

fn properties(text: &str, separator: char, property: bool) -> BTreeMap<String, String> {
    let pairs = text.split(separator).filter_map(|pair| pair.trim().split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), unescaped(value, property))).collect()
}

fn named(inside: &str, separator: char) -> (String, BTreeMap<String, String>) {
    let (name, rest) = inside.trim().split_once(' ').unwrap_or((inside, ""));
    (name.to_owned(), properties(rest.trim(), separator, true))
}

/// The newer form: `TryParseV2`.
fn newer(line: &str) -> Option<Command> {
    let (inside, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (name, properties) = named(inside, ',');
    Some(Command { name, properties, message: unescaped(message, false) })
}

/// The earlier form: `TryParse`.
fn earlier(line: &str) -> Option<Command> {
    let (inside, message) = line[line.find("##[")? + 3..].split_once(']')?;
    let (name, properties) = named(inside, ';');
    Some(Command { name, properties, message: message.to_owned() })
}

/// The commands of a log. The runner ends lines at CR and LF.
pub(super) fn commands(log: &str) -> Vec<Command> {
    log.split(['\r', '\n']).filter_map(|line| newer(line).or_else(|| earlier(line))).collect()
}

/// Whether anything else in a log is a command to any runner, beside those of the newer form that are ours.
pub(super) fn smuggled(log: &str) -> Vec<String> {
    let ours = |line: &str| {
        ["::error ", "::warning ", "::notice "].iter().find_map(|start| line.strip_prefix(start).map(str::to_owned))
    };
    let rests = log.split(['\r', '\n', '\u{85}', '\u{2028}']).map(|line| ours(line).unwrap_or_else(|| line.to_owned()));
    let odd = |rest: &String| {
        rest.trim_start().starts_with("::")
            || ["##[", "##vso[", "##teamcity[", "section_start:", "travis_fold:"].iter().any(|mark| rest.contains(mark))
    };
    rests.filter(odd).collect()
}

#[test]
fn it_parses_as_the_runner_does() {
    let all = commands("x\n  ::error file=a%2Cb,line=1::c%0Ad%25\nmid ##[add-mask]secret\n::odd\n");
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].name.as_str(), all[0].message.as_str()), ("error", "c\nd%"));
    assert_eq!(all[0].properties["file"], "a,b");
    assert_eq!((all[1].name.as_str(), all[1].message.as_str()), ("add-mask", "secret"));
    assert_eq!(smuggled("::error x::y\n ::stop-commands::t\na ##vso[b]c\n").len(), 2);
}
