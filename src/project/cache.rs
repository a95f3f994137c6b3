//! The cache of comparisons: files in git's own folder, where nobody who proposes a change can put one, or in a folder that
//! was named.
//!
//! A file is named by what it answers and by the program that wrote it, and begins with the hash of the rest: what is cut,
//! broken or moved is as good as not there. Files come whole, so that runs at once do each other no harm; what cannot be
//! written is not kept. What was not asked for longest goes first once there is too much.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use sha2::{Digest as _, Sha256};

use super::{Project, ProjectError};
use crate::compare::Cache;
use crate::source::confined::{Confined, ConfinedError, sweep, temporary};
use crate::text::numbers::hex;

/// The folder in git's own.
const FOLDER: &str = "preavis/reports";
/// What a file begins with.
const FIRST: &[u8] = b"preavis report 1\n";
/// The largest file, and what it may hold unpacked.
const LARGEST: u64 = 16 << 20;
const UNPACKED: u64 = 128 << 20;
/// What a cache may hold before it is trimmed.
const MOST: Most = Most { bytes: 256 << 20, files: 20_000 };

/// The most bytes of all files, and the most files.
#[derive(Clone, Copy)]
struct Most {
    bytes: u64,
    files: usize,
}

/// Comparisons that earlier runs of the same program made.
pub(super) struct ReportCache {
    below: Confined,
    folder: PathBuf,
    /// The program that writes it.
    program: String,
    most: Most,
    /// The names of the files that this run asked for or wrote.
    used: RefCell<BTreeSet<String>>,
}

impl Project {
    /// From here on, comparisons of histories are kept in a folder, by default in git's own, and taken from there. `program`
    /// tells this build of the program from others.
    ///
    /// # Errors
    /// Where the folder lies in the work tree, which a proposed change can write to.
    pub(crate) fn remember(&mut self, named: Option<&Path>, program: &str) -> Result<(), ProjectError> {
        let git = self.resolver.repository().ok().map(|repo| repo.common_dir().to_owned());
        let place = match named {
            None => git.map(|git| (git, PathBuf::from(FOLDER))),
            Some(named) => {
                let outside = self
                    .files
                    .outside(named)
                    .ok_or_else(|| ProjectError::CacheInside { path: named.display().to_string() })?;
                // What cannot be made cannot be written either, and is not kept.
                let _ = std::fs::create_dir_all(&outside);
                Some((outside, PathBuf::new()))
            }
        };
        self.cache = place.and_then(|(root, folder)| ReportCache::open(&root, folder, (program, MOST)));
        Ok(())
    }
}

impl ReportCache {
    /// The cache in a folder below another; nothing where that cannot be.
    fn open(root: &Path, folder: PathBuf, (program, most): (&str, Most)) -> Option<Self> {
        let below = Confined::below(root).ok()?;
        below.folder(&folder).ok()?;
        // What runs left that were killed.
        sweep(&below.root().join(&folder));
        Some(Self { below, folder, program: program.to_owned(), most, used: RefCell::default() })
    }

    fn name(&self, key: &str) -> String {
        digest(&[self.program.as_bytes(), key.as_bytes()])
    }

    fn read(&self, name: &str) -> Option<Vec<u8>> {
        let bytes = self.below.read(&self.folder.join(name), LARGEST).ok()??;
        let (hash, packed) = bytes.strip_prefix(FIRST)?.split_at_checked(64)?;
        if hash != digest(&[name.as_bytes(), packed]).as_bytes() {
            return None;
        }
        let mut content = Vec::new();
        let read = ZlibDecoder::new(packed).take(UNPACKED + 1).read_to_end(&mut content).ok()?;
        (read as u64 <= UNPACKED).then_some(content)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(bytes)?;
        let packed = packed.finish()?;
        if packed.len() as u64 + 100 > LARGEST || bytes.len() as u64 > UNPACKED {
            return Ok(());
        }
        let folder = self.below.root().join(&self.folder);
        let mut file = temporary().tempfile_in(&folder)?;
        for part in [FIRST, digest(&[name.as_bytes(), &packed]).as_bytes(), &packed] {
            file.write_all(part)?;
        }
        // Not synced: what a crash leaves of it has another hash.
        file.persist(folder.join(name))?;
        Ok(())
    }

