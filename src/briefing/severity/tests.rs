//! Severity on small texts, each of which shows one thing.

use jiff::Timestamp;

use super::{Case, FoundBeside, Judgement, Severity, rules::SignalRules};
use crate::{
    article::{Advisory, AdvisorySource, Article, Content, Entry, PackageRange, VendorSeverity},
    text::Part,
};

const NOTHING: FoundBeside<'static> = FoundBeside { indicators: &[], techniques: &[], hunts: &[] };

fn judge(article: &Article, found: &FoundBeside<'_>, watch_list: &[String]) -> Judgement {
    Case::of(article, &article.reading()).judge(found, watch_list)
}

fn article(title: &str, text: &str) -> Article {
    let entry = Entry { title: title.into(), content: Content::Plain(text.into()), ..Entry::default() };
    Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH)
}

fn judged(title: &str, text: &str) -> Judgement {
    judge(&article(title, text), &NOTHING, &[])
}

fn has(judgement: &Judgement, name: &str) -> bool {
    judgement.signals.iter().any(|signal| signal.name == name)
}

#[test]
fn the_asset_is_read() {
    let rules = SignalRules::parse(include_str!("../../../assets/severity.toml")).unwrap();
    assert!(rules.signals.len() > 20);
    for name in [&rules.advisory.wide_signal, &rules.advisory.niche_signal] {
        assert!(rules.signals.iter().any(|rule| rule.name == *name), "{name}");
    }
}

#[test]
fn a_fault_of_the_asset_is_told_with_the_name_of_the_signal() {
    let head = "lead = 9\n[bands]\nmed=3\nhigh=6\ncrit=9\n[negation]\nreach=1\n[supposition]\nreach=1\nwords=[]\n";
    let advisory = include_str!("../../../assets/severity.toml");
    let advisory = &advisory[advisory.find("[advisory]").unwrap()..];
    let fault = |signal: &str| SignalRules::parse(&format!("{head}{signal}\n{advisory}")).unwrap_err();
    assert!(fault("[[signal]]\nname = \"a\"\nlead = 1\nsay = [\"zero-day\"]").contains("signal `a`: `zero-day`"));
    assert!(fault("[[signal]]\nname = \"b\"\nall = [\"c\"]").contains("no signal above it is called `c`"));
    assert!(fault("[[signal]]\nname = \"b\"\n[[signal]]\nname = \"b\"").contains("stands twice"));
}

#[test]
fn the_score_is_the_sum_of_the_signals_whatever_the_ceiling() {
    let judgement = judged("Police arrest operators of the new Brassfern ransomware", "They were arrested on Monday.");
    assert_eq!(judgement.severity, Severity::Low);
    assert_eq!(judgement.score, judgement.signals.iter().map(|signal| signal.points).sum::<i32>());
    assert!(judgement.signals.last().unwrap().points < 0);
    assert!(judgement.tags.iter().any(|tag| tag == "law-enforcement"));
}

#[test]
fn exploitation_that_is_denied_or_supposed_is_none() {
    let exploited = "exploited in the wild";
    let text = |sentence: &str| judged("Contoso fixes a flaw in SharePoint", sentence);
    assert!(has(&text("The flaw is actively exploited by attackers."), exploited));
    for sentence in [
        "There is no evidence of active exploitation.",
        "Contoso is not aware of exploitation in the wild.",
        "The flaw has not been exploited in attacks.",
        "The flaw could be actively exploited.",
        "Admins should patch before hackers start exploiting it in attacks.",
    ] {
        assert!(!has(&text(sentence), exploited), "{sentence}");
    }
}

#[test]
fn evidence_points_at_the_words() {
    let article = article("A flaw in SharePoint", "Nothing here. It is actively exploited.");
    let judgement = judge(&article, &NOTHING, &[]);
    for signal in judgement.signals.iter().filter(|signal| !signal.evidence.phrase.is_empty()) {
        let part = match signal.evidence.part {
            Part::Title => &article.title,
            Part::Text => &article.document.text,
            Part::Field => continue,
        };
        assert_eq!(&part[signal.evidence.span.range()], signal.evidence.phrase);
    }
    assert!(has(&judgement, "exploited in the wild"));
}

