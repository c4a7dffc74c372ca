use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::HeaderMap;

use super::headers::text;
use crate::feed::date;

/// The longest wait that a server may ask for. A mistake there must not silence a feed for a year.
pub(super) const MAX_WAIT: Duration = Duration::from_hours(24);
/// The longest wait inside one fetch; longer ones are left to the schedule.
pub(super) const MAX_WAIT_IN_FETCH: Duration = Duration::from_secs(10);

/// Reads how long a server asks to be left alone: `Retry-After` in seconds or as a date, or GitHub's limit.
pub(super) fn after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let until = |at: Timestamp| Duration::try_from(at.duration_since(now)).unwrap_or(Duration::ZERO);
    let said = text(headers, "retry-after").and_then(|value| match value.parse::<u64>() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => date::read(&value).map(until),
    });
    let used_up = text(headers, "x-ratelimit-remaining").is_some_and(|left| left == "0");
    let reset = || text(headers, "x-ratelimit-reset")?.parse().ok().and_then(|at| Timestamp::from_second(at).ok());
    said.or_else(|| used_up.then(reset).flatten().map(until)).map(|wait| wait.min(MAX_WAIT))
}

/// Reads for how long the answer stays good (`Cache-Control: max-age`).
pub(super) fn max_age(headers: &HeaderMap) -> Option<Duration> {
    let control = text(headers, "cache-control")?.to_ascii_lowercase();
    let seconds = control.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok())?;
    (seconds > 0).then(|| Duration::from_secs(seconds).min(MAX_WAIT))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{MAX_WAIT, after, max_age};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn both_forms_of_retry_after_are_read_and_capped() {
        let now = "2026-11-24T04:00:00Z".parse().unwrap();
        let wait = |pairs: &[_]| after(&headers(pairs), now);
        assert_eq!(wait(&[("retry-after", "120")]), Some(Duration::from_mins(2)));
        let date = [("retry-after", "Tue, 24 Nov 2026 04:00:30 GMT")];
        assert_eq!(wait(&date), Some(Duration::from_secs(30)));
        assert_eq!(wait(&[("retry-after", "Tue, 24 Nov 2020 04:00:30 GMT")]), Some(Duration::ZERO));
        assert_eq!(wait(&[("retry-after", "99999999")]), Some(MAX_WAIT));
        assert_eq!(wait(&[("retry-after", "soon")]), None);
        let limit = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1795492860")];
        assert_eq!(wait(&limit), Some(Duration::from_mins(1)));
    }

    #[test]
    fn max_age_is_read_and_capped() {
        assert_eq!(max_age(&headers(&[("cache-control", "public, max-age=900")])), Some(Duration::from_mins(15)));
        assert_eq!(max_age(&headers(&[("cache-control", "max-age=31536000")])), Some(MAX_WAIT));
        assert_eq!(max_age(&headers(&[("cache-control", "no-cache, max-age=0")])), None);
    }
}
