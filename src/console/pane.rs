//! The panes and the overlays over them.

/// A part of the screen that can have the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The articles.
    #[default]
    List,
    /// The article under the cursor.
    Article,
    /// Its indicators.
    Indicators,
    /// Its techniques and kill chain.
    Techniques,
    /// Its hunts.
    Hunts,
    /// Why it has its severity.
    Reasons,
}

impl Pane {
    /// Every pane, from left to right.
    pub const ALL: [Self; 6] =
        [Self::List, Self::Article, Self::Indicators, Self::Techniques, Self::Hunts, Self::Reasons];

    /// The panes that list findings.
    pub const FINDINGS: [Self; 4] = [Self::Indicators, Self::Techniques, Self::Hunts, Self::Reasons];

    /// Returns the name on its tab.
    pub const fn title(self) -> &'static str {
        match self {
            Self::List => "Articles",
            Self::Article => "Article",
            Self::Indicators => "Indicators",
            Self::Techniques => "Techniques",
            Self::Hunts => "Hunts",
            Self::Reasons => "Why",
        }
    }

    /// Returns `true` if it lists findings of the article.
    pub const fn is_finding(self) -> bool {
        !matches!(self, Self::List | Self::Article)
    }

    /// Returns the pane `by` places to the right, around the end.
    #[must_use]
    pub fn turned(self, by: usize) -> Self {
        let at = Self::ALL.iter().position(|pane| *pane == self).unwrap_or(0);
        Self::ALL[(at + by) % Self::ALL.len()]
    }
}

/// What can be laid over the panes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overlay {
    /// Every key.
    Help,
    /// The feeds and how they fare.
    Feeds,
    /// What happened.
    Log,
    /// The changes that can be undone.
    History,
    /// The saved views.
    Views,
    /// The techniques of the list, by tactic.
    Matrix,
    /// The days of the list, and what was done today.
    Trend,
}

impl Overlay {
    /// Returns the words at its head.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Help => "Help",
            Self::Feeds => "Feeds",
            Self::Log => "Log",
            Self::History => "Changes",
            Self::Views => "Views",
            Self::Matrix => "ATT&CK matrix",
            Self::Trend => "Trend",
        }
    }
}
