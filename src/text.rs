//! Outside strings made safe, and the small types that point into them. This room knows no other.

mod counted;
mod defang;
mod evidence;
mod fnv;
mod json;
pub mod markdown;
mod masked_url;
mod nearest;
mod one_line;
pub(crate) mod refang;
mod safe;
mod span;
mod width;

pub use counted::counted;
pub use defang::{defang, defang_links};
pub use evidence::{Evidence, Part};
pub use fnv::{AsItIs, FNV_PRIME, Fnv, FnvMap, WordMap, fnv, fnv_on};
pub use json::json;
pub use masked_url::masked_url;
pub use nearest::nearest;
pub use one_line::one_line;
pub use refang::refang;
pub use safe::Safe;
pub use span::Span;
pub use width::{clip, expand_tabs, width};
