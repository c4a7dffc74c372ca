use jiff::Timestamp;

use super::Headline;
use crate::article::AdvisorySource;

/// How many days apart two articles of one story may be.
pub const WINDOW_DAYS: i64 = 7;

/// How many days apart an advisory and the news about its vulnerability may be.
pub const ADVISORY_DAYS: i64 = 30;

/// How many vulnerabilities of their samples two roundups must share.
const ROUNDUP: usize = 3;

/// What two traces share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is shared or not, whatever the others are")]
pub struct Shared {
    /// Whether both are about one vulnerability.
    pub cve: bool,
    /// Whether both are about one package.
    pub package: bool,
    /// Whether one links to the other.
    pub link: bool,
    /// Whether two feeds lead to the same page.
    pub page: bool,
    /// How many vulnerabilities of their samples both name.
    pub roundup: usize,
}

/// One of two articles that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Its title's words.
    pub headline: &'a Headline,
    /// Its publisher.
    pub source: &'a str,
    /// When it was published.
    pub published: Timestamp,
    /// The catalogue that it is an entry of.
    pub catalogue: Option<AdvisorySource>,
    /// Whether it names any vulnerability.
    pub names_cves: bool,
}

/// Judges whether two articles tell of one thing.
pub fn same(one: &Side<'_>, other: &Side<'_>, shared: Shared) -> bool {
    if one.catalogue.is_some() && one.catalogue == other.catalogue {
        return false;
    }
    let advisory = one.catalogue.is_some() || other.catalogue.is_some();
    let days = if advisory { ADVISORY_DAYS } else { WINDOW_DAYS };
    if one.published.as_second().abs_diff(other.published.as_second()) > days.unsigned_abs() * 86_400 {
        return false;
    }
    if shared.cve || shared.page || shared.roundup >= ROUNDUP {
        return true;
    }
    // Two vulnerabilities are two stories, however alike the titles are.
    if one.names_cves && other.names_cves && shared.roundup == 0 {
        return false;
    }
    if shared.package {
        return true;
    }
    let words = one.headline.shared(other.headline);
    if shared.link && words > 0 {
        return true;
    }
    !advisory && one.source != other.source && alike(one.headline, other.headline, words)
}

/// Judges two titles by the telling words that they share.
fn alike(one: &Headline, other: &Headline, shared: usize) -> bool {
    let (fewest, all) = (one.words().len().min(other.words().len()), one.words().len() + other.words().len());
    let enough = shared >= 3 && (shared * 4 >= all || shared * 10 >= fewest * 7);
    enough && !one.differs_in_numbers(other)
}
