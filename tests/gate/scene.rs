//! Scenes: what a team does from day to day in a real repository, and what the gate says. Each is a file in `scenes/`.
//!
//! A line is a step; what `scenes/README.md` lists is all there is.

use std::collections::BTreeMap;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::place::{Place, Run};

/// A repository, the moment, and what the last command said.
struct Stage {
    place: Place,
    /// Variables of the environment.
    env: BTreeMap<String, String>,
    moment: String,
    last: Run,
    /// The fingerprints of the last check, by rule.
    fingerprints: BTreeMap<String, String>,
    /// Where in which file the step stands.
    at: String,
}

/// The document: a schema `Ferry` with properties, and operations that answer with it.
fn document(words: &str) -> String {
    let (mut paths, mut properties, mut required, mut version) = (String::new(), String::new(), Vec::new(), "1.0.0");
    for word in words.split_whitespace() {
        if word.starts_with('/') {
            let (path, extra) = word.split_once(':').unwrap_or((word, ""));
            let extra = if extra.is_empty() { String::new() } else { format!("x-stability-level: {extra}, ") };
            paths.push_str(&format!(
                "  {path}: {{get: {{{extra}responses: {{'200': {{description: ok, content: {{application/json: {{schema: \
                 {{$ref: '#/components/schemas/Ferry'}}}}}}}}}}}}}}\n"
            ));
        } else if let Some(given) = word.strip_prefix("version=") {
            version = given;
        } else {
            let (name, values) = word.split_once('=').unwrap_or((word, ""));
            let name = name.strip_prefix('!').inspect(|name| required.push(*name)).unwrap_or(name);
            let values =
                if values.is_empty() { String::new() } else { format!(", enum: [{}]", values.replace('|', ", ")) };
            properties.push_str(&format!("        {name}: {{type: string{values}}}\n"));
        }
    }
    format!(
        "openapi: 3.0.3\ninfo: {{title: Ferries, version: {version}}}\npaths:\n{paths}components:\n  schemas:\n    Ferry:\n      \
         type: object\n      required: [{}]\n      properties:\n{properties}",
        required.join(", ")
    )
}

impl Stage {
    fn new() -> Self {
        let last = Run { code: 0, out: String::new(), err: String::new() };
        let moment = "2030-01-01T12:00:00+0000".to_owned();
        let (env, fingerprints) = (BTreeMap::new(), BTreeMap::new());
        Self { place: Place::repository(), env, moment, last, fingerprints, at: String::new() }
    }

    /// The day of the moment.
    fn day(&self) -> &str {
        &self.moment[..10]
    }

    #[track_caller]
    fn filled(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (rule, id) in &self.fingerprints {
            out = out.replace(&format!("{{{rule}}}"), id);
        }
        while let Some((before, rest)) = out.split_once("{git:") {
            let (name, after) = rest.split_once('}').expect("a closing brace");
            out = format!("{before}{}{after}", self.git(&["rev-parse", name]));
        }
        let out = out.replace("{here}", &self.place.path().display().to_string());
        assert!(!out.contains("{response-") && !out.contains("{operation-"), "{}: no such change: {out}", self.at);
        out
    }

    /// One step; `body` are the indented lines below it.
    fn step(&mut self, line: &str, body: &str) {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = self.filled(rest);
        match verb {
            "day" => self.moment = moment(&rest),
            "api" => drop(self.place.write("api.yaml", &document(&rest))),
            "file" => drop(self.place.write(&rest, &self.filled(body))),
            "edit" => self.edit(&rest),
            "copy" => {
                let (from, to) = rest.split_once(' ').expect("two files");
                self.place.write(to, &self.place.read(from));
            }
            "remove" => fs::remove_file(self.place.path().join(&rest)).unwrap(),
            "link" => self.link(&rest),
            "env" => {
                let (name, value) = rest.split_once('=').expect("NAME=VALUE");
                self.env.insert(name.to_owned(), value.to_owned());
            }
            "clone" => self.clone_of_it(&rest),
            "git" => drop(self.git(&rest.split_whitespace().collect::<Vec<_>>())),
            "commit" => self.commit(&rest),
            "check" => self.check(&rest),
            "preavis" => self.preavis(&rest),
            "says" => assert!(self.said().contains(&rest), "{}: not said: {rest}\n{}", self.at, self.said()),
            "never" => assert!(!self.said().contains(&rest), "{}: said: {rest}\n{}", self.at, self.said()),
            other => panic!("{}: no step is called {other}", self.at),
        }
    }

    fn said(&self) -> String {
        format!("exit {}\n{}{}", self.last.code, self.last.out, self.last.err)
    }

    fn git(&self, args: &[&str]) -> String {
        self.place.git_on(&self.moment, args)
    }

