//! What the full-text index has of an article.

use rusqlite::{Connection, params};

use crate::article::Article;

/// How many bytes of a text are put into the full-text index.
const MAX_INDEXED_BYTES: usize = 256 << 10;

/// Puts the words of an article into the full-text index.
pub(super) fn words(connection: &Connection, id: i64, article: &Article) -> rusqlite::Result<()> {
    let text = &article.document.text;
    let text = &text[..text.floor_char_boundary(MAX_INDEXED_BYTES)];
    connection
        .prepare_cached("INSERT INTO search (rowid, title, text, source) VALUES (?, ?, ?, ?)")?
        .execute(params![id, article.title, text, article.source])?;
    Ok(())
}

/// Takes the words of an article out of the full-text index.
pub(super) fn forget_words(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM search WHERE rowid = ?")?.execute([id])?;
    Ok(())
}
