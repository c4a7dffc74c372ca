use jiff::SignedDuration;

use super::NOW;
use crate::source::{FeedState, Health};

/// Makes a feed that fares well and one that fails.
pub(super) fn feeds() -> Vec<Health> {
    let good = Some(NOW - SignedDuration::from_mins(12));
    let ok = Health {
        name: "Field Notes".into(),
        state: FeedState::Ok,
        http_status: Some(200),
        good,
        articles: 12,
        ..Health::default()
    };
    let failing = Health {
        name: "Example Research".into(),
        state: FeedState::Failing,
        http_status: Some(503),
        error: "the server answers 503 Service Unavailable".into(),
        failures: 3,
        failing_since: Some(NOW - SignedDuration::from_hours(5)),
        ..Health::default()
    };
    vec![ok, failing]
}
