//! Logs of requests: from a line to what of it may be counted.
//!
//! A format is a row of [`PRESETS`]. A line is looked at and forgotten; what goes on is a [`Request`], and of that only
//! names, days and counts reach a file (`Importer`).

mod discretion;
mod fields;
mod hosts;
mod import;
mod looks;
mod names;
mod nginx;
mod outside;
#[cfg(test)]
mod tests;
mod time;

use fields::Fields;
use jiff::civil::Date;
use nginx::Pattern;

pub use import::{Importer, Tally};

/// A request as a line of a log tells it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Request {
    /// Upper case.
    pub method: String,
    /// The path with its query.
    pub target: String,
    /// The day, in UTC.
    pub day: Date,
    /// The host it was sent to, where the line has a place for it; looked at, never written.
    pub host: Option<String>,
    /// The status, where the line has one.
    pub status: Option<u16>,
    /// What identifies the client.
    pub client: Option<String>,
    /// The user agent.
    pub user_agent: Option<String>,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// Names of parameters that the log lists apart from the path.
    pub names: Vec<String>,
}

/// Why a line is not counted. Says nothing of its content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, thiserror::Error)]
pub enum BadLine {
    /// It is longer than anything a log should hold.
    #[error("the line is longer than 1 MiB")]
    TooLong,
    /// It is no text.
    #[error("the line is not UTF-8")]
    NotText,
    /// It looks like JSON and is not.
    #[error("the line is not a JSON object")]
    NotJson,
    /// It does not have the form of the format.
    #[error("the line does not have the form of the format")]
    Form,
    /// A part is missing.
    #[error("the line has no {0}")]
    Missing(&'static str),
    /// A part cannot be read.
    #[error("the {0} of the line cannot be read")]
    Unreadable(&'static str),
}

/// How lines are read.
#[derive(Debug)]
pub enum Format {
    /// Text in the order of nginx's `log_format`.
    Pattern(Pattern),
    /// JSON objects, or `key=value` pairs.
    Fields(Fields),
}

/// A format that has a name.
pub struct Preset {
    /// Its name on the command line.
    pub name: &'static str,
    shape: Shape,
}

enum Shape {
    Nginx(&'static str),
    Fields(&'static str),
}

/// The formats by name; a new one is a row. Fields: `what=/pointer`, alternatives apart by `|`.
pub const PRESETS: &[Preset] = &[
    // nginx and Apache, combined.
    Preset {
        name: "combined",
        shape: Shape::Nginx(
            r#"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent""#,
        ),
    },
    // Apache, common.
    Preset {
        name: "common",
        shape: Shape::Nginx(r#"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent"#),
    },
    // JSON lines with the usual names; see --map.
    Preset {
        name: "jsonl",
        shape: Shape::Fields(
            "method=/method|/request_method|/verb,path=/path|/request_uri|/uri|/url,\
             time=/time|/timestamp|/@timestamp|/ts|/time_iso8601,status=/status|/status_code,client=/client|/user|/remote_user,\
             user_agent=/user_agent|/http_user_agent,host=/http_host,headers=/headers,params=/params",
        ),
    },
    // rows of api_calls as JSON.
    Preset {
        name: "rdv-api-calls",
        shape: Shape::Fields(
            "method=/raw_http/method,path=/raw_http/path,time=/received_at,status=/status,client=/agent_email|/agent_id,\
             headers=/raw_http/headers,params=/param_names",
        ),
    },
    // Lograge, as JSON or key=value.
    Preset {
        name: "rails-lograge",
        shape: Shape::Fields(
            "method=/method,path=/path,time=/@timestamp|/time|/timestamp,status=/status,client=/user|/user_id,\
             user_agent=/user_agent,params=/params",
        ),
    },
    // router lines of Scalingo.
    Preset {
        name: "scalingo-router",
        shape: Shape::Fields("method=/method,path=/path,time=/time,status=/status,user_agent=/user_agent,host=/host"),
    },
    // access logs of Caddy.
    Preset {
        name: "caddy",
        shape: Shape::Fields(
            "method=/request/method,path=/request/uri,time=/ts,status=/status,client=/user_id,host=/request/host,\
             headers=/request/headers",
        ),
    },
    // access logs of Traefik as JSON.
    Preset {
        name: "traefik",
        shape: Shape::Fields(
            "method=/RequestMethod,path=/RequestPath,time=/StartUTC|/time,status=/DownstreamStatus,client=/ClientUsername,\
             user_agent=/request_User-Agent,host=/RequestHost",
        ),
    },
];

/// Why a format cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum FormatError {
    /// No such variable decides anything.
    #[error("`--log-format` has no `{0}`")]
    NoVariable(&'static str),
    /// Two variables stand side by side.
    #[error("`--log-format` has nothing between `${0}` and the variable after it")]
    Adjacent(String),
    /// A `--map` entry is none.
    #[error("`{0}` is not an entry of `--map`")]
    NoEntry(String),
    /// Nothing says where a part is.
    #[error("`--map` does not say where the {0} is")]
    NoField(&'static str),
    /// `--map` goes with JSON only.
    #[error("`--map` is for JSON lines, and the format is text")]
    MapOfText,
}

impl FormatError {
    /// What to do about it, as a sentence without a full stop.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoVariable(_) => {
                "it needs `$request` (or `$request_method` and `$request_uri`) and `$time_local`, `$time_iso8601` or `$msec`"
            }
            Self::Adjacent(_) => "put a space or a quote between variables",
            Self::NoEntry(_) | Self::NoField(_) => {
                "write e.g. `--map method=/verb,path=/url,time=/at`; also status, client, user_agent, host, headers, params and \
                 header.NAME"
            }
            Self::MapOfText => "leave `--map` out, or use `--format jsonl`",
        }
    }
}

impl Format {
    /// The format of a name, its fields replaced where `map` says otherwise; `None` for an unknown name.
    pub fn named(name: &str, map: Option<&str>) -> Option<Result<Self, FormatError>> {
        let preset = PRESETS.iter().find(|preset| preset.name == name)?;
        Some(match (&preset.shape, map) {
            (Shape::Nginx(_), Some(_)) => Err(FormatError::MapOfText),
            (Shape::Nginx(text), None) => Self::nginx(text),
            (Shape::Fields(text), map) => Fields::new(text, map).map(Self::Fields),
        })
    }

    /// The format that an nginx `log_format` writes.
    pub fn nginx(text: &str) -> Result<Self, FormatError> {
        Pattern::new(text).map(Self::Pattern)
    }

    /// Reads a line; `None` for an empty one.
    pub fn read(&self, line: &[u8]) -> Result<Option<Request>, BadLine> {
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
        let text = std::str::from_utf8(line).map_err(|_| BadLine::NotText)?.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let mut request = match self {
            Self::Pattern(pattern) => pattern.read(text)?,
            Self::Fields(fields) => fields.read(text)?,
        };
        request.method.make_ascii_uppercase();
        if request.method.is_empty()
            || request.method.len() > 20
            || !request.method.bytes().all(|b| b.is_ascii_uppercase())
        {
            return Err(BadLine::Unreadable("method"));
        }
        if request.user_agent.is_none() {
            let agent = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("user-agent"));
            request.user_agent = agent.map(|(_, value)| value.clone());
        }
        Ok(Some(request))
    }
}
