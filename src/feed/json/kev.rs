use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{list, text_of};
use crate::{
    article::{Advisory, AdvisorySource, Content, Entry},
    feed::date,
};

/// The title and the page of CISA's catalogue.
pub(super) const NAME: (&str, &str) =
    ("CISA Known Exploited Vulnerabilities", "https://www.cisa.gov/known-exploited-vulnerabilities-catalog");

/// Makes an entry of a vulnerability in CISA's catalogue.
pub(super) fn entry(item: &Map<String, Value>) -> Option<Entry> {
    let cve = text_of(item, "cveID")?.to_ascii_uppercase();
    let vendor = text_of(item, "vendorProject");
    let product = text_of(item, "product");
    let name = text_of(item, "vulnerabilityName");
    let due: Option<Date> = text_of(item, "dueDate").and_then(|due| due.parse().ok());
    let ransomware = text_of(item, "knownRansomwareCampaignUse").is_some_and(|use_| use_.eq_ignore_ascii_case("known"));
    let content = Content::Plain(sentences(item, due, ransomware));
    let cwes = list(item, "cwes").unwrap_or_default().iter().filter_map(|cwe| Some(cwe.as_str()?.into())).collect();
    Some(Entry {
        guid: Some(cve.clone()),
        link: Some(format!("https://nvd.nist.gov/vuln/detail/{cve}")),
        title: title(&cve, vendor.as_deref(), product.as_deref(), name.as_deref()),
        author: Some("CISA".into()),
        published: text_of(item, "dateAdded").and_then(|added| date::read(&added)),
        updated: None,
        content,
        categories: vec!["KEV".into()],
        advisory: Some(Advisory {
            catalogue: AdvisorySource::Kev,
            id: cve.clone(),
            cves: vec![cve],
            vendor,
            product,
            ransomware,
            due,
            action: text_of(item, "requiredAction"),
            severity: None,
            cvss: None,
            malware: false,
            cwes,
            packages: Vec::new(),
            withdrawn: false,
        }),
    })
}

/// Names the vulnerability; vendor and product are not said twice where its name begins with them.
fn title(cve: &str, vendor: Option<&str>, product: Option<&str>, name: Option<&str>) -> String {
    let product = product.filter(|product| Some(*product) != vendor);
    let whose = [vendor, product].into_iter().flatten().collect::<Vec<_>>().join(" ");
    match name {
        Some(name) if whose.is_empty() || name.to_lowercase().starts_with(&whose.to_lowercase()) => {
            format!("{cve} — {name}")
        }
        Some(name) => format!("{cve} — {whose}: {name}"),
        None => format!("{cve} — {whose}"),
    }
}

/// Tells the entry in sentences, so that it reads and is searched like any article.
fn sentences(item: &Map<String, Value>, due: Option<Date>, ransomware: bool) -> String {
    let mut text = text_of(item, "shortDescription").unwrap_or_default();
    text.push_str("\n\nCISA knows that it is exploited in the wild.");
    if ransomware {
        text.push_str(" It is known to be used in ransomware campaigns.");
    }
    if let Some(action) = text_of(item, "requiredAction") {
        let _ = write!(text, "\n\nRequired action: {action}");
    }
    if let Some(due) = due {
        let _ = write!(text, "\n\nDue date: {due}.");
    }
    if let Some(notes) = text_of(item, "notes") {
        text.push_str("\n\nNotes:");
        for note in notes.split(" ; ").map(str::trim).filter(|note| !note.is_empty()) {
            let _ = write!(text, "\n- {note}");
        }
    }
    text.trim_start().to_owned()
}
