//! An article that was judged comes back if what it means has changed: it is worse, exploited, or has new indicators.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::{
    briefing::{Briefing, Severity},
    indicator::{Kind, Tier},
    store::sqlite::code,
    text::counted,
    triage::{Standing, State},
};

/// The tag of an article that tells of exploitation.
const EXPLOITED: &str = "exploited";

/// How many indicators are compared: a hostile text has thousands.
const MAX_INDICATORS: usize = 2_000;

/// What of a briefing makes an analyst look again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::store::sqlite) struct Gist {
    severity: Severity,
    is_exploited: bool,
    indicators: HashSet<(Kind, String)>,
}

impl Gist {
    pub(in crate::store::sqlite) fn of(briefing: &Briefing) -> Self {
        let first_tier = briefing.indicators.iter().filter(|indicator| indicator.tier == Tier::Indicator);
        Self {
            severity: briefing.severity,
            is_exploited: briefing.tags.iter().any(|tag| tag == EXPLOITED),
            indicators: first_tier.take(MAX_INDICATORS).map(|found| (found.kind, found.value.clone())).collect(),
        }
    }

    /// Says what is worse than before; `None` if nothing is.
    fn worse_than(&self, before: &Self) -> Option<String> {
        let mut said = Vec::new();
        if self.severity > before.severity {
            said.push(format!("{} → {}", before.severity.word(), self.severity.word()));
        }
        if self.is_exploited && !before.is_exploited {
            said.push("exploited".into());
        }
        let new = self.indicators.difference(&before.indicators).count();
        if new > 0 {
            said.push(format!("{} more", counted(new, "indicator")));
        }
        (!said.is_empty()).then(|| said.join(", "))
    }
}

/// Makes an article new again if it was reviewed or dismissed and what it means has changed, and writes down why.
pub(in crate::store::sqlite) fn if_judged(
    connection: &Connection,
    id: i64,
    before: &Gist,
    after: &Gist,
    now: i64,
) -> rusqlite::Result<()> {
    let Some(worse) = after.worse_than(before) else { return Ok(()) };
    let sql = "SELECT state, verdict FROM article WHERE id = ?";
    let read = |row: &rusqlite::Row<'_>| Ok((code::state(row.get(0)?), code::verdict(row.get(1)?)));
    let judged = connection.prepare_cached(sql)?.query_row([id], read).optional()?;
    let Some((state @ (State::Reviewed | State::Dismissed), verdict)) = judged else { return Ok(()) };
    let was = Standing { state, verdict, ..Standing::default() };
    let why = format!("was {}; {worse}", was.words());
    let sql = "UPDATE article SET state = ?, verdict = NULL, reopened = ?, reopened_why = ? WHERE id = ?";
    connection.prepare_cached(sql)?.execute(params![code::state_number(State::New), now, why, id]).map(drop)
}

#[cfg(test)]
mod tests {
    use super::{EXPLOITED, Gist};
    use crate::briefing::{Briefing, Severity};

    #[test]
    fn only_what_is_worse_is_told() {
        let gist = |severity, tags: &[&str]| {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            Gist::of(&Briefing { severity, tags, ..Briefing::default() })
        };
        let (med, crit) = (gist(Severity::Med, &["research"]), gist(Severity::Crit, &[EXPLOITED]));
        assert_eq!(crit.worse_than(&med).as_deref(), Some("MED → CRIT, exploited"));
        assert_eq!(med.worse_than(&crit), None);
        assert_eq!(crit.worse_than(&crit), None);
    }
}
