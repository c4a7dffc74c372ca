//! Briefings in the forms that others read, one file a format. Pure.

mod csv;
mod json;

pub use csv::csv_row;
pub use json::{Analysis, ListedArticle};
