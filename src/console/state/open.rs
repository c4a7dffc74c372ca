use std::{collections::BTreeSet, sync::Arc};

use super::super::{article_layout::ArticleLayout, pane::Pane};
use crate::{
    hunt::{Confidence, Dialect, HuntId, Proposal, RenderedQuery, Value},
    indicator::Tier,
    text::Evidence,
    triage::{ArticleId, Item, Row},
};

/// A query of one dialect, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendering {
    /// The dialect.
    pub dialect: Dialect,
    /// The query, or why there is none.
    pub query: Result<RenderedQuery, String>,
}

/// A hunt of the article, rendered and ready to show and copy.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its id.
    pub id: HuntId,
    /// What it looks for.
    pub title: String,
    /// How likely a hit is the real thing.
    pub confidence: Confidence,
    /// The kill-chain phase it looks at.
    pub phase: &'static str,
    /// What must be collected for it.
    pub telemetry: Vec<String>,
    /// What else looks like this.
    pub false_positives: Vec<String>,
    /// The values in it.
    pub values: Vec<Value>,
    /// The words that speak for it.
    pub because: Vec<Evidence>,
    /// Its queries, in the order of [`Dialect::ALL`].
    pub renderings: Vec<Rendering>,
}

impl Card {
    /// Returns the query of a dialect, or why there is none.
    ///
    /// # Errors
    /// Says why there is no query in that dialect.
    pub fn query(&self, dialect: Dialect) -> Result<&RenderedQuery, &str> {
        match self.renderings.iter().find(|rendering| rendering.dialect == dialect) {
            Some(rendering) => rendering.query.as_ref().map_err(String::as_str),
            None => Err("there is no query in this dialect"),
        }
    }
}

/// Where one is in a pane that lists things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The line under the cursor.
    pub at: usize,
    /// The first line on the screen.
    pub top: usize,
}

impl Cursor {
    /// Keeps the cursor in the list and on the screen.
    pub fn settle(&mut self, length: usize, height: usize) {
        self.at = self.at.min(length.saturating_sub(1));
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(height.max(1)));
        self.top = self.top.min(length.saturating_sub(height));
    }
}

/// The evidence that is selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// All of it.
    pub evidence: Vec<Evidence>,
    /// The one that the article is scrolled to.
    pub at: usize,
}

impl Shown {
    /// Returns the one that the article is scrolled to.
    pub fn current(&self) -> Option<&Evidence> {
        self.evidence.get(self.at)
    }
}

/// The article under the cursor, and where one is in it.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its number.
    pub id: ArticleId,
    /// All of it.
    pub item: Arc<Item>,
    /// The other articles of its story, oldest first.
    pub story: Vec<Row>,
    /// Its hunts; none until they are rendered.
    pub cards: Option<Vec<Card>>,
    /// Its text, laid out for the width of the pane.
    pub layout: ArticleLayout,
    /// The first line on the screen.
    pub scroll: usize,
    /// Where one is in the panes that list findings, in the order of [`Pane::FINDINGS`].
    pub cursors: [Cursor; 4],
    /// The tiers that are unfolded.
    pub unfolded: BTreeSet<Tier>,
    /// The indicators that are chosen for copying, by their place in the briefing.
    pub chosen: BTreeSet<usize>,
    /// The evidence that is selected.
    pub shown: Shown,
    /// How far the query's preview is scrolled.
    pub preview: usize,
    /// Whether its hunts are being rendered.
    pub rendering: bool,
    /// How many hunts are listed.
    pub hunts_shown: usize,
}

impl Open {
    /// Opens an article at its first line.
    pub fn new(item: Item, story: Vec<Row>, hunts_shown: usize) -> Self {
        Self {
            id: item.row.id,
            item: Arc::new(item),
            story,
            cards: None,
            layout: ArticleLayout::default(),
            scroll: 0,
            cursors: [Cursor::default(); 4],
            unfolded: BTreeSet::from([Tier::Indicator]),
            chosen: BTreeSet::new(),
            shown: Shown::default(),
            preview: 0,
            rendering: false,
            hunts_shown: hunts_shown.max(1),
        }
    }

    /// Takes in the article as it is now, without losing the place.
    pub fn renew(&mut self, item: Item, story: Vec<Row>) {
        let same_text = self.item.briefing == item.briefing && self.item.article.document == item.article.document;
        self.item = Arc::new(item);
        self.story = story;
        self.layout = ArticleLayout::default();
        if !same_text {
            self.forget_cards();
            self.chosen.clear();
            self.shown = Shown::default();
        }
    }

    /// Returns where one is in a pane that lists findings.
    pub fn cursor(&self, pane: Pane) -> Cursor {
        finding_index(pane).map(|index| self.cursors[index]).unwrap_or_default()
    }

    /// Returns the same, to change it.
    pub fn cursor_mut(&mut self, pane: Pane) -> &mut Cursor {
        &mut self.cursors[finding_index(pane).unwrap_or(0)]
    }

    /// Forgets the rendered hunts, which are rendered again when they are next needed.
    pub fn forget_cards(&mut self) {
        self.cards = None;
        self.rendering = false;
    }

    /// Returns the hunt under the cursor; none on the line that stands for those that are not listed.
    pub fn card(&self) -> Option<&Card> {
        let at = self.cursor(Pane::Hunts).at;
        self.cards.as_ref()?.get(at).filter(|_| at < self.hunts_shown)
    }

    /// Returns a hunt by its place in the list, as it was proposed.
    pub fn proposal(&self, index: usize) -> Option<&Proposal> {
        let hunts = &self.item.briefing.hunts;
        match &self.cards {
            // A hunt that the catalogue no longer has is proposed, but has no card.
            Some(cards) => cards.get(index).and_then(|card| hunts.iter().find(|hunt| hunt.id == card.id)),
            None => hunts.get(index),
        }
    }
}

fn finding_index(pane: Pane) -> Option<usize> {
    Pane::FINDINGS.iter().position(|finding| *finding == pane)
}
