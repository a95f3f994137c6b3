//! Branches and tags whose names are like one that leads nowhere.

use strsim::levenshtein;

use super::Repo;

/// At most so many are offered.
const OFFERED: usize = 3;
/// Of so many names, and of names and texts of so many bytes, the distance is measured.
const NAMES: usize = 20_000;
const LENGTH: usize = 100;

impl Repo {
    /// The names nearest to a text, best first; none where nothing is near, or refs cannot be listed.
    pub(in crate::source) fn near(&self, text: &str) -> Vec<String> {
        let tags = self.0.objects.tags().unwrap_or_default().into_iter().map(|(name, _)| name);
        let branches = self.0.objects.branches().unwrap_or_default();
        let names = branches.into_iter().filter(|name| !name.ends_with("/HEAD")).chain(tags);
        nearest(text, names.take(NAMES))
    }
}

fn nearest(text: &str, names: impl Iterator<Item = String>) -> Vec<String> {
    // `v1~2` and `main^{commit}` start at a name.
    let text = text.split(['~', '^']).next().unwrap_or_default();
    if text.is_empty() || text.len() > LENGTH {
        return Vec::new();
    }
    let lower = text.to_lowercase();
    let mut scored: Vec<(usize, String)> = names
        .filter(|name| name.len() <= LENGTH && name != text)
        .filter_map(|name| {
            let whole = name.to_lowercase();
            // `production` is near `origin/production`, whatever the remote is called.
            let bare = whole.split_once('/').map_or(&*whole, |(_, bare)| bare);
            let distance = levenshtein(&lower, &whole).min(levenshtein(&lower, bare) + 1);
            (distance <= 1 + text.chars().count() / 4).then_some((distance, name))
        })
        .collect();
    scored.sort();
    scored.dedup();
    let best = scored.first().map_or(0, |(distance, _)| *distance);
    let near = scored.into_iter().take_while(|(distance, _)| *distance <= best + 1);
    near.take(OFFERED).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_its_own() {
        let names = ["main", "origin/main", "origin/production", "v1.2.0", "v1.2.1", "feature/status"];
        let near = |text: &str| nearest(text, names.iter().map(|&name| name.to_owned()));
        assert_eq!(near("origin/prodution"), ["origin/production"]);
        assert_eq!(near("prodution"), ["origin/production"]);
        assert_eq!(near("mian"), ["main"]);
        assert_eq!(near("V1.2.0~3"), ["v1.2.0", "v1.2.1"]);
        assert_eq!(near("1.2.0"), ["v1.2.0", "v1.2.1"]);
        for far in ["nowhere", "", "^", &"m".repeat(200)] {
            assert!(near(far).is_empty(), "{far}");
        }
    }
}
