//! Where a result is written: the forge, the pull request, and the token that allows it.

use std::fmt;

use reqwest::header::HeaderValue;
use url::{Host, Url};

/// A kind of forge.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// github.com, and GitHub Enterprise Server.
    GitHub,
    /// gitlab.com, and GitLab of one's own.
    GitLab,
    /// Forgejo and Gitea, which answer alike.
    Forgejo,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::GitHub, Self::GitLab, Self::Forgejo];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Forgejo => "forgejo",
        }
    }

    /// The variables that may hold a token, the first set one counts.
    pub fn token_variables(self) -> &'static [&'static str] {
        match self {
            Self::GitHub => &["PREAVIS_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"],
            Self::GitLab => &["PREAVIS_TOKEN", "GITLAB_TOKEN"],
            Self::Forgejo => &["PREAVIS_TOKEN", "FORGEJO_TOKEN", "GITEA_TOKEN"],
        }
    }
}

/// A secret that never prints itself: what is shown of it is the name of its variable.
#[derive(Clone)]
pub struct Token {
    variable: &'static str,
    secret: String,
}

impl Token {
    /// The value of an environment variable.
    pub fn new(variable: &'static str, secret: &str) -> Self {
        Self { variable, secret: secret.trim().to_owned() }
    }

    /// The variable that held it.
    pub fn variable(&self) -> &'static str {
        self.variable
    }

    /// A text in which it does not stand, whoever wrote it there.
    pub fn hidden_in(&self, text: &str) -> String {
        if self.secret.is_empty() { text.to_owned() } else { text.replace(&self.secret, "<redacted>") }
    }

    /// The value of `Authorization`; `None` for what no header can hold. GitLab takes `Bearer` as well as `PRIVATE-TOKEN`,
    /// which reqwest would not take for a secret.
    pub(super) fn header(&self, kind: Kind) -> Option<HeaderValue> {
        let scheme = match kind {
            Kind::GitHub | Kind::GitLab => "Bearer",
            Kind::Forgejo => "token",
        };
        let mut value = HeaderValue::from_str(&format!("{scheme} {}", self.secret)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// True of a person's token of GitHub, which may ask who it belongs to.
    pub(super) fn is_personal(&self) -> bool {
        ["ghp_", "github_pat_", "gho_", "ghu_"].iter().any(|start| self.secret.starts_with(start))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({})", self.variable)
    }
}

/// Which run of CI writes: the greater one is the newer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct Run {
    /// The forge's number of the run.
    pub id: u64,
    /// How often it was started.
    pub attempt: u64,
}

/// Where a result is written.
#[derive(Clone, Debug)]
pub struct Place {
    /// The kind of forge.
    pub kind: Kind,
    /// What all paths of its API are behind.
    pub api: Url,
    /// `owner/name`; the number or path of a project on GitLab.
    pub repository: String,
    /// The pull or merge request; without one there is nothing but a status.
    pub number: Option<u64>,
    /// Where the number is not known: the branch of the pull request, `OWNER:BRANCH`. It is looked up, and must have the
    /// commit as its head.
    pub branch: Option<String>,
    /// The commit that was judged, and that carries the status.
    pub sha: String,
    /// The run that judged it.
    pub run: Run,
    /// Whether a merge queue asks, which waits for a yes or a no.
    pub queue: bool,
    /// Whether the run is one for a fork or for a bot, whose token cannot write: that it cannot is no failure.
    pub fork: bool,
    /// GitLab's pipeline of that very commit, to which a status belongs.
    pub pipeline: Option<u64>,
    /// What allows writing.
    pub token: Option<Token>,
}

impl Place {
    /// The server in messages: its name and its port.
    pub fn host(&self) -> String {
        shown_host(&self.api)
    }

    /// The pull request in messages.
    pub fn pull_name(&self) -> String {
        let sign = if self.kind == Kind::GitLab { '!' } else { '#' };
        let number = self.number.map(|number| format!("{sign}{number}")).unwrap_or_default();
        format!("{}{number}", self.repository)
    }
}

pub(super) fn shown_host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether a token may be sent to a URL: encrypted, to this machine, or where the user allows it.
pub(super) fn is_safe(url: &Url, insecure: bool) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && (loopback || insecure))
}

/// The first digits of a commit, as people know them.
pub(super) fn short(sha: &str) -> &str {
    sha.get(..7).unwrap_or(sha)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_shows_its_variable_only() {
        let token = Token::new("GITHUB_TOKEN", " ghs_secret\n");
        assert_eq!(format!("{token:?}"), "Token(GITHUB_TOKEN)");
        assert_eq!(token.hidden_in("bad ghs_secret!"), "bad <redacted>!");
        let header = token.header(Kind::GitHub).unwrap();
        assert!(header.is_sensitive() && header == "Bearer ghs_secret");
        assert!(Token::new("GITHUB_TOKEN", "a\nb").header(Kind::GitHub).is_none());
    }

    #[test]
    fn plain_http_is_for_this_machine() {
        let safe = |url: &str, insecure| is_safe(&Url::parse(url).unwrap(), insecure);
        assert!(
            safe("https://a.example/", false) && safe("http://127.0.0.1:1/", false) && safe("http://[::1]/", false)
        );
        assert!(
            !safe("http://a.example/", false) && safe("http://a.example/", true) && !safe("ftp://a.example/", true)
        );
    }
}
