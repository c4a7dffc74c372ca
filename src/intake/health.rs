use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::{
    feed::{FetchError, Fresh},
    source::Source,
    source::{FeedState, Health, Validators},
    text::masked_url,
};

/// The shortest and the longest time between two requests to one feed, whatever it asks for.
const MIN_WAIT: Duration = Duration::from_mins(5);
pub(super) const MAX_WAIT: Duration = Duration::from_hours(24);

/// The time between two requests after failures, doubled for each in a row.
const FIRST_BACK_OFF: Duration = Duration::from_mins(10);

/// Writes down a good answer.
pub(super) fn good(health: &mut Health, fresh: &Fresh, now: Timestamp, interval: Duration) {
    health.state = if fresh.feed.entries.is_empty() {
        FeedState::Empty
    } else if fresh.feed.repaired {
        FeedState::Repaired
    } else {
        FeedState::Ok
    };
    health.validators =
        Validators { etag: fresh.validators.etag.clone(), last_modified: fresh.validators.last_modified.clone() };
    let moved = fresh.moved_to.as_deref().map(moved);
    health.remark = fresh.feed.remark.clone().into_iter().chain(moved).collect::<Vec<_>>().join("; ");
    health.http_status = Some(fresh.status);
    health.patience = fresh.min_interval;
    answered(health, now, interval);
}

/// Says where a feed has gone, and what to do about it.
fn moved(to: &str) -> String {
    let to = masked_url(to);
    format!("moved for good to {to}: change its address in the configuration")
}

/// Writes down that nothing changed; `moved_to` is where the feed has moved to for good.
pub(super) fn unchanged(health: &mut Health, status: u16, moved_to: Option<&str>, now: Timestamp, interval: Duration) {
    if let Some(to) = moved_to {
        health.remark = moved(to);
    }
    // A feed that was repaired or empty still is: the server only says that it is the same.
    if matches!(health.state, FeedState::Ok | FeedState::Failing | FeedState::Waiting) {
        health.state = FeedState::Unchanged;
    }
    health.http_status = Some(status);
    answered(health, now, interval);
}

/// Writes down a failure and when to try again.
pub(super) fn failed(health: &mut Health, error: &FetchError, now: Timestamp) {
    health.state = FeedState::Failing;
    health.http_status = error.status();
    health.error = error.to_string();
    health.failing_since.get_or_insert(now);
    health.failures = health.failures.saturating_add(1);
    let back_off = FIRST_BACK_OFF * 2_u32.pow(health.failures.min(8) - 1);
    health.asked = Some(now);
    health.due = Some(later(now, back_off.max(error.retry_after().unwrap_or_default())));
}

/// How often a feed is asked.
pub(super) fn interval(feed: &Source, default: Duration) -> Duration {
    feed.interval.unwrap_or(default)
}

/// Returns when a feed is due: at once if it was never asked, and never later than the longest wait from now. A clock
/// that was wrong for a while may have written a time that lies years ahead.
pub(super) fn due(health: Option<&Health>, now: Timestamp) -> Timestamp {
    health.and_then(|health| health.due).filter(|due| *due <= later(now, MAX_WAIT)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn answered(health: &mut Health, now: Timestamp, interval: Duration) {
    health.error.clear();
    health.failing_since = None;
    health.failures = 0;
    health.asked = Some(now);
    health.good = Some(now);
    health.due = Some(later(now, interval.max(health.patience.unwrap_or_default())));
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    let by = by.clamp(MIN_WAIT, MAX_WAIT);
    now.saturating_add(SignedDuration::try_from(by).expect("a day fits")).expect("a signed duration can be added")
}
