//! Which list is shown, and how it is read anew.

use super::{App, JumpTarget, Tone};
use crate::{
    console::{effect::Effect, read::Read},
    triage::Filter,
};

impl App {
    /// Says why something cannot be done; returns no effect.
    pub fn refuse(&mut self, why: impl Into<String>) -> Vec<Effect> {
        self.say(Tone::Plain, why);
        Vec::new()
    }

    /// Returns what the list shows.
    ///
    /// # Errors
    /// Says in one sentence what is wrong with the query of the view or with the search.
    pub fn list_filter(&self) -> Result<Filter, String> {
        let list = &self.narrow;
        list.filter(self.now).map_err(|error| format!("{}, in `{}`", error.message, list.words()))
    }

    /// Returns the goal that keeps the cursor on the article where it is.
    pub fn here(&self) -> Option<JumpTarget> {
        self.list.current().map(|row| JumpTarget::Article { id: row.id, index: self.list.cursor, far: true })
    }

    /// Returns the goal of a search: the article where the cursor is if it is among the first found, and the first
    /// otherwise.
    pub fn near(&self) -> Option<JumpTarget> {
        self.list.current().map(|row| JumpTarget::Article { id: row.id, index: 0, far: false })
    }

    /// Reads the list anew; the cursor goes to the goal.
    pub fn reload(&mut self, goal: Option<JumpTarget>) -> Vec<Effect> {
        self.list = self.list.renewed(goal);
        match self.list_filter() {
            Ok(query) => {
                self.words = query.words();
                vec![Effect::Read(Read::Tally { ticket: self.list.ticket, query })]
            }
            Err(why) => {
                self.list.fail(why);
                Vec::new()
            }
        }
    }

    /// Reads the list anew; the cursor stays on its article.
    pub fn reload_here(&mut self) -> Vec<Effect> {
        let goal = self.here();
        self.reload(goal)
    }
}
