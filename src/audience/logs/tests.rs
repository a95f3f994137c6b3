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

/// Times as servers write them, with their day in UTC; without one they are bad lines.
const TIMES: &[(&str, Option<&str>)] = &[
    // nginx, Apache, HAProxy
    ("10/Oct/2024:13:55:36 -0700", Some("2024-10-10")),
    ("10/Oct/2024:23:55:36 -0700", Some("2024-10-11")),
    ("01/Mar/2024:00:00:01 +0100", Some("2024-02-29")),
    ("10/oct/2024:13:55:36 +0000", Some("2024-10-10")),
    ("31/Dec/2016:23:59:60 +0000", Some("2016-12-31")),
    ("06/Feb/2024:12:14:14.655", Some("2024-02-06")),
    ("10/Oct/2024:55:55:36 +0000", None),
    ("10/Oct/2024:24:00:00 +0000", None),
    ("10/Oct/2024:13:61:36 +0000", None),
    ("10/Oct/2024:13:55:61 +0000", None),
    ("31/Feb/2024:00:00:00 +0000", None),
    ("00/Oct/2024:00:00:00 +0000", None),
    ("10/Foo/2024:00:00:00 +0000", None),
    ("10/10/2024:00:00:00 +0000", None),
    ("10/Oct/2024:13:55:36 +9900", None),
    ("10/Oct/2024:13:55:36 +1500", None),
    ("10/Oct/2024:13:55:36 -1300", None),
    ("10/Oct/2024:13:55:36 +0260", None),
    ("10/Oct/2024:13:55:36 0200", None),
    ("10/Oct/2024:13:55 +0000", None),
    ("10/Oct/1024:13:55:36 +0000", None),
    // ISO 8601, RFC 3339, PostgreSQL, Ruby, Python, Java, Go
    ("2024-04-10", Some("2024-04-10")),
    ("2024-04-10T12:00:00Z", Some("2024-04-10")),
    ("2024-04-10t12:00:00z", Some("2024-04-10")),
    ("2024-04-10T23:30:00-01:00", Some("2024-04-11")),
    ("2024-04-10T23:30-0100", Some("2024-04-11")),
    ("2024-04-10T00:30:00+14:00", Some("2024-04-09")),
    ("2024-04-10T00:30+02:00[Europe/Paris]", Some("2024-04-09")),
    ("2016-12-31T23:59:60Z", Some("2016-12-31")),
    ("2024-04-10 09:12:13.5", Some("2024-04-10")),
    ("2024-04-10 09:12:13,512", Some("2024-04-10")),
    ("2024-04-10 00:12:13.5+02", Some("2024-04-09")),
    ("2024-04-10 00:12:13 +0200", Some("2024-04-09")),
    ("2024-04-10 12:00:00 UTC", Some("2024-04-10")),
    ("2024-04-10 00:30:00.123456 +0200 CEST", Some("2024-04-09")),
    ("2024-04-10 00:30:00.1 +0300 +03 m=+0.1", Some("2024-04-09")),
    ("2024-04-10T55:00:00Z", None),
    ("2024-04-10 55:00:00", None),
    ("2024-04-10T24:00:00Z", None),
    ("2024-04-10T12:61:00Z", None),
    ("2024-04-10T12:00:61Z", None),
    ("2024-02-31T12:00:00Z", None),
    ("2023-02-29", None),
    ("2024-13-10T12:00:00Z", None),
    ("2024-00-10", None),
    ("2024-04-10T12:00:00+25:00", None),
    ("2024-04-10T12:00:00+15:00", None),
    ("2024-04-10T12:00:00-12:30", None),
    ("2024-04-10T12:00:00+02:60", None),
    ("2024-04-10 12:00:00 +9900", None),
    ("2024-04-10 12:00:00 CEST", None),
    ("2024-04-10 12:00:00 yesterday", None),
    ("2024-04-10 noon", None),
    ("2024-04-10T", None),
    ("-2024-04-10", None),
    ("9999-12-31T23:59:59-10:00", None),
    ("1989-12-31T23:59:59Z", None),
    // Unix
    ("1712743200", Some("2024-04-10")),
    ("1712743200.5", Some("2024-04-10")),
    ("1712743200123", Some("2024-04-10")),
    ("631152000", Some("1990-01-01")),
    ("631151999", None),
    ("7258118400", None),
    ("7258118399999", Some("2199-12-31")),
    ("7258118400000", None),
    ("99999999999999999999999", None),
    ("0", None),
    ("-1712743200", None),
    ("+1712743200", None),
    ("1712743200.5.5", None),
    ("1712743200.", Some("2024-04-10")),
    ("17e8", None),
    ("NaN", None),
    ("é024-04-10", None),
];

