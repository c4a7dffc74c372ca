//! Values to try hunts with: none, one, many, and such as break careless quoting.

use super::{Dialect, Hunt, Parameters, Value, template::Filled};
use crate::indicator::Kind;

/// Which values a hunt was tried with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Empty,
    One(Kind),
    Many,
    Nasty,
}

impl Set {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::One(_) => "one",
            Self::Many => "many",
            Self::Nasty => "nasty",
        }
    }
}

/// Which parameters a hunt was tried with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    Defaults,
    /// All data instead of summaries, over a longer time.
    AllData,
    /// With a time bound of its own, which other checkers of tstats do not know.
    Bounded,
}

impl Variant {
    fn parameters(self) -> Parameters {
        let defaults = Parameters::default();
        match self {
            Self::Defaults => defaults,
            Self::AllData => Parameters { window_days: 30, summaries_only: false, ..defaults },
            Self::Bounded => Parameters { spl_earliest: true, ..defaults },
        }
    }
}

/// A query of a hunt over one of the sets.
#[derive(Debug)]
pub(super) struct Trial {
    pub dialect: Dialect,
    pub set: Set,
    pub variant: Variant,
    /// The query without what the renderer puts around it, and the lines of the file that it comes from.
    pub filled: Filled,
    /// The query as it is copied.
    pub text: String,
}

/// Renders a hunt in every dialect over every set that gives a query.
pub(super) fn trials(hunt: &Hunt) -> impl Iterator<Item = Trial> + '_ {
    Dialect::ALL.into_iter().flat_map(move |dialect| {
        sets(hunt).into_iter().flat_map(move |set| {
            let variants: &[_] = match dialect {
                Dialect::Spl => &[Variant::Defaults, Variant::AllData, Variant::Bounded],
                Dialect::Kql | Dialect::Sigma => &[Variant::Defaults],
            };
            variants.iter().filter_map(move |variant| trial(hunt, dialect, set, *variant))
        })
    })
}

fn sets(hunt: &Hunt) -> Vec<Set> {
    if hunt.takes().is_empty() {
        return vec![Set::Empty];
    }
    hunt.takes().iter().map(|kind| Set::One(*kind)).chain([Set::Empty, Set::Many, Set::Nasty]).collect()
}

fn trial(hunt: &Hunt, dialect: Dialect, set: Set, variant: Variant) -> Option<Trial> {
    let parameters = variant.parameters();
    let values = values(hunt, set);
    // Nasty values go past the allow-list on purpose: the literal alone must hold them.
    let values = if set == Set::Nasty { values } else { hunt.choose(&values, dialect, &parameters).0 };
    let filled = hunt.fill(hunt.templates.get(dialect)?, &values, dialect, &parameters).ok()?;
    let text = hunt.finish(filled.text.clone(), dialect, &parameters);
    Some(Trial { dialect, set, variant, filled, text })
}

fn values(hunt: &Hunt, set: Set) -> Vec<Value> {
    let of = |kind: Kind, values: &[&str]| {
        values.iter().map(|value| Value { kind, value: (*value).to_owned() }).collect::<Vec<_>>()
    };
    match set {
        Set::Empty => Vec::new(),
        Set::One(kind) => of(kind, &samples(kind)[..1]),
        Set::Many => hunt.takes().iter().flat_map(|kind| of(*kind, samples(*kind))).collect(),
        // A range is read as a range by Sigma itself, in quotes or not.
        Set::Nasty => hunt
            .takes()
            .iter()
            .flat_map(|kind| of(*kind, if *kind == Kind::Cidr { samples(*kind) } else { NASTY }))
            .collect(),
    }
}

