//! Where the panes lie. Pure arithmetic, so that moving and drawing agree on it.

use ratatui::layout::Rect;

use super::pane::Pane;

/// The least size that can be worked in.
pub const MIN_SIZE: (u16, u16) = (40, 10);

/// Where everything lies; a pane that is not on the screen has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// The line at the top.
    pub head: Rect,
    /// The line at the bottom.
    pub foot: Rect,
    /// The articles.
    pub list: Option<Rect>,
    /// The article.
    pub article: Option<Rect>,
    /// The findings on top.
    pub findings: Option<Rect>,
    /// The preview of a query.
    pub preview: Option<Rect>,
    /// Whether the tabs of all panes are shown at the head of the only one.
    pub single: bool,
}

/// Lays out the panes: three columns from 120 columns on, two from 80 on, one below.
///
/// Each pane's first line is its head. Between columns is one column for the line.
pub fn panes(size: (u16, u16), focus: Pane, tab: Pane, zoomed: bool) -> Panes {
    let (width, height) = size;
    let head = Rect::new(0, 0, width, height.min(1));
    let foot = Rect::new(0, height.saturating_sub(1), width, height.min(1));
    let mut panes = Panes { head, foot, ..Panes::default() };
    if width < MIN_SIZE.0 || height < MIN_SIZE.1 {
        return panes;
    }
    let body = Rect::new(0, 1, width, height - 2);
    if zoomed || width < 80 {
        panes.single = true;
        return single(panes, body, focus);
    }
    if width < 120 {
        let list = width * 12 / 25;
        panes.list = Some(Rect { width: list, ..body });
        let right = Rect { x: list + 1, width: width - list - 1, ..body };
        return if focus.is_finding() { stacked(panes, right, focus) } else { Panes { article: Some(right), ..panes } };
    }
    let list = width * 35 / 100;
    let third = width * 30 / 100;
    let article = width - list - third - 2;
    panes.list = Some(Rect { width: list, ..body });
    panes.article = Some(Rect { x: list + 1, width: article, ..body });
    let column = Rect { x: list + article + 2, width: third, ..body };
    if tab == Pane::Hunts {
        let (top, bottom) = split(column);
        return Panes { findings: Some(top), preview: Some(bottom), ..panes };
    }
    Panes { findings: Some(column), ..panes }
}

fn single(panes: Panes, body: Rect, focus: Pane) -> Panes {
    match focus {
        Pane::List => Panes { list: Some(body), ..panes },
        Pane::Article => Panes { article: Some(body), ..panes },
        _ => stacked(panes, body, focus),
    }
}

/// Findings above, and below them what they point to: the query of a hunt, the evidence in the article.
fn stacked(panes: Panes, area: Rect, focus: Pane) -> Panes {
    let (top, bottom) = split(area);
    if focus == Pane::Hunts {
        Panes { findings: Some(top), preview: Some(bottom), ..panes }
    } else {
        Panes { findings: Some(top), article: Some(bottom), ..panes }
    }
}

fn split(area: Rect) -> (Rect, Rect) {
    let top = area.height.div_ceil(2).min(18);
    (Rect { height: top, ..area }, Rect { y: area.y + top, height: area.height - top, ..area })
}

/// Returns what lies below a pane's head.
pub fn inside(area: Rect) -> Rect {
    Rect { y: area.y + area.height.min(1), height: area.height.saturating_sub(1), ..area }
}

/// Returns what lies below the head of the article, with a margin for the eye.
pub fn reading(area: Rect) -> Rect {
    let area = inside(area);
    let margin = area.width.min(2);
    Rect { x: area.x + margin / 2, width: area.width - margin, ..area }
}

/// Returns the lines of a pane of findings, and below them the room for all that is known of the one under the cursor.
pub fn listed(area: Rect) -> (Rect, Rect) {
    let area = inside(area);
    let detail = if area.height >= 9 { (area.height / 3).min(8) } else { 0 };
    let list = area.height - detail;
    (Rect { height: list, ..area }, Rect { y: area.y + list, height: detail, ..area })
}

#[cfg(test)]
mod tests {
    use super::{Pane, Rect, panes};

    #[test]
    fn nothing_lies_outside_of_the_screen_or_over_another_pane() {
        for width in 1..220 {
            for height in 1..70 {
                for focus in Pane::ALL {
                    for zoomed in [false, true] {
                        check(width, height, focus, zoomed);
                    }
                }
            }
        }
    }

    fn check(width: u16, height: u16, focus: Pane, zoomed: bool) {
        let tab = if focus.is_finding() { focus } else { Pane::Hunts };
        let found = panes((width, height), focus, tab, zoomed);
        let areas: Vec<Rect> =
            [found.list, found.article, found.findings, found.preview].into_iter().flatten().collect();
        let screen = Rect::new(0, 0, width, height);
        for (index, area) in areas.iter().enumerate() {
            assert_eq!(area.intersection(screen), *area);
            assert!(areas[index + 1..].iter().all(|other| !area.intersects(*other)), "{width}×{height} {focus:?}");
        }
        if width >= 40 && height >= 10 {
            assert!(!areas.is_empty());
        }
    }

    #[test]
    fn there_are_three_columns_from_120_on_and_two_from_80_on() {
        let count = |width| {
            let found = panes((width, 40), Pane::List, Pane::Indicators, false);
            [found.list, found.article, found.findings].into_iter().flatten().count()
        };
        assert_eq!([79, 80, 119, 120].map(count), [1, 2, 2, 3]);
    }
}
