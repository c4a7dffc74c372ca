//! Values packed for the `body` table: JSON, squeezed. Half of a store would be repeated words otherwise.

use std::cell::RefCell;

use rusqlite::types::Type;
use serde::{Serialize, de::DeserializeOwned};
use zstd::bulk::Compressor;

/// Quick rather than tight: a store is read more often than its disk is full.
const LEVEL: i32 = 1;

/// The greatest size that is unpacked; nothing that was packed comes near.
const MOST: usize = 256 << 20;

/// Packs a value.
///
/// # Panics
/// When it can not be written as JSON, which what the store keeps always can be.
pub(super) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    thread_local! {
        // Making one costs as much as packing an article with it.
        static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    let bytes = serde_json::to_vec(value).expect("plain values with names");
    PACKER.with_borrow_mut(|kept| {
        let packer = kept.get_or_insert_with(|| Compressor::new(LEVEL).expect("a known level"));
        packer.compress(&bytes).expect("its own buffer is large enough")
    })
}

/// Unpacks a value.
pub(super) fn unpack<T: DeserializeOwned>(packed: &[u8]) -> rusqlite::Result<T> {
    let read = || -> Result<T, Box<dyn std::error::Error + Send + Sync>> {
        let size = zstd::zstd_safe::get_frame_content_size(packed).ok().flatten().unwrap_or(0);
        let bytes = zstd::bulk::decompress(packed, (size as usize).min(MOST))?;
        Ok(serde_json::from_slice(&bytes)?)
    };
    read().map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Blob, error))
}
