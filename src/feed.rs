//! An address becomes entries: fetched politely, guarded, parsed, and repaired where it is broken.
//!
//! The only room that knows HTTP and feed formats.
