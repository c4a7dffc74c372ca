use super::{super::pane::Sheet, Cursor, Field};

/// A sheet that lies over the panes.
#[derive(Clone, Debug)]
pub struct SheetState {
    /// Which.
    pub sheet: Sheet,
    /// Where one is in it.
    pub cursor: Cursor,
    /// The column under the cursor, where there are columns.
    pub column: usize,
    /// What its lines are searched for.
    pub filter: Field,
    /// Whether keys go into the search.
    pub typing: bool,
}

impl SheetState {
    /// Opens a sheet at its first line.
    pub fn new(sheet: Sheet) -> Self {
        // Help is for those who do not know the keys yet: it can be searched at once.
        let column = usize::from(sheet == Sheet::Trend);
        Self { sheet, cursor: Cursor::default(), column, filter: Field::default(), typing: sheet == Sheet::Help }
    }
}
