//! The part of an article's triage that one change touches, as the journal keeps it to undo and redo the change.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde::{Deserialize, Serialize};

use super::{code, ruling};
use crate::{
    text::one_line,
    triage::{Change, Standing, apply},
};

/// The columns that a standing is read from.
pub(super) const COLUMNS: &str = "a.state, a.verdict, a.snoozed_until, a.starred, a.owner, a.own_tags, a.note";

/// Reads what an analyst decided about an article.
pub(super) fn standing(row: &SqlRow<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        state: code::state(row.get("state")?),
        verdict: code::verdict(row.get("verdict")?),
        snoozed_until: row.get::<_, Option<i64>>("snoozed_until")?.map(code::time),
        starred: row.get("starred")?,
        owner: row.get("owner")?,
        own_tags: code::lines(row.get_ref("own_tags")?.as_str()?),
        note: row.get("note")?,
    })
}

/// What a change touches, as it was or as it became. Written to disk as JSON: append, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum TriageField {
    /// State, verdict and the time at which a snoozed article comes back, in seconds.
    Standing { state: i64, verdict: Option<i64>, until: Option<i64> },
    /// The analyst's own tags.
    Tags(Vec<String>),
    /// The note.
    Note(String),
    /// The owner.
    Owner(String),
    /// The star.
    Star(bool),
    /// Whether this line of the journal's copy of a hunt is written down, and which hunt.
    Copied(bool, String),
    /// The ruling on a value: whether it always is an indicator, and why; `None` if there is none.
    Ruled(String, Option<(bool, String)>),
}

/// Returns what a change touches of an article, as it is and as it becomes; `None` if the article does not exist or
/// nothing would change.
pub(super) fn touched(
    connection: &Connection,
    id: i64,
    change: &Change,
) -> rusqlite::Result<Option<(TriageField, TriageField)>> {
    let sql = format!("SELECT {COLUMNS} FROM article a WHERE a.id = ?");
    let held = connection.prepare_cached(&sql)?.query_row([id], standing).optional()?;
    let Some(mut held) = held else { return Ok(None) };
    match change {
        Change::Copied(hunt) => {
            Ok(Some((TriageField::Copied(false, hunt.clone()), TriageField::Copied(true, hunt.clone()))))
        }
        Change::Rule { value, allow, reason } => {
            let was = TriageField::Ruled(value.clone(), ruling::read(connection, value)?);
            let became = TriageField::Ruled(value.clone(), allow.map(|allow| (allow, one_line(reason))));
            Ok((was != became).then_some((was, became)))
        }
        change => {
            let was = TriageField::of(&held, change);
            Ok(apply(&mut held, change).then(|| (was, TriageField::of(&held, change))))
        }
    }
}

impl TriageField {
    /// Returns the field of a standing that a change touches.
    fn of(standing: &Standing, change: &Change) -> Self {
        match change {
            Change::Tag(_) | Change::Untag(_) => Self::Tags(standing.own_tags.clone()),
            Change::Note(_) => Self::Note(standing.note.clone()),
            Change::Owner(_) => Self::Owner(standing.owner.clone()),
            Change::Star(_) => Self::Star(standing.starred),
            _ => Self::Standing {
                state: code::state_number(standing.state),
                verdict: standing.verdict.map(code::verdict_number),
                until: standing.snoozed_until.map(jiff::Timestamp::as_second),
            },
        }
    }

    /// Writes it to an article, as line `number` of the journal, at a time in seconds.
    pub(super) fn write(&self, connection: &Connection, id: i64, number: i64, at: i64) -> rusqlite::Result<()> {
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(values);
        match self {
            Self::Standing { state, verdict, until } => {
                if !code::state(*state).is_open() {
                    let sql =
                        "UPDATE article SET reopened = NULL, reopened_why = '' WHERE id = ? AND reopened NOT NULL";
                    run(sql, params![id])?;
                }
                run(
                    "UPDATE article SET state = ?, verdict = ?, snoozed_until = ?, touched = ? WHERE id = ?",
                    params![state, verdict, until, at, id],
                )
            }
            Self::Tags(tags) => {
                run("DELETE FROM tag WHERE article = ? AND own = 1", params![id])?;
                for tag in tags {
                    run("INSERT OR IGNORE INTO tag (tag, article, own) VALUES (?, ?, 1)", params![tag, id])?;
                }
                run("UPDATE article SET own_tags = ?, touched = ? WHERE id = ?", params![tags.join("\n"), at, id])
            }
            Self::Note(note) => run("UPDATE article SET note = ?, touched = ? WHERE id = ?", params![note, at, id]),
            Self::Owner(owner) => run("UPDATE article SET owner = ?, touched = ? WHERE id = ?", params![owner, at, id]),
            Self::Star(star) => run("UPDATE article SET starred = ?, touched = ? WHERE id = ?", params![star, at, id]),
            Self::Copied(true, hunt) => run(
                "INSERT OR REPLACE INTO copied (article, at, hunt, number) VALUES (?, ?, ?, ?)",
                params![id, at, hunt, number],
            ),
            Self::Ruled(value, ruled) => ruling::write(connection, value, ruled.as_ref()),
            Self::Copied(false, _) => run("DELETE FROM copied WHERE article = ? AND number = ?", params![id, number]),
        }?;
        Ok(())
    }
}
