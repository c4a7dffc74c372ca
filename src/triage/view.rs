use std::collections::BTreeMap;

/// A saved view: a name for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// Its query, in the triage language.
    pub query: String,
}

/// The views that every console has: name and query.
pub const BUILT_IN_VIEWS: [(&str, &str); 8] = [
    ("New", "unreviewed"),
    ("Changed", "reopened"),
    ("Critical", "sev:crit unreviewed"),
    ("Exploited", "tag:exploited"),
    ("Supply chain", "t:T1195"),
    ("Reviewed today", "reviewed touched:today"),
    ("Snoozed", "snoozed"),
    ("All", ""),
];

/// The name of the view of what came in since the last visit; there is none at the first visit.
pub const SINCE_LAST_VISIT: &str = "Since last visit";

/// The name of the view of what the configuration watches for.
pub const WATCH_LIST: &str = "My watch-list";

/// Returns the views that a console has: the built-in ones, one of the watched terms if there are any, and the user's
/// own, which take the place of one with the same name.
pub fn all_views(own: &BTreeMap<String, String>, watched: &[String]) -> Vec<View> {
    let built_in = BUILT_IN_VIEWS.iter().map(|(name, query)| View { name: (*name).into(), query: (*query).into() });
    let mut views: Vec<View> = built_in.collect();
    let terms: Vec<String> = watched.iter().map(|term| format!("\"{}\"", term.replace('"', ""))).collect();
    if !terms.is_empty() {
        let query = format!("unreviewed ({})", terms.join(" or "));
        views.insert(3, View { name: WATCH_LIST.into(), query });
    }
    for (name, query) in own {
        let view = View { name: name.clone(), query: query.clone() };
        match views.iter_mut().find(|known| known.name == *name) {
            Some(known) => *known = view,
            None => views.push(view),
        }
    }
    views
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN_VIEWS, WATCH_LIST, all_views};

    #[test]
    fn own_views_are_added_or_take_the_place_of_a_built_in_one() {
        let own = [("New".to_owned(), "new".to_owned()), ("Mine".to_owned(), "owner:kim".to_owned())].into();
        let views = all_views(&own, &["vpn \"x\"".into()]);
        assert_eq!(views.len(), BUILT_IN_VIEWS.len() + 2);
        assert_eq!((views[0].query.as_str(), views[3].name.as_str()), ("new", WATCH_LIST));
        assert_eq!(views[3].query, "unreviewed (\"vpn x\")");
        assert_eq!(views.last().unwrap().query, "owner:kim");
    }
}
