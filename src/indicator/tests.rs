use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};

use super::{Context, Indicator, Kind, Lists, Place, Tier, extract};
use crate::{
    article::{Block, BlockKind, Document, Link},
    text::{Span, refang},
};

fn read(text: &str) -> Vec<Indicator> {
    extract(&Document::from_plain(text), &Context::default())
}

fn values(text: &str, kind: Kind) -> Vec<String> {
    read(text).into_iter().filter(|i| i.kind == kind && i.tier != Tier::Rejected).map(|i| i.value).collect()
}

fn only(text: &str, kind: Kind) -> Indicator {
    let mut found: Vec<_> = read(text).into_iter().filter(|i| i.kind == kind).collect();
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

#[test]
fn every_defanged_dot_is_a_dot() {
    for dot in [
        "[.]",
        "(.)",
        "{.}",
        "[dot]",
        "(dot)",
        "[d]",
        "\\.",
        " [.] ",
        "[.",
        ".]",
        "\u{3002}",
        "\u{2024}",
        "&#46;",
        "%2E",
        "^.",
        "[DOT]",
        "\u{200b}[.]\u{200b}",
        "].[",
    ] {
        let found = only(&format!("It calls bad-host{dot}com for orders"), Kind::Domain);
        assert_eq!(found.value, "bad-host.com", "{dot}");
        assert!(found.defanged, "{dot}");
        assert_eq!(found.tier, Tier::Indicator, "{dot}");
    }
}

#[test]
fn every_defanged_scheme_is_a_scheme() {
    for (written, real) in [
        ("hxxp://", "http://"),
        ("hXXps://", "https://"),
        ("h**p://", "http://"),
        ("htxp://", "http://"),
        ("meow://", "http://"),
        ("fxp://", "ftp://"),
        ("http[:]//", "http://"),
        ("https[://]", "https://"),
        ("http:\\\\", "http://"),
        ("http__", "http://"),
        ("https:// ", "https://"),
        ("http:/\u{2f}", "http://"),
        ("https:\\/\\/", "https://"),
    ] {
        assert_eq!(
            values(&format!("GET {written}gate.bad-host.com/a.php then"), Kind::Url),
            [format!("{real}gate.bad-host.com/a.php")],
            "{written}"
        );
    }
}

#[test]
fn an_address_in_any_form_is_read() {
    for text in [
        "203.0.113.5",
        "203[.]0[.]113[.]5",
        "203.0.113[.]5",
        "203 . 0 . 113 . 5",
        "203,0,113,5",
        "x203.0.113.5y",
        "203(.)0(.)113(.)5:8443",
    ] {
        assert_eq!(values(&format!("connects to {text} over TLS"), Kind::Ipv4), ["203.0.113.5"], "{text}");
    }
    assert_eq!(values("addr 2a01[:]4f8[:][:]2 end", Kind::Ipv6), ["2a01:4f8::2"]);
    assert_eq!(values("block 198.51.100[.]0/24 now", Kind::Cidr), ["198.51.100.0/24"]);
}

#[test]
fn an_e_mail_address_in_any_form_is_read() {
    for text in [
        "bad@mail-host.com",
        "bad[@]mail-host[.]com",
        "bad[at]mail-host[.]com",
        "bad(at)mail-host.com",
        "bad<at>mail-host.com",
        "bad @ mail-host.com",
        "bad AT mail-host DOT com",
    ] {
        assert_eq!(values(&format!("written to {text} first"), Kind::Email), ["bad@mail-host.com"], "{text}");
    }
    assert_eq!(values("hosted at bad-host[.]com", Kind::Email), Vec::<String>::new());
}

#[test]
fn versions_sections_and_object_identifiers_are_no_addresses() {
    for text in [
        "version 10.0.19041.1",
        "FortiOS 7.4.3.2 is affected",
        "Chrome/120.0.0.0 Safari",
        "section 1.1.1.4",
        "1.3.6.1.5.5.7.3.1",
        "firmware 1.0.0.72 and earlier",
        "v7.4.3.2",
        "1.1.8.35-g8f5559c",
    ] {
        let found = read(text);
        assert!(
            found.iter().filter(|i| i.kind == Kind::Ipv4).all(|i| i.tier == Tier::Rejected && i.reason.is_some()),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn files_and_program_text_are_no_domains() {
    for text in [
        "a script run.sh",
        "data.py",
        "Asp.Net core",
        "System.Net.WebClient",
        "invoice.pdf.zip",
        "this.name",
        "date.today()",
        "C:\\Users\\bad-host.com\\a.dll",
        "./bad-host.com",
        "e.g. and i.e.",
    ] {
        assert_eq!(values(text, Kind::Domain), Vec::<String>::new(), "{text}");
    }
    assert_eq!(values("opens setup.exe", Kind::FileName), ["setup.exe"]);
    assert_eq!(values("see https://bad-host.sh/x", Kind::Url), ["https://bad-host.sh/x"]);
}

#[test]
fn a_suffix_alone_is_no_domain_and_a_name_is_never_cut() {
    assert_eq!(values("under co[.]uk now", Kind::Domain), Vec::<String>::new());
    assert_eq!(values("at bad-host[.]co[.]uk now", Kind::Domain), ["bad-host.co.uk"]);
    assert_eq!(values("visit bücher-host.de now", Kind::Domain), ["xn--bcher-host-9db.de"]);
    assert_eq!(only("visit bücher-host.de now", Kind::Domain).written, "bücher-host.de");
}

#[test]
fn the_end_of_a_url_is_where_the_writer_goes_on() {
    for (text, url) in [
        ("see https://bad-host.com/gate.", "https://bad-host.com/gate"),
        ("(https://bad-host.com/gate)", "https://bad-host.com/gate"),
        ("\"https://bad-host.com/gate\"", "https://bad-host.com/gate"),
        ("[https://bad-host.com/gate](https://bad-host.com/gate)", "https://bad-host.com/gate"),
        ("https://bad-host.com/gate</a>", "https://bad-host.com/gate"),
        ("https://bad-host.com/Foo_(bar) is", "https://bad-host.com/Foo_(bar)"),
        ("http://u:p@bad-host.com:8080/a?b=c#d", "http://u:p@bad-host.com:8080/a?b=c#d"),
        ("https://bad-host.com/gate…", "https://bad-host.com/gate"),
    ] {
        assert_eq!(values(text, Kind::Url), [url], "{text}");
    }
}

const SHA1: &str = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

#[test]
fn what_is_no_file_hash_says_what_it_is() {
    for text in [
        format!("commit {SHA1}"),
        format!("imphash:\n{}", &SHA1[..32]),
        format!("Thumbprint | {SHA1}"),
        format!("JA3 {}", &SHA1[..32]),
    ] {
        let found = read(&text);
        assert!(found.iter().all(|i| i.tier == Tier::Rejected && i.reason.is_some()), "{text}: {found:?}");
        assert!(!found.is_empty(), "{text}");
    }
    assert!(read(&format!("{SHA256}{SHA256}00")).is_empty());
}

#[test]
fn a_hash_that_wraps_over_a_line_is_one() {
    let text = format!("SHA256: {}\n  {}\n", &SHA256[..40 - 7], &SHA256[33..]);
    let found = only(&text, Kind::Sha256);
    assert_eq!(found.value, SHA256);
}

#[test]
fn a_column_of_thumbprints_holds_no_file_hashes() {
    let text = format!("| File | Thumbprint | SHA-1 |\n|---|---|---|\n| x | {SHA1} | {} |\n", SHA1.replace('a', "b"));
    let found = read(&text);
    assert_eq!(found.iter().map(|i| i.tier).collect::<Vec<_>>(), [Tier::Rejected, Tier::Indicator], "{found:?}");
}

#[test]
fn cve_numbers_take_any_dash_and_ranges() {
    for text in ["CVE-2024-1708", "cve\u{2011}2024\u{2011}1708", "CVE–2024–1708", "CVE_2024_1708", "CVE 2024-1708"]
    {
        assert_eq!(values(text, Kind::Cve), ["CVE-2024-1708"], "{text}");
    }
    assert_eq!(
        values("CVE-2024-1708, -1709 and -1710", Kind::Cve),
        ["CVE-2024-1708", "CVE-2024-1709", "CVE-2024-1710"]
    );
    assert!(values("XCVE-2024-1708 CVE-24-1234", Kind::Cve).is_empty());
}

#[test]
fn the_tier_follows_section_list_sentence_and_reference() {
    let tier = |text: &str, kind| only(text, kind).tier;
    assert_eq!(tier("We like bad-host.com very much", Kind::Domain), Tier::Candidate);
    assert_eq!(tier("It beacons to bad-host.com very much", Kind::Domain), Tier::Indicator);
    assert_eq!(tier("## Indicators of Compromise\n\nbad-host.com\n", Kind::Domain), Tier::Indicator);
    assert_eq!(tier("Domains:\nbad-host.com\n", Kind::Domain), Tier::Indicator);
    assert_eq!(tier("see virustotal.com for it", Kind::Domain), Tier::Reference);
    assert_eq!(tier("at 192.168.1.10 inside", Kind::Ipv4), Tier::Reference);
    assert_eq!(tier("at 192[.]168[.]1[.]10 inside", Kind::Ipv4), Tier::Reference);
    assert_eq!(tier("hxxps://github[.]com/x/y", Kind::Url), Tier::Indicator);
    assert_eq!(tier("hxxps://github[.]com/x/y", Kind::Domain), Tier::Reference);
    assert_eq!(tier("near docs.example for it", Kind::Domain), Tier::Reference);
    assert_eq!(tier("near docs[.]example for it", Kind::Domain), Tier::Indicator);
}

#[test]
fn a_text_that_reports_no_attack_names_nothing_to_hunt_for() {
    let manual = "# A parser\n\n\
        [![downloads](https://badges.good-host.com/d/parser.svg)](https://registry.good-host.com/parser)\n\n\
        [Home](https://good-host.com) | [Chat](https://chat.good-host.com) | docs.good-host.com\n\n\
        Downloads are hosted at https://get.good-host.com/parser and fetched from mirror.good-host.com.\n\
        It is safe against malicious input.\n\n\
        ## Sample files\n\nhttps://github.com/somebody/parser\n\n\
        Written by Some Body <some.body at good-mail.com> and others, see [authors](.github/AUTHORS).\n";
    let found = read(manual);
    assert!(found.len() > 8);
    assert!(found.iter().all(|i| i.tier > Tier::Indicator), "{found:#?}");
}

#[test]
fn a_link_to_follow_is_no_indicator_in_a_report_either() {
    let text =
        "The attacker used [a known flaw](https://some-blog.com/flaw) to drop malware from http://bad-host.com/x.";
    let tier = |value: &str| read(text).into_iter().find(|i| i.value == value).map(|i| i.tier);
    assert_eq!(tier("https://some-blog.com/flaw"), Some(Tier::Candidate));
    assert_eq!(tier("http://bad-host.com/x"), Some(Tier::Indicator));
}

#[test]
fn a_row_of_a_table_never_stands_alone() {
    let place = |text: &str| only(text, Kind::Domain).place;
    assert_eq!(place("Home | News | good-host.com"), Place::Prose);
    assert_eq!(place("Host | Role\ngood-host.com | relay\n"), Place::Table);
    assert_eq!(place("| good-host.com | relay |\n"), Place::Table);
}

#[test]
fn a_section_ends_where_its_heading_s_level_ends() {
    let text = "== IoCs\n\n=== Dropper\n\nfirst-host.com\n\n== About us\n\nWe like second-host.com here.\n";
    let tiers: Vec<_> = read(text).into_iter().map(|i| (i.place, i.tier)).collect();
    assert_eq!(tiers, [(Place::IndicatorSection, Tier::Indicator), (Place::Prose, Tier::Candidate)]);
}

#[test]
fn the_publisher_and_the_article_are_references() {
    let context = Context { url: Some("https://blog.bad-host.com/post"), source: Some("Other Vendor"), lists: None };
    let found = extract(
        &Document::from_plain("See www.bad-host.com and othervendor.com and hxxp://cdn.bad-host[.]com/x"),
        &context,
    );
    assert!(found.iter().all(|i| i.tier == Tier::Reference), "{found:?}");
}

#[test]
fn the_user_s_own_lists_win() {
    let lists = Lists {
        allow: vec![("good-host.com".into(), "seen by us".into())],
        suppress: vec![("bad-host.com".into(), "our own honeypot".into())],
    };
    let context = Context { lists: Some(&lists), ..Context::default() };
    let found = extract(&Document::from_plain("bad-host[.]com and good-host.com"), &context);
    assert_eq!(found.iter().map(|i| i.tier).collect::<Vec<_>>(), [Tier::Reference, Tier::Indicator]);
    assert!(found[0].reason.as_ref().is_some_and(|reason| reason.contains("our own honeypot")));
}

#[test]
fn what_only_a_link_names_has_the_link_s_span() {
    let text = "Read more here.".to_owned();
    let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }];
    let links = vec![Link { span: Span::new(10, 14), target: "https://bad-host.com/x".into() }];
    let found = extract(&Document { text, blocks, links }, &Context::default());
    assert_eq!((found[0].kind, found[0].place, found[0].span), (Kind::Url, Place::Link, Span::new(10, 14)));
}

#[test]
fn furniture_is_never_evidence() {
    let text = "bad-host[.]com".to_owned();
    let blocks = vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Furniture }];
    let found = extract(&Document { text, blocks, links: Vec::new() }, &Context::default());
    assert_eq!(found[0].tier, Tier::Reference);
}

