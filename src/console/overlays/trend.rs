use jiff::tz::TimeZone;

use super::OverlayLine;
use crate::{
    briefing::Severity,
    console::{state::App, terms::quoted, theme::Role},
    text::{Safe, clip, width},
    triage::DayTally,
};

/// What is counted of today: a name and its query in the triage language.
pub const TODAY: [(&str, &str); 5] = [
    ("came in", "seen:today"),
    ("reviewed", "reviewed touched:today"),
    ("escalated", "escalated touched:today"),
    ("dismissed", "dismissed touched:today"),
    (OPEN, "unreviewed sev>=high"),
];

/// What is counted of all days.
const OPEN: &str = "of HIGH and worse";

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const SHADES: [&str; 5] = ["· ", "░░", "▒▒", "▓▓", "██"];

/// The spans of time that are looked at, in days.
pub const WINDOWS: [usize; 3] = [7, 30, 90];

/// Writes what was done today, the severities and the sources of a span of days, the calendar, and the days.
pub(super) fn lines(app: &App) -> Vec<OverlayLine> {
    let chosen = app.overlay.as_ref().map_or(1, |state| state.column).min(WINDOWS.len() - 1);
    let window = WINDOWS[chosen];
    let mut lines = today(app);
    lines.extend([OverlayLine::default(), spans(app, chosen)]);
    let days = &app.trend.days[app.trend.days.len().saturating_sub(window)..];
    let before = &app.trend.days[..app.trend.days.len() - days.len()];
    let before = &before[before.len().saturating_sub(window)..];
    for (index, severity) in Severity::ALL.into_iter().enumerate() {
        let count = |days: &[DayTally]| days.iter().map(|day| day.severities()[index]).collect::<Vec<_>>();
        let query = format!("sev:{} newer:{window}d", severity.word().to_lowercase());
        let line = bars(app, role(severity), severity.word(), &count(days), &count(before));
        lines.push(line.leading(severity.word(), query));
    }
    lines.push(OverlayLine::default());
    lines.push(OverlayLine::new([(Role::Title, " Sources".to_owned())]));
    lines.extend(sources(app, window));
    let quarter = &app.trend.days[app.trend.days.len().saturating_sub(91)..];
    if !app.plain {
        let title = format!(" Articles a day, {} weeks up to today", quarter.len() / 7);
        lines.extend([OverlayLine::default(), OverlayLine::new([(Role::Title, title)])]);
        lines.extend(calendar(quarter));
    }
    lines.push(OverlayLine::default());
    let most = days.iter().map(DayTally::total).max().unwrap_or(1);
    lines.extend(days.iter().rev().take(30).map(|day| day_line(day, most, app)));
    lines
}

/// Names the spans, the chosen one marked.
fn spans(app: &App, chosen: usize) -> OverlayLine {
    let spans = WINDOWS.iter().enumerate().map(|(index, days)| match index == chosen {
        true if app.plain => (Role::Focus, format!("[{days} days]")),
        true => (Role::Focus, format!(" {days} days ")),
        false => (Role::Dim, format!(" {days} days ")),
    });
    OverlayLine::new(spans.chain([(Role::Dim, "  oldest first; in brackets the days before".to_owned())]))
}

fn today(app: &App) -> Vec<OverlayLine> {
    let count = |name: &str| Some(format!("{} {name}", app.counts.get(name)?.total));
    let said: Vec<String> =
        TODAY.iter().filter(|(name, _)| *name != OPEN).filter_map(|(name, _)| count(name)).collect();
    let open = count(OPEN).map(|open| OverlayLine::new([(Role::Text, format!(" Open: {open}"))]));
    let today = (!said.is_empty()).then(|| OverlayLine::new([(Role::Title, format!(" Today: {}", said.join(", ")))]));
    today.into_iter().chain(open).collect()
}

