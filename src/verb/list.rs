use jiff::Timestamp;

use crate::{
    query::{self, QueryError},
    triage::{Filter, State},
};

/// What `list` lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct ListQuery {
    /// What to list, such as `sev>=high newer:7d "vpn appliance"`; `huntdeck list --help-query` explains the language.
    query: Vec<String>,
    /// Every state and age, reviewed and dismissed ones too.
    #[arg(long)]
    all: bool,
}

impl ListQuery {
    /// Makes what lists the articles that a query finds; without `all`, only what is still open.
    pub fn new(query: impl Into<String>, all: bool) -> Self {
        Self { query: vec![query.into()], all }
    }

    /// Returns the query in one piece, as it was written.
    pub fn text(&self) -> String {
        self.query.join(" ")
    }

    /// Returns `true` if articles of every state are wanted, whatever the query says.
    pub const fn is_all(&self) -> bool {
        self.all
    }

    /// Returns what is listed: without `--all` only what is still open, unless the query itself asks for a state or a
    /// verdict.
    ///
    /// # Errors
    /// Returns what is wrong with the query, and where in [`ListQuery::text`].
    pub fn filter(&self, now: Timestamp) -> Result<Filter, QueryError> {
        let filter = query::parse(&self.text(), now)?;
        if self.all || filter.asks_for_state() {
            return Ok(filter);
        }
        Ok(Filter::all([Filter::states(&State::OPEN), filter]))
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::ListQuery;
    use crate::query;

    #[test]
    fn only_what_is_open_is_listed_unless_a_state_is_asked_for() {
        let now = Timestamp::UNIX_EPOCH;
        let meant = |query: &str, all: bool| ListQuery::new(query, all).filter(now).unwrap();
        let parsed = |query: &str| query::parse(query, now).unwrap();
        assert_eq!(meant("", false), parsed("unreviewed"));
        assert_eq!(meant("sev:high or vpn", false), parsed("unreviewed (sev:high or vpn)"));
        for query in ["reviewed", "sev:high -state:new", "tag:x (escalated or starred)"] {
            assert_eq!(meant(query, false), parsed(query));
        }
        assert_eq!(meant("vpn", true), parsed("vpn"));
        assert_eq!(meant("\"a new", false), parsed("unreviewed \"a new\""), "a phrase may still be typed");
    }
}