#[test]
fn a_value_is_shown_harmless_only_if_it_reaches_over_a_network() {
    assert_eq!(only("hxxps://bad-host[.]com/a", Kind::Url).shown(), "hxxps://bad-host[.]com/a");
    assert_eq!(only(SHA1, Kind::Sha1).shown(), SHA1);
}

#[test]
fn a_whole_text_is_made_harmless_and_back() {
    let live = "Version 1.2 of setup.exe calls https://gate.bad-host.com/a.php and 203.0.113.5, bad@mail-host.com.";
    let harmless = super::defang_text(live);
    assert!(
        harmless.contains("hxxps://gate[.]bad-host[.]com/a.php and 203[.]0[.]113[.]5, bad[@]mail-host[.]com."),
        "{harmless}"
    );
    assert!(harmless.contains("setup.exe"));
    assert_eq!(refang(&harmless), live);
    assert_eq!(super::defang_text(&harmless), harmless);
}

#[test]
fn agents_mutexes_packages_and_wallets_are_read() {
    assert_eq!(
        values("sends Mozilla/5.0 (Windows NT 10.0; Win64) Odd/1.0 to it", Kind::UserAgent),
        ["Mozilla/5.0 (Windows NT 10.0; Win64) Odd/1.0"]
    );
    assert_eq!(values("creates the mutex \"Odd_Name1\" first", Kind::Mutex), ["Odd_Name1"]);
    assert_eq!(values("they run npm install bad-pad@1.0.2 there", Kind::Package), ["npm:bad-pad@1.0.2"]);
    assert_eq!(
        values("pay to 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 now", Kind::Bitcoin),
        ["1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"]
    );
}

