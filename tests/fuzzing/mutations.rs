//! How an input is changed: from a bit to a half, in ways that bytes, texts and pairs of documents may go wrong.

use crate::random::Rng;

const SEPARATOR: &[u8] = b"\n=====\n";
const EXTREMES: &[&[u8]] = &[
    b"0",
    b"-1",
    b"1e400",
    b"1e2147483648",
    b"-1e-99999999999",
    b"2147483648",
    b"9007199254740993",
    b"18446744073709551616",
    b"170141183460469231731687303715884105728",
    b"0.1000000000000000055511151231257827",
];

/// What mutations are made with: words, and how long an input may become.
pub(crate) struct Kit<'k> {
    pub(crate) words: &'k [Vec<u8>],
    pub(crate) longest: usize,
}

impl Kit<'_> {
    /// One to four edits; most are small.
    pub(crate) fn mutated(&self, rng: &mut Rng, bytes: &[u8], other: &[u8]) -> Vec<u8> {
        let mut out = bytes.to_vec();
        for _ in 0..=rng.below(4) {
            if rng.chance(75) {
                self.small(rng, &mut out, other);
            } else {
                large(rng, &mut out, other, self.longest);
            }
            out.truncate(self.longest);
        }
        out
    }

    /// A bit or byte set, a piece taken out or doubled, a word put in, a number or a word replaced, a piece of another.
    /// What stands in the place of a word mostly leaves the syntax whole.
    fn small(&self, rng: &mut Rng, out: &mut Vec<u8>, other: &[u8]) {
        let at = rng.below(out.len() + 1);
        let end = (at + rng.below(16)).min(out.len());
        match rng.below(10) {
            0 if at < out.len() => out[at] = u8::try_from(rng.below(256)).expect("a byte"),
            1 if at < out.len() => out[at] ^= 1 << rng.below(8),
            2 => drop(out.drain(at..end)),
            3 => out.splice(at..at, out[at..end].to_vec()).for_each(drop),
            4 | 5 => {
                let word = &self.words[rng.below(self.words.len())];
                out.splice(at..if rng.chance(50) { at } else { end }, word.iter().copied()).for_each(drop);
            }
            6 => {
                let number = run(out, at, |byte| byte.is_ascii_digit());
                out.splice(number, rng.pick(EXTREMES).iter().copied()).for_each(drop);
            }
            7 | 8 => {
                let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_$#/.".contains(&byte);
                let word = run(other, rng.below(other.len() + 1), is_word);
                out.splice(run(out, at, is_word), other[word].iter().copied()).for_each(drop);
            }
            _ => {
                let piece = piece(rng, other, 32);
                out.splice(at..end, piece.iter().copied()).for_each(drop);
            }
        }
    }
}

/// A block of lines repeated or put elsewhere, the rest cut off or taken from another input, the documents of a pair
/// swapped or made equal.
fn large(rng: &mut Rng, out: &mut Vec<u8>, other: &[u8], longest: usize) {
    let at = rng.below(out.len() + 1);
    match rng.below(6) {
        0 => {
            let block = lines(rng, out, at);
            let times = 1 + rng.below(64).min(longest / (block.len() + 1));
            out.splice(at..at, block.repeat(times)).for_each(drop);
        }
        1 => {
            let from = rng.below(out.len() + 1);
            let block = lines(rng, out, from);
            out.splice(at..at, block).for_each(drop);
        }
        2 if rng.chance(30) => out.truncate(at),
        2 | 3 => {
            out.truncate(at);
            out.extend_from_slice(&other[rng.below(other.len() + 1)..]);
        }
        kind => {
            if let Some(middle) = out.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
                let (base, head) = (&out[..middle], &out[middle + SEPARATOR.len()..]);
                *out = [if kind == 4 { head } else { base }, SEPARATOR, base].concat();
            }
        }
    }
}

/// The first run of such bytes from a place on; nothing, at the end, where there is none.
fn run(bytes: &[u8], at: usize, is_such: impl Fn(u8) -> bool) -> std::ops::Range<usize> {
    let skip = |from: usize, such: bool| from + bytes[from..].iter().take_while(|&&byte| is_such(byte) == such).count();
    let start = skip(at, false);
    start..skip(start, true)
}

fn piece<'b>(rng: &mut Rng, bytes: &'b [u8], most: usize) -> &'b [u8] {
    let from = rng.below(bytes.len() + 1);
    &bytes[from..(from + rng.below(most)).min(bytes.len())]
}

/// One to twenty lines from a place on.
fn lines(rng: &mut Rng, bytes: &[u8], at: usize) -> Vec<u8> {
    let count = 1 + rng.below(20);
    bytes[at..].split_inclusive(|&byte| byte == b'\n').take(count).flatten().copied().collect()
}
