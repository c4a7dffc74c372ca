//! What a hunt says of itself.

use crate::{
    attack,
    hunt::{Dialect, Fault, Hunt, platform},
};

/// The shortest phrase that can be specific.
const MIN_PHRASE_BYTES: usize = 4;

pub(super) fn check(hunt: &Hunt, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut say = |key: &str, message: String| faults.push(Fault::new(line(text, key), message));
    let id = &hunt.meta.id.0;
    let well_formed = id.starts_with(|c: char| c.is_ascii_uppercase())
        && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    if !well_formed {
        say("id", format!("`{id}` is no id: upper-case letters, digits and `_`"));
    }
    if hunt.meta.title.trim().is_empty() || hunt.meta.title.contains('\n') || hunt.meta.title.ends_with('.') {
        say("title", "the title is one line without a full stop".to_owned());
    }
    for platform in &hunt.meta.platforms {
        if !platform::KNOWN.contains(&platform.as_str()) {
            say("platforms", format!("`{platform}` is no platform: {}", platform::KNOWN.join(", ")));
        }
    }
    for (key, list) in [("telemetry", &hunt.meta.telemetry), ("false_positives", &hunt.meta.false_positives)] {
        if list.is_empty() || list.iter().any(|item| item.trim().is_empty()) {
            say(key, format!("`{key}` says nothing"));
        }
    }
    let techniques = [("techniques", &hunt.meta.techniques), ("triggers", &hunt.triggers.techniques)];
    for (key, id) in techniques.into_iter().flat_map(|(key, list)| list.iter().map(move |id| (key, id))) {
        if attack::Catalogue::shipped().get(*id).is_none_or(|technique| !technique.active) {
            say(key, format!("{id} is no active technique of ATT&CK Enterprise"));
        }
    }
    for (key, message) in triggers(hunt) {
        say(key, message);
    }
    if !Dialect::ALL.iter().any(|dialect| hunt.speaks(*dialect)) {
        say("id", "the hunt has no query".to_owned());
    }
    faults
}

/// Checks what makes a hunt fit; returns the key of each fault.
fn triggers(hunt: &Hunt) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    let triggered = !hunt.triggers.techniques.is_empty() || !hunt.triggers.phrases.is_empty();
    if hunt.takes().is_empty() {
        if hunt.meta.techniques.is_empty() {
            faults.push(("techniques", "a behaviour hunt names its techniques".to_owned()));
        }
        if !triggered {
            faults.push(("triggers", "nothing triggers this hunt".to_owned()));
        }
    } else if triggered {
        faults.push(("triggers", "the values of this hunt are its trigger".to_owned()));
    }
    for phrase in &hunt.triggers.phrases {
        if phrase.trim().len() < MIN_PHRASE_BYTES {
            faults.push(("phrases", format!("`{phrase}` is too short to be specific")));
        }
    }
    faults
}

/// Returns the line of a key, or of the table of that name.
pub(super) fn line(text: &str, key: &str) -> usize {
    let is_key = |line: &str| {
        let line = line.trim_start_matches('[');
        line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']']))
    };
    text.lines().position(is_key).map_or(1, |at| at + 1)
}
