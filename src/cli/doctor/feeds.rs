//! Every feed that does not fare well, and what to do about it.

use std::{collections::BTreeMap, env};

use jiff::{SignedDuration, Timestamp};

use super::Finding::{self, Bad, Good, Note};
use crate::{
    cli::{desk::Desk, output::age},
    source::Source,
    source::{FeedState, Health},
};

/// How long a feed may be overdue before that is told.
const OVERDUE: SignedDuration = SignedDuration::from_hours(24);

/// Returns a finding for each feed that fails, and one for the others.
pub(super) fn all(desk: &Desk, known: &[Health], now: Timestamp) -> Vec<Finding> {
    let enabled: Vec<&Source> = desk.settings.feeds.iter().filter(|feed| feed.enabled).collect();
    let health = |feed: &Source| known.iter().find(|health| health.name == feed.name);
    let mut findings = Vec::new();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    let mut overdue = 0;
    for feed in &enabled {
        let state = health(feed).map_or(FeedState::Waiting, |health| health.state);
        *states.entry(state.name()).or_default() += 1;
        let Some(health) = health(feed) else { continue };
        overdue += usize::from(health.due.is_some_and(|due| now.duration_since(due) > OVERDUE));
        if state == FeedState::Failing {
            findings.push(Bad(failing(health, now)));
        } else if health.remark.starts_with("moved for good") {
            findings.push(Note(format!("{} has {}", health.name, health.remark)));
        }
    }
    let counts: Vec<String> = states.iter().map(|(state, count)| format!("{count} {state}")).collect();
    let text = format!("{} enabled: {}", enabled.len(), counts.join(", "));
    findings.push(match overdue {
        0 if known.is_empty() => Note("none has been asked yet: `huntdeck fetch` asks them".to_owned()),
        0 => Good(text),
        overdue => {
            Note(format!("{text}; {overdue} should have been asked a day ago: is anything running that fetches?"))
        }
    });
    findings
}

fn failing(health: &Health, now: Timestamp) -> String {
    let since = health.failing_since.map(|since| format!(" for {}", age(now, since))).unwrap_or_default();
    let due = health.due.filter(|due| *due > now).map(|due| format!("; next asked in {}", age(due, now)));
    let (name, times, error) = (&health.name, health.failures, &health.error);
    format!("{name} fails{since}, {times} times in a row: {error}{}", due.unwrap_or_default())
}

/// Says which variables of the environment are missing that feeds need.
pub(super) fn secrets(desk: &Desk) -> Option<Finding> {
    let is_unset = |name: &str| env::var(name).map_or(true, |value| value.is_empty());
    let (mut needed, mut wanted) = (Vec::new(), Vec::new());
    for feed in desk.settings.feeds.iter().filter(|feed| feed.enabled) {
        let variables = feed
            .headers
            .values()
            .flat_map(|value| value.split("${").skip(1))
            .filter_map(|rest| rest.split_once('}').map(|(name, _)| name).filter(|name| is_unset(name)));
        needed.extend(variables.map(|name| format!("{name} ({})", feed.name)));
        wanted
            .extend(feed.token_env.iter().filter(|name| is_unset(name)).map(|name| format!("{name} ({})", feed.name)));
    }
    if !needed.is_empty() {
        return Some(Bad(format!("not set in the environment: {}; set them and start again", needed.join(", "))));
    }
    let text = || format!("not set: {}; without a token a server answers less often", wanted.join(", "));
    (!wanted.is_empty()).then(|| Note(text()))
}
