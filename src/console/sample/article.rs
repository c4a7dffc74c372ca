use jiff::SignedDuration;

use super::{HOSTILE, NOW};
use crate::{
    article::{Article, Block, BlockKind, Document, Entry, Identity},
    attack::{Phase, PhaseHit, TechniqueHit},
    briefing::{Briefing, Severity, Signal},
    hunt::{HuntId, Proposal, Value},
    indicator::{Indicator, Kind, Place, Tier},
    store::BriefedArticle,
    text::{Evidence, Span},
    triage::{ArticleId, Counts, Item, Row},
};

const TITLES: [&str; 6] = [
    "ShinyRook ransomware gang exploits edge VPN flaw to reach domain controllers within hours",
    "npm package left-padder ships a credential stealer in its install script",
    "Phishing kit abuses device code flow against Entra tenants",
    "Vendor fixes nineteen flaws in its November update",
    "Weekly recap: botnets, takedowns and a busy patch day",
    "How to choose a password manager for a small office",
];

const SOURCES: [&str; 3] = ["Field Notes", "Example Research", "The Example News"];

const SEVERITIES: [Severity; 6] =
    [Severity::Crit, Severity::High, Severity::High, Severity::Med, Severity::Low, Severity::Low];

const BODY: [(BlockKind, &str); 7] = [
    (
        BlockKind::Paragraph,
        "Attackers exploit CVE-2026-11223 in the ExampleGate appliance and run encoded PowerShell commands before they encrypt file servers. The vendor confirms exploitation in the wild.",
    ),
    (BlockKind::Heading, "What happens"),
    (
        BlockKind::Paragraph,
        "The loader fetches a second stage from hxxps://cdn.evil[.]example/stage2.ps1 and beacons to evil[.]example every sixty seconds. It resolves names through 192.0.2.53.",
    ),
    (BlockKind::Code, "powershell.exe -nop -w hidden -enc SQBFAFgA\nrundll32.exe stage2.dll,Start"),
    (BlockKind::Heading, "Indicators of compromise"),
    (BlockKind::TableRow, "evil[.]example\tC2 domain"),
    (BlockKind::TableRow, "203.0.113.77\tC2 address"),
];

/// The vulnerability that the first article is about; each further article has one of its own, so that no two tell the
/// same story.
const CVE: &str = "CVE-2026-11223";

fn cve(number: i64) -> String {
    format!("CVE-2026-{}", 11_222 + number)
}

fn document(cve: &str) -> Document {
    let mut document = Document::default();
    for (kind, text) in BODY {
        let start = document.text.len();
        document.text.push_str(&text.replace(CVE, cve));
        document.blocks.push(Block { span: Span::new(start, document.text.len()), kind });
        document.text.push('\n');
    }
    document
}

fn evidence(document: &Document, phrase: &str) -> Evidence {
    let start = document.text.find(phrase).expect("the phrase stands in the text");
    Evidence::in_text(&document.text, Span::new(start, start + phrase.len()))
}

fn indicator(document: &Document, kind: Kind, value: &str, written: &str, tier: Tier, place: Place) -> Indicator {
    let span = evidence(document, written).span;
    let reason = match tier {
        Tier::Reference => Some("the article calls it a resolver".into()),
        Tier::Rejected => Some("a file name, not a domain".into()),
        Tier::Indicator | Tier::Candidate => None,
    };
    let (value, written) = (value.to_owned(), written.to_owned());
    Indicator { kind, value, defanged: written.contains("[.]"), written, span, place, tier, reason }
}

