use super::{JumpTarget, List, PageRequest};
use crate::{
    console::{read::PAGE_ROWS, sample::item},
    store::{Cursor, Page, PageIds},
    triage::{ArticleId, Order, Row, State},
};

fn rows(numbers: std::ops::Range<i64>) -> Vec<Row> {
    numbers.map(|number| item(number).row).collect()
}

/// The list of the articles from 1 on, as the store would give it.
struct Shelf(Vec<Row>);

impl Shelf {
    fn new(count: i64) -> Self {
        Self(rows(1..count + 1))
    }

    /// Answers what the list asks until it asks nothing; returns how much it asked.
    fn serve(&self, list: &mut List) -> usize {
        for asked in 0.. {
            assert!(asked < 1_000, "the list asks without end");
            list.scroll(20);
            let wanted = list.ask(20);
            if wanted.is_empty() {
                return asked;
            }
            for want in wanted {
                match want {
                    PageRequest::Page(index, after) => {
                        let rest = self.after(after.as_ref());
                        let rows: Vec<Row> = rest.iter().take(PAGE_ROWS).cloned().collect();
                        let next = rows
                            .last()
                            .filter(|_| rest.len() > PAGE_ROWS)
                            .map(|row| Cursor::after(row, Order::Severity));
                        list.accept(index, Page { rows, next });
                    }
                    PageRequest::Outline(index, mut after) => {
                        let pages = self.after(after.as_ref()).chunks(PAGE_ROWS).map(|page| {
                            let next = page.last().map(|row| Cursor::after(row, Order::Severity));
                            let ids = page.iter().map(|row| row.id).collect();
                            let open = page.iter().any(|row| row.standing.state == State::New);
                            PageIds { after: std::mem::replace(&mut after, next), ids, has_open: open }
                        });
                        let pages = pages.collect();
                        list.accept_outline(index, pages);
                    }
                }
            }
        }
        unreachable!()
    }

    fn after(&self, after: Option<&crate::store::Cursor>) -> &[Row] {
        let at = after.and_then(|after| self.0.iter().position(|row| Cursor::after(row, Order::Severity) == *after));
        &self.0[at.map_or(0, |at| at + 1)..]
    }

    fn list(&self) -> List {
        let mut list = List::default().renewed(None);
        self.serve(&mut list);
        list
    }
}

#[test]
fn the_end_of_a_long_list_is_three_questions_away() {
    for count in [1, 99, 100, 101, 200, 5_000, 5_001] {
        let shelf = Shelf::new(count);
        let mut list = shelf.list();
        list.go_to_end();
        let asked = shelf.serve(&mut list);
        assert!(asked <= 3, "{count}: {asked}");
        assert_eq!(list.current().map(|row| row.id), Some(ArticleId(count)), "{count}");
        assert_eq!((list.len() as i64, list.is_whole(), list.goal), (count, true, None));
        // What lies before is reached too.
        list.go(0);
        shelf.serve(&mut list);
        assert_eq!(list.current().map(|row| row.id), Some(ArticleId(1)));
    }
}

#[test]
fn a_row_that_is_not_known_yet_is_gone_to_by_its_number() {
    let shelf = Shelf::new(1_000);
    let mut list = shelf.list();
    list.go(777);
    assert_eq!((list.cursor, list.heading()), (0, 777), "the next step goes on from there");
    shelf.serve(&mut list);
    assert_eq!(list.current().map(|row| row.id), Some(ArticleId(778)));
    list.go(5_000);
    assert_eq!(list.cursor, 999);
}

#[test]
fn the_nearest_unreviewed_row_is_found_also_out_of_memory() {
    let mut shelf = Shelf::new(6_000);
    let open = [1_500, 4_200];
    for row in &mut shelf.0 {
        row.standing.state = if open.contains(&row.id.0) { State::New } else { State::Reviewed };
    }
    let mut list = shelf.list();
    let mut found = Vec::new();
    for forward in [true, true, true, false, false] {
        let may = list.go_to_unreviewed(forward);
        shelf.serve(&mut list);
        found.push((may, list.cursor + 1));
    }
    assert_eq!(found, [(true, 1_500), (true, 4_200), (false, 4_200), (true, 1_500), (false, 1_500)]);
}

#[test]
fn a_selection_has_every_article_in_it_however_long_it_is() {
    let shelf = Shelf::new(10_000);
    let mut list = shelf.list();
    list.go(3);
    list.anchor = Some(3);
    list.go_to_end();
    shelf.serve(&mut list);
    let selected = list.selected();
    assert_eq!(
        (selected.len(), selected.first(), selected.last()),
        (9_997, Some(&ArticleId(4)), Some(&ArticleId(10_000)))
    );
    assert!(!list.has_rows(&selected) && selected.contains(&ArticleId(5_000)));
}

#[test]
fn the_cursor_finds_its_article_again_however_far_down() {
    let shelf = Shelf::new(3_000);
    let at = |id, index, far| {
        let mut list = List::default().renewed(Some(JumpTarget::Article { id: ArticleId(id), index, far }));
        shelf.serve(&mut list);
        (list.cursor, list.goal)
    };
    assert_eq!(at(40, 7, false), (39, None));
    assert_eq!(at(2_500, 7, true), (2_499, None));
    assert_eq!(at(2_500, 7, false), (7, None), "a search is not held up by it");
    assert_eq!(at(9_999, 1_234, true), (1_234, None), "it has left the list");
}

#[test]
fn rows_keep_their_places_when_a_page_is_read_again() {
    let shelf = Shelf::new(6_000);
    let mut list = shelf.list();
    list.go_to_end();
    shelf.serve(&mut list);
    for page in 0..59 {
        list.go(page * PAGE_ROWS);
        shelf.serve(&mut list);
    }
    assert!(list.row(0).is_none(), "far pages are let go");
    let mut fewer = Shelf::new(6_000);
    fewer.0.remove(1);
    list.go(0);
    fewer.serve(&mut list);
    assert_eq!(list.row(0).map(|row| row.id), Some(ArticleId(1)));
    assert_eq!(list.row(1).map(|row| row.id), None, "it is gone");
    assert_eq!(list.row(2).map(|row| row.id), Some(ArticleId(3)));
}
