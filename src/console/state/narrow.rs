/// A saved view: a name for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// Its query, in the triage language.
    pub query: String,
}

/// The views that every console has.
pub const BUILT_IN: [(&str, &str); 7] = [
    ("New", "unreviewed"),
    ("Critical", "sev:crit unreviewed"),
    ("Exploited", "tag:exploited"),
    ("Supply chain", "t:T1195"),
    ("Reviewed today", "reviewed touched:today"),
    ("Snoozed", "snoozed"),
    ("All", ""),
];

/// The name of the view of what came in since the last visit; there is none at the first.
pub const SINCE: &str = "Since last visit";

/// What the list shows: a view, narrowed by filters and by what was searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// The view.
    pub view: String,
    /// Its query.
    pub base: String,
    /// The severity's part of the query.
    pub severity: &'static str,
    /// The state's part; it takes the place of what the view says of states.
    pub state: Option<&'static str>,
    /// Whether demo articles are hidden.
    pub no_demo: bool,
    /// What was searched for.
    pub search: String,
}

impl Narrow {
    /// Begins with a view.
    pub fn view(view: &View) -> Self {
        Self { view: view.name.clone(), base: view.query.clone(), ..Self::default() }
    }

    /// Writes the whole query.
    pub fn query(&self) -> String {
        let base = match self.state {
            // A state that was chosen is what the analyst wants to see, whatever the view says of states.
            Some(_) => self.base.split_whitespace().filter(|word| !is_state(word)).collect::<Vec<_>>().join(" "),
            None => self.base.clone(),
        };
        let demo = if self.no_demo { "-demo" } else { "" };
        let parts =
            [grouped(&base), self.severity.into(), self.state.unwrap_or("").into(), demo.into(), grouped(&self.search)];
        parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }

    /// Returns `true` if anything narrows the view.
    pub fn is_narrowed(&self) -> bool {
        !self.severity.is_empty() || self.state.is_some() || self.no_demo || !self.search.is_empty()
    }

    /// Takes off everything that narrows the view.
    pub fn clear(&mut self) {
        self.severity = "";
        self.state = None;
        self.no_demo = false;
        self.search.clear();
    }
}

fn is_state(word: &str) -> bool {
    matches!(word, "unreviewed" | "reviewed" | "new" | "read" | "dismissed" | "snoozed") || word.starts_with("state:")
}

fn grouped(part: &str) -> String {
    let part = part.trim();
    let has_or = part.split_whitespace().any(|word| word.eq_ignore_ascii_case("or"));
    if has_or { format!("({part})") } else { part.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::Narrow;

    #[test]
    fn filters_and_search_are_put_behind_the_view() {
        let mut narrow = Narrow { base: "unreviewed".into(), severity: "sev>=high", ..Narrow::default() };
        narrow.search = "a or b".into();
        assert_eq!(narrow.query(), "unreviewed sev>=high (a or b)");
        narrow.state = Some("dismissed");
        assert_eq!(narrow.query(), "sev>=high dismissed (a or b)");
        narrow.clear();
        assert_eq!(narrow.query(), "unreviewed");
    }
}
