use jiff::Timestamp;

use super::{Made, broken};
use crate::{
    article::Advisory,
    attack::Phase,
    briefing::Severity,
    console::theme::Role,
    store::{Item, Row, State, Verdict},
    text::{Safe, width},
};

/// Gives the sign of a severity, so that colour is never all that tells it.
pub const fn glyph(severity: Severity) -> &'static str {
    match severity {
        Severity::Crit => "◆",
        Severity::High => "▲",
        Severity::Med => "●",
        Severity::Low => "○",
    }
}

/// Gives the word for where an article stands in triage.
pub const fn state_word(row: &Row) -> &'static str {
    match (row.state, row.verdict) {
        (State::New, _) => "new",
        (State::Read, _) => "read",
        (State::Reviewed, Some(Verdict::Relevant)) => "reviewed: relevant",
        (State::Reviewed, Some(Verdict::NotRelevant)) => "reviewed: not relevant",
        (State::Reviewed, Some(Verdict::Escalated)) => "reviewed: escalated",
        (State::Reviewed, None) => "reviewed",
        (State::Dismissed, _) => "dismissed",
        (State::Snoozed, _) => "snoozed",
    }
}

/// Writes how long ago a time was, in at most four columns.
pub fn age(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.as_second() - then.as_second();
    match seconds {
        ..-300 => "soon".into(),
        -300..60 => "now".into(),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        86_400..1_209_600 => format!("{}d", seconds / 86_400),
        1_209_600..5_184_000 => format!("{}w", seconds / 604_800),
        5_184_000..63_072_000 => format!("{}mo", seconds / 2_592_000),
        _ => format!("{}y", (seconds / 31_536_000).min(999)),
    }
}

/// Writes how long ago a time was, in words.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    match age(now, then).as_str() {
        "now" => "just now".into(),
        "soon" => "in the future".into(),
        age => format!("{age} ago"),
    }
}

/// Writes the lines that stand between the title and the body.
pub(super) fn lines(item: &Item, columns: usize, now: Timestamp) -> Vec<Made> {
    let row = &item.row;
    let briefing = &item.briefing;
    let severity = match row.severity {
        Severity::Crit => Role::Crit,
        Severity::High => Role::High,
        Severity::Med => Role::Med,
        Severity::Low => Role::Low,
    };
    let mut facts = vec![
        piece(severity, format!("{} {}", glyph(row.severity), row.severity.word())),
        piece(Role::Dim, format!("score {}", row.score)),
        piece(Role::Text, &row.source),
        piece(Role::Dim, dated(item, now)),
        piece(Role::Text, state_word(row)),
    ];
    if let Some(changed) = row.changed {
        facts.push(piece(Role::Warning, format!("changed {}", ago(now, changed))));
    }
    if row.others > 0 {
        let plural = if row.others == 1 { "" } else { "s" };
        facts.push(piece(Role::Key, format!("+{} source{plural}", row.others)));
    }
    if row.starred {
        facts.push(piece(Role::Star, "starred"));
    }
    if row.demo {
        facts.push(piece(Role::Demo, "demo, invented"));
    }
    if !item.owner.is_empty() {
        facts.push(piece(Role::Text, format!("owner {}", item.owner)));
    }
    if let Some(until) = item.snoozed_until {
        facts.push(piece(Role::Dim, format!("until {}", until.strftime("%Y-%m-%d %H:%M"))));
    }
    let mut lines = joined(facts, columns);
    if !row.tags.is_empty() {
        lines.extend(joined(row.tags.iter().map(|tag| piece(Role::Key, format!("#{tag}"))).collect(), columns));
    }
    let (indicators, techniques, hunts) = row.counts;
    let counts = format!("{indicators} indicators · {techniques} techniques · {hunts} hunts");
    lines.extend(joined(vec![piece(Role::Dim, counts)], columns));
    if !briefing.kill_chain.is_empty() {
        lines.extend(strip(item, columns));
    }
    if let Some(advisory) = &item.article.advisory {
        lines.extend(advisory_lines(advisory, columns));
    }
    for (hunt, at) in item.copied.iter().take(5) {
        lines.extend(joined(vec![piece(Role::Good, format!("copied {hunt} {}", ago(now, *at)))], columns));
    }
    if !item.note.trim().is_empty() {
        lines.extend(block("Note: ", &item.note, columns));
    }
    lines
}

