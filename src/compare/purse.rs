//! What all comparisons of one run may cost together: documents that share files bring their work, not their bytes.

use rustc_hash::FxHashSet;

use crate::contract::Contract;
use crate::schema::Share;

/// Bytes of files that bring as much as one comparison may cost.
const BYTES: usize = 1 << 20;

/// What is left for the comparisons of two versions: as much as one may cost, and as much again for each megabyte of files.
pub struct Purse {
    left: Share,
    /// Path and length of each file that was counted.
    known: FxHashSet<(String, usize)>,
}

impl Default for Purse {
    fn default() -> Self {
        Self { left: Share::WHOLE, known: FxHashSet::default() }
    }
}

impl Purse {
    /// What two contracts may cost.
    pub(super) fn share(&mut self, sides: [&Contract; 2]) -> Share {
        for (path, file) in sides.into_iter().flat_map(|contract| contract.document.files()) {
            let bytes = file.source().len();
            if self.known.insert((path.clone(), bytes)) {
                self.left = self.left.plus(Share::part(bytes, BYTES));
            }
        }
        self.left
    }

    /// Takes what they did cost.
    pub(super) fn pay(&mut self, spent: Share) {
        self.left = self.left.minus(spent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Contracts;
    use crate::source::Single;

    fn contract(bytes: usize) -> Contract {
        let text = format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths: {{}}\n# {}", "x".repeat(bytes));
        let single = Single::read_from("a.yaml", text.as_bytes()).unwrap();
        Contracts::default().read(&single, "a.yaml").unwrap()
    }

    #[test]
    fn files_bring_work_once_and_comparisons_take_it() {
        let (base, head) = (contract(BYTES), contract(BYTES / 2));
        let mut purse = Purse::default();
        let full = purse.share([&base, &head]);
        assert!(full > Share::part(5, 2) && full < Share::part(26, 10), "{full:?}");
        purse.pay(Share::part(2, 1));
        assert_eq!(purse.share([&base, &head]), full.minus(Share::part(2, 1)));
        purse.pay(Share::WHOLE);
        assert_eq!(purse.share([&head, &base]), Share::NOTHING);
        assert!(purse.share([&base, &contract(BYTES / 4)]) > Share::NOTHING);
    }
}
