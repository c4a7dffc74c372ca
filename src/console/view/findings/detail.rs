use jiff::Timestamp;
use ratatui::layout::Rect;

use super::place;
use crate::{
    attack::Catalogue,
    console::{
        article_layout::{ago, broken},
        state::{Finding, Open, evidence_of},
        theme::Role,
        view::canvas::{Canvas, rows},
    },
    text::{Part, Safe},
};

/// Draws all that is known of the finding under the cursor: its line in the list may be cut.
pub(super) fn draw(now: Timestamp, open: &Open, finding: Finding, area: Rect, canvas: &mut Canvas<'_>) {
    canvas.rule(Rect { height: area.height.min(1), ..area });
    let mut rows = rows(area).skip(1);
    for (role, text) in lines(now, open, finding) {
        let safe = Safe::line(&text);
        for part in broken(safe.as_str(), usize::from(area.width).saturating_sub(2)) {
            let Some(row) = rows.next() else { return };
            let mut at = canvas.start(Rect { x: row.x + 1, width: row.width.saturating_sub(1), ..row });
            canvas.put(&mut at, role, part);
        }
    }
}

fn lines(now: Timestamp, open: &Open, finding: Finding) -> Vec<(Role, String)> {
    let mut lines = about(now, open, finding).unwrap_or_default();
    let phrases = evidence_of(open, finding);
    for (index, evidence) in phrases.iter().filter(|evidence| !evidence.phrase.is_empty()).enumerate() {
        let role = if index == open.shown.at && phrases == open.shown.evidence { Role::Found } else { Role::Dim };
        lines.push(match evidence.part {
            Part::Field => (role, evidence.phrase.clone()),
            Part::Text | Part::Title => (role, format!("“{}”", evidence.phrase)),
        });
    }
    lines
}

fn about(now: Timestamp, open: &Open, finding: Finding) -> Option<Vec<(Role, String)>> {
    let briefing = &open.item.briefing;
    Some(match finding {
        Finding::Tier(..) | Finding::KillChain => Vec::new(),
        Finding::MoreHunts(count) => {
            vec![(Role::Dim, format!("{count} hunts fit less well and are not listed; enter lists them"))]
        }
        Finding::Indicator(index) => {
            let indicator = briefing.indicators.get(index)?;
            let harmless = if indicator.defanged { ", defanged by the author" } else { "" };
            // Why it is where it is matters most; a narrow pane may have no room for the rest.
            let mut lines = vec![(Role::Indicator, indicator.shown().into_owned())];
            lines.extend(indicator.reason.as_ref().map(|reason| (Role::Text, reason.to_string())));
            let place = format!("{}, in {}{harmless}", indicator.kind.label(), place(indicator.place));
            lines.push((Role::Text, place));
            lines
        }
        Finding::Technique(index) => {
            let hit = briefing.techniques.get(index)?;
            let known = Catalogue::shipped().get(hit.id);
            let name = known.map_or("unknown technique", |technique| technique.name);
            let tactics = known.map(|technique| technique.tactics.join(", ")).unwrap_or_default();
            vec![(Role::Technique, format!("{} {name}", hit.id)), (Role::Text, tactics)]
        }
        Finding::Phase(index) => vec![(Role::Technique, briefing.kill_chain.get(index)?.phase.name().to_owned())],
        Finding::Signal(index) => {
            let signal = briefing.signals.get(index)?;
            let total = format!("of {} in all, which makes {}", briefing.score, briefing.severity.word());
            vec![(Role::Signal, format!("{:+} {}", signal.points, signal.name)), (Role::Text, total)]
        }
        Finding::Hunt(index) => {
            let card = open.cards.as_ref()?.get(index)?;
            let mut lines = vec![(Role::Title, card.title.clone()), (Role::Dim, card.id.to_string())];
            let copied = open.item.copied.iter().filter_map(|(hunt, at)| Some((hunt.split_once(' ')?, at)));
            let mine = copied.filter(|((id, _), _)| *id == card.id.0);
            lines.extend(mine.map(|((_, dialect), at)| (Role::Good, format!("copied as {dialect} {}", ago(now, *at)))));
            lines
        }
    })
}
