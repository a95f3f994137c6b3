//! What a fake remembers.

use preavis::forge::Kind;

/// Who writes with the token of the tests.
pub(crate) fn own_login(kind: Kind) -> &'static str {
    match kind {
        Kind::GitHub => "github-actions[bot]",
        Kind::GitLab => "project_5_bot",
        Kind::Forgejo => "preavis-bot",
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) body: String,
    pub(crate) system: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Status {
    pub(crate) id: u64,
    pub(crate) sha: String,
    pub(crate) name: String,
    pub(crate) state: String,
    pub(crate) description: String,
    pub(crate) target_url: Option<String>,
    pub(crate) author: String,
}

pub(crate) struct State {
    pub(crate) login: String,
    pub(crate) head: String,
    /// The branch that the pull request goes to.
    pub(crate) base: String,
    /// Open pull requests by the branch that they come from: number and head.
    pub(crate) branches: Vec<(String, u64, String)>,
    pub(crate) closed: bool,
    pub(crate) merged: bool,
    pub(crate) labels: Vec<String>,
    /// Labels of the repository; their numbers are their places.
    pub(crate) known_labels: Vec<String>,
    pub(crate) may_create_labels: bool,
    pub(crate) comments: Vec<Comment>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) page: usize,
    pub(crate) next: u64,
    /// The longest comment in characters.
    pub(crate) longest: usize,
}

impl State {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            login: own_login(kind).to_owned(),
            head: "a".repeat(40),
            base: "main".to_owned(),
            branches: Vec::new(),
            closed: false,
            merged: false,
            labels: vec!["bug".to_owned()],
            known_labels: vec!["bug".to_owned(), "API bloquée".to_owned()],
            may_create_labels: true,
            comments: Vec::new(),
            statuses: Vec::new(),
            page: 2,
            next: 100,
            longest: if kind == Kind::GitHub { 65_536 } else { 1_000_000 },
        }
    }

    pub(crate) fn comment(&mut self, author: &str, body: &str) -> u64 {
        self.next += 1;
        let comment = Comment { id: self.next, author: author.to_owned(), body: body.to_owned(), system: false };
        self.comments.push(comment);
        self.next
    }

    /// The comments that start as ours do.
    pub(crate) fn marked(&self) -> Vec<&Comment> {
        self.comments.iter().filter(|comment| comment.body.starts_with("<!-- preavis v1 ")).collect()
    }
}
