//! News about a vulnerability that the KEV catalogue lists is raised, whichever of the two came first.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{Signal, rules::SignalRules};
use crate::{
    article::{AdvisorySource, Article},
    briefing::Briefing,
    text::Evidence,
};

/// What the signal is called.
const NAME: &str = "in the KEV catalogue";
/// The signal of an article that says so itself.
const SAID: &str = "listed as known exploited (KEV)";

/// An entry of the KEV catalogue, as far as the news about its vulnerability is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    cve: String,
    added: Timestamp,
    due: Option<Date>,
}

impl Listing {
    /// Takes the listing that an article is; none when it is no entry of the catalogue, or one that was taken back.
    pub fn of(article: &Article) -> Option<Self> {
        let advisory = article.advisory.as_ref()?;
        let listed = advisory.catalogue == AdvisorySource::Kev && !advisory.withdrawn;
        listed.then(|| Self { cve: advisory.id.to_ascii_uppercase(), added: article.published, due: advisory.due })
    }

    fn signal(&self) -> Signal {
        let added = TimeZone::UTC.to_datetime(self.added).date();
        let due = self.due.map(|due| format!(", due {due}")).unwrap_or_default();
        let evidence = Evidence::in_field(format!("{} added {added}{due}", self.cve));
        Signal { name: NAME.into(), points: SignalRules::shipped().advisory.kev_news, evidence }
    }
}

impl Briefing {
    /// Raises the briefing of news about a vulnerability that is listed; tells whether that changed it.
    ///
    /// The points are a signal of their own, so that the printed reason still adds up. An article that says of the
    /// listing itself, or that was raised before, stays as it is.
    pub fn raise(&mut self, listing: &Listing) -> bool {
        if self.signals.iter().any(|signal| signal.name == NAME || signal.name == SAID) {
            return false;
        }
        let signal = listing.signal();
        self.score += signal.points;
        self.signals.push(signal);
        self.severity = SignalRules::shipped().bands.severity(self.score);
        if !self.tags.iter().any(|tag| tag == "exploited") {
            self.tags.push("exploited".into());
        }
        true
    }
}
