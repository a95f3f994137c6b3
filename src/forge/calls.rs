//! Every call that preavis makes, once, as data: the tests hold each row against what its forge publishes.
//!
//! | forge | read in |
//! |---|---|
//! | GitHub | REST API description, version 2022-11-28 |
//! | GitLab | documentation of REST API v4: notes, merge requests, commits |
//! | Forgejo, Gitea | the Swagger document that each instance serves |

use super::place::Kind;

/// A method of HTTP.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Method {
    /// Reads.
    Get,
    /// Adds.
    Post,
    /// Changes a part.
    Patch,
    /// Changes; GitLab says so where others say `PATCH`.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// What a call is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Purpose {
    /// Who the token belongs to.
    User,
    /// The state, head and labels of a pull request.
    Pull,
    /// The open pull requests from a branch.
    PullsOfBranch,
    /// The open pull requests of a repository.
    OpenPulls,
    /// Its comments.
    Comments,
    /// A new comment.
    AddComment,
    /// Another text of a comment.
    EditComment,
    /// No such comment any more.
    RemoveComment,
    /// More labels on a pull request.
    AddLabels,
    /// A label less on a pull request.
    RemoveLabel,
    /// More and fewer labels at once.
    ChangeLabels,
    /// The labels that a repository has.
    RepositoryLabels,
    /// A new label in a repository.
    CreateLabel,
    /// The statuses of a commit.
    Statuses,
    /// A new status of a commit.
    SetStatus,
}

/// One call: how it is asked, and which answers mean that it is done.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// The forge that takes it.
    pub forge: Kind,
    /// What it is for.
    pub purpose: Purpose,
    /// Its method.
    pub method: Method,
    /// Its path behind the base of the API; each `{argument}` is one segment.
    pub path: &'static str,
    /// What is asked behind the path; `{argument}` is the value of one parameter.
    pub query: &'static [(&'static str, &'static str)],
    /// The members of its JSON body, each with the argument that it holds; one that is not given is left out.
    pub body: &'static [(&'static str, &'static str)],
    /// The answers after which there is nothing left to do.
    pub done: &'static [u16],
}

/// The call of a forge for a purpose; none where the forge needs none.
pub fn call(forge: Kind, purpose: Purpose) -> Option<&'static Call> {
    CALLS.iter().find(|call| call.forge == forge && call.purpose == purpose)
}

macro_rules! calls {
    ($($forge:ident $purpose:ident: $method:ident $path:literal $(? $($key:literal $value:literal),+)?
       $({ $($member:ident: $argument:ident),+ })? => $($done:literal)+;)+) => {
        /// The table.
        pub const CALLS: &[Call] = &[$(Call {
            forge: Kind::$forge,
            purpose: Purpose::$purpose,
            method: Method::$method,
            path: $path,
            query: &[$($(($key, $value)),+)?],
            body: &[$($((stringify!($member), stringify!($argument))),+)?],
            done: &[$($done),+],
        }),+];
    };
}

// What was removed by somebody else is removed (404); a label that another run created meanwhile exists (409, 422).
calls! {
    GitHub User: Get "/user" => 200;
    GitHub Pull: Get "/repos/{owner}/{repo}/pulls/{number}" => 200;
    GitHub PullsOfBranch: Get "/repos/{owner}/{repo}/pulls"
        ? "state" "open", "head" "{branch}", "per_page" "100" => 200;
    GitHub OpenPulls: Get "/repos/{owner}/{repo}/pulls" ? "state" "open", "per_page" "100" => 200;
    GitHub Comments: Get "/repos/{owner}/{repo}/issues/{number}/comments" ? "per_page" "100" => 200;
    GitHub AddComment: Post "/repos/{owner}/{repo}/issues/{number}/comments" { body: text } => 201;
    GitHub EditComment: Patch "/repos/{owner}/{repo}/issues/comments/{comment}" { body: text } => 200;
    GitHub RemoveComment: Delete "/repos/{owner}/{repo}/issues/comments/{comment}" => 204 404;
    GitHub AddLabels: Post "/repos/{owner}/{repo}/issues/{number}/labels" { labels: labels } => 200;
    GitHub RemoveLabel: Delete "/repos/{owner}/{repo}/issues/{number}/labels/{label}" => 200 404;
    GitHub Statuses: Get "/repos/{owner}/{repo}/commits/{sha}/statuses" ? "per_page" "100" => 200;
    GitHub SetStatus: Post "/repos/{owner}/{repo}/statuses/{sha}"
        { state: state, context: name, description: description, target_url: target_url } => 201;

    GitLab User: Get "/user" => 200;
    GitLab Pull: Get "/projects/{project}/merge_requests/{number}" => 200;
    GitLab OpenPulls: Get "/projects/{project}/merge_requests" ? "state" "opened", "per_page" "100" => 200;
    GitLab Comments: Get "/projects/{project}/merge_requests/{number}/notes"
        ? "per_page" "100", "sort" "asc", "order_by" "created_at" => 200;
    GitLab AddComment: Post "/projects/{project}/merge_requests/{number}/notes" { body: text } => 201;
    GitLab EditComment: Put "/projects/{project}/merge_requests/{number}/notes/{comment}" { body: text } => 200;
    GitLab RemoveComment: Delete "/projects/{project}/merge_requests/{number}/notes/{comment}" => 204 404;
    GitLab ChangeLabels: Put "/projects/{project}/merge_requests/{number}"
        { add_labels: added, remove_labels: removed } => 200;
    GitLab Statuses: Get "/projects/{project}/repository/commits/{sha}/statuses"
        ? "per_page" "100", "name" "{name}" => 200;
    GitLab SetStatus: Post "/projects/{project}/statuses/{sha}"
        { state: state, name: name, description: description, target_url: target_url, pipeline_id: pipeline } => 200 201;

    Forgejo User: Get "/user" => 200;
    Forgejo Pull: Get "/repos/{owner}/{repo}/pulls/{number}" => 200;
    Forgejo OpenPulls: Get "/repos/{owner}/{repo}/pulls" ? "state" "open", "limit" "50" => 200;
    Forgejo Comments: Get "/repos/{owner}/{repo}/issues/{number}/comments" => 200;
    Forgejo AddComment: Post "/repos/{owner}/{repo}/issues/{number}/comments" { body: text } => 201;
    Forgejo EditComment: Patch "/repos/{owner}/{repo}/issues/comments/{comment}" { body: text } => 200;
    Forgejo RemoveComment: Delete "/repos/{owner}/{repo}/issues/comments/{comment}" => 204 404;
    Forgejo AddLabels: Post "/repos/{owner}/{repo}/issues/{number}/labels" { labels: labels } => 200;
    Forgejo RemoveLabel: Delete "/repos/{owner}/{repo}/issues/{number}/labels/{label}" => 204 404;
    Forgejo RepositoryLabels: Get "/repos/{owner}/{repo}/labels" ? "limit" "50" => 200;
    Forgejo CreateLabel: Post "/repos/{owner}/{repo}/labels" { name: label, color: colour } => 201 409 422;
    Forgejo Statuses: Get "/repos/{owner}/{repo}/statuses/{sha}" ? "sort" "recentupdate", "limit" "50" => 200;
    Forgejo SetStatus: Post "/repos/{owner}/{repo}/statuses/{sha}"
        { state: state, context: name, description: description, target_url: target_url } => 201;
}
