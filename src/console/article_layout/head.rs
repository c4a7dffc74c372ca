use jiff::Timestamp;

use super::{LayoutOptions, StyledText, broken};
use crate::{
    article::Advisory,
    attack::Phase,
    briefing::Severity,
    console::theme::Role,
    text::{Safe, counted, width},
    triage::{Counts, Item},
};

/// Returns the sign of a severity, so that colour is never all that tells it.
pub const fn glyph(severity: Severity) -> &'static str {
    match severity {
        Severity::Crit => "◆",
        Severity::High => "▲",
        Severity::Med => "●",
        Severity::Low => "○",
    }
}

/// Writes how long ago a time was, in at most three columns.
pub fn age(now: Timestamp, then: Timestamp) -> String {
    let seconds = now.as_second() - then.as_second();
    match seconds {
        ..60 => "now".into(),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        86_400..1_209_600 => format!("{}d", seconds / 86_400),
        1_209_600..31_536_000 => format!("{}w", seconds / 604_800),
        _ => format!("{}y", (seconds / 31_536_000).min(99)),
    }
}

/// Writes how long ago a time was, in words.
pub fn ago(now: Timestamp, then: Timestamp) -> String {
    match age(now, then).as_str() {
        "now" if then.as_second() > now.as_second() + 300 => "in the future".into(),
        "now" => "just now".into(),
        age => format!("{age} ago"),
    }
}

/// Says how many other sources tell of the same.
pub fn others(count: u32) -> String {
    format!("+{}", counted(count, "source"))
}

/// Writes the lines that stand between the title and the body.
pub(super) fn lines(item: &Item, options: &LayoutOptions) -> Vec<StyledText> {
    let row = &item.row;
    let mut lines = options.joined(facts(item, options));
    if let Some(reopened) = &row.reopened {
        lines.extend(block("Changed since it was judged: ", &reopened.why, options));
    }
    let tags: Vec<_> = row.all_tags().map(|tag| piece(Role::Key, format!("#{tag}"))).collect();
    if !tags.is_empty() {
        lines.extend(options.joined(tags));
    }
    let Counts { indicators, techniques, hunts } = row.counts;
    let counts = [(indicators, "indicator"), (techniques, "technique"), (hunts, "hunt")];
    lines.extend(options.joined(counts.map(|(count, word)| piece(Role::Dim, counted(count, word).to_string())).into()));
    if !item.briefing.kill_chain.is_empty() {
        lines.extend(strip(item, options));
    }
    if let Some(advisory) = &item.article.advisory {
        lines.extend(advisory_lines(advisory, options));
    }
    for (hunt, at) in item.copied.iter().take(5) {
        lines.extend(options.joined(vec![piece(Role::Good, format!("copied {hunt} {}", ago(options.now, *at)))]));
    }
    if !item.row.standing.note.trim().is_empty() {
        lines.extend(block("Note: ", &item.row.standing.note, options));
    }
    lines
}

/// Says how urgent the article is, whose it is, and where it stands in triage.
fn facts(item: &Item, options: &LayoutOptions) -> Vec<(Safe, Role)> {
    let row = &item.row;
    let mut facts = vec![
        piece(role_of(row.severity), options.severity(row.severity)),
        piece(Role::Dim, format!("score {}", row.score)),
        piece(Role::Text, &row.source),
        piece(Role::Dim, dated(item, options.now)),
        piece(Role::Text, row.standing.words()),
    ];
    if let Some(changed) = row.changed {
        facts.push(piece(Role::Warning, format!("changed {}", ago(options.now, changed))));
    }
    if row.others > 0 {
        facts.push(piece(Role::Key, others(row.others)));
    }
    if row.standing.starred {
        facts.push(piece(Role::Star, "starred"));
    }
    if row.demo {
        facts.push(piece(Role::Demo, "demo, invented"));
    }
    if !item.row.standing.owner.is_empty() {
        facts.push(piece(Role::Text, format!("owner {}", item.row.standing.owner)));
    }
    if let Some(until) = item.row.standing.snoozed_until {
        facts.push(piece(Role::Dim, format!("until {}", until.strftime("%Y-%m-%d %H:%M"))));
    }
    facts
}

/// Returns the role of a severity.
pub(super) const fn role_of(severity: Severity) -> Role {
    match severity {
        Severity::Crit => Role::Crit,
        Severity::High => Role::High,
        Severity::Med => Role::Med,
        Severity::Low => Role::Low,
    }
}

fn dated(item: &Item, now: Timestamp) -> String {
    let date = item.row.published.strftime("%Y-%m-%d %H:%M");
    let guessed = if item.row.date_guessed { " (first seen; the feed gives no date)" } else { "" };
    format!("{}, {date}{guessed}", ago(now, item.row.published))
}

/// The kill chain: the phases that are there by name, a dot for each that is not; in plain mode the names alone.
fn strip(item: &Item, options: &LayoutOptions) -> Vec<StyledText> {
    let there = |phase: Phase| item.briefing.kill_chain.iter().any(|hit| hit.phase == phase);
    if options.plain {
        let names: Vec<&str> = Phase::ALL.into_iter().filter(|phase| there(*phase)).map(Phase::name).collect();
        return options.joined(vec![piece(Role::Technique, format!("Kill chain: {}", names.join(", ")))]);
    }
    let mut lines = vec![vec![(Safe::line("Kill chain"), Role::Dim)]];
    let mut used = width("Kill chain");
    for phase in Phase::ALL {
        let (text, role) = if there(phase) { (phase.name(), Role::Technique) } else { ("·", Role::Dim) };
        if used + 1 + width(text) > options.columns() {
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

fn advisory_lines(advisory: &Advisory, options: &LayoutOptions) -> Vec<StyledText> {
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
    let mut lines = options.joined(facts);
    if let Some(action) = &advisory.action {
        lines.extend(block("To do: ", action, options));
    }
    lines
}

pub(super) fn piece(role: Role, text: impl AsRef<str>) -> (Safe, Role) {
    (Safe::line(text.as_ref()), role)
}

/// Writes text of several lines behind a label.
fn block(label: &str, text: &str, options: &LayoutOptions) -> Vec<StyledText> {
    let text = Safe::text(&format!("{label}{text}"));
    broken(text.as_str(), options.columns()).map(|part| vec![(Safe::line(part), Role::Text)]).collect()
}
