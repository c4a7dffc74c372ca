//! The verbs of the command line that work on articles, with the same words: `list`, `show`, `mark`.

use jiff::{SignedDuration, Timestamp};

use crate::{
    console::{
        message::Effect,
        state::{App, Narrow, View},
        update::{marks, refuse, views},
    },
    query::parse,
    triage::{Change, Filter, Verdict},
};

/// The words that `mark` takes, as on the command line; those that want a value end with a space.
pub(super) const FLAGS: [(&str, &str); 15] = [
    ("--reviewed ", "relevant, not-relevant or escalated: judged"),
    ("--dismissed", "put away unjudged"),
    ("--snooze ", "HOURS: put away for so long"),
    ("--read", "opened, not judged"),
    ("--unread", "new again"),
    ("--star", "marked with a star"),
    ("--unstar", "without a star"),
    ("--tag ", "TAG: with this tag"),
    ("--untag ", "TAG: without this tag"),
    ("--note ", "TEXT: with this note; an empty one removes it"),
    ("--owner ", "NAME: taken by this person; an empty name gives it back"),
    ("--query ", "QUERY: every article that it finds, instead of the selected ones"),
    ("--undo", "take the last change back"),
    ("--redo", "do the change again that was taken back last"),
    ("--all", "every state, reviewed and dismissed ones too"),
];

/// Lists what a query finds; without `--all` only what is still open, as on the command line.
pub(super) fn list(app: &mut App, text: &str) -> Vec<Effect> {
    let (all, query) = match text.strip_prefix("--all").or_else(|| text.strip_suffix("--all")) {
        Some(query) => (true, query.trim()),
        None => (false, text),
    };
    if let Err(error) = parse(query, app.now) {
        return refuse(app, error.message);
    }
    let open = if all { "" } else { "unreviewed" };
    let query = if query.is_empty() { open.to_owned() } else { format!("{open} ({query})").trim_start().to_owned() };
    let name = if query.is_empty() { "All".to_owned() } else { query.clone() };
    views::enter(app, Narrow::view(&View { name, query }))
}

/// Shows an article by its number, or those about a vulnerability.
pub(super) fn show(app: &mut App, text: &str) -> Vec<Effect> {
    let text = text.trim().trim_start_matches('#');
    let query = match text.parse::<u64>() {
        Ok(number) => format!("id:{number}"),
        Err(_) if text.to_ascii_uppercase().starts_with("CVE-") => format!("cve:{text}"),
        Err(_) => return refuse(app, "write the number of an article or a CVE"),
    };
    if let Err(error) = parse(&query, app.now) {
        return refuse(app, error.message);
    }
    views::enter(app, Narrow::view(&View { name: format!("Article {text}"), query }))
}

/// Changes the selected articles, or those of `--query`.
pub(super) fn mark(app: &mut App, text: &str) -> Vec<Effect> {
    let words = words(text);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--undo"] => return vec![Effect::Undo(app.now)],
        ["--redo"] => return vec![Effect::Redo(app.now)],
        _ => {}
    }
    match marking(&words, app.now) {
        Ok(Marking { query: Some(query), changes }) => vec![Effect::MarkAll { query, changes, at: app.now }],
        Ok(Marking { query: None, changes }) => marks::settle_on(app, changes),
        Err(why) => refuse(app, why),
    }
}

/// What `mark` is asked to do.
#[derive(Debug, Default, PartialEq)]
struct Marking {
    query: Option<Filter>,
    changes: Vec<Change>,
}

fn marking(words: &[String], now: Timestamp) -> Result<Marking, String> {
    let mut marking = Marking::default();
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(flag) = words.next() {
        let mut value = || words.next_if(|word| !word.starts_with("--")).map(str::to_owned);
        let change = match flag {
            "--reviewed" => Change::Review(verdict(value().as_deref())?),
            "--dismissed" => Change::Dismiss,
            "--read" => Change::Read,
            "--unread" => Change::Unread,
            "--star" => Change::Star(true),
            "--unstar" => Change::Star(false),
            "--snooze" => Change::Snooze(until(value().as_deref(), now)?),
            "--tag" => Change::Tag(value().ok_or("--tag wants a tag")?),
            "--untag" => Change::Untag(value().ok_or("--untag wants a tag")?),
            "--note" => Change::Note(value().unwrap_or_default()),
            "--owner" => Change::Owner(value().unwrap_or_default()),
            "--query" => {
                let query = value().ok_or("--query wants a query")?;
                marking.query = Some(parse(&query, now).map_err(|error| error.message)?);
                continue;
            }
            other => return Err(format!("mark knows no `{other}`: {}", known())),
        };
        marking.changes.push(change);
    }
    if marking.changes.is_empty() {
        return Err(format!("say what to mark them as: {}", known()));
    }
    Ok(marking)
}

fn known() -> String {
    FLAGS.map(|(flag, _)| flag.trim()).into_iter().filter(|flag| *flag != "--all").collect::<Vec<_>>().join(" ")
}

fn verdict(word: Option<&str>) -> Result<Verdict, String> {
    match word {
        None | Some("relevant") => Ok(Verdict::Relevant),
        Some("not-relevant") => Ok(Verdict::NotRelevant),
        Some("escalated") => Ok(Verdict::Escalated),
        Some(other) => Err(format!("`{other}` is no verdict: relevant, not-relevant and escalated are")),
    }
}

fn until(word: Option<&str>, now: Timestamp) -> Result<Timestamp, String> {
    let hours = word.and_then(|word| word.parse::<u16>().ok()).filter(|hours| *hours > 0);
    let until = hours.and_then(|hours| now.checked_add(SignedDuration::from_hours(i64::from(hours))).ok());
    until.ok_or_else(|| "--snooze wants a number of hours".to_owned())
}

/// Cuts a text into words; what stands in quotes is one, as in a shell.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::{Change, Timestamp, Verdict, marking, words};

    fn changes(text: &str) -> Result<Vec<Change>, String> {
        marking(&words(text), Timestamp::UNIX_EPOCH).map(|marking| marking.changes)
    }

    #[test]
    fn words_are_cut_as_in_a_shell() {
        assert_eq!(words(r#"--note "case 17" --tag apt ''"#), ["--note", "case 17", "--tag", "apt", ""]);
        assert_eq!(words(r#"--query 'sev:low "two words'"#), ["--query", r#"sev:low "two words"#]);
        assert!(words("  ").is_empty());
    }

    #[test]
    fn the_words_of_the_command_line_are_understood() {
        assert_eq!(
            changes(r#"--reviewed escalated --note "case 17""#).unwrap(),
            [Change::Review(Verdict::Escalated), Change::Note("case 17".into())]
        );
        assert_eq!(changes("--reviewed --star").unwrap(), [Change::Review(Verdict::Relevant), Change::Star(true)]);
        let queried = marking(&words("--query 'sev:low older:30d' --dismissed"), Timestamp::UNIX_EPOCH).unwrap();
        assert!(queried.query.is_some() && queried.changes == [Change::Dismiss]);
    }

    #[test]
    fn what_is_wrong_is_said_in_a_sentence() {
        let cases = [
            ("", "say what to mark them as"),
            ("--nosuch", "mark knows no `--nosuch`"),
            ("--reviewed maybe", "`maybe` is no verdict"),
            ("--snooze 0", "--snooze wants"),
            ("--query sev:nope --dismissed", "`sev` knows no"),
            ("--tag --star", "--tag wants a tag"),
        ];
        for (text, begun) in cases {
            assert!(changes(text).unwrap_err().starts_with(begun), "{text}: {:?}", changes(text));
        }
    }
}
