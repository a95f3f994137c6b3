//! What fuzzing starts from: the corpus of each target, and the words of the dictionary.

use std::fs;
use std::path::{Path, PathBuf};

/// A path in this repository, for the package at its root and for those below.
pub(crate) fn in_repository(path: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|folder| folder.join("fuzz/corpus").is_dir());
    root.expect("a corpus").join(path)
}

/// The files of a target's corpus, by name.
pub(crate) fn corpus(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = in_repository("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).expect("a corpus").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_name().expect("a file").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read(path).expect("an input"))).collect()
}

/// The words of `fuzz/openapi.dict`: one in quotes a line, bytes as `\x0a`, `"` and `\` behind a backslash.
pub(crate) fn words() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(in_repository("fuzz/openapi.dict")).expect("a dictionary");
    let quoted = text.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    quoted.map(unescaped).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let (mut out, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, tail @ ..] = rest {
        (out, rest) = match (first, tail) {
            (b'\\', [b'x', high, low, tail @ ..]) => {
                let hex = [*high, *low];
                let hex = std::str::from_utf8(&hex).expect("two digits");
                out.push(u8::from_str_radix(hex, 16).expect("two digits"));
                (out, tail)
            }
            (b'\\', [escaped, tail @ ..]) => {
                out.push(*escaped);
                (out, tail)
            }
            (byte, tail) => {
                out.push(*byte);
                (out, tail)
            }
        };
    }
    out
}
