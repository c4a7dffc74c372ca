//! Run with `cargo +nightly fuzz run indicators`; see `../targets.rs`.
#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|input: &str| targets::indicators(input));
