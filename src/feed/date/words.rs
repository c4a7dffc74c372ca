use jiff::{Timestamp, tz::TimeZone};

use super::{Clock, assemble, assemble_in, offset};

/// Reads dates with a month in letters or with slashes and dots: RFC 822 and everything that was meant to be it, in any
/// order of its parts, with weekdays of any spelling.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let mut parts = Parts::default();
    for token in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';')) {
        if !token.is_empty() {
            parts.take(token);
        }
    }
    parts.finish()
}

#[derive(Default)]
struct Parts {
    day: Option<i32>,
    month: Option<i32>,
    year: Option<i32>,
    clock: Option<Clock>,
    offset: Option<i32>,
    zone: Option<TimeZone>,
    afternoon: Option<bool>,
}

impl Parts {
    fn take(&mut self, token: &str) {
        let first = token.chars().next().unwrap_or(' ');
        if first.is_ascii_digit() {
            self.number(token);
        } else if matches!(first, '+' | '-' | '\u{2212}') {
            if self.clock.is_some() {
                self.offset = offset(token).or(self.offset);
            }
        } else {
            self.word(token);
        }
    }

    fn number(&mut self, token: &str) {
        if token.contains(':') {
            return self.time(token);
        }
        if let Some((day, rest)) = token.split_once(['-', '/', '.']).filter(|(_, rest)| !rest.is_empty()) {
            return self.joined(token, day, rest);
        }
        let digits = token.trim_end_matches(|c: char| !c.is_ascii_digit());
        let Ok(number) = digits.parse::<i32>() else { return };
        match digits.len() {
            4 => self.year = self.year.or(Some(number)),
            1 | 2 if self.day.is_none() => self.day = Some(number),
            2 if self.year.is_none() => self.year = Some(century(number)),
            _ => {}
        }
    }

    /// Takes a time with whatever hangs on it: `00:00:00-0500`, `10:05PM`, `13:14:54Z`.
    fn time(&mut self, token: &str) {
        let end = token.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(token.len());
        let (clock, tail) = token.split_at(end);
        if let Some(clock) = Clock::read(clock.trim_end_matches('.')) {
            self.clock = Some(clock);
            if !tail.is_empty() {
                self.take(tail);
            }
        }
    }

    /// Takes `23-Jul-2025`, `23.7.2025`, `7/23/2025` (month first, as in the United States, unless that cannot be).
    fn joined(&mut self, token: &str, first: &str, rest: &str) {
        let separator = token.as_bytes()[first.len()];
        let (second, year) = rest.split_once(char::from(separator)).unwrap_or((rest, ""));
        let Ok(first) = first.parse::<i32>() else { return };
        let year_digits = year.trim_end_matches(|c: char| !c.is_ascii_digit());
        if let Some(month) = month(second) {
            (self.day, self.month) = (Some(first), Some(month));
        } else if let Ok(second) = second.parse::<i32>() {
            let month_first = separator == b'/' && first <= 12 || second > 12;
            let (month, day) = if month_first { (first, second) } else { (second, first) };
            (self.day, self.month) = (Some(day), Some(month));
        } else {
            return;
        }
        if let Ok(number) = year_digits.parse::<i32>() {
            self.year = Some(if year_digits.len() <= 2 { century(number) } else { number });
        }
    }

    fn word(&mut self, token: &str) {
        let upper = token.trim_end_matches('.').to_uppercase();
        match upper.as_str() {
            "AM" | "A.M" => self.afternoon = Some(false),
            "PM" | "P.M" => self.afternoon = Some(true),
            "AT" => {}
            name if self.clock.is_some() && self.offset.is_none() && zone(name).is_some() => self.offset = zone(name),
            name if self.clock.is_some() && self.zone.is_none() && name.contains('/') => {
                self.zone = TimeZone::get(token).ok();
            }
            // `GMT+2` and `UTC-05:00`
            name if self.clock.is_some() && (name.starts_with("GMT") || name.starts_with("UTC")) => {
                self.offset = offset(&name[3..]).or(self.offset);
            }
            _ if self.month.is_none() => self.month = month(token),
            _ => {}
        }
    }

    fn finish(self) -> Option<Timestamp> {
        let mut clock = self.clock.unwrap_or_default();
        match self.afternoon {
            Some(true) if clock.hour < 12 => clock.hour += 12,
            Some(false) if clock.hour == 12 => clock.hour = 0,
            _ => {}
        }
        let date = (self.year?, self.month?, self.day?);
        match (self.offset, &self.zone) {
            (None, Some(zone)) => assemble_in(date, clock, zone),
            (offset, _) => assemble(date, clock, offset.unwrap_or(0)),
        }
    }
}

const fn century(year: i32) -> i32 {
    if year < 70 { 2_000 + year } else { 1_900 + year }
}

/// Beginnings of month names: English, and what German, French, Spanish, Italian, Portuguese and Dutch feeds write.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen"],
    &["feb", "fév", "fev"],
    &["mar", "mär", "mrz", "maa"],
    &["apr", "avr", "abr"],
    &["may", "mai", "mag", "mei"],
    &["jun", "juin", "giu"],
    &["jul", "juil", "lug"],
    &["aug", "aoû", "aou", "ago"],
    &["sep", "set"],
    &["oct", "okt", "ott", "out"],
    &["nov"],
    &["dec", "dez", "déc", "dic"],
];

fn month(word: &str) -> Option<i32> {
    let lower = word.to_lowercase();
    let position = MONTHS.iter().position(|names| names.iter().any(|name| lower.starts_with(name)))?;
    // French weekdays and prose must not pass for months: "mardi" is no March, "mars" is.
    (!lower.starts_with("mardi") && !lower.starts_with("martes")).then_some(())?;
    i32::try_from(position + 1).ok()
}

/// Zones by name, in minutes east of Greenwich. `CST` and `BST` mean what English feeds mean by them.
const ZONES: [(&str, i32); 42] = [
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("BST", 60),
    ("IST", 330),
    ("CET", 60),
    ("CEST", 120),
    ("MEZ", 60),
    ("MESZ", 120),
    ("EET", 120),
    ("EEST", 180),
    ("MSK", 180),
    ("SAST", 120),
    ("EST", -300),
    ("EDT", -240),
    ("ET", -300),
    ("CST", -360),
    ("CDT", -300),
    ("CT", -360),
    ("MST", -420),
    ("MDT", -360),
    ("MT", -420),
    ("PST", -480),
    ("PDT", -420),
    ("PT", -480),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("BRT", -180),
    ("ART", -180),
    ("JST", 540),
    ("KST", 540),
    ("HKT", 480),
    ("SGT", 480),
    ("AWST", 480),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
];

pub(super) fn zone(name: &str) -> Option<i32> {
    ZONES.iter().find(|(zone, _)| zone.eq_ignore_ascii_case(name)).map(|(_, minutes)| minutes * 60)
}
