//! The part of an article's triage that one change touches: read, changed, written back.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Change, State, code, ruling};

/// What a change touches. The journal keeps it as it was and as it became, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Aspect {
    /// Where the article stands.
    Standing { state: i64, verdict: Option<i64>, until: Option<i64> },
    /// The analyst's own tags.
    Tags(Vec<String>),
    /// The note.
    Note(String),
    /// The owner.
    Owner(String),
    /// The mark.
    Star(bool),
    /// Whether this line of the journal's copy of a hunt is written down, and which hunt.
    Copied(bool, String),
    /// The ruling on a value: whether it always is an indicator, and why; none when there is none.
    Ruled(String, Option<(bool, String)>),
}

impl Aspect {
    /// Reads what a change would touch; none when there is no such article.
    pub(super) fn read(connection: &Connection, id: i64, change: &Change) -> rusqlite::Result<Option<Self>> {
        let sql = match change {
            Change::Read | Change::Unread | Change::Review(_) | Change::Dismiss | Change::Snooze(_) => {
                "SELECT state, verdict, snoozed_until FROM article WHERE id = ?"
            }
            Change::Tag(_) | Change::Untag(_) => "SELECT own_tags FROM article WHERE id = ?",
            Change::Note(_) => "SELECT note FROM article WHERE id = ?",
            Change::Owner(_) => "SELECT owner FROM article WHERE id = ?",
            Change::Star(_) => "SELECT starred FROM article WHERE id = ?",
            Change::Copied(_) | Change::Rule { .. } => "SELECT 0 FROM article WHERE id = ?",
        };
        let read = |row: &rusqlite::Row<'_>| {
            Ok(match change {
                Change::Read | Change::Unread | Change::Review(_) | Change::Dismiss | Change::Snooze(_) => {
                    Self::Standing { state: row.get(0)?, verdict: row.get(1)?, until: row.get(2)? }
                }
                Change::Tag(_) | Change::Untag(_) => Self::Tags(code::lines(row.get_ref(0)?.as_str()?)),
                Change::Note(_) => Self::Note(row.get(0)?),
                Change::Owner(_) => Self::Owner(row.get(0)?),
                Change::Star(_) => Self::Star(row.get(0)?),
                Change::Copied(hunt) => Self::Copied(false, hunt.clone()),
                Change::Rule { value, .. } => Self::Ruled(value.clone(), ruling::read(connection, value)?),
            })
        };
        connection.prepare_cached(sql)?.query_row([id], read).optional()
    }

    /// Returns what a change makes of it.
    pub(super) fn after(&self, change: &Change) -> Self {
        let standing = |state, verdict, until| Self::Standing { state: code::state_number(state), verdict, until };
        match (change, self) {
            (Change::Read, Self::Standing { state, .. }) if *state != code::state_number(State::New) => self.clone(),
            (Change::Read, _) => standing(State::Read, None, None),
            (Change::Unread, _) => standing(State::New, None, None),
            (Change::Review(verdict), _) => standing(State::Reviewed, Some(code::verdict_number(*verdict)), None),
            (Change::Dismiss, _) => standing(State::Dismissed, None, None),
            (Change::Snooze(until), _) => standing(State::Snoozed, None, Some(until.as_second())),
            (Change::Tag(tag), Self::Tags(tags)) => Self::Tags(with(tags, &code::line(tag))),
            (Change::Untag(tag), Self::Tags(tags)) => Self::Tags(without(tags, &code::line(tag))),
            (Change::Note(note), _) => Self::Note(note.clone()),
            (Change::Owner(owner), _) => Self::Owner(code::line(owner)),
            (Change::Star(star), _) => Self::Star(*star),
            (Change::Copied(hunt), _) => Self::Copied(true, hunt.clone()),
            (Change::Rule { value, allow, reason }, _) => {
                Self::Ruled(value.clone(), allow.map(|allow| (allow, code::line(reason))))
            }
            (Change::Tag(_) | Change::Untag(_), other) => other.clone(),
        }
    }

    /// Writes it to an article, as line `number` of the journal, at a time in seconds.
    pub(super) fn write(&self, connection: &Connection, id: i64, number: i64, at: i64) -> rusqlite::Result<()> {
        let run = |sql: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(sql)?.execute(values);
        match self {
            Self::Standing { state, verdict, until } => run(
                "UPDATE article SET state = ?, verdict = ?, snoozed_until = ?, touched = ? WHERE id = ?",
                params![state, verdict, until, at, id],
            ),
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

fn with(tags: &[String], tag: &str) -> Vec<String> {
    let mut tags = tags.to_vec();
    if !tag.is_empty() && !tags.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
        tags.push(tag.to_owned());
    }
    tags
}

fn without(tags: &[String], tag: &str) -> Vec<String> {
    tags.iter().filter(|known| !known.eq_ignore_ascii_case(tag)).cloned().collect()
}
