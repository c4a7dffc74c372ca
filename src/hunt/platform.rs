//! What an article is about: an article about Android does not get a PowerShell hunt.

use std::collections::BTreeMap;

use crate::indicator::{Indicator, Kind, Tier};

/// The platforms that hunts may name, the systems of computers first, and last the two that only articles show.
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

/// Returns the words by which an article shows a platform, each with the place of its platform among the known.
pub(super) fn words() -> Vec<(usize, String)> {
    let mut words: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../assets/platforms.toml")).expect("a test reads the shipped platforms.toml");
    KNOWN
        .into_iter()
        .enumerate()
        .flat_map(|(place, name)| words.remove(name).unwrap_or_default().into_iter().map(move |word| (place, word)))
        .collect()
}

/// Returns the place of a platform among the known.
fn place_of(platform: &str) -> Option<usize> {
    KNOWN.iter().position(|known| *known == platform)
}

/// How often an article shows each of the known platforms.
#[derive(Debug, Default)]
pub(super) struct Platforms {
    shown: [usize; KNOWN.len()],
}

impl Platforms {
    /// Takes note of a word that shows the platform at a place among the known.
    pub(super) fn add(&mut self, place: usize) {
        self.shown[place] += 1;
    }

    fn add_named(&mut self, platform: &str) {
        if let Some(place) = place_of(platform) {
            self.add(place);
        }
    }

    /// Adds what the indicators show: a registry key is Windows wherever it stands.
    pub(super) fn add_indicators(&mut self, indicators: &[Indicator]) {
        for indicator in indicators.iter().filter(|indicator| indicator.tier <= Tier::Candidate) {
            match indicator.kind {
                Kind::RegistryKey | Kind::NamedPipe => self.add_named("windows"),
                Kind::FilePath if indicator.value.contains('\\') => self.add_named("windows"),
                Kind::FilePath if indicator.value.starts_with("/Library") || indicator.value.contains("/Library/") => {
                    self.add_named("macos");
                }
                Kind::FilePath if indicator.value.starts_with('/') => self.add_named("linux"),
                Kind::Package if indicator.value.starts_with("npm:") => self.add_named("npm"),
                Kind::Package if indicator.value.starts_with("pypi:") || indicator.value.starts_with("pip:") => {
                    self.add_named("pypi");
                }
                _ => {}
            }
        }
    }

    /// Returns `true` if a hunt for these platforms makes sense beside the article.
    pub(super) fn suit(&self, platforms: &[String]) -> bool {
        let mobile = self.is_mobile();
        let is_shown = |place: usize| self.shown[place] > 0 && (!mobile || matches!(KNOWN[place], "android" | "ios"));
        if platforms.is_empty() || platforms.iter().any(|platform| place_of(platform).is_some_and(is_shown)) {
            return true;
        }
        // Where the article names no platform at all, its readers are the estate that most have.
        !(0..KNOWN.len()).any(is_shown)
            && platforms.iter().any(|platform| ["windows", "linux", "network"].contains(&platform.as_str()))
    }

    /// Returns how much of the article is about these platforms, from 0 to 1, which is as much as about any other.
    pub(super) fn share(&self, platforms: &[String]) -> f32 {
        let most = self.shown.into_iter().max().unwrap_or_default();
        if platforms.is_empty() || most == 0 {
            return 1.0;
        }
        let own: usize =
            platforms.iter().filter_map(|platform| place_of(platform)).map(|place| self.shown[place]).sum();
        (own as f32 / most as f32).min(1.0)
    }

    /// Returns `true` if the article is about telephones: one word about Windows beside ten about Android is an aside.
    fn is_mobile(&self) -> bool {
        let [windows, linux, macos, .., android, ios] = self.shown;
        let mobile = android + ios;
        mobile > 0 && mobile >= 2 * (windows + linux + macos)
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Platforms, words};

    fn of(words: &[(&str, usize)]) -> Platforms {
        let mut platforms = Platforms::default();
        for (name, count) in words {
            (0..*count).for_each(|_| platforms.add_named(name));
        }
        platforms
    }

    fn suits(words: &[(&str, usize)], platform: &str) -> bool {
        of(words).suit(&[platform.to_owned()])
    }

    #[test]
    fn every_platform_has_words() {
        let words = words();
        for (place, name) in KNOWN.into_iter().enumerate() {
            assert!(words.iter().any(|(platform, _)| *platform == place), "{name}");
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
