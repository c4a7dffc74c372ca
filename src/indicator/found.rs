use super::Kind;
use crate::text::Span;

/// Something that looks like an indicator, before it is judged.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// The normalised value.
    pub(super) value: String,
    pub(super) defanged: bool,
    pub(super) note: Note,
}

/// What the reader already knows about a find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// Nothing for or against.
    Open,
    /// It is none, and why.
    Rejected(&'static str),
    /// It is context, and why.
    Reference(&'static str),
    /// It may be one, but never without doubt, and why.
    Doubtful(&'static str),
    /// A name whose last label is a top-level domain and a file extension alike.
    FileLike,
    /// A name under a domain that is kept for documentation.
    Documentation,
    /// The host of a URL that was found itself.
    HostOfUrl,
    /// The host of an e-mail address that was found itself.
    HostOfEmail,
    /// A part of a URL's path: a hash, an address, a CVE number.
    InUrl,
}

impl Note {
    /// Returns `true` if nothing is known against a find.
    pub(super) const fn speaks_for_itself(self) -> bool {
        matches!(self, Self::Open | Self::Documentation | Self::HostOfUrl)
    }
}