/// A line of each preset that says its time in a place of its own.
fn lines_at(time: &str) -> [(&'static str, String); 9] {
    let common = format!(r#"h - - [{time}] "GET /a HTTP/1.1" 200 1"#);
    [
        ("combined", format!(r#"{common} "-" "-""#)),
        ("common", common),
        ("jsonl", format!(r#"{{"method":"GET","path":"/a","time":"{time}"}}"#)),
        ("rdv-api-calls", format!(r#"{{"received_at":"{time}","raw_http":{{"method":"GET","path":"/a"}}}}"#)),
        ("rails-lograge", format!(r#"{{"method":"GET","path":"/a","@timestamp":"{time}"}}"#)),
        ("rails-lograge", format!(r#"method=GET path=/a time="{time}" status=200"#)),
        ("scalingo-router", format!(r#"method=GET path=/a time="{time}" status=200"#)),
        ("caddy", format!(r#"{{"ts":"{time}","request":{{"method":"GET","uri":"/a"}}}}"#)),
        ("traefik", format!(r#"{{"RequestMethod":"GET","RequestPath":"/a","StartUTC":"{time}"}}"#)),
    ]
}

fn day_of(name: &str, line: &str) -> Result<String, BadLine> {
    let read = Format::named(name, None).unwrap().unwrap().read(line.as_bytes());
    read.map(|request| request.expect("a request").day.to_string())
}

#[test]
fn every_preset_reads_every_time_or_calls_the_line_bad() {
    for &(time, day) in TIMES {
        let said = day.map(str::to_owned).ok_or(BadLine::Unreadable("time"));
        for (name, line) in lines_at(time) {
            assert_eq!(day_of(name, &line), said, "{name}: {line}");
        }
    }
    assert!(PRESETS.iter().all(|preset| lines_at("").iter().any(|(name, _)| *name == preset.name)));
}

#[test]
fn times_that_are_numbers_are_read_or_bad() {
    let bad = Err(BadLine::Unreadable("time"));
    for (time, day) in [
        ("1646861401.52", Ok("2022-03-09".to_owned())),
        ("1.64686140152e9", Ok("2022-03-09".to_owned())),
        ("1646861401520", Ok("2022-03-09".to_owned())),
        ("-1646861401", bad.clone()),
        ("-0.5", bad.clone()),
        ("1e300", bad.clone()),
        ("9007199254740993", bad.clone()),
    ] {
        assert_eq!(
            day_of("caddy", &format!(r#"{{"ts":{time},"request":{{"method":"GET","uri":"/a"}}}}"#)),
            day,
            "{time}"
        );
    }
}

#[test]
fn a_time_before_the_pairs_is_read_or_bad() {
    let bad = Err(BadLine::Unreadable("time"));
    let day = |text: &str| Ok(text.to_owned());
    for (lead, said) in [
        ("I, [2024-04-10T09:00:00.1 #7]  INFO -- :", day("2024-04-10")),
        ("2024-05-19 23:07:28.4 -0200 [router]", day("2024-05-20")),
        ("<190>1 2024-05-19T23:07:28-02:00 host", day("2024-05-20")),
        ("[2024-05-19 23:07:28]", day("2024-05-19")),
        ("2024-05-19 23:07:28,4 INFO", day("2024-05-19")),
        ("2024-05-19: 7", day("2024-05-19")),
        ("2024-05-19 55:07:28 -0200 [router]", bad.clone()),
        ("2024-05-19 23:61:28", bad.clone()),
        ("I, [2024-04-10T24:00:00.1 #7]", bad.clone()),
        ("2024-02-31", bad.clone()),
        ("2024-13-01T00:00:00Z", bad.clone()),
        ("2024-05-19 23:07:28 -9900 [router]", bad.clone()),
        ("router", Err(BadLine::Missing("time"))),
        ("a line whose date comes late: 2024-05-19", Err(BadLine::Missing("time"))),
    ] {
        assert_eq!(day_of("scalingo-router", &format!("{lead} method=GET path=/a")), said, "{lead}");
    }
}