#[test]
fn furniture_is_no_evidence() {
    let html = "<article><p>Our office moved to a new street.</p></article>\
                <nav><ul><li><a href=\"/a\">Hackers exploit zero-day in SharePoint</a></li></ul></nav>";
    let entry = Entry { title: "We moved".into(), content: Content::Html(html.into()), ..Entry::default() };
    let judgement = judge(&Article::from_entry(entry, "Source", Timestamp::UNIX_EPOCH), &NOTHING, &[]);
    assert_eq!(judgement.severity, Severity::Low, "{judgement:?}");
}

#[test]
fn the_watch_list_adds_its_own_signal() {
    let watched = judge(&article("Contoso Portal released", "News."), &NOTHING, &["contoso portal".into()]);
    assert_eq!((watched.score, watched.severity), (3, Severity::Med));
    assert_eq!(watched.signals[0].name, "watch list: contoso portal");
    assert_eq!(judge(&article("Contosos", "News."), &NOTHING, &["contoso".into()]).score, 0);
}

fn advisory(catalogue: AdvisorySource) -> Advisory {
    Advisory {
        catalogue,
        id: "CVE-2099-10001".into(),
        cves: Vec::new(),
        vendor: None,
        product: None,
        ransomware: false,
        due: None,
        action: None,
        severity: None,
        cvss: None,
        malware: false,
        cwes: Vec::new(),
        packages: Vec::new(),
        withdrawn: false,
    }
}

fn by_fields(title: &str, advisory: Advisory) -> Judgement {
    let mut article = article(title, "The text of an advisory.");
    article.advisory = Some(advisory);
    judge(&article, &NOTHING, &[])
}

#[test]
fn a_known_exploited_vulnerability_is_judged_by_its_fields() {
    let plain = by_fields("CVE-2099-10001 — Contoso Portal", advisory(AdvisorySource::Kev));
    assert_eq!(plain.severity, Severity::Crit);
    let due = "1970-01-04".parse().ok();
    let soon =
        by_fields("CVE-2099-10001 — Contoso", Advisory { ransomware: true, due, ..advisory(AdvisorySource::Kev) });
    assert!(soon.score > plain.score && has(&soon, "due soon") && has(&soon, "used by ransomware"));
    let niche = by_fields("CVE-2099-10001 — Contoso IP camera", advisory(AdvisorySource::Kev));
    assert_eq!(niche.severity, Severity::High);
}

#[test]
fn a_package_advisory_is_judged_by_its_fields() {
    let package = |vulnerable: &str, patched: Option<&str>| PackageRange {
        ecosystem: "npm".into(),
        name: "example-colors".into(),
        vulnerable: Some(vulnerable.into()),
        patched: patched.map(str::to_owned),
    };
    let ghsa = || advisory(AdvisorySource::Ghsa);
    let severity = |advisory| by_fields("A package", advisory).severity;
    let rated = |severity, cvss| Advisory { severity: Some(severity), cvss: Some(cvss), ..ghsa() };
    assert_eq!(severity(rated(VendorSeverity::Critical, 9.8)), Severity::High);
    assert_eq!(severity(rated(VendorSeverity::High, 7.5)), Severity::Med);
    assert_eq!(severity(rated(VendorSeverity::Low, 3.1)), Severity::Low);
    let malware = Advisory { malware: true, packages: vec![package(">= 0", None)], ..ghsa() };
    assert_eq!(severity(malware.clone()), Severity::High);
    let hijacked = Advisory { packages: vec![package("= 4.2.1", Some("4.2.3"))], ..malware.clone() };
    assert_eq!(severity(hijacked), Severity::Crit);
    assert_eq!(severity(Advisory { withdrawn: true, ..malware }), Severity::Low);
}
