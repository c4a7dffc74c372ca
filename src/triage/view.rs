/// A saved view: a name for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its name.
    pub name: String,
    /// Its query, in the triage language.
    pub query: String,
}

/// The views that every console has: name and query.
pub const BUILT_IN_VIEWS: [(&str, &str); 7] = [
    ("New", "unreviewed"),
    ("Critical", "sev:crit unreviewed"),
    ("Exploited", "tag:exploited"),
    ("Supply chain", "t:T1195"),
    ("Reviewed today", "reviewed touched:today"),
    ("Snoozed", "snoozed"),
    ("All", ""),
];

/// The name of the view of what came in since the last visit; there is none at the first visit.
pub const SINCE_LAST_VISIT: &str = "Since last visit";
