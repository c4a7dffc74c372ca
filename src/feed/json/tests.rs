use jiff::civil::date;
use serde_json::json;

use super::read;
use crate::{
    article::{AdvisorySource, Content, Entry, VendorSeverity},
    feed::{ParseError, ParsedFeed},
    source::SourceKind,
};

fn parsed(kind: SourceKind, value: &serde_json::Value) -> ParsedFeed {
    read(&value.to_string(), kind, None).unwrap()
}

fn kev(value: &serde_json::Value) -> Vec<Entry> {
    parsed(SourceKind::Kev, value).entries
}

fn ghsa(value: &serde_json::Value) -> Vec<Entry> {
    parsed(SourceKind::Ghsa, value).entries
}

fn body(entry: &Entry) -> &str {
    match &entry.content {
        Content::Plain(text) => text,
        Content::Html(html) => panic!("{html}"),
    }
}

#[test]
fn an_entry_of_the_kev_catalogue_tells_its_facts() {
    let catalogue = json!({"title": "KEV", "count": 2, "vulnerabilities": [
        {"cveID": "CVE-2026-0001", "vendorProject": "Example", "product": "Gateway",
         "vulnerabilityName": "Example Gateway Command Injection Vulnerability", "dateAdded": "2026-11-20",
         "shortDescription": "A flaw.", "requiredAction": "Apply the fix.", "dueDate": "2026-12-11",
         "knownRansomwareCampaignUse": "Known", "notes": "https://a.example ; https://b.example", "cwes": ["CWE-78"]},
        {"vendorProject": "no id"},
    ]});
    let feed = parsed(SourceKind::Kev, &catalogue);
    assert_eq!((feed.kind, feed.format, feed.remark.as_deref()), (SourceKind::Kev, "kev", Some("1 of 2 items")));
    let entry = &feed.entries[0];
    assert_eq!(entry.title, "CVE-2026-0001 — Example Gateway Command Injection Vulnerability");
    assert_eq!(entry.guid.as_deref(), Some("CVE-2026-0001"));
    assert_eq!(entry.published.map(|at| at.to_string()).as_deref(), Some("2026-11-20T00:00:00Z"));
    for said in
        ["A flaw.", "ransomware", "Required action: Apply the fix.", "Due date: 2026-12-11.", "- https://b.example"]
    {
        assert!(body(entry).contains(said), "{said}");
    }
    let facts = entry.advisory.as_ref().unwrap();
    assert_eq!((facts.catalogue, facts.ransomware, facts.due), (AdvisorySource::Kev, true, Some(date(2026, 12, 11))));
    assert_eq!((facts.vendor.as_deref(), facts.cwes.as_slice()), (Some("Example"), &["CWE-78".to_owned()][..]));
}

#[test]
fn vendor_and_product_are_named_once() {
    let title = |name: &str| {
        let item = json!({"cveID": "CVE-2026-1", "vendorProject": "Git", "product": "Git", "vulnerabilityName": name});
        kev(&json!({"vulnerabilities": [item]}))[0].title.clone()
    };
    assert_eq!(title("Git Link Following"), "CVE-2026-1 — Git Link Following");
    assert_eq!(title("Link Following"), "CVE-2026-1 — Git: Link Following");
}

#[test]
fn an_advisory_of_github_tells_its_facts() {
    let advisory = json!([{
        "ghsa_id": "GHSA-xxxx-yyyy-zzzz", "cve_id": null, "html_url": "https://github.example/advisories/GHSA-xxxx",
        "summary": "Malware in pkg", "description": "### Impact\nBad.", "type": "malware", "severity": "critical",
        "identifiers": [{"type": "CVE", "value": "CVE-2026-0002"}], "published_at": "2026-10-02T09:12:44Z",
        "withdrawn_at": null, "cwes": [{"cwe_id": "CWE-506", "name": "n"}], "cvss": {"score": null},
        "cvss_severities": {"cvss_v3": {"score": 9.6}, "cvss_v4": {"score": 0.0}},
        "vulnerabilities": [{"package": {"ecosystem": "npm", "name": "pkg"}, "vulnerable_version_range": ">= 0",
                             "first_patched_version": null}],
    }]);
    let entry = &ghsa(&advisory)[0];
    assert_eq!(entry.link.as_deref(), Some("https://github.example/advisories/GHSA-xxxx"));
    assert!(body(entry).starts_with("### Impact\nBad.") && body(entry).contains("npm: `pkg` >= 0, no fix"));
    let facts = entry.advisory.as_ref().unwrap();
    assert_eq!((facts.severity, facts.cvss, facts.malware), (Some(VendorSeverity::Critical), Some(9.6), true));
    assert_eq!((facts.cves.as_slice(), facts.packages.len()), (&["CVE-2026-0002".to_owned()][..], 1));
}

