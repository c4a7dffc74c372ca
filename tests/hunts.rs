//! The catalogue as a whole: what it covers, and that no value of an article leaves its literal.

use std::collections::BTreeSet;

use huntdeck::{
    article::Document,
    attack::TechniqueHit,
    hunt::{Catalogue, Confidence, Dialect, Hunt, HuntId, Parameters, Value, lint},
    indicator::Kind,
    reading::Reading,
    text::{Evidence, Span},
};
use proptest::prelude::{any, proptest};

fn behaviour() -> impl Iterator<Item = &'static Hunt> {
    Catalogue::shipped().iter().filter(|hunt| hunt.takes().is_empty())
}

#[test]
fn the_catalogue_covers_every_platform_in_every_dialect() {
    assert!(behaviour().count() >= 60);
    for platform in [
        "windows",
        "linux",
        "macos",
        "entra",
        "okta",
        "m365",
        "email",
        "aws",
        "azure",
        "gcp",
        "kubernetes",
        "github",
        "npm",
        "pypi",
        "network",
    ] {
        assert!(behaviour().any(|hunt| hunt.meta.platforms.iter().any(|name| name == platform)), "{platform}");
    }
    for hunt in behaviour() {
        assert!(Dialect::ALL.iter().all(|dialect| hunt.speaks(*dialect)), "{}", hunt.meta.id);
    }
    let confidences: BTreeSet<Confidence> = behaviour().map(|hunt| hunt.meta.confidence).collect();
    assert_eq!(confidences.len(), 3, "confidence varies");
}

/// Techniques that reports name again and again.
#[test]
fn the_techniques_that_reports_name_most_have_a_hunt() {
    for id in [
        "T1003.001",
        "T1005",
        "T1021.001",
        "T1027",
        "T1041",
        "T1047",
        "T1053.005",
        "T1055",
        "T1056.001",
        "T1059.001",
        "T1059.003",
        "T1070.004",
        "T1071.001",
        "T1078",
        "T1082",
        "T1083",
        "T1090",
        "T1105",
        "T1106",
        "T1112",
        "T1113",
        "T1140",
        "T1190",
        "T1195.002",
        "T1204.002",
        "T1219",
        "T1486",
        "T1490",
        "T1505.003",
        "T1543.003",
        "T1547.001",
        "T1566.001",
        "T1566.002",
        "T1567.002",
    ] {
        let hit = TechniqueHit {
            id: id.parse().unwrap(),
            score: 1.0,
            evidence: vec![Evidence::in_text(id, Span::new(0, id.len()))],
        };
        let text = "Windows, Linux, macOS, a VPN appliance, phishing e-mail, Microsoft 365, npm";
        let proposals =
            Catalogue::shipped().propose(&Reading::of("An intrusion", &Document::from_plain(text)), &[], &[hit]);
        assert!(!proposals.is_empty(), "{id}");
    }
}

#[test]
fn a_hunt_of_the_users_own_is_linted_with_its_file_and_line() {
    let shipped = include_str!("../assets/hunts/uc_supply_chain.toml");
    let line = shipped.lines().position(|line| line.contains("Processes.user,")).unwrap() + 1;
    let own = shipped.replace("Processes.user,", "Processes.usr,");
    let faults = lint::folder([("hunts/mine.toml", own.as_str())]);
    assert_eq!(faults.len(), 1);
    assert!(faults[0].to_string().starts_with(&format!("hunts/mine.toml:{line}: spl")), "{}", faults[0]);
}

/// Renders a hunt with one ordinary value and with one that may be anything, and compares the lines.
fn keeps_its_shape(id: &str, kind: Kind, ordinary: &str, value: &str) {
    let hunt = Catalogue::shipped().get(&HuntId(id.into())).expect("the hunt is shipped");
    let parameters = Parameters::default();
    for dialect in Dialect::ALL {
        let render = |value: String| hunt.render(&[Value { kind, value }], dialect, &parameters);
        let (Ok(wanted), Ok(query)) = (render(ordinary.to_owned()), render(value.to_owned())) else { continue };
        assert_eq!(query.text.lines().count(), wanted.text.lines().count(), "{dialect:?} {value:?}\n{}", query.text);
        assert!(query.text.chars().all(|c| c == '\n' || !c.is_control()), "{dialect:?} {value:?}");
    }
}

proptest! {
    #[test]
    fn no_value_changes_the_shape_of_a_query(value in any::<String>()) {
        keeps_its_shape("IOC_DOMAIN", Kind::Domain, "evil.example", &value);
        keeps_its_shape("IOC_URL", Kind::Url, "https://evil.example/a", &format!("https://{value}"));
        keeps_its_shape("IOC_FILE_NAME", Kind::FileName, "evil.exe", &value);
        keeps_its_shape("IOC_FILE_PATH", Kind::FilePath, r"C:\Evil\evil.exe", &format!(r"C:\Evil\{value}"));
        keeps_its_shape("IOC_REGISTRY_KEY", Kind::RegistryKey, r"HKCU\Software\Evil\X", &format!(r"HKCU\Software\{value}"));
        keeps_its_shape("IOC_USER_AGENT", Kind::UserAgent, "evil/1.0", &value);
        keeps_its_shape("IOC_NAMED_PIPE", Kind::NamedPipe, r"\\.\pipe\evil", &value);
        keeps_its_shape("IOC_COMMAND_LINE", Kind::CommandLine, "delete shadows /all", &value);
        keeps_its_shape("IOC_PACKAGE", Kind::Package, "npm:evil-package", &format!("npm:{value}"));
    }

    #[test]
    fn any_article_is_read(title in any::<String>(), text in any::<String>()) {
        Catalogue::shipped().propose(&Reading::of(&title, &Document::from_plain(&text)), &[], &[]);
    }
}
