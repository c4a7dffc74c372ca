use std::fmt::Write;

use super::{Briefing, Signal, TECHNIQUES, USE_CASES};
use crate::text::markdown;

/// Says in words why a briefing has its severity; signals beyond the two counts are summed up in a second sentence.
pub(in crate::briefing) fn reason(briefing: &Briefing) -> String {
    let counted = |name: &str| {
        let signal = briefing.signals.iter().find(|signal| signal.name == name);
        format!("{} {name}", signal.map_or("0", |signal| signal.evidence.phrase.as_str()))
    };
    let mut said = format!(
        "Severity classified as **{}** based on: {}, {}. Read the full article for actor attribution, tooling details, \
         and any defanged IOCs in the body that aren't visible in the RSS summary.",
        briefing.severity.word(),
        counted(USE_CASES),
        counted(TECHNIQUES),
    );
    if briefing.signals.iter().any(|signal| !is_named(signal)) {
        said.push(' ');
        said.push_str(&sum(briefing));
    }
    said
}

/// Returns `true` if the first sentence names a signal.
fn is_named(signal: &Signal) -> bool {
    signal.name == USE_CASES || signal.name == TECHNIQUES
}

fn sum(briefing: &Briefing) -> String {
    let mut said = format!("Score {} =", briefing.score);
    for (number, signal) in briefing.signals.iter().enumerate() {
        let sign = match (signal.points < 0, number) {
            (true, _) => " −",
            (false, 0) => "",
            (false, _) => " +",
        };
        let name = match signal.name.as_str() {
            USE_CASES => "use cases",
            TECHNIQUES => "techniques",
            name => name,
        };
        let phrase = if is_named(signal) { String::new() } else { quoted(&signal.evidence.phrase) };
        write!(said, "{sign} {} {}{phrase}", markdown::line(name), signal.points.unsigned_abs())
            .expect("a string takes all that is written to it");
    }
    said.push('.');
    said
}

fn quoted(phrase: &str) -> String {
    if phrase.is_empty() { String::new() } else { format!(" (“{}”)", markdown::line(phrase)) }
}