#[test]
fn a_label_of_a_name_is_no_autonomous_system() {
    for text in ["as0.com", "as0[.]com", "as15169(dot)net", "as2.evil.net", "mail@as3.net", "cdn.as4.net"] {
        assert!(values(text, Kind::Asn).is_empty(), "{text}");
        assert_eq!(values(text, Kind::Domain).len(), 1, "{text}");
    }
    assert_eq!(values("It is announced by AS64496.", Kind::Asn), ["AS64496"]);
    assert_eq!(values("AS64496 (DOCUMENTATION)", Kind::Asn), ["AS64496"]);
}

#[test]
fn letters_glued_to_doubtful_forms_do_no_harm() {
    // Each of these once put the end of a span inside a character or behind the text that was kept.
    for text in ["192.168.1.1www.{𒾐", "中.comDOTDOT]a", "é::1]/c/192.168.1.1/x(dot)\u{200b}(b: #"] {
        for indicator in read(text) {
            assert_eq!(text.get(indicator.span.range()), Some(indicator.written.as_str()));
        }
    }
}

/// Pieces that the grammar is made of: noise that comes close to indicators finds more faults than noise does.
fn noise() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "a",
            "evil",
            ".com",
            "[.]",
            "(dot)",
            " dot ",
            "@",
            "[at]",
            "://",
            "hxxp",
            "[:]",
            "/",
            "\\",
            "1",
            "192.168.1.1",
            "é",
            "中",
            "\u{200b}",
            "。",
            "CVE-2024-",
            "1234",
            "-1709",
            ", ",
            "\n",
            "IOCs:",
            "C:\\",
            "HKLM\\",
            "%2E",
            "&#46;",
            "{",
            "]",
            ")",
            "::",
            "deadbeef",
            "0x",
            "\"",
            "a94a8fe5ccb19ba61c4c0873d391e987",
            "|",
            "\t",
            "`",
            "www.",
            ".exe",
            "AS",
            "T1059",
            "_",
            "__",
            "*",
            "‑",
            "DOT",
            "AT",
            "'",
            "?q=",
            "#x",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Values of network kinds.
