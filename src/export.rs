//! Briefings and indicators in the forms that others read: one file a format, and one line in the list below. Pure.

mod csv;
mod format;
mod json;
mod listed;
mod markdown;
#[cfg(test)]
mod tests;
mod text;

pub use csv::CSV;
pub use format::{ArticleOptions, Exported, Format, IndicatorOptions, IndicatorSet};
pub use json::JSON_LINES;
pub use listed::ListedArticle;

/// Every format.
pub static FORMATS: &[&Format] = &[&markdown::MARKDOWN, &json::JSON, &json::JSON_LINES, &csv::CSV, &text::TEXT];
