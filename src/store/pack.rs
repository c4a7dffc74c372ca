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
pub(super) fn pack<T: Serialize>(value: &T) -> rusqlite::Result<Vec<u8>> {
    thread_local! {
        // Making one costs as much as packing an article with it.
        static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    }
    let packed = PACKER.with_borrow_mut(|kept| -> std::io::Result<Vec<u8>> {
        let bytes = serde_json::to_vec(value)?;
        let mut packer = match kept.take() {
            Some(packer) => packer,
            None => Compressor::new(LEVEL)?,
        };
        let outcome = packer.compress(&bytes);
        *kept = Some(packer);
        outcome
    });
    packed.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
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
