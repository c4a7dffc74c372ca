//! Dates as feeds write them, which is rarely as the specifications ask.

mod iso;
mod words;

use std::borrow::Cow;

use jiff::{
    Timestamp,
    civil::DateTime,
    tz::{Offset, TimeZone},
};

/// Reads a date of any form that feeds are known to use; a date without a zone counts as UTC.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    // No date is longer, and a megabyte in a date element is no date.
    if text.is_empty() || text.len() > 100 {
        return None;
    }
    let text = western(text);
    iso::read(&text).or_else(|| words::read(&text)).or_else(|| epoch(&text))
}

/// Writes a date of China, Japan or Korea (`2026年11月8日 10時30分`) with the signs of other dates.
fn western(text: &str) -> Cow<'_, str> {
    if !text.contains(['年', '년']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '年' | '년' | '月' | '월' => out.push('-'),
            '日' | '号' | '일' => out.push(' '),
            '時' | '时' | '点' | '點' | '시' | '分' | '분' => out.push(':'),
            '秒' | '초' => {}
            c if c.is_whitespace() && out.ends_with(['-', ':', ' ']) => {}
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end_matches([':', ' ']).len());
    Cow::Owned(out)
}

/// Reads seconds or milliseconds since 1970.
fn epoch(text: &str) -> Option<Timestamp> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        9 | 10 => Timestamp::from_second(number).ok(),
        13 => Timestamp::from_millisecond(number).ok(),
        _ => None,
    }
}

/// Puts a time of day, a date and an offset in seconds together.
fn assemble(date: (i32, i32, i32), time: Clock, offset: i32) -> Option<Timestamp> {
    Offset::from_seconds(offset).ok()?.to_timestamp(civil(date, time)?).ok()
}

/// Puts a time of day and a date in a time zone together.
fn assemble_in(date: (i32, i32, i32), time: Clock, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(civil(date, time)?).ok()
}

/// Puts a time of day and a date together, forgiving `24:00` and leap seconds.
fn civil((year, month, day): (i32, i32, i32), time: Clock) -> Option<DateTime> {
    let next_day = time.hour == 24;
    let hour = if next_day { 0 } else { time.hour };
    let date = jiff::civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()?;
    let date = if next_day { date.tomorrow().ok()? } else { date };
    let (hour, minute, second) = (hour.try_into().ok()?, time.minute.try_into().ok()?, time.second.min(59));
    DateTime::new(date.year(), date.month(), date.day(), hour, minute, second.try_into().ok()?, time.nanos).ok()
}

/// A time of day as read.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    hour: i32,
    minute: i32,
    second: i32,
    nanos: i32,
}

impl Clock {
    /// Reads `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`.
    fn read(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let mut parts = whole.split(':').map(|part| (part.len() <= 2).then(|| part.parse().ok()).flatten());
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().unwrap_or(Some(0))?;
        if parts.next().is_some() || !fraction.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let nanos = format!("{:0<9}", &fraction[..fraction.len().min(9)]).parse().ok()?;
        Some(Self { hour, minute, second, nanos })
    }
}

/// Reads `+hh:mm`, `-hhmm`, `+hh` or `-h:mm` as seconds east of Greenwich.
fn offset(text: &str) -> Option<i32> {
    let sign = match text.chars().next()? {
        '+' => 1,
        '-' | '\u{2212}' | '–' => -1,
        _ => return None,
    };
    let digits = text.trim_start_matches(['+', '-', '\u{2212}', '–']);
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() > 2 && digits.is_ascii() => digits.split_at(digits.len() - 2),
        None => (digits, "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 25 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

#[cfg(test)]
mod tests;
