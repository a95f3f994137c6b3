//! Why bytes could not be had, and the way out.
//!
//! Variants name the cause; none of them may be taken for "no changes".

use std::error::Error;
use std::path::PathBuf;

type Cause = Box<dyn Error + Send + Sync>;

/// Why bytes could not be had. [`SourceError::advice`] gives the way out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// No commit has this name.
    #[error("ref `{name}` not found")]
    RefNotFound {
        /// The name as given.
        name: String,
        /// Whether history is cut off, which may be the reason.
        shallow: bool,
        /// Branches and tags with names like it, the nearest first.
        near: Vec<String>,
    },
    /// An argument names nothing.
    #[error("`{name}` is neither a ref nor a file")]
    UnknownVersion {
        /// The argument.
        name: String,
        /// Whether history is cut off, which may be the reason.
        shallow: bool,
        /// Branches and tags with names like it, the nearest first.
        near: Vec<String>,
    },
    /// An argument names two things.
    #[error("`{name}` is both a ref and a file")]
    AmbiguousVersion {
        /// The argument.
        name: String,
    },
    /// An argument that cannot be read as a version.
    #[error("`{text}` is not a version: {reason}")]
    BadVersion {
        /// The argument.
        text: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Standard input can be read once only.
    #[error("both versions are standard input")]
    StdinTwice,
    /// A commit does not have this file.
    #[error("no file `{path}` at `{version}`")]
    PathNotAtRef {
        /// Relative to the root of the repository.
        path: String,
        /// The version as given.
        version: String,
    },
    /// A file given by its path does not exist.
    #[error("no file `{path}`")]
    FileNotFound {
        /// The path as given.
        path: String,
    },
    /// A folder, pipe or device where a file is needed.
    #[error("`{path}` is not a file")]
    NotAFile {
        /// The path asked for.
        path: String,
    },
    /// Neither the folder nor one above it is a repository.
    #[error("`{}` is not in a git repository", dir.display())]
    NotARepository {
        /// Where the search began.
        dir: PathBuf,
    },
    /// A repository that neither gix nor git can open.
    #[error("the git repository at `{}` cannot be opened", dir.display())]
    UnreadableRepository {
        /// Where the search began.
        dir: PathBuf,
        /// What the last attempt said.
        #[source]
        cause: Cause,
    },
    /// A bare repository has no files of its own.
    #[error("the repository has no work tree")]
    NoWorkTree,
    /// History ends here because the clone is shallow.
    #[error("history is cut off at `{commit}`, because the clone is shallow")]
    ShallowBoundary {
        /// The commit, or the name that leads beyond the boundary.
        commit: String,
        /// The command or setting that gets the rest.
        fix: &'static str,
    },
    /// An object is named by another, but absent.
    #[error("object {id} is missing from the repository")]
    ObjectMissing {
        /// Its hash.
        id: String,
    },
    /// An object that a partial clone left out.
    #[error("object {id} was left out of this partial clone, and is not fetched unless asked")]
    NotFetched {
        /// Its hash.
        id: String,
    },
    /// A partial clone without a remote that may be fetched from.
    #[error("the partial clone has no remote that is reached by https, ssh or a local path")]
    NoPromisor,
    /// Git could not fetch.
    #[error("what the partial clone left out cannot be fetched")]
    FetchFailed {
        /// What git said.
        #[source]
        cause: Cause,
    },
    /// A repository that says its files are elsewhere.
    #[error("`core.worktree` of the repository at `{}` names another folder, `{}`", dir.display(), work_tree.display())]
    WorkTreeElsewhere {
        /// Where the repository is.
        dir: PathBuf,
        /// What it names.
        work_tree: PathBuf,
    },
    /// A file of a repository that is a pipe or a device.
    #[error("`{path}` is no file, and reading it could last for ever")]
    PipeInRepository {
        /// Its path.
        path: String,
    },
    /// The git command did not end.
    #[error("git did not end within {seconds} seconds")]
    GitTooSlow {
        /// The limit.
        seconds: u64,
    },
    /// Two commits without a common ancestor.
    #[error("`{one}` and `{two}` have no common ancestor")]
    NoMergeBase {
        /// One side as given.
        one: String,
        /// The other side as given.
        two: String,
    },
    /// Nothing to compare with.
    #[error("no base to compare with: none of {tried} exists")]
    NoDefaultBase {
        /// The names tried, in order.
        tried: String,
        /// Whether history is cut off, which may be the reason.
        shallow: bool,
    },
    /// A pattern for tags that cannot be read.
    #[error("`{glob}` is not a pattern for tags")]
    BadGlob {
        /// The pattern.
        glob: String,
        /// What is wrong with it.
        #[source]
        cause: Cause,
    },
    /// A path or link that leaves what may be read.
    #[error("`{path}` lies outside `{root}`")]
    OutsideRoot {
        /// The path asked for.
        path: String,
        /// What may be read.
        root: String,
    },
    /// Git's own folder may hold credentials.
    #[error("`{path}` belongs to git and is not read")]
    GitInternal {
        /// The path asked for.
        path: String,
    },
    /// A file of another repository.
    #[error("`{path}` lies in a submodule, whose files are not in this repository")]
    Submodule {
        /// The path of the submodule.
        path: String,
    },
    /// A link where a team file is read.
    #[error("`{path}` is a link, and links are not followed to what a team keeps about its API")]
    LinkedTeamFile {
        /// The path from the root of the repository.
        path: String,
    },
    /// Links that lead to each other.
    #[error("too many links behind `{path}`")]
    LinkLoop {
        /// The path asked for.
        path: String,
    },
    /// More bytes than are read.
    #[error("`{what}` is larger than {limit} bytes")]
    TooLarge {
        /// The path, URL or hash.
        what: String,
        /// In bytes.
        limit: u64,
    },
    /// More files than are listed.
    #[error("more than {limit} files to search for a specification")]
    TooManyFiles {
        /// The limit.
        limit: usize,
    },
    /// Paths in documents are text.
    #[error("the path `{}` is not UTF-8", path.display())]
    Utf8Path {
        /// The path.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot read `{path}`")]
    Read {
        /// The path asked for.
        path: String,
        /// The system's reason.
        #[source]
        cause: std::io::Error,
    },
    /// The repository is damaged, or the git command failed.
    #[error("cannot read the git repository ({doing})")]
    Git {
        /// What was being done.
        doing: &'static str,
        /// What git said.
        #[source]
        cause: Cause,
    },
    /// A URL without encryption.
    #[error("`{url}` is not encrypted, so anyone on the way could change it")]
    PlainHttp {
        /// The URL.
        url: String,
    },
    /// Text that is no `https://` URL.
    #[error("`{url}` is not an https URL")]
    BadUrl {
        /// The text.
        url: String,
    },
    /// The server answered, but not with the document.
    #[error("`{url}` answered {status}")]
    HttpStatus {
        /// The URL, without its query.
        url: String,
        /// The status code.
        status: u16,
    },
    /// No answer.
    #[error("cannot fetch `{url}`")]
    HttpFailed {
        /// The URL, without its query.
        url: String,
        /// What the client said.
        #[source]
        cause: Cause,
    },
    /// An answer that took too long.
    #[error("`{url}` did not answer in full: a document and what it references may take {seconds} seconds")]
    HttpTooSlow {
        /// The URL, without its query.
        url: String,
        /// The limit.
        seconds: u64,
    },
    /// A server in a private network that nobody named.
    #[error("`{url}` is not at a public address, and was not named")]
    NotPublic {
        /// The URL, without its query.
        url: String,
    },
    /// A redirect that is not followed.
    #[error("`{url}` redirects {problem}")]
    Redirect {
        /// The URL, without its query.
        url: String,
        /// Too often, or where to.
        problem: &'static str,
    },
    /// A `$ref` that would need the network.
    #[error("`{path}` would have to be fetched")]
    RemoteRef {
        /// The path or URL asked for.
        path: String,
    },
    /// A `$ref` to another server.
    #[error("`{path}` is not on the server of the document")]
    ForeignOrigin {
        /// The URL asked for.
        path: String,
    },
    /// A document that came alone has no files beside it.
    #[error("`{path}` cannot be found: the document came from {origin} without its neighbours")]
    NoNeighbours {
        /// The path asked for.
        path: String,
        /// Where the document came from.
        origin: String,
    },
}