    /// Removes what is too much, what was not asked for first, of that the oldest.
    fn trim(&self) -> Result<(), ConfinedError> {
        let names = self.below.list(&self.folder)?.unwrap_or_default();
        let used = self.used.borrow();
        let mut files = Vec::new();
        for name in names.into_iter().filter_map(|name| name.into_string().ok()).filter(|name| is_ours(name)) {
            let Ok(known) = std::fs::symlink_metadata(self.below.root().join(&self.folder).join(&name)) else {
                continue;
            };
            let written = known.modified().ok();
            files.push((used.contains(&name), written, known.len(), name));
        }
        let mut bytes: u64 = files.iter().map(|(.., bytes, _)| *bytes).sum();
        let mut left = files.len();
        if bytes <= self.most.bytes && left <= self.most.files {
            return Ok(());
        }
        files.sort();
        for (.., length, name) in files {
            if bytes <= self.most.bytes / 4 * 3 && left <= self.most.files / 4 * 3 {
                break;
            }
            self.below.remove(&self.folder.join(name))?;
            bytes -= length;
            left -= 1;
        }
        Ok(())
    }
}

impl Cache for ReportCache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let name = self.name(key);
        let found = self.read(&name);
        self.used.borrow_mut().insert(name);
        found
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        let name = self.name(key);
        // A full or read-only disk costs time, and nothing else.
        let _ = self.write(&name, bytes);
    }
}

impl Drop for ReportCache {
    fn drop(&mut self) {
        // What cannot be removed stays until it can.
        let _ = self.trim();
    }
}

fn is_ours(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The hash of some parts, each with its length.
fn digest(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_was_put_comes_back_and_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let open = |program| ReportCache::open(root.path(), PathBuf::new(), (program, MOST)).unwrap();
        let cache = open("1");
        assert_eq!(cache.get("a"), None);
        cache.put("a", b"one");
        cache.put("b", b"two");
        assert_eq!((cache.get("a"), cache.get("b")), (Some(b"one".to_vec()), Some(b"two".to_vec())));
        assert_eq!(open("2").get("a"), None, "another program");
        // One file in the place of another, a cut one, one with a byte changed: as good as none.
        let [a, b] = ["a", "b"].map(|key| root.path().join(cache.name(key)));
        let bytes = fs::read(&a).unwrap();
        for broken in [fs::read(&b).unwrap(), bytes[..bytes.len() - 1].to_vec(), Vec::new(), b"preavis".to_vec()] {
            fs::write(&a, broken).unwrap();
            assert_eq!(cache.get("a"), None);
        }
        let mut changed = bytes.clone();
        *changed.last_mut().unwrap() ^= 1;
        fs::write(&a, changed).unwrap();
        assert_eq!(cache.get("a"), None);
        cache.put("a", b"one");
        assert_eq!(cache.get("a"), Some(b"one".to_vec()));
    }

    /// The keys of these that are still there.
    fn left(root: &Path, keys: &[&'static str]) -> Vec<&'static str> {
        let cache = ReportCache::open(root, PathBuf::new(), ("1", MOST)).unwrap();
        keys.iter().filter(|key| cache.read(&cache.name(key)).is_some()).copied().collect()
    }

    #[test]
    fn what_was_not_asked_for_goes_once_there_is_too_much() {
        let root = tempfile::tempdir().unwrap();
        let keys = ["a", "b", "c", "d"];
        let run = |most: Most, asked: &[&str], put: &[&str]| {
            let cache = ReportCache::open(root.path(), PathBuf::new(), ("1", most)).unwrap();
            asked.iter().chain(put).for_each(|key| drop(cache.get(key)));
            for key in put {
                cache.put(key, &[b'x'; 100]);
            }
        };
        fs::write(root.path().join("mine.txt"), "mine").unwrap();
        let four = Most { files: 4, ..MOST };
        for (second, key) in (0..).zip(keys) {
            run(four, &[], &[key]);
            let file = fs::File::options().write(true).open(root.path().join(digest(&[b"1", key.as_bytes()]))).unwrap();
            file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(second)).unwrap();
        }
        assert_eq!(left(root.path(), &keys), keys, "as many as there may be");
        // A fifth is too many: three stay, of those that were not asked for the newest.
        run(four, &["a"], &["e"]);
        assert_eq!(left(root.path(), &["a", "b", "c", "d", "e"]), ["a", "d", "e"]);
        let length = fs::metadata(root.path().join(digest(&[b"1", b"a"]))).unwrap().len();
        run(Most { bytes: 3 * length, ..MOST }, &[], &[]);
        assert_eq!(left(root.path(), &["a", "d", "e"]).len(), 3, "as many bytes as there may be");
        run(Most { bytes: 3 * length - 1, ..MOST }, &["e"], &[]);
        assert_eq!(left(root.path(), &["a", "d", "e"]), ["d", "e"]);
        assert_eq!(fs::read(root.path().join("mine.txt")).unwrap(), b"mine", "files of others stay");
    }
}
