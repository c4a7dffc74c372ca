use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    attack::{self, PhaseHit, TechniqueHit},
    briefing::{Briefing, Severity, Signal},
    hunt::{self, Dialect, Parameters, Proposal},
    indicator::Indicator,
    text::Evidence,
    triage::{Counts, Row, State, StoryId, Verdict},
};

/// A briefing as `analyze` prints it, one object for one document.
#[derive(Debug, Serialize)]
pub struct Analysis<'a> {
    /// The document's own id.
    pub id: &'a str,
    severity: Severity,
    score: i32,
    tags: &'a [String],
    indicators: &'a [Indicator],
    techniques: Vec<NamedTechnique<'a>>,
    kill_chain: Vec<&'static str>,
    phases: &'a [PhaseHit],
    hunts: Vec<RenderedHunt<'a>>,
    signals: &'a [Signal],
    /// The other articles of its story, where there is a store to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    story: Option<Vec<ListedArticle<'a>>>,
}

#[derive(Debug, Serialize)]
struct NamedTechnique<'a> {
    id: String,
    name: &'static str,
    score: f32,
    evidence: &'a [Evidence],
}

#[derive(Debug, Serialize)]
struct RenderedHunt<'a> {
    id: &'a str,
    title: &'a str,
    confidence: &'static str,
    because: &'a [Evidence],
    dialects: BTreeMap<&'static str, String>,
}

impl<'a> Analysis<'a> {
    /// Gathers what a briefing says; the hunts are rendered with `parameters`.
    pub fn new(id: &'a str, briefing: &'a Briefing, hunts: &'a hunt::Catalogue, parameters: &Parameters) -> Self {
        Self {
            id,
            severity: briefing.severity,
            score: briefing.score,
            tags: &briefing.tags,
            indicators: &briefing.indicators,
            techniques: briefing.techniques.iter().map(NamedTechnique::new).collect(),
            kill_chain: briefing.kill_chain.iter().map(|hit| hit.phase.name()).collect(),
            phases: &briefing.kill_chain,
            hunts: briefing.hunts.iter().filter_map(|hunt| RenderedHunt::new(hunt, hunts, parameters)).collect(),
            signals: &briefing.signals,
            story: None,
        }
    }

    /// Adds the other articles of its story.
    #[must_use]
    pub fn with_story(self, rows: &'a [Row]) -> Self {
        Self { story: Some(rows.iter().map(ListedArticle::from).collect()), ..self }
    }
}

impl<'a> NamedTechnique<'a> {
    fn new(hit: &'a TechniqueHit) -> Self {
        let name = attack::Catalogue::shipped().current(hit.id).map_or("", |technique| technique.name);
        Self { id: hit.id.to_string(), name, score: hit.score, evidence: &hit.evidence }
    }
}

impl<'a> RenderedHunt<'a> {
    /// Renders a proposal; none when the catalogue no longer has its hunt.
    fn new(proposal: &'a Proposal, hunts: &'a hunt::Catalogue, parameters: &Parameters) -> Option<Self> {
        let hunt = hunts.get(&proposal.id)?;
        let query = |dialect: Dialect| {
            hunt.render(&proposal.values, dialect, parameters).ok().map(|query| (dialect.name(), query.text))
        };
        Some(Self {
            id: &proposal.id.0,
            title: &hunt.title,
            confidence: hunt.confidence.label(),
            because: &proposal.because,
            dialects: [Dialect::Spl, Dialect::Kql].into_iter().filter_map(query).collect(),
        })
    }
}

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