/// Ordinary values of a kind; empty for kinds that no hunt takes.
fn samples(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Ipv4 => &["192.0.2.7", "198.51.100.23", "203.0.113.99"],
        Kind::Ipv6 => &["2001:db8::7", "2001:db8:1::2"],
        Kind::Cidr => &["198.51.100.0/24", "2001:db8::/32", "203.0.113.0/25"],
        Kind::Domain => &["evil.example", "login-update.evil.example", "xn--bcher-kva.example"],
        Kind::Url => &["https://evil.example/a/b.php?c=d&e=f", "http://203.0.113.5:8080/x.ps1", "ftp://evil.example/"],
        Kind::Email => &["billing@evil.example", "first.last+tag@evil.example"],
        Kind::Md5 => &["d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661"],
        Kind::Sha1 => &["da39a3ee5e6b4b0d3255bfef95601890afd80709", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"],
        Kind::Sha256 => &[
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        ],
        Kind::Sha512 => &[
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        ],
        Kind::Cve => &["CVE-2024-1708", "CVE-2025-53770"],
        Kind::FileName => &["evil-updater.exe", "stage2.ps1", "sideload.dll", "Invoice 2024.pdf.lnk", "dropper"],
        Kind::FilePath => &[
            r"C:\Users\Public\evil\run.exe",
            r"%APPDATA%\Evil\stage2.ps1",
            "/tmp/.evil/agent",
            r"\\files.example\share\x.dll",
        ],
        Kind::RegistryKey => &[
            r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run\EvilUpdater",
            r"HKLM\SYSTEM\CurrentControlSet\Services\EvilSvc",
        ],
        Kind::Mutex => &[r"Global\EvilMutex", "{5f3759df-1c9b-4e1e-8f2a-000000000000}"],
        Kind::NamedPipe => &[r"\\.\pipe\evil_4242", "evilpipe"],
        Kind::UserAgent => &["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Evil/1.0", "evil-client"],
        Kind::Package => &["npm:@evil/left-padd@1.0.2", "npm:evil-colors", "pypi:py-evil==0.1.3"],
        Kind::CommandLine => {
            &["delete shadows /all /quiet", "-nop -w hidden -enc", r"copy C:\Users\Public\x: remote:loot"]
        }
        Kind::Bitcoin | Kind::Ethereum | Kind::Monero | Kind::Onion | Kind::Asn | Kind::Mac | Kind::AttackId => &["x"],
    }
}

/// Values that break careless quoting: quotes, escapes, wildcards, comments, controls, tokens, look-alikes.
pub(super) const NASTY: &[&str] = &[
    "evil.example",
    "quote\"inside",
    "\"",
    "\"\"",
    "\"\"\"",
    "tail\\",
    "tail\\\\",
    "\\",
    "\\\"",
    "a\\\"b",
    "') or 1==1",
    "\") | project Timestamp //",
    "\" OR index=* \"",
    "\")] | delete",
    "star*",
    "*",
    "**",
    "a?b",
    "100%",
    "under_score",
    r"C:\Users\Public\new\table.exe",
    r"\\server\share$\file",
    r"%TEMP%\x",
    r"\Temp\",
    "`macro`",
    "``",
    "$token$",
    "$env:USERNAME",
    "$$",
    "{{domain}}",
    "{{window}}",
    "it's",
    "it''s",
    "'",
    "'''",
    "tab\tinside",
    "line\nbreak",
    "carriage\rreturn",
    "nul\0byte",
    "bell\u{7}",
    "esc\u{1b}[31m",
    "del\u{7f}",
    "next\u{85}line",
    "sep\u{2028}arator",
    "para\u{2029}graph",
    "no\u{a0}break",
    "\u{201c}curly\u{201d}",
    "\u{202e}gpj.exe",
    "zero\u{200b}width",
    "e\u{301}",
    "\u{1f600}",
    "\u{feff}bom",
    "[search index=*]",
    "[| makeresults]",
    "pipe | table x",
    "semi; colon",
    "// slashes",
    "/* block */",
    "```comment```",
    "# hash",
    "-- dash",
    "@\"verbatim\"",
    "h\"secret\"",
    "~~~tilde~~~",
    "<b>",
    "^a.b$",
    "(a|b)+",
    r"\d+\.exe",
    r"\x41",
    r"\u0041",
    r"\n",
    "--flag",
    "-",
    "",
    " ",
    " lead",
    "trail ",
    "AND",
    "OR",
    "NOT",
    "null",
    "true",
    "0x41",
    "1e9",
    "::1",
    "10.0.0.0/8",
    "hxxp://a[.]b/c?d=e",
    "a,b",
    "(open",
    "close)",
    "{brace}",
    "a=b",
    "a==b",
    "a:b",
    "key: value",
    "- item",
    "!tag",
    "&anchor",
    "&&",
    r"\*",
    r"\?",
    r"\\*",
    "%s%n",
    "yes",
    "~",
    "|",
    ">",
];
