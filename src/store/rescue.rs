//! Saving what can be read of a damaged database into a new one.

use std::path::Path;

use super::{
    BriefedArticle, Store, StoreError,
    sqlite::{Damaged, Found},
};
use crate::triage::{Change, Item, Standing, State, Verdict};

/// How many articles are saved in one transaction, at the most.
const MAX_BATCH: usize = 100;

/// What can be read of a damaged database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rescued {
    /// Articles that can be read, those without their text among them.
    pub articles: u64,
    /// Articles of which only the row of the list can be read.
    pub without_text: u64,
    /// Articles that somebody worked on.
    pub worked_on: u64,
    /// Numbers of articles at which the file is damaged.
    pub lost: u64,
}

impl Rescued {
    fn count(&mut self, found: &Found) {
        let (item, has_text) = match found {
            Found::Nothing => return,
            Found::Lost => {
                self.lost += 1;
                return;
            }
            Found::Whole(item) => (item, true),
            Found::WithoutText(item) => (item, false),
        };
        self.articles += 1;
        self.without_text += u64::from(!has_text);
        self.worked_on += u64::from(is_worked_on(item));
    }
}

impl Store {
    /// Counts what can be read of a damaged file; changes nothing.
    ///
    /// # Errors
    /// Fails if the file is so damaged that it cannot be opened, or of another version.
    pub fn readable(path: &Path) -> Result<Rescued, StoreError> {
        let damaged = Damaged::open(path)?;
        let mut rescued = Rescued::default();
        for id in 1..=damaged.last {
            rescued.count(&damaged.read(id));
        }
        Ok(rescued)
    }

    /// Writes what can be read of a damaged file into a new one: articles, briefings, what analysts decided, noted and
    /// copied, and their rulings. The state of feeds and the history of changes are left.
    ///
    /// # Errors
    /// Fails like [`Store::readable`], and if the new file is there already or cannot be written.
    pub async fn rescue(from: &Path, to: &Path) -> Result<Rescued, StoreError> {
        if to.exists() {
            let why = "it is there already; name a file that is not".to_owned();
            return Err(StoreError::Unopenable { path: to.to_owned(), why });
        }
        let damaged = Damaged::open(from)?;
        let store = Self::open(to)?;
        store.engine.keep_rulings(damaged.rulings()).await?;
        let (mut rescued, mut batch) = (Rescued::default(), Vec::new());
        for id in 1..=damaged.last {
            let found = damaged.read(id);
            rescued.count(&found);
            let (Found::Whole(item) | Found::WithoutText(item)) = found else { continue };
            if batch.len() == MAX_BATCH || batch.last().is_some_and(|last: &Item| last.row.seen != item.row.seen) {
                store.put(std::mem::take(&mut batch)).await?;
            }
            if is_worked_on(&item) {
                store.put(std::mem::take(&mut batch)).await?;
                store.put_worked_on(*item).await?;
            } else {
                batch.push(*item);
            }
        }
        store.put(batch).await?;
        Ok(rescued)
    }

    /// Saves articles that came in at the same time.
    async fn put(&self, items: Vec<Item>) -> Result<(), StoreError> {
        let Some(seen) = items.first().map(|item| item.row.seen) else { return Ok(()) };
        self.save(items.into_iter().map(briefed).collect(), seen).await.map(drop)
    }

    /// Saves an article with what was done to it.
    async fn put_worked_on(&self, item: Item) -> Result<(), StoreError> {
        let seen = item.row.seen;
        let changes = changes(&item.row.standing);
        let copied: Vec<_> = item.copied.iter().map(|(hunt, at)| (Change::Copied(hunt.clone()), *at)).collect();
        let saved = self.save(vec![briefed(item)], seen).await?;
        for (change, at) in changes.into_iter().map(|change| (change, seen)).chain(copied) {
            self.mark(saved.new.clone(), change, at).await?;
        }
        Ok(())
    }
}

fn is_worked_on(item: &Item) -> bool {
    item.row.standing != Standing::default() || !item.copied.is_empty()
}

fn briefed(item: Item) -> BriefedArticle {
    let feed = item.row.feeds.into_iter().next().unwrap_or_default();
    BriefedArticle { article: item.article, briefing: item.briefing, feed, demo: item.row.demo, page: false }
}

/// Returns the changes that bring an article to where it stood.
fn changes(standing: &Standing) -> Vec<Change> {
    let state = match standing.state {
        State::New => None,
        State::Read => Some(Change::Read),
        State::Reviewed => Some(Change::Review(standing.verdict.unwrap_or(Verdict::Relevant))),
        State::Dismissed => Some(Change::Dismiss),
        State::Snoozed => standing.snoozed_until.map(Change::Snooze),
    };
    let owner = (!standing.owner.is_empty()).then(|| Change::Owner(standing.owner.clone()));
    let note = (!standing.note.is_empty()).then(|| Change::Note(standing.note.clone()));
    let star = standing.starred.then_some(Change::Star(true));
    let tags = standing.own_tags.iter().cloned().map(Change::Tag);
    state.into_iter().chain(owner).chain(note).chain(star).chain(tags).collect()
}
