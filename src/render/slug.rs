//! Names for files and folders from names of contracts and tags, which may hold anything.
//!
//! A name that is safe on every file system stays itself; any other is cleaned and ends in a hash of the whole, so that
//! two names never share a file, not even where case does not count.

use sha2::{Digest, Sha256};

/// The most characters kept of a name.
const MOST: usize = 60;
/// The characters of a hash.
const HASH: usize = 8;
/// Names that Windows keeps for devices, whatever their extension, and one that this site uses itself.
const RESERVED: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt", "conin$", "conout$", "clock$", "latest"];

/// A name for a file or a folder; the same for the same text, on every machine.
pub(crate) fn slug(text: &str) -> String {
    if is_safe(text) { text.to_owned() } else { hashed(text, text) }
}

/// The same for an id that people choose and cite: capitals stay.
pub(crate) fn cited(id: &str) -> String {
    if is_safe(&id.to_ascii_lowercase()) { id.to_owned() } else { hashed(id, id) }
}

/// A readable name with the hash of what identifies the thing, so that renaming the one does not confuse it with another.
pub(crate) fn hashed(name: &str, identity: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= MOST {
            break;
        }
    }
    let name = out.trim_end_matches('-');
    let digest = Sha256::digest(identity.as_bytes());
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).take(HASH);
    let hash: String = halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect();
    if name.is_empty() { format!("x-{hash}") } else { format!("{name}-{hash}") }
}

fn is_safe(text: &str) -> bool {
    let letters = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte));
    let ends =
        text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.ends_with(|c: char| c.is_ascii_alphanumeric());
    let stem = text.split('.').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    let like_ours = text.rsplit_once('-').is_some_and(|(_, end)| {
        end.len() == HASH && end.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    });
    letters && ends && text.len() <= MOST && !text.contains("..") && !RESERVED.contains(&stem) && !like_ours
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn usual_names_stay() {
        for name in ["v1.2.0", "2022-01-06-12-20", "rdv-v1", "a", "0"] {
            assert_eq!(slug(name), name);
        }
        assert_eq!((cited("N2023-003"), slug("N2023-003").len()), ("N2023-003".to_owned(), 18));
    }

    #[test]
    fn odd_names_stay_inside_and_apart() {
        let long = "x".repeat(500);
        let names = [
            "",
            ".",
            "..",
            "../../x",
            "/etc/passwd",
            "a/b",
            "a\\b",
            "A",
            "a",
            "é",
            "日本",
            "con",
            "CON",
            "nul.txt",
            "com1",
            "lpt9",
            "latest",
            "a.",
            "a ",
            "a\u{0}",
            "<script>",
            "\"'",
            "v1..v2",
            &long,
            "x-0123abcd",
            "aux.html",
            "-rf",
            ".git",
        ];
        let slugs: BTreeSet<String> = names.iter().map(|name| slug(name).to_lowercase()).collect();
        assert_eq!(slugs.len(), names.len());
        for name in &slugs {
            assert!(name.len() <= MOST + HASH + 1 && !name.contains(".."), "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)), "{name}");
            assert!(!RESERVED.contains(&name.split('.').next().unwrap()), "{name}");
        }
    }
}