    /// `PATH TARGET`
    fn link(&self, rest: &str) {
        let (path, target) = rest.split_once(' ').expect("a path and what it leads to");
        let path = self.place.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
    }

    /// Goes on in a clone.
    fn clone_of_it(&mut self, args: &str) {
        let (new, from) = (Place::new(), format!("file://{}", self.place.path().display()));
        let args = [&["clone", "--quiet"], &*args.split_whitespace().collect::<Vec<_>>(), &[&from, "."]].concat();
        new.git_on(&self.moment, &args);
        self.place = new;
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    /// `FILE OLD => NEW`: the one file whose path begins so.
    fn edit(&self, rest: &str) {
        let (start, change) = rest.split_once(' ').expect("a file and a change");
        let (old, new) = change.split_once(" => ").expect("OLD => NEW");
        let path = self.place.git_on(&self.moment, &["ls-files", "--cached", "--others", &format!("{start}*")]);
        let path = path
            .lines()
            .find(|path| Path::new(path).extension().is_none_or(|end| end != "json"))
            .unwrap_or_else(|| panic!("{}: no {start}", self.at));
        let text = self.place.read(path);
        assert!(text.contains(old), "{}: no `{old}` in {path}:\n{text}", self.at);
        self.place.write(path, &text.replace(old, &new.replace("\\n", "\n")));
    }

    /// `ARGS => DECISION`
    fn check(&mut self, rest: &str) {
        let (args, wanted) = rest.split_once("=> ").expect("a decision");
        let outside = tempfile::tempdir().unwrap();
        let file = outside.path().join("check.json");
        let today = if args.contains("--today") { String::new() } else { format!(" --today {}", self.day()) };
        let env: Vec<(&str, &str)> = self.env.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let command = format!("check {args}{today} --report json={}", file.display());
        self.last = self.place.run_with(&command, &env, "");
        let code = ["open", "closed", "unknown"].iter().position(|word| *word == wanted).expect("a decision");
        assert_eq!(self.last.code, i32::try_from(code).unwrap(), "{}: {}", self.at, self.said());
        let report: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(report["decision"], wanted, "{}", self.at);
        if wanted == "unknown" {
            assert_eq!(self.last.out, "", "{}", self.at);
        }
        for change in report["apis"].as_array().unwrap().iter().flat_map(|api| api["changes"].as_array().unwrap()) {
            let text = |name: &str| change[name].as_str().unwrap().to_owned();
            self.fingerprints.insert(text("rule"), text("fingerprint"));
        }
    }

    fn preavis(&mut self, rest: &str) {
        let args = ["accept", "notice new"].iter().any(|start| rest.starts_with(start));
        let mut command = self.place.command("");
        command.args(shell_words(rest)).envs(&self.env);
        if args && !rest.contains("--today") {
            command.args(["--today", self.day()]);
        }
        let output = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        self.last = Run { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
    }
}

/// Words, of which one between double quotes may have spaces.
fn shell_words(text: &str) -> Vec<String> {
    let parts = text.split('"').enumerate();
    parts
        .flat_map(|(ix, part)| {
            let words: Vec<String> =
                if ix % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() };
            words
        })
        .collect()
}

/// A day is meant at noon; a moment may be given in full.
fn moment(text: &str) -> String {
    if text.contains('T') { text.to_owned() } else { format!("{text}T12:00:00+0000") }
}

fn play(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let mut stage = Stage::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        stage.at = format!("{}:{}", path.file_name().unwrap().to_string_lossy(), at + 1);
        at += 1;
        let mut body = String::new();
        while at < lines.len() && lines[at].starts_with("    ") {
            body.push_str(lines[at].strip_prefix("    ").unwrap_or_default());
            body.push('\n');
            at += 1;
        }
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            stage.step(line, &body);
        }
    }
}

/// Two at a time: each waits for git and for the program most of the time.
#[test]
fn every_scene_is_played_to_its_end() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/scenes");
    let mut scenes: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    scenes.retain(|path| path.extension().is_some_and(|end| end == "scene"));
    scenes.sort();
    assert!(scenes.len() > 50);
    let wanted = std::env::var("SCENE").unwrap_or_default();
    scenes.retain(|path| path.to_string_lossy().contains(&wanted));
    let (one, two) = scenes.split_at(scenes.len() / 2);
    let failing = |scenes: &[PathBuf]| -> Vec<PathBuf> {
        scenes.iter().filter(|path| catch_unwind(|| play(path)).is_err()).cloned().collect()
    };
    let failed = std::thread::scope(|scope| {
        let other = scope.spawn(|| failing(two));
        [failing(one), other.join().unwrap()].concat()
    });
    assert!(failed.is_empty(), "{failed:#?}");
}
