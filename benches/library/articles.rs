//! Invented articles for the benches: words with the frequencies of a language, about 6 KB each.

#![allow(clippy::expect_used, reason = "a bench may fail")]
#![allow(dead_code, reason = "each bench takes what it needs")]

use huntdeck::{
    article::{Article, Content, Entry},
    attack::TechniqueHit,
    briefing::{Briefing, Severity, Signal},
    hunt::{HuntId, Proposal},
    indicator::{Indicator, Kind, Place, Tier},
    store::BriefedArticle,
    text::{Evidence, Span},
};
use jiff::Timestamp;

/// A small generator: the same articles every time.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    /// Returns a word number such that small ones are frequent.
    fn rank(&mut self, most: u64) -> u64 {
        let even = (self.roll(1 << 30) as f64) / f64::from(1 << 30);
        ((most as f64).powf(even) - 1.0) as u64
    }
}

/// Returns the word that a number stands for.
pub(super) fn word(mut number: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ta", "re", "mi", "so", "ne", "ka", "lu", "po", "vi", "den", "ro", "fa", "tes", "on", "gi", "bur"];
    let mut word = String::new();
    loop {
        word.push_str(SYLLABLES[(number % 16) as usize]);
        number /= 16;
        if number == 0 {
            return word;
        }
    }
}

fn text(dice: &mut Dice) -> String {
    let mut text = String::with_capacity(6_200);
    while text.len() < 6_000 {
        for _ in 0..dice.roll(15) + 5 {
            text.push_str(&word(dice.rank(30_000)));
            text.push(' ');
        }
        text.push_str(if dice.roll(6) == 0 { ".\n\n" } else { ". " });
    }
    text
}

fn indicators(dice: &mut Dice) -> Vec<Indicator> {
    let make = |n: u64| {
        let (kind, value) = match n % 3 {
            0 => (Kind::Domain, format!("{}{}.example", word(n % 9_000), n % 97)),
            1 => (Kind::Ipv4, format!("198.51.{}.{}", n % 251, n % 241)),
            _ => (Kind::Sha256, format!("{:064x}", u128::from(n) * 0x9e37_79b9_7f4a_7c15)),
        };
        Indicator {
            kind,
            written: value.clone(),
            value,
            span: Span::new(100, 120),
            defanged: true,
            place: Place::IndicatorSection,
            tier: if n.is_multiple_of(5) { Tier::Reference } else { Tier::Indicator },
            reason: None,
        }
    };
    (0..dice.roll(15)).map(|_| make(dice.roll(1 << 40))).collect()
}

/// Makes an article with its briefing.
pub(super) fn filing(number: u64, dice: &mut Dice) -> BriefedArticle {
    let published = Timestamp::from_second(1_700_000_000 + (number * 7_919 % 94_000_000) as i64).expect("a date");
    let entry = Entry {
        link: Some(format!("https://news.example/{number}")),
        title: (0..9).map(|_| word(dice.rank(30_000))).collect::<Vec<_>>().join(" "),
        published: Some(published),
        content: Content::Plain(text(dice)),
        ..Entry::default()
    };
    let article = Article::from_entry(entry, &format!("Source {:03}", number % 100), published);
    let evidence =
        || Evidence { span: Span::new(10, 40), phrase: "some words that say so".into(), ..Evidence::in_field("") };
    let severity = Severity::ALL[[0, 1, 1, 2, 2, 2, 3, 3, 3, 3][dice.roll(10) as usize]];
    let technique = |n: u64| TechniqueHit {
        id: format!("T{}", 1_001 + n * 7).parse().expect("an id"),
        score: 0.8,
        evidence: vec![evidence()],
    };
    let briefing = Briefing {
        severity,
        score: dice.roll(12) as i32,
        signals: (0..3).map(|n| Signal { name: format!("signal {n}"), points: 1, evidence: evidence() }).collect(),
        tags: vec!["research".into()],
        indicators: indicators(dice),
        techniques: (0..dice.roll(5)).map(|_| technique(dice.roll(60))).collect(),
        kill_chain: Vec::new(),
        hunts: (0..dice.roll(5))
            .map(|n| Proposal { id: HuntId(format!("UC_HUNT_{n}")), because: vec![evidence()], values: vec![] })
            .collect(),
    };
    BriefedArticle { article, briefing, feed: format!("Feed {:03}", number % 100), demo: false, page: false }
}
