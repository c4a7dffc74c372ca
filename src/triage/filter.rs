//! Which articles a list shows, as a tree of typed terms.

use jiff::Timestamp;

use super::{ArticleId, State, Verdict};
use crate::{
    attack::{Phase, TechniqueId},
    briefing::Severity,
    indicator::Kind,
};

/// A condition on articles. The default holds for every article.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    /// All of them hold; an empty list holds for every article.
    All(Vec<Self>),
    /// At least one of them holds.
    Any(Vec<Self>),
    /// It does not hold.
    Not(Box<Self>),
    /// One term holds.
    Is(Term),
}

impl Default for Filter {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// One term of a filter.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// Has words or a phrase in a part of the text.
    Text {
        /// Where they are looked for.
        place: TextPlace,
        /// What is looked for.
        pattern: Pattern,
    },
    /// Its severity compares so.
    Severity(Compare, Severity),
    /// A count compares so.
    Count(Count, Compare, i64),
    /// A time compares so.
    Time(Moment, Compare, Timestamp),
    /// Stands there in triage.
    State(State),
    /// Was given this verdict.
    Verdict(Verdict),
    /// Is marked with a star.
    Starred,
    /// Belongs to the demo set.
    Demo,
    /// Was changed by its publisher after it came in.
    Changed,
    /// Was judged, and is new again because what it means has changed.
    Reopened,
    /// A hunt was copied from it.
    Copied,
    /// Has a note.
    Noted,
    /// Has an owner.
    Owned,
    /// Has this owner, in any case.
    Owner(String),
    /// Has this technique; a parent stands for its sub-techniques too.
    Technique(TechniqueId),
    /// Has a high-fidelity indicator of this kind.
    IndicatorKind(Kind),
    /// Has an indicator or candidate of this value.
    Indicator {
        /// The kind; any if `None`.
        kind: Option<Kind>,
        /// The value.
        value: Pattern,
    },
    /// Came from a feed with a word in its name that begins so, in any case.
    Feed(String),
    /// Has this tag, the briefing's or the analyst's.
    Tag(Pattern),
    /// Proposes this hunt.
    Hunt(Pattern),
    /// Shows this phase of the kill chain.
    Phase(Phase),
    /// Tells the same story as this article.
    Story(ArticleId),
    /// Is this article.
    Id(Compare, ArticleId),
}

/// How a value is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// Is less.
    Less,
    /// Is less or equal.
    AtMost,
    /// Is equal.
    Equal,
    /// Is greater or equal.
    AtLeast,
    /// Is greater.
    More,
}

/// What of an article can be compared by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The sum of the severity's signals.
    Score,
    /// High-fidelity indicators.
    Indicators,
    /// Techniques.
    Techniques,
    /// Hunts.
    Hunts,
    /// Sources that tell its story, its own among them.
    Sources,
}

/// What of an article can be compared by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// When it was published.
    Published,
    /// When it first came in.
    Seen,
    /// When an analyst last worked on it.
    Touched,
}

/// The part of an article in which words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPlace {
    /// Title, text and publisher.
    Anywhere,
    /// The title.
    Title,
    /// The publisher's name.
    Source,
}

/// A value of which only the beginning may be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The value, or its beginning.
    pub text: String,
    /// Whether the value only begins so.
    pub is_prefix: bool,
}

impl Filter {
    /// Returns `true` if the filter holds for every article.
    pub const fn is_everything(&self) -> bool {
        matches!(self, Self::All(filters) if filters.is_empty())
    }