/// Writes a line for every source that has articles in the span or before it, those with the most first.
fn sources(app: &App, window: usize) -> Vec<OverlayLine> {
    let split = |counts: &'_ [u64]| counts.len().saturating_sub(window);
    let mut sources: Vec<_> =
        app.trend.sources.iter().map(|(name, counts)| (name, counts.split_at(split(counts)))).collect();
    sources.sort_by_key(|(_, (_, counts))| std::cmp::Reverse(counts.iter().sum::<u64>()));
    let lines = sources
        .into_iter()
        .map(|(name, (before, counts))| (name, &before[before.len().saturating_sub(window)..], counts));
    lines
        .filter(|(_, before, counts)| before.iter().chain(*counts).any(|count| *count > 0))
        .map(|(name, before, counts)| {
            let query = format!("source:{} newer:{window}d", quoted(name));
            bars(app, Role::Text, name, counts, before).leading(name, query)
        })
        .collect()
}

fn role(severity: Severity) -> Role {
    match severity {
        Severity::Crit => Role::Crit,
        Severity::High => Role::High,
        Severity::Med => Role::Med,
        Severity::Low => Role::Low,
    }
}

/// A line of bars, one a day, with the sum and the sum of as many days before.
fn bars(app: &App, role: Role, name: &str, counts: &[u64], before: &[u64]) -> OverlayLine {
    let room = usize::from(app.size.0).saturating_sub(42).max(7);
    let shown = &counts[counts.len().saturating_sub(room)..];
    let most = shown.iter().copied().max().unwrap_or(0).max(1);
    let bar = |count: &u64| match *count {
        0 => ' ',
        count => BARS[((count * 8).div_ceil(most) as usize).clamp(1, 8) - 1],
    };
    let drawn: String = if app.plain { String::new() } else { shown.iter().map(bar).collect() };
    let (total, earlier): (u64, u64) = (counts.iter().sum(), before.iter().sum());
    let safe = Safe::line(name);
    let name = clip(safe.as_str(), 20);
    let pad = " ".repeat(20_usize.saturating_sub(width(&name)));
    OverlayLine::new([
        (role, format!(" {name}{pad} {total:>6}")),
        (Role::Dim, format!(" {:<10} ", format!("({earlier})"))),
        (role, drawn),
    ])
}

/// The weeks from left to right, Monday at the top, shaded by how much came in.
fn calendar(trend: &[DayTally]) -> Vec<OverlayLine> {
    const NAMES: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
    let most = trend.iter().map(DayTally::total).max().unwrap_or(0).max(1);
    let weekday = |day: &DayTally| TimeZone::UTC.to_datetime(day.start).weekday().to_monday_zero_offset() as usize;
    let lead = trend.first().map_or(0, weekday);
    (0..7)
        .map(|row| {
            let mut text = String::new();
            for week in 0..(lead + trend.len()).div_ceil(7) {
                let day = (week * 7 + row).checked_sub(lead).and_then(|at| trend.get(at));
                let shade = day.map_or("  ", |day| match day.total() {
                    0 => SHADES[0],
                    count => SHADES[((count * 4).div_ceil(most) as usize).clamp(1, 4)],
                });
                text.push_str(shade);
                text.push(' ');
            }
            OverlayLine::new([(Role::Dim, format!(" {}   ", NAMES[row])), (Role::Text, text)])
        })
        .collect()
}

fn day_line(day: &DayTally, most: u64, app: &App) -> OverlayLine {
    let begun = TimeZone::UTC.to_datetime(day.start);
    let date = begun.strftime("%Y-%m-%d %a").to_string();
    let (start, end) = (begun.date(), begun.date().tomorrow().unwrap_or(begun.date()));
    let total = day.total();
    let room = usize::from(app.size.0).saturating_sub(48).clamp(4, 60) as u64;
    let length = if app.plain { 0 } else { (total * room).div_ceil(most.max(1)) as usize };
    let [crit, high, med, low] = day.severities();
    OverlayLine::new([
        (Role::Dim, format!(" {date} ")),
        (Role::Text, format!("{total:>5}  ")),
        (Role::Med, "█".repeat(length)),
        (Role::Dim, format!("  {crit} CRIT, {high} HIGH, {med} MED, {low} LOW")),
    ])
    .leading(&date, format!("newer:{start} older:{end}"))
}
