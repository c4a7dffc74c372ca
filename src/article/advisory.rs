use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who published an advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdvisorySource {
    /// CISA's Known Exploited Vulnerabilities: every entry is exploited in the wild.
    Kev,
    /// GitHub's security advisories.
    Ghsa,
}

/// The severity that the publisher of an advisory gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VendorSeverity {
    /// Low.
    Low,
    /// Medium, `moderate` in older data.
    Medium,
    /// High.
    High,
    /// Critical.
    Critical,
}

/// A package and the versions of it that an advisory names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRange {
    /// The ecosystem as GitHub names it: `npm`, `pip`, `maven`, …
    pub ecosystem: String,
    /// The package's name.
    pub name: String,
    /// The affected versions, such as `>= 1.0, < 1.4.2`.
    pub vulnerable: Option<String>,
    /// The first version without the fault.
    pub patched: Option<String>,
}

/// The structured facts of an advisory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advisory {
    /// Which catalogue it stands in.
    pub catalogue: AdvisorySource,
    /// Its own number: the CVE in the KEV catalogue, the GHSA id at GitHub.
    pub id: String,
    /// The vulnerabilities it is about, as `CVE-…`.
    #[serde(default)]
    pub cves: Vec<String>,
    /// The vendor or project.
    #[serde(default)]
    pub vendor: Option<String>,
    /// The product.
    #[serde(default)]
    pub product: Option<String>,
    /// Whether ransomware groups are known to use it.
    #[serde(default)]
    pub ransomware: bool,
    /// The day by which United States agencies have to act (KEV).
    #[serde(default)]
    pub due: Option<Date>,
    /// What to do about it (KEV's required action).
    #[serde(default)]
    pub action: Option<String>,
    /// The publisher's severity.
    #[serde(default)]
    pub severity: Option<VendorSeverity>,
    /// The CVSS base score, 0.0 to 10.0.
    #[serde(default)]
    pub cvss: Option<f32>,
    /// Whether the advisory says that the package itself is malware.
    #[serde(default)]
    pub malware: bool,
    /// Weaknesses, as `CWE-…`.
    #[serde(default)]
    pub cwes: Vec<String>,
    /// The affected packages.
    #[serde(default)]
    pub packages: Vec<PackageRange>,
    /// Whether the publisher took it back.
    #[serde(default)]
    pub withdrawn: bool,
}
