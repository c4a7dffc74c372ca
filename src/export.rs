//! Briefings in the forms that others read, one file a format. Pure.

mod json;

pub use json::{Analysis, ListedArticle};
