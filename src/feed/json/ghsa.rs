use std::fmt::Write;

use serde_json::{Map, Value};

use super::{list, text_of};
use crate::{
    article::{Advisory, AdvisorySource, Content, Entry, PackageRange, VendorSeverity},
    feed::{date, xml::plain_line},
};

/// The title and the page of GitHub's advisories.
pub(super) const NAME: (&str, &str) = ("GitHub Security Advisories", "https://github.com/advisories");

/// Makes an entry of an advisory, as `GET /advisories` of GitHub answers.
pub(super) fn entry(item: &Map<String, Value>) -> Option<Entry> {
    let id = text_of(item, "ghsa_id")?;
    let when = |key: &str| text_of(item, key).and_then(|text| date::read(&text));
    let kind = text_of(item, "type").unwrap_or_default();
    let packages = packages(item);
    let mut cves: Vec<String> = text_of(item, "cve_id").into_iter().collect();
    cves.extend(identifiers(item).filter(|id| id.starts_with("CVE-")));
    cves.dedup();
    let advisory = Advisory {
        catalogue: AdvisorySource::Ghsa,
        id: id.clone(),
        cves,
        vendor: None,
        product: packages.first().map(|package| package.name.clone()),
        ransomware: false,
        due: None,
        action: None,
        severity: text_of(item, "severity").and_then(|severity| vendor_severity(&severity)),
        cvss: cvss(item),
        malware: kind.eq_ignore_ascii_case("malware"),
        cwes: cwes(item),
        packages,
        withdrawn: text_of(item, "withdrawn_at").is_some(),
    };
    let link = text_of(item, "html_url").unwrap_or_else(|| format!("https://github.com/advisories/{id}"));
    let summary = text_of(item, "summary").map(|summary| plain_line(&summary)).filter(|summary| !summary.is_empty());
    Some(Entry {
        guid: Some(id.clone()),
        link: Some(link),
        title: summary.unwrap_or(id),
        author: None,
        published: when("published_at").or_else(|| when("github_reviewed_at")),
        updated: when("updated_at"),
        content: Content::Plain(markdown(item, &advisory)),
        categories: Some(kind).filter(|kind| !kind.is_empty()).into_iter().collect(),
        advisory: Some(advisory),
    })
}

fn vendor_severity(text: &str) -> Option<VendorSeverity> {
    match text.to_ascii_lowercase().as_str() {
        "low" => Some(VendorSeverity::Low),
        "medium" | "moderate" => Some(VendorSeverity::Medium),
        "high" => Some(VendorSeverity::High),
        "critical" => Some(VendorSeverity::Critical),
        _ => None,
    }
}

fn identifiers(item: &Map<String, Value>) -> impl Iterator<Item = String> {
    list(item, "identifiers").unwrap_or_default().iter().filter_map(|id| text_of(id.as_object()?, "value"))
}

/// Reads the base score from the newer place or the older one; GitHub writes 0.0 where there is none.
fn cvss(item: &Map<String, Value>) -> Option<f32> {
    let severities = item.get("cvss_severities");
    let places = [
        severities.and_then(|all| all.get("cvss_v4")),
        severities.and_then(|all| all.get("cvss_v3")),
        item.get("cvss"),
    ];
    places.into_iter().flatten().find_map(|place| number(place.get("score")?).filter(|score| *score > 0.0))
}

/// Reads a number that may be written as text.
fn number(value: &Value) -> Option<f32> {
    value.as_f64().map(|number| number as f32).or_else(|| value.as_str()?.trim().parse().ok())
}

fn cwes(item: &Map<String, Value>) -> Vec<String> {
    let cwe = |cwe: &Value| cwe.as_str().map(str::to_owned).or_else(|| text_of(cwe.as_object()?, "cwe_id"));
    list(item, "cwes").unwrap_or_default().iter().filter_map(cwe).collect()
}

fn packages(item: &Map<String, Value>) -> Vec<PackageRange> {
    list(item, "vulnerabilities").unwrap_or_default().iter().filter_map(package).collect()
}

fn package(vulnerability: &Value) -> Option<PackageRange> {
    let vulnerability = vulnerability.as_object()?;
    let package = vulnerability.get("package")?.as_object()?;
    // The first patched version was an object once.
    let patched = vulnerability.get("first_patched_version").and_then(Value::as_object);
    Some(PackageRange {
        ecosystem: text_of(package, "ecosystem").unwrap_or_default(),
        name: text_of(package, "name")?,
        vulnerable: text_of(vulnerability, "vulnerable_version_range"),
        patched: text_of(vulnerability, "first_patched_version")
            .or_else(|| patched.and_then(|patched| text_of(patched, "identifier"))),
    })
}

/// Returns the description as GitHub wrote it, and after it what stands only in the fields.
fn markdown(item: &Map<String, Value>, advisory: &Advisory) -> String {
    let mut text = text_of(item, "description").unwrap_or_default();
    if advisory.withdrawn {
        text.insert_str(0, "This advisory was withdrawn.\n\n");
    }
    if !advisory.packages.is_empty() {
        text.push_str("\n\n### Affected packages");
        for package in &advisory.packages {
            let _ = write!(text, "\n- {}: `{}`", package.ecosystem, package.name);
            if let Some(range) = &package.vulnerable {
                let _ = write!(text, " {range}");
            }
            let _ = match &package.patched {
                Some(patched) => write!(text, ", fixed in {patched}"),
                None => write!(text, ", no fix"),
            };
        }
    }
    if let Some(chance) = epss(item) {
        let _ = write!(text, "\n\nEPSS: {:.1} % chance of exploitation within 30 days.", chance * 100.0);
    }
    text.trim_start().to_owned()
}

/// Reads the chance of exploitation, which comes as an object, as an array with text in it, or as null.
fn epss(item: &Map<String, Value>) -> Option<f32> {
    let epss = item.get("epss")?;
    let object = epss.as_object().or_else(|| epss.as_array()?.first()?.as_object())?;
    let percentage = number(object.get("percentage")?)?;
    (0.0..=1.0).contains(&percentage).then_some(percentage)
}
