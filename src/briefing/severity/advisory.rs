//! What the fields of an advisory say of its severity.

use jiff::tz::TimeZone;

use super::{Signal, asset};
use crate::{
    article::{Advisory, AdvisorySource, Article, PackageRange, VendorSeverity},
    text::Evidence,
};

/// Returns the signals of an advisory's fields; `wide` and `niche` tell whether it names products of those kinds.
pub(super) fn signals(
    article: &Article,
    advisory: &Advisory,
    points: &asset::Advisory,
    wide: Option<Evidence>,
    niche: Option<Evidence>,
) -> Vec<Signal> {
    let mut signals = match advisory.catalogue {
        AdvisorySource::Kev => exploited(article, advisory, points),
        AdvisorySource::Ghsa => package(advisory, points),
    };
    let product =
        |name: &str, points, evidence: Option<Evidence>| evidence.map(|evidence| signal(name, points, evidence));
    match wide {
        Some(wide) => signals.extend(product("widely run product", points.wide, Some(wide))),
        None => signals.extend(product("niche product", points.niche, niche)),
    }
    signals
}

fn signal(name: &str, points: i32, evidence: Evidence) -> Signal {
    Signal { name: name.into(), points, evidence }
}

fn field(name: &str, points: i32, phrase: impl Into<String>) -> Signal {
    signal(name, points, Evidence::in_field(phrase))
}

fn exploited(article: &Article, advisory: &Advisory, points: &asset::Advisory) -> Vec<Signal> {
    let mut signals = vec![field("known exploited vulnerability", points.kev, advisory.id.clone())];
    if advisory.ransomware {
        signals.push(field("used by ransomware", points.ransomware, "ransomware use: known"));
    }
    if let Some(due) = advisory.due {
        let published = TimeZone::UTC.to_datetime(article.published).date();
        let days = published.until(due).map_or(i32::MAX, |span| span.get_days());
        if days <= points.soon_days {
            signals.push(field("due soon", points.due_soon, format!("due {due}, {days} days after publication")));
        }
    }
    signals
}

fn package(advisory: &Advisory, points: &asset::Advisory) -> Vec<Signal> {
    let mut signals = Vec::new();
    if advisory.malware {
        signals.push(field("the package is malware", points.malware, "type: malware"));
        if let Some(range) = advisory.packages.iter().find_map(hijacked) {
            signals.push(field("hijacked versions of a package", points.hijacked, range));
        }
    } else if let Some(severity) = advisory.severity {
        let (word, points) = match severity {
            VendorSeverity::Critical => ("critical", points.critical),
            VendorSeverity::High => ("high", points.high),
            VendorSeverity::Medium => ("medium", points.medium),
            VendorSeverity::Low => ("low", points.low),
        };
        signals.push(field("severity by the publisher", points, format!("severity: {word}")));
    }
    signals.extend(cvss(advisory, points));
    let popular = |package: &&PackageRange| points.popular_packages.contains(&package.name);
    if let Some(package) = advisory.packages.iter().find(popular) {
        let name = format!("{}: {}", package.ecosystem, package.name);
        signals.push(field("popular package", points.popular, name));
    }
    signals
}

fn cvss(advisory: &Advisory, points: &asset::Advisory) -> Option<Signal> {
    let score = advisory.cvss.filter(|_| !advisory.malware)?;
    let points = match score {
        score if score >= 9.0 => points.cvss_critical,
        score if score >= 7.0 => points.cvss_high,
        _ => return None,
    };
    Some(field("CVSS", points, format!("CVSS {score:.1}")))
}

/// Returns the range of a package that is malware in some versions only: its name was trusted before.
fn hijacked(package: &PackageRange) -> Option<String> {
    let range = package.vulnerable.as_deref()?.trim();
    let all = [">= 0", "> 0", ">=0", ">0", ">= 0.0.0", "*", ""].contains(&range);
    (!all || package.patched.is_some()).then(|| format!("{} {range}", package.name))
}

/// Returns the tags of an advisory.
pub(super) fn tags(advisory: &Advisory) -> impl Iterator<Item = &'static str> {
    let tags = [
        (true, "advisory"),
        (advisory.catalogue == AdvisorySource::Kev, "exploited"),
        (!advisory.malware, "vulnerability"),
        (advisory.malware, "malware"),
        (advisory.malware, "supply-chain"),
        (advisory.ransomware, "ransomware"),
    ];
    tags.into_iter().filter_map(|(holds, tag)| holds.then_some(tag))
}
