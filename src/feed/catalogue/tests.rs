use jiff::civil::date;
use serde_json::json;

use super::read;
use crate::{
    article::{Catalogue, Content, Entry, VendorSeverity},
    feed::ParseError,
    source::SourceKind,
};

fn entries(value: &serde_json::Value) -> Vec<Entry> {
    read(&value.to_string(), None).unwrap().entries
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
    let feed = read(&catalogue.to_string(), None).unwrap();
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
    assert_eq!((facts.catalogue, facts.ransomware, facts.due), (Catalogue::Kev, true, Some(date(2026, 12, 11))));
    assert_eq!((facts.vendor.as_deref(), facts.cwes.as_slice()), (Some("Example"), &["CWE-78".to_owned()][..]));
}

#[test]
fn vendor_and_product_are_named_once() {
    let title = |name: &str| {
        let item = json!({"cveID": "CVE-2026-1", "vendorProject": "Git", "product": "Git", "vulnerabilityName": name});
        entries(&json!({"vulnerabilities": [item]}))[0].title.clone()
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
    let entry = &entries(&advisory)[0];
    assert_eq!(entry.link.as_deref(), Some("https://github.example/advisories/GHSA-xxxx"));
    assert!(body(entry).starts_with("### Impact\nBad.") && body(entry).contains("npm: `pkg` >= 0, no fix"));
    let facts = entry.advisory.as_ref().unwrap();
    assert_eq!((facts.severity, facts.cvss, facts.malware), (Some(VendorSeverity::Critical), Some(9.6), true));
    assert_eq!((facts.cves.as_slice(), facts.packages.len()), (&["CVE-2026-0002".to_owned()][..], 1));
}

#[test]
fn the_chance_of_exploitation_comes_in_three_shapes() {
    let said = |epss: serde_json::Value| {
        let entries = entries(&json!([{"ghsa_id": "GHSA-1", "withdrawn_at": "2026-01-01T00:00:00Z", "epss": epss}]));
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
    let feed = read(&feed.to_string(), None).unwrap();
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
    let message = read(r#"{"message": "API rate limit exceeded"}"#, None).unwrap_err().to_string();
    assert!(message.contains("API rate limit exceeded"), "{message}");
    assert!(matches!(read("{\"a\": ", None), Err(ParseError::Json(_))));
    assert!(matches!(read("[1]", None), Err(ParseError::Unknown { .. })));
    for other in [r#"{"vulnerabilities":[{"cve":{"id":"CVE-1"}}]}"#, r#"{"items":[{"id":1}]}"#] {
        assert!(matches!(read(other, None), Err(ParseError::Unknown { .. })), "{other}");
    }
    let deep = "[".repeat(100_000);
    assert!(matches!(read(&deep, None), Err(ParseError::Json(_))), "depth is bounded");
}
