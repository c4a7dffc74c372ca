use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::valid;

/// What is known of one kind.
struct KindFacts {
    /// The name in JSON, in the query language and in hunts.
    name: &'static str,
    /// The label that people read, as in `**SHA256:**`.
    label: &'static str,
    /// Whether the value reaches over a network, so that it is shown defanged.
    is_network: bool,
    /// Where such a value is a trace of an attack beyond doubt.
    concrete: Concrete,
    /// Returns `true` if a refanged value has the form of this kind, so that it may enter a query.
    is_valid: fn(&str) -> bool,
    /// How letters are written in a query.
    case: LetterCase,
    /// Ordinary values, to try hunts with.
    samples: &'static [&'static str],
}

/// Where an indicator of the first tier is a trace of an attack beyond doubt, and not a link that the author recommends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concrete {
    /// Nowhere: it is shared with what is harmless, or is none of the attacker's own things.
    Never,
    /// Where it is defanged or stands in an indicator section.
    Announced,
    /// There, in tables and in code.
    Tabular,
    /// Everywhere.
    Always,
}

/// How the letters of a value are written in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LetterCase {
    /// As the article writes them: case may carry meaning.
    Kept,
    Lower,
    Upper,
}

/// Makes the enumeration and its table of facts from one list, in the order in which briefings print the kinds.
///
/// The number after `=` is written to disk and is the number of the kind's bit in a set: a new kind takes the next
/// one, and none ever changes.
macro_rules! kinds {
    ($($(#[$about:meta])+ $kind:ident = $number:literal $facts:tt)+) => {
        /// What an indicator is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum Kind {
            $($(#[$about])+ $kind = $number,)+
        }

        impl Kind {
            /// Every kind, in the order in which briefings print them.
            pub const ALL: [Self; [$($number),+].len()] = [$(Self::$kind),+];

            const fn facts(self) -> &'static KindFacts {
                match self {
                    $(Self::$kind => &KindFacts $facts,)+
                }
            }
        }
    };
}

kinds! {
    /// A CVE number.
    Cve = 9 {
        name: "cve",
        label: "CVE",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::cve,
        case: LetterCase::Upper,
        samples: &["CVE-2024-1708", "CVE-2025-53770"],
    }
    /// An IPv4 address.
    Ipv4 = 0 {
        name: "ipv4",
        label: "IPv4",
        is_network: true,
        concrete: Concrete::Tabular,
        is_valid: valid::ipv4,
        case: LetterCase::Kept,
        samples: &["192.0.2.7", "198.51.100.23", "203.0.113.99"],
    }
    /// An IPv6 address.
    Ipv6 = 1 {
        name: "ipv6",
        label: "IPv6",
        is_network: true,
        concrete: Concrete::Tabular,
        is_valid: valid::ipv6,
        case: LetterCase::Lower,
        samples: &["2001:db8::7", "2001:db8:1::2"],
    }
    /// A range of addresses.
    Cidr = 22 {
        name: "cidr",
        label: "CIDR",
        is_network: true,
        concrete: Concrete::Tabular,
        is_valid: valid::range,
        case: LetterCase::Kept,
        samples: &["198.51.100.0/24", "2001:db8::/32", "203.0.113.0/25"],
    }
    /// A domain name.
    Domain = 2 {
        name: "domain",
        label: "Domain",
        is_network: true,
        concrete: Concrete::Announced,
        is_valid: valid::domain,
        case: LetterCase::Lower,
        samples: &["evil.example", "login-update.evil.example", "xn--bcher-kva.example"],
    }
    /// An onion service.
    Onion = 20 {
        name: "onion",
        label: "Onion",
        is_network: true,
        concrete: Concrete::Announced,
        is_valid: valid::domain,
        case: LetterCase::Lower,
        samples: &["expyuzz4wqqyqhjn.onion"],
    }
    /// A URL.
    Url = 3 {
        name: "url",
        label: "URL",
        is_network: true,
        concrete: Concrete::Announced,
        is_valid: valid::url,
        case: LetterCase::Kept,
        samples: &["https://evil.example/a/b.php?c=d&e=f", "http://203.0.113.5:8080/x.ps1", "ftp://evil.example/"],
    }
    /// An e-mail address.
    Email = 4 {
        name: "email",
        label: "Email",
        is_network: true,
        concrete: Concrete::Never,
        is_valid: valid::email,
        case: LetterCase::Lower,
        samples: &["billing@evil.example", "first.last+tag@evil.example"],
    }
    /// A SHA-256 file hash.
    Sha256 = 7 {
        name: "sha256",
        label: "SHA256",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::hex::<64>,
        case: LetterCase::Lower,
        samples: &[
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        ],
    }
    /// A SHA-1 file hash.
    Sha1 = 6 {
        name: "sha1",
        label: "SHA1",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::hex::<40>,
        case: LetterCase::Lower,
        samples: &["da39a3ee5e6b4b0d3255bfef95601890afd80709", "86f7e437faa5a7fce15d1ddcb9eaeaea377667b8"],
    }
    /// An MD5 file hash.
    Md5 = 5 {
        name: "md5",
        label: "MD5",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::hex::<32>,
        case: LetterCase::Lower,
        samples: &["d41d8cd98f00b204e9800998ecf8427e", "0cc175b9c0f1b6a831c399e269772661"],
    }
    /// A SHA-512 file hash.
    Sha512 = 8 {
        name: "sha512",
        label: "SHA512",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::hex::<128>,
        case: LetterCase::Lower,
        samples: &[
            "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
        ],
    }
    /// A package coordinate, such as `npm:left-pad@1.0.0`.
    Package = 16 {
        name: "package",
        label: "Package",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::package,
        case: LetterCase::Kept,
        samples: &["npm:@evil/left-padd@1.0.2", "npm:evil-colors", "pypi:py-evil==0.1.3"],
    }
    /// A file name.
    FileName = 10 {
        name: "file_name",
        label: "File name",
        is_network: false,
        concrete: Concrete::Announced,
        is_valid: valid::file_name,
        case: LetterCase::Kept,
        samples: &["evil-updater.exe", "stage2.ps1", "sideload.dll", "Invoice 2024.pdf.lnk", "dropper"],
    }
    /// A file path.
    FilePath = 11 {
        name: "file_path",
        label: "File path",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::plain,
        case: LetterCase::Kept,
        samples: &[
            r"C:\Users\Public\evil\run.exe",
            r"%APPDATA%\Evil\stage2.ps1",
            "/tmp/.evil/agent",
            r"\\files.example\share\x.dll",
        ],
    }
    /// A Windows registry key.
    RegistryKey = 12 {
        name: "registry_key",
        label: "Registry key",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::plain,
        case: LetterCase::Kept,
        samples: &[
            r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run\EvilUpdater",
            r"HKLM\SYSTEM\CurrentControlSet\Services\EvilSvc",
        ],
    }
    /// A mutex.
    Mutex = 13 {
        name: "mutex",
        label: "Mutex",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::plain,
        case: LetterCase::Kept,
        samples: &[r"Global\EvilMutex", "{5f3759df-1c9b-4e1e-8f2a-000000000000}"],
    }
    /// A named pipe.
    NamedPipe = 14 {
        name: "named_pipe",
        label: "Named pipe",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::plain,
        case: LetterCase::Kept,
        samples: &[r"\\.\pipe\evil_4242", "evilpipe"],
    }
    /// A user agent.
    UserAgent = 15 {
        name: "user_agent",
        label: "User agent",
        is_network: false,
        concrete: Concrete::Never,
        is_valid: valid::user_agent,
        case: LetterCase::Kept,
        samples: &["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Evil/1.0", "evil-client"],
    }
    /// A Bitcoin address.
    Bitcoin = 17 {
        name: "bitcoin",
        label: "Bitcoin",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::word,
        case: LetterCase::Kept,
        samples: &["1BoatSLRHtKNngkdXEeobR76b53LETtpyT"],
    }
    /// An Ethereum address.
    Ethereum = 18 {
        name: "ethereum",
        label: "Ethereum",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::word,
        case: LetterCase::Kept,
        samples: &["0x00000000219ab540356cbb839cbe05303d7705fa"],
    }
    /// A Monero address.
    Monero = 19 {
        name: "monero",
        label: "Monero",
        is_network: false,
        concrete: Concrete::Always,
        is_valid: valid::word,
        case: LetterCase::Kept,
        samples: &["888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H"],
    }
    /// An autonomous system number.
    Asn = 21 {
        name: "asn",
        label: "ASN",
        is_network: false,
        concrete: Concrete::Never,
        is_valid: valid::word,
        case: LetterCase::Kept,
        samples: &["AS64496"],
    }
    /// A hardware address.
    Mac = 23 {
        name: "mac",
        label: "MAC",
        is_network: false,
        concrete: Concrete::Never,
        is_valid: valid::mac,
        case: LetterCase::Kept,
        samples: &["00:00:5e:00:53:01"],
    }
    /// An ATT&CK id.
    AttackId = 24 {
        name: "attack_id",
        label: "ATT&CK id",
        is_network: false,
        concrete: Concrete::Never,
        is_valid: valid::word,
        case: LetterCase::Kept,
        samples: &["T1059.001"],
    }
    /// What a command line says after its program; hunts find them, no indicator is one.
    CommandLine = 25 {
        name: "command_line",
        label: "Command line",
        is_network: false,
        concrete: Concrete::Never,
        is_valid: valid::command_line,
        case: LetterCase::Kept,
        samples: &["delete shadows /all /quiet", "-nop -w hidden -enc", r"copy C:\Users\Public\x: remote:loot"]
    }
}

impl Kind {
    /// The names of all kinds, in the order of [`Kind::ALL`].
    pub const NAMES: [&str; Self::ALL.len()] = {
        let mut names = [""; Self::ALL.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::ALL[at].name();
            at += 1;
        }
        names
    };

    /// Returns the name used in JSON, in the query language and in hunts.
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// Returns the label that people read, as in `**SHA256:**`.
    pub const fn label(self) -> &'static str {
        self.facts().label
    }

    /// Returns the number under which the store keeps the kind; it never changes.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// Finds a kind by its number.
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// Finds a kind by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns `true` if the value reaches over a network, so that it is shown defanged.
    pub const fn is_network(self) -> bool {
        self.facts().is_network
    }

    /// Returns `true` if a refanged value has the form of this kind.
    pub fn is_valid(self, value: &str) -> bool {
        (self.facts().is_valid)(value)
    }

    /// Returns a value as queries write it: in one case, where case carries no meaning.
    pub fn fold(self, value: &str) -> Cow<'_, str> {
        match self.facts().case {
            LetterCase::Lower if value.bytes().any(|b| b.is_ascii_uppercase()) => value.to_ascii_lowercase().into(),
            LetterCase::Upper if value.bytes().any(|b| b.is_ascii_lowercase()) => value.to_ascii_uppercase().into(),
            _ => value.into(),
        }
    }

    /// Returns ordinary values of the kind, to try hunts with.
    pub const fn samples(self) -> &'static [&'static str] {
        self.facts().samples
    }

    pub(super) const fn concrete(self) -> Concrete {
        self.facts().concrete
    }
}

#[cfg(test)]
mod tests;
