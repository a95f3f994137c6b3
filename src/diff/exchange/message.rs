//! An HTTP message as text, and a request as a `curl` command.

use std::borrow::Cow;

/// A request.
#[derive(Clone, Default, Debug)]
pub(super) struct Request {
    /// Upper case.
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    /// Name and value; `$TOKEN` and the like stand for what only the sender knows.
    pub(super) headers: Vec<(String, String)>,
    /// The body as text.
    pub(super) body: Option<String>,
}

impl Request {
    /// Request line, headers, body.
    pub(super) fn http(&self) -> String {
        let mut out = format!("{} {} HTTP/1.1", self.method, on_a_line(&self.target));
        finish(&mut out, &self.headers, self.body.as_deref());
        out
    }

    /// A command that sends it to a server; `$SERVER` where the contract names none in full.
    pub(super) fn curl(&self, server: Option<&str>) -> String {
        let url = match server.map(|server| server.trim_end_matches('/')).map(elsewhere) {
            Some(server) if server.contains("://") && !server.contains(['{', '\'']) => {
                quoted(&on_a_line(&format!("{server}{}", self.target)))
            }
            Some(path) if path.starts_with('/') => {
                format!("\"$SERVER\"{}", quoted(&on_a_line(&format!("{path}{}", self.target))))
            }
            _ => format!("\"$SERVER\"{}", quoted(&on_a_line(&self.target))),
        };
        let mut out = "curl".to_owned();
        if self.method != "GET" || self.body.is_some() {
            out.push_str(&format!(" -X {}", self.method));
        }
        out.push_str(&format!(" {url}"));
        for (name, value) in &self.headers {
            out.push_str(&format!(" -H {}", quoted(&format!("{}: {}", on_a_line(name), held(value)))));
        }
        if let Some(body) = &self.body {
            out.push_str(&format!(" --data-raw {}", quoted(body)));
        }
        out
    }
}

/// A server's address without a host that nobody else reaches: a document made on somebody's machine names that machine.
fn elsewhere(server: &str) -> &str {
    let Some((_, rest)) = server.split_once("://") else { return server };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name = host.strip_prefix('[').map_or_else(|| host.split(':').next(), |six| six.split(']').next());
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let local = name == "localhost" || name.ends_with(".localhost");
    let local = local || name.starts_with("127.") || ["0.0.0.0", "::1", "::"].contains(&name.as_str());
    if local { path } else { server }
}

/// Status line, headers, body.
pub(super) fn response(status: &str, headers: &[(String, String)], body: Option<&str>) -> String {
    let status = match status {
        "default" => "500".to_owned(),
        range => range.replace(['X', 'x'], "0"),
    };
    let mut out = format!("HTTP/1.1 {}", on_a_line(&status));
    if let Some(reason) = reason(&status) {
        out.push_str(&format!(" {reason}"));
    }
    finish(&mut out, headers, body);
    out
}

fn finish(out: &mut String, headers: &[(String, String)], body: Option<&str>) {
    for (name, value) in headers {
        out.push_str(&format!("\n{}: {}", on_a_line(name), held(value)));
    }
    if let Some(body) = body {
        out.push_str(&format!("\n\n{body}"));
    }
}

/// A line of the head: controls are percent-encoded, since no name of a document starts a line (RFC 9112, 2.2).
fn on_a_line(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if c.is_control() {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// The text of a header, which may hold tabs (RFC 9110, 5.5).
fn held(value: &str) -> String {
    value.split('\t').map(on_a_line).collect::<Vec<_>>().join("\t")
}

/// Quoted for a POSIX shell; what stands for a secret stays open to it.
fn quoted(text: &str) -> String {
    if let Some((before, after)) = text.split_once('$')
        && ["TOKEN", "CREDENTIALS", "KEY"].iter().any(|name| after.starts_with(name))
    {
        let end = after.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(after.len());
        let (name, rest) = after.split_at(end);
        let rest = if rest.is_empty() { String::new() } else { quoted(rest) };
        return format!("{}\"${name}\"{rest}", quoted(before));
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The reason phrase of a status (RFC 9110, 15).
fn reason(status: &str) -> Option<&'static str> {
    Some(match status {
        "200" => "OK",
        "201" => "Created",
        "202" => "Accepted",
        "204" => "No Content",
        "206" => "Partial Content",
        "301" => "Moved Permanently",
        "302" => "Found",
        "303" => "See Other",
        "304" => "Not Modified",
        "400" => "Bad Request",
        "401" => "Unauthorized",
        "403" => "Forbidden",
        "404" => "Not Found",
        "405" => "Method Not Allowed",
        "406" => "Not Acceptable",
        "409" => "Conflict",
        "410" => "Gone",
        "412" => "Precondition Failed",
        "413" => "Content Too Large",
        "415" => "Unsupported Media Type",
        "422" => "Unprocessable Content",
        "429" => "Too Many Requests",
        "500" => "Internal Server Error",
        "502" => "Bad Gateway",
        "503" => "Service Unavailable",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_told_twice() {
        let request = Request {
            method: "POST".to_owned(),
            target: "/orders?q=a".to_owned(),
            headers: vec![("Authorization".to_owned(), "Bearer $TOKEN".to_owned())],
            body: Some("{\"name\":\"l'été\"}".to_owned()),
        };
        assert_eq!(request.http(), "POST /orders?q=a HTTP/1.1\nAuthorization: Bearer $TOKEN\n\n{\"name\":\"l'été\"}");
        assert_eq!(
            request.curl(Some("https://api.example/v1/")),
            "curl -X POST 'https://api.example/v1/orders?q=a' -H 'Authorization: Bearer '\"$TOKEN\" --data-raw '{\"name\":\"l'\\''été\"}'"
        );
        assert!(request.curl(None).starts_with("curl -X POST \"$SERVER\"'/orders?q=a'"));
        for local in
            ["http://localhost:3000/v1", "https://api.localhost/v1/", "http://127.0.0.1/v1", "http://[::1]:80/v1"]
        {
            assert!(request.curl(Some(local)).starts_with("curl -X POST \"$SERVER\"'/v1/orders?q=a'"), "{local}");
        }
    }

    #[test]
    fn a_response_has_its_reason() {
        assert_eq!(response("2XX", &[], Some("{}")), "HTTP/1.1 200 OK\n\n{}");
        assert_eq!(response("299", &[], None), "HTTP/1.1 299");
        let odd = ("X-A\r\nX-B".to_owned(), "1\u{85}".to_owned());
        assert_eq!(response("4\nX", &[odd], None), "HTTP/1.1 4%0A0\nX-A%0D%0AX-B: 1%C2%85");
    }
}
