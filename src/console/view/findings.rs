mod detail;

use ratatui::layout::Rect;

use super::canvas::{Canvas, TextCursor, rows};
use crate::{
    attack::Catalogue,
    console::{
        layout::listed,
        pane::Pane,
        state::{App, Finding, Open, findings},
        theme::Role,
    },
    hunt::Confidence,
    indicator::{Indicator, Place, Tier},
    text::{Evidence, Part},
};

/// Draws a pane that lists findings.
pub(super) fn draw(app: &App, pane: Pane, area: Rect, canvas: &mut Canvas<'_>) {
    let Some(open) = &app.open else { return };
    let lines = findings(open, pane);
    let (area, below) = listed(area);
    if lines.is_empty() {
        canvas.line(Rect { height: area.height.min(1), ..area }, Role::Dim, nothing(pane));
        return;
    }
    let cursor = open.cursor(pane);
    for (row, (index, finding)) in rows(area).zip(lines.iter().enumerate().skip(cursor.top)) {
        let mut at = canvas.start(row);
        canvas.put(&mut at, Role::Text, " ");
        draw_line(open, *finding, &mut at, canvas);
        if index == cursor.at {
            canvas.wash(row, if app.focus == pane { Role::Cursor } else { Role::CursorAway });
        }
    }
    if let Some(finding) = lines.get(cursor.at) {
        detail::draw(app.now, open, *finding, below, canvas);
    }
}

const fn nothing(pane: Pane) -> &'static str {
    match pane {
        Pane::Indicators => " No indicators in this article.",
        Pane::Techniques => " No techniques in this article.",
        Pane::Hunts => " No hunt fits this article.",
        Pane::Reasons => " Nothing raised or lowered its severity.",
        Pane::List | Pane::Article => "",
    }
}

fn draw_line(open: &Open, finding: Finding, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let briefing = &open.item.briefing;
    match finding {
        Finding::Tier(tier, count) => tier_line(open, tier, count, at, canvas),
        Finding::Indicator(index) => {
            let Some(indicator) = briefing.indicators.get(index) else { return };
            let chosen = if open.chosen.contains(&index) { "+" } else { " " };
            canvas.put(at, Role::Warning, chosen);
            indicator_line(indicator, at, canvas);
        }
        Finding::Technique(index) => {
            let Some(hit) = briefing.techniques.get(index) else { return };
            let known = Catalogue::shipped().get(hit.id);
            canvas.put(at, Role::Technique, &hit.id.to_string());
            canvas.put(at, Role::Dim, &format!(" {:.0}% ", hit.score * 100.0));
            canvas.put(at, Role::Text, known.map_or("unknown technique", |technique| technique.name));
            let tactics = known.map(|technique| technique.tactics.join(", ")).unwrap_or_default();
            canvas.put(at, Role::Dim, &format!("  {tactics}"));
            because(&hit.evidence, at, canvas);
        }
        Finding::KillChain => canvas.put(at, Role::Title, "Kill chain"),
        Finding::Phase(index) => {
            let Some(hit) = briefing.kill_chain.get(index) else { return };
            canvas.put(at, Role::Technique, &format!("{:<9}", hit.phase.name()));
            because(&hit.evidence, at, canvas);
        }
        Finding::Signal(index) => {
            let Some(signal) = briefing.signals.get(index) else { return };
            let role = if signal.points < 0 { Role::Good } else { Role::Signal };
            canvas.put(at, role, &format!("{:>+4} ", signal.points));
            canvas.put(at, Role::Text, &signal.name);
            because(std::slice::from_ref(&signal.evidence), at, canvas);
        }
        Finding::Hunt(index) => hunt_line(open, index, at, canvas),
        Finding::MoreHunts(count) => canvas.put(at, Role::Dim, &format!("+ {count} more")),
    }
}

fn tier_line(open: &Open, tier: Tier, count: usize, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let name = match tier {
        Tier::Indicator => "Indicators",
        Tier::Candidate => "Candidates: plain, in prose",
        Tier::Reference => "References: benign or context",
        Tier::Rejected => "Rejected: not what they look like",
    };
    let folded = !open.unfolded.contains(&tier) && count > 0;
    canvas.put(at, Role::Dim, if folded { "+ " } else { "- " });
    canvas.put(at, Role::Title, &format!("{name} ({count})"));
    canvas.put(at, Role::Dim, if folded { " folded" } else { "" });
}

fn indicator_line(indicator: &Indicator, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    canvas.put(at, Role::Dim, &format!("{:<9} ", indicator.kind.label()));
    let role = match indicator.tier {
        Tier::Indicator => Role::Indicator,
        Tier::Candidate => Role::Text,
        Tier::Reference | Tier::Rejected => Role::Dim,
    };
    canvas.put(at, role, &indicator.shown());
    canvas.put(at, Role::Dim, &format!("  {}", place(indicator.place)));
    if indicator.defanged {
        canvas.put(at, Role::Dim, ", defanged");
    }
    if let Some(reason) = &indicator.reason {
        canvas.put(at, Role::Dim, &format!(" · {reason}"));
    }
}

const fn place(place: Place) -> &'static str {
    match place {
        Place::IndicatorSection => "indicator section",
        Place::Table => "table",
        Place::Code => "code",
        Place::Link => "link",
        Place::Prose => "text",
    }
}

fn hunt_line(open: &Open, index: usize, at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let Some(proposal) = open.proposal(index) else { return };
    let card = open.cards.as_ref().and_then(|cards| cards.get(index));
    let copied = open.item.copied.iter().any(|(hunt, _)| hunt.split(' ').next() == Some(proposal.id.0.as_str()));
    canvas.put(at, Role::Good, if copied { "copied " } else { "" });
    match card {
        Some(card) => {
            let role = match card.confidence {
                Confidence::High => Role::Good,
                Confidence::Medium => Role::Text,
                Confidence::Low => Role::Dim,
            };
            canvas.put(at, role, &format!("{:<6} ", card.confidence.label()));
            canvas.put(at, Role::Title, &card.title);
            if !card.values.is_empty() {
                canvas.put(at, Role::Dim, &format!(" · {} values", card.values.len()));
            }
            canvas.put(at, Role::Dim, &format!("  {}", card.id));
        }
        None => canvas.put(at, Role::Dim, &proposal.id.0),
    }
    because(&proposal.because, at, canvas);
}

/// Puts the words that made a finding behind it.
fn because(evidence: &[Evidence], at: &mut TextCursor, canvas: &mut Canvas<'_>) {
    let Some(first) = evidence.iter().find(|evidence| !evidence.phrase.is_empty()) else { return };
    match first.part {
        Part::Field => canvas.put(at, Role::Dim, &format!("  {}", first.phrase)),
        Part::Text | Part::Title => canvas.put(at, Role::Dim, &format!("  “{}”", first.phrase)),
    }
    if evidence.len() > 1 {
        canvas.put(at, Role::Dim, &format!(" +{}", evidence.len() - 1));
    }
}
