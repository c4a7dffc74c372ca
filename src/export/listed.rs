use jiff::Timestamp;
use serde::Serialize;

use crate::{
    briefing::Severity,
    triage::{Counts, Reopened, Row, State, StoryId, Verdict},
};

/// An article as `list --format json` prints it.
#[derive(Debug, Serialize)]
pub struct ListedArticle<'a> {
    id: String,
    title: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    published: Timestamp,
    severity: Severity,
    score: i32,
    state: State,
    /// Why it is new again, if it was judged before.
    #[serde(skip_serializing_if = "Option::is_none")]
    reopened: Option<&'a Reopened>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "str::is_empty")]
    owner: &'a str,
    starred: bool,
    demo: bool,
    counts: Counts,
    feeds: &'a [String],
    /// The briefing's tags and the analyst's own.
    tags: Vec<&'a str>,
    /// The number of its story; none when it stands alone.
    story: Option<StoryId>,
    /// How many other sources tell that story.
    other_sources: u32,
}

impl<'a> From<&'a Row> for ListedArticle<'a> {
    fn from(row: &'a Row) -> Self {
        Self {
            id: row.id.to_string(),
            title: &row.title,
            source: &row.source,
            url: row.url.as_deref(),
            published: row.published,
            severity: row.severity,
            score: row.score,
            state: row.standing.state,
            reopened: row.reopened.as_ref(),
            verdict: row.standing.verdict,
            owner: &row.standing.owner,
            starred: row.standing.starred,
            demo: row.demo,
            counts: row.counts,
            feeds: &row.feeds,
            tags: row.all_tags().collect(),
            story: row.story,
            other_sources: row.others,
        }
    }
}
