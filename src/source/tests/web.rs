use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use crate::source::web::{Schemes, Terms, Web};
use crate::source::{Files, SourceError, VersionArg};

/// A server on this machine, until the test process ends.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // Some answers never end, so each has its thread.
            thread::spawn(move || answer(stream.unwrap()));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    while !lines.next().unwrap().unwrap().is_empty() {}
    let path = first.split(' ').nth(1).unwrap();
    let to = |url: &str| ("302 Found", format!("Location: {url}\r\n"), "");
    let (status, header, body) = match path {
        "/v1/api.yaml?token=x" | "/v1/api.yaml" => ("200 OK", String::new(), "spec"),
        "/common.yaml" => ("200 OK", String::new(), "shared"),
        "/moved" => to("/v1/api.yaml"),
        "/round" => to("/round"),
        "/plain" => to("http://example.org/api.yaml"),
        "/away.yaml" => to("https://example.org/api.yaml"),
        "/metadata" => to("https://169.254.169.254/latest/meta-data/"),
        "/mapped" => to("https://[::ffff:10.0.0.1]/"),
        "/hex" => to("https://0x7f.0.0.2/"),
        "/name" => to("https://localhost./"),
        "/beside" => to("http://127.0.0.2:9/"),
        "/file" => to("file:///etc/passwd"),
        "/large" => ("200 OK", "Content-Length: 67108865\r\n".to_owned(), ""),
        "/secret?key=1" => ("403 Forbidden", String::new(), "what only the server should know"),
        "/drip" | "/endless" => ("200 OK", String::new(), "spec"),
        "/dripping-head" => ("200 OK\r\nX-Long: ", String::new(), ""),
        _ => ("404 Not Found", String::new(), ""),
    };
    // The client hangs up on what it refuses.
    let _ = write!(stream, "HTTP/1.1 {status}");
    let (chunk, pause) = match path {
        "/drip" | "/dripping-head" => (vec![b'x'; 1], 50),
        "/endless" => (vec![b'x'; 1 << 20], 0),
        _ => (Vec::new(), 0),
    };
    if path != "/dripping-head" {
        let _ = write!(stream, "\r\nConnection: close\r\n{header}\r\n{body}");
    }
    while !chunk.is_empty() && stream.write_all(&chunk).is_ok() {
        thread::sleep(Duration::from_millis(pause));
    }
}

fn terms(follow_refs: bool, milliseconds: u64) -> Terms {
    let time = Duration::from_millis(milliseconds);
    Terms { follow_refs, schemes: Schemes::PlainOnLoopback, time, named: Vec::new() }
}

fn open(url: &str, follow_refs: bool) -> Result<Web, SourceError> {
    Web::open(url, &terms(follow_refs, 60_000))
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
    let plain = Web::open("http://user:pw@example.org/a?k=1", &Terms::default()).err().unwrap();
    assert_eq!(plain.to_string(), "`http://example.org/a` is not encrypted, so anyone on the way could change it");
    assert!(matches!(error("http://example.org", "/"), SourceError::PlainHttp { .. }));
    assert!(matches!(error("nonsense", ""), SourceError::BadUrl { .. }));
    assert!(matches!(error("http://127.0.0.1:1", "/"), SourceError::HttpFailed { .. }));
}

#[test]
fn a_server_that_does_not_end_is_left() {
    let server = serve();
    for path in ["/drip", "/dripping-head"] {
        let begun = Instant::now();
        let error = Web::open(&format!("{server}{path}"), &terms(false, 400)).err().unwrap();
        assert!(matches!(error, SourceError::HttpTooSlow { .. }), "{path}: {error}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{path}");
    }
    let error = error(&server, "/endless");
    assert!(matches!(error, SourceError::TooLarge { .. }), "{error}");
}

#[test]
fn what_a_document_references_shares_its_time() {
    let server = serve();
    let web = Web::open(&format!("{server}/v1/api.yaml"), &terms(true, 900)).unwrap();
    assert!(matches!(web.find("drip"), Err(SourceError::HttpTooSlow { .. })));
    let begun = Instant::now();
    for path in ["drip?2", "drip?3", "common.yaml"] {
        assert!(matches!(web.find(path), Err(SourceError::HttpTooSlow { .. })), "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[test]
fn redirects_do_not_lead_into_private_networks() {
    let server = serve();
    for path in ["/metadata", "/mapped", "/hex", "/name", "/beside"] {
        let error = error(&server, path);
        assert!(matches!(error, SourceError::NotPublic { .. }), "{path}: {error}");
    }
    assert!(matches!(error(&server, "/file"), SourceError::Redirect { .. }));
    let beside = vec!["http://127.0.0.2/".parse().unwrap()];
    let named = Web::open(&format!("{server}/beside"), &Terms { named: beside, ..terms(false, 60_000) });
    assert!(matches!(named, Err(SourceError::HttpFailed { .. })));
}

#[test]
fn credentials_are_never_shown() {
    for text in
        ["ftp://user:pw@example.org/a?k=pw", "http://user:pw@example.org/a?k=pw", "https://user:pw@example.org:port/a"]
    {
        let error = match VersionArg::parse(text) {
            Ok(_) => Web::open(text, &Terms::default()).err().unwrap(),
            Err(error) => error,
        };
        let said = format!("{error} {:?}", error.advice());
        assert!(said.contains("example.org") && !said.contains("pw"), "{said}");
    }
}
