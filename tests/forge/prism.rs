//! The same calls through Prism, a proxy by others that refuses requests which are not as a description has them:
//! `PREAVIS_PRISM` names the program, `PREAVIS_FORGES` the folder of what the forges publish. Without both there is nothing to
//! run.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;

use serde_json::{Value, json};

use super::published::{PUBLISHED, everything};
use super::*;
use crate::forge::fake::Seen;

/// Prism between preavis and a fake; ends with the test.
struct Prism {
    child: Child,
    port: u16,
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Prism {
    fn start(program: &Path, description: &Path, upstream: &str) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(program)
            .args(["proxy", "--errors", "--port", &port.to_string()])
            .arg(description)
            .arg(upstream)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let prism = Self { child, port };
        for _ in 0..600 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return prism;
            }
            sleep(Duration::from_millis(100));
        }
        panic!("Prism does not listen");
    }
}

/// A published description with the paths that it leaves out, of which nothing is asked.
fn whole(file: &Path, left_out: &[&str]) -> Value {
    let mut description: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    for path in left_out.iter().filter(|path| path.contains('{') || **path == "/user") {
        let arguments = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
        let parameters: Vec<Value> = arguments
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        description["paths"][*path] =
            json!({"parameters": parameters, "get": {"responses": {"200": {"description": "anything"}}}});
    }
    description
}

/// What Prism answers to a request that a fake has seen: 422 where the request is not as described.
fn answer(prism: &Prism, seen: &Seen) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&seen.query).finish();
    let body = seen.body.as_ref().map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(("127.0.0.1", prism.port)).unwrap();
    let (method, path, length) = (&seen.method, &seen.path, body.len());
    let head = "Authorization: Bearer x\r\nAccept: application/json\r\nContent-Type: application/json\r\n";
    let request = format!("{method} {path}?{query} HTTP/1.0\r\n{head}Content-Length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).unwrap();
    let mut said = String::new();
    let _ = stream.read_to_string(&mut said);
    said
}

#[test]
fn prism_finds_nothing_wrong() {
    let (Some(program), Some(folder)) = (std::env::var_os("PREAVIS_PRISM"), std::env::var_os("PREAVIS_FORGES")) else {
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    for (file, kind, left_out) in PUBLISHED {
        let description = scratch.path().join(file);
        fs::write(&description, whole(&Path::new(&folder).join(file), left_out).to_string()).unwrap();
        let fake = Fake::start(*kind);
        everything(&fake, *kind);
        let prism = Prism::start(Path::new(&program), &description, &fake.api());
        // What is answered is held against the same descriptions by `published`.
        let refused = |seen: &Seen| answer(&prism, seen).lines().next().is_none_or(|line| line.contains(" 422"));
        let log = fake.log();
        let wrong: Vec<&Seen> = log.iter().filter(|seen| refused(seen)).collect();
        assert!(log.len() > 9 && wrong.is_empty(), "{file}: {wrong:#?}");
        let odd = log.iter().find(|seen| seen.path.contains("/statuses/") && seen.method == "POST").unwrap();
        assert!(refused(&Seen { body: Some(json!({"state": 7})), ..odd.clone() }), "{file}: Prism sees nothing");
    }
}
