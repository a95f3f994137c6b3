//! How stable the parts of a document are said to be: one extension field, whose words are ordered.

/// The field that says it where nobody configured another.
pub(crate) const FIELD: &str = "x-stability-level";
/// What everything is where no word is written.
pub(crate) const STABLE: &str = "stable";
/// The words where nobody configured others, from what promises the least.
const WORDS: &[&str] = &["draft", "alpha", "beta", STABLE];

/// The field that says a stability, and its words from what promises the least to what promises the most.
#[derive(Clone, Debug)]
pub struct Stability<'a> {
    /// The name of the field.
    pub(crate) field: &'a str,
    /// The usual ones where there are none.
    named: Vec<&'a str>,
}

/// The usual field and words.
#[cfg(feature = "internals")]
pub(crate) static STANDARD: Stability<'static> = Stability { field: FIELD, named: Vec::new() };

impl<'a> Stability<'a> {
    /// A field with words in their order. Some of the usual words, in the usual order, leave the usual ones as they are; to
    /// other words `stable` is added as the last one where it is missing.
    pub(crate) fn new(field: &'a str, named: impl Iterator<Item = &'a str>) -> Self {
        let mut named: Vec<&str> = named.collect();
        let mut usual = WORDS.iter();
        if named.iter().all(|word| usual.any(|known| known == word)) {
            return Self { field, named: Vec::new() };
        }
        if !named.contains(&STABLE) {
            named.push(STABLE);
        }
        Self { field, named }
    }

    /// How much a word promises; nothing of one that is not known.
    pub(crate) fn rank(&self, word: &str) -> Option<usize> {
        self.words().iter().position(|known| *known == word)
    }

    /// All words, from what promises the least.
    pub(crate) fn words(&self) -> &[&'a str] {
        if self.named.is_empty() { WORDS } else { &self.named }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_the_table_and_stable_is_the_last() {
        let order = |named: &[&'static str]| Stability::new("x-s", named.iter().copied()).words().join(" < ");
        assert_eq!(order(&[]), "draft < alpha < beta < stable");
        assert_eq!(order(&["draft", "beta"]), "draft < alpha < beta < stable");
        assert_eq!(order(&["beta", "draft"]), "beta < draft < stable");
        assert_eq!(order(&["lab", "stable", "core"]), "lab < stable < core");
    }
}
