use jiff::Timestamp;
use proptest::{
    collection::vec,
    prelude::{any, prop_assert_eq, proptest},
};
use serde::{Deserialize, Serialize};

use super::{briefing, pack, to_article, to_briefing, unpack};
use crate::{
    article::{Advisory, AdvisorySource, Article, Content, Entry},
    attack::{PhaseHit, TechniqueHit},
    briefing::{Briefer, Briefing},
    hunt,
    text::{Evidence, Part, Span},
};

const TEXT: &str = "<h2>Überblick</h2><p>CVE-2026-1111 is exploited in the wild: attackers dumped LSASS memory with \
    Mimikatz and sent it to evil[.]example over HTTPS.</p><p><a href=\"https://vendor.example/a\">Advisory</a></p>";

fn made(content: Content) -> (Article, Briefing) {
    let advisory = Advisory {
        catalogue: AdvisorySource::Kev,
        id: "CVE-2026-1111".into(),
        cves: vec!["CVE-2026-1111".into()],
        due: Some(jiff::civil::date(2026, 11, 30)),
        ransomware: true,
        ..serde_json::from_str(r#"{"catalogue": "kev", "id": ""}"#).unwrap()
    };
    let title = "Ransomware gang exploits VPN flaw “at scale”".into();
    let entry = Entry { title, content, advisory: Some(advisory), ..Entry::default() };
    let article = Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH);
    let briefer = Briefer { technique_threshold: 0.0, ..Briefer::new(hunt::Catalogue::shipped()) };
    let briefing = briefer.brief(&article);
    (article, briefing)
}

#[test]
fn what_is_packed_comes_back() {
    let (article, briefing) = made(Content::Html(TEXT.into()));
    assert!(briefing.signals.iter().any(|signal| signal.evidence.part == Part::Title));
    assert!(!briefing.techniques.is_empty() && !briefing.kill_chain.is_empty() && !briefing.hunts.is_empty());
    let packed = (super::article(&article), super::briefing(briefing.clone(), &article));
    let unpacked = to_article(&packed.0).unwrap();
    assert_eq!(unpacked, article);
    assert_eq!(to_briefing(&packed.1, &unpacked).unwrap(), briefing);
}

#[test]
fn what_an_older_version_packed_is_read() {
    let (article, briefing) = made(Content::Html(TEXT.into()));
    let old = |json: Vec<u8>| zstd::bulk::compress(&json, 1).unwrap();
    assert_eq!(to_article(&old(serde_json::to_vec(&article).unwrap())).unwrap(), article);
    assert_eq!(to_briefing(&old(serde_json::to_vec(&briefing).unwrap()), &article).unwrap(), briefing);
}

#[test]
fn a_field_may_be_added() {
    #[derive(Serialize)]
    struct Before(u8, Option<u8>);
    #[derive(Debug, PartialEq, Deserialize)]
    struct Now {
        one: u8,
        two: Option<u8>,
        #[serde(default)]
        added: Vec<u8>,
    }
    let packed = pack(&Before(1, None), 0);
    assert_eq!(unpack::<Now>(&packed).unwrap(), Now { one: 1, two: None, added: Vec::new() });
}

#[test]
fn what_is_broken_is_an_error() {
    let (article, briefing) = made(Content::Html(TEXT.into()));
    let whole = super::briefing(briefing, &article);
    for end in 0..whole.len() {
        assert!(to_briefing(&whole[..end], &article).is_err());
    }
    assert!(to_article(&whole).is_err());
}

proptest! {
    #[test]
    fn a_briefing_comes_back_whatever_its_evidence_points_at(
        text in "[aé \u{1b}\n]{0,20}",
        found in vec((0_usize..30, 0_usize..30, "[aé ]{0,3}", any::<bool>()), 0..8)
    ) {
        let (article, _) = made(Content::Plain(text));
        let evidence: Vec<_> = found
            .into_iter()
            .map(|(start, end, phrase, title)| {
                let (span, part) = (Span::new(start, end), if title { Part::Title } else { Part::Text });
                let quote = if title { &article.title } else { &article.document.text };
                // An empty phrase is nobody's evidence for words.
                let phrase = if phrase.is_empty() { quote.get(start..end).unwrap_or("-").to_owned() } else { phrase };
                Evidence { span, phrase, part }
            })
            .collect();
        let techniques = vec![TechniqueHit { id: "T1059".parse().unwrap(), score: 0.1, evidence: evidence.clone() }];
        let kill_chain = vec![PhaseHit { phase: crate::attack::Phase::ALL[0], evidence }];
        let made = Briefing { techniques, kill_chain, ..Briefing::default() };
        let packed = briefing(made.clone(), &article);
        prop_assert_eq!(to_briefing(&packed, &to_article(&super::article(&article)).unwrap()).unwrap(), made);
    }
}
