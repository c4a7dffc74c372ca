use super::FORMATS;
use crate::{
    article::Article,
    briefing::Briefing,
    hunt::{Catalogue, Parameters},
    indicator::Indicator,
    triage::{Item, Row},
};

/// A form in which briefings or indicators are handed on.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The ending of its files, without the dot.
    pub ending: &'static str,
    /// What stands before everything.
    pub head: &'static str,
    /// What stands between two articles.
    pub separator: &'static str,
    /// What stands behind everything.
    pub tail: &'static str,
    /// Whether it is for people, who want the best hunts only.
    pub is_prose: bool,
    /// Writes an article; `None` if it holds no articles.
    pub write_article: Option<WriteArticle>,
    /// Writes indicators; `None` if it does not hold them alone.
    pub write_indicators: Option<WriteIndicators>,
}

type WriteArticle = fn(&mut String, &Exported<'_>, &ArticleOptions<'_>);
type WriteIndicators = fn(&mut String, &IndicatorSet<'_>, IndicatorOptions);

/// An article that is handed on.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'a> {
    /// The article's number, or the document's own id.
    pub id: &'a str,
    /// The article.
    pub article: &'a Article,
    /// What was made of it.
    pub briefing: &'a Briefing,
    /// The other articles of its story; `None` if there is no store to ask.
    pub story: Option<&'a [Row]>,
}

impl<'a> Exported<'a> {
    /// Makes it of a stored article, without its story.
    pub const fn of(id: &'a str, item: &'a Item) -> Self {
        Self { id, article: &item.article, briefing: &item.briefing, story: None }
    }
}

/// Indicators that are handed on, and where they come from.
#[derive(Clone, Copy, Debug)]
pub struct IndicatorSet<'a> {
    /// The file that they were found in, or the number of the article.
    pub from: &'a str,
    /// The title of the article; empty for a file.
    pub title: &'a str,
    /// The link of the article; empty for a file.
    pub url: &'a str,
    /// The indicators.
    pub indicators: &'a [&'a Indicator],
}

/// How articles are written.
#[derive(Clone, Copy, Debug)]
pub struct ArticleOptions<'a> {
    /// The hunts that briefings name.
    pub hunts: &'a Catalogue,
    /// How their queries are rendered.
    pub parameters: &'a Parameters,
    /// How many hunts an article has at the most, in formats that people read.
    pub max_hunts: usize,
}

/// How indicators are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct IndicatorOptions {
    /// Whether network values are written live instead of defanged.
    pub live: bool,
    /// Whether every tier is listed, so that an indicator needs its tier beside it.
    pub all_tiers: bool,
}

impl Format {
    /// Finds a format by its name.
    pub fn from_name(name: &str) -> Option<&'static Self> {
        FORMATS.iter().copied().find(|format| format.name == name)
    }

    /// Returns the formats that hold articles.
    pub fn of_articles() -> impl Iterator<Item = &'static Self> {
        FORMATS.iter().copied().filter(|format| format.write_article.is_some())
    }

    /// Returns the formats that hold indicators alone.
    pub fn of_indicators() -> impl Iterator<Item = &'static Self> {
        FORMATS.iter().copied().filter(|format| format.write_indicators.is_some())
    }

    /// Returns an article in this format, without head and tail; empty if it holds no articles.
    pub fn article(&self, exported: &Exported<'_>, options: &ArticleOptions<'_>) -> String {
        let mut out = String::new();
        if let Some(write) = self.write_article {
            write(&mut out, exported, options);
        }
        out
    }

    /// Returns indicators in this format, without head and tail; empty if it does not hold them alone.
    pub fn indicators(&self, set: &IndicatorSet<'_>, options: IndicatorOptions) -> String {
        let mut out = String::new();
        if let Some(write) = self.write_indicators {
            write(&mut out, set, options);
        }
        out
    }

    /// Returns a document of one article, with head and tail.
    pub fn document(&self, exported: &Exported<'_>, options: &ArticleOptions<'_>) -> String {
        [self.head, &self.article(exported, options), self.tail].concat()
    }
}
