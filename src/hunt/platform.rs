//! What an article is about: an article about Android does not get a PowerShell hunt.

use std::collections::{BTreeMap, BTreeSet};

use crate::indicator::{Indicator, Kind, Tier};

/// The platforms that hunts may name, and the two that only articles show.
pub(super) const KNOWN: [&str; 17] = [
    "windows",
    "linux",
    "macos",
    "entra",
    "okta",
    "m365",
    "email",
    "aws",
    "azure",
    "gcp",
    "kubernetes",
    "github",
    "npm",
    "pypi",
    "network",
    "android",
    "ios",
];

/// Gives the words by which an article shows a platform, each with its platform.
pub(super) fn words() -> Vec<(&'static str, String)> {
    let mut words: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../assets/platforms.toml")).expect("a test reads the shipped platforms.toml");
    KNOWN
        .into_iter()
        .flat_map(|name| words.remove(name).unwrap_or_default().into_iter().map(move |word| (name, word)))
        .collect()
}

/// The platforms that an article shows, each with how often.
#[derive(Debug, Default)]
pub(super) struct Platforms {
    shown: BTreeMap<&'static str, usize>,
}

impl Platforms {
    pub(super) fn add(&mut self, platform: &'static str) {
        *self.shown.entry(platform).or_default() += 1;
    }

    /// Adds what the indicators show: a registry key is Windows wherever it stands.
    pub(super) fn add_indicators(&mut self, indicators: &[Indicator]) {
        for indicator in indicators.iter().filter(|indicator| indicator.tier <= Tier::Candidate) {
            match indicator.kind {
                Kind::RegistryKey | Kind::NamedPipe => self.add("windows"),
                Kind::FilePath if indicator.value.contains('\\') => self.add("windows"),
                Kind::FilePath if indicator.value.starts_with("/Library") || indicator.value.contains("/Library/") => {
                    self.add("macos");
                }
                Kind::FilePath if indicator.value.starts_with('/') => self.add("linux"),
                Kind::Package if indicator.value.starts_with("npm:") => self.add("npm"),
                Kind::Package if indicator.value.starts_with("pypi:") || indicator.value.starts_with("pip:") => {
                    self.add("pypi");
                }
                _ => {}
            }
        }
    }

    /// Tells whether a hunt for these platforms makes sense beside the article.
    pub(super) fn suit(&self, platforms: &[String]) -> bool {
        if platforms.is_empty() || platforms.iter().any(|platform| self.is_shown(platform)) {
            return true;
        }
        // Where the article names no platform at all, its readers are the estate that most have.
        let named: BTreeSet<_> = self.shown.keys().copied().filter(|&name| self.is_shown(name)).collect();
        named.is_empty()
            && platforms.iter().any(|platform| ["windows", "linux", "network"].contains(&platform.as_str()))
    }

    /// Gives how much of the article is about these platforms, from 0 to 1, which is as much as about any other.
    pub(super) fn share(&self, platforms: &[String]) -> f32 {
        let most = self.shown.values().copied().max().unwrap_or_default();
        if platforms.is_empty() || most == 0 {
            return 1.0;
        }
        let own: usize = platforms.iter().filter_map(|platform| self.shown.get(platform.as_str())).sum();
        (own as f32 / most as f32).min(1.0)
    }

    /// Tells whether the article is about telephones: one word about Windows beside ten about Android is an aside.
    fn is_mobile(&self) -> bool {
        let count = |name| self.shown.get(name).copied().unwrap_or_default();
        let mobile = count("android") + count("ios");
        mobile > 0 && mobile >= 2 * (count("windows") + count("linux") + count("macos"))
    }

    fn is_shown(&self, platform: &str) -> bool {
        let computer = !matches!(platform, "android" | "ios");
        self.shown.contains_key(platform) && !(computer && self.is_mobile())
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Platforms, words};

    fn of(words: &[(&'static str, usize)]) -> Platforms {
        Platforms { shown: words.iter().copied().collect() }
    }

    fn suits(words: &[(&'static str, usize)], platform: &str) -> bool {
        of(words).suit(&[platform.to_owned()])
    }

    #[test]
    fn every_platform_has_words() {
        let words = words();
        for name in KNOWN {
            assert!(words.iter().any(|(platform, _)| *platform == name), "{name}");
        }
    }

    #[test]
    fn the_gate_follows_the_article() {
        assert!(suits(&[("windows", 1)], "windows"));
        assert!(!suits(&[("linux", 3)], "windows"));
        assert!(suits(&[], "windows"));
        assert!(!suits(&[], "okta"));
        assert!(of(&[("android", 9)]).suit(&[]));
    }

    #[test]
    fn a_share_is_against_the_platform_that_is_named_most() {
        let shown = of(&[("windows", 8), ("linux", 2), ("email", 4)]);
        let share = |names: &[&str]| shown.share(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert!(share(&["windows"]) > 0.99 && share(&[]) > 0.99 && share(&["windows", "linux"]) > 0.99);
        assert!((share(&["linux"]) - 0.25).abs() < 0.01 && share(&["okta"]) < 0.01);
        assert!(of(&[]).share(&["windows".to_owned()]) > 0.99);
    }

    #[test]
    fn an_article_about_telephones_gets_no_computer_hunt() {
        assert!(!suits(&[("android", 4)], "windows"));
        assert!(!suits(&[("android", 4), ("windows", 1)], "windows"));
        assert!(suits(&[("android", 1), ("windows", 4)], "windows"));
    }
}
