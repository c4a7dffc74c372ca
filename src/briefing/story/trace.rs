use super::{Headline, digest};
use crate::{
    article::{Article, BlockKind, page_of},
    briefing::Briefing,
    indicator::{Indicator, Kind, Tier},
};

/// How many words of a title are kept as keys.
const WORDS: usize = 5;
/// Up to how many vulnerabilities an article can be about; one with more is a roundup.
const FOCUS: usize = 3;
/// How many of a roundup's vulnerabilities are kept as keys.
const SAMPLE: usize = 4;
/// How many packages an article can be about.
const PACKAGES: usize = 3;
/// How many links out of an article are followed up.
const MAX_LINKS: usize = 6;
/// How many bytes of the text an article must name in what it is about.
const LEAD_BYTES: usize = 2_000;

/// Something that articles of one story share, as a number for an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(i64);

const WORD: u64 = 0;
const CVE: u64 = 1;
const PACKAGE: u64 = 2;
const ROUNDUP: u64 = 3;

impl Key {
    const fn new(kind: u64, digest: u64) -> Self {
        Self((digest << 2 | kind).cast_signed())
    }

    /// Returns the key of a vulnerability that an article is about.
    pub fn cve(cve: &str) -> Self {
        Self::new(CVE, digest(cve.bytes().map(|byte| byte.to_ascii_uppercase())))
    }

    /// Returns the number that the index keeps.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Returns `true` if it is a word of a title, which says something only together with others.
    pub const fn is_word(self) -> bool {
        self.0.cast_unsigned() & 3 == WORD
    }

    /// Returns `true` if it is a vulnerability that the article is about.
    pub const fn is_cve(self) -> bool {
        self.0.cast_unsigned() & 3 == CVE
    }

    /// Returns `true` if it is a package that the article is about.
    pub const fn is_package(self) -> bool {
        self.0.cast_unsigned() & 3 == PACKAGE
    }

    /// Returns `true` if it is one of a roundup's many vulnerabilities.
    pub const fn is_roundup(self) -> bool {
        self.0.cast_unsigned() & 3 == ROUNDUP
    }
}

/// What an article can be found by.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// The keys under which it is filed: at most twelve.
    pub keys: Vec<Key>,
    /// The pages that it links to.
    pub links: Vec<String>,
    /// The vulnerabilities that it is about, in capitals.
    pub cves: Vec<String>,
    /// Its title's words.
    pub headline: Headline,
    /// Whether it names any vulnerability.
    pub names_cves: bool,
}

impl Trace {
    /// How many keys a trace has at the most.
    pub const MOST_KEYS: usize = WORDS + PACKAGES + SAMPLE;

    /// Takes the trace of an article. A recap of many stories has none: it would glue them together.
    pub fn of(article: &Article, briefing: &Briefing) -> Self {
        if briefing.tags.iter().any(|tag| tag == "recap") {
            return Self::default();
        }
        let headline = Headline::of(&article.title);
        let mut trace = Self { headline, ..Self::default() };
        trace.read_cves(article, briefing);
        trace.read_packages(article, briefing);
        // The catalogues title their entries by one pattern, and what they link to is about anything.
        if article.advisory.is_none() {
            trace.read_words();
            trace.read_links(article);
        }
        trace
    }

    /// Takes what can be had of an article from its title and its vulnerabilities alone.
    pub fn of_title(title: &str, cves: &[String], is_advisory: bool) -> Self {
        let mut trace = Self { headline: Headline::of(title), names_cves: !cves.is_empty(), ..Self::default() };
        trace.cves = cves.iter().filter(|_| cves.len() <= FOCUS).cloned().collect();
        trace.keys = trace.cves.iter().map(|cve| Key::cve(cve)).collect();
        if !is_advisory {
            trace.read_words();
        }
        trace
    }

    fn read_words(&mut self) {
        // The lowest digests: what two titles share stands low in both.
        self.keys.extend(self.headline.words().iter().take(WORDS).map(|word| Key::new(WORD, *word)));
    }

