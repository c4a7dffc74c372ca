use super::{super::pane::Overlay, Cursor, Field};

/// An overlay that lies over the panes.
#[derive(Clone, Debug)]
pub struct OverlayState {
    /// Which.
    pub overlay: Overlay,
    /// Where one is in it.
    pub cursor: Cursor,
    /// The column under the cursor, where there are columns.
    pub column: usize,
    /// What its lines are searched for.
    pub filter: Field,
    /// Whether keys go into the search.
    pub typing: bool,
}

impl OverlayState {
    /// Opens an overlay at its first line.
    pub fn new(overlay: Overlay) -> Self {
        // Help is for those who do not know the keys yet: it can be searched at once.
        let column = usize::from(overlay == Overlay::Trend);
        Self { overlay, cursor: Cursor::default(), column, filter: Field::default(), typing: overlay == Overlay::Help }
    }
}