fn live() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{2,9}[0-9]{0,3}\\.(com|net|de|co\\.uk)",
        "(1[0-9]{2}|2[0-4][0-9]|[1-9][0-9])\\.[1-9]?[0-9]\\.[1-9]?[0-9]\\.[1-9]?[0-9]",
        "(http|https|ftp)://[a-z]{2,9}\\.(com|org)(:[1-9][0-9]{1,3})?/[a-zA-Z0-9_/-]{0,12}[a-z]",
        "[a-z]{2,8}@[a-z]{3,9}\\.(com|ru)",
        "2a01:4f8:[1-9a-f][0-9a-f]{0,3}::[1-9][0-9]{0,2}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_panics_and_every_span_is_good(text in noise()) {
        let found = read(&text);
        let mut last = 0;
        for indicator in &found {
            assert!(text.get(indicator.span.range()).is_some_and(|written| written == indicator.written));
            assert!(indicator.span.start >= last && !indicator.span.is_empty());
            last = indicator.span.start;
        }
        refang(&text);
    }

    #[test]
    fn each_value_of_a_kind_comes_once(text in noise()) {
        let mut keys: Vec<_> = read(&text).into_iter().map(|i| (i.kind, i.value)).collect();
        keys.sort();
        let before = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), before);
    }

    #[test]
    fn a_value_survives_being_made_harmless(value in live()) {
        assert_eq!(refang(&crate::text::defang(&value)), value);
    }

    #[test]
    fn a_harmless_value_is_found_live(value in live()) {
        let text = format!("It was {} there", crate::text::defang(&value));
        let found = read(&text);
        let hit = found.iter().find(|i| i.value == value);
        assert!(hit.is_some_and(|i| i.defanged && refang(&i.written) == value), "{text}: {found:?}");
    }

    #[test]
    fn two_documents_together_hold_what_each_holds(
        first in prop::collection::vec(live(), 1..6), second in prop::collection::vec(live(), 1..6),
    ) {
        let (first, second) = (first.join(" and then "), second.join("\n"));
        let keys = |text: &str| {
            let mut keys: Vec<_> = read(text).into_iter().map(|i| (i.kind, i.value)).collect();
            keys.sort();
            keys
        };
        let mut apart: Vec<_> = keys(&first).into_iter().chain(keys(&second)).collect();
        apart.sort();
        apart.dedup();
        assert_eq!(keys(&format!("{first}\n\n{second}")), apart);
    }
}