    fn read_cves(&mut self, article: &Article, briefing: &Briefing) {
        let in_text = || of_kind(briefing, Kind::Cve);
        let mut focus: Vec<String> = article.advisory.iter().flat_map(|advisory| advisory.cves.clone()).collect();
        focus.extend(cves_in(&article.title));
        self.names_cves = !focus.is_empty() || in_text().next().is_some();
        if focus.is_empty() {
            let year = i64::from(jiff::tz::TimeZone::UTC.to_datetime(article.published).year());
            let many = in_text().nth(FOCUS).is_some();
            if many {
                let mut sample: Vec<u64> = in_text().map(|cve| digest(cve.value.bytes())).collect();
                sample.sort_unstable();
                self.keys.extend(sample.into_iter().take(SAMPLE).map(|cve| Key::new(ROUNDUP, cve)));
            } else {
                // An old vulnerability that is mentioned somewhere is not what the article is about.
                let about = in_text().filter(|cve| cve.span.start < LEAD_BYTES && is_recent(&cve.value, year));
                focus.extend(about.map(|cve| cve.value.to_ascii_uppercase()));
            }
        }
        focus.sort_unstable();
        focus.dedup();
        focus.truncate(FOCUS);
        self.keys.extend(focus.iter().map(|cve| Key::cve(cve)));
        self.cves = focus;
    }

    fn read_packages(&mut self, article: &Article, briefing: &Briefing) {
        let advisory = article.advisory.iter().flat_map(|advisory| &advisory.packages);
        let mut names: Vec<u64> = advisory.filter_map(|package| package_name(&package.name)).collect();
        if article.advisory.is_none() {
            names.extend(of_kind(briefing, Kind::Package).filter_map(|package| package_name(&package.value)));
        }
        names.sort_unstable();
        names.dedup();
        if names.len() <= PACKAGES {
            self.keys.extend(names.into_iter().map(|name| Key::new(PACKAGE, name)));
        }
    }

    fn read_links(&mut self, article: &Article) {
        let host = article.url.as_deref().and_then(host_and_path).map_or("\0", |(host, _)| host);
        let document = &article.document;
        let outward = document.links.iter().take(100).filter(|link| {
            let block = document.block_at(link.span.start);
            host_and_path(&link.target).is_some_and(|(other, path)| other != host && path.len() > 3)
                && block.is_none_or(|block| block.kind != BlockKind::Furniture)
        });
        self.links = outward.take(MAX_LINKS).map(|link| page_of(&link.target)).collect();
    }
}

/// Returns the indicators of a kind that may be meant.
fn of_kind(briefing: &Briefing, kind: Kind) -> impl Iterator<Item = &Indicator> {
    briefing
        .indicators
        .iter()
        .filter(move |hit| hit.kind == kind && matches!(hit.tier, Tier::Indicator | Tier::Candidate))
}

/// Finds the CVE numbers of a title.
fn cves_in(title: &str) -> impl Iterator<Item = String> {
    let title = title[..title.floor_char_boundary(1_000)].to_ascii_uppercase();
    let found: Vec<String> = title
        .match_indices("CVE-")
        .filter_map(|(at, _)| {
            let rest = &title[at + 4..];
            let length = rest.bytes().take(12).take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
            let number = rest[..length].trim_end_matches('-');
            let (year, count) = number.split_once('-')?;
            (year.len() == 4 && count.len() >= 4 && !count.contains('-')).then(|| format!("CVE-{number}"))
        })
        .collect();
    found.into_iter()
}

/// Returns `true` if a vulnerability was numbered at most a year before `year`.
fn is_recent(cve: &str, year: i64) -> bool {
    cve.get(4..8).and_then(|text| text.parse::<i64>().ok()).is_none_or(|of| of + 1 >= year)
}

/// Returns the digest of a package's name without its ecosystem and version; none where it is too short to mean
/// anything.
fn package_name(value: &str) -> Option<u64> {
    let name = value.rsplit(':').next().unwrap_or(value);
    let name = name.char_indices().skip(1).find(|(_, c)| *c == '@').map_or(name, |(at, _)| &name[..at]);
    (name.len() >= 4).then(|| digest(name.bytes().map(|byte| byte.to_ascii_lowercase())))
}

/// Returns the host of an address on the web, and the path after its slash, which may be empty.
fn host_and_path(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    Some((host.strip_prefix("www.").unwrap_or(host), path))
}
