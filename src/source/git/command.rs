//! Reading through the git command, for what gix cannot: refs in reftable format.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use gix::ObjectId;
use gix::hash::Kind;

use super::call::{Ended, command, run};
use super::objects::{Link, ORIGIN_HEAD, Object, Objects, Tracked, git_error};
use crate::source::SourceError;

pub(super) struct Git {
    dir: PathBuf,
    hash: Kind,
    work_dir: Option<PathBuf>,
    common_dir: PathBuf,
    batch: RefCell<Option<Batch>>,
}

struct Batch {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

impl Drop for Batch {
    fn drop(&mut self) {
        // Nothing is left to do for a child that cannot be ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Git {
    /// Opens the repository that holds a folder. Fails where git is not installed or refuses.
    pub(super) fn discover(dir: &Path) -> Result<Self, SourceError> {
        let asked = ["rev-parse", "--path-format=absolute", "--show-object-format", "--git-common-dir"];
        let text = run(dir, &asked)?.text()?;
        let mut lines = text.lines();
        let hash = match lines.next() {
            Some("sha256") => Kind::Sha256,
            _ => Kind::Sha1,
        };
        let common_dir = PathBuf::from(lines.next().unwrap_or_default());
        let top = run(dir, &["rev-parse", "--path-format=absolute", "--show-toplevel"])?;
        let work_dir = top.text().ok().map(|top| PathBuf::from(top.trim_end_matches(['\n', '\r'])));
        Ok(Self { dir: dir.to_owned(), hash, work_dir, common_dir, batch: RefCell::default() })
    }

    fn ask(&self, id: ObjectId, limit: u64) -> io::Result<Object> {
        let mut batch = self.batch.borrow_mut();
        if batch.is_none() {
            *batch = Some(start(&self.dir)?);
        }
        let Some(Batch { ask, answer, .. }) = batch.as_mut() else { return Ok(Object::Missing) };
        writeln!(ask, "{id}")?;
        ask.flush()?;
        let mut head = String::new();
        if answer.read_line(&mut head)? == 0 {
            // Git before 2.44 ends where it may not fetch what a partial clone left out.
            *batch = None;
            return Ok(Object::Missing);
        }
        let Some(size) = head.split_whitespace().nth(2).and_then(|size| size.parse::<u64>().ok()) else {
            return Ok(Object::Missing);
        };
        // A line break follows the content.
        let mut content = answer.take(size.saturating_add(1));
        if size > limit {
            io::copy(&mut content, &mut io::sink())?;
            return Ok(Object::TooLarge);
        }
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        match bytes.pop() {
            Some(b'\n') if bytes.len() as u64 == size => Ok(Object::Bytes(bytes)),
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    fn id(&self, hex: &str) -> Result<ObjectId, SourceError> {
        let id = ObjectId::from_hex(hex.trim().as_bytes()).map_err(git_error("reading an id"))?;
        debug_assert_eq!(id.kind(), self.hash);
        Ok(id)
    }
}

impl Objects for Git {
    fn hash(&self) -> Kind {
        self.hash
    }

    fn work_dir(&self) -> Option<&Path> {
        self.work_dir.as_deref()
    }

    fn common_dir(&self) -> &Path {
        &self.common_dir
    }

    fn resolve(&self, name: &str) -> Result<Option<ObjectId>, SourceError> {
        let spec = format!("{name}^{{commit}}");
        let output = run(&self.dir, &["rev-parse", "--verify", "--quiet", "--end-of-options", &spec])?;
        // `--end-of-options` is printed back by git before 2.30.
        output.text().ok().and_then(|text| text.lines().last().map(|hex| self.id(hex))).transpose()
    }

    fn object(&self, id: ObjectId, limit: u64) -> Result<Object, SourceError> {
        self.ask(id, limit).map_err(git_error("running git cat-file"))
    }

    fn merge_base(&self, one: ObjectId, two: ObjectId) -> Result<Option<ObjectId>, SourceError> {
        let output = run(&self.dir, &["merge-base", &one.to_string(), &two.to_string()])?;
        if output.code == Some(1) {
            return Ok(None);
        }
        self.id(&output.text()?).map(Some)
    }

    fn ancestors(&self, to: ObjectId, from: Option<ObjectId>) -> Result<Vec<Link>, SourceError> {
        let to = to.to_string();
        let from = from.map(|from| format!("^{from}"));
        let mut args = vec!["rev-list", "--parents", &to];
        args.extend(from.as_deref());
        let text = run(&self.dir, &args)?.text()?;
        text.lines()
            .map(|line| {
                let mut ids = line.split(' ').map(|hex| self.id(hex));
                let id = ids.next().unwrap_or_else(|| self.id(""))?;
                Ok((id, ids.collect::<Result<_, _>>()?))
            })
            .collect()
    }

    fn tags(&self) -> Result<Vec<(String, ObjectId)>, SourceError> {
        let format = "--format=%(refname:strip=2) %(objectname) %(*objectname)";
        let text = run(&self.dir, &["for-each-ref", format, "refs/tags"])?.text()?;
        let mut tags = Vec::new();
        for line in text.lines() {
            let mut words = line.split(' ');
            let (Some(name), Some(own), peeled) = (words.next(), words.next(), words.next()) else { continue };
            let hex = peeled.filter(|hex| !hex.is_empty()).unwrap_or(own);
            tags.push((name.to_owned(), self.id(hex)?));
        }
        Ok(tags)
    }

    fn branches(&self) -> Result<Vec<String>, SourceError> {
        let format = "--format=%(refname:lstrip=2)";
        let text = run(&self.dir, &["for-each-ref", format, "refs/heads", "refs/remotes"])?.text()?;
        Ok(text.lines().map(str::to_owned).collect())
    }

    fn origin(&self) -> Option<String> {
        let said = run(&self.dir, &["config", "--local", "--get", "remote.origin.url"]).ok()?.text().ok()?;
        Some(said.trim_end_matches('\n').to_owned())
    }

    fn origin_head(&self) -> Option<String> {
        let said = run(&self.dir, &["symbolic-ref", "--quiet", ORIGIN_HEAD]).ok()?.text().ok()?;
        Some(said.trim_end_matches('\n').to_owned())
    }

    fn tracked(&self) -> Result<Vec<Tracked>, SourceError> {
        let top = self.work_dir.as_deref().unwrap_or(&self.dir);
        // `S 100644 HASH 0<tab>PATH`, `S` for what is left out of the work tree. Folders of a sparse index are expanded.
        let bytes = run(top, &["ls-files", "-t", "--stage", "-z"])?.bytes()?;
        let lines = bytes.split(|byte| *byte == 0).filter_map(|line| std::str::from_utf8(line).ok());
        let tracked = lines.filter_map(|line| {
            let (entry, path) = line.split_once('\t')?;
            let mut words = entry.split(' ');
            let (tag, mode, hex) = (words.next()?, words.next()?, words.next()?);
            let left_out = if tag == "S" { Some(self.id(hex).ok()?) } else { None };
            mode.starts_with("100").then(|| Tracked { path: path.to_owned(), left_out })
        });
        Ok(tracked.collect())
    }
}

/// The paths that differ between two commits, or one and the work tree below a folder.
pub(super) fn differing(dir: &Path, ids: &[&str]) -> Result<Vec<String>, SourceError> {
    let args =
        [&["diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "-z"], ids, &["--"]].concat();
    let listed = run(dir, &args)?.bytes()?;
    let paths = listed.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    Ok(paths.filter_map(|path| std::str::from_utf8(path).ok().map(str::to_owned)).collect())
}

/// Files of a work tree that git neither tracks nor ignores; none where git is not installed to say, or refuses. Fails where
/// git takes too long.
pub(super) fn untracked(top: &Path) -> Result<Vec<String>, SourceError> {
    let listed = match run(top, &["ls-files", "--others", "--exclude-standard", "-z"]).and_then(Ended::bytes) {
        Err(slow @ SourceError::GitTooSlow { .. }) => return Err(slow),
        listed => listed.unwrap_or_default(),
    };
    let paths = listed.split(|byte| *byte == 0).filter(|path| !path.is_empty());
    Ok(paths.filter_map(|path| std::str::from_utf8(path).ok().map(str::to_owned)).collect())
}

fn start(dir: &Path) -> io::Result<Batch> {
    let mut command = command(dir);
    command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(ask), Some(answer)) => Ok(Batch { child, ask, answer: BufReader::new(answer) }),
        _ => Err(io::ErrorKind::BrokenPipe.into()),
    }
}
