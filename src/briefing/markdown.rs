use std::fmt::Write;

use jiff::tz::TimeZone;

use super::{Briefing, Link, Severity, profile, severity::reason};
use crate::{
    article::Article,
    attack,
    hunt::{self, Dialect, Hunt, Parameters, Proposal},
    indicator::{Kind, Tier},
    text::markdown as escape,
};

/// Writes a briefing as Markdown, in the form that the golden tests hold byte for byte.
///
/// Indicators of the first tier only; network values and links are defanged. Text from the article is made safe.
pub fn markdown(article: &Article, briefing: &Briefing, hunts: &hunt::Catalogue, parameters: &Parameters) -> String {
    let mut out = String::with_capacity(4_096);
    heading(&mut out, article, briefing.severity);
    section(&mut out, "Threat Profile", &escape::lines(&profile(article)));
    section(&mut out, "Indicators of Compromise (high-fidelity only)", &indicators(briefing));
    section(&mut out, "MITRE ATT&CK Techniques", &techniques(briefing));
    section(&mut out, "Kill chain phases observed", &kill_chain(briefing));
    section(&mut out, "Recommended hunts", &recommended(briefing, hunts, parameters));
    section(&mut out, "Why this matters", &reason(briefing));
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn heading(out: &mut String, article: &Article, severity: Severity) {
    let title = escape::line(&article.title);
    let date = TimeZone::UTC.to_datetime(article.published).date();
    let guessed = if article.date_guessed { " (first seen; the source gives no date)" } else { "" };
    let link = match Link::of(article.url.as_deref(), &article.source) {
        Link::None => "_none_".to_owned(),
        Link::NotOfTheWeb => "_not a web address_".to_owned(),
        Link::Live(address) | Link::Defanged(address) => address,
    };
    push(out, format_args!("# [{}] {title}\n\n", severity.word()));
    push(out, format_args!("**Source:** {}\n", escape::line(&article.source)));
    push(out, format_args!("**Published:** {date}{guessed}\n"));
    push(out, format_args!("**Article:** {link}\n\n"));
}

fn section(out: &mut String, title: &str, body: &str) {
    push(out, format_args!("## {title}\n\n{body}\n\n"));
}

fn indicators(briefing: &Briefing) -> String {
    let mut lines = Vec::new();
    for kind in Kind::ALL {
        let of_kind = briefing.indicators.iter().filter(|hit| hit.kind == kind && hit.tier == Tier::Indicator);
        lines.extend(of_kind.map(|hit| format!("- **{}:** {}", kind.label(), escape::code(&hit.shown()))));
    }
    if lines.is_empty() {
        return "- _No high-fidelity IOCs in the RSS summary._ If the source publishes a technical write-up with defanged \
                IOCs in the body, those would be picked up automatically on the next pipeline run."
            .to_owned();
    }
    lines.join("\n")
}

fn techniques(briefing: &Briefing) -> String {
    let catalogue = attack::Catalogue::shipped();
    let line = |id| match catalogue.current(id) {
        Some(technique) => format!("- **{id}** — {}", technique.name),
        None => format!("- **{id}**"),
    };
    let lines: Vec<String> = briefing.techniques.iter().map(|technique| line(technique.id)).collect();
    if lines.is_empty() { "- _(none inferred from the article)_".to_owned() } else { lines.join("\n") }
}

fn kill_chain(briefing: &Briefing) -> String {
    if briefing.kill_chain.is_empty() {
        return "_(none detected from narrative keywords)_".to_owned();
    }
    briefing.kill_chain.iter().map(|hit| hit.phase.name()).collect::<Vec<_>>().join(", ")
}

fn recommended(briefing: &Briefing, hunts: &hunt::Catalogue, parameters: &Parameters) -> String {
    let mut out = String::new();
    for proposal in &briefing.hunts {
        if let Some(hunt) = hunts.get(&proposal.id) {
            write_hunt(&mut out, hunt, proposal, parameters);
        }
    }
    if out.is_empty() {
        return "_(no hunt fits the evidence in this article)_".to_owned();
    }
    // One empty line more than elsewhere stands below the last hunt.
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn write_hunt(out: &mut String, hunt: &Hunt, proposal: &Proposal, parameters: &Parameters) {
    let (phase, confidence) = (hunt.meta.phase.name(), hunt.meta.confidence.label());
    push(
        out,
        format_args!(
            "### {}\n\n`{}` · phase: **{phase}** · confidence: **{confidence}**\n\n",
            escape::line(&hunt.meta.title),
            hunt.meta.id
        ),
    );
    let shown = Dialect::ALL.into_iter().filter_map(|dialect| Some((dialect, dialect.briefing_title()?)));
    for (dialect, label) in shown {
        match hunt.render(&proposal.values, dialect, parameters) {
            Ok(query) => {
                push(out, format_args!("**{label}:**\n{}\n\n", escape::block(dialect.name(), &query.text)));
                for note in query.notes {
                    push(out, format_args!("_{}_\n\n", escape::line(&note)));
                }
            }
            Err(refusal) => push(out, format_args!("**{label}:** _{}_\n\n", escape::line(&refusal.to_string()))),
        }
    }
}

/// Appends formatted text; writing to a string cannot fail.
fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a string takes all that is written to it");
}
