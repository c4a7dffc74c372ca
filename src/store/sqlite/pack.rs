//! Articles and briefings packed for the `body` table: MessagePack without the names of fields, squeezed by LZ4.
//!
//! Fields may be added at the end of a type, with a default for what was packed before; none may be taken out or moved.
//! Until version 6 of the schema bodies were JSON squeezed by zstd, and those are read still.

mod quote;
#[cfg(test)]
mod tests;

use std::error::Error;

use lz4_flex::block;
use rusqlite::{Connection, Row, types::Type};
use serde::{Serialize, de::DeserializeOwned};

use crate::{article::Article, briefing::Briefing};

/// The greatest size that is unpacked; nothing that was packed comes near.
const MAX_UNPACKED_BYTES: usize = 256 << 20;

/// About how many bytes a value takes beside the text of an article, to begin with.
const EXTRA_BYTES: usize = 4 << 10;

/// What zstd begins with: as the size of what LZ4 squeezed it would be beyond [`MAX_UNPACKED_BYTES`].
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Packs an article.
pub(super) fn article(article: &Article) -> Vec<u8> {
    pack(article, article.document.text.len() + EXTRA_BYTES)
}

/// Packs the briefing of an article, without what it quotes of it.
pub(super) fn briefing(mut briefing: Briefing, article: &Article) -> Vec<u8> {
    quote::leave_out(&mut briefing, article);
    pack(&briefing, EXTRA_BYTES)
}

/// Unpacks an article.
pub(super) fn to_article(packed: &[u8]) -> rusqlite::Result<Article> {
    unpack(packed)
}

/// Unpacks a briefing, with what it quotes of its article.
fn to_briefing(packed: &[u8], article: &Article) -> rusqlite::Result<Briefing> {
    let mut briefing = unpack(packed)?;
    quote::put_back(&mut briefing, article);
    Ok(briefing)
}

/// Unpacks an article and its briefing from the columns `document` and `briefing` of a row.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<(Article, Briefing)> {
    let article = to_article(row.get_ref("document")?.as_blob()?)?;
    let briefing = to_briefing(row.get_ref("briefing")?.as_blob()?, &article)?;
    Ok((article, briefing))
}

/// Unpacks an article and its briefing by the number of the article; an error when there is none.
pub(super) fn held(connection: &Connection, id: i64) -> rusqlite::Result<(Article, Briefing)> {
    let mut body = connection.prepare_cached("SELECT document, briefing FROM body WHERE article = ?")?;
    body.query_row([id], read)
}

/// Packs a value that takes about `room` bytes.
fn pack<T: Serialize>(value: &T, room: usize) -> Vec<u8> {
    let mut plain = Vec::with_capacity(room);
    rmp_serde::encode::write(&mut plain, value).expect("plain values, and a buffer that takes them all");
    let mut packed = block::compress_prepend_size(&plain);
    packed.shrink_to_fit();
    packed
}

fn unpack<T: DeserializeOwned>(packed: &[u8]) -> rusqlite::Result<T> {
    let value = if packed.starts_with(&ZSTD) { unpack_json(packed) } else { unpack_dense(packed) };
    value.map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, error))
}

type Fault = Box<dyn Error + Send + Sync>;

fn unpack_dense<T: DeserializeOwned>(packed: &[u8]) -> Result<T, Fault> {
    let (size, squeezed) = block::uncompressed_size(packed)?;
    Ok(rmp_serde::from_slice(&block::decompress(squeezed, size.min(MAX_UNPACKED_BYTES))?)?)
}

fn unpack_json<T: DeserializeOwned>(packed: &[u8]) -> Result<T, Fault> {
    let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().unwrap_or(0);
    Ok(serde_json::from_slice(&zstd::bulk::decompress(packed, (size as usize).min(MAX_UNPACKED_BYTES))?)?)
}