fn briefing(document: &Document, cve: &str, severity: Severity) -> Briefing {
    let signal =
        |name: &str, points, phrase: &str| Signal { name: name.into(), points, evidence: evidence(document, phrase) };
    Briefing {
        severity,
        score: 11,
        signals: vec![
            signal("exploited in the wild", 5, "exploitation in the wild"),
            signal("edge device", 3, "ExampleGate appliance"),
            Signal { name: "indicators".into(), points: 3, evidence: Evidence::in_field("4 indicators") },
        ],
        tags: vec!["research".into()],
        indicators: vec![
            indicator(document, Kind::Cve, cve, cve, Tier::Indicator, Place::Prose),
            indicator(
                document,
                Kind::Url,
                "https://cdn.evil.example/stage2.ps1",
                "hxxps://cdn.evil[.]example/stage2.ps1",
                Tier::Indicator,
                Place::Prose,
            ),
            indicator(document, Kind::Domain, "evil.example", "evil[.]example every", Tier::Indicator, Place::Table),
            indicator(document, Kind::Ipv4, "203.0.113.77", "203.0.113.77", Tier::Indicator, Place::Table),
            indicator(document, Kind::Ipv4, "192.0.2.53", "192.0.2.53", Tier::Reference, Place::Prose),
            indicator(document, Kind::FileName, "stage2.dll", "stage2.dll", Tier::Candidate, Place::Code),
        ],
        techniques: vec![
            TechniqueHit {
                id: "T1059.001".parse().unwrap(),
                score: 0.92,
                evidence: vec![
                    evidence(document, "encoded PowerShell commands"),
                    evidence(document, "powershell.exe -nop"),
                ],
            },
            TechniqueHit {
                id: "T1190".parse().unwrap(),
                score: 0.8,
                evidence: vec![evidence(document, &format!("exploit {cve}"))],
            },
        ],
        kill_chain: vec![
            PhaseHit { phase: Phase::Exploit, evidence: vec![evidence(document, &format!("exploit {cve}"))] },
            PhaseHit { phase: Phase::C2, evidence: vec![evidence(document, "beacons to")] },
        ],
        hunts: vec![
            Proposal {
                id: HuntId("UC_POWERSHELL_ENCODED".into()),
                because: vec![evidence(document, "encoded PowerShell commands")],
                values: Vec::new(),
            },
            Proposal {
                id: HuntId("IOC_DOMAIN".into()),
                because: vec![evidence(document, "evil[.]example every")],
                values: vec![Value { kind: Kind::Domain, value: "evil.example".into() }],
            },
        ],
    }
}

/// Returns an article by its number, counted from 1: each is older than the one before.
pub(in crate::console) fn article(number: i64) -> BriefedArticle {
    let index = (number - 1).unsigned_abs() as usize;
    let link = Some(format!("https://news.example/{number}"));
    let cve = cve(number);
    let document = document(&cve);
    let briefing = briefing(&document, &cve, SEVERITIES[index % SEVERITIES.len()]);
    let source = SOURCES[index % SOURCES.len()].to_owned();
    let article = Article {
        identity: Identity::of(&Entry { link: link.clone(), ..Entry::default() }),
        title: TITLES[index % TITLES.len()].to_owned(),
        source: source.clone(),
        url: link,
        published: NOW - SignedDuration::from_mins(37 + 413 * number),
        date_guessed: false,
        author: None,
        categories: Vec::new(),
        document,
        advisory: None,
    };
    BriefedArticle { article, briefing, feed: source, demo: number % 2 == 0, page: false }
}

/// Returns articles by their numbers from 1, unevenly spread over half a year.
pub(in crate::console) fn half_a_year(count: i64) -> Vec<BriefedArticle> {
    let of_its_day = |number: i64| {
        let mut filed = article(number);
        filed.article.published = NOW - SignedDuration::from_hours(24 * (number * number % 179));
        filed
    };
    (1..=count).map(of_its_day).collect()
}

/// Puts hostile text into every field that a feed fills.
pub(in crate::console) fn hostile(mut filed: BriefedArticle) -> BriefedArticle {
    let bad = || HOSTILE.to_owned();
    (filed.article.title, filed.article.source, filed.feed) = (bad(), bad(), bad());
    filed.article.url = Some(bad());
    filed.briefing.tags = vec![bad(), bad()];
    filed.article.document = Document::from_plain(&filed.article.document.text.replace("every", HOSTILE));
    for indicator in &mut filed.briefing.indicators {
        indicator.value = bad();
        indicator.reason = Some(bad().into());
        indicator.span = Span::new(indicator.span.start + 1, indicator.span.end + 900);
    }
    for signal in &mut filed.briefing.signals {
        (signal.name, signal.evidence.phrase) = (bad(), bad());
    }
    filed
}

/// Returns an article by its number as the store gives it back, for tests of what needs no store.
pub(in crate::console) fn item(number: i64) -> Item {
    as_item(number, article(number))
}

/// Returns an item in which every field is hostile that a feed or an analyst fills.
pub(in crate::console) fn hostile_item(number: i64) -> Item {
    let mut item = as_item(number, hostile(article(number)));
    (item.row.standing.note, item.row.standing.owner) = (HOSTILE.into(), HOSTILE.into());
    item
}

fn as_item(number: i64, filed: BriefedArticle) -> Item {
    let BriefedArticle { article, briefing, feed, demo, .. } = filed;
    let row = Row {
        id: ArticleId(number),
        title: article.title.clone(),
        source: article.source.clone(),
        url: article.url.clone(),
        published: article.published,
        seen: article.published,
        severity: briefing.severity,
        score: briefing.score,
        tags: briefing.tags.clone(),
        demo,
        counts: Counts { indicators: 4, techniques: 2, hunts: 2 },
        feeds: vec![feed],
        ..Row::default()
    };
    Item { row, article, briefing, copied: Vec::new() }
}