#[test]
fn the_chance_of_exploitation_comes_in_three_shapes() {
    let said = |epss: serde_json::Value| {
        let entries = ghsa(&json!([{"ghsa_id": "GHSA-1", "withdrawn_at": "2026-01-01T00:00:00Z", "epss": epss}]));
        assert!(entries[0].advisory.as_ref().unwrap().withdrawn);
        body(&entries[0]).contains("EPSS: 12.5 %")
    };
    assert!(said(json!({"percentage": 0.125, "percentile": 0.9})));
    assert!(said(json!([{"percentage": "0.125", "percentile": "0.9"}])));
    assert!(!said(json!(null)));
}

#[test]
fn a_json_feed_is_read_item_by_item() {
    let feed = json!({"version": "https://jsonfeed.org/version/1.1", "title": "J &amp; K", "home_page_url": "https://j.example/",
    "items": [
        {"id": 7, "url": "/a", "title": "one", "content_html": "<p>x</p>", "date_published": "2025-07-24T10:00:00Z",
         "authors": [{"name": "Ann"}], "tags": ["t", 1]},
        "no item",
        {"id": "8", "content_text": "plain", "date_published": 5},
    ]});
    let feed = parsed(SourceKind::Rss, &feed);
    assert_eq!((feed.format, feed.title.as_str(), feed.remark.as_deref()), ("json", "J & K", Some("2 of 3 items")));
    let first = &feed.entries[0];
    assert_eq!((first.guid.as_deref(), first.link.as_deref()), (Some("7"), Some("https://j.example/a")));
    assert_eq!(
        (first.content.clone(), first.categories.as_slice()),
        (Content::Html("<p>x</p>".into()), &["t".to_owned()][..])
    );
    assert_eq!(body(&feed.entries[1]), "plain");
}

#[test]
fn other_json_is_refused_in_words() {
    let read = |text: &str| read(text, SourceKind::Rss, None);
    let message = read(r#"{"message": "API rate limit exceeded"}"#).unwrap_err().to_string();
    assert!(message.contains("API rate limit exceeded"), "{message}");
    assert!(matches!(read("{\"a\": "), Err(ParseError::Json(_))));
    for other in
        ["[1]", "{}", r#"{"vulnerabilities":[{"cve":{"id":"CVE-1"}}]}"#, r#"{"items":[{"id":1}]}"#, r#"{"items":7}"#]
    {
        assert!(matches!(read(other), Err(ParseError::Unknown { .. })), "{other}");
        assert!(super::read(other, SourceKind::Kev, None).is_err(), "{other}");
        assert!(super::read(other, SourceKind::Ghsa, None).is_err(), "{other}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(read(&deep), Err(ParseError::Json(_))), "depth is bounded");
}

#[test]
fn a_catalogue_is_believed_only_from_a_source_of_its_kind() {
    let listed = json!({"vulnerabilities": [{"cveID": "CVE-2026-0001"}]}).to_string();
    let advisories = json!([{"ghsa_id": "GHSA-1"}]).to_string();
    let one = json!({"ghsa_id": "GHSA-1", "vulnerabilities": []}).to_string();
    for (text, kind) in [(&listed, SourceKind::Kev), (&advisories, SourceKind::Ghsa), (&one, SourceKind::Ghsa)] {
        let error = read(text, SourceKind::Rss, None).unwrap_err();
        assert_eq!(error, ParseError::Catalogue { kind: kind.name() });
        assert!(error.to_string().contains(&format!("kind = \"{}\"", kind.name())), "{error}");
        assert_eq!(read(text, kind, None).unwrap().entries.len(), 1);
    }
    let mixed = json!({"items": [{"url": "https://a.example/"}], "vulnerabilities": [{"cveID": "CVE-2026-0001"}]});
    assert!(read(&mixed.to_string(), SourceKind::Rss, None).is_err());
}

#[test]
fn of_too_many_items_the_newest_are_taken_and_that_is_told() {
    let items: Vec<_> = (0..2_500)
        .map(|n| json!({"id": n, "url": "/x", "date_published": format!("2026-01-{:02}T00:00:00Z", n % 25 + 1)}))
        .collect();
    let feed = parsed(SourceKind::Rss, &json!({"items": items, "home_page_url": "https://a.example/"}));
    assert_eq!((feed.entries.len(), feed.remark.as_deref()), (2_000, Some("took the newest 2,000 of 2,500")));
    let oldest = feed.entries.iter().filter_map(|entry| entry.published).min().unwrap();
    assert_eq!(oldest.to_string(), "2026-01-06T00:00:00Z");
    assert!(
        feed.entries.iter().all(|entry| entry.link.as_deref() == Some("https://a.example/x")),
        "the base came last"
    );
    let listed: Vec<_> = (0..12_000).map(|n| json!({"cveID": format!("CVE-2026-{n:05}")})).collect();
    assert_eq!(kev(&json!({"vulnerabilities": listed})).len(), 10_000);
}
