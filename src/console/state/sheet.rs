use super::{super::pane::Sheet, Cursor, Field};

/// A sheet that lies over the panes.
#[derive(Clone, Debug)]
pub struct SheetState {
    /// Which.
    pub sheet: Sheet,
    /// Where one is in it.
    pub cursor: Cursor,
    /// What its lines are searched for.
    pub filter: Field,
    /// Whether keys go into the search.
    pub typing: bool,
}

impl SheetState {
    /// Opens a sheet at its first line.
    pub fn new(sheet: Sheet) -> Self {
        // Help is for those who do not know the keys yet: it can be searched at once.
        Self { sheet, cursor: Cursor::default(), filter: Field::default(), typing: sheet == Sheet::Help }
    }
}
