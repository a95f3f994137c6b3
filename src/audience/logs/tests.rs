//! Lines of every format, and lines that are none.

use super::*;

fn read(format: &Format, line: &str) -> String {
    match format.read(line.as_bytes()) {
        Ok(Some(it)) => format!(
            "{} {} {} {:?} {:?} {:?} {:?}",
            it.method, it.target, it.day, it.status, it.client, it.user_agent, it.names
        ),
        Ok(None) => "nothing".to_owned(),
        Err(bad) => bad.to_string(),
    }
}

fn named(name: &str, line: &str) -> String {
    read(&Format::named(name, None).unwrap().unwrap(), line)
}

#[test]
fn every_preset_reads_its_lines() {
    for (name, line, said) in [
        (
            "combined",
            r#"203.0.113.7 - ada@example.org [10/Oct/2024:23:55:36 -0700] "GET /a?q=\x22x\x22 HTTP/1.1" 200 12 "-" "Faraday \"v2\"""#,
            r#"GET /a?q="x" 2024-10-11 Some(200) Some("ada@example.org") Some("Faraday \"v2\"") []"#,
        ),
        (
            "common",
            r#"203.0.113.7 - - [10/Oct/2024:13:55:36 +0000] "POST /a HTTP/1.1" 404 0"#,
            "POST /a 2024-10-10 Some(404) None None []",
        ),
        (
            "rdv-api-calls",
            r#"{"received_at":"2024-04-10 09:12:13.5","agent_id":7,"raw_http":{"method":"GET","path":"/a?page=2","headers":{"User-Agent":"F"}},"param_names":["page"]}"#,
            r#"GET /a?page=2 2024-04-10 None Some("7") Some("F") ["page"]"#,
        ),
        (
            "rails-lograge",
            r#"{"method":"get","path":"/a","@timestamp":"2024-04-10T00:30:00+02:00","status":"201","params":{"q":1}}"#,
            r#"GET /a 2024-04-09 Some(201) None None ["q"]"#,
        ),
        (
            "rails-lograge",
            "I, [2024-04-10T09:00:00.1 #7]  INFO -- : method=GET path=/a format=json status=200 duration=5.1",
            "GET /a 2024-04-10 Some(200) None None []",
        ),
        (
            "scalingo-router",
            r#"2024-05-19 23:07:28.4 -0200 [router] method=GET path="/a?b=1" from="203.0.113.7" status=200 user_agent="curl/8 \"x\"""#,
            r#"GET /a?b=1 2024-05-20 Some(200) None Some("curl/8 \"x\"") []"#,
        ),
        (
            "caddy",
            r#"{"ts":1646861401.52,"request":{"method":"GET","uri":"/a","headers":{"User-Agent":["curl/7"]}},"status":200,"user_id":""}"#,
            r#"GET /a 2022-03-09 Some(200) None Some("curl/7") []"#,
        ),
        (
            "traefik",
            r#"{"ClientUsername":"-","DownstreamStatus":200,"RequestMethod":"GET","RequestPath":"/a?b=1","StartUTC":"2024-05-19T01:02:03.4Z"}"#,
            "GET /a?b=1 2024-05-19 Some(200) None None []",
        ),
    ] {
        assert_eq!(named(name, line), said, "{name}");
    }
}

#[test]
fn bad_lines_say_why_and_nothing_of_their_content() {
    for (name, line, said) in [
        ("combined", "secret", "the line does not have the form of the format"),
        ("combined", "a - - [yesterday] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"", "the time of the line cannot be read"),
        (
            "combined",
            "a - - [10/Oct/2024:13:55:36 +0000] \"\\x16\\x03\" 400 1 \"-\" \"-\"",
            "the request of the line cannot be read",
        ),
        ("jsonl", "{\"method\":", "the line is not a JSON object"),
        ("jsonl", "{\"method\":\"GET\",\"path\":\"/a\"}", "the line has no time"),
        (
            "jsonl",
            "{\"method\":\"G T\",\"path\":\"/a\",\"time\":\"2024-01-01\"}",
            "the method of the line cannot be read",
        ),
        ("jsonl", "  ", "nothing"),
    ] {
        assert_eq!(named(name, line), said);
    }
    let format = Format::named("jsonl", None).unwrap().unwrap();
    assert_eq!(format.read(b"\xff\xfe"), Err(BadLine::NotText));
}

#[test]
fn formats_of_ones_own() {
    let format = Format::nginx("$time_iso8601|${request_method} $uri?$args $status \"$http_x_partner\"").unwrap();
    let request = format.read(b"2024-01-02T03:04:05+00:00|GET /a?b=1 204 \"hall\"").unwrap().unwrap();
    assert_eq!(
        (request.target.as_str(), request.headers),
        ("/a?b=1", vec![("x-partner".to_owned(), "hall".to_owned())])
    );
    let format = Format::named("jsonl", Some("method=/v,path=/p/u,time=/t,header.X-Key=/k")).unwrap().unwrap();
    assert!(read(&format, r#"{"v":"GET","p":{"u":"/a"},"t":1700000000,"k":"z"}"#).starts_with("GET /a 2023-11-14"));
    for (text, said) in [
        ("$status $time_local", "`--log-format` has no `$request`"),
        ("$request", "`--log-format` has no `$time_local`"),
        ("$request$status $msec", "`--log-format` has nothing between `$request` and the variable after it"),
    ] {
        assert_eq!(Format::nginx(text).unwrap_err().to_string(), said);
    }
    let said = |map| Format::named("jsonl", Some(map)).unwrap().unwrap_err().to_string();
    assert_eq!(said("verb=/v"), "`verb=/v` is not an entry of `--map`");
    assert!(matches!(Format::named("combined", Some("a=/b")), Some(Err(FormatError::MapOfText))));
}
