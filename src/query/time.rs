//! Points in time as people write them in a query.

use jiff::{Timestamp, civil, tz::TimeZone};

/// Reads `7d`, `36h`, `2w`, `2026-11-01` or `2026-11-01T08:30` as a moment in UTC.
///
/// A span of time counts back from `now`; a day begins at midnight UTC.
pub(super) fn read(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Some(seconds) = span(text) {
        let earliest = Timestamp::MIN.as_second();
        return Timestamp::from_second(now.as_second().saturating_sub(seconds).max(earliest)).ok();
    }
    if text.eq_ignore_ascii_case("today") {
        return midnight(now.to_zoned_datetime(TimeZone::UTC).date());
    }
    if text.eq_ignore_ascii_case("yesterday") {
        return midnight(now.to_zoned_datetime(TimeZone::UTC).date().yesterday().ok()?);
    }
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    if text.contains('T') {
        let time = text.parse::<civil::DateTime>().ok()?;
        return Some(time.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp());
    }
    midnight(text.parse::<civil::Date>().ok()?)
}

fn midnight(date: civil::Date) -> Option<Timestamp> {
    Some(date.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
}

/// Reads a span of time in seconds.
fn span(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "m" | "min" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        "y" => 365 * 86_400,
        _ => return None,
    };
    digits.parse::<i64>().ok()?.checked_mul(unit)
}
