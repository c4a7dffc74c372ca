use std::collections::BTreeMap;

use super::OverlayLine;
use crate::{
    attack::{Catalogue, TechniqueId},
    console::{state::App, theme::Role},
    text::{clip, width},
};

/// The tactics of ATT&CK Enterprise in MITRE's order: short name and title.
pub const TACTICS: [(&str, &str); 15] = [
    ("reconnaissance", "Reconnaissance"),
    ("resource-development", "Resource Development"),
    ("initial-access", "Initial Access"),
    ("execution", "Execution"),
    ("persistence", "Persistence"),
    ("privilege-escalation", "Privilege Escalation"),
    ("stealth", "Stealth"),
    ("defense-impairment", "Defense Impairment"),
    ("credential-access", "Credential Access"),
    ("discovery", "Discovery"),
    ("lateral-movement", "Lateral Movement"),
    ("collection", "Collection"),
    ("command-and-control", "Command and Control"),
    ("exfiltration", "Exfiltration"),
    ("impact", "Impact"),
];

/// The least columns of the terminal that one column of the matrix takes.
const NARROWEST: usize = 14;

/// Writes the matrix: the tactics, then below each its techniques, the most frequent first.
pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    let Some(state) = app.overlay.as_ref().filter(|_| !app.techniques.is_empty()) else { return Vec::new() };
    let columns = columns(app);
    let shown = (usize::from(app.size.0) / NARROWEST).clamp(1, TACTICS.len());
    let first = (state.column + 1).saturating_sub(shown);
    let each = usize::from(app.size.0) / shown;
    let most = columns.iter().flatten().map(|(_, count)| *count).max().unwrap_or(1);
    let mut lines = vec![OverlayLine::new(TACTICS[first..first + shown].iter().enumerate().map(|(at, (_, title))| {
        let role = if first + at == state.column { Role::Focus } else { Role::Title };
        (role, cell(title, each))
    }))];
    for row in 0..columns.iter().map(Vec::len).max().unwrap_or(0) {
        let cells = columns.iter().enumerate().skip(first).take(shown).map(|(at, column)| {
            let Some((id, count)) = column.get(row) else { return (Role::Text, " ".repeat(each)) };
            let here = at == state.column && state.cursor.at == row + 1;
            (if here { Role::Cursor } else { heat(*count, most) }, cell(&label(*id, *count, each), each))
        });
        lines.push(OverlayLine::new(cells));
    }
    lines.extend(detail(app));
    if shown < TACTICS.len() {
        let text = format!(" tactics {} to {} of {}", first + 1, first + shown, TACTICS.len());
        lines.push(OverlayLine::new([(Role::Dim, text)]));
    }
    lines
}

/// Returns the technique under the cursor of the matrix.
pub fn under_cursor(app: &App) -> Option<TechniqueId> {
    let state = app.overlay.as_ref().filter(|state| state.overlay == crate::console::pane::Overlay::Matrix)?;
    let row = state.cursor.at.checked_sub(1)?;
    columns(app).get(state.column)?.get(row).map(|(id, _)| *id)
}

/// Returns the first column that has a technique.
pub fn first_tactic(app: &App) -> usize {
    columns(app).iter().position(|column| !column.is_empty()).unwrap_or(0)
}

/// Says in full what the cell under the cursor stands for.
fn detail(app: &App) -> Vec<OverlayLine> {
    let Some(id) = under_cursor(app) else { return Vec::new() };
    let name = Catalogue::shipped().get(id).map_or("unknown technique", |technique| technique.name);
    let subs = app.techniques.iter().filter(|(sub, _)| sub.parent() == id && sub.is_sub());
    let subs: Vec<String> = subs.map(|(sub, count)| format!("{sub} {count}")).collect();
    let text = format!(" {id} {name}  {}", subs.join(", "));
    vec![OverlayLine::default(), OverlayLine::new([(Role::Technique, text)])]
}

/// Gathers the techniques of the list by tactic; sub-techniques count for their technique.
fn columns(app: &App) -> Vec<Vec<(TechniqueId, u64)>> {
    let mut counts: BTreeMap<TechniqueId, u64> = BTreeMap::new();
    for (id, count) in &app.techniques {
        *counts.entry(id.parent()).or_default() += count;
    }
    let column = |tactic: &str| {
        let known = |id: &TechniqueId| {
            Catalogue::shipped().get(*id).is_some_and(|technique| technique.tactics.contains(&tactic))
        };
        let mut column: Vec<_> = counts.iter().filter(|(id, _)| known(id)).map(|(id, count)| (*id, *count)).collect();
        column.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        column
    };
    TACTICS.iter().map(|(tactic, _)| column(tactic)).collect()
}

fn label(id: TechniqueId, count: u64, columns: usize) -> String {
    let name = Catalogue::shipped().get(id).map_or("", |technique| technique.name);
    let room = columns.saturating_sub(width(&count.to_string()) + 3);
    if room < 12 { format!("{id} {count}") } else { format!("{count} {}", clip(name, room)) }
}

fn heat(count: u64, most: u64) -> Role {
    match count * 4 / most.max(1) {
        3.. => Role::Crit,
        2 => Role::High,
        1 => Role::Med,
        _ => Role::Text,
    }
}

fn cell(text: &str, columns: usize) -> String {
    let text = clip(text, columns.saturating_sub(1));
    format!(" {text}{}", " ".repeat(columns.saturating_sub(1 + width(&text))))
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, TACTICS};

    #[test]
    fn every_technique_has_a_column() {
        for technique in Catalogue::shipped().active() {
            for tactic in &technique.tactics {
                assert!(TACTICS.iter().any(|(known, _)| known == tactic), "{tactic}");
            }
        }
    }
}
