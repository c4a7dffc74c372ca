use super::Kind;

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u32);

impl Kinds {
    /// Every kind.
    pub const ALL: Self = Self(u32::MAX);
    /// The nine kinds that every extractor knows: addresses, domains, URLs, e-mail addresses, file hashes, CVE numbers.
    pub const USUAL: Self = Self::of(&[
        Kind::Ipv4,
        Kind::Ipv6,
        Kind::Domain,
        Kind::Url,
        Kind::Email,
        Kind::Md5,
        Kind::Sha1,
        Kind::Sha256,
        Kind::Cve,
    ]);

    /// Makes a set of the kinds listed.
    pub const fn of(kinds: &[Kind]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < kinds.len() {
            bits |= 1 << kinds[at].number();
            at += 1;
        }
        Self(bits)
    }

    /// Returns `true` if a kind is in the set.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind.number()) != 0
    }

    /// Returns `true` if any of the kinds listed is in the set.
    pub const fn has_any(self, kinds: &[Kind]) -> bool {
        self.meets(Self::of(kinds))
    }

    /// Returns `true` if any kind is in both sets.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns `true` if no kind is in the set.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Kind> for Kinds {
    fn from_iter<T: IntoIterator<Item = Kind>>(kinds: T) -> Self {
        Self(kinds.into_iter().fold(0, |bits, kind| bits | Self::of(&[kind]).0))
    }
}
