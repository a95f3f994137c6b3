//! The first line of a comment of ours: which one it is, and which run wrote what.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::forge::place::Run;

/// What the first line says. It is a comment of HTML, which nobody sees.
///
/// `<!-- preavis v1 key=… head=… run=ID.ATTEMPT hash=… -->`: recognised only where it is the whole first line, whatever its
/// version is and whatever later versions add.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Marker {
    /// Which of the comments that preavis has on one pull request: `--name`.
    pub key: String,
    /// The commit that was judged.
    pub head: String,
    /// The run that wrote it.
    pub run: Run,
    /// Of all behind the first line.
    pub hash: String,
}

impl Marker {
    /// The marker of a comment with a text behind it. A name that is no key ends in its own hash, so that two stay two.
    pub fn of(name: &str, head: &str, run: Run, text: &str) -> Self {
        Self { key: key(name), head: head.to_owned(), run, hash: hash(text) }
    }

    /// The marker on the first line of a comment, and what stands behind it.
    pub fn read(body: &str) -> Option<(Self, &str)> {
        let (line, rest) = body.split_once('\n')?;
        let inner = line.trim_end_matches('\r').strip_prefix("<!-- preavis v")?.strip_suffix(" -->")?;
        let mut words = inner.split(' ');
        let version = words.next()?;
        if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let pairs = words.map(|word| word.split_once('=')).collect::<Option<Vec<_>>>()?;
        let get = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let (id, attempt) = get("run")?.split_once('.')?;
        let found = Self {
            key: get("key").filter(|text| is_key(text))?.to_owned(),
            head: get("head").filter(|text| is_hex(text, 40..=64))?.to_owned(),
            run: Run { id: id.parse().ok()?, attempt: attempt.parse().ok()? },
            hash: get("hash").filter(|text| is_hex(text, 16..=64))?.to_owned(),
        };
        Some((found, rest))
    }

    /// Whether nobody changed the text since.
    pub fn fits(&self, rest: &str) -> bool {
        self.hash == hash(rest)
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, head, run, hash } = self;
        write!(f, "<!-- preavis v1 key={key} head={head} run={}.{} hash={hash} -->", run.id, run.attempt)
    }
}

/// Sixteen digits that stand for a text; how its lines end and what blanks stand at its end do not matter, since forges
/// change them.
pub fn hash(text: &str) -> String {
    let text = text.replace('\r', "");
    let digest = Sha256::digest(text.trim_end().as_bytes());
    let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

fn key(name: &str) -> String {
    if is_key(name) {
        return name.to_owned();
    }
    let known = |c: char| if matches!(c, 'a'..='z' | '0'..='9' | '.' | '_') { c } else { '-' };
    let plain: String = name.to_lowercase().chars().map(known).take(47).collect();
    format!("{plain}-{}", hash(name))
}

fn is_key(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'_' | b'-'))
}

fn is_hex(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    lengths.contains(&text.len()) && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_read_as_it_was_written_and_only_as_the_first_line() {
        let run = Run { id: 12, attempt: 2 };
        let marker = Marker::of("Préavis API/v1", &"a".repeat(40), run, "text\n");
        let line = marker.to_string();
        for body in [format!("{line}\ntext\n"), format!("{line}\r\ntext"), format!("{line}\ntext\r\n\r\n")] {
            let (read, rest) = Marker::read(&body).unwrap();
            assert!(read == marker && read.fits(rest), "{body:?}");
        }
        assert!(marker.key.starts_with("pr-avis-api-v1-") && key("preavis") == "preavis");
        assert_ne!(marker.key, key("Prêavis API/v1"));
        let later = line.replace("v1 key", "v2 mood=calm key") + "\nx";
        assert_eq!(Marker::read(&later).unwrap().0.key, marker.key);
        assert!(!Marker::read(&later).unwrap().0.fits("x"));
        for body in [
            line.clone(),
            format!(" {line}\nx"),
            format!("> {line}\nx"),
            format!("\n{line}\nx"),
            format!("{line} x\nx"),
            line.replace("hash=", "hash=G") + "\n",
            line.replace("run=12.2", "run=99999999999999999999999.1") + "\n",
            line.replace("preavis v1", "preavis v") + "\n",
        ] {
            assert!(Marker::read(&body).is_none(), "{body:?}");
        }
    }
}
