//! huntdeck's entry.

fn main() {}
