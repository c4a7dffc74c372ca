use std::future::Future;

use jiff::Timestamp;

use crate::{
    article::{Article, Content, Entry},
    attack::TechniqueHit,
    briefing::{Briefing, Severity},
    hunt::{HuntId, Proposal},
    indicator::{Indicator, Kind, Place, Tier},
    query,
    store::{BriefedArticle, Saved, Store},
    text::Span,
    triage::{ArticleId, Change, Order},
};

mod feeds;
mod file;
mod identity;
mod list;
mod rescue;
mod saving;
mod story;
mod triage;
mod upkeep;

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-24T12:00:00Z")
}

fn article(number: u32, title: &str, text: &str) -> Article {
    let entry = Entry {
        link: Some(format!("https://news.example/{number}")),
        title: title.to_owned(),
        published: Some(now()),
        content: Content::Plain(text.to_owned()),
        ..Entry::default()
    };
    Article::from_entry(entry, "News Example", now())
}

fn briefing(severity: Severity) -> Briefing {
    Briefing { severity, score: severity as i32 * 3, ..Briefing::default() }
}

fn filing(number: u32, severity: Severity) -> BriefedArticle {
    BriefedArticle {
        article: article(number, &format!("Title {number}"), &format!("Some text about gadget{number}.")),
        briefing: briefing(severity),
        feed: "News Feed".into(),
        demo: false,
        page: false,
    }
}

fn indicator(kind: Kind, value: &str, tier: Tier) -> Indicator {
    Indicator {
        kind,
        value: value.into(),
        written: value.into(),
        span: Span::new(0, 1),
        defanged: true,
        place: Place::Prose,
        tier,
        reason: None,
    }
}

/// Adds something of everything that a briefing can find.
fn with_findings(mut filing: BriefedArticle) -> BriefedArticle {
    filing.briefing.indicators = vec![
        indicator(Kind::Domain, "evil.example", Tier::Indicator),
        indicator(Kind::Ipv4, "192.0.2.7", Tier::Candidate),
        indicator(Kind::Domain, "news.example", Tier::Reference),
    ];
    filing.briefing.techniques = vec![TechniqueHit { id: "T1566.001".parse().unwrap(), score: 1.0, evidence: vec![] }];
    filing.briefing.hunts = vec![Proposal { id: HuntId("UC_PHISHING".into()), because: vec![], values: vec![] }];
    filing.briefing.tags = vec!["research".into()];
    filing
}

fn store() -> Store {
    Store::in_memory().unwrap()
}

fn save(store: &Store, batch: Vec<BriefedArticle>) -> Saved {
    wait(store.save(batch, Timestamp::now())).unwrap()
}

/// Returns the numbers of the articles that a query asks for, in the order of the list.
fn list(store: &Store, text: &str) -> Vec<i64> {
    let query = query::parse(text, now()).unwrap();
    let page = wait(store.page(&query, Order::Severity, None, 100)).unwrap();
    let ids: Vec<i64> = page.rows.iter().map(|row| row.id.0).collect();
    assert_eq!(wait(store.count(&query)).unwrap(), ids.len() as u64, "{text}");
    assert_eq!(wait(store.ids(&query, 100)).unwrap(), ids.iter().copied().map(ArticleId).collect::<Vec<_>>());
    assert_eq!(wait(store.tally(&query)).unwrap().total, ids.len() as u64);
    ids
}

fn mark(store: &Store, ids: &[i64], change: Change) -> Option<i64> {
    wait(store.mark(ids.iter().copied().map(ArticleId).collect(), change, now())).unwrap().map(|line| line.number)
}
