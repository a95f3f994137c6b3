//! The id of an API: what the configuration says, else a function of the document's path alone.

use sha2::{Digest, Sha256};

/// The characters of a hash in an id.
const HASH: usize = 6;
/// Crockford's base32, lower case, as in fingerprints.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The id of a path: `swagger/v1/api.json` is `swagger-v1-api`. Letters that a slug does not keep would make one id of
/// two paths, so that a path with any other than ASCII letters, digits, `/`, `-`, `_` and `.` ends in a hash.
pub fn of_path(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    if path.bytes().all(plain) { slug(path) } else { hashed(path) }
}

/// The id of a path whose slug another document of the same tree has too.
pub(crate) fn hashed(path: &str) -> String {
    let digest = Sha256::digest(path.as_bytes());
    let letters = digest.iter().take(HASH).map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
    format!("{}-{}", slug(path), letters.collect::<String>())
}

/// The path without its extension, in lower case, with `-` for whatever is no ASCII letter or digit.
pub(crate) fn slug(path: &str) -> String {
    let name_start = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path[name_start..].rfind('.').filter(|&at| at > 0).map_or(path, |at| &path[..name_start + at]);
    let mut out = String::new();
    for letter in stem.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    if out.is_empty() { "api".to_owned() } else { out.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_its_slug() {
        for (path, id) in [
            ("swagger/v1/api.json", "swagger-v1-api"),
            ("openapi.yaml", "openapi"),
            ("API_v1.2/open_api.yml", "api-v1-2-open-api"),
            (".hidden", "hidden"),
        ] {
            assert_eq!(of_path(path), id);
        }
    }

    #[test]
    fn other_letters_are_told_apart_by_a_hash() {
        let ids: Vec<String> = ["a b/api.json", "a+b/api.json", "é.json", "è.json"].into_iter().map(of_path).collect();
        assert!(ids.iter().zip(["a-b-api-", "a-b-api-", "api-", "api-"]).all(|(id, start)| id.starts_with(start)));
        for (ix, id) in ids.iter().enumerate() {
            assert!(!ids[..ix].contains(id), "{ids:?}");
            assert_eq!(id.rsplit('-').next().map(str::len), Some(HASH));
        }
        assert_eq!(hashed("a/b.json"), hashed("a/b.json"));
        assert_ne!(hashed("a-b.json"), hashed("a/b.json"));
    }
}