    /// Joins filters of which all must hold, flattening what is joined so already.
    #[must_use]
    pub fn all(filters: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for filter in filters {
            match filter {
                Self::All(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::All(flat) }
    }

    /// Joins filters of which one must hold, flattening what is joined so already; at least one is given.
    #[must_use]
    pub fn any(filters: impl IntoIterator<Item = Self>) -> Self {
        let mut flat = Vec::new();
        for filter in filters {
            match filter {
                Self::Any(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        if flat.len() == 1 { flat.remove(0) } else { Self::Any(flat) }
    }

    /// Returns the filter that holds where this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        Self::Not(Box::new(self))
    }

    /// Returns the filter for articles in one of these states.
    #[must_use]
    pub fn states(states: &[State]) -> Self {
        Self::any(states.iter().map(|state| Self::Is(Term::State(*state))))
    }

    /// Returns the filter that holds for every article that this one would hold for in some state of triage.
    #[must_use]
    pub fn without_state(&self) -> Self {
        self.project(false).unwrap_or_default()
    }

    /// Returns `true` if a state or a verdict is asked for anywhere.
    pub fn asks_for_state(&self) -> bool {
        match self {
            Self::All(filters) | Self::Any(filters) => filters.iter().any(Self::asks_for_state),
            Self::Not(inner) => inner.asks_for_state(),
            Self::Is(term) => matches!(term, Term::State(_) | Term::Verdict(_)),
        }
    }

    /// Returns what is left of the filter, or of its opposite, when nothing is known of the state; `None` if nothing
    /// but the state decides.
    fn project(&self, is_negated: bool) -> Option<Self> {
        match (self, is_negated) {
            (Self::Is(Term::State(_)), _) => None,
            (Self::Is(term), false) => Some(Self::Is(term.clone())),
            (Self::Is(term), true) => Some(Self::Is(term.clone()).negated()),
            (Self::Not(inner), _) => inner.project(!is_negated),
            (Self::All(inner), false) | (Self::Any(inner), true) => {
                Some(Self::all(inner.iter().filter_map(|filter| filter.project(is_negated))))
            }
            (Self::Any(inner), false) | (Self::All(inner), true) => {
                let left: Option<Vec<Self>> = inner.iter().map(|filter| filter.project(is_negated)).collect();
                left.map(Self::any)
            }
        }
    }

    /// Returns the words and phrases that are looked for in the text, to highlight; excluded ones are not among them.
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        self.add_words(&mut words);
        words
    }

    fn add_words(&self, words: &mut Vec<String>) {
        match self {
            Self::All(filters) | Self::Any(filters) => filters.iter().for_each(|filter| filter.add_words(words)),
            Self::Is(Term::Text { place: TextPlace::Anywhere | TextPlace::Title, pattern }) => {
                words.push(pattern.text.clone());
            }
            Self::Is(_) | Self::Not(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Filter, Term};
    use crate::triage::State;

    /// Returns whether a filter of states and stars holds for an article.
    fn holds(filter: &Filter, state: State, is_starred: bool) -> bool {
        match filter {
            Filter::All(inner) => inner.iter().all(|filter| holds(filter, state, is_starred)),
            Filter::Any(inner) => inner.iter().any(|filter| holds(filter, state, is_starred)),
            Filter::Not(inner) => !holds(inner, state, is_starred),
            Filter::Is(Term::State(wanted)) => *wanted == state,
            Filter::Is(_) => is_starred,
        }
    }

    fn filter() -> impl Strategy<Value = Filter> {
        let leaf = prop_oneof![
            prop::sample::select(&State::ALL[..]).prop_map(|state| Filter::Is(Term::State(state))),
            Just(Filter::Is(Term::Starred)),
        ];
        leaf.prop_recursive(4, 24, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..3).prop_map(Filter::all),
                prop::collection::vec(inner.clone(), 1..3).prop_map(Filter::any),
                inner.prop_map(Filter::negated),
            ]
        })
    }

    #[test]
    fn a_denied_state_leaves_the_rest_as_it_was() {
        let starred = Filter::Is(Term::Starred);
        let view = Filter::all([Filter::states(&[State::Reviewed]).negated(), starred.clone()]);
        assert_eq!(view.without_state(), starred);
        assert!(Filter::any([Filter::states(&State::OPEN), starred]).without_state().is_everything());
    }

    proptest! {
        #[test]
        fn without_the_state_no_article_is_lost_that_some_state_would_show(filter in filter(), starred: bool) {
            let some = State::ALL.into_iter().any(|state| holds(&filter, state, starred));
            let left = filter.without_state();
            prop_assert!(!some || holds(&left, State::New, starred));
            let same = State::ALL.map(|state| holds(&left, state, starred));
            prop_assert!(same.iter().all(|here| *here == same[0]), "no state is asked any more");
        }
    }
}
