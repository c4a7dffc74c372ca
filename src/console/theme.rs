//! How things look: a style for each role, from a TOML file; no view names a colour.

mod style;

use std::{collections::BTreeMap, path::Path};

use ratatui::style::{Color, Style};
pub use style::{StyleError, parse_style};

use crate::{briefing::Severity, config::SHIPPED_THEMES};

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident $name:literal),* $(,)?) => {
        /// What a piece of the screen is, and so how it looks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$doc])* $variant),* }

        impl Role {
            /// Every role.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Returns its name in theme files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

roles! {
    /// Ordinary text, and what every other role lies over.
    Text "text",
    /// Text of less weight.
    Dim "dim",
    /// A title.
    Title "title",
    /// The lines between panes.
    Rule "rule",
    /// The head of the focused pane.
    Focus "focus",
    /// The bars above and below.
    Bar "bar",
    /// A key in a hint.
    Key "key",
    /// The row under the cursor, in the focused pane.
    Cursor "cursor",
    /// The row under the cursor, in another pane.
    CursorAway "cursor-away",
    /// A selected row.
    Selected "selected",
    /// CRIT.
    Crit "crit",
    /// HIGH.
    High "high",
    /// MED.
    Med "med",
    /// LOW.
    Low "low",
    /// A new article's title.
    New "new",
    /// A reviewed or dismissed article.
    Done "done",
    /// A star.
    Star "star",
    /// The label of a demo article.
    Demo "demo",
    /// A high-fidelity indicator in the text.
    Indicator "indicator",
    /// The words that show a technique or phase.
    Technique "technique",
    /// The words that made the severity.
    Signal "signal",
    /// The evidence that is selected.
    Shown "shown",
    /// What was searched for.
    Found "found",
    /// A heading.
    Heading "heading",
    /// Code.
    Code "code",
    /// A link.
    Link "link",
    /// Something that went well.
    Good "good",
    /// Something to look at.
    Warning "warning",
    /// A fault.
    Fault "fault",
    /// A keyword of a query.
    Keyword "keyword",
    /// A literal of a query.
    Literal "literal",
    /// A comment of a query.
    Comment "comment",
    /// A function, macro or command of a query.
    Function "function",
}

/// A style for every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
}

/// Why a theme cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ThemeError {
    /// There is no such theme.
    #[error("there is no theme `{0}`: the shipped ones are {names}; or put {0}.toml into the themes folder", names = shipped_names())]
    Unknown(String),
    /// The file is no TOML of strings.
    #[error("the theme `{0}` has a fault: {1}")]
    Faulty(String, String),
    /// There is no such role.
    #[error("the theme `{0}` gives `{1}` a style, which is no role; roles are {roles}", roles = role_names())]
    NoRole(String, String),
    /// A style cannot be read.
    #[error("the theme `{0}`, {1}: {2}")]
    Style(String, &'static str, StyleError),
}

const SHIPPED: [(&str, &str); 8] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
    ("night", include_str!("../../assets/themes/night.toml")),
    ("ember", include_str!("../../assets/themes/ember.toml")),
    ("forest", include_str!("../../assets/themes/forest.toml")),
    ("paper", include_str!("../../assets/themes/paper.toml")),
    ("daylight", include_str!("../../assets/themes/daylight.toml")),
    ("contrast", include_str!("../../assets/themes/contrast.toml")),
];

impl Default for Theme {
    fn default() -> Self {
        Self::shipped("terminal").expect("a test reads every shipped theme")
    }
}

impl Theme {
    /// Finds a theme by name: a file in the folder of the user's own themes first, then a shipped one.
    ///
    /// # Errors
    /// Says what is wrong with the file, or that there is no such theme.
    pub fn load(name: &str, folder: &Path) -> Result<Self, ThemeError> {
        let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
        match plain.then(|| std::fs::read_to_string(folder.join(format!("{name}.toml")))) {
            Some(Ok(text)) => Self::parse(name, &text),
            _ => Self::shipped(name),
        }
    }

    /// Returns the theme without any colour, which `NO_COLOR` asks for.
    pub fn without_colour() -> Self {
        Self::shipped("mono").expect("a test reads every shipped theme")
    }

    /// Returns a shipped theme.
    ///
    /// # Errors
    /// Fails if there is no theme of that name.
    pub fn shipped(name: &str) -> Result<Self, ThemeError> {
        let (_, text) =
            SHIPPED.iter().find(|(shipped, _)| *shipped == name).ok_or_else(|| ThemeError::Unknown(name.to_owned()))?;
        Self::parse(name, text)
    }

    fn parse(name: &str, text: &str) -> Result<Self, ThemeError> {
        let table: BTreeMap<String, String> =
            toml::from_str(text).map_err(|error| ThemeError::Faulty(name.into(), error.to_string()))?;
        let mut styles = vec![Style::new(); Role::ALL.len()];
        for (key, value) in &table {
            let role = Role::ALL
                .iter()
                .find(|role| role.name() == key)
                .ok_or_else(|| ThemeError::NoRole(name.into(), key.clone()))?;
            styles[*role as usize] =
                parse_style(value).map_err(|error| ThemeError::Style(name.into(), role.name(), error))?;
        }
        // Every role lies over the text, so that a theme with a background of its own has it everywhere.
        let base = styles[Role::Text as usize];
        for style in &mut styles {
            *style = base.patch(*style);
        }
        Ok(Self { styles })
    }

    /// Returns the style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    /// Returns what a role lays over something that is drawn already: its colours without the background of the text.
    pub fn overlay(&self, role: Role) -> Style {
        let style = self.style(role);
        let base = self.style(Role::Text);
        Style { fg: style.fg.filter(|_| style.fg != base.fg), bg: style.bg.filter(|_| style.bg != base.bg), ..style }
    }

    /// Returns the style of a severity.
    pub fn severity(&self, severity: Severity) -> Style {
        self.style(match severity {
            Severity::Crit => Role::Crit,
            Severity::High => Role::High,
            Severity::Med => Role::Med,
            Severity::Low => Role::Low,
        })
    }

    /// Returns `true` if it uses any colour.
    pub fn has_colour(&self) -> bool {
        let coloured = |color: Option<Color>| color.is_some_and(|color| color != Color::Reset);
        self.styles.iter().any(|style| coloured(style.fg) || coloured(style.bg))
    }
}

fn shipped_names() -> String {
    SHIPPED_THEMES.join(", ")
}

fn role_names() -> String {
    Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
