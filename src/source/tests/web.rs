use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use crate::source::web::{Schemes, Web};
use crate::source::{Files, SourceError};

/// A server on this machine, until the test process ends.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let first = lines.next().unwrap().unwrap();
            while !lines.next().unwrap().unwrap().is_empty() {}
            let path = first.split(' ').nth(1).unwrap();
            let (status, header, body) = match path {
                "/v1/api.yaml?token=x" | "/v1/api.yaml" => ("200 OK", String::new(), "spec"),
                "/common.yaml" => ("200 OK", String::new(), "shared"),
                "/moved" => ("302 Found", "Location: /v1/api.yaml\r\n".to_owned(), ""),
                "/round" => ("302 Found", "Location: /round\r\n".to_owned(), ""),
                "/plain" => ("301 Moved", "Location: http://example.org/api.yaml\r\n".to_owned(), ""),
                "/away.yaml" => ("301 Moved", "Location: https://example.org/api.yaml\r\n".to_owned(), ""),
                "/large" => ("200 OK", "Content-Length: 67108865\r\n".to_owned(), ""),
                "/secret?key=1" => ("403 Forbidden", String::new(), ""),
                _ => ("404 Not Found", String::new(), ""),
            };
            // The client hangs up on what it refuses.
            let _ = write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\n{header}\r\n{body}");
        }
    });
    format!("http://{address}")
}

fn open(url: &str, follow_refs: bool) -> Result<Web, SourceError> {
    Web::open(url, follow_refs, Schemes::PlainOnLoopback)
}

fn error(server: &str, path: &str) -> SourceError {
    open(&format!("{server}{path}"), false).err().unwrap()
}

#[test]
fn a_document_is_fetched_and_its_query_kept_secret() {
    let server = serve();
    let web = open(&format!("{server}/v1/api.yaml?token=x"), false).unwrap();
    assert_eq!(web.document(), "v1/api.yaml");
    assert_eq!(web.shown_url(), format!("{server}/v1/api.yaml"));
    let id = web.find("v1/api.yaml").unwrap().unwrap();
    assert_eq!(*web.read("v1/api.yaml", &id).unwrap(), *b"spec");
    assert!(matches!(web.find("common.yaml"), Err(SourceError::RemoteRef { .. })));
    assert_eq!(open(&format!("{server}/moved"), false).unwrap().document(), "v1/api.yaml");
}

#[test]
fn references_stay_on_the_server() {
    let server = serve();
    let web = open(&format!("{server}/v1/api.yaml"), true).unwrap();
    let id = web.find("common.yaml").unwrap().unwrap();
    assert_eq!(*web.read("common.yaml", &id).unwrap(), *b"shared");
    assert_eq!(web.find("absent.yaml").unwrap(), None);
    for path in ["https://example.org/api.yaml", "/example.org/api.yaml", "away.yaml"] {
        assert!(matches!(web.find(path), Err(SourceError::ForeignOrigin { .. })), "{path}");
    }
}

#[test]
fn what_is_refused_says_why() {
    let server = serve();
    for (path, message) in [
        ("/absent", "answered 404"),
        ("/secret?key=1", "/secret` answered 403"),
        ("/round", "redirects more than five times"),
        ("/plain", "redirects to an address that is not https"),
        ("/large", "is larger than 67108864 bytes"),
    ] {
        let text = error(&server, path).to_string();
        assert!(text.ends_with(message), "{path}: {text}");
    }
    let plain = Web::open("http://user:pw@example.org/a?k=1", false, Schemes::HttpsOnly).err().unwrap();
    assert_eq!(plain.to_string(), "`http://example.org/a` is not encrypted, so anyone on the way could change it");
    assert!(matches!(error("http://example.org", "/"), SourceError::PlainHttp { .. }));
    assert!(matches!(error("nonsense", ""), SourceError::BadUrl { .. }));
    assert!(matches!(error("http://127.0.0.1:1", "/"), SourceError::HttpFailed { .. }));
}
