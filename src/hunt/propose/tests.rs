use super::{Catalogue, Document, Indicator, Kind, Tier};
use crate::{indicator::Place, reading::Reading, text::Span};

fn indicator(kind: Kind, value: &str, tier: Tier) -> Indicator {
    Indicator {
        kind,
        value: value.to_owned(),
        written: value.to_owned(),
        span: Span::default(),
        defanged: false,
        place: Place::Prose,
        tier,
        reason: None,
    }
}

fn ids(title: &str, text: &str, indicators: &[Indicator]) -> Vec<String> {
    let document = Document::from_plain(text);
    let proposals = Catalogue::shipped().propose(&Reading::of(title, &document), indicators, &[]);
    proposals.into_iter().map(|proposal| proposal.id.0).collect()
}

#[test]
fn the_first_article_gets_its_one_hunt() {
    let text =
        "As developers increasingly shift left, they’re becoming the frontline defenders of the software supply chain.";
    assert_eq!(ids("Developer-first supply chain security", text, &[]), ["UC_SUPPLY_CHAIN"]);
}

#[test]
fn indicators_of_the_first_tier_bring_their_hunts() {
    let found = [
        indicator(Kind::Domain, "evil.example", Tier::Indicator),
        indicator(Kind::Ipv4, "192.0.2.7", Tier::Reference),
        indicator(Kind::FileName, "cmd.exe", Tier::Indicator),
        indicator(Kind::Cve, "CVE-2024-1708", Tier::Indicator),
    ];
    assert_eq!(ids("News", "evil[.]example", &found), ["IOC_CVE", "IOC_DOMAIN"]);
}

#[test]
fn an_address_that_the_author_links_to_is_not_hunted() {
    let text = "It was [revealed](https://www.victim.example/notice) after c2.example answered.";
    let at = |value: &str| Span::new(text.find(value).unwrap(), text.find(value).unwrap() + value.len());
    let mut found = [
        indicator(Kind::Url, "https://www.victim.example/notice", Tier::Indicator),
        indicator(Kind::Domain, "www.victim.example", Tier::Indicator),
        indicator(Kind::Domain, "c2.example", Tier::Indicator),
    ];
    for one in &mut found {
        one.span = at(&one.value);
    }
    let proposals = Catalogue::shipped().propose(&Reading::of("News", &Document::from_plain(text)), &found, &[]);
    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0].values[0].value, "c2.example");
}

#[test]
fn a_marked_value_brings_its_hunt() {
    let values = [crate::hunt::Value { kind: Kind::Ipv4, value: "192.0.2.7".into() }];
    let proposals = Catalogue::shipped().for_values(&values);
    assert_eq!(proposals.iter().map(|proposal| proposal.id.0.as_str()).collect::<Vec<_>>(), ["IOC_IP"]);
    assert_eq!(proposals[0].values, values);
}
