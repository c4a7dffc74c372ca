use jiff::{Timestamp, tz::TimeZone};

use super::{Clock, assemble, assemble_in, offset};

/// Reads dates that begin with a year: RFC 3339, W3CDTF and their relatives (`2025-07`, `20250723`, `2025-204`,
/// `2025/7/23 14:05`, `2025-07-23T14:05:06.1+0200`).
pub(super) fn read(text: &str) -> Option<Timestamp> {
    // The form that most feeds of this kind use; jiff reads it fastest.
    if text.as_bytes().get(10) == Some(&b'T')
        && let Ok(exact) = text.parse()
    {
        return Some(exact);
    }
    let split = text.find(['T', 't', ' ', '_']).unwrap_or(text.len());
    let (date, rest) = text.split_at(split);
    let date = date_of(date)?;
    let rest = rest.trim_start_matches(['T', 't', ' ', '_']).trim();
    if rest.is_empty() {
        return assemble(date, Clock::default(), 0);
    }
    let zone = rest.find(['Z', 'z', '+', '-', ' ', '\u{2212}']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(zone);
    let name = zone.trim().trim_matches(['[', ']', '(', ')']);
    if name.contains('/')
        && !name.starts_with(['+', '-'])
        && let Ok(zone) = TimeZone::get(name)
    {
        return assemble_in(date, clock_of(clock)?, &zone);
    }
    // An offset that stands beside the name of its zone is enough.
    let offset = zone.split('[').next().unwrap_or_default();
    assemble(date, clock_of(clock)?, zone_of(offset)?)
}

fn date_of(text: &str) -> Option<(i32, i32, i32)> {
    if !text.is_ascii() || text.len() < 4 {
        return None;
    }
    let (year, rest) = text.split_at(4);
    let year: i32 = year.parse().ok().filter(|_| year.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = rest.trim_start_matches(['-', '/', '.']);
    let digits = rest.bytes().all(|b| b.is_ascii_digit());
    match rest.len() {
        0 => Some((year, 1, 1)),
        4 if digits && !text.contains('-') => Some((year, rest[..2].parse().ok()?, rest[2..].parse().ok()?)),
        3 if digits => day_of_year(year, rest.parse().ok()?),
        1 | 2 if digits && text.len() > 5 => Some((year, rest.parse().ok()?, 1)),
        _ => {
            let (month, day) = rest.split_once(['-', '/', '.'])?;
            (month.len() <= 2 && day.len() <= 2).then_some(())?;
            Some((year, month.parse().ok()?, day.parse().ok()?))
        }
    }
}

fn day_of_year(year: i32, day: i16) -> Option<(i32, i32, i32)> {
    let first = jiff::civil::Date::new(year.try_into().ok()?, 1, 1).ok()?;
    let date = first.with().day_of_year(day).build().ok()?;
    Some((year, i32::from(date.month()), i32::from(date.day())))
}

fn clock_of(text: &str) -> Option<Clock> {
    let digits = text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if digits {
        let second = if text.len() >= 6 { text[4..6].parse().ok()? } else { 0 };
        return Some(Clock { hour: text[..2].parse().ok()?, minute: text[2..4].parse().ok()?, second, nanos: 0 });
    }
    if text.len() == 2 {
        return Some(Clock { hour: text.parse().ok()?, ..Clock::default() });
    }
    Clock::read(text)
}

fn zone_of(text: &str) -> Option<i32> {
    match text.trim() {
        "" | "Z" | "z" => Some(0),
        // The invalid `Z+0200` means its offset.
        zone => offset(zone.trim_start_matches(['Z', 'z'])).or_else(|| super::words::zone(zone)),
    }
}
