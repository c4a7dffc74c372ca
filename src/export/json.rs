use std::collections::BTreeMap;

use serde::Serialize;

use super::{ArticleOptions, Exported, Format, IndicatorOptions, IndicatorSet, ListedArticle};
use crate::{
    attack::{self, PhaseHit, TechniqueHit},
    briefing::{Severity, Signal},
    hunt::{Dialect, Proposal},
    indicator::Indicator,
    text::{self, Evidence},
};

/// One object for each article, on a line of its own.
pub(super) static JSON: Format = WITH_ENDING_JSON;

/// The same under the name that says so.
pub static JSON_LINES: Format = Format { name: "jsonl", ending: "jsonl", ..WITH_ENDING_JSON };

const WITH_ENDING_JSON: Format = Format {
    name: "json",
    ending: "json",
    head: "",
    separator: "",
    tail: "",
    is_prose: false,
    write_article: Some(article),
    write_indicators: Some(indicators),
};

fn article(out: &mut String, exported: &Exported<'_>, options: &ArticleOptions<'_>) {
    push_line(out, &Analysis::new(exported, options));
}

fn indicators(out: &mut String, set: &IndicatorSet<'_>, _options: IndicatorOptions) {
    for indicator in set.indicators {
        push_line(out, &SourcedIndicator { from: set.from, indicator });
    }
}

fn push_line(out: &mut String, value: &impl Serialize) {
    out.push_str(&text::json(value).expect("every map of the export has text for keys"));
    out.push('\n');
}

/// An indicator with where it was found.
#[derive(Serialize)]
struct SourcedIndicator<'a> {
    from: &'a str,
    #[serde(flatten)]
    indicator: &'a Indicator,
}

/// A briefing as `analyze` prints it, one object for one document.
#[derive(Debug, Serialize)]
struct Analysis<'a> {
    id: &'a str,
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
    fn new(exported: &Exported<'a>, options: &ArticleOptions<'a>) -> Self {
        let briefing = exported.briefing;
        Self {
            id: exported.id,
            severity: briefing.severity,
            score: briefing.score,
            tags: &briefing.tags,
            indicators: &briefing.indicators,
            techniques: briefing.techniques.iter().map(NamedTechnique::new).collect(),
            kill_chain: briefing.kill_chain.iter().map(|hit| hit.phase.name()).collect(),
            phases: &briefing.kill_chain,
            hunts: briefing.hunts.iter().filter_map(|hunt| RenderedHunt::new(hunt, options)).collect(),
            signals: &briefing.signals,
            story: exported.story.map(|rows| rows.iter().map(ListedArticle::from).collect()),
        }
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
    fn new(proposal: &'a Proposal, options: &ArticleOptions<'a>) -> Option<Self> {
        let hunt = options.hunts.get(&proposal.id)?;
        let query = |dialect: Dialect| {
            hunt.render(&proposal.values, dialect, options.parameters).ok().map(|query| (dialect.name(), query.text))
        };
        Some(Self {
            id: &proposal.id.0,
            title: &hunt.meta.title,
            confidence: hunt.meta.confidence.label(),
            because: &proposal.because,
            dialects: Dialect::ALL.into_iter().filter_map(query).collect(),
        })
    }
}