fn dated(item: &Item, now: Timestamp) -> String {
    let date = item.row.published.strftime("%Y-%m-%d %H:%M");
    let guessed = if item.row.date_guessed { " (first seen; the feed gives no date)" } else { "" };
    format!("{}, {date}{guessed}", ago(now, item.row.published))
}

/// The kill chain: the phases that are there by name, a dot for each that is not.
fn strip(item: &Item, columns: usize) -> Vec<Made> {
    let mut lines = vec![vec![(Safe::line("Kill chain"), Role::Dim)]];
    let mut used = width("Kill chain");
    for phase in Phase::ALL {
        let there = item.briefing.kill_chain.iter().any(|hit| hit.phase == phase);
        let (text, role) = if there { (phase.name(), Role::Technique) } else { ("·", Role::Dim) };
        if used + 1 + width(text) > columns {
            lines.push(vec![(Safe::line("  "), Role::Dim)]);
            used = 2;
        }
        used += 1 + width(text);
        let line = lines.last_mut().expect("there is a first line");
        line.push((Safe::line(" "), Role::Dim));
        line.push((Safe::line(text), role));
    }
    lines
}

fn advisory_lines(advisory: &Advisory, columns: usize) -> Vec<Made> {
    let mut facts = vec![piece(Role::Key, &advisory.id)];
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push(piece(Role::Text, format!("{label} {value}")));
        }
    };
    add("vendor", advisory.vendor.clone());
    add("product", advisory.product.clone());
    add("CVSS", advisory.cvss.map(|score| format!("{score:.1}")));
    add("due", advisory.due.map(|due| due.to_string()));
    add("known to be used by", advisory.ransomware.then(|| "ransomware".into()));
    add("the package is", advisory.malware.then(|| "malware".into()));
    add("the publisher", advisory.withdrawn.then(|| "took it back".into()));
    for package in advisory.packages.iter().take(8) {
        let vulnerable = package.vulnerable.as_deref().unwrap_or("every version");
        let patched = package.patched.as_deref().map(|patched| format!(", fixed in {patched}")).unwrap_or_default();
        facts.push(piece(Role::Text, format!("{}:{} {vulnerable}{patched}", package.ecosystem, package.name)));
    }
    let mut lines = joined(facts, columns);
    if let Some(action) = &advisory.action {
        lines.extend(block("To do: ", action, columns));
    }
    lines
}

fn piece(role: Role, text: impl AsRef<str>) -> (Safe, Role) {
    (Safe::line(text.as_ref()), role)
}

/// Sets pieces side by side, as many as fit into a line; a piece that is longer than a line is broken.
fn joined(pieces: Vec<(Safe, Role)>, columns: usize) -> Vec<Made> {
    let mut lines: Vec<Made> = Vec::new();
    let mut used = 0;
    for (text, role) in pieces {
        let wide = width(text.as_str());
        if let Some(line) = lines.last_mut().filter(|_| used > 0 && used + 3 + wide <= columns) {
            line.push((Safe::line(" · "), Role::Dim));
            line.push((text, role));
            used += 3 + wide;
            continue;
        }
        let parts: Vec<&str> = broken(text.as_str(), columns).collect();
        used = parts.last().map_or(0, |part| width(part));
        lines.extend(parts.into_iter().map(|part| vec![(Safe::line(part), role)]));
    }
    lines
}

/// Writes text of several lines behind a label.
fn block(label: &str, text: &str, columns: usize) -> Vec<Made> {
    let text = Safe::text(&format!("{label}{text}"));
    broken(text.as_str(), columns).map(|part| vec![(Safe::line(part), Role::Text)]).collect()
}
