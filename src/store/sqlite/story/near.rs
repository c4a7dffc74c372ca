//! The articles near to one: published within days of it, under a key of its own.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::{
    article::AdvisorySource,
    briefing::story::{ADVISORY_DAYS, Headline, Key, Shared, Side, Trace, WINDOW_DAYS, same},
    indicator::Kind,
    store::sqlite::code::{self, DAY},
};

/// How many articles are looked up under a word, and under a vulnerability or a package, which say more.
const BY_WORD: i64 = 6;
const BY_NAME: i64 = 24;
/// How many articles one is compared with.
const COMPARED: usize = 8;
/// How many articles an entry of the KEV catalogue is compared with.
const ALL: i64 = 300;

/// An article that one is compared with.
pub(super) struct StoryCandidate {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) published: Timestamp,
    pub(super) catalogue: Option<AdvisorySource>,
    pub(super) story: Option<i64>,
    names_cves: bool,
    shared: Shared,
}

/// Finds the articles to compare with, those first that share most; `every` for an entry of the KEV catalogue, whose
/// vulnerability may be in the news everywhere.
pub(super) fn find(
    connection: &Connection,
    id: i64,
    trace: &Trace,
    side: &Side<'_>,
    every: bool,
) -> rusqlite::Result<Vec<StoryCandidate>> {
    let by_name = if every { ALL } else { BY_NAME };
    let mut found = by_keys(connection, id, trace, side.published.as_second(), by_name)?;
    by_links(connection, id, trace, &mut found)?;
    by_page(connection, id, &mut found)?;
    // One word of a title says nothing; two rare ones are worth a comparison.
    found.retain(|near| near.strong > 0 || near.words > 1);
    found.sort_by_key(|near| std::cmp::Reverse((near.strong, near.words, near.id)));
    found.truncate(if every { ALL as usize } else { COMPARED });
    found
        .into_iter()
        .map(|key_match| {
            Ok(StoryCandidate { shared: key_match.shared, ..StoryCandidate::read(connection, key_match.id)? })
        })
        .collect()
}

/// An article that shares keys.
struct KeyMatch {
    id: i64,
    words: usize,
    strong: usize,
    shared: Shared,
}

fn key_match(found: &mut Vec<KeyMatch>, id: i64) -> &mut KeyMatch {
    let at = found.iter().position(|near| near.id == id).unwrap_or_else(|| {
        found.push(KeyMatch { id, words: 0, strong: 0, shared: Shared::default() });
        found.len() - 1
    });
    &mut found[at]
}

fn by_keys(
    connection: &Connection,
    id: i64,
    trace: &Trace,
    published: i64,
    by_name: i64,
) -> rusqlite::Result<Vec<KeyMatch>> {
    let mut found = Vec::new();
    // Written out, for the engine prepares a statement anew at every other value of a bound limit.
    let sql =
        |limit| format!("SELECT article FROM story_key WHERE key = ? AND published BETWEEN ? AND ? LIMIT {limit}");
    let mut of_word = connection.prepare_cached(&sql(BY_WORD))?;
    let mut of_name = connection.prepare_cached(&sql(by_name))?;
    for key in &trace.keys {
        let (days, statement) = if key.is_word() { (WINDOW_DAYS, &mut of_word) } else { (ADVISORY_DAYS, &mut of_name) };
        let days = days * DAY;
        let mut rows = statement.query([key.number(), published - days, published + days])?;
        while let Some(row) = rows.next()? {
            let article = row.get(0)?;
            if article != id {
                note(key_match(&mut found, article), *key);
            }
        }
    }
    Ok(found)
}

fn note(near: &mut KeyMatch, key: Key) {
    if key.is_word() {
        near.words += 1;
        return;
    }
    near.strong += 1;
    near.shared.cve |= key.is_cve();
    near.shared.package |= key.is_package();
    near.shared.roundup += usize::from(key.is_roundup());
}

/// Adds the articles whose pages this one links to.
fn by_links(connection: &Connection, id: i64, trace: &Trace, found: &mut Vec<KeyMatch>) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("SELECT id FROM article WHERE page = ? LIMIT 5")?;
    for link in &trace.links {
        let linked: Vec<i64> = statement.query_map([link], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        for linked in linked.into_iter().filter(|linked| *linked != id) {
            let near = key_match(found, linked);
            near.strong += 1;
            near.shared.link = true;
        }
    }
    Ok(())
}

/// Adds the articles of other feeds that lead to the same page; a home page is that of any story.
fn by_page(connection: &Connection, id: i64, found: &mut Vec<KeyMatch>) -> rusqlite::Result<()> {
    let sql = "SELECT other.id FROM article own JOIN article other ON other.page = own.page
               WHERE own.id = ?1 AND other.id <> ?1 AND abs(other.provider) <> abs(own.provider)
                   AND own.advisory IS NULL AND instr(own.page, '/') > 0 LIMIT 5";
    let mut statement = connection.prepare_cached(sql)?;
    let others: Vec<i64> = statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for other in others {
        let near = key_match(found, other);
        near.strong += 1;
        near.shared.page = true;
    }
    Ok(())
}

impl StoryCandidate {
    /// Reads what is compared of an article.
    pub(super) fn read(connection: &Connection, id: i64) -> rusqlite::Result<Self> {
        let sql = "SELECT title, source, published, advisory, kinds, story FROM article WHERE id = ?";
        connection.prepare_cached(sql)?.query_row([id], |row| {
            let kinds: i64 = row.get(4)?;
            Ok(Self {
                id,
                title: row.get(0)?,
                source: row.get(1)?,
                published: code::time(row.get(2)?),
                catalogue: row.get_ref(3)?.as_str_or_null()?.map(catalogue),
                story: row.get(5)?,
                names_cves: kinds >> code::kind_number(Kind::Cve) & 1 == 1,
                shared: Shared::default(),
            })
        })
    }

    pub(super) fn side<'a>(&'a self, headline: &'a Headline) -> Side<'a> {
        Side {
            headline,
            source: &self.source,
            published: self.published,
            catalogue: self.catalogue,
            names_cves: self.names_cves,
        }
    }

    /// Judges whether it tells of the same thing, in a story that is not full.
    pub(super) fn is_told_by(&self, connection: &Connection, other: &Side<'_>, most: i64) -> rusqlite::Result<bool> {
        let headline = Headline::of(&self.title);
        if !same(&self.side(&headline), other, self.shared) {
            return Ok(false);
        }
        let Some(story) = self.story else { return Ok(true) };
        let sql = "SELECT count(*) FROM article WHERE story = ?";
        let articles: i64 = connection.prepare_cached(sql)?.query_row([story], |row| row.get(0))?;
        Ok(articles < most)
    }

    /// Returns the vulnerabilities that are indexed for it.
    pub(super) fn cves(&self, connection: &Connection) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT value FROM indicator WHERE article = ? AND kind = ? ORDER BY value LIMIT 10";
        let values = [self.id, code::kind_number(Kind::Cve)];
        connection.prepare_cached(sql)?.query_map(values, |row| row.get(0))?.collect()
    }
}

/// Returns the catalogue that an advisory with this number is an entry of.
fn catalogue(advisory: &str) -> AdvisorySource {
    if advisory.starts_with("CVE-") { AdvisorySource::Kev } else { AdvisorySource::Ghsa }
}
