use jiff::tz::TimeZone;

use super::SheetLine;
use crate::{
    briefing::Severity,
    console::{library::Day, state::App, theme::Role},
};

/// What is counted of today: a name and its query in the triage language.
pub const TODAY: [(&str, &str); 5] = [
    ("came in today", "seen:today"),
    ("reviewed today", "reviewed touched:today"),
    ("escalated today", "escalated touched:today"),
    ("dismissed today", "dismissed touched:today"),
    ("open, HIGH and worse", "unreviewed sev>=high"),
];

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [&str; 5] = ["· ", "░░", "▒▒", "▓▓", "██"];

/// Writes what was done today, a line of bars per severity, the calendar, and the days.
pub(super) fn lines(app: &App) -> Vec<SheetLine> {
    let mut lines = vec![today(app), SheetLine::default()];
    let room = usize::from(app.size.0).saturating_sub(16).clamp(7, 91);
    let days = &app.trend[app.trend.len().saturating_sub(room)..];
    for (index, severity) in Severity::ALL.into_iter().enumerate() {
        lines.push(bars(app, severity, index, days));
    }
    lines.push(SheetLine::new([(Role::Dim, format!(" the last {} days of this list, oldest first", days.len()))]));
    if !app.plain {
        lines.push(SheetLine::default());
        lines.extend(calendar(&app.trend));
    }
    lines.push(SheetLine::default());
    let most = app.trend.iter().map(|day| day.tally.total()).max().unwrap_or(1);
    lines.extend(app.trend.iter().rev().take(30).map(|day| day_line(day, most, app)));
    lines
}

fn today(app: &App) -> SheetLine {
    let said = TODAY.iter().filter_map(|(name, _)| Some(format!("{} {name}", app.counts.get(*name)?.total())));
    SheetLine::new([(Role::Title, format!(" {}", said.collect::<Vec<_>>().join(" · ")))])
}

fn role(severity: Severity) -> Role {
    match severity {
        Severity::Crit => Role::Crit,
        Severity::High => Role::High,
        Severity::Med => Role::Med,
        Severity::Low => Role::Low,
    }
}

fn bars(app: &App, severity: Severity, index: usize, days: &[Day]) -> SheetLine {
    let count = |day: &Day| day.tally.severities[index];
    let most = days.iter().map(count).max().unwrap_or(0).max(1);
    let bar = |day: &Day| match count(day) {
        0 => ' ',
        count => BARS[((count * 8).div_ceil(most) as usize).clamp(1, 8) - 1],
    };
    let drawn: String = if app.plain { String::new() } else { days.iter().map(bar).collect() };
    let total: u64 = days.iter().map(count).sum();
    SheetLine::new([(role(severity), format!(" {:<4} {total:>6}  ", severity.word())), (role(severity), drawn)])
}

/// The weeks from left to right, Monday at the top, shaded by how much came in.
fn calendar(trend: &[Day]) -> Vec<SheetLine> {
    const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let most = trend.iter().map(|day| day.tally.total()).max().unwrap_or(0).max(1);
    let weekday = |day: &Day| TimeZone::UTC.to_datetime(day.start).weekday().to_monday_zero_offset() as usize;
    let lead = trend.first().map_or(0, weekday);
    (0..7)
        .map(|row| {
            let mut text = String::new();
            for week in 0..(lead + trend.len()).div_ceil(7) {
                let day = (week * 7 + row).checked_sub(lead).and_then(|at| trend.get(at));
                let shade = day.map_or("  ", |day| match day.tally.total() {
                    0 => SHADES[0],
                    count => SHADES[((count * 4).div_ceil(most) as usize).clamp(1, 4)],
                });
                text.push_str(shade);
                text.push(' ');
            }
            SheetLine::new([(Role::Dim, format!(" {}   ", NAMES[row])), (Role::Text, text)])
        })
        .collect()
}

fn day_line(day: &Day, most: u64, app: &App) -> SheetLine {
    let date = TimeZone::UTC.to_datetime(day.start).strftime("%Y-%m-%d %a").to_string();
    let total = day.tally.total();
    let room = usize::from(app.size.0).saturating_sub(48).clamp(4, 60) as u64;
    let length = if app.plain { 0 } else { (total * room).div_ceil(most.max(1)) as usize };
    let [crit, high, med, low] = day.tally.severities;
    SheetLine::new([
        (Role::Dim, format!(" {date} ")),
        (Role::Text, format!("{total:>5}  ")),
        (Role::Med, "█".repeat(length)),
        (Role::Dim, format!("  {crit} CRIT, {high} HIGH, {med} MED, {low} LOW")),
    ])
}
