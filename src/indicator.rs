//! An article's text becomes judged indicators: every hit with its type, value, place, tier and reason.
//!
//! Pure. Nothing is dropped in silence: what is no indicator says why.

mod address;
mod artefact;
mod context;
mod email;
mod extract;
mod found;
mod hash;
mod host;
mod judge;
mod kind;
mod kinds;
mod lexicon;
mod link;
mod number;
mod pass;
mod path;
mod publisher;
mod reference;
mod report;
mod scan;
mod section;
mod suffix;
#[cfg(test)]
mod tests;
mod tier;
mod topic;
mod valid;
mod wallet;
mod word;

pub use extract::{defang_text, extract, extract_only};
pub use kind::Kind;
pub use kinds::Kinds;
pub use publisher::is_publishers;
pub use tier::{Place, Tier};

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::text::{self, Span};
use kind::Concrete;

/// One thing in a text that looks like an indicator, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// What it is.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// The normalised, refanged value.
    pub value: String,
    /// The text as the article writes it.
    pub written: String,
    /// Where it stands in the article's text; the first place when it stands in many.
    pub span: Span,
    /// Whether the author had made it harmless (`evil[.]example`).
    pub defanged: bool,
    /// What kind of place it stands in.
    pub place: Place,
    /// How much it is worth.
    pub tier: Tier,
    /// Why it has that tier, where there is something to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Cow<'static, str>>,
}

/// What the judge knows about an article beside its text.
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    /// The article's own link: it and its host are references.
    pub url: Option<&'a str>,
    /// The publisher's name.
    pub source: Option<&'a str>,
    /// The user's own lists.
    pub lists: Option<&'a Lists>,
}

/// A user's own judgements, each value with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Values that are always indicators.
    pub allow: Vec<(String, String)>,
    /// Values that never are.
    pub suppress: Vec<(String, String)>,
}

impl Lists {
    /// Rules on one value, whatever was listed of it before.
    pub fn rule(&mut self, value: &str, allow: bool, reason: &str) {
        let other = |(listed, _): &(String, String)| !listed.eq_ignore_ascii_case(value);
        self.allow.retain(other);
        self.suppress.retain(other);
        let list = if allow { &mut self.allow } else { &mut self.suppress };
        list.push((value.to_lowercase(), reason.to_owned()));
    }
}

impl Indicator {
    /// Returns the value as it is shown: defanged, if it reaches over a network.
    pub fn shown(&self) -> Cow<'_, str> {
        if self.kind.is_network() { Cow::Owned(text::defang(&self.value)) } else { Cow::Borrowed(&self.value) }
    }

    /// Returns `true` if the value can be looked for as it stands, where its tier is the first: a plain address in prose
    /// may be a link that the author recommends.
    pub fn is_concrete(&self) -> bool {
        let announced = self.defanged || self.place == Place::IndicatorSection;
        match self.kind.concrete() {
            Concrete::Never => false,
            Concrete::Announced => announced,
            Concrete::Tabular => announced || matches!(self.place, Place::Table | Place::Code),
            Concrete::Always => true,
        }
    }
}
