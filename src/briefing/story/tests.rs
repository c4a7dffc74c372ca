use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{any, proptest};

use super::{Headline, Key, Shared, Side, Trace, same};
use crate::{
    article::{Advisory, AdvisorySource, Article, Content, Entry},
    briefing::{Briefer, Briefing, Listing, markdown},
    hunt::{self, Parameters},
};

fn at(days: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap() + SignedDuration::from_hours(24 * days)
}

fn briefed(title: &str, text: &str) -> (Article, Briefing) {
    let entry = Entry {
        title: title.into(),
        link: Some("https://news.example/a".into()),
        published: Some(at(0)),
        content: Content::Html(text.into()),
        ..Entry::default()
    };
    let article = Article::from_entry(entry, "News", at(0));
    let briefing = Briefer::new(hunt::Catalogue::shipped()).brief(&article);
    (article, briefing)
}

fn trace(title: &str, text: &str) -> Trace {
    let (article, briefing) = briefed(title, text);
    Trace::of(&article, &briefing)
}

fn kev(cve: &str) -> Article {
    let advisory: Advisory =
        serde_json::from_value(serde_json::json!({ "catalogue": "kev", "id": cve, "cves": [cve] })).unwrap();
    let entry = Entry { title: cve.into(), published: Some(at(3)), advisory: Some(advisory), ..Entry::default() };
    Article::from_entry(entry, "CISA", at(3))
}

fn by_title(one: &str, other: &str) -> bool {
    let (a, b) = (Headline::of(one), Headline::of(other));
    let side = |headline, source| Side { headline, source, published: at(0), catalogue: None, names_cves: false };
    same(&side(&a, "A"), &side(&b, "B"), Shared::default())
}

#[test]
fn titles_of_one_story_are_alike_and_those_of_two_are_not() {
    for (one, other) in [
        (
            "Dell confirms breach of test lab platform by World Leaks",
            "World Leaks Group Breaches Dell Test Lab Platform",
        ),
        (
            "Coyote malware abuses Windows accessibility framework for data theft",
            "Coyote Banking Trojan First to Abuse Microsoft UI Automation, Windows Accessibility Framework",
        ),
    ] {
        assert!(by_title(one, other), "{one} / {other}");
    }
    for (one, other) in [
        ("Critical vulnerability in Contoso Gateway exploited", "Critical vulnerability in Fabrikam Portal exploited"),
        ("Contoso Gateway 7.1 released with security fixes", "Contoso Gateway 8.2 released with security fixes"),
        ("New ransomware gang hits hospitals", "New ransomware gang hits schools"),
        ("Weekly news", "Weekly news"),
    ] {
        assert!(!by_title(one, other), "{one} / {other}");
    }
}

#[test]
fn an_article_is_about_the_vulnerability_of_its_title_or_the_few_of_its_lead() {
    assert_eq!(trace("A flaw (cve-2026-12345) is fixed", "<p>See CVE-2026-9999.").cves, ["CVE-2026-12345"]);
    assert_eq!(trace("A flaw is fixed", "<p>The flaw CVE-2026-9999 is fixed.").cves, ["CVE-2026-9999"]);
    assert!(trace("A gang is seen", "<p>It used CVE-2019-9999 once.").cves.is_empty(), "old, and in passing");
    let many = trace("Patches", "<p>CVE-2026-1001, CVE-2026-1002, CVE-2026-1003, CVE-2026-1004, CVE-2026-1005");
    assert!(many.cves.is_empty() && many.names_cves);
    assert_eq!(many.keys.iter().filter(|key| key.is_roundup()).count(), 4);
}

#[test]
fn a_page_is_linked_to_by_its_name_and_a_recap_has_no_trace() {
    let text = "<p>See <a href='https://www.lab.example/posts/loader/?utm_source=x'>the report</a> and \
                <a href='https://news.example/b'>ours</a>.";
    let links = trace("A loader", text).links;
    assert_eq!(links.iter().map(ToString::to_string).collect::<Vec<_>>(), ["lab.example/posts/loader"]);
    assert_eq!(trace("Weekly Recap: Contoso Gateway, Fabrikam Portal and more", "<p>x"), Trace::default());
}

#[test]
fn a_shared_vulnerability_joins_within_a_week_and_an_advisory_within_a_month() {
    let headline = Headline::default();
    let side =
        |days, catalogue| Side { headline: &headline, source: "A", published: at(days), catalogue, names_cves: true };
    let cve = Shared { cve: true, ..Shared::default() };
    assert!(same(&side(0, None), &side(7, None), cve));
    assert!(!same(&side(0, None), &side(8, None), cve));
    assert!(same(&side(0, None), &side(29, Some(AdvisorySource::Kev)), cve));
    assert!(!same(&side(0, Some(AdvisorySource::Kev)), &side(0, Some(AdvisorySource::Kev)), cve));
    let package = Shared { package: true, ..Shared::default() };
    assert!(!same(&side(0, None), &side(0, None), package), "two vulnerabilities of one package are two stories");
}

#[test]
fn news_about_a_listed_vulnerability_is_raised_once_and_its_reason_adds_up() {
    let (article, mut briefing) = briefed("A flaw in Contoso Gateway (CVE-2026-12345)", "<p>It is fixed.");
    let before = briefing.score;
    let listing = Listing::of(&kev("CVE-2026-12345")).unwrap();
    assert!(briefing.raise(&listing));
    assert!(!briefing.raise(&listing));
    assert_eq!(briefing.score, before + 4);
    assert_eq!(briefing.score, briefing.signals.iter().map(|signal| signal.points).sum::<i32>());
    let printed = markdown(&article, &briefing, hunt::Catalogue::shipped(), &Parameters::default());
    assert!(printed.contains("in the KEV catalogue 4 (“CVE-2026-12345 added"), "{printed}");
    assert!(Listing::of(&article).is_none());
}

proptest! {
    #[test]
    fn any_two_titles_are_compared_alike_both_ways(one in any::<String>(), other in any::<String>()) {
        proptest::prop_assert_eq!(by_title(&one, &other), by_title(&other, &one));
        proptest::prop_assert!(trace(&one, &other).keys.len() <= Trace::MOST_KEYS);
    }

    #[test]
    fn a_key_tells_its_kind(cve in "CVE-20[0-9]{2}-[0-9]{4,7}") {
        let key = Key::cve(&cve);
        proptest::prop_assert!(key.is_cve() && !key.is_word() && !key.is_package() && !key.is_roundup());
        proptest::prop_assert_eq!(key, Key::cve(&cve.to_ascii_lowercase()));
    }
}
