use jiff::{SignedDuration, Timestamp};

use super::NOW;
use crate::{
    briefing::Severity,
    console::state::{Card, Rendering, Trend},
    hunt::{Confidence, Dialect, HuntId, Parameters, Proposal, Query},
    source::{FeedState, Health},
    triage::{DayTally, Item},
};

/// Renders hunts as a test wants them.
pub(in crate::console) fn cards(item: &Item, parameters: &Parameters) -> Vec<Card> {
    let days = parameters.window_days;
    let query = |dialect: Dialect, id: &HuntId| match dialect {
        Dialect::Spl => Ok(Query {
            text: format!(
                "| tstats `summariesonly` count min(_time) as first from datamodel=Endpoint.Processes where Processes.process=\"*-enc*\" by Processes.dest\n| rename Processes.* as *\n``` {id} ```"
            ),
            notes: Vec::new(),
        }),
        Dialect::Kql => Ok(Query {
            text: format!(
                "DeviceProcessEvents\n| where Timestamp > ago({days}d)\n| where ProcessCommandLine has_any (\"-enc\")\n| project Timestamp, DeviceName, AccountName"
            ),
            notes: vec!["10 of 24 values, cut at the cap".into()],
        }),
        Dialect::Sigma => Err(format!("{id} has no Sigma query")),
    };
    let card = |proposal: &Proposal| Card {
        id: proposal.id.clone(),
        title: if proposal.values.is_empty() {
            "Encoded PowerShell command".into()
        } else {
            "Domains in web and DNS logs".into()
        },
        confidence: if proposal.values.is_empty() { Confidence::Medium } else { Confidence::High },
        phase: "exploit",
        telemetry: vec!["process creation".into()],
        false_positives: vec!["software deployment".into()],
        values: proposal.values.clone(),
        because: proposal.because.clone(),
        renderings: Dialect::ALL.map(|dialect| Rendering { dialect, query: query(dialect, &proposal.id) }).to_vec(),
    };
    item.briefing.hunts.iter().map(card).collect()
}

/// Makes ninety days of figures.
pub(super) fn trend(now: Timestamp) -> Trend {
    let day = |ago: u64| {
        let start = now - SignedDuration::from_hours(24 * ago as i64);
        let mut day = DayTally::new(start);
        for (severity, count) in Severity::ALL.into_iter().zip([ago % 3, ago % 5, ago % 7, ago % 11]) {
            (0..count).for_each(|_| day.add(severity));
        }
        day
    };
    let counts = |by: u64| (0..180).rev().map(|ago: u64| ago % by).collect();
    let sources = vec![("The Example News".into(), counts(7)), ("Field Notes".into(), counts(3))];
    Trend { days: (0..180).rev().map(day).collect(), sources }
}

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
