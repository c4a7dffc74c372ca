//! Findings that many articles share: a row says of 64 articles which of them have one.

use std::collections::BTreeMap;

use rusqlite::{Connection, ToSql, params};

/// How many articles a block has, as a power of two.
const WIDTH: u32 = 6;

/// The articles that have each finding: by finding and block, a bit an article.
#[derive(Debug)]
pub(super) struct ArticleBitmap<K>(BTreeMap<(K, i64), i64>);

impl<K> Default for ArticleBitmap<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// Returns the block that an article is in, and its bit there.
const fn place(article: i64) -> (i64, i64) {
    (article >> WIDTH, 1 << (article & ((1 << WIDTH) - 1)))
}

impl<K: Ord + Copy> ArticleBitmap<K> {
    /// Adds a finding of an article.
    pub(super) fn add(&mut self, finding: K, article: i64) {
        let (block, bit) = place(article);
        *self.0.entry((finding, block)).or_default() |= bit;
    }

    /// Leaves out all findings of an article.
    pub(super) fn leave_out(&mut self, article: i64) {
        let (its, bit) = place(article);
        self.0.retain(|(_, block), bits| {
            if *block == its {
                *bits &= !bit;
            }
            *bits != 0
        });
    }

    /// Returns the rows in the order of the table: finding, block, bits.
    pub(super) fn rows(&self) -> impl Iterator<Item = (K, i64, i64)> {
        self.0.iter().map(|(&(finding, block), &bits)| (finding, block, bits))
    }

    /// Takes them out of the table of a kind of finding.
    pub(super) fn forget(&self, connection: &Connection, kind: &str) -> rusqlite::Result<()>
    where
        K: ToSql,
    {
        let sql = format!("UPDATE {kind}_block SET articles = articles & ~? WHERE {kind} = ? AND block = ?");
        let mut clear = connection.prepare_cached(&sql)?;
        let sql = format!("DELETE FROM {kind}_block WHERE {kind} = ? AND block = ? AND articles = 0");
        let mut delete = connection.prepare_cached(&sql)?;
        for (finding, block, bits) in self.rows() {
            clear.execute(params![bits, finding, block])?;
            delete.execute(params![finding, block])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::ArticleBitmap;

    #[test]
    fn every_article_has_a_bit_of_its_own() {
        let mut blocks = ArticleBitmap::default();
        (0..200).for_each(|article| blocks.add(7_i64, article));
        let rows: Vec<_> = blocks.rows().collect();
        assert_eq!(rows, [(7, 0, -1), (7, 1, -1), (7, 2, -1), (7, 3, 0xff)]);
        (0..199).for_each(|article| blocks.leave_out(article));
        assert_eq!(blocks.rows().collect::<Vec<_>>(), [(7, 3, 0x80)]);
    }
}
