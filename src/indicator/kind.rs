use serde::{Deserialize, Serialize};

/// What an indicator is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A domain name.
    Domain,
    /// A URL.
    Url,
    /// An e-mail address.
    Email,
    /// An MD5 file hash.
    Md5,
    /// A SHA-1 file hash.
    Sha1,
    /// A SHA-256 file hash.
    Sha256,
    /// A SHA-512 file hash.
    Sha512,
    /// A CVE number.
    Cve,
    /// A file name.
    FileName,
    /// A file path.
    FilePath,
    /// A Windows registry key.
    RegistryKey,
    /// A mutex.
    Mutex,
    /// A named pipe.
    NamedPipe,
    /// A user agent.
    UserAgent,
    /// A package coordinate, such as `npm:left-pad@1.0.0`.
    Package,
    /// A Bitcoin address.
    Bitcoin,
    /// An Ethereum address.
    Ethereum,
    /// A Monero address.
    Monero,
    /// An onion service.
    Onion,
    /// An autonomous system number.
    Asn,
    /// A range of addresses.
    Cidr,
    /// A hardware address.
    Mac,
    /// An ATT&CK id.
    AttackId,
    /// What a command line says after its program; hunts find them, no indicator is one.
    CommandLine,
}

impl Kind {
    /// Every kind, in the order in which briefings print them.
    pub const ALL: [Self; 26] = [
        Self::Cve,
        Self::Ipv4,
        Self::Ipv6,
        Self::Cidr,
        Self::Domain,
        Self::Onion,
        Self::Url,
        Self::Email,
        Self::Sha256,
        Self::Sha1,
        Self::Md5,
        Self::Sha512,
        Self::Package,
        Self::FileName,
        Self::FilePath,
        Self::RegistryKey,
        Self::Mutex,
        Self::NamedPipe,
        Self::UserAgent,
        Self::Bitcoin,
        Self::Ethereum,
        Self::Monero,
        Self::Asn,
        Self::Mac,
        Self::AttackId,
        Self::CommandLine,
    ];

    /// Returns the name used in JSON, in the query language and in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Email => "email",
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Cve => "cve",
            Self::FileName => "file_name",
            Self::FilePath => "file_path",
            Self::RegistryKey => "registry_key",
            Self::Mutex => "mutex",
            Self::NamedPipe => "named_pipe",
            Self::UserAgent => "user_agent",
            Self::Package => "package",
            Self::Bitcoin => "bitcoin",
            Self::Ethereum => "ethereum",
            Self::Monero => "monero",
            Self::Onion => "onion",
            Self::Asn => "asn",
            Self::Cidr => "cidr",
            Self::Mac => "mac",
            Self::AttackId => "attack_id",
            Self::CommandLine => "command_line",
        }
    }

    /// Returns the label that people read, as in `**SHA256:**`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ipv4 => "IPv4",
            Self::Ipv6 => "IPv6",
            Self::Domain => "Domain",
            Self::Url => "URL",
            Self::Email => "Email",
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Cve => "CVE",
            Self::FileName => "File name",
            Self::FilePath => "File path",
            Self::RegistryKey => "Registry key",
            Self::Mutex => "Mutex",
            Self::NamedPipe => "Named pipe",
            Self::UserAgent => "User agent",
            Self::Package => "Package",
            Self::Bitcoin => "Bitcoin",
            Self::Ethereum => "Ethereum",
            Self::Monero => "Monero",
            Self::Onion => "Onion",
            Self::Asn => "ASN",
            Self::Cidr => "CIDR",
            Self::Mac => "MAC",
            Self::AttackId => "ATT&CK id",
            Self::CommandLine => "Command line",
        }
    }

    /// Finds a kind by its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns `true` if the value reaches over a network, so that it is shown defanged.
    pub const fn is_network(self) -> bool {
        matches!(self, Self::Ipv4 | Self::Ipv6 | Self::Cidr | Self::Domain | Self::Onion | Self::Url | Self::Email)
    }
}

/// What kind of place an indicator stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Under a heading that announces indicators.
    IndicatorSection,
    /// In a table.
    Table,
    /// In code or preformatted text.
    Code,
    /// In the address of a link.
    Link,
    /// In running text.
    #[default]
    Prose,
}

/// How much an indicator is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// High fidelity: defanged, in an indicator section or table, or the sentence says what it does.
    Indicator,
    /// Plain, in prose, nothing known for or against.
    Candidate,
    /// Benign or context: a publisher, a vendor, a resolver, a reserved range.
    Reference,
    /// Not what it looks like: a version number, a file name, a git commit.
    Rejected,
}

impl Tier {
    /// Returns the name used in JSON, in lists and in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Candidate => "candidate",
            Self::Reference => "reference",
            Self::Rejected => "rejected",
        }
    }
}
