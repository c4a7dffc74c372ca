use jiff::Timestamp;

use crate::{
    query::{self, QueryError},
    triage::{Filter, Term, View},
};

/// What the list shows: a view, narrowed by filters and by what was searched for.
///
/// Each part is a query of its own. They are joined as trees, so that no part can change the meaning of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// The name of the view.
    pub view: String,
    /// The query of the view.
    pub base: String,
    /// Whether the view shows only articles that still have to be judged, unless its query asks for a state itself.
    pub open_only: bool,
    /// The query of the severity that was chosen; empty for every severity.
    pub severity: &'static str,
    /// The query of the state that was chosen; it takes the place of what the view says of states.
    pub state: Option<&'static str>,
    /// Whether demo articles are hidden.
    pub hide_demo: bool,
    /// What was searched for.
    pub search: String,
}

impl ListFilter {
    /// Begins with a view.
    pub fn view(view: &View) -> Self {
        Self { view: view.name.clone(), base: view.query.clone(), ..Self::default() }
    }

    /// Returns what the list shows.
    ///
    /// # Errors
    /// Returns what is wrong with the query of the view or of the search.
    pub fn filter(&self, now: Timestamp) -> Result<Filter, QueryError> {
        let read = |part: &str| query::parse(part, now);
        let mut base = crate::verb::ListQuery::new(&self.base, !self.open_only).filter(now)?;
        if self.state.is_some() {
            base = base.without_state();
        }
        let demo = self.hide_demo.then(|| Filter::Is(Term::Demo).negated());
        let parts = [base, read(self.severity)?, read(self.state.unwrap_or_default())?, read(&self.search)?];
        Ok(Filter::all(parts.into_iter().chain(demo)))
    }

    /// Returns the parts as one text, for people to read.
    pub fn words(&self) -> String {
        let open = if self.open_only { "unreviewed" } else { "" };
        let demo = if self.hide_demo { "-demo" } else { "" };
        let parts = [open, self.base.trim(), self.severity, self.state.unwrap_or(""), demo, self.search.trim()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Returns `true` if anything narrows the view.
    pub fn is_narrowed(&self) -> bool {
        !self.severity.is_empty() || self.state.is_some() || self.hide_demo || !self.search.is_empty()
    }

    /// Takes off everything that narrows the view.
    pub fn clear(&mut self) {
        self.severity = "";
        self.state = None;
        self.hide_demo = false;
        self.search.clear();
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::ListFilter;
    use crate::{query, triage::Filter};

    fn parsed(query: &str) -> Filter {
        query::parse(query, Timestamp::UNIX_EPOCH).unwrap()
    }

    fn shown(list: &ListFilter) -> Filter {
        list.filter(Timestamp::UNIX_EPOCH).unwrap()
    }

    fn of_view(base: &str) -> ListFilter {
        ListFilter { base: base.into(), ..ListFilter::default() }
    }

    #[test]
    fn filters_and_search_narrow_the_view() {
        let mut list = ListFilter { severity: "sev>=high", ..of_view("unreviewed") };
        list.search = "a or b".into();
        assert_eq!(shown(&list), parsed("unreviewed sev>=high (a or b)"));
        list.hide_demo = true;
        list.state = Some("dismissed");
        assert_eq!(shown(&list), parsed("sev>=high dismissed (a or b) -demo"));
        assert_eq!(list.words(), "unreviewed sev>=high dismissed -demo a or b");
        list.clear();
        assert_eq!(shown(&list), parsed("unreviewed"));
    }

    #[test]
    fn a_state_that_is_chosen_leaves_the_rest_of_the_view_as_it_is() {
        let every_state = |base: &str| shown(&ListFilter { state: Some(""), ..of_view(base) });
        assert_eq!(every_state("not reviewed sev>=high"), parsed("sev>=high"));
        assert_eq!(every_state("\"a new loader\""), parsed("\"a new loader\""));
        assert_eq!(every_state("(new or read) tag:read"), parsed("tag:read"));
        let dismissed = ListFilter { state: Some("dismissed"), ..of_view("not reviewed sev>=high") };
        assert_eq!(shown(&dismissed), parsed("sev>=high dismissed"));
    }

    #[test]
    fn a_part_that_is_not_closed_changes_no_other() {
        let list = ListFilter { search: "\"two words".into(), severity: "sev:crit", ..of_view("a or b") };
        assert_eq!(shown(&list), parsed("(a or b) sev:crit \"two words\""));
        let broken = ListFilter { search: "(x".into(), ..of_view("new") };
        assert!(broken.filter(Timestamp::UNIX_EPOCH).is_err());
    }
}
