//! Values packed for the `body` table: JSON, squeezed. Half of a store would be repeated words otherwise.

use std::cell::RefCell;

use rusqlite::types::Type;
use serde::{Serialize, de::DeserializeOwned};
use zstd::bulk::Compressor;

/// Quick rather than tight: a store is read more often than its disk is full.
const LEVEL: i32 = 1;

/// The greatest size that is unpacked; nothing that was packed comes near.
const MOST: usize = 256 << 20;

/// A buffer that grew beyond this for one value is not kept for the next.
const KEPT: usize = 1 << 20;

/// What packing needs again and again: made anew, it would cost as much as packing an article.
struct Packer {
    compressor: Compressor<'static>,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

impl Packer {
    fn new() -> Self {
        let compressor = Compressor::new(LEVEL).expect("a known level");
        Self { compressor, plain: Vec::new(), packed: Vec::new() }
    }

    fn pack<T: Serialize>(&mut self, value: &T) -> Vec<u8> {
        self.plain.clear();
        serde_json::to_writer(&mut self.plain, value).expect("plain values with names");
        self.packed.clear();
        self.packed.reserve(zstd::zstd_safe::compress_bound(self.plain.len()));
        self.compressor.compress_to_buffer(&self.plain, &mut self.packed).expect("the buffer is large enough");
        let packed = self.packed.as_slice().to_vec();
        for buffer in [&mut self.plain, &mut self.packed] {
            buffer.clear();
            buffer.shrink_to(KEPT);
        }
        packed
    }
}

/// Packs a value.
///
/// # Panics
/// When it can not be written as JSON, which what the store keeps always can be.
pub(super) fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    thread_local! {
        static PACKER: RefCell<Option<Packer>> = const { RefCell::new(None) };
    }
    PACKER.with_borrow_mut(|kept| kept.get_or_insert_with(Packer::new).pack(value))
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
